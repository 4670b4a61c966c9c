"""Meetings and the register of decisions, as they are read."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from courtepointe.core.errors import NotFound
from courtepointe.engagement.models import Decision, Meeting, Presence, Seat
from courtepointe.engagement.queries.committees import quorum_on, seat_value, sits
from courtepointe.engagement.values.meetings import (
    DecisionSeen,
    ItemSeen,
    MeetingLine,
    MeetingSeen,
    PresenceSeen,
)
from courtepointe.people.values import WorkspaceSeen

SOON = timedelta(days=30)
PAGE = 100


def meeting_line(row: Meeting) -> MeetingLine:
    """Give a meeting's row as a line."""
    return MeetingLine(
        number=row.pk,
        title=row.title,
        kind=row.kind,
        committee=row.committee.name if row.committee else "",
        committee_number=row.committee_id,
        starts=row.starts,
        ends=row.ends,
        place=row.place,
        state=row.state,
    )


def _meetings(seen: WorkspaceSeen) -> QuerySet[Meeting]:
    return Meeting.objects.filter(workspace_id=seen.id).select_related("committee")


def coming_meetings(
    seen: WorkspaceSeen, *, now: datetime, committee: int | None = None
) -> tuple[MeetingLine, ...]:
    """List the meetings that are not over, the next first."""
    rows = _meetings(seen).filter(ends__gte=now)
    rows = rows.filter(committee_id=committee) if committee else rows
    return tuple(map(meeting_line, rows.order_by("starts", "pk")[:PAGE]))


def past_meetings(
    seen: WorkspaceSeen, *, now: datetime, committee: int | None = None
) -> tuple[MeetingLine, ...]:
    """List the last meetings, the latest first."""
    rows = _meetings(seen).filter(ends__lt=now)
    rows = rows.filter(committee_id=committee) if committee else rows
    return tuple(map(meeting_line, rows.order_by("-starts", "-pk")[:PAGE]))


def meeting(seen: WorkspaceSeen, number: int) -> MeetingSeen:
    """Give a meeting with its agenda, presence and decisions, or raise `NotFound`."""
    row = _meetings(seen).filter(pk=number).first()
    if row is None:
        raise NotFound("unknown_meeting")
    day = localdate(row.starts)
    seats = list(row.committee.seats.all()) if row.committee else []
    noted = {one.seat_id: one for one in row.presences.select_related("seat")}
    there = [one.seat for one in noted.values() if one.status == Presence.Status.PRESENT]
    return MeetingSeen(
        line=meeting_line(row),
        access=row.access,
        minutes=row.minutes,
        guests=row.guests,
        agenda=tuple(
            ItemSeen(one.pk, one.title, one.length_min, one.led_by, one.notes)
            for one in row.agenda.order_by("position", "pk")
        ),
        presence=tuple(
            PresenceSeen(
                seat_value(seat), noted[seat.pk].status if seat.pk in noted else "expected"
            )
            for seat in sorted(seats, key=_by_name)
            if sits(seat, day) or seat.pk in noted
        ),
        decisions=tuple(map(_decision, _decisions(seen).filter(meeting=row))),
        quorum=quorum_on(row.committee, seats, day) if row.committee else 0,
        voting_present=sum(1 for seat in there if seat.votes),
    )


def _by_name(seat: Seat) -> tuple[str, int]:
    return ((seat.organisation or seat.person).casefold(), seat.pk)


def _decisions(seen: WorkspaceSeen) -> QuerySet[Decision]:
    return _of(seen.id)


def _of(workspace_id: int) -> QuerySet[Decision]:
    rows = Decision.objects.filter(workspace_id=workspace_id)
    return rows.select_related("committee", "replaces", "replaced_by").order_by("-year", "-number")


def _decision(row: Decision) -> DecisionSeen:
    by = getattr(row, "replaced_by", None)
    return DecisionSeen(
        number=row.pk,
        label=str(row),
        taken=row.taken,
        text=row.text,
        changes=row.changes,
        review=row.review,
        state=row.state,
        committee=row.committee.name if row.committee else "",
        meeting=row.meeting_id,
        replaces=str(row.replaces) if row.replaces else "",
        replaced_by=str(by) if by else "",
        ended=row.ended,
        why_ended=row.why_ended,
    )


def register(
    seen: WorkspaceSeen, *, state: str = "", committee: int | None = None, words: str = ""
) -> tuple[DecisionSeen, ...]:
    """List the decisions, the last first: of a state, a committee, with some words."""
    rows = _decisions(seen)
    rows = rows.filter(state=state) if state else rows
    rows = rows.filter(committee_id=committee) if committee else rows
    for word in words.split()[:8]:
        rows = rows.filter(Q(text__icontains=word) | Q(changes__icontains=word))
    return tuple(map(_decision, rows))


def decisions_of(workspace_id: int) -> tuple[DecisionSeen, ...]:
    """List a workspace's register, the last first, for who receives it under an agreement."""
    return tuple(map(_decision, _of(workspace_id)))


def due_for_review(seen: WorkspaceSeen, *, now: datetime) -> tuple[DecisionSeen, ...]:
    """List the decisions in force that are to be looked at within thirty days, the most overdue first."""
    rows = _decisions(seen).filter(state=Decision.State.IN_FORCE, review__lte=localdate(now) + SOON)
    return tuple(map(_decision, rows.order_by("review", "year", "number")))


def decision(seen: WorkspaceSeen, number: int) -> DecisionSeen:
    """Give a decision, or raise `NotFound`."""
    row = _decisions(seen).filter(pk=number).first()
    if row is None:
        raise NotFound("unknown_decision")
    return _decision(row)
