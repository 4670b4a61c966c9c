"""The quantile of counts in bands, and a quantile over another, each with its interval."""

from __future__ import annotations

import math

import numpy as np

from courtepointe.core.bands.density import Reading, leans, position_of
from courtepointe.core.bands.errors import Errors
from courtepointe.core.bands.values import BandQuantile, Bands
from courtepointe.core.errors import BadInput
from courtepointe.core.rounding import Z95
from courtepointe.core.typing import Floats


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
    In the band that holds the quantile, density is a line that leans as its neighbours' densities
    do (`leans`). The proportion below the quantile has three errors, which the interval adds up:
    each band's own variance, by the square of how far the band moves the proportion, through its
    count and through the lean; the sample's,
    ``design_factor**2 * (1 - f) / f`` times the same with the band's count for its variance (f is
    the part sampled); and that people do not stand in a band in even steps: ``p * (1 - p)`` times
    its count, p being the part of it below. ``q - Z95 * se`` and ``q + Z95 * se`` are then read in
    the same bands (U.S. Census Bureau, *PUMS Accuracy of the Data*, medians; the method of NYC
    Population FactFinder). Where the quantile lies between two bands with empty ones between
    them, the middle of the gap is given.
    """
    _check_counts(counts, bands)
    whole = float(counts.sum())
    if whole == 0.0:
        return BandQuantile(None, None, None, open_band=False)
    read = Reading(bands.edges, leans(counts, bands.edges))
    error = Z95 * math.sqrt(Errors.of(counts, bands, read, band_variance).variance) / whole
    first, last = position_of(counts, bands.quantile * whole)
    value, is_open = read.middle(first, last)
    low, low_open = read.at(position_of(counts, (bands.quantile - error) * whole)[0])
    high, high_open = read.at(position_of(counts, (bands.quantile + error) * whole)[1])
    if is_open or low_open or high_open:
        return BandQuantile(value, None, None, open_band=True)
    return BandQuantile(value, low, high, open_band=False)


def quantile_ratio_from_bands(
    counts: Floats, upper: Bands, lower: Bands, *, band_variance: Floats | None = None
) -> BandQuantile:
    """Divide an upper quantile by a lower one of the same bands.

    Parameters
    ----------
    counts : (n_bands,) float, persons or households
    upper, lower : Bands
        The same but for ``quantile``.
    band_variance : (n_bands,) float
        As in `quantile_from_bands`.

    Returns
    -------
    BandQuantile
        No value where there is none of either, or the lower one is not above 0; no interval where
        either has none or an end that is not above 0.

    Raises
    ------
    BadInput
        As `quantile_from_bands`; ``core_bands`` where the two have other edges.

    Notes
    -----
    ``exp(+-sqrt(a**2 + b**2 - 2 * r * a * b))`` times the ratio, with a and b the half widths of
    the two intervals in logarithms and r the correlation of the two proportions' errors: what
    moves one quantile of an area moves the other a little the same way.
    """
    if upper.edges != lower.edges:
        raise BadInput("core_bands", problem="edges")
    above = quantile_from_bands(counts, upper, band_variance=band_variance)
    below = quantile_from_bands(counts, lower, band_variance=band_variance)
    is_open = above.open_band or below.open_band
    if above.value is None or below.value is None or below.value <= 0.0:
        return BandQuantile(None, None, None, open_band=is_open)
    value = above.value / below.value
    ends = (above.low, above.high, below.low, below.high)
    told = [end for end in ends if end is not None and end > 0.0]
    if is_open or len(told) < len(ends):
        return BandQuantile(value, None, None, open_band=True)
    a, b = math.log(told[1] / told[0]) / 2.0, math.log(told[3] / told[2]) / 2.0
    together = 2.0 * _correlation(counts, upper, lower, band_variance) * a * b
    width = math.exp(math.sqrt(max(a * a + b * b - together, 0.0)))
    return BandQuantile(value, value / width, value * width, open_band=False)


def _correlation(counts: Floats, upper: Bands, lower: Bands, band_variance: Floats | None) -> float:
    """Give the correlation of the errors of the proportions under two quantiles."""
    read = Reading(upper.edges, leans(counts, upper.edges))
    above, below = (Errors.of(counts, bands, read, band_variance) for bands in (upper, lower))
    shared = float((above.moves * below.moves) @ above.own)
    shared += float((counts * below.under * (1.0 - above.under)).sum())
    both = above.variance * below.variance
    return shared / math.sqrt(both) if both > 0.0 else 0.0


def _check_counts(counts: Floats, bands: Bands) -> None:
    if counts.shape != (len(bands.edges) - 1,):
        raise BadInput("core_bands", problem="counts")
    if not np.isfinite(counts).all():
        raise BadInput("core_not_a_number", array="counts")
    if (counts < 0.0).any():
        raise BadInput("core_negative_count", value=float(counts.min()))
