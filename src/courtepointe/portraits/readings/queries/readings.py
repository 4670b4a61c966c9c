"""Readings, replies and their versions, as pages read them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from django.db.models import QuerySet
from django.utils.timezone import localdate

from courtepointe.core.errors import NotFound
from courtepointe.people.values import WorkspaceSeen
from courtepointe.portraits.readings.models import Reading, Reply
from courtepointe.portraits.readings.values import ReadingSeen, ReplySeen, ScoreKept
from courtepointe.portraits.resilience.values import DimensionNumbers, PortraitSeen


def _of(portrait: PortraitSeen) -> QuerySet[Reading]:
    rows = Reading.objects.filter(portrait_id=portrait.number, workspace_id=portrait.workspace)
    return rows.select_related("meeting", "decision").prefetch_related("scores")


def readings_of(portrait: PortraitSeen) -> Mapping[str, ReadingSeen]:
    """Give the readings that stand, by dimension."""
    return {row.dimension: _value(row) for row in _of(portrait).filter(superseded=None)}


def validated_of(portrait: PortraitSeen) -> Mapping[str, ReadingSeen]:
    """Give the newest version that a group agreed to, by dimension: it is what others are shown.

    A version that is written after it takes its place once a group agrees to that one.
    """
    rows = _of(portrait).filter(validated__isnull=False).order_by("version")
    return {row.dimension: _value(row) for row in rows}


def versions_of(portrait: PortraitSeen, dimension: str) -> tuple[ReadingSeen, ...]:
    """List the versions of a dimension's reading, the newest first."""
    return tuple(map(_value, _of(portrait).filter(dimension=dimension).order_by("-version")))


def every_version(portrait: PortraitSeen) -> tuple[ReadingSeen, ...]:
    """List the versions of all readings of a portrait, by dimension, the newest first."""
    return tuple(map(_value, _of(portrait).order_by("dimension", "-version")))


def reading(seen: WorkspaceSeen, number: int) -> ReadingSeen:
    """Give a version of a reading of a workspace, or raise `NotFound` ``unknown_reading``."""
    rows = Reading.objects.filter(workspace_id=seen.id, pk=number)
    row = rows.select_related("meeting", "decision").prefetch_related("scores").first()
    if row is None:
        raise NotFound("unknown_reading")
    return _value(row)


def _value(row: Reading) -> ReadingSeen:
    return ReadingSeen(
        number=row.pk,
        dimension=row.dimension,
        version=row.version,
        number_view=row.number_view,
        local_view=row.local_view,
        agreement=row.agreement,
        state=row.state,
        text_fr=row.text_fr,
        text_en=row.text_en,
        written=row.written,
        superseded=row.superseded,
        validated=row.validated,
        validated_by=row.validated_by,
        people=row.people,
        meeting=row.meeting_id,
        meeting_name=row.meeting.title if row.meeting else "",
        decision=row.decision_id,
        decision_name=str(row.decision) if row.decision else "",
        kept=_kept(row, beside=False),
        beside=_kept(row, beside=True),
    )


def _kept(row: Reading, *, beside: bool) -> ScoreKept | None:
    for one in row.scores.all():
        if one.beside is beside:
            numbers = DimensionNumbers.of_kept(row.dimension, one.numbers)
            return ScoreKept(numbers, one.used, one.made)
    return None


def replies_shown(portrait: PortraitSeen, *, now: datetime) -> Mapping[str, tuple[ReplySeen, ...]]:
    """Give the replies that stand beside a portrait today, by dimension, the oldest first."""
    return _by_dimension(_living(portrait, now).filter(state=Reply.State.SHOWN))


def replies_to_review(portrait: PortraitSeen, *, now: datetime) -> tuple[ReplySeen, ...]:
    """List the replies that wait for a review, the oldest first."""
    return tuple(map(_reply, _living(portrait, now).filter(state=Reply.State.WAITING)))


def replies_declined(portrait: PortraitSeen, *, now: datetime) -> tuple[ReplySeen, ...]:
    """List the replies that are not shown, with why."""
    return tuple(map(_reply, _living(portrait, now).filter(state=Reply.State.DECLINED)))


def _living(portrait: PortraitSeen, now: datetime) -> QuerySet[Reply]:
    rows = Reply.objects.filter(portrait_id=portrait.number, workspace_id=portrait.workspace)
    return rows.filter(expires__gt=localdate(now)).order_by("received", "pk")


def _by_dimension(rows: QuerySet[Reply]) -> Mapping[str, tuple[ReplySeen, ...]]:
    found: dict[str, list[ReplySeen]] = defaultdict(list)
    for row in rows:
        found[row.dimension].append(_reply(row))
    return {code: tuple(held) for code, held in found.items()}


def _reply(row: Reply) -> ReplySeen:
    return ReplySeen(
        number=row.pk,
        dimension=row.dimension,
        about=row.about,
        text=row.text,
        told_by=row.told_by,
        came=row.came,
        agreed=row.agreed,
        state=row.state,
        received=row.received,
        why=row.why,
        expires=row.expires,
    )
