"""Where people stand inside a band: denser towards the fuller neighbour."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from courtepointe.core.typing import Bools, Floats, Ints


def leans(counts: Floats, edges: tuple[float | None, ...]) -> Floats:
    """Say how people lean to the upper end of each band, from what the neighbouring bands hold.

    Parameters
    ----------
    counts : (n_bands,) float
    edges : tuple of (n_bands + 1) float or None

    Returns
    -------
    (n_bands,) float, -1 to 1
        k, for a density of ``1 + k * (2x - 1)`` at the part x of the band: 0 is even, 1 rises from
        nothing, -1 falls to nothing. 0 for an empty or open band, and where no closed band is near.

    Notes
    -----
    The slope is that between the middles of the two closed neighbours, or of the band and its only
    one. Even bands would put a quantile of incomes some hundred dollars too high wherever the
    density falls: more than rounding does.
    """
    ground = Ground.of(edges)
    density = np.divide(counts, ground.width, out=np.zeros_like(ground.width), where=ground.closed)
    leaning = ground.closed & (density > 0.0) & (ground.below < ground.above)
    slope = (density[ground.above] - density[ground.below]) / ground.apart
    half = np.where(leaning, slope * ground.width / 2.0, 0.0)
    return np.clip(half / np.where(leaning, density, 1.0), -1.0, 1.0)


@dataclass(frozen=True, slots=True)
class Ground:
    """Bands as they lie: (n_bands,) each.

    ``below`` and ``above`` are the closed neighbours, or the band itself; ``apart`` is the way
    between their middles, 1 where they are one.
    """

    width: Floats
    closed: Bools
    below: Ints
    above: Ints
    apart: Floats

    @classmethod
    def of(cls, edges: tuple[float | None, ...]) -> Ground:
        """Lay the bands out."""
        limits = np.array([np.nan if edge is None else float(edge) for edge in edges])
        width, middle = np.diff(limits), (limits[1:] + limits[:-1]) / 2.0
        closed = np.isfinite(width)
        at = np.arange(len(width))
        below, above = np.maximum(at - 1, 0), np.minimum(at + 1, len(width) - 1)
        below, above = np.where(closed[below], below, at), np.where(closed[above], above, at)
        apart = np.where(below < above, middle[above] - middle[below], 1.0)
        return cls(width, closed, below, above, np.where(np.isfinite(apart), apart, 1.0))


def position_of(counts: Floats, target: float) -> tuple[float, float]:
    """Give the first and the last position, in bands, under which ``target`` are counted.

    Parameters
    ----------
    counts : (n_bands,) float
    target : float
    """
    reached = np.concatenate([[0.0], np.cumsum(counts)])
    slack = 1e-12 * reached[-1]
    if target <= slack:
        return 0.0, float(np.searchsorted(reached, slack, side="right") - 1)
    if target >= reached[-1] - slack:
        return float(np.searchsorted(reached, reached[-1] - slack)), float(len(counts))
    after = int(np.searchsorted(reached, target + slack, side="right"))
    before = int(np.searchsorted(reached, target - slack, side="left"))
    if after - before >= 1:
        return float(before), float(after - 1)
    step = (target - reached[after - 1]) / (reached[after] - reached[after - 1])
    return after - 1 + step, after - 1 + step


@dataclass(frozen=True, slots=True)
class Reading:
    """Bands, and how people lean in each."""

    edges: tuple[float | None, ...]
    leans: Floats

    def at(self, position: float) -> tuple[float, bool]:
        """Give the value at a position, or an open band's only limit and that it is open."""
        band = min(int(position), len(self.edges) - 2)
        lower, upper = self.edges[band], self.edges[band + 1]
        if lower is not None and position == band:
            return lower, False
        if upper is not None and position == band + 1:
            return upper, False
        if lower is None or upper is None:
            known = lower if upper is None else upper
            assert known is not None
            return known, True
        return lower + reached(position - band, float(self.leans[band])) * (upper - lower), False

    def middle(self, first: float, last: float) -> tuple[float, bool]:
        """Give the value halfway between two positions of equal count."""
        low, low_open = self.at(first)
        high, high_open = self.at(last)
        return (low + high) / 2.0, low_open or high_open


def reached(part: float, lean: float) -> float:
    """Give the part of a band's width under which a part of its people are: 0 < ``part`` < 1."""
    even = 1.0 - lean
    return 2.0 * part / (even + math.sqrt(even * even + 4.0 * lean * part))
