"""The quantile of counts in bands, and a quantile over another, each with its interval."""

from __future__ import annotations

import numpy as np

from courtepointe.core.bands.density import Reading, leans, positions_of
from courtepointe.core.bands.errors import Errors
from courtepointe.core.bands.values import BandQuantile, BandQuantiles, Bands
from courtepointe.core.errors import BadInput
from courtepointe.core.rounding import Z95
from courtepointe.core.typing import Bools, Floats


def quantile_from_bands(
    counts: Floats, bands: Bands, *, band_variance: Floats | None = None
) -> BandQuantile:
    """Read a quantile of one area: as `quantiles_from_bands`, of (n_bands,) arrays."""
    variance = None if band_variance is None else band_variance[None, :]
    return quantiles_from_bands(counts[None, :], bands, band_variance=variance).of_area(0)


def quantile_ratio_from_bands(
    counts: Floats, upper: Bands, lower: Bands, *, band_variance: Floats | None = None
) -> BandQuantile:
    """Divide two quantiles of one area: as `quantile_ratios_from_bands`, of (n_bands,) arrays."""
    variance = None if band_variance is None else band_variance[None, :]
    found = quantile_ratios_from_bands(counts[None, :], upper, lower, band_variance=variance)
    return found.of_area(0)


def quantiles_from_bands(
    counts: Floats, bands: Bands, *, band_variance: Floats | None = None
) -> BandQuantiles:
    """Read a quantile, and its 95 % interval, in the counts by band of each area.

    Parameters
    ----------
    counts : (n_areas, n_bands) float, persons or households
    bands : Bands
    band_variance : (n_areas, n_bands) float
        Variance of each band's count: of its rounding, 4 a unit in base 5, and of its sample where
        intervals are published (then ``bands.sampled`` is 1). None: counts are exact.

    Returns
    -------
    BandQuantiles

    Raises
    ------
    BadInput
        ``core_bands`` where counts and bands disagree, ``core_not_a_number``,
        ``core_negative_count``.

    Notes
    -----
    In the band that holds the quantile, density is a line that leans as its neighbours' densities
    do (`leans`). The proportion below the quantile has four errors, which the interval adds up:
    each band's own variance, by the square of how far the band moves the proportion, through its
    count and through the lean; the sample's,
    ``design_factor**2 * (1 - f) / f`` times the same with the band's count for its variance (f is
    the part sampled); and that people do not stand in a band in even steps: ``p * (1 - p)`` times
    its count, p being the part of it below; and that density bends where the slopes to its two
    neighbours differ (``errors.BEND``). ``q - Z95 * se`` and ``q + Z95 * se`` are then read in
    the same bands (U.S. Census Bureau, *PUMS Accuracy of the Data*, medians; the method of NYC
    Population FactFinder). Where the quantile lies between two bands with empty ones between
    them, the middle of the gap is given.
    """
    _check_counts(counts, bands)
    read = Reading(bands.edges, leans(counts, bands.edges))
    return _quantiles(counts, bands, read, Errors.of(counts, bands, read, band_variance))


def quantile_ratios_from_bands(
    counts: Floats, upper: Bands, lower: Bands, *, band_variance: Floats | None = None
) -> BandQuantiles:
    """Divide an upper quantile by a lower one of the same bands, for each area.

    Parameters
    ----------
    counts : (n_areas, n_bands) float, persons or households
    upper, lower : Bands
        The same but for ``quantile``.
    band_variance : (n_areas, n_bands) float
        As in `quantiles_from_bands`.

    Returns
    -------
    BandQuantiles
        No value where there is none of either, or the lower one is not above 0; no interval where
        either has none or an end that is not above 0.

    Raises
    ------
    BadInput
        As `quantiles_from_bands`; ``core_bands`` where the two have other edges.

    Notes
    -----
    ``exp(+-sqrt(a**2 + b**2 - 2 * r * a * b))`` times the ratio, with a and b the half widths of
    the two intervals in logarithms and r the correlation of the two proportions' errors: what
    moves one quantile of an area moves the other a little the same way.
    """
    if upper.edges != lower.edges:
        raise BadInput("core_bands", problem="edges")
    _check_counts(counts, upper)
    read = Reading(upper.edges, leans(counts, upper.edges))
    errors = [Errors.of(counts, bands, read, band_variance) for bands in (upper, lower)]
    above = _quantiles(counts, upper, read, errors[0])
    below = _quantiles(counts, lower, read, errors[1])
    is_open = above.open_band | below.open_band
    there = np.isfinite(above.value) & (below.value > 0.0)
    value = above.value / np.where(there, below.value, 1.0)
    ends = np.stack([above.low, above.high, below.low, below.high])
    told = there & ~is_open & (ends > 0.0).all(axis=0)
    ends = np.where(told, ends, 1.0)
    a, b = np.log(ends[1] / ends[0]) / 2.0, np.log(ends[3] / ends[2]) / 2.0
    together = 2.0 * _correlations(counts, *errors) * a * b
    width = np.exp(np.sqrt(np.maximum(a * a + b * b - together, 0.0)))
    found = _told(value, value / width, value * width, there, ~told)
    return BandQuantiles(found.value, found.low, found.high, np.where(there, ~told, is_open))


def _quantiles(counts: Floats, bands: Bands, read: Reading, errors: Errors) -> BandQuantiles:
    """Read one quantile of every area, with its interval."""
    whole = counts.sum(axis=1)
    someone = whole > 0.0
    error = Z95 * np.sqrt(errors.variance) / np.where(someone, whole, 1.0)
    value, is_open = read.middle(*positions_of(counts, bands.quantile * whole))
    low, low_open = read.at(positions_of(counts, (bands.quantile - error) * whole)[0])
    high, high_open = read.at(positions_of(counts, (bands.quantile + error) * whole)[1])
    return _told(value, low, high, someone, is_open | low_open | high_open)


def _told(value: Floats, low: Floats, high: Floats, there: Bools, is_open: Bools) -> BandQuantiles:
    """Keep what may be said."""
    closed = there & ~is_open
    return BandQuantiles(
        value=np.where(there, value, np.nan),
        low=np.where(closed, low, np.nan),
        high=np.where(closed, high, np.nan),
        open_band=there & is_open,
    )


def _correlations(counts: Floats, above: Errors, below: Errors) -> Floats:
    """Give the correlation of the errors of the proportions under two quantiles: (n_areas,)."""
    shared = above.shared_with(below, counts)
    both = above.variance * below.variance
    return np.where(both > 0.0, shared / np.sqrt(np.where(both > 0.0, both, 1.0)), 0.0)


def _check_counts(counts: Floats, bands: Bands) -> None:
    if counts.shape[1:] != (len(bands.edges) - 1,):
        raise BadInput("core_bands", problem="counts")
    if not np.isfinite(counts).all():
        raise BadInput("core_not_a_number", array="counts")
    if (counts < 0.0).any():
        raise BadInput("core_negative_count", value=float(counts.min()))
