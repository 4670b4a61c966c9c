"""Trainings are offered, given, attended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from courtepointe.core.errors import BadInput, NotFound, Refused
from courtepointe.engagement.access import row_of, to_change, volunteer_of
from courtepointe.engagement.kinds import catalogue, known
from courtepointe.engagement.models import Course, Enrolment, TrainingSession
from courtepointe.engagement.models.meetings import State
from courtepointe.engagement.texts import at_least, codes, hours, line, text
from courtepointe.engagement.values.trainings import NewCourse, NewSession
from courtepointe.people.access import workspace_to
from courtepointe.people.actions import change, create, remove
from courtepointe.people.values import Person

CONFIRMED, WAITING, CANCELLED = Enrolment.State.values
MOST_LEARNT = 12


@transaction.atomic
def offer_course(slug: str, code: str, *, by: Person, now: datetime) -> int:
    """Offer a training of the catalogue; give its number. One that was retired is offered again."""
    workspace = workspace_to("write", slug, by=by, now=now)
    found = catalogue().get(code)
    if found is None:
        raise NotFound("unknown_course")
    row = Course.objects.filter(workspace_id=workspace.id, catalogue_code=code).first()
    if row is not None:
        return change(row, {"retired": None}, by=by, now=now).pk
    held = _course(
        NewCourse(found.title, found.level, found.hours, found.months, found.skills, found.learnt_fr, found.learnt_en)
    )  # fmt: skip
    made = Course(workspace_id=workspace.id, catalogue_code=code, **held)
    return create(made, by=by, now=now).pk


def _course(what: NewCourse) -> dict[str, Any]:
    if not Decimal(0) < what.hours < Decimal(1_000):
        raise BadInput("gathering_number", value=str(what.hours), expected="0–999")
    fr, en = line(what.title.fr), line(what.title.en)
    return {
        "title_fr": line(fr or en, needed=True),
        "title_en": en or fr,
        "level": known("levels", what.level),
        "hours": what.hours.quantize(Decimal("0.1")),
        "months": at_least(what.months, 0, most=240),
        "skills": list(codes("skills", what.skills)),
        "learnt_fr": [line(one, needed=True) for one in what.learnt_fr[:MOST_LEARNT]],
        "learnt_en": [line(one, needed=True) for one in what.learnt_en[:MOST_LEARNT]],
    }


@transaction.atomic
def write_course(slug: str, what: NewCourse, *, by: Person, now: datetime) -> int:
    """Offer a training of one's own; give its number."""
    workspace = workspace_to("write", slug, by=by, now=now)
    return create(Course(workspace_id=workspace.id, **_course(what)), by=by, now=now).pk


@transaction.atomic
def change_course(slug: str, number: int, what: NewCourse, *, by: Person, now: datetime) -> int:
    """Change a training of one's own; give the number that it goes by from now on.

    What was attested stays as it was: where attestations rest on the training, it is offered no more,
    and another with the new words takes its place and its sessions to come.
    """
    row = to_change(Course, slug, number, by=by, now=now)
    if row.catalogue_code:
        raise Refused("course_fixed")
    held = _course(what)
    if not row.attestations.exists() or all(getattr(row, name) == value for name, value in held.items()):  # fmt: skip
        return change(row, held, by=by, now=now).pk
    if row.retired is not None:
        raise Refused("course_retired", date=row.retired)
    return _succeeded(row, held, by=by, now=now).pk


def _succeeded(row: Course, held: dict[str, Any], *, by: Person, now: datetime) -> Course:
    made = create(Course(workspace_id=row.workspace_id, **held), by=by, now=now)
    change(row, {"retired": localdate(now)}, by=by, now=now)
    for session in row.sessions.filter(state=State.PLANNED, starts__gt=now):
        told = {"course": made, "sequence": session.sequence + 1, "changed": now}
        change(session, told, by=by, now=now)
    return made


@transaction.atomic
def remove_course(slug: str, number: int, *, by: Person, now: datetime) -> None:
    """Remove a training that was written by mistake; one that was planned or attested is retired."""
    row = to_change(Course, slug, number, by=by, now=now)
    if row.sessions.exists() or row.attestations.exists():
        raise Refused("course_given")
    remove(row, by=by, now=now)


@transaction.atomic
def retire_course(slug: str, number: int, on: date, *, by: Person, now: datetime) -> None:
    """Offer a training no more; its attestations hold. One that is retired already keeps its day."""
    row = to_change(Course, slug, number, by=by, now=now)
    change(row, {"retired": row.retired or on}, by=by, now=now)


def _session(what: NewSession) -> dict[str, Any]:
    hours(what.starts, what.ends)
    return asdict(what) | {
        "language": known("languages", what.language),
        "places": at_least(what.places, 1, most=2_000),
        "place": line(what.place),
        "access": text(what.access, longest=2_000),
    }


@transaction.atomic
def plan_session(slug: str, what: NewSession, *, by: Person, now: datetime) -> int:
    """Plan a session of a training; give its number."""
    workspace = workspace_to("write", slug, by=by, now=now)
    course = row_of(Course, what.course, workspace=workspace.id)
    if course.retired is not None:
        raise Refused("course_retired", date=course.retired)
    held = _session(what) | {"course": course}
    made = TrainingSession(workspace_id=workspace.id, changed=now, **held)
    return create(made, by=by, now=now).pk


@transaction.atomic
def change_session(slug: str, number: int, what: NewSession, *, by: Person, now: datetime) -> None:
    """Change a session; calendars hear of it, and who waits gets the places that are added."""
    row = to_change(TrainingSession, slug, number, by=by, now=now)
    course = row_of(Course, what.course, workspace=row.workspace_id)
    if course.pk != row.course_id and row.enrolments.exists():
        raise Refused("session_has_people")
    held = _session(what) | {"course": course}
    if any(getattr(row, name) != value for name, value in held.items()):
        change(row, held | {"sequence": row.sequence + 1, "changed": now}, by=by, now=now)
    _promote(row, by=by, now=now)


@transaction.atomic
def cancel_session(slug: str, number: int, *, by: Person, now: datetime, why: str = "") -> None:
    """Call a session off; it stays in calendars as cancelled."""
    row = to_change(TrainingSession, slug, number, by=by, now=now)
    if row.state == State.HELD:
        raise Refused("gathering_held")
    values = {"state": State.CANCELLED, "sequence": row.sequence + 1, "changed": now}
    change(row, values, by=by, now=now, why=why)


def _left(row: TrainingSession) -> int:
    return row.places - row.enrolments.filter(state=CONFIRMED).count()


@transaction.atomic
def enrol(slug: str, session: int, volunteer: str, *, by: Person, now: datetime) -> str:
    """Enrol a volunteer, by their code; give whether they are confirmed or wait."""
    row = to_change(TrainingSession, slug, session, by=by, now=now)
    if row.state != State.PLANNED:
        raise Refused("registration_closed")
    who = volunteer_of(volunteer, workspace=row.workspace_id)
    held = row.enrolments.filter(volunteer=who).first()
    state = CONFIRMED if _left(row) > 0 else WAITING
    if held is None:
        made = Enrolment(workspace_id=row.workspace_id, session=row, volunteer=who, state=state, made=now)  # fmt: skip
        create(made, by=by, now=now)
        return state
    if held.state == CANCELLED:
        change(held, {"state": state, "made": now}, by=by, now=now)
    return held.state


@transaction.atomic
def leave_session(slug: str, enrolment: int, *, by: Person, now: datetime) -> None:
    """Take a volunteer off a session; who waits has the place."""
    row = to_change(Enrolment, slug, enrolment, by=by, now=now)
    if hasattr(row, "attestation"):
        raise Refused("enrolment_attested")
    change(row, {"state": CANCELLED, "attended": None}, by=by, now=now)
    _promote(row.session, by=by, now=now)


def _promote(row: TrainingSession, *, by: Person, now: datetime) -> None:
    left = max(_left(row), 0)
    for one in row.enrolments.filter(state=WAITING).order_by("made", "pk")[:left]:
        change(one, {"state": CONFIRMED}, by=by, now=now)


@transaction.atomic
def note_attendance(
    slug: str, session: int, attended: Mapping[int, bool], *, by: Person, now: datetime
) -> None:
    """Write down who came, by the numbers of their enrolments; the session is held."""
    row = to_change(TrainingSession, slug, session, by=by, now=now)
    if row.starts > now:
        raise Refused("gathering_not_yet")
    if row.state == State.CANCELLED:
        raise Refused("session_called_off")
    held = {one.pk: one for one in row.enrolments.exclude(state=CANCELLED)}
    for number, came in attended.items():
        if number not in held:
            raise NotFound("unknown_enrolment")
        if not came and hasattr(held[number], "attestation"):
            raise Refused("enrolment_attested")
        change(held[number], {"attended": came}, by=by, now=now)
    if row.state != State.HELD:
        values = {"state": State.HELD, "sequence": row.sequence + 1, "changed": now}
        change(row, values, by=by, now=now)
