"""What is sent twice, or from a page that has aged, changes nothing more; names that fold alike are one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from tests.support.gathered import DAY, LATER, MISSION, SOON, Gathered
from tests.support.table import NOW, Table

from courtepointe.core.errors import Refused
from courtepointe.engagement.actions.committees import leave_seat
from courtepointe.engagement.actions.missions import change_mission
from courtepointe.engagement.actions.trainings import change_session, retire_course
from courtepointe.engagement.actions.volunteers import (
    bring_volunteers,
    end_pivot,
    write_contact,
)
from courtepointe.engagement.actions.zones import add_zone, rename_zone
from courtepointe.engagement.models import (
    Course,
    Mission,
    Pivot,
    Seat,
    TrainingSession,
    VolunteerContact,
    Zone,
)
from courtepointe.engagement.values.trainings import NewSession
from courtepointe.people.models import HistoryRow


@pytest.fixture
def k(table: Table) -> dict[str, Any]:
    return {"by": table.coordinator, "now": NOW}


def test_calendars_hear_only_of_what_differs(
    table: Table, made: Gathered, k: dict[str, Any]
) -> None:
    same = NewSession(made.course, SOON, LATER, "fr", 2)
    before = HistoryRow.objects.count()
    change_session(table.slug, made.session, same, **k)
    change_mission(table.slug, made.mission, MISSION, **k)
    assert HistoryRow.objects.count() == before
    for _ in range(2):
        change_session(table.slug, made.session, replace(same, places=3), **k)
        change_mission(table.slug, made.mission, replace(MISSION, title="Téléphoner"), **k)
    assert TrainingSession.objects.get(pk=made.session).sequence == 1
    assert Mission.objects.get().sequence == 1


def test_what_is_over_keeps_its_last_day(table: Table, made: Gathered, k: dict[str, Any]) -> None:
    for days in (1, 5):
        on = DAY + timedelta(days)
        leave_seat(table.slug, made.seat, on, **k)
        end_pivot(table.slug, made.pivot, on, **k)
        retire_course(table.slug, made.course, on, **k)
    first = DAY + timedelta(1)
    assert Seat.objects.get().until == Pivot.objects.get().until == first
    assert Course.objects.get().retired == first
    leave_seat(table.slug, made.seat, DAY, **k)
    assert Seat.objects.get().until == DAY, "an earlier end is told"


def test_two_zones_do_not_answer_to_one_name(
    table: Table, made: Gathered, k: dict[str, Any]
) -> None:
    rename_zone(table.slug, made.zone, "Île-Sud", **k)
    for name in ("ile-sud", "ÎLE-SUD", "centre", "Rive "):
        with pytest.raises(Refused, match="zone_named_already"):
            add_zone(table.slug, name, **k)
    for name in ("CENTRE", "île-sud"):
        with pytest.raises(Refused, match="zone_named_already"):
            rename_zone(table.slug, made.near, name, **k)
    rename_zone(table.slug, made.zone, "Centre", **k)
    assert set(Zone.objects.values_list("name", flat=True)) == {"Centre", "Rive"}, (
        "its own code is its own"
    )


def test_a_contact_that_is_brought_is_read_as_one_that_is_typed(
    table: Table, made: Gathered, k: dict[str, Any]
) -> None:
    write_contact(table.slug, made.volunteer, "Chi  Nu\u200b, 514 555-0199", **k)
    assert VolunteerContact.objects.get().contact == "Chi Nu, 514 555-0199"
    twice = {"consented": "2026-05-01", "contact": "Chi\tNu,  514 555-0199"}
    told = bring_volunteers(table.slug, [twice], **k)
    assert [fault.code for fault in told.faults] == ["volunteer_twice"]
    told = bring_volunteers(table.slug, [twice | {"contact": "ᐃᓄᒃ\u0007 514 555-0198 "}], **k)
    assert told.made == 1
    assert VolunteerContact.objects.latest("pk").contact == "ᐃᓄᒃ 514 555-0198"
