"""Trainings: places, attendance, attestations that expire, are withdrawn, and that anybody checks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from tests.support.gathered import AGO, DAY, LATER, SINCE, SOON, WILLING, Gathered
from tests.support.table import NOW, Table

from courtepointe.atlas.recipe.values import Words
from courtepointe.core.errors import BadInput, NotFound, Refused
from courtepointe.engagement.actions.attestations import issue_attestations, withdraw_attestation
from courtepointe.engagement.actions.trainings import (
    cancel_session,
    change_course,
    change_session,
    enrol,
    leave_session,
    note_attendance,
    offer_course,
    plan_session,
    retire_course,
    write_course,
)
from courtepointe.engagement.actions.volunteers import keep_volunteer, withdraw_volunteer
from courtepointe.engagement.models import Attestation
from courtepointe.engagement.queries.trainings import (
    attestation,
    coming_sessions,
    courses,
    enrolments_of,
    past_sessions,
    session,
    verify,
)
from courtepointe.engagement.queries.volunteers import pivots
from courtepointe.engagement.values.trainings import NewCourse, NewSession
from courtepointe.people.access import workspace_to

pytestmark = pytest.mark.django_db
OWN = NewCourse(Words("Tricoter ensemble", ""), "discover", Decimal("1.5"), 0, ("welcome",), ("Une maille",), ())  # fmt: skip


def as_(table: Table, who: str = "coordinator", right: str = "read") -> Any:
    return workspace_to(right, table.slug, by=getattr(table, who), now=NOW)


def someone(table: Table) -> str:
    return keep_volunteer(table.slug, replace(WILLING, contact=""), by=table.coordinator, now=NOW)


def test_places_and_the_waiting_list(table: Table, made: Gathered) -> None:
    k: dict[str, Any] = {"by": table.coordinator, "now": NOW}
    two, three, four = (someone(table) for _ in range(3))
    assert [enrol(table.slug, made.session, code, **k) for code in (two, three, four, two)] == [
        "confirmed",
        "waiting",
        "waiting",
        "confirmed",
    ]
    line = session(as_(table), made.session)
    assert (line.enrolled, line.waiting, line.places) == (2, 2, 2)
    assert session(as_(table, "member"), made.session).enrolled is None, "two people are a few"
    leave_session(table.slug, made.enrolment, **k)
    told = enrolments_of(as_(table), made.session, now=NOW)
    assert [(one.volunteer, one.state) for one in told] == [
        (made.volunteer, "cancelled"),
        (two, "confirmed"),
        (three, "confirmed"),
        (four, "waiting"),
    ]
    change_session(table.slug, made.session, NewSession(made.course, SOON, LATER, "fr", 9), **k)
    assert session(as_(table), made.session).enrolled == 3
    assert enrol(table.slug, made.session, made.volunteer, **k) == "confirmed", "one may come back"
    with pytest.raises(NotFound, match="unknown_volunteer"):
        enrol(table.slug, made.session, "ZZZZZZ", **k)
    cancel_session(table.slug, made.session, **k)
    with pytest.raises(Refused, match="registration_closed"):
        enrol(table.slug, made.session, someone(table), **k)


def test_who_came_is_attested_and_nobody_else(table: Table, made: Gathered) -> None:
    k: dict[str, Any] = {"by": table.coordinator, "now": NOW}
    given = plan_session(table.slug, NewSession(made.course, AGO, SINCE, "ar", 5), **k)
    came, not_there = someone(table), someone(table)
    for code in (came, not_there):
        enrol(table.slug, given, code, **k)
    with pytest.raises(Refused, match="nobody_to_attest"):
        issue_attestations(table.slug, given, issued=DAY, **k)
    first, second = (one.number for one in enrolments_of(as_(table), given, now=NOW))
    note_attendance(table.slug, given, {first: True, second: False}, **k)
    for wrong in (date(2026, 5, 31), date(2026, 6, 2)):
        with pytest.raises(BadInput, match="issued_when"):
            issue_attestations(table.slug, given, issued=wrong, **k)
    (code,) = issue_attestations(table.slug, given, issued=DAY, **k)
    with pytest.raises(Refused, match="nobody_to_attest"):
        issue_attestations(table.slug, given, issued=DAY, **k)
    told = enrolments_of(as_(table), given, now=NOW)
    assert [(one.volunteer, one.attestation, one.attestation_state) for one in told] == [
        (came, code, "valid"),
        (not_there, "", ""),
    ]
    with pytest.raises(Refused, match="enrolment_attested"):
        leave_session(table.slug, first, **k)
    with pytest.raises(Refused, match="enrolment_attested"):
        note_attendance(table.slug, given, {first: False}, **k)
    with pytest.raises(NotFound, match="unknown_enrolment"):
        note_attendance(table.slug, given, {made.enrolment: True}, **k)
    with pytest.raises(Refused, match="gathering_not_yet"):
        note_attendance(table.slug, made.session, {made.enrolment: True}, **k)
    assert {one.number for one in past_sessions(as_(table), now=NOW)} >= {given}
    assert [one.number for one in coming_sessions(as_(table), now=NOW)] == [made.session]


def test_anybody_checks_a_code(table: Table, made: Gathered) -> None:
    typed = f" {made.attestation_code[:4]}-{made.attestation_code[4:]} ".lower()
    told = verify(typed, now=NOW)
    assert (told.state, told.title.en, told.until) == (
        "valid",
        "First steps in extreme heat",
        date(2028, 6, 1),
    )
    last_day = NOW.replace(year=2028)
    assert verify(made.attestation_code, now=last_day).state == "valid", "it holds on its last day"
    assert verify(made.attestation_code, now=last_day + timedelta(days=1)).state == "expired"
    withdraw_attestation(
        table.slug, made.attestation, why="Donnée par erreur", by=table.coordinator, now=NOW
    )
    told = verify(made.attestation_code, now=NOW)
    assert (told.state, told.withdrawn) == ("withdrawn", DAY)
    assert "erreur" not in repr(told), "why is the workspace's own"
    assert attestation(as_(table, "member"), typed, now=NOW).why_withdrawn == "Donnée par erreur"
    with pytest.raises(Refused, match="already_withdrawn"):
        withdraw_attestation(table.slug, made.attestation, why="x", by=table.coordinator, now=NOW)
    with pytest.raises(BadInput, match="code_slip"):
        verify("0000000001", now=NOW)
    with pytest.raises(NotFound, match="unknown_attestation"):
        verify("0000000000", now=NOW)
    stranger = workspace_to("read", table.other, by=table.stranger, now=NOW)
    with pytest.raises(NotFound, match="unknown_attestation"):
        attestation(stranger, made.attestation_code, now=NOW)


def test_an_attestation_outlives_the_record_of_who_holds_it(table: Table, made: Gathered) -> None:
    withdraw_volunteer(table.slug, made.volunteer, by=table.coordinator, now=NOW)
    assert Attestation.objects.get().enrolment is None
    assert verify(made.attestation_code, now=NOW).state == "valid"


def test_what_was_attested_does_not_change(table: Table, made: Gathered) -> None:
    k: dict[str, Any] = {"by": table.coordinator, "now": NOW}
    own = write_course(table.slug, OWN, **k)
    change_course(table.slug, own, replace(OWN, title=Words("Tricoter", "Knitting")), **k)
    held = {one.number: one for one in courses(as_(table))}
    assert (held[own].title, held[own].months) == (Words("Tricoter", "Knitting"), 0)
    with pytest.raises(Refused, match="course_fixed"):
        change_course(table.slug, made.course, OWN, **k)
    assert offer_course(table.slug, "heat", **k) == made.course, "once"
    retire_course(table.slug, own, DAY, **k)
    assert courses(as_(table))[-1].number == own
    with pytest.raises(Refused, match="course_retired"):
        plan_session(table.slug, NewSession(own, SOON, LATER, "fr", 3), **k)
    with pytest.raises(Refused, match="session_has_people"):
        change_session(table.slug, made.session, NewSession(own, SOON, LATER, "fr", 3), **k)
    with pytest.raises(NotFound, match="unknown_course"):
        offer_course(table.slug, "alchemy", **k)
    for wrong in (replace(OWN, hours=Decimal(0)), replace(OWN, months=999)):
        with pytest.raises(BadInput, match="gathering_number"):
            write_course(table.slug, wrong, **k)


def test_the_training_of_pivot_citizens(table: Table, made: Gathered) -> None:
    def state(when: timedelta = timedelta()) -> tuple[str, date | None]:
        (one,) = pivots(as_(table), now=NOW + when)
        return one.training, one.valid_until

    assert state() == ("valid", date(2028, 6, 1))
    k: dict[str, Any] = {"by": table.coordinator, "now": NOW}
    leave_session(table.slug, made.enrolment, **k)
    assert state(timedelta(days=900)) == ("expired", date(2028, 6, 1))
    withdraw_attestation(table.slug, made.attestation, why="erreur", **k)
    assert state() == ("none", None)
    enrol(table.slug, made.session, made.volunteer, **k)
    assert state() == ("enrolled", None)
