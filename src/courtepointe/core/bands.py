"""The median, or any quantile, of counts in bands: interpolated, with its interval.

Medians of units are never averaged: their bands are added up, and the quantile is read in the
band that holds it. See ``docs/methods/median-from-bands.md``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from courtepointe.core.errors import BadInput
from courtepointe.core.rounding import Z95
from courtepointe.core.typing import Floats


@dataclass(frozen=True, slots=True)
class Bands:
    """The limits of neighbouring bands, and how their counts were had.

    Attributes
    ----------
    edges : tuple of (n_bands + 1) float or None
        Ascending; only the first and the last may be None: an open band. A band holds its lower
        edge, not its upper one.
    quantile : float
        Between 0 and 1; 0.5 for the median.
    sampled : float
        The part of the universe that was asked, 0.25 for the long form; 1 when all were.
    design_factor : float
        What the sample's design multiplies standard errors by.
    """

    edges: tuple[float | None, ...]
    quantile: float = 0.5
    sampled: float = 1.0
    design_factor: float = 1.0

    def __post_init__(self) -> None:
        inner = self.edges[1:-1]
        if len(self.edges) < 2 or any(edge is None for edge in inner):
            raise BadInput("core_bands", problem="edges")
        closed = [edge for edge in self.edges if edge is not None]
        if not closed or not all(math.isfinite(edge) for edge in closed):
            raise BadInput("core_bands", problem="edges")
        if any(low >= high for low, high in pairwise(closed)):
            raise BadInput("core_bands", problem="order")
        if not (0.0 < self.quantile < 1.0 and 0.0 < self.sampled <= 1.0):
            raise BadInput("core_bands", problem="quantile")
        if not self.design_factor >= 0.0:
            raise BadInput("core_bands", problem="design_factor")

    @classmethod
    def of(
        cls,
        limits: tuple[tuple[float | None, float | None], ...],
        *,
        floor: float | None = None,
        sampled: float = 1.0,
        design_factor: float = 1.0,
        quantile: float = 0.5,
    ) -> Bands:
        """Make bands from ``(from, to)`` pairs; ``floor`` closes a lowest band that is open.

        Raises
        ------
        BadInput
            ``core_bands`` where bands leave a gap, overlap or are open within.
        """
        if not limits:
            raise BadInput("core_bands", problem="edges")
        for (_, to), (from_, _) in pairwise(limits):
            if to is None or to != from_:
                raise BadInput("core_bands", problem="gap")
        first = floor if limits[0][0] is None else limits[0][0]
        return cls((first, *(to for _, to in limits)), quantile, sampled, design_factor)


@dataclass(frozen=True, slots=True)
class BandQuantile:
    """A quantile read in bands.

    Attributes
    ----------
    value : float or None
        None where nobody is counted. Where the quantile lies in an open band: that band's only
        limit, to be read as *at least* (or *at most*), see ``open_band``.
    low, high : float or None
        The 95 % interval; None where the value or an end of it lies in an open band.
    open_band : bool
    """

    value: float | None
    low: float | None
    high: float | None
    open_band: bool


def quantile_from_bands(
    counts: Floats, bands: Bands, *, band_variance: Floats | None = None
) -> BandQuantile:
    """Read a quantile, and its 95 % interval, in counts by band.

    Parameters
    ----------
    counts : (n_bands,) float, persons or households
    bands : Bands
    band_variance : (n_bands,) float
        Variance of each band's count: of its rounding, 4 a unit in base 5, and of its sample where
        intervals are published (then ``bands.sampled`` is 1). None: counts are exact.

    Returns
    -------
    BandQuantile

    Raises
    ------
    BadInput
        ``core_bands`` where counts and bands disagree, ``core_not_a_number``,
        ``core_negative_count``.

    Notes
    -----
    Linear interpolation in the band that holds the quantile. The standard error of the
    proportion q below it is ``design_factor * sqrt((1 - f) / f * q * (1 - q) / total)`` with f the
    part sampled; each band's own variance adds to it, by the square of how far the band moves the
    proportion; ``q - Z95 * se`` and ``q + Z95 * se`` are then read in the same bands (U.S. Census Bureau, *PUMS Accuracy of the Data*, medians; the method
    of NYC Population FactFinder). Where the quantile lies between two bands with empty ones
    between them, the middle of the gap is given.
    """
    _check_counts(counts, bands)
    whole = float(counts.sum())
    if whole == 0.0:
        return BandQuantile(None, None, None, open_band=False)
    error = Z95 * math.sqrt(_proportion_variance(counts, bands, whole, band_variance))
    first, last = _position(counts, bands.quantile * whole)
    value, is_open = _middle(bands.edges, first, last)
    low, low_open = _limit(bands.edges, _position(counts, (bands.quantile - error) * whole)[0])
    high, high_open = _limit(bands.edges, _position(counts, (bands.quantile + error) * whole)[1])
    if is_open or low_open or high_open:
        return BandQuantile(value, None, None, open_band=True)
    return BandQuantile(value, low, high, open_band=False)


def quantile_over(upper: BandQuantile, lower: BandQuantile) -> BandQuantile:
    """Divide an upper quantile by a lower one of the same bands.

    Parameters
    ----------
    upper, lower : BandQuantile

    Returns
    -------
    BandQuantile
        No value where there is none of either, or the lower one is not above 0; no interval where
        either has none or an end that is not above 0.

    Notes
    -----
    Relative errors are added as if the two were independent: ``exp(+-sqrt(a**2 + b**2))`` with a
    and b the half widths of the two intervals in logarithms. Quantiles of one sample move together,
    so the interval leans to the wide side.
    """
    is_open = upper.open_band or lower.open_band
    if upper.value is None or lower.value is None or lower.value <= 0.0:
        return BandQuantile(None, None, None, open_band=is_open)
    value = upper.value / lower.value
    ends = (upper.low, upper.high, lower.low, lower.high)
    told = [end for end in ends if end is not None and end > 0.0]
    if is_open or len(told) < len(ends):
        return BandQuantile(value, None, None, open_band=True)
    halves = math.log(told[1] / told[0]) / 2.0, math.log(told[3] / told[2]) / 2.0
    width = math.exp(math.hypot(*halves))
    return BandQuantile(value, value / width, value * width, open_band=False)


def _check_counts(counts: Floats, bands: Bands) -> None:
    if counts.shape != (len(bands.edges) - 1,):
        raise BadInput("core_bands", problem="counts")
    if not np.isfinite(counts).all():
        raise BadInput("core_not_a_number", array="counts")
    if (counts < 0.0).any():
        raise BadInput("core_negative_count", value=float(counts.min()))


def _proportion_variance(
    counts: Floats, bands: Bands, whole: float, band_variance: Floats | None
) -> float:
    """Give the variance of the proportion under the quantile: the sample's, and the bands' own."""
    q, f = bands.quantile, bands.sampled
    sampling = bands.design_factor**2 * (1.0 - f) / f * q * (1.0 - q) / whole
    if band_variance is None:
        return sampling
    place = _position(counts, q * whole)[0]
    below = np.clip(place - np.arange(len(counts)), 0.0, 1.0)
    return sampling + float(np.square(below - q) @ band_variance) / whole**2


def _position(counts: Floats, target: float) -> tuple[float, float]:
    """Give the first and the last position, in bands, under which ``target`` are counted."""
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


def _limit(edges: tuple[float | None, ...], position: float) -> tuple[float, bool]:
    """Give the value at a position, or an open band's only limit and that it is open."""
    band = min(int(position), len(edges) - 2)
    lower, upper = edges[band], edges[band + 1]
    if lower is not None and position == band:
        return lower, False
    if upper is not None and position == band + 1:
        return upper, False
    if lower is None or upper is None:
        known = lower if upper is None else upper
        assert known is not None
        return known, True
    return lower + (position - band) * (upper - lower), False


def _middle(edges: tuple[float | None, ...], first: float, last: float) -> tuple[float, bool]:
    """Give the value halfway between two positions of equal count."""
    low, low_open = _limit(edges, first)
    high, high_open = _limit(edges, last)
    return (low + high) / 2.0, low_open or high_open
