"""The cells that quantities take from each unit, and their sums by area."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from courtepointe.core.aggregate.cells import CellBlock
from courtepointe.core.aggregate.members import Members
from courtepointe.core.rounding import (
    FEW_CELLS,
    Z95,
    few_cells_half_widths,
    rounding_variance,
    split_half_widths,
    whole_half_widths,
)
from courtepointe.core.typing import Bools, Floats, Ints


@dataclass(frozen=True, slots=True)
class Terms:
    """One row per quantity: its variables added up in each unit.

    Attributes
    ----------
    values, variance : (n_rows, n_units) float
        0 where not ``known``.
    known, lacking : (n_rows, n_units) bool
        All cells known; some cell sampled and without interval.
    cells : (n_rows,) int
        Rounded cells that a unit brings.
    base : (n_rows,) int
        Their base, the coarsest where they differ.
    sampled : (n_rows,) bool
    """

    values: Floats
    variance: Floats
    known: Bools
    lacking: Bools
    cells: Ints
    base: Ints
    sampled: Bools

    @classmethod
    def of(cls, block: CellBlock, groups: Sequence[tuple[int, ...]]) -> Terms:
        """Add the variables of each group up in every unit."""
        first = np.array([group[0] for group in groups], np.int64)
        rounded = block.rounded_to > 1
        terms = cls(
            values=block.values[first],
            variance=block.variance[first],
            known=block.known[first],
            lacking=block.lacking[first],
            cells=np.array([np.count_nonzero(rounded[list(g)]) for g in groups], np.int64),
            base=np.array([block.rounded_to[list(g)].max() for g in groups], np.int64),
            sampled=np.array([block.sampled[list(g)].any() for g in groups], np.bool_),
        )
        for row, group in enumerate(groups):
            for variable in group[1:]:
                terms.values[row] += block.values[variable]
                terms.variance[row] += block.variance[variable]
                terms.known[row] &= block.known[variable]
                terms.lacking[row] |= block.lacking[variable]
        return terms.where(terms.known, rows=[r for r, g in enumerate(groups) if len(g) > 1])

    def where(self, used: Bools, *, rows: Sequence[int] | Ints | None = None) -> Terms:
        """Keep only the cells that are used: all others become place holders of 0."""
        if rows is None:
            rows = np.flatnonzero((self.known != used).any(axis=1))
        for row in rows:
            self.values[row] *= used[row]
            self.variance[row] *= used[row]
            self.lacking[row] &= used[row]
        return replace(self, known=used)


@dataclass(frozen=True, slots=True)
class Sums:
    """Terms added up by area: arrays of shape (n_areas, n_rows).

    Attributes
    ----------
    total, variance : float
    rounding_half : float
        95 % half width of the rounding error of ``total``.
    """

    total: Floats
    variance: Floats
    rounding_half: Floats


def sums(terms: Terms, members: Members) -> Sums:
    """Add terms up by area, with the sampling variance and the rounding error of each sum."""
    total = members.sum(terms.values)
    variance = np.zeros(total.shape)
    sampled = np.flatnonzero(terms.sampled)
    if sampled.size:
        variance[:, sampled] = members.sum_squared(terms.variance[sampled])
    return Sums(total, variance, rounding_half_widths(terms, members))


def lacking_units(sides: tuple[Terms, ...], members: Members) -> Floats:
    """Count by area the units used whose sampled cells lack an interval: (n_areas, n_rows)."""
    sampled = np.flatnonzero(np.logical_or.reduce([side.sampled for side in sides]))
    counts = np.zeros((members.n_units.size, sides[0].sampled.size))
    if sampled.size:
        lacking = np.logical_or.reduce([side.lacking[sampled] for side in sides])
        counts[:, sampled] = members.count(lacking)
    return counts


def rounding_half_widths(terms: Terms, members: Members) -> Floats:
    """Give the 95 % half width of each sum's rounding error: (n_areas, n_rows)."""
    halves = np.zeros((members.n_units.size, terms.base.size))
    if (terms.base <= 1).all():
        return halves
    n_cells = members.count(terms.known) * terms.cells
    for base in np.unique(terms.base[terms.base > 1]).tolist():
        of_base = np.flatnonzero(terms.base == base)
        halves[:, of_base] = whole_half_widths(n_cells[:, of_base], base=base)
    if not members.whole.all():
        _put_split(halves, n_cells, terms, members)
    return halves


def _put_split(halves: Floats, n_cells: Floats, terms: Terms, members: Members) -> None:
    """Write the half widths of areas that split units."""
    split = np.flatnonzero(~members.whole)
    variances = np.array([rounding_variance(base) for base in terms.base.tolist()])
    squares = members.sum_squared(terms.known.astype(np.float64))
    normal = Z95 * np.sqrt(variances * terms.cells * squares)
    widest = np.array([few_cells_half_widths(base)[-1] for base in terms.base.tolist()])
    few = (normal < widest) | (n_cells < FEW_CELLS)
    halves[split] = normal[split]
    for area, units, shares in members.rows():
        if not members.whole[area]:
            _put_few(halves[area], np.flatnonzero(few[area]), terms, units, shares)


def _put_few(halves: Floats, rows: Ints, terms: Terms, units: Ints, shares: Floats) -> None:
    """Write, for one area, the half widths that few cells decide."""
    kinds = np.stack([terms.base[rows], terms.cells[rows]], axis=1)
    for base, cells in np.unique(kinds, axis=0).tolist():
        alike = rows[(kinds == (base, cells)).all(axis=1)]
        weights = terms.known[np.ix_(alike, units)] * shares
        halves[alike] = split_half_widths(weights, cells=cells, base=base)
