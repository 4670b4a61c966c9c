"""Maps of dots: how many people one stands for, and where the dots of each group lie."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

from courtepointe.atlas.query.atlas import Atlas
from courtepointe.atlas.query.dot_ground import DotGround
from courtepointe.core.dots import apportion, apportion_within, scatter
from courtepointe.core.errors import NoAnswer
from courtepointe.core.typing import Floats
from courtepointe.press.maps.themed import DotGroup, DotLayer
from courtepointe.press.numbers import amount
from courtepointe.press.words import typeset

RADIUS = 1.6
"""Pixels, on a map of `WIDTH`."""
WIDTH = 720.0
COVERED = 0.5
"""Part of the ground that dots may cover where people live densest."""
DENSE = 0.98
"""Part of the people who live where dots stand apart: one tower does not empty the map."""
FEWEST, MOST = 10, 12_000
"""People a dot stands for at least; dots a map holds at most."""


def dot_layer(atlas: Atlas, indicators: Sequence[str], *, scale: float, lang: str) -> DotLayer:
    """Put the dots of one to three groups.

    Parameters
    ----------
    atlas : Atlas
    indicators : sequence of str
        Counts in one unit, of the same units.
    scale : float, pixels per metre
        Of a map of `WIDTH` pixels.
    lang : str

    Raises
    ------
    NoAnswer
        ``dots_of_a_share``, ``map_without_values``, ``dots_unlike`` where groups are not counted
        in one unit on the same units.
    Refused
        ``dots_protected``.
    """
    grounds = [atlas.dot_ground(code) for code in indicators]
    held = [atlas.indicator(code) for code in indicators]
    if len({(g.unit_type, i.unit) for g, i in zip(grounds, held, strict=True)}) > 1:
        raise NoAnswer("dots_unlike", indicators=", ".join(indicators))
    per_dot = dot_value(grounds, scale=scale)
    groups = tuple(
        DotGroup(typeset(i.label.in_(lang), lang=lang), _points(ground, i.code, per_dot))
        for ground, i in zip(grounds, held, strict=True)
    )
    first = grounds[0]
    return DotLayer(
        groups=groups,
        per_dot=per_dot,
        amount=amount(float(per_dot), unit=held[0].unit, lang=lang, in_words=True),
        in_blocks=first.blocks,
        n_units=len(first.codes),
        n_missing=int(np.any([g.missing | g.suppressed for g in grounds], axis=0).sum()),
    )


def dot_value(grounds: Sequence[DotGround], *, scale: float) -> int:
    """Choose how many a dot stands for: the least 1, 2 or 5 x 10^k with which dots stand apart."""
    counts: Floats = np.sum([ground.counts for ground in grounds], axis=0, dtype=np.float64)
    surface = shapely.area(grounds[0].lots)
    lived = np.bincount(grounds[0].unit, surface, minlength=counts.size)
    pixels = np.maximum(lived, 1.0) * scale * scale
    dense = counts / pixels
    order = np.argsort(dense)
    below = np.cumsum(counts[order])
    place = int(np.searchsorted(below, DENSE * below[-1]))
    crowded = float(dense[order][min(place, order.size - 1)])
    least = max(crowded * math.pi * RADIUS**2 / COVERED, float(below[-1]) / MOST, FEWEST)
    power = 10.0 ** math.floor(math.log10(least))
    return round(next(step * power for step in (1, 2, 5, 10) if step * power >= least * (1 - 1e-9)))


def _points(ground: DotGround, indicator: str, per_dot: int) -> Floats:
    """Share dots out over units, then over their inhabited blocks, and scatter them there."""
    total = round(float(ground.counts.sum()) / per_dot)
    of_units = apportion(ground.counts, total=total)
    of_lots = apportion_within(ground.weights, group=ground.unit, totals=of_units)
    seeds = _seeds(ground, indicator)
    points, _ = scatter(ground.lots, of_lots, seeds=seeds)
    return points


def _seeds(ground: DotGround, indicator: str) -> NDArray[np.uint64]:
    """Give each lot a seed of its own, from its unit's code, its rank there and the indicator."""
    rank = np.zeros(ground.unit.size, dtype=np.int64)
    seen: dict[int, int] = {}
    for place, unit in enumerate(ground.unit.tolist()):
        rank[place] = seen.get(unit, 0)
        seen[unit] = rank[place] + 1
    told = (
        f"{indicator}|{ground.codes[unit]}|{lot}"
        for unit, lot in zip(ground.unit.tolist(), rank.tolist(), strict=True)
    )
    digests = b"".join(hashlib.sha256(text.encode()).digest()[:8] for text in told)
    return np.frombuffer(digests, dtype="<u8").astype(np.uint64)
