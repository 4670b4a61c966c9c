"""Tables of counts of people, told so that no count of a few is told, nor worked out.

A count of 1 to 4 is told as "fewer than 5"; a few other counts are left out, so that subtracting the
others from a total, along rows, along columns or between two tables with the same totals, narrows
nothing: whoever reads all that is told, and knows this rule, still finds every number from 1 to 4 possible
for each of them. A count of 0 is told: it tells of nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from scipy.optimize import linprog

from courtepointe.core.errors import BadInput
from courtepointe.core.typing import Floats, Ints

LEAST = 5
SOLVED, UNBOUNDED = 0, 3
NEAR = 0.5
MOST = 1e6


class Told(IntEnum):
    """What is told of a count: itself, that it is of a few, or nothing."""

    VALUE = 0
    FEW = 1
    HIDDEN = 2


@dataclass(frozen=True, slots=True)
class ToldTable:
    """A table as it may be told.

    Attributes
    ----------
    cells : (n_rows, n_columns) int
        Of `Told`, as the other three.
    rows : (n_rows,) int
    columns : (n_columns,) int
        All hidden where the table has one row: a list.
    total : int
    """

    cells: Ints
    rows: Ints
    columns: Ints
    total: int


@dataclass(frozen=True, slots=True)
class _Sums:
    """All counts that a reader may be told, as sums of the cells.

    Attributes
    ----------
    shares : (n_sums, n_cells) float
        The cells first, each alone; then margins.
    values : (n_sums,) int
    same : (n_same, n_cells) float
        Differences of sums that a reader knows to be 0: two tables have the same margins.
    """

    shares: Floats
    values: Ints
    same: Floats

    @property
    def n_cells(self) -> int:
        """How many of the sums are single cells."""
        return int(self.shares.shape[1])


def few(counts: Ints, *, least: int = LEAST) -> Ints:
    """Tell which counts are of a few: over 0 and under ``least``; same shape, bool as int."""
    return ((counts > 0) & (counts < least)).astype(np.int64)


def told_table(counts: Ints, *, least: int = LEAST) -> ToldTable:
    """Choose what may be told of a table and of its totals.

    Parameters
    ----------
    counts : (n_rows, n_columns) int, persons
        Not negative; one row is a list with its total.
    least : int
        The least count that may be told, 2 or more.

    Returns
    -------
    ToldTable

    Raises
    ------
    BadInput
        ``core_shape``, ``core_negative_count``, ``protection_least``.

    Notes
    -----
    Totals are told before cells, the great before the small. Feasible tables form a transportation
    polytope, whose corners are whole, so that linear programmes give the exact range of each count
    (Hundepool and others, *Statistical Disclosure Control*, 2012, chapter 4). Greedy: a smaller
    set of counts left out may exist.
    """
    return told_tables([counts], least=least)[0]


def told_tables(tables: Sequence[Ints], *, least: int = LEAST) -> tuple[ToldTable, ...]:
    """Choose what may be told of tables with the same row totals, read side by side.

    The rows of all tables are the same people: each table parts them in another way. See `told_table`.
    """
    held = [_checked(counts, least) for counts in tables]
    if len({one.shape[0] for one in held}) != 1 or any(
        (one.sum(axis=1) != held[0].sum(axis=1)).any() for one in held
    ):
        raise BadInput("core_shape", array="tables", shape=len(held), expected="same row totals")
    sums = _sums(held)
    told = _Choice(sums, least, whole=len(held) > 1).made()
    return _tables(held, told)


def _checked(counts: Ints, least: int) -> Ints:
    table = np.asarray(counts, dtype=np.int64)
    if least < 2:
        raise BadInput("protection_least", value=least)
    if table.ndim != 2 or 0 in table.shape:
        raise BadInput("core_shape", array="counts", shape=table.shape, expected="2 axes")
    if (table < 0).any():
        raise BadInput("core_negative_count", value=float(table.min()))
    return table


def _margins(table: Ints) -> Floats:
    """Give the sums of a table's rows, its columns where it has several rows, and the whole."""
    n_rows, n_columns = table.shape
    rows = np.kron(np.eye(n_rows), np.ones((1, n_columns)))
    columns = np.kron(np.ones((1, n_rows)), np.eye(n_columns))
    whole = np.ones((1, table.size))
    return whole if n_rows == 1 else np.vstack([whole, rows, columns])


def _sums(tables: Sequence[Ints]) -> _Sums:
    sizes = [one.size for one in tables]
    starts = np.cumsum([0, *sizes])
    margins = []
    for start, one in zip(starts, tables, strict=False):
        made = _margins(one)
        wide = np.zeros((made.shape[0], starts[-1]))
        wide[:, start : start + one.size] = made
        margins.append(wide)
    first = margins[0]
    n_same = 1 if tables[0].shape[0] == 1 else 1 + tables[0].shape[0]
    same = [first[:n_same] - other[:n_same] for other in margins[1:]]
    shares = np.vstack([np.eye(starts[-1]), *margins])
    cells = np.concatenate([one.ravel() for one in tables])
    return _Sums(
        shares,
        np.rint(shares @ cells).astype(np.int64),
        np.vstack(same) if same else np.zeros((0, starts[-1])),
    )


class _Choice:
    """What is told so far; more is told as long as nothing of a few is narrowed."""

    def __init__(self, sums: _Sums, least: int, *, whole: bool) -> None:
        self._sums, self._least, self._whole = sums, least, whole
        self._few = few(sums.values, least=least).astype(bool)
        self._is_cell = np.arange(sums.values.size) < sums.n_cells
        self._open = self._is_cell & ((sums.values == 0) | self._few)
        """Told first: which cells are empty, and which are of a few."""

    def made(self) -> Ints:
        """Give `Told` of each sum."""
        told = np.zeros(self._sums.values.size, dtype=bool)
        order = self._order()
        if self._is_safe(self._open):
            told |= self._open
            order = order[~self._open[order]]
        told = self._take(told, order)
        marks = np.where(self._few, Told.FEW, Told.VALUE)
        return np.where(told, marks, Told.HIDDEN).astype(np.int64)

    def _order(self) -> Ints:
        """Margins first, then cells; the great before the small."""
        return np.lexsort((-self._sums.values, self._is_cell))

    def _take(self, told: np.ndarray, places: Ints) -> np.ndarray:
        """Tell all that may be told, in order: together where that is safe, else by halves."""
        if places.size == 0:
            return told
        more = told.copy()
        more[places] = True
        if self._is_safe(more):
            return more
        if places.size == 1:
            return told
        half = (places.size + 1) // 2
        return self._take(self._take(told, places[:half]), places[half:])

    def _is_safe(self, told: np.ndarray) -> bool:
        """Say whether a reader finds for each small cell every number of a few possible."""
        low, high = self._bounds(told)
        worlds = _Worlds(self._sums, low, high, whole=self._whole)
        cells = np.flatnonzero(self._few & self._is_cell)
        return all(worlds.reach(cell, 1, self._least - 1) for cell in cells.tolist()) and all(
            worlds.parts(margin) for margin in np.flatnonzero(self._few & ~self._is_cell).tolist()
        )

    def _bounds(self, told: np.ndarray) -> tuple[Floats, Floats]:
        """Say what a reader who knows the rule knows of each sum: (n_sums,) lowest, highest.

        Where all cells of none and of a few were told as such, one that is hidden is neither.
        """
        values, mark = self._sums.values.astype(np.float64), told & self._few
        low = np.where(told, values, 0.0)
        high = np.where(told, values, np.inf)
        low[mark], high[mark] = 1.0, self._least - 1.0
        if told[self._open].all():
            low[~told & self._is_cell] = self._least
            low[~told & ~self._is_cell] = 1.0
        return low, high


class _Worlds:
    """All tables that agree with what is told."""

    def __init__(self, sums: _Sums, low: Floats, high: Floats, *, whole: bool) -> None:
        n = sums.n_cells
        margins, ends = sums.shares[n:], (low[n:], high[n:])
        known = ends[0] == ends[1]
        capped = ~known & np.isfinite(ends[1])
        floored = ~known & (ends[0] > 0.0)
        self._equal = np.vstack([margins[known], sums.same])
        self._equals = np.concatenate([ends[0][known], np.zeros(sums.same.shape[0])])
        self._below = np.vstack([margins[capped], -margins[floored]])
        self._belows = np.concatenate([ends[1][capped], -ends[0][floored]])
        self._bounds = np.column_stack([low[:n], np.where(np.isinf(high[:n]), MOST, high[:n])])
        self._whole, self._shares = whole, sums.shares
        self._least_seen = sums.values.astype(np.float64)
        self._most_seen = self._least_seen.copy()

    def _look(self, which: int, sign: float) -> None:
        """Find the world in which a sum is least (1) or greatest (-1), and note all that it shows."""
        aim = sign * self._shares[which]
        found = linprog(
            aim,
            A_ub=self._below if self._below.size else None,
            b_ub=self._belows if self._below.size else None,
            A_eq=self._equal if self._equal.size else None,
            b_eq=self._equals if self._equal.size else None,
            bounds=self._bounds,
            method="highs",
            integrality=1 if self._whole else 0,
        )
        if found.status == SOLVED:
            seen = self._shares @ found.x
            self._least_seen = np.minimum(self._least_seen, seen)
            self._most_seen = np.maximum(self._most_seen, seen)

    def reach(self, which: int, lowest: float, highest: float) -> bool:
        """Say whether a sum can be both."""
        if self._least_seen[which] > lowest + NEAR:
            self._look(which, 1.0)
        if self._most_seen[which] < highest - NEAR:
            self._look(which, -1.0)
        low, high = self._least_seen[which], self._most_seen[which]
        return bool(low < lowest + NEAR and high > highest - NEAR)

    def parts(self, which: int) -> bool:
        """Say whether a sum can have two values at least."""
        for sign in (1.0, -1.0):
            if self._most_seen[which] - self._least_seen[which] < NEAR:
                self._look(which, sign)
        return bool(self._most_seen[which] - self._least_seen[which] > NEAR)


def _tables(tables: Sequence[Ints], told: Ints) -> tuple[ToldTable, ...]:
    made, start = [], 0
    margin = sum(one.size for one in tables)
    for one in tables:
        n_rows, n_columns = one.shape
        cells = told[start : start + one.size].reshape(one.shape)
        start += one.size
        total, rows = int(told[margin]), np.full(n_rows, told[margin])
        columns = np.full(n_columns, int(Told.HIDDEN))
        if n_rows > 1:
            rows = told[margin + 1 : margin + 1 + n_rows]
            columns = told[margin + 1 + n_rows : margin + 1 + n_rows + n_columns]
        margin += 1 if n_rows == 1 else 1 + n_rows + n_columns
        made.append(ToldTable(cells, rows, columns, total))
    return tuple(made)
