"""The rules: a sum, a ratio of sums, a weighted mean, a range of medians (`bands_rule` has the medians from bands).

Each rule takes the quantities that follow it, all at once, and gives a `Found`: arrays of shape
(n_areas, n_quantities).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from courtepointe.core.aggregate.quantities import Quantity
from courtepointe.core.aggregate.terms import Group, Question
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
    count : float
        How many of an area's units are used.
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
    count: Floats
    value: Floats
    half_width: Floats
    defined: Bools
    uncertainty: Ints
    lacking: Floats
    low: Floats | None = None
    high: Floats | None = None
    parts: tuple[Floats, Floats] | None = None
    open_band: Bools | None = None


def sum_rule(question: Question, quantities: Sequence[Quantity]) -> Found:
    """Add up."""
    above = Group.of(question.block, [q.numerator for q in quantities])
    used = above.known(question.block)
    count = question.members.count(used)
    found = question.sums(above, used, count)
    scale = np.array([q.scale for q in quantities])
    lacking = question.lacking((above,), used)
    return Found(
        used=used,
        count=count,
        value=found.total * scale,
        half_width=combined_half_width(found.variance, found.rounding_half) * np.abs(scale),
        defined=np.ones(found.total.shape, np.bool_),
        uncertainty=_codes(lacking, (above,)),
        lacking=lacking,
    )


def ratio_rule(question: Question, quantities: Sequence[Quantity]) -> Found:
    """Divide a sum by a sum, over units where all cells of both are known."""
    above = Group.of(question.block, [q.numerator for q in quantities])
    below = Group.of(question.block, [q.denominator for q in quantities])
    used = above.known(question.block) & below.known(question.block)
    count = question.members.count(used)
    top, base = question.sums(above, used, count), question.sums(below, used, count)
    scale = np.array([q.scale for q in quantities])
    subset = np.array([q.subset for q in quantities])
    defined = base.total != 0.0
    divisor = np.where(defined, base.total, 1.0)
    share = np.where(defined, top.total / divisor, 0.0)
    share = np.where(subset, np.clip(share, 0.0, 1.0), share)
    variance = ratio_sampling_variance(share, divisor, top.variance, base.variance, subset)
    rounding = np.hypot(top.rounding_half, share * base.rounding_half) / np.abs(divisor)
    lacking = question.lacking((above, below), used)
    return Found(
        used=used,
        count=count,
        value=share * scale,
        half_width=combined_half_width(variance, rounding) * np.abs(scale),
        defined=defined,
        uncertainty=_codes(lacking, (above, below)),
        lacking=lacking,
        parts=(top.total, base.total),
    )


def mean_rule(question: Question, quantities: Sequence[Quantity]) -> Found:
    """Weigh units' means by who they are means of, over units where all cells are known."""
    block = question.block
    means = Group.of(block, [q.numerator for q in quantities])
    bases = Group.of(block, [q.denominator for q in quantities])
    used = means.known(block) & bases.known(block)
    value, variance = means.values(block, used), means.variance(block, used)
    weight, weight_variance = bases.values(block, used), bases.variance(block, used)
    scale = np.array([q.scale for q in quantities])
    count = question.members.count(used)
    top, base, half = np.zeros(count.shape), np.zeros(count.shape), np.zeros(count.shape)
    for area, units, shares in question.members.rows():
        cells = _MeanCells(
            used=used[:, units],
            means=value[:, units],
            means_variance=variance[:, units],
            bases=weight[:, units],
            bases_variance=weight_variance[:, units],
            shares=shares,
        )
        top[area], base[area], half[area] = _mean(cells, means, bases)
    defined = base != 0.0
    lacking = question.lacking((means, bases), used)
    return Found(
        used=used,
        count=count,
        value=np.where(defined, top / np.where(defined, base, 1.0), 0.0) * scale,
        half_width=half * np.abs(scale),
        defined=defined,
        uncertainty=_codes(lacking, (means, bases)),
        lacking=lacking,
        parts=(top, base),
    )


@dataclass(frozen=True, slots=True)
class _MeanCells:
    """The cells of one area's means and of their bases: (n_rows, n_units); shares (n_units,)."""

    used: Bools
    means: Floats
    means_variance: Floats
    bases: Floats
    bases_variance: Floats
    shares: Floats


def _mean(cells: _MeanCells, means: Group, bases: Group) -> tuple[Floats, Floats, Floats]:
    """Give numerator, denominator and half width: a mean moves with its units' means and bases."""
    weights = cells.bases * cells.shares
    base = weights.sum(axis=1)
    top = (weights * cells.means).sum(axis=1)
    divisor = np.where(base != 0.0, base, 1.0)[:, None]
    apart = np.where(cells.used, cells.means - top[:, None] / divisor, 0.0)
    by_mean = np.square(weights / divisor)
    by_base = np.square(apart * cells.shares / divisor)
    sampling = (by_mean * cells.means_variance + by_base * cells.bases_variance).sum(axis=1)
    rounding = _variances(means) * by_mean.sum(axis=1) + _variances(bases) * by_base.sum(axis=1)
    n_cells = (means.cells + bases.cells) * np.count_nonzero(cells.used, axis=1)
    coarse = np.maximum(means.base, bases.base).tolist()
    factor = np.array([few_cells_factor(base) for base in coarse])
    factor = np.where(n_cells < FEW_CELLS, factor, Z95)
    return top, base, combined_half_width(sampling, factor * np.sqrt(rounding))


def _variances(group: Group) -> Floats:
    """Give the rounding variance that one unit brings to each row."""
    return np.array([rounding_variance(b) for b in group.base.tolist()]) * group.cells


def range_rule(question: Question, quantities: Sequence[Quantity]) -> Found:
    """Give the least and the greatest of the units' medians, and no value."""
    group = Group.of(question.block, [q.numerator for q in quantities])
    used = group.known(question.block)
    values = group.values(question.block, used)
    scale = np.array([q.scale for q in quantities])
    count = question.members.count(used)
    low, high = np.zeros(count.shape), np.zeros(count.shape)
    for area, units, _ in question.members.rows():
        there, some = used[:, units], used[:, units].any(axis=1)
        least = np.where(there, values[:, units], np.inf).min(axis=1, initial=np.inf)
        most = np.where(there, values[:, units], -np.inf).max(axis=1, initial=-np.inf)
        low[area], high[area] = np.where(some, least, 0.0), np.where(some, most, 0.0)
    unknown = UNCERTAINTIES.index(Uncertainty.UNKNOWN)
    codes = np.where(group.sampled, unknown, UNCERTAINTIES.index(Uncertainty.NONE))
    return Found(
        used=used,
        count=count,
        value=np.zeros(count.shape),
        half_width=np.zeros(count.shape),
        defined=np.ones(count.shape, np.bool_),
        uncertainty=np.broadcast_to(codes, count.shape),
        lacking=question.lacking((group,), used),
        low=low * scale,
        high=high * scale,
    )


def _codes(lacking: Floats, sides: tuple[Group, ...]) -> Ints:
    """Say what the intervals of quantities made of these groups account for."""
    sampled = np.logical_or.reduce([side.sampled for side in sides])
    rounded = np.logical_or.reduce([side.rounded for side in sides])
    shape = lacking.shape
    return uncertainty_codes(
        np.broadcast_to(sampled, shape), np.broadcast_to(rounded, shape), lacking > 0.0
    )
