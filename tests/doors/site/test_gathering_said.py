"""What pages of those who gather say: one is said as one, a namesake is somebody else."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from tests.doors.site.test_space import signed
from tests.support.gathered import AGO, SINCE, Gathered, gather
from tests.support.table import NOW, PASSWORD, QUICK, Table, joined, table_and_around

from courtepointe.engagement.actions.meetings import call_meeting, note_presence
from courtepointe.engagement.actions.missions import make_call, note_answer
from courtepointe.engagement.models import CallAnswer
from courtepointe.engagement.queries.missions import calls_of
from courtepointe.engagement.values.meetings import NewMeeting
from courtepointe.engagement.values.volunteers import NewCall
from courtepointe.people.access import workspace_to
from courtepointe.people.actions import open_account
from courtepointe.people.queries import person_of


@pytest.fixture
def table(db: None, settings: Any) -> Table:
    settings.PASSWORD_HASHERS = QUICK
    return table_and_around()


@pytest.fixture
def made(table: Table) -> Gathered:
    return gather(table)


def at(table: Table, name: str, **where: object) -> str:
    with translation.override("en"):
        return reverse(f"space_{name}", kwargs={"slug": table.slug, **where})


def test_one_is_said_as_one(table: Table, made: Gathered) -> None:
    k: dict[str, Any] = {"by": table.coordinator, "now": NOW}
    meeting = call_meeting(table.slug, NewMeeting("Pilotage", AGO, SINCE, committee=made.committee), **k)  # fmt: skip
    note_presence(table.slug, meeting, {made.seat: "present"}, guests=0, **k)
    ana = signed(table.coordinator)
    for page, said in (
        (at(table, "committee", number=made.committee), "A quorum is 1 voting seat."),
        (at(table, "meeting", number=meeting), "1 voting seat present; the quorum is 1."),
        (at(table, "activity", number=made.activity), "known of 0 lines of 1"),
        (at(table, "session", number=made.session), "/ 2"),
    ):
        assert said in ana.get(page).content.decode(), page


def test_a_namesake_does_not_see_ones_calendars(table: Table, made: Gathered) -> None:
    page = at(table, "calendar")
    bao = signed(table.member)
    bao.post(page, {"do": "give", "label": "Téléphone de Bao"})
    account = open_account(email="bao2@example.org", name="Bao", password=PASSWORD, lang="fr", now=NOW)  # fmt: skip
    other = person_of(account)
    joined(table.slug, table.coordinator, other, "member")
    assert other.name == table.member.name
    assert "Téléphone de Bao" in bao.get(page).content.decode()
    assert "Téléphone de Bao" not in signed(other).get(page).content.decode()
    assert "Téléphone de Bao" in signed(table.coordinator).get(page).content.decode()


def test_calls_are_counted_without_reading_who_was_called(table: Table, made: Gathered) -> None:
    k: dict[str, Any] = {"by": table.coordinator, "now": NOW}
    note_answer(table.slug, made.answer, "yes", **k)
    make_call(table.slug, NewCall(mission=made.mission), **k)
    seen = workspace_to("write", table.slug, **k)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        told = calls_of(seen, mission=made.mission)
    assert len(asked) == 2 and CallAnswer.objects.count() == 2
    assert [(one.called, one.yes, one.no, one.none) for one in told] == [(1, 0, 0, 1), (1, 1, 0, 0)]
    assert all(one.answers == () for one in told)
    assert calls_of(seen, mission=99_999) == ()
