"""Committees, seats and elections, as they are read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.utils.timezone import localdate

from courtepointe.core.errors import NotFound
from courtepointe.engagement.elections import quorum_of
from courtepointe.engagement.models import Committee, Election, Seat
from courtepointe.engagement.values.meetings import (
    CandidateSeen,
    CommitteeSeen,
    ElectionSeen,
    SeatAlone,
    SeatSeen,
)
from courtepointe.people.values import WorkspaceSeen


def seat_value(row: Seat) -> SeatSeen:
    """Give a seat's row as a value."""
    return SeatSeen(
        row.pk, row.organisation, row.person, row.role, row.votes, row.since, row.until
    )  # fmt: skip


def sits(row: Seat, day: date) -> bool:
    """Say whether a seat is held on a day."""
    return row.since <= day and (row.until is None or row.until >= day)


def quorum_on(committee: Committee, seats: Iterable[Seat], day: date) -> int:
    """Give how many voting seats make the quorum of a committee on a day."""
    voting = sum(1 for seat in seats if seat.votes and sits(seat, day))
    return quorum_of(voting, percent=committee.quorum_percent or 0)


def _committee(row: Committee, today: date) -> CommitteeSeen:
    seats = sorted(row.seats.all(), key=lambda one: (one.organisation or one.person, one.pk))
    return CommitteeSeen(
        number=row.pk,
        kind=row.kind,
        name=row.name,
        purpose=row.purpose,
        begins=row.begins,
        ended=row.ended,
        quorum_percent=row.quorum_percent or 0,
        quorum=quorum_on(row, seats, today),
        seats=tuple(seat_value(one) for one in seats if one.until is None or one.until >= today),
        former=tuple(
            seat_value(one) for one in seats if one.until is not None and one.until < today
        ),
    )


def committees(seen: WorkspaceSeen, *, now: datetime) -> tuple[CommitteeSeen, ...]:
    """List the committees of a workspace by name, those that ended last."""
    rows = Committee.objects.filter(workspace_id=seen.id).prefetch_related("seats")
    ordered = sorted(rows, key=lambda one: (one.ended is not None, one.name.casefold(), one.pk))
    return tuple(_committee(row, localdate(now)) for row in ordered)


def committee(seen: WorkspaceSeen, number: int, *, now: datetime) -> CommitteeSeen:
    """Give a committee, or raise `NotFound`."""
    rows = Committee.objects.filter(workspace_id=seen.id, pk=number).prefetch_related("seats")
    row = rows.first()
    if row is None:
        raise NotFound("unknown_committee")
    return _committee(row, localdate(now))


def seat(seen: WorkspaceSeen, number: int) -> SeatAlone:
    """Give a seat with its committee, or raise `NotFound`."""
    rows = Seat.objects.filter(workspace_id=seen.id, pk=number).select_related("committee")
    row = rows.first()
    if row is None:
        raise NotFound("unknown_seat")
    noted = row.presences.exclude(status="expected").count()
    return SeatAlone(seat_value(row), row.committee_id, row.committee.name, noted)


def elections_of(seen: WorkspaceSeen, committee: int) -> tuple[ElectionSeen, ...]:
    """List the elections of a committee, the last first."""
    rows = Election.objects.filter(workspace_id=seen.id, committee_id=committee)
    return tuple(map(_election, rows.prefetch_related("candidates").order_by("-on", "-pk")))


def election(seen: WorkspaceSeen, number: int) -> ElectionSeen:
    """Give an election, or raise `NotFound`."""
    row = Election.objects.filter(workspace_id=seen.id, pk=number).first()
    if row is None:
        raise NotFound("unknown_election")
    return _election(row)


def _election(row: Election) -> ElectionSeen:
    candidates = sorted(row.candidates.all(), key=lambda one: (one.name.casefold(), one.pk))
    held = row.state == Election.State.HELD
    return ElectionSeen(
        number=row.pk,
        committee=row.committee_id,
        title=row.title,
        on=row.on,
        state=row.state,
        seats_open=row.seats_open,
        quorum=row.quorum,
        eligible=row.eligible,
        present=row.present,
        cast=row.cast,
        spoiled=row.spoiled,
        candidates=tuple(
            CandidateSeen(one.pk, one.name, one.organisation, one.votes, one.elected)
            for one in candidates
        ),
        is_tied=held and any(one.elected is None for one in candidates),
    )
