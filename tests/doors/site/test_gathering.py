"""The pages of those who gather: who reaches them, what their forms do, what strangers may."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pikepdf
import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from tests.support import gathered
from tests.support.gathered import Gathered, gather
from tests.support.table import QUICK, Table, table_and_around

from courtepointe.engagement.models import (
    Activity,
    Call,
    CallAnswer,
    Committee,
    Decision,
    Election,
    Meeting,
    Registration,
    Volunteer,
)
from courtepointe.formats.calendar import read_calendar
from courtepointe.people.models import Account
from courtepointe.people.values import Person


@pytest.fixture
def table(db: None, settings: Any) -> Table:
    settings.PASSWORD_HASHERS = QUICK
    return table_and_around()


@pytest.fixture
def made(table: Table, monkeypatch: pytest.MonkeyPatch) -> Gathered:
    """Give a table that gathers today: its pages read the clock."""
    now = timezone.now().replace(microsecond=0)
    shift = now - gathered.NOW
    for name in ("SOON", "LATER", "AGO", "SINCE"):
        monkeypatch.setattr(gathered, name, getattr(gathered, name) + shift)
    for name, of in (("MEETING", None), ("ACTIVITY", None), ("MISSION", None)):
        was = getattr(gathered, name)
        from dataclasses import replace

        monkeypatch.setattr(gathered, name, replace(was, starts=gathered.SOON, ends=gathered.LATER))
        assert of is None
    today = timezone.localdate(now)
    monkeypatch.setattr(gathered, "NOW", now)
    monkeypatch.setattr(gathered, "DAY", today)
    monkeypatch.setattr(gathered, "WILLING", replace(gathered.WILLING, consented=today))
    monkeypatch.setattr(gathered, "DECISION", replace(gathered.DECISION, taken=today, review=today + timedelta(days=3)))  # fmt: skip
    return gather(table)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


def signed(who: Person) -> Client:
    """Give a browser in which somebody signed in, with a second factor."""
    client = Client(HTTP_HOST="localhost")
    account = Account.objects.get(pk=who.id)
    client.force_login(account)
    Authenticator.objects.get_or_create(user=account, type="totp", data={"secret": "x"})
    return client


def at(table: Table, name: str, **where: object) -> str:
    return reverse(f"space_{name}", kwargs={"slug": table.slug, **where})


def readable(table: Table, made: Gathered) -> list[str]:
    return [
        at(table, "committees"), at(table, "committee", number=made.committee),
        at(table, "election", number=made.election), at(table, "meetings"),
        at(table, "meeting", number=made.meeting), at(table, "meeting_projector", number=made.meeting),
        at(table, "meeting_sheet", number=made.meeting), at(table, "decisions"),
        at(table, "decision", number=made.decision), at(table, "calendar"), at(table, "activities"),
        at(table, "activity", number=made.activity), at(table, "trainings"),
        at(table, "session", number=made.session), at(table, "volunteers"), at(table, "zones"),
        at(table, "missions"), at(table, "mission", number=made.mission),
    ]  # fmt: skip


def writers(table: Table, made: Gathered) -> list[str]:
    return [
        at(table, "volunteer", code=made.volunteer), at(table, "call", number=made.call),
        at(table, "attestation", code=made.attestation_code), at(table, "seat", number=made.seat),
        at(table, "cost", number=made.cost), at(table, "course", number=made.course),
        at(table, "zone", number=made.zone),
    ]  # fmt: skip


def test_members_read_and_the_others_are_not_told_that_it_is(table: Table, made: Gathered) -> None:
    pages, own = readable(table, made), writers(table, made)
    ana, bao = signed(table.coordinator), signed(table.member)
    for page in pages:
        assert ana.get(page).status_code == 200, page
        assert bao.get(page).status_code == 200, page
    for page in own:
        assert ana.get(page).status_code == 200, page
        assert bao.get(page).status_code == 403, page
    for who in (table.former, table.stranger):
        client = signed(who)
        for page in pages + own:
            told = client.get(page)
            assert told.status_code == 404, page
            assert "Mirabelle" not in told.content.decode()
    for page in pages + own:
        assert Client(HTTP_HOST="localhost").get(page).status_code == 302


def test_another_workspaces_numbers_lead_nowhere(table: Table, made: Gathered) -> None:
    dov = signed(table.stranger)
    for page in readable(table, made) + writers(table, made):
        if re.search(r"\d+/|[A-Z0-9]{6}/", page.removeprefix(f"/en/space/{table.slug}")):
            assert dov.get(page.replace(table.slug, table.other)).status_code == 404, page


def test_what_a_member_reads_holds_nobody(table: Table, made: Gathered) -> None:
    bao, ana = signed(table.member), signed(table.coordinator)
    for page in readable(table, made):
        told = bao.get(page).content.decode(errors="ignore")
        assert "Mirabelle" not in told and "mirabelle@" not in told, page
        assert made.volunteer not in told and made.token not in told, page
        assert 'name="do"' not in told or page == at(table, "calendar"), page
    assert "Mirabelle" in ana.get(at(table, "activity", number=made.activity)).content.decode()


def test_every_deed_of_every_page_is_refused_to_members(table: Table, made: Gathered) -> None:
    ana, bao = signed(table.coordinator), signed(table.member)
    seen = set()
    for page in readable(table, made)[:-1]:
        for do in set(re.findall(r'name="do" value="(\w+)"', ana.get(page).content.decode(errors="ignore"))):  # fmt: skip
            if do in ("give", "revoke"):
                continue
            seen.add((page, do))
            assert bao.post(page, {"do": do, "number": "1"}).status_code == 403, (page, do)
    assert len(seen) > 25


def test_a_meeting_from_its_page(table: Table, made: Gathered) -> None:
    ana = signed(table.coordinator)
    told = {"do": "call", "kind": "regular", "committee": made.committee, "title": "Rencontre d’août",
            "day": "2026-08-11", "from_hour": "19:00", "to_hour": "21:30", "place": "Salle Érable", "access": ""}  # fmt: skip
    answer = ana.post(at(table, "meetings"), told)
    meeting = Meeting.objects.get(title="Rencontre d’août")
    page = at(table, "meeting", number=meeting.pk)
    assert answer.status_code == 302 and answer.headers["Location"] == page
    assert (
        ana.post(
            page, {"do": "add", "title": "Budget", "length_min": "20", "led_by": "", "notes": ""}
        ).status_code
        == 302
    )
    assert (
        ana.post(
            page, {"do": "presence", f"seat_{made.seat}": "present", "guests": "2"}
        ).status_code
        == 302
    )
    assert (
        ana.post(
            page,
            {
                "do": "decide",
                "text": "Acheter des clés",
                "changes": "",
                "taken": "2026-08-11",
                "review": "",
            },
        ).status_code
        == 302
    )
    wrong = ana.post(page, {"do": "decide", "text": "", "taken": "2026-08-11"})
    assert wrong.status_code == 400
    shown = ana.get(page).content.decode()
    for word in (
        "Budget",
        "Acheter des clés",
        "2 guests",
        "Salle Érable",
        "11\u00a0August\u00a02026, 19:00 to 21:30",
    ):
        assert word in shown
    assert Decision.objects.filter(meeting=meeting).count() == 1
    projected = ana.get(at(table, "meeting_projector", number=meeting.pk)).content.decode()
    assert "Acheter des clés" in projected
    content = ana.get(at(table, "meeting_sheet", number=meeting.pk)).content
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert "Rencontre d’août" in str(pdf.open_metadata()["dc:title"])


def test_what_was_typed_stays_where_a_rule_refuses_it(table: Table, made: Gathered) -> None:
    ana = signed(table.coordinator)
    page = at(table, "committee", number=made.committee)
    told = {"do": "fill", "organisation": "", "person": "", "role": "member", "since": "2026-06-01", "until": ""}  # fmt: skip
    answer = ana.post(page, told)
    assert answer.status_code == 400
    assert "A seat is held by an organisation or a person" in answer.content.decode()
    assert 'value="2026-06-01"' in answer.content.decode()


def test_an_election_from_its_page(table: Table, made: Gathered) -> None:
    ana = signed(table.coordinator)
    page = at(table, "election", number=made.election)
    assert ana.post(page, {"do": "stand", "name": "Bo", "organisation": ""}).status_code == 302
    numbers = dict(Election.objects.get(pk=made.election).candidates.values_list("name", "pk"))
    count = {"do": "count", "eligible": "20", "present": "12", "cast": "12", "spoiled": "0",
             f"votes_{numbers['Alix']}": "6", f"votes_{numbers['Bo']}": "6"}  # fmt: skip
    assert ana.post(page, count).status_code == 302
    assert "There is a tie" in ana.get(page).content.decode()
    assert (
        ana.post(
            page, {"do": "settle", "elected": [str(numbers["Bo"])], "why": "au sort"}
        ).status_code
        == 302
    )
    seat = {"do": "seat", "role": "chair", "since": "2026-06-01", "until": "2028-06-01"}
    assert ana.post(page, seat).status_code == 302
    assert Committee.objects.get(pk=made.committee).seats.filter(person="Bo", role="chair").exists()


def test_anybody_registers_by_the_link_and_changes_their_mind(table: Table, made: Gathered) -> None:
    stranger = Client(HTTP_HOST="localhost")
    link = reverse("join_activity", args=[made.token])
    page = stranger.get(link)
    assert page.status_code == 200 and "Soupe de quartier" in page.content.decode()
    assert "Mirabelle" not in page.content.decode()
    assert page.headers["Cache-Control"].startswith("max-age=0")
    told = {"name": "Tofu", "people": "2", "need_childcare": "1", "need_interpretation": "", "language_interpretation": "", "need_catering": "2"}  # fmt: skip
    assert stranger.post(link, told).status_code == 400, "consent is asked"
    answer = stranger.post(link, {**told, "agrees": "on"})
    assert answer.status_code == 302
    mine = stranger.get(answer.headers["Location"]).content.decode()
    assert "Tofu" in mine and "has a place" in mine
    assert Registration.objects.count() == 2
    assert "destroyed" in stranger.post(answer.headers["Location"]).content.decode()
    assert Registration.objects.count() == 1
    assert stranger.get(answer.headers["Location"]).status_code == 404
    Activity.objects.filter(pk=made.activity).update(is_open=False)
    assert stranger.get(link).status_code == 404


def test_anybody_checks_an_attestation(table: Table, made: Gathered) -> None:
    stranger = Client(HTTP_HOST="localhost")
    told = stranger.get(reverse("verified", args=[made.attestation_code])).content.decode()
    assert "This attestation is valid." in told and "First steps in extreme heat" in told
    assert made.volunteer not in told and "Mirabelle" not in told
    assert stranger.get(reverse("check_attestation")).status_code == 200
    asked = stranger.get(reverse("check_attestation"), {"code": made.attestation_code.lower()})
    assert "This attestation is valid." in asked.content.decode()
    slip = stranger.get(reverse("check_attestation"), {"code": "0000000001"})
    assert slip.status_code == 400 and "has a slip" in slip.content.decode()
    assert stranger.get(reverse("verified", args=["0000000000"])).status_code == 404


def test_an_attestation_is_printed_with_a_name_that_is_not_kept(
    table: Table, made: Gathered
) -> None:
    ana = signed(table.coordinator)
    page = at(table, "attestation", code=made.attestation_code)
    answer = ana.post(page, {"do": "print", "name": "Marie-Ève Œuvrard"})
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert "Œuvrard" not in ana.get(page).content.decode()
    assert "Œuvrard" not in ana.get(at(table, "history")).content.decode()


def test_a_contact_is_shown_once_to_who_may(table: Table, made: Gathered) -> None:
    ana = signed(table.coordinator)
    page = at(table, "volunteer", code=made.volunteer)
    assert "mirabelle@example.org" not in ana.get(page).content.decode()
    assert "mirabelle@example.org" in ana.post(page, {"do": "show"}).content.decode()
    assert ana.post(page, {"do": "forget"}).status_code == 400, "not one click away"
    assert Volunteer.objects.exists()
    assert ana.post(page, {"do": "forget", "sure": "on"}).status_code == 302
    assert not Volunteer.objects.exists()


def test_a_call_from_its_mission(table: Table, made: Gathered) -> None:
    ana = signed(table.coordinator)
    told = {"do": "call", "skills": ["first_aid"], "languages": ["ar"], "zone": str(made.zone), "steps": "1", "most": "5"}  # fmt: skip
    before = Call.objects.count()
    counted = ana.post(at(table, "mission", number=made.mission), {**told, "ask": "1"})
    assert "1 person would answer." in counted.content.decode()
    assert 'value="ar"' in counted.content.decode() and Call.objects.count() == before
    none = ana.post(at(table, "mission", number=made.mission), {**told, "skills": ["law"], "ask": "1"})  # fmt: skip
    assert "0 people would answer." in none.content.decode(), "0 is plural in English"
    member = signed(table.member).post(at(table, "mission", number=made.mission), {**told, "ask": "1"})  # fmt: skip
    assert member.status_code == 403
    answer = ana.post(at(table, "mission", number=made.mission), told)
    call = Call.objects.latest("pk")
    assert answer.headers["Location"] == at(table, "call", number=call.pk)
    one = call.answers.get()
    assert (
        ana.post(answer.headers["Location"], {"number": str(one.pk), "answer": "yes"}).status_code
        == 302
    )
    assert CallAnswer.objects.get(pk=one.pk).answer == "yes"
    nobody = ana.post(at(table, "mission", number=made.mission), {**told, "skills": ["law"]})
    assert nobody.status_code == 400 and "Nobody answers" in nobody.content.decode()


def test_a_calendar_is_followed_at_a_secret_address(table: Table, made: Gathered) -> None:
    bao = signed(table.member)
    page = bao.post(
        at(table, "calendar"), {"do": "give", "label": "Mon téléphone"}
    ).content.decode()
    (link,) = re.findall(r'<code class="secret">http://localhost([^<]+)</code>', page)
    assert link not in bao.get(at(table, "calendar")).content.decode(), "shown once"
    answer = Client(HTTP_HOST="localhost").get(link)
    assert answer.headers["Content-Type"].startswith("text/calendar")
    until = timezone.localdate() + timedelta(days=400)
    found = read_calendar(answer.content, file="a.ics", until=until, now=timezone.now())
    assert not found.faults and {one.title for one in found.events} >= {"Rencontre de juin", "Soupe de quartier", "Cogner aux portes"}  # fmt: skip
    for word in (b"Mirabelle", made.volunteer.encode(), b"ATTENDEE", b"ORGANIZER", b"@example"):
        assert word not in answer.content
    assert Client(HTTP_HOST="localhost").get(link.replace(".ics", "x.ics")).status_code == 404


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_pages_are_whole_in_both_languages(table: Table, made: Gathered, lang: str) -> None:
    ana = signed(table.coordinator)
    with translation.override(lang):
        for page in readable(table, made) + writers(table, made):
            told = ana.get(page)
            assert told.status_code == 200
            if told.headers["Content-Type"].startswith("text/html"):
                ids = re.findall(r'\sid="([^"]+)"', told.content.decode())
                assert len(ids) == len(set(ids)), (page, [i for i in ids if ids.count(i) > 1])
