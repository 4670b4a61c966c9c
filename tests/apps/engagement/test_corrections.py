"""What was written is put right; what rests on it keeps the words that it had, or keeps it from going."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from tests.apps.engagement.test_volunteers import as_
from tests.support.gathered import AGO, DAY, LATER, SEAT, SINCE, SOON, Gathered
from tests.support.table import NOW, Table

from courtepointe.atlas.recipe.values import Words
from courtepointe.core.errors import BadInput, NotFound, Refused
from courtepointe.engagement.actions.attestations import issue_attestations
from courtepointe.engagement.actions.committees import change_seat, end_committee, remove_seat
from courtepointe.engagement.actions.meetings import call_meeting, note_presence
from courtepointe.engagement.actions.trainings import (
    change_course,
    enrol,
    note_attendance,
    offer_course,
    plan_session,
    remove_course,
    retire_course,
    write_course,
)
from courtepointe.engagement.actions.volunteers import withdraw_volunteer
from courtepointe.engagement.actions.zones import change_zone, drop_zone
from courtepointe.engagement.models import (
    Call,
    Course,
    Enrolment,
    Presence,
    Seat,
    TrainingSession,
    Zone,
    ZoneTouch,
)
from courtepointe.engagement.queries.committees import seat
from courtepointe.engagement.queries.trainings import course, verify
from courtepointe.engagement.queries.volunteers import zone
from courtepointe.engagement.values.meetings import NewMeeting
from courtepointe.engagement.values.trainings import NewCourse, NewSession
from courtepointe.people.models import HistoryRow

OWN = NewCourse(Words("Tricot", "Knitting"), "discover", Decimal(2), 12)


@pytest.fixture
def k(table: Table) -> dict[str, Any]:
    return {"by": table.coordinator, "now": NOW}


def met(table: Table, made: Gathered, status: str, k: dict[str, Any]) -> int:
    what = NewMeeting("Pilotage", AGO, SINCE, committee=made.committee)
    meeting = call_meeting(table.slug, what, **k)
    note_presence(table.slug, meeting, {made.seat: status}, guests=0, **k)
    return meeting


def test_a_seat_is_corrected_within_its_committees_life(
    table: Table, made: Gathered, k: dict[str, Any]
) -> None:
    change_seat(table.slug, made.seat, replace(SEAT, role="member", votes=False, until=DAY), **k)
    held = seat(as_(table), made.seat).seat
    assert (held.role, held.votes, held.until) == ("member", False, DAY)
    line = HistoryRow.objects.filter(what="engagement.seat", verb="changed").get()
    assert line.before == {"role": "chair", "votes": True, "until": None}
    with pytest.raises(BadInput, match="ends_before_it_begins"):
        change_seat(table.slug, made.seat, replace(SEAT, until=DAY - timedelta(1)), **k)
    with pytest.raises(BadInput, match="seat_of_nobody"):
        change_seat(table.slug, made.seat, replace(SEAT, organisation=" "), **k)
    end_committee(table.slug, made.committee, DAY, **k)
    for until in (None, DAY + timedelta(1)):
        with pytest.raises(Refused, match="committee_ended"):
            change_seat(table.slug, made.seat, replace(SEAT, until=until), **k)
    change_seat(table.slug, made.seat, replace(SEAT, role="treasurer", until=DAY), **k)
    assert seat(as_(table), made.seat).seat.role == "treasurer"


def test_a_seat_written_by_mistake_goes_and_one_that_was_noted_stays(
    table: Table, made: Gathered, k: dict[str, Any]
) -> None:
    meeting = met(table, made, "excused", k)
    assert seat(as_(table), made.seat).noted == 1
    with pytest.raises(Refused, match="seat_was_noted"):
        remove_seat(table.slug, made.seat, **k)
    note_presence(table.slug, meeting, {made.seat: "expected"}, guests=0, **k)
    remove_seat(table.slug, made.seat, **k)
    assert not Seat.objects.exists() and not Presence.objects.exists()
    gone = HistoryRow.objects.filter(verb="removed").values_list("what", flat=True)
    assert set(gone) == {"engagement.seat", "engagement.presence"}, "both can be given back"
    with pytest.raises(NotFound, match="unknown_seat"):
        seat(as_(table), made.seat)


def attested(table: Table, made: Gathered, k: dict[str, Any]) -> tuple[int, str]:
    own = write_course(table.slug, OWN, **k)
    given = plan_session(table.slug, NewSession(own, AGO, SINCE, "fr", 4), **k)
    enrol(table.slug, given, made.volunteer, **k)
    note_attendance(table.slug, given, {Enrolment.objects.get(session_id=given).pk: True}, **k)
    (code,) = issue_attestations(table.slug, given, issued=DAY, **k)
    return own, code


def test_what_was_attested_keeps_its_words_and_the_training_goes_on(
    table: Table, made: Gathered, k: dict[str, Any]
) -> None:
    own, code = attested(table, made, k)
    coming = plan_session(table.slug, NewSession(own, SOON, LATER, "fr", 4), **k)
    enrol(table.slug, coming, made.volunteer, **k)
    assert change_course(table.slug, own, OWN, **k) == own, "what does not differ changes nothing"
    what = replace(
        OWN, title=Words("Tricot et couture", "Knitting, sewing"), level="lead", months=6
    )
    new = change_course(table.slug, own, what, **k)
    assert new != own
    told = verify(code, now=NOW)
    assert (told.title, told.level, told.until) == (OWN.title, "discover", date(2027, 6, 1))
    assert TrainingSession.objects.get(pk=coming).course_id == new
    assert TrainingSession.objects.get(pk=coming).sequence == 1, "calendars hear of it"
    assert TrainingSession.objects.filter(course_id=own).count() == 1, "what was given stays"
    seen = course(as_(table), new)
    assert (seen.course.title, seen.course.months, seen.attestations) == (what.title, 6, 0)
    assert course(as_(table), own).course.retired == DAY
    with pytest.raises(Refused, match="course_retired"):
        change_course(table.slug, own, replace(what, months=3), **k)
    assert Course.objects.count() == 3, "sent twice, it is made once"


def test_a_training_without_attestation_changes_in_place(
    table: Table, made: Gathered, k: dict[str, Any]
) -> None:
    own = write_course(table.slug, OWN, **k)
    assert change_course(table.slug, own, replace(OWN, months=0), **k) == own
    assert course(as_(table), own).course.months == 0
    with pytest.raises(BadInput, match="gathering_line_needed"):
        change_course(table.slug, own, replace(OWN, title=Words(" ", "")), **k)
    with pytest.raises(BadInput, match="gathering_unknown_kind"):
        change_course(table.slug, own, replace(OWN, level="wizard"), **k)
    with pytest.raises(Refused, match="course_fixed"):
        change_course(table.slug, made.course, OWN, **k)


def test_a_training_that_was_planned_is_retired_and_a_mistake_is_removed(
    table: Table, made: Gathered, k: dict[str, Any]
) -> None:
    own = write_course(table.slug, OWN, **k)
    remove_course(table.slug, own, **k)
    with pytest.raises(NotFound, match="unknown_course"):
        course(as_(table), own)
    with pytest.raises(Refused, match="course_given"):
        remove_course(table.slug, made.course, **k)
    retire_course(table.slug, made.course, DAY, **k)
    assert offer_course(table.slug, "heat", **k) == made.course, "and is offered again"


def test_a_zone_changes_its_name_and_its_neighbours_together(
    table: Table, made: Gathered, k: dict[str, Any]
) -> None:
    change_zone(table.slug, made.zone, " Vieux-Port ", [], **k)
    seen = zone(as_(table), made.zone)
    assert (seen.zone.name, seen.zone.touches, seen.zone.code) == ("Vieux-Port", (), "Centre")
    for name, touches, error in (
        ("Rive", [made.near], "zone_named_already"),
        (" ", [made.near], "gathering_line_needed"),
        ("Nord", [made.near, 99_999], "unknown_zone"),
    ):
        with pytest.raises((BadInput, NotFound, Refused), match=error):
            change_zone(table.slug, made.zone, name, touches, **k)
        assert zone(as_(table), made.zone).zone == seen.zone, "all of it, or nothing"


def test_a_zone_goes_when_nobody_is_in_it_and_no_call_went_there(
    table: Table, made: Gathered, k: dict[str, Any]
) -> None:
    seen = zone(as_(table), made.zone)
    assert (seen.volunteers, seen.pivots, seen.missions, seen.calls) == (1, 1, 0, 1)
    withdraw_volunteer(table.slug, made.volunteer, **k)
    with pytest.raises(Refused, match="zone_has_people"):
        drop_zone(table.slug, made.zone, **k)
    Call.objects.update(zone=made.near)
    with pytest.raises(Refused, match="zone_has_people"):
        drop_zone(table.slug, made.near, **k)
    Call.objects.all().delete()
    assert zone(as_(table), made.near).is_empty
    drop_zone(table.slug, made.near, **k)
    assert list(Zone.objects.values_list("pk", flat=True)) == [made.zone]
    assert not ZoneTouch.objects.exists()
    gone = HistoryRow.objects.filter(verb="removed", what__startswith="engagement.zone")
    assert gone.count() == 2, "the zone, and that it touched another"
