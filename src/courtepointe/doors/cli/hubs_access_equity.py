"""What `courtepointe hubs access` tells of equity: groups beside everybody, then indices."""

from __future__ import annotations

from math import isfinite
from typing import Any

from courtepointe.atlas.query.atlas import Atlas
from courtepointe.atlas.query.dot_ground import DotGround
from courtepointe.atlas.query.equity_on_foot import (
    AVERSION,
    Along,
    GroupGap,
    Range,
    along,
    group_gap,
    unequal,
)
from courtepointe.atlas.query.groups_on_foot import Group, groups_named, groups_on
from courtepointe.atlas.query.inside import Living, Shares, along_all, shares
from courtepointe.core.access import Placed
from courtepointe.core.typing import Floats


def equity_told(
    atlas: Atlas, ground: DotGround, placed: Placed, minutes: Floats, limits: tuple[float, ...]
) -> dict[str, Any]:
    """Tell each group that the atlas counts beside everybody, in people then in minutes; then indices."""
    living = along_all(ground, placed)
    found, ways = shares(living, minutes, limits), along(living, minutes)
    groups = groups_on(atlas, ground, groups_named())
    told = (_group_told(one, living, found, ways, limits) for one in groups)
    return {
        "groups": [one for one in told if one is not None],
        "minutes_index": _indices(living, ways),
    }


def _group_told(
    group: Group, living: Living, found: Shares, ways: Along, limits: tuple[float, ...]
) -> dict[str, Any] | None:
    gaps = [group_gap(group, living, found, ways, place=place) for place in range(len(limits))]
    held = [one for one in gaps if one is not None]
    if not held:
        return None
    first = held[0]
    return {
        "code": group.code, "label": {"fr": group.label.fr, "en": group.label.en},
        "counted": round(first.everyone), "areas_not_published": first.n_unknown,
        "error_known": first.error_known,
        "within": [_within(one, limit) for one, limit in zip(held, limits, strict=True)],
        "median_min": _range(first.minutes, 2), "median_min_everybody": _range(first.all_minutes, 2),
    }  # fmt: skip


def _within(told: GroupGap, limit: float) -> dict[str, Any]:
    return {
        "limit_min": limit,
        "gap_people": _range(told.people, 0),
        "share": _range(told.share, 4),
        "share_everybody": _range(told.all_share, 4),
        "told_apart": told.is_apart,
    }


def _range(told: Range, digits: int) -> dict[str, float | None]:
    """Write a number and the ends of what could be; null where half or more reach no site."""
    ends = {"even": told.even, "low": told.low, "high": told.high}
    return {name: round(one, digits) + 0.0 if isfinite(one) else None for name, one in ends.items()}


def _indices(living: Living, ways: Along) -> dict[str, Any] | None:
    told = unequal(living, ways)
    if told is None:
        return None
    kolm = told.kolm_pollak
    return {
        "people": round(told.people), "people_who_reach_none": round(told.beyond),
        "mean_min": round(told.mean_min, 4), "gini": round(told.gini, 6),
        "theil_t": round(told.theil, 6), "theil_between_areas": round(told.between, 6),
        "kolm_pollak": {
            "equivalent_min": round(kolm.equivalent, 4), "index_min": round(kolm.index, 4),
            "kappa": round(kolm.kappa, 6), "aversion": AVERSION,
        },
    }  # fmt: skip
