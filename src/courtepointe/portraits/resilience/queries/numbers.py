"""What the numbers of a portrait say, dimension by dimension; no number of all of them together."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from courtepointe.people.values import WorkspaceSeen
from courtepointe.portraits.resilience.models import ScoreRow
from courtepointe.portraits.resilience.queries.indicators import indicators_of
from courtepointe.portraits.resilience.queries.portraits import dimensions_of
from courtepointe.portraits.resilience.scoring import (
    METHOD,
    SEED,
    NumbersSeen,
    Reckoned,
    reckon,
)
from courtepointe.portraits.resilience.values import DimensionNumbers, PortraitSeen


def numbers_of(
    seen: WorkspaceSeen, portrait: PortraitSeen, *, now: datetime
) -> Mapping[str, DimensionNumbers]:
    """Give what the numbers say of each dimension that the workspace reads.

    A closed edition says what was kept when it closed; an open one what the newest observations say.
    """
    return numbers_seen(seen, portrait).numbers


def numbers_seen(seen: WorkspaceSeen, portrait: PortraitSeen) -> NumbersSeen:
    """Give the numbers of `numbers_of` with the method that they were had by, and what they rest on."""
    kept = _kept(seen.id, portrait.number) if portrait.closed is not None else None
    if kept is not None:
        return kept
    found = reckoned(seen.id, portrait.number)
    return NumbersSeen(found.numbers, found.used, found.releases, METHOD, SEED, found.digest, None)


def reckoned(workspace: int, portrait: int) -> Reckoned:
    """Reckon the numbers of a portrait from what its indicators say now."""
    return reckon(tuple(dimensions_of(workspace)), indicators_of(workspace, portrait))


def _kept(workspace: int, portrait: int) -> NumbersSeen | None:
    """Give what was kept the last time that scores were: a dimension that had one only before has none."""
    last = last_kept(workspace, portrait)
    if last is None:
        return None
    rows = ScoreRow.objects.filter(workspace_id=workspace, portrait_id=portrait, made=last)
    held = list(rows.order_by("pk"))
    by, first = {row.dimension: row for row in held}, held[0]
    return NumbersSeen(
        {
            code: DimensionNumbers.of_kept(code, by[code].numbers) if code in by else DimensionNumbers(code, None, "no_indicator", 0, 0, 0, 0)
            for code in dimensions_of(workspace)
        },
        {code: row.used for code, row in by.items()},
        tuple(first.releases), first.method, first.seed, first.digest, first.made,
    )  # fmt: skip


def last_kept(workspace: int, portrait: int) -> datetime | None:
    """Say when the scores of a portrait were last kept; nothing where they never were."""
    rows = ScoreRow.objects.filter(workspace_id=workspace, portrait_id=portrait)
    return rows.order_by("-made").values_list("made", flat=True).first()
