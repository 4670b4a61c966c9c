"""Where people stand inside a band: denser towards the fuller neighbour."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from courtepointe.core.typing import Bools, Floats, Ints


def leans(counts: Floats, edges: tuple[float | None, ...]) -> Floats:
    """Say how people lean to the upper end of each band, from what the neighbouring bands hold.

    Parameters
    ----------
    counts : (..., n_bands) float
    edges : tuple of (n_bands + 1) float or None

    Returns
    -------
    (..., n_bands) float, -1 to 1
        k, for a density of ``1 + k * (2x - 1)`` at the part x of the band: 0 is even, 1 rises from
        nothing, -1 falls to nothing. 0 for an empty or open band, and where no closed band is near.

    Notes
    -----
    The slope is that between the middles of the two closed neighbours, or of the band and its only
    one. Even bands would put a quantile of incomes some hundred dollars too high wherever the
    density falls: more than rounding does.
    """
    ground = ground_of(edges)
    density = np.where(ground.closed, counts / np.where(ground.closed, ground.width, 1.0), 0.0)
    leaning = ground.closed & (density > 0.0) & (ground.below < ground.above)
    slope = (density[..., ground.above] - density[..., ground.below]) / ground.apart
    half = np.where(leaning, slope * np.where(ground.closed, ground.width, 0.0) / 2.0, 0.0)
    return np.clip(half / np.where(leaning, density, 1.0), -1.0, 1.0)


@dataclass(frozen=True, slots=True)
class Ground:
    """Bands as they lie: (n_bands,) each.

    ``below`` and ``above`` are the closed neighbours, or the band itself; ``apart`` is the way
    between their middles, ``to_below`` and ``to_above`` from the band's own middle to theirs; 1
    where they are one.
    """

    width: Floats
    closed: Bools
    below: Ints
    above: Ints
    apart: Floats
    to_below: Floats
    to_above: Floats


@lru_cache(maxsize=64)
def ground_of(edges: tuple[float | None, ...]) -> Ground:
    """Lay bands out."""
    limits = np.array([np.nan if edge is None else float(edge) for edge in edges])
    width, middle = np.diff(limits), (limits[1:] + limits[:-1]) / 2.0
    closed = np.isfinite(width)
    at = np.arange(len(width))
    below, above = np.maximum(at - 1, 0), np.minimum(at + 1, len(width) - 1)
    below, above = np.where(closed[below], below, at), np.where(closed[above], above, at)

    def way(first: Ints, last: Ints) -> Floats:
        found = middle[last] - middle[first]
        return np.where((first < last) & np.isfinite(found), found, 1.0)

    return Ground(width, closed, below, above, way(below, above), way(below, at), way(at, above))


def positions_of(counts: Floats, targets: Floats) -> tuple[Floats, Floats]:
    """Give the first and the last position, in bands, under which ``targets`` are counted.

    Parameters
    ----------
    counts : (n_areas, n_bands) float
    targets : (n_areas,) float

    Returns
    -------
    (n_areas,) float, (n_areas,) float
        The same but where empty bands lie between.
    """
    n_areas, n_bands = counts.shape
    passed = np.concatenate([np.zeros((n_areas, 1)), np.cumsum(counts, axis=1)], axis=1)
    whole = passed[:, -1]
    slack = 1e-12 * whole

    def n_passed(levels: Floats, *, or_equal: bool) -> Ints:
        under = passed <= levels[:, None] if or_equal else passed < levels[:, None]
        return np.asarray(np.count_nonzero(under, axis=1), np.int64)

    after = np.clip(n_passed(targets + slack, or_equal=True), 1, n_bands)
    before = n_passed(targets - slack, or_equal=False)
    areas = np.arange(n_areas)
    start, end = passed[areas, after - 1], passed[areas, after]
    inside = after - 1 + (targets - start) / np.where(end > start, end - start, 1.0)
    between = after - before >= 1
    first = np.where(between, before, inside)
    last = np.where(between, after - 1, inside)
    top = targets >= whole - slack
    first = np.where(top, n_passed(whole - slack, or_equal=False), first)
    last = np.where(top, n_bands, last)
    bottom = targets <= slack
    first = np.where(bottom, 0.0, first)
    last = np.where(bottom, n_passed(slack, or_equal=True) - 1, last)
    return first.astype(np.float64), last.astype(np.float64)


@dataclass(frozen=True, slots=True)
class Reading:
    """Bands, and how the people of each area lean in them.

    Attributes
    ----------
    edges : tuple of (n_bands + 1) float or None
    leans : (n_areas, n_bands) float
    """

    edges: tuple[float | None, ...]
    leans: Floats

    def at(self, positions: Floats) -> tuple[Floats, Bools]:
        """Give values at positions, or an open band's only limit and that it is open."""
        limits = np.array([np.nan if edge is None else edge for edge in self.edges], np.float64)
        band = np.minimum(positions.astype(np.int64), len(self.edges) - 2)
        lower, upper = limits[band], limits[band + 1]
        lean = self.leans[np.arange(band.size), band]
        on_lower = (positions == band) & np.isfinite(lower)
        on_upper = (positions == band + 1) & np.isfinite(upper) & ~on_lower
        is_open = ~(np.isfinite(lower) & np.isfinite(upper)) & ~on_lower & ~on_upper
        within = lower + reached(positions - band, lean) * (upper - lower)
        value = np.select(
            [on_lower, on_upper, is_open],
            [lower, upper, np.where(np.isfinite(upper), upper, lower)],
            default=within,
        )
        return value, is_open

    def middle(self, first: Floats, last: Floats) -> tuple[Floats, Bools]:
        """Give the values halfway between two positions of equal count."""
        low, low_open = self.at(first)
        high, high_open = self.at(last)
        return (low + high) / 2.0, low_open | high_open


def reached(parts: Floats, leaning: Floats) -> Floats:
    """Give the part of a band's width under which a part of its people are: 0 <= ``parts`` <= 1."""
    even = 1.0 - leaning
    root = np.sqrt(np.maximum(even * even + 4.0 * leaning * parts, 0.0))
    divisor = even + root
    return np.where(divisor > 0.0, 2.0 * parts / np.where(divisor > 0.0, divisor, 1.0), 0.0)
