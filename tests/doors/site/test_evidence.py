"""The pages of evidence: sources, coding, the codebook, two readings side by side, what people say of a dimension."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from docx import Document
from PIL import Image
from tests.support.evidence_made import TEXT, brought, coded
from tests.support.resilience_made import Begun, begin
from tests.support.table import NOW, QUICK, Table, joined, table_and_around
from tests.support.visits import signed_in

from courtepointe.doors.site.evidence.sources import proposed_days
from courtepointe.people.values import Person
from courtepointe.portraits.evidence.actions import begin_round, finish_round
from courtepointe.portraits.evidence.models import Code, Coding, Round, Source
from courtepointe.portraits.evidence.values import Consent
from courtepointe.portraits.resilience.actions import close_portrait

LATER = NOW + timedelta(hours=1)
JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def table(db: None, settings: Any) -> Table:
    settings.PASSWORD_HASHERS = QUICK
    return table_and_around()


@pytest.fixture
def begun(table: Table) -> Begun:
    return begin(table)


@pytest.fixture
def source(table: Table, begun: Begun) -> int:
    return brought(table, begun.portrait)


def at(table: Table, name: str = "", lang: str = "en", **where: object) -> str:
    with translation.override(lang):
        return reverse(f"space_evidence{name}", kwargs={"slug": table.slug, **where})


def words(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.status_code
    return unescape(answer.content.decode())


def typed(**other: object) -> dict[str, object]:
    today = timezone.localdate()
    return {
        "do": "keep", "kind": "interview", "title": "Œuvre d’ici", "day": today.isoformat(), "text": TEXT,
        "way": "written", "consent_day": today.isoformat(), "keep_until": (today + timedelta(days=400)).isoformat(),
        "group_seniors": "2", **other,
    }  # fmt: skip


def word_file() -> bytes:
    made = Document()
    made.add_paragraph("On se parle d’une cour à l’autre.")
    made.add_table(1, 2).rows[0].cells[1].text = "Le froid est entré."
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def sent_file(name: str, content: bytes) -> dict[str, object]:
    return typed(text="", file=SimpleUploadedFile(name, content))


def test_an_empty_portrait_says_what_will_stand_here(table: Table, begun: Begun) -> None:
    page = at(table, number=begun.portrait)
    assert "Begin with one" in words(signed_in(table.coordinator), page)
    told = words(signed_in(table.member), page)
    assert "will stand here" in told
    assert "Add a source" not in told


def test_a_source_is_pasted_or_brought_as_a_file(table: Table, begun: Begun) -> None:
    client, page = signed_in(table.coordinator), at(table, "_add", number=begun.portrait)
    answer = client.post(page, typed(may_quote="on"))
    made = Source.objects.get()
    assert answer.headers["Location"] == at(table, "_source", number=begun.portrait, source=made.pk)
    assert (made.voices, made.may_quote, made.text) == ({"seniors": 2}, True, TEXT)
    client.post(page, sent_file("entrevue.docx", word_file()))
    assert (
        Source.objects.latest("pk").text == "On se parle d’une cour à l’autre.\nLe froid est entré."
    )
    client.post(page, sent_file("vieux.txt", "Été glacé.\r\nDéjà".encode("cp1252")))
    assert Source.objects.latest("pk").text == "Été glacé.\nDéjà"


def test_who_only_reads_is_told_the_month_of_a_source(table: Table, begun: Begun, source: int) -> None:  # fmt: skip
    joined(table.slug, table.coordinator, table.stranger, "reader")
    where = {"number": begun.portrait}
    for who, told in ((table.stranger, {False}), (table.member, {True})):
        client = signed_in(who)
        pages = [words(client, at(table, **where)), words(client, at(table, "_source", source=source, **where))]  # fmt: skip
        assert {"2\u00a0May\u00a02026" in page for page in pages} == told
        assert all("May\u00a02026" in page for page in pages)


def test_until_when_a_text_is_kept_does_not_say_on_which_day_somebody_spoke() -> None:
    """Both are proposed on the day on which a source is brought, which is often that of the talk."""
    for day in (4, 17, 30):
        today = date(2026, 4, day)
        assert proposed_days(today) == {"day": today, "keep_until": date(2028, 4, 28)}


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("vide.txt", b"", "empty"),
        ("blanc.txt", b"  \n ", "holds no text"),
        ("livre.pdf", b"%PDF-1.7", "Expected: .txt"),
        ("image.txt", b"abc\x00def", "byte 4"),
        ("gros.txt", b"a" * 5_000_001, "5 MB of text"),
        ("faux.docx", b"pas un zip", "does not open as a Word document"),
        ("casse.docx", b"PK\x03\x04rien", "casse.docx"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_and_what_was_typed_stays(
    table: Table, begun: Begun, name: str, content: bytes, said: str
) -> None:
    answer = signed_in(table.coordinator).post(
        at(table, "_add", number=begun.portrait), sent_file(name, content)
    )
    told = unescape(answer.content.decode())
    assert answer.status_code == 400
    assert said in told
    assert "Œuvre d’ici" in told
    assert not Source.objects.exists()


def test_a_photo_loses_what_its_file_told(table: Table, begun: Begun) -> None:
    out = io.BytesIO()
    picture = Image.new("RGB", (40, 30), "white")
    exif = picture.getexif()
    exif[0x010F] = "Appareil secret"
    picture.save(out, "JPEG", exif=exif)
    client = signed_in(table.coordinator)
    client.post(
        at(table, "_add", number=begun.portrait),
        typed(kind="photo", photo=SimpleUploadedFile("p.jpg", out.getvalue())),
    )
    made = Source.objects.get()
    answer = client.get(at(table, "_photo", number=begun.portrait, source=made.pk))
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/jpeg")
    assert b"Appareil secret" not in answer.content
    assert Image.open(io.BytesIO(answer.content)).size == (40, 30)


def test_a_closed_source_is_neither_read_nor_coded(table: Table, begun: Begun) -> None:
    closed = brought(table, begun.portrait, consent=Consent())
    page = at(table, "_source", number=begun.portrait, source=closed)
    for who in (table.coordinator, table.member):
        told = words(signed_in(who), page)
        assert "it stays closed" in told
        assert "Code this source" not in told
        answer = signed_in(who).get(at(table, "_coding", number=begun.portrait, source=closed))
        assert answer.status_code == 409, answer.status_code
    assert "réchaud" not in words(signed_in(table.member), page)


def test_a_source_is_corrected_and_withdrawn_on_its_page(
    table: Table, begun: Begun, source: int
) -> None:
    client, page = (
        signed_in(table.coordinator),
        at(table, "_source", number=begun.portrait, source=source),
    )
    coded(table, source, 0, "REL")
    answer = client.post(
        page, typed(text=TEXT.replace("On se connaît", "On se parle"), title="À garder")
    )
    told = unescape(answer.content.decode())
    assert answer.status_code == 400
    assert "changes words that somebody coded" in told
    assert "À garder" in told
    client.post(page, typed(title="Entrevue relue"))
    assert Source.objects.get().title == "Entrevue relue"
    client.post(page, {"do": "withdraw"})
    told = words(client, page)
    assert "Consent was withdrawn" in told
    assert "Entrevue relue" not in told
    assert client.post(page, typed()).status_code == 302
    assert Source.objects.get().text == ""


def code_at(client: Client, page: str, **sent: object) -> Any:
    asked = {
        "do": "code",
        "first": 1,
        "last": 1,
        "what": "REL",
        "direction": "strength",
        "strength": "2",
    }
    return client.post(page, {**asked, **sent}, follow=True, **JSON)


def test_a_key_saves_a_code_and_the_page_asks_how_it_stands(
    table: Table, begun: Begun, source: int
) -> None:
    client, page = (
        signed_in(table.member),
        at(table, "_coding", number=begun.portrait, source=source),
    )
    first = {
        "number": 0,
        "first": 1,
        "last": 2,
        "what": "REL",
        "direction": "strength",
        "strength": 3,
    }
    for _twice in range(2):
        (told,) = code_at(client, page, last=2, strength="3").json()["codings"]
    assert told == {**first, "number": Coding.objects.get().pk}
    assert (
        len(
            code_at(client, page, first=3, last=3, what="COM", direction="fragility").json()[
                "codings"
            ]
        )
        == 2
    )
    told = words(client, page)
    assert "Community networks and relationships · strength · 1–2" in told
    assert words(signed_in(table.coordinator), page).count("mark-of-code") == 0
    client.post(page, {"do": "undo"}, **JSON)
    client.post(page, {"do": "undo", "at": "3"}, **JSON)
    assert client.post(page, {"do": "undo"}, follow=True, **JSON).json() == {"codings": []}


def test_the_same_press_of_undo_whose_answer_got_lost_undoes_once(
    table: Table, begun: Begun, source: int
) -> None:
    coded(table, source, 0, "REL")
    coded(table, source, 1, "COM", now=LATER)
    client, page = signed_in(table.coordinator), at(table, "_coding", number=begun.portrait, source=source)  # fmt: skip
    for _twice in range(2):
        client.post(page, {"do": "undo", "id": "8b0c"}, **JSON)
    assert Coding.objects.get().dimension == "REL"
    client.post(page, {"do": "undo", "id": "9d1e"}, **JSON)
    assert not Coding.objects.exists()


@pytest.mark.parametrize(
    ("sent", "status", "said"),
    [
        ({"first": 40, "last": 40}, 400, "40"),
        ({"first": 3, "last": 2}, 400, "2"),
        ({"first": ""}, 400, "“”"),
        ({"what": "XXX"}, 400, "XXX"),
        ({"what": "code-7"}, 400, "code-7"),
        ({"direction": "up"}, 400, "up"),
    ],
)
def test_a_code_that_says_nothing_known_is_refused(
    table: Table, begun: Begun, source: int, sent: dict[str, object], status: int, said: str
) -> None:
    client, page = (
        signed_in(table.member),
        at(table, "_coding", number=begun.portrait, source=source),
    )
    answer = code_at(client, page, **sent)
    assert (answer.status_code, said in answer.json()["sentence"]) == (status, True), answer.json()
    plain = client.post(
        page, {"do": "code", "last": 1, "what": "REL", "direction": "strength", "first": 99}
    )
    assert plain.status_code == 400
    assert not Coding.objects.exists()


def test_a_refusal_is_told_to_the_page_by_its_code(table: Table, begun: Begun, source: int) -> None:
    client = signed_in(table.member)
    page = at(table, "_coding", number=begun.portrait, source=source)
    stale = code_at(client, page, mark="0123456789abcdef")
    assert (stale.status_code, stale.json()["code"]) == (400, "evidence_place")
    coded(table, source, 0, "REL")
    begin_round(table.slug, source, second=table.member.id, by=table.coordinator, now=NOW)
    assert code_at(client, page).status_code == 200
    close_portrait(table.slug, begun.portrait, by=table.coordinator, now=timezone.now())
    closed = code_at(client, page)
    assert (closed.status_code, closed.json()["code"]) == (409, "portrait_closed")
    assert Coding.objects.count() == 2


def test_a_code_is_said_more_of_and_taken_off_by_its_coder(
    table: Table, begun: Begun, source: int
) -> None:
    mine = coded(table, source, 0, "REL", by=table.member)
    page = at(table, "_coding_detail", number=begun.portrait, source=source, coding=mine)
    client = signed_in(table.member)
    client.post(
        page, {"do": "describe", "part": "REL.close", "strength": "3", "note": "entre voisins"}
    )
    assert "entre voisins" in words(client, page)
    assert Coding.objects.get().part == "REL.close"
    assert signed_in(table.coordinator).get(page).status_code == 404
    client.post(page, {"do": "remove"})
    assert not Coding.objects.exists()
    assert client.get(page).status_code == 404


def test_the_codebook_is_added_to_and_its_codes_have_keys(
    table: Table, begun: Begun, source: int
) -> None:
    client, page = signed_in(table.coordinator), at(table, "_codebook", number=begun.portrait)
    new = {
        "do": "add",
        "dimension": "REL",
        "name_fr": "Entraide de ruelle",
        "definition": "Se prêter, se donner.",
    }
    client.post(page, new)
    own = Code.objects.get()
    told = words(client, page)
    assert "<kbd>a</kbd> Entraide de ruelle" in told
    assert "Counted in: Community networks" in told
    coding = at(table, "_coding", number=begun.portrait, source=source)
    assert f'data-what="code-{own.pk}" data-key="a"' in words(client, coding)
    client.post(page, {"do": "end", "number": own.pk})
    assert "Entraide de ruelle" not in words(client, page)
    assert client.post(page, {"do": "add", "name_fr": "Sans", "definition": ""}).status_code == 400


def read_twice(table: Table, begun: Begun, source: int, by: Person) -> None:
    coded(table, source, 0, "REL")
    coded(table, source, 2, "RES", "fragility")
    number = begin_round(table.slug, source, second=by.id, by=table.coordinator, now=LATER)
    coded(table, source, 0, "COM", by=by, now=LATER)
    coded(table, source, 2, "COM", by=by, now=LATER)
    finish_round(table.slug, number, by=by, now=LATER)


def test_a_second_reader_is_shown_passages_and_no_codes(
    table: Table, begun: Begun, source: int
) -> None:
    first, second = signed_in(table.coordinator), signed_in(table.member)
    page = at(table, "_source", number=begun.portrait, source=source)
    coded(table, source, 2, "RES", "fragility")
    first.post(page, {"do": "round", "second": table.member.id})
    assert "Read a second time" in words(second, at(table, number=begun.portrait))
    told = words(second, at(table, "_coding", number=begun.portrait, source=source))
    assert told.count('role="option"') == 1
    assert "Personne ne nous a prévenus." in told
    assert "mark-of-code" not in told
    with translation.override("en"):
        where = {"slug": table.slug, "number": begun.portrait, "code": "RES"}
        dimension = reverse("space_resilience_dimension", kwargs=where)
    assert "Personne ne nous a prévenus." not in words(second, dimension)
    second.post(page, {"do": "finish", "number": Round.objects.get().pk})
    assert Round.objects.get().done is not None
    assert "Personne ne nous a prévenus." in words(second, dimension)


def test_two_who_disagree_on_all_are_told_so_kindly(
    table: Table, begun: Begun, source: int
) -> None:
    read_twice(table, begun, source, table.member)
    page = at(table, "_agreement", number=begun.portrait)
    told = words(signed_in(table.coordinator), page)
    assert "None of the 2 passages was read in the same way by both" in told
    assert "do not read the codes in the same way" in told
    assert "nan" not in told.lower().replace("finan", "").replace("gouvernan", "").replace(
        "governan", ""
    )
    french = words(
        signed_in(table.coordinator), at(table, "_agreement", "fr", number=begun.portrait)
    )
    assert "−" in french or "0,00" in french
    one = Coding.objects.get(dimension="COM", passage__start=0)
    sent = {"round": Round.objects.get().pk, "passage": one.passage_id, "kept": [one.pk]}
    assert signed_in(table.member).post(page, sent).status_code == 403
    assert signed_in(table.coordinator).post(page, sent).status_code == 302
    assert not Coding.objects.get(dimension="REL").stands
    assert "talked over" in words(signed_in(table.coordinator), page)
    assert signed_in(table.coordinator).post(page, {**sent, "passage": "x"}).status_code == 404


def test_without_second_reading_the_page_says_how_to_begin(table: Table, begun: Begun) -> None:
    assert "Begin on the page of a coded source" in words(
        signed_in(table.member), at(table, "_agreement", number=begun.portrait)
    )
    assert "Once sources are coded" in words(
        signed_in(table.member), at(table, "_saturation", number=begun.portrait)
    )


def test_new_codes_are_drawn_and_not_called_enough(table: Table, begun: Begun) -> None:
    for days in range(7):
        one = brought(
            table, begun.portrait, day=date(2026, 5, 1) + timedelta(days=days), title=f"Voix {days}"
        )
        coded(table, one, 0, "REL")
    told = words(signed_in(table.member), at(table, "_saturation", number=begun.portrait))
    assert "brought no code that was not there before" in told
    assert "It does not say that everybody was heard" in told
    assert "<svg" in told


def test_a_dimension_begins_with_what_people_say(table: Table, begun: Begun, source: int) -> None:
    coded(table, source, 2, "REL", "fragility")
    coded(table, source, 0, "REL")
    silent = brought(
        table, begun.portrait, consent=Consent("spoken", date(2026, 5, 2)), voices={"women": 30}
    )
    coded(table, silent, 1, "REL")
    with translation.override("en"):
        where = {"slug": table.slug, "number": begun.portrait, "code": "REL"}
        page = reverse("space_resilience_dimension", kwargs=where)
    told = words(signed_in(table.member), page)
    assert told.index("On se connaît tous") < told.index("Personne ne nous a prévenus")
    assert "réchaud" not in told
    assert "Older people: in 1 source" in told
    assert "Women: in 1 source" in told
    grid = re.findall(
        r"<dt>([^<]*)</dt><dd>([^<]*)</dd>", told[told.index("What stands behind it") :]
    )
    assert ("Independent sources", "one or two") in grid
    assert ("Groups heard", "a few") in grid
    assert ("Newest source", "less than a year old") in grid
    assert ("Together: the lowest of the three", "thin") in grid


def test_how_many_people_spoke_is_told_to_who_counted_them_alone(
    table: Table, begun: Begun
) -> None:
    voices = {"tenants": 43, "seniors": 41, "women": 2}
    source = brought(table, begun.portrait, voices=voices)
    coded(table, source, 0, "REL")
    with translation.override("en"):
        where = {"slug": table.slug, "number": begun.portrait}
        about = [
            reverse("space_resilience_dimension", kwargs={**where, "code": "REL"}),
            reverse("space_resilience_groups", kwargs=where),
            reverse("space_resilience_file", kwargs={**where, "ending": "html"}),
        ]
    own = at(table, "_source", number=begun.portrait, source=source)
    for who, pages in ((table.member, [*about, own]), (table.coordinator, about)):
        for page in pages:
            seen = re.sub(r"<(style|script|svg).*?</\1>|<[^>]*>", " ", words(signed_in(who), page))
            assert "women" in seen.casefold()
            assert not re.search(r"\b(41|43|2 (voices|people))\b|fewer than", seen)
    told = words(signed_in(table.coordinator), own)
    assert "Tenants: 43" in told
    assert "Women: 2" in told
    assert "not how many people" in told


def test_codes_leave_without_names_nor_words_that_nobody_lets_quote(
    table: Table, begun: Begun, source: int
) -> None:
    coded(table, source, 0, "REL")
    silent = brought(table, begun.portrait, consent=Consent("spoken", date(2026, 5, 2)))
    coded(table, silent, 1, "RES")
    page = at(table, "_codes", number=begun.portrait)
    assert signed_in(table.member).get(page).status_code == 403
    told = signed_in(table.coordinator).get(page).content.decode()
    assert "On se connaît tous" in told
    assert "réchaud" not in told
    assert "Ana" not in told
    assert len(told.splitlines()) == 3


def test_another_workspace_leads_to_no_evidence(table: Table, begun: Begun, source: int) -> None:
    client = signed_in(table.stranger)
    for name, where in (("", {}), ("_source", {"source": source}), ("_coding", {"source": source})):
        assert client.get(at(table, name, number=begun.portrait, **where)).status_code == 404
        with translation.override("en"):
            other = reverse(
                f"space_evidence{name}",
                kwargs={"slug": table.other, "number": begun.portrait, **where},
            )
        assert client.get(other).status_code == 404
    wrong = at(table, "_source", number=begun.portrait + 1, source=source)
    assert signed_in(table.coordinator).get(wrong).status_code == 404


def test_who_answers_for_consents_reads_how_many_rest_on_which_wording(
    table: Table, begun: Begun, source: int
) -> None:
    with translation.override("en"):
        page = reverse("space_consents", kwargs={"slug": table.slug})
    told = words(signed_in(table.coordinator), page)
    assert "Sources: interviews, workshops, walks, photos, documents" in told
    assert "I agree that what I said or showed serves the resilience portrait" in told
    assert "ruelle des Lilas" not in told
