"""What is there already, as rows of a sheet are held against it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.utils.timezone import localdate, make_aware

from courtepointe.engagement.models import (
    Activity,
    AttendanceCount,
    Attestation,
    Enrolment,
    Meeting,
    Presence,
    Seat,
    TrainingSession,
)
from courtepointe.engagement.models.meetings import State
from courtepointe.engagement.queries.committees import sits
from courtepointe.engagement.values.arriving import Gathering
from courtepointe.people.bringing.folding import key_of

Row = TypeVar("Row", Meeting, Activity, TrainingSession)


def activities_there(workspace_id: int) -> tuple[tuple[int, str, datetime, str], ...]:
    """Give the activities of a workspace: number, title, start, state."""
    rows = Activity.objects.filter(workspace_id=workspace_id).order_by("pk")
    return tuple(rows.values_list("pk", "title", "starts", "state"))


def gatherings_on(workspace_id: int, days: Collection[date]) -> tuple[Gathering, ...]:
    """Give the meetings, activities and sessions that begin on some days; however many, in a few questions."""
    if not days:
        return ()
    return (
        *_meetings(_began(Meeting.objects.select_related("committee"), workspace_id, days)),
        *_activities(_began(Activity.objects.all(), workspace_id, days)),
        *_sessions(_began(TrainingSession.objects.select_related("course"), workspace_id, days)),
    )


def _began(rows: QuerySet[Row], workspace_id: int, days: Collection[date]) -> list[Row]:
    first = make_aware(datetime.combine(min(days), time.min))
    last = make_aware(datetime.combine(max(days), time.min) + timedelta(days=1))
    rows = rows.filter(workspace_id=workspace_id, starts__gte=first, starts__lt=last)
    return [row for row in rows.order_by("pk") if localdate(row.starts) in days]


def _meetings(rows: list[Meeting]) -> Iterator[Gathering]:
    noted = set(
        Presence.objects.filter(meeting__in=rows).values_list("meeting_id", flat=True).distinct()
    )
    seats: dict[int, list[Seat]] = defaultdict(list)
    for seat in Seat.objects.filter(committee__meetings__in=rows).distinct().order_by("pk"):
        seats[seat.committee_id].append(seat)
    for row in rows:
        committee = row.committee.name if row.committee else ""
        sitting = [
            s for s in seats.get(row.committee_id or 0, ()) if sits(s, localdate(row.starts))
        ]
        yield _gathering(
            "meeting", row, (row.title, committee),
            is_noted=row.pk in noted or row.guests > 0,
            seats=_seats_by_name(sitting),
        )  # fmt: skip


def _seats_by_name(seats: Iterable[Seat]) -> dict[str, int]:
    """Find each seat by its person and by its organisation; what two seats are called names neither."""
    found: dict[str, set[int]] = defaultdict(set)
    for seat in seats:
        for name in (seat.person, seat.organisation):
            if key_of(name):
                found[key_of(name)].add(seat.pk)
    return {name: numbers.pop() for name, numbers in found.items() if len(numbers) == 1}


def _activities(rows: list[Activity]) -> Iterator[Gathering]:
    counted = set(AttendanceCount.objects.filter(activity__in=rows).values_list("activity_id", flat=True))  # fmt: skip
    for row in rows:
        yield _gathering("activity", row, (row.title,), is_noted=row.pk in counted)


def _sessions(rows: list[TrainingSession]) -> Iterator[Gathering]:
    enrolled = Enrolment.objects.filter(session__in=rows)
    noted = set(enrolled.exclude(attended=None).values_list("session_id", flat=True))
    attested: dict[int, set[str]] = defaultdict(set)
    held = Attestation.objects.filter(enrolment__in=enrolled, withdrawn=None)
    for session, code in held.values_list("enrolment__session_id", "enrolment__volunteer__code"):
        attested[session].add(code)
    for row in rows:
        names = (row.course.title_fr, row.course.title_en)
        yield _gathering("session", row, names, is_noted=row.pk in noted, attested=frozenset(attested[row.pk]))  # fmt: skip


def _gathering(what: str, row: Any, names: Iterable[str], **more: Any) -> Gathering:
    return Gathering(
        what=what, number=row.pk, day=localdate(row.starts), starts=row.starts,
        names=frozenset(filter(None, map(key_of, names))), is_called_off=row.state == State.CANCELLED, **more,
    )  # fmt: skip
