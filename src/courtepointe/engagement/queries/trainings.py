"""Trainings and attestations, as they are read; and what anybody is told of a code."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Count, Q, QuerySet
from django.utils.timezone import localdate

from courtepointe.atlas.recipe.values import Words
from courtepointe.core.errors import NotFound
from courtepointe.engagement.models import Attestation, Course, Enrolment, TrainingSession
from courtepointe.engagement.protect import alone
from courtepointe.engagement.values.trainings import (
    AttestationSeen,
    CourseAlone,
    CourseSeen,
    EnrolmentSeen,
    SessionLine,
    Verified,
)
from courtepointe.people.values import WorkspaceSeen
from courtepointe.press.attestations import read_code

PAGE = 100


def course_value(row: Course) -> CourseSeen:
    """Give a training's row as a value."""
    return CourseSeen(
        number=row.pk,
        catalogue_code=row.catalogue_code,
        title=Words(row.title_fr, row.title_en),
        level=row.level,
        hours=row.hours,
        months=row.months,
        skills=tuple(row.skills),
        learnt_fr=tuple(row.learnt_fr),
        learnt_en=tuple(row.learnt_en),
        retired=row.retired,
    )


def courses(seen: WorkspaceSeen) -> tuple[CourseSeen, ...]:
    """List the trainings that a workspace gives or gave, those retired last."""
    rows = Course.objects.filter(workspace_id=seen.id).order_by("pk")
    return tuple(map(course_value, sorted(rows, key=lambda one: one.retired is not None)))


def course(seen: WorkspaceSeen, number: int) -> CourseAlone:
    """Give a training with what rests on it, or raise `NotFound`."""
    row = Course.objects.filter(workspace_id=seen.id, pk=number).first()
    if row is None:
        raise NotFound("unknown_course")
    return CourseAlone(course_value(row), row.sessions.count(), row.attestations.count())


def _sessions(seen: WorkspaceSeen) -> QuerySet[TrainingSession]:
    rows = TrainingSession.objects.filter(workspace_id=seen.id).select_related("course")
    return rows.annotate(
        n_confirmed=Count("enrolments", filter=Q(enrolments__state="confirmed")),
        n_waiting=Count("enrolments", filter=Q(enrolments__state="waiting")),
    )


def _session(row: TrainingSession, *, exact: bool) -> SessionLine:
    confirmed, waiting = int(getattr(row, "n_confirmed", 0)), int(getattr(row, "n_waiting", 0))
    return SessionLine(
        number=row.pk,
        course=course_value(row.course),
        starts=row.starts,
        ends=row.ends,
        place=row.place,
        access=row.access,
        language=row.language,
        places=row.places,
        state=row.state,
        enrolled=confirmed if exact else alone(confirmed),
        waiting=waiting if exact else alone(waiting),
    )


def coming_sessions(seen: WorkspaceSeen, *, now: datetime) -> tuple[SessionLine, ...]:
    """List the sessions that are not over, the next first."""
    rows = _sessions(seen).filter(ends__gte=now).order_by("starts", "pk")[:PAGE]
    return tuple(_session(row, exact="write" in seen.rights) for row in rows)


def past_sessions(seen: WorkspaceSeen, *, now: datetime) -> tuple[SessionLine, ...]:
    """List the last sessions, the latest first."""
    rows = _sessions(seen).filter(ends__lt=now).order_by("-starts", "-pk")[:PAGE]
    return tuple(_session(row, exact="write" in seen.rights) for row in rows)


def session(seen: WorkspaceSeen, number: int) -> SessionLine:
    """Give a session, or raise `NotFound`."""
    row = _sessions(seen).filter(pk=number).first()
    if row is None:
        raise NotFound("unknown_session")
    return _session(row, exact="write" in seen.rights)


def enrolments_of(seen: WorkspaceSeen, number: int, *, now: datetime) -> tuple[EnrolmentSeen, ...]:
    """List who takes part in a session, under their codes; the caller has asked the right to write."""
    rows = Enrolment.objects.filter(workspace_id=seen.id, session_id=number)
    rows = rows.select_related("volunteer", "attestation").order_by("made", "pk")
    return tuple(_enrolment(row, localdate(now)) for row in rows)


def _enrolment(row: Enrolment, today: date) -> EnrolmentSeen:
    held: Attestation | None = getattr(row, "attestation", None)
    return EnrolmentSeen(
        number=row.pk,
        volunteer=row.volunteer.code,
        state=row.state,
        attended=row.attended,
        attestation=held.code if held else "",
        attestation_state=state_of(held, today) if held else "",
    )


def state_of(row: Attestation, today: date) -> str:
    """Say whether an attestation is valid, expired or withdrawn; it holds on its last day."""
    if row.withdrawn is not None:
        return "withdrawn"
    return "expired" if row.until is not None and row.until < today else "valid"


def attestation(seen: WorkspaceSeen, code: str, *, now: datetime) -> AttestationSeen:
    """Give an attestation of a workspace by its code, or raise `NotFound`."""
    rows = Attestation.objects.filter(workspace_id=seen.id, code=read_code(code))
    row = rows.select_related("course").first()
    if row is None:
        raise NotFound("unknown_attestation")
    return AttestationSeen(
        number=row.pk,
        code=row.code,
        course=course_value(row.course),
        attended=row.attended,
        issued=row.issued,
        until=row.until,
        state=state_of(row, localdate(now)),
        why_withdrawn=row.why_withdrawn,
    )


def verify(code: str, *, now: datetime) -> Verified:
    """Tell anybody whether a code is valid, expired or withdrawn, and of which training. No name.

    Raises
    ------
    BadInput
        ``code_form``, ``code_slip``.
    NotFound
        ``unknown_attestation``.
    """
    rows = Attestation.objects.filter(code=read_code(code))
    row = rows.select_related("course", "workspace").first()
    if row is None:
        raise NotFound("unknown_attestation")
    return Verified(
        code=row.code,
        state=state_of(row, localdate(now)),
        title=Words(row.course.title_fr, row.course.title_en),
        level=row.course.level,
        issuer=row.workspace.name,
        attended=row.attended,
        issued=row.issued,
        until=row.until,
        withdrawn=None if row.withdrawn is None else localdate(row.withdrawn),
    )
