"""Workshops with their votes, hands and notes, as pages read them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from courtepointe.core.errors import NotFound
from courtepointe.people.values import WorkspaceSeen
from courtepointe.portraits.readings.kinds import VOTED
from courtepointe.portraits.readings.models import HandsCounted, Workshop, WorkshopNote
from courtepointe.portraits.readings.values import (
    OPEN_FOR,
    Hands,
    Joined,
    JoinedDimension,
    NoteSeen,
    Tally,
    WorkshopSeen,
)
from courtepointe.portraits.resilience.queries import dimensions_of
from courtepointe.portraits.resilience.values import PortraitSeen


def workshops_of(portrait: PortraitSeen, *, now: datetime) -> tuple[WorkshopSeen, ...]:
    """List the workshops on a portrait, the newest first."""
    rows = Workshop.objects.filter(portrait_id=portrait.number, workspace_id=portrait.workspace)
    rows = rows.prefetch_related("counts", "hands", "notes").order_by("-opened", "-pk")
    return tuple(_value(row, now) for row in rows)


def workshop(seen: WorkspaceSeen, number: int, *, now: datetime) -> WorkshopSeen:
    """Give a workshop of a workspace, or raise `NotFound` ``unknown_reading_workshop``."""
    row = Workshop.objects.filter(workspace_id=seen.id, pk=number).first()
    if row is None:
        raise NotFound("unknown_reading_workshop")
    return _value(row, now)


def _value(row: Workshop, now: datetime) -> WorkshopSeen:
    return WorkshopSeen(
        number=row.pk,
        portrait=row.portrait_id,
        name=row.name,
        code=row.code,
        opened=row.opened,
        closed=row.closed,
        is_open=row.closed is None and row.opened > now - OPEN_FOR,
        votes=_votes(row),
        hands=_hands(row),
        notes=tuple(
            NoteSeen(one.pk, str(one.uid), one.dimension, one.text, one.typed)
            for one in sorted(row.notes.all(), key=_moment)
        ),
    )


def _moment(row: HandsCounted | WorkshopNote) -> tuple[datetime, int]:
    return row.typed, row.pk


def _votes(row: Workshop) -> Mapping[str, Tally]:
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for one in row.counts.all():
        if one.count:
            found[one.dimension][one.state] = one.count
    return {
        code: Tally({state: held.get(state, 0) for state in VOTED}) for code, held in found.items()
    }


def _hands(row: Workshop) -> Mapping[str, Hands]:
    found: dict[str, Hands] = {}
    for one in sorted(row.hands.all(), key=_moment):
        tally = Tally({state: getattr(one, state) for state in VOTED})
        found[one.dimension] = Hands(tally, one.typed, str(one.uid))
    return found


def joined(row: Workshop) -> Joined:
    """Give a workshop as a telephone shows it: the dimensions, and nothing that was said of them."""
    return Joined(
        workshop=row.pk,
        workspace=row.workspace.name,
        name=row.name,
        code=row.code,
        dimensions=tuple(
            JoinedDimension(one.code, one.name, one.about)
            for one in dimensions_of(row.workspace_id).values()
        ),
    )
