"""The history is read in words: fields, days, yes and no, codes; a contact or a secret never."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.support.gathered import Gathered, gather
from tests.support.table import NOW, QUICK, Table, table_and_around
from tests.support.visits import signed_in

from courtepointe.engagement.models import Committee, Meeting, Volunteer
from courtepointe.people.actions import change, create, offer_agreement, receive_request
from courtepointe.people.models import FiduciaryPeriod, HistoryRow, Invitation, Workspace
from courtepointe.places.models import Entry


@pytest.fixture
def table(db: None, settings: Any) -> Table:
    settings.PASSWORD_HASHERS = QUICK
    return table_and_around()


@pytest.fixture
def made(table: Table) -> Gathered:
    return gather(table)


def history(table: Table, lang: str = "fr", who: Any = None) -> str:
    rest = "historique" if lang == "fr" else "history"
    room = "espace" if lang == "fr" else "space"
    page = signed_in(who or table.coordinator).get(f"/{lang}/{room}/{table.slug}/{rest}/")
    assert page.status_code == 200
    return page.content.decode()


def row(page: str, name: str) -> tuple[str, ...]:
    """Give what the first line of a field says before and after; after alone where it was added."""
    found = re.search(rf'<th scope="row">{name}</th><td>(.*?)</td></tr>', page)
    assert found, name
    return tuple(re.sub(r"<[^>]+>", "", one) for one in found[1].split("</td><td>"))


def test_a_changed_workspace_reads_as_people_speak(table: Table) -> None:
    kept = Workspace.objects.get(pk=table.id)
    change(kept, {"kind": "funder", "is_legal_person": False}, by=table.coordinator, now=NOW)
    page = history(table)
    assert row(page, "Personnalité juridique") == ("oui", "non")
    assert row(page, "Sorte") == ("table de quartier", "bailleur de fonds")
    assert row(history(table, "en"), "Legal personality") == ("yes", "no")
    assert "is_legal_person" not in page and "funder" not in page


def test_days_moments_and_what_says_nothing(table: Table, made: Gathered) -> None:
    money = FiduciaryPeriod(workspace_id=table.id, name="Relais", since=date(2026, 6, 1))
    create(money, by=table.coordinator, now=NOW)
    page = history(table)
    assert row(page, "Depuis") == ("1er\u00a0juin\u00a02026",)
    lines = page.split("</li>")
    (told,) = [line for line in lines if "Relais" in line]
    assert "Jusqu’au" not in told and "Note" not in told, (
        "what said nothing and says nothing is left out"
    )
    meeting = Meeting.objects.filter(workspace_id=table.id).first()
    assert meeting is not None
    change(meeting, {"state": "cancelled"}, by=table.coordinator, now=NOW)
    assert row(history(table), "État")[1] == "annulée"
    assert row(history(table, "en"), "State")[1] == "cancelled"


def test_people_are_named_and_several_codes_are_each_in_words(table: Table, made: Gathered) -> None:
    who = Volunteer.objects.filter(workspace_id=table.id).first()
    assert who is not None
    change(who, {"skills": "first_aid cooking"}, by=table.coordinator, now=NOW)
    told = row(history(table), "Compétences")[1]
    assert (
        "cooking" not in told
        and "_" not in told
        and "premiers secours (attestés)" in told
        and ", " in told
    )
    asked = Invitation.objects.filter(workspace_id=table.id).latest("pk")
    change(asked, {"accepted_by_id": table.member.id}, by=table.coordinator, now=NOW)
    assert row(history(table), "Qui a accepté")[1] == table.member.name


def test_no_contact_no_secret_is_read_even_by_who_may_read_contacts(
    table: Table, made: Gathered
) -> None:
    page = history(table)
    for one in Invitation.objects.filter(workspace_id=table.id):
        assert one.secret not in page
    assert row(page, "Secret du lien, haché") == ("•••",)
    assert "gAAAA" not in page
    receive_request(
        table.slug, "access", name="Fatou", contact="", detail="", received=date(2026, 5, 30),
        by=table.coordinator, now=NOW,
    )  # fmt: skip
    told = history(table)
    assert row(told, "Nom") == ("•••",) and "Fatou" not in told
    assert '<th scope="row">Demande</th>' not in told, "what is empty is not hidden, it is left out"


def test_a_record_of_the_directory_tells_which_of_its_fields_differ(table: Table) -> None:
    line = HistoryRow(
        workspace_id=table.id, what="places.entry", key="1", verb="changed", by_name="Ana", at=NOW,
        before={"values": {"name": "Gymnase", "status": "active"}, "more": {}},
        after={"values": {"name": "Aréna", "status": "active"}, "more": {"x": "secret"}},
    )  # fmt: skip
    line.save()
    assert Entry._meta.label_lower == line.what
    page = history(table)
    assert row(page, "Nom") == ("Gymnase", "Aréna")
    assert "active" not in page, "what did not change is not told"
    assert row(page, "Autres champs") == ("vide", "…") and "secret" not in page.split("Autres champs")[1][:80]  # fmt: skip


@pytest.mark.parametrize(
    ("what", "before", "after"),
    [
        ("gone.model", {"some_field": 1}, {"some_field": [1, {"a": 2}]}),
        ("nothing", {"x": "<script>"}, {"x": True}),
        ("people.membership", {"roles": "old", "joined": "not a day"}, {"roles": [], "joined": 7}),
        ("engagement.meeting", {"starts": "2026-13-45T99:99", "minutes": "a" * 9_000}, {"lost": 1}),
        ("places.entry", {"values": "text"}, {"values": {"name": ["x"]}}),
    ],
)
def test_lines_that_no_row_would_write_now_are_still_read(
    table: Table, what: str, before: dict[str, Any], after: dict[str, Any]
) -> None:
    HistoryRow.objects.create(
        workspace_id=table.id,
        what=what,
        key="1",
        verb="changed",
        at=NOW,
        before=before,
        after=after,
    )
    for lang in ("fr", "en"):
        page = history(table, lang)
        assert "<script>" not in page.split("<main")[1].split("</main")[0]
        assert len(page) < 200_000


def test_rows_are_called_by_their_names_and_by_numbers_where_they_have_none(
    table: Table, made: Gathered
) -> None:
    offer_agreement(
        table.slug, receiver=table.other, what="calendar", purpose="essai", since=NOW.date(),
        until=NOW.date(), by=table.coordinator, now=NOW,
    )  # fmt: skip
    page = history(table)
    assert row(page, "Espace qui reçoit") == ("Fondation de l’Île",)
    assert row(page, "Bénévole") == (made.volunteer,)
    assert row(page, "Séance")[0].startswith("numéro ")


def test_a_name_of_another_workspace_is_never_read(table: Table) -> None:
    other = Workspace.objects.get(slug=table.other)
    mine = Committee.objects.create(
        workspace=other, kind="steering", name="Comité secret", begins=date(2026, 1, 1)
    )
    HistoryRow.objects.create(
        workspace_id=table.id, what="engagement.meeting", key="1", verb="created", at=NOW,
        after={"committee_id": mine.pk},
    )  # fmt: skip
    page = history(table)
    assert row(page, "Comité") == (f"numéro {mine.pk}",) and "secret" not in page


def test_a_page_of_history_asks_as_much_for_one_line_as_for_forty(table: Table) -> None:
    HistoryRow.objects.filter(workspace_id=table.id).delete()
    browser = signed_in(table.coordinator)

    def asked(lines: int) -> int:
        for number in range(lines):
            HistoryRow.objects.create(
                workspace_id=table.id, what="engagement.meeting", key=str(number), verb="created", at=NOW,
                after={"committee_id": number, "title": f"Rencontre {number}"},
            )  # fmt: skip
        with CaptureQueriesContext(connection) as counted:
            page = browser.get(f"/fr/espace/{table.slug}/historique/").content.decode()
        assert f"Rencontre {lines - 1}" in page
        return len(counted)

    asked(1)
    assert asked(1) == asked(40) <= 12
