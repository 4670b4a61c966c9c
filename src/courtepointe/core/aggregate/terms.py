"""The cells that quantities take from each unit, and their sums by area."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from courtepointe.core.aggregate.cells import CellBlock
from courtepointe.core.aggregate.members import Members
from courtepointe.core.errors import BadInput
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
class Group:
    """Variables that are added up: the same side (numerator, denominator) of several quantities.

    Attributes
    ----------
    variables : tuple of (n_rows,) int
        The first variable of every row, then the second of those that have one...
    rows : tuple of (n_some,) int
        The rows that each of ``variables`` belongs to.
    cells : (n_rows,) int
        Rounded cells that a unit brings.
    base : (n_rows,) int
        Their base, the coarsest where they differ.
    sampled : (n_rows,) bool
    rounded : (n_rows,) bool
        At random, or the usual way to a step.
    """

    variables: tuple[Ints, ...]
    rows: tuple[Ints, ...]
    cells: Ints
    base: Ints
    sampled: Bools
    rounded: Bools

    @classmethod
    def of(cls, block: CellBlock, groups: Sequence[tuple[int, ...]]) -> Group:
        """Lay out groups of variables, place by place.

        Raises
        ------
        BadInput
            ``core_variable_position``.
        """
        rows, variables = _laid_out(tuple(groups))
        cells = np.zeros(len(groups), np.int64)
        base = np.zeros(len(groups), np.int64)
        sampled = np.zeros(len(groups), np.bool_)
        for some, named in zip(rows, variables, strict=True):
            _check_positions(named, block.rounded_to.size)
            cells[some] += block.rounded_to[named] > 1
            base[some] = np.maximum(base[some], block.rounded_to[named])
            sampled[some] |= block.sampled[named]
        rounded = base > 1
        for some, named in zip(rows, variables, strict=True):
            counted = np.flatnonzero(~block.sampled[named])
            rounded[some[counted]] |= block.variance[named[counted]].any(axis=1)
        return cls(variables, rows, cells, base, sampled, rounded)

    def known(self, block: CellBlock) -> Bools:
        """Say in which units all variables of a row are known: (n_rows, n_units)."""
        known = block.known[self.variables[0]]
        for some, named in zip(self.rows[1:], self.variables[1:], strict=True):
            known[some] &= block.known[named]
        return known

    def lacking(self, block: CellBlock, used: Bools) -> Bools:
        """Say in which units used a sampled cell lacks its interval: (n_rows, n_units)."""
        lacking = block.lacking[self.variables[0]]
        for some, named in zip(self.rows[1:], self.variables[1:], strict=True):
            lacking[some] |= block.lacking[named]
        return lacking & used

    def values(self, block: CellBlock, used: Bools) -> Floats:
        """Give the sum of a row's cells in every unit, 0 where not used: (n_rows, n_units)."""
        return self._cells(block.values, used)

    def variance(self, block: CellBlock, used: Bools) -> Floats:
        """Give the sampling variance of that sum."""
        return self._cells(block.variance, used)

    def _cells(self, matrix: Floats, used: Bools) -> Floats:
        cells = np.zeros(used.shape)
        for some, named in zip(self.rows, self.variables, strict=True):
            cells[some] += matrix[named]
        return np.where(used, cells, 0.0)


@lru_cache(maxsize=128)
def _laid_out(groups: tuple[tuple[int, ...], ...]) -> tuple[tuple[Ints, ...], tuple[Ints, ...]]:
    """Give, place by place, the rows with a variable there and those variables."""
    longest = max(len(group) for group in groups)
    rows = [[r for r, g in enumerate(groups) if len(g) > place] for place in range(longest)]
    variables = [[groups[r][place] for r in some] for place, some in enumerate(rows)]
    return (
        tuple(np.array(some, np.int64) for some in rows),
        tuple(np.array(named, np.int64) for named in variables),
    )


def _check_positions(variables: Ints, n_variables: int) -> None:
    outside = variables[(variables < 0) | (variables >= n_variables)]
    if outside.size:
        raise BadInput("core_variable_position", value=int(outside[0]), n_variables=n_variables)


@dataclass(frozen=True, slots=True)
class VariableSums:
    """Every variable of a block added up by area, over the units where it is known.

    Attributes
    ----------
    total, variance : (n_areas, n_variables) float
    """

    total: Floats
    variance: Floats

    @classmethod
    def of(cls, block: CellBlock, members: Members) -> VariableSums:
        """Add up."""
        total = members.sum(block.values)
        variance = np.zeros(total.shape)
        if block.variance.any():
            variance = members.sum_squared(block.variance)
        return cls(total, variance)


@dataclass(frozen=True, slots=True)
class Sums:
    """A group added up by area, over the units used: arrays of shape (n_areas, n_rows).

    Attributes
    ----------
    total, variance : float
    rounding_half : float
        95 % half width of the rounding error of ``total``.
    """

    total: Floats
    variance: Floats
    rounding_half: Floats


@dataclass(frozen=True, slots=True)
class Question:
    """A block and the areas asked about.

    Attributes
    ----------
    block : CellBlock
    members : Members
    by_variable : VariableSums
    """

    block: CellBlock
    members: Members
    by_variable: VariableSums

    @classmethod
    def of(cls, block: CellBlock, members: Members) -> Question:
        """Add every variable up once."""
        return cls(block, members, VariableSums.of(block, members))

    def sums(self, group: Group, used: Bools, count: Floats) -> Sums:
        """Add a group up by area, with its sampling variance and its rounding error.

        A variable known in just the units used has its sum already; only the others are added
        again, over fewer units.
        """
        total, variance = np.zeros(count.shape), np.zeros(count.shape)
        for some, named in zip(group.rows, group.variables, strict=True):
            known = self.block.known[named]
            less = np.flatnonzero((known != used[some]).any(axis=1))
            part = self.by_variable.total[:, named]
            spread = self.by_variable.variance[:, named]
            if less.size:
                fewer, where = named[less], used[some[less]]
                part[:, less] = self.members.sum(self.block.values[fewer] * where)
                spread[:, less] = self.members.sum_squared(self.block.variance[fewer] * where)
            total[:, some] += part
            variance[:, some] += spread
        rounding = rounding_half_widths(group, used, count, self.members)
        return Sums(total, variance, rounding)

    def lacking(self, groups: tuple[Group, ...], used: Bools) -> Floats:
        """Count by area the units used whose sampled cells lack an interval: (n_areas, n_rows)."""
        counts = np.zeros((self.members.n_units.size, used.shape[0]))
        if not self.block.lacking.any():
            return counts
        lacking = np.logical_or.reduce([group.lacking(self.block, used) for group in groups])
        rows = np.flatnonzero(lacking.any(axis=1))
        counts[:, rows] = self.members.count(lacking[rows])
        return counts


def rounding_half_widths(group: Group, used: Bools, count: Floats, members: Members) -> Floats:
    """Give the 95 % half width of each sum's rounding error: (n_areas, n_rows)."""
    n_cells = count * group.cells
    halves = np.zeros(n_cells.shape)
    for base in np.unique(group.base[group.base > 1]).tolist():
        of_base = np.flatnonzero(group.base == base)
        halves[:, of_base] = whole_half_widths(n_cells[:, of_base], base=base)
    if group.cells.any() and not members.whole.all():
        _put_split(halves, n_cells, group, used, members)
    return halves


def _put_split(
    halves: Floats, n_cells: Floats, group: Group, used: Bools, members: Members
) -> None:
    """Write the half widths of areas that split units."""
    split = ~members.whole
    variances = np.array([rounding_variance(base) for base in group.base.tolist()])
    squares = members.sum_squared(used.astype(np.float64))
    normal = Z95 * np.sqrt(variances * group.cells * squares)
    widest = np.array([few_cells_half_widths(base)[-1] for base in group.base.tolist()])
    few = (normal < widest) | (n_cells < FEW_CELLS)
    halves[split] = normal[split]
    for area, units, shares in members.rows():
        if split[area]:
            _put_few(halves[area], np.flatnonzero(few[area]), group, used, units, shares)


def _put_few(
    halves: Floats, rows: Ints, group: Group, used: Bools, units: Ints, shares: Floats
) -> None:
    """Write, for one area, the half widths that few cells decide."""
    kinds = np.stack([group.base[rows], group.cells[rows]], axis=1)
    for base, cells in np.unique(kinds, axis=0).tolist():
        alike = rows[(kinds == (base, cells)).all(axis=1)]
        weights = used[np.ix_(alike, units)] * shares
        halves[alike] = split_half_widths(weights, cells=cells, base=base)
