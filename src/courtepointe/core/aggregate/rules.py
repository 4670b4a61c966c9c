"""The rules: a sum, a ratio of sums, a weighted mean, a range of medians, a median from bands.

Each rule takes the quantities that follow it, all at once, and gives a `Found`: arrays of shape
(n_areas, n_quantities).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from courtepointe.core.aggregate.cells import CellBlock
from courtepointe.core.aggregate.members import Members
from courtepointe.core.aggregate.quantities import Quantity
from courtepointe.core.aggregate.terms import Terms, lacking_units, sums
from courtepointe.core.bands import quantile_from_bands
from courtepointe.core.intervals import (
    UNCERTAINTIES,
    Uncertainty,
    combined_half_width,
    ratio_sampling_variance,
    uncertainty_codes,
)
from courtepointe.core.rounding import FEW_CELLS, Z95, few_cells_factor, rounding_variance
from courtepointe.core.typing import Bools, Floats, Ints


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule found: (n_areas, n_quantities) but for ``used``.

    Attributes
    ----------
    used : (n_quantities, n_units) bool
        Units with all the cells that the quantity takes.
    value, half_width : float
    low, high : float or None
        Where given, they are the interval; else ``value`` plus or minus ``half_width``.
    defined : bool
        The base is not zero.
    uncertainty : int
        Positions in `UNCERTAINTIES`.
    lacking : float
        Units used without a published interval that they should have.
    parts : (numerator, denominator) or None
    open_band : bool or None
    """

    used: Bools
    value: Floats
    half_width: Floats
    defined: Bools
    uncertainty: Ints
    lacking: Floats
    low: Floats | None = None
    high: Floats | None = None
    parts: tuple[Floats, Floats] | None = None
    open_band: Bools | None = None


def sum_rule(block: CellBlock, quantities: Sequence[Quantity], members: Members) -> Found:
    """Add up."""
    terms = Terms.of(block, [q.numerator for q in quantities])
    found = sums(terms, members)
    scale = np.array([q.scale for q in quantities])
    lacking = lacking_units((terms,), members)
    return Found(
        used=terms.known,
        value=found.total * scale,
        half_width=combined_half_width(found.variance, found.rounding_half) * np.abs(scale),
        defined=np.ones(found.total.shape, np.bool_),
        uncertainty=_codes(lacking, (terms,)),
        lacking=lacking,
    )


def ratio_rule(block: CellBlock, quantities: Sequence[Quantity], members: Members) -> Found:
    """Divide a sum by a sum, over units where all cells of both are known."""
    above = Terms.of(block, [q.numerator for q in quantities])
    below = Terms.of(block, [q.denominator for q in quantities])
    used = above.known & below.known
    above, below = above.where(used), below.where(used)
    top, base = sums(above, members), sums(below, members)
    scale = np.array([q.scale for q in quantities])
    subset = np.array([q.subset for q in quantities])
    defined = base.total != 0.0
    divisor = np.where(defined, base.total, 1.0)
    share = np.where(defined, top.total / divisor, 0.0)
    share = np.where(subset, np.clip(share, 0.0, 1.0), share)
    variance = ratio_sampling_variance(share, divisor, top.variance, base.variance, subset)
    rounding = np.hypot(top.rounding_half, share * base.rounding_half) / np.abs(divisor)
    lacking = lacking_units((above, below), members)
    return Found(
        used=used,
        value=share * scale,
        half_width=combined_half_width(variance, rounding) * np.abs(scale),
        defined=defined,
        uncertainty=_codes(lacking, (above, below)),
        lacking=lacking,
        parts=(top.total, base.total),
    )


def mean_rule(block: CellBlock, quantities: Sequence[Quantity], members: Members) -> Found:
    """Weigh units' means by who they are means of, over units where all cells are known."""
    means = Terms.of(block, [q.numerator for q in quantities])
    bases = Terms.of(block, [q.denominator for q in quantities])
    used = means.known & bases.known
    means, bases = means.where(used), bases.where(used)
    scale = np.array([q.scale for q in quantities])
    shape = (members.n_units.size, len(quantities))
    top, base, half = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    for area, units, shares in members.rows():
        weights = bases.values[:, units] * shares
        base[area] = weights.sum(axis=1)
        top[area] = (weights * means.values[:, units]).sum(axis=1)
        divisor = np.where(base[area] != 0.0, base[area], 1.0)
        half[area] = _mean_half_width(means, bases, units, shares, top[area] / divisor, divisor)
    defined = base != 0.0
    lacking = lacking_units((means, bases), members)
    return Found(
        used=used,
        value=np.where(defined, top / np.where(defined, base, 1.0), 0.0) * scale,
        half_width=half * np.abs(scale),
        defined=defined,
        uncertainty=_codes(lacking, (means, bases)),
        lacking=lacking,
        parts=(top, base),
    )


def _mean_half_width(
    means: Terms, bases: Terms, units: Ints, shares: Floats, mean: Floats, divisor: Floats
) -> Floats:
    """Give the half width of one area's means: a mean moves with its units' means and bases."""
    squares = np.square(shares)
    used = means.known[:, units]
    by_mean = np.square(bases.values[:, units] / divisor[:, None]) * squares
    apart = (means.values[:, units] - mean[:, None]) / divisor[:, None]
    by_base = np.where(used, np.square(apart), 0.0) * squares
    sampling = (by_mean * means.variance[:, units] + by_base * bases.variance[:, units]).sum(axis=1)
    of_mean, of_base = _cell_variances(means), _cell_variances(bases)
    rounding = of_mean * by_mean.sum(axis=1) + of_base * by_base.sum(axis=1)
    n_cells = (means.cells + bases.cells) * np.count_nonzero(used, axis=1)
    coarse = np.maximum(means.base, bases.base).tolist()
    few = np.array([few_cells_factor(base) for base in coarse])
    factor = np.where(n_cells < FEW_CELLS, few, Z95)
    return combined_half_width(sampling, factor * np.sqrt(rounding))


def _cell_variances(terms: Terms) -> Floats:
    """Give the rounding variance that one unit brings to each row."""
    return np.array([rounding_variance(b) for b in terms.base.tolist()]) * terms.cells


def range_rule(block: CellBlock, quantities: Sequence[Quantity], members: Members) -> Found:
    """Give the least and the greatest of the units' medians, and no value."""
    terms = Terms.of(block, [q.numerator for q in quantities])
    scale = np.array([q.scale for q in quantities])
    shape = (members.n_units.size, len(quantities))
    low, high = np.zeros(shape), np.zeros(shape)
    for area, units, _ in members.rows():
        known = terms.known[:, units]
        values = terms.values[:, units]
        some = known.any(axis=1)
        least = np.where(known, values, np.inf).min(axis=1, initial=np.inf)
        most = np.where(known, values, -np.inf).max(axis=1, initial=-np.inf)
        low[area], high[area] = np.where(some, least, 0.0), np.where(some, most, 0.0)
    unknown = UNCERTAINTIES.index(Uncertainty.UNKNOWN)
    codes = np.where(terms.sampled, unknown, UNCERTAINTIES.index(Uncertainty.NONE))
    return Found(
        used=terms.known,
        value=np.zeros(shape),
        half_width=np.zeros(shape),
        defined=np.ones(shape, np.bool_),
        uncertainty=np.broadcast_to(codes, shape),
        lacking=lacking_units((terms,), members),
        low=low * scale,
        high=high * scale,
    )


def bands_rule(block: CellBlock, quantities: Sequence[Quantity], members: Members) -> Found:
    """Add bands up over units where all of them are known, and read their median."""
    columns = [_one_from_bands(block, quantity, members) for quantity in quantities]
    return Found(
        used=np.stack([column.used for column in columns]),
        value=np.stack([column.value for column in columns], axis=1),
        half_width=np.zeros((members.n_units.size, len(columns))),
        defined=np.stack([column.defined for column in columns], axis=1),
        uncertainty=np.stack([column.uncertainty for column in columns], axis=1),
        lacking=np.zeros((members.n_units.size, len(columns))),
        low=np.stack([column.low for column in columns], axis=1),
        high=np.stack([column.high for column in columns], axis=1),
        open_band=np.stack([column.open_band for column in columns], axis=1),
    )


@dataclass(frozen=True, slots=True)
class _Column:
    """One banded quantity over the areas."""

    used: Bools
    value: Floats
    low: Floats
    high: Floats
    defined: Bools
    uncertainty: Ints
    open_band: Bools


def _one_from_bands(block: CellBlock, quantity: Quantity, members: Members) -> _Column:
    """Read one median in the bands of every area."""
    assert quantity.bands is not None
    terms = Terms.of(block, [(variable,) for variable in quantity.numerator])
    used = np.asarray(terms.known.all(axis=0), np.bool_)
    terms = terms.where(np.broadcast_to(used, terms.known.shape))
    counts = members.sum(terms.values)
    squares = members.sum_squared(used[None, :].astype(np.float64))[:, 0]
    cell = max(rounding_variance(base) for base in terms.base.tolist())
    read = [
        quantile_from_bands(row, quantity.bands, cell_rounding_variance=cell * square)
        for row, square in zip(counts, squares.tolist(), strict=True)
    ]
    low = np.array([0.0 if one.low is None else one.low for one in read])
    high = np.array([0.0 if one.high is None else one.high for one in read])
    value = np.array([0.0 if one.value is None else one.value for one in read])
    asked_of_all = quantity.bands.sampled == 1.0
    sampled = bool(terms.sampled.any()) or not asked_of_all
    open_band = np.array([one.open_band for one in read], np.bool_)
    shape = open_band.shape
    silent = np.asarray(open_band | (sampled and asked_of_all), np.bool_)
    codes = uncertainty_codes(np.full(shape, sampled), np.full(shape, cell > 0.0), silent)
    defined = np.array([one.value is not None for one in read], np.bool_)
    scale = quantity.scale
    return _Column(used, value * scale, low * scale, high * scale, defined, codes, open_band)


def _codes(lacking: Floats, sides: tuple[Terms, ...]) -> Ints:
    """Say what the intervals of quantities made of these terms account for."""
    sampled = np.logical_or.reduce([side.sampled for side in sides])
    rounded = np.logical_or.reduce([side.base > 1 for side in sides])
    shape = lacking.shape
    return uncertainty_codes(
        np.broadcast_to(sampled, shape), np.broadcast_to(rounded, shape), lacking > 0.0
    )
