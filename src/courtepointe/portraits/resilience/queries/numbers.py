"""What the numbers of a portrait say, dimension by dimension; no number of all of them together."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from courtepointe.people.values import WorkspaceSeen
from courtepointe.portraits.resilience.models import ScoreRow
from courtepointe.portraits.resilience.queries.indicators import indicators_of
from courtepointe.portraits.resilience.queries.portraits import dimensions_of
from courtepointe.portraits.resilience.scoring import Reckoned, reckon, used_of
from courtepointe.portraits.resilience.values import DimensionNumbers, PortraitSeen


def numbers_of(
    seen: WorkspaceSeen, portrait: PortraitSeen, *, now: datetime
) -> Mapping[str, DimensionNumbers]:
    """Give what the numbers say of each dimension that the workspace reads.

    A closed edition says what was kept when it closed; an open one what the newest observations say.
    """
    kept = kept_numbers(seen.id, portrait.number) if portrait.closed is not None else {}
    if not kept:
        return reckoned(seen.id, portrait.number).numbers
    return {
        code: kept.get(code) or DimensionNumbers(code, None, "no_indicator", 0, 0, 0, 0)
        for code in dimensions_of(seen.id)
    }


def rest_on(seen: WorkspaceSeen, portrait: PortraitSeen) -> Mapping[str, Mapping[str, Any]]:
    """Give what the numbers of `numbers_of` rest on, by dimension: observations and goalposts by indicator."""
    last = last_kept(seen.id, portrait.number) if portrait.closed is not None else None
    if last is None:
        return used_of(tuple(dimensions_of(seen.id)), indicators_of(seen.id, portrait.number))
    rows = ScoreRow.objects.filter(workspace_id=seen.id, portrait_id=portrait.number, made=last)
    return dict(rows.order_by("pk").values_list("dimension", "used"))


def reckoned(workspace: int, portrait: int) -> Reckoned:
    """Reckon the numbers of a portrait from what its indicators say now."""
    return reckon(tuple(dimensions_of(workspace)), indicators_of(workspace, portrait))


def kept_numbers(workspace: int, portrait: int) -> Mapping[str, DimensionNumbers]:
    """Give what was kept the last time that scores were: a dimension that had one only before has none."""
    last = last_kept(workspace, portrait)
    if last is None:
        return {}
    rows = ScoreRow.objects.filter(workspace_id=workspace, portrait_id=portrait, made=last)
    kept = rows.order_by("pk").values_list("dimension", "numbers")
    return {code: DimensionNumbers.of_kept(code, numbers) for code, numbers in kept}


def last_kept(workspace: int, portrait: int) -> datetime | None:
    """Say when the scores of a portrait were last kept; nothing where they never were."""
    rows = ScoreRow.objects.filter(workspace_id=workspace, portrait_id=portrait)
    return rows.order_by("-made").values_list("made", flat=True).first()
