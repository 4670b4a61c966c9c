"""The audit: what somebody who knows all the sums told can work out about the small counts.

The counts are unknowns that are not negative; each sum told is an equation. The least and the
greatest value that a small count can have are two linear programmes, so that every linear way
around is seen at once: subtracting an area from one that holds it, two overlapping areas, a
parent less its other children, and any longer chain.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import scipy.sparse as sp
from scipy.optimize import linprog
from scipy.sparse.csgraph import connected_components

from courtepointe.core.disclosure.small import EXACT, is_small
from courtepointe.core.errors import BadInput
from courtepointe.core.typing import Bools, Floats, Ints

SOLVED, UNBOUNDED = 0, 3
"""How SciPy's linear programmes end well."""
MOST_PAIRS = 300
"""Pairs of small counts audited together, the smallest sums first."""


@dataclass(frozen=True, slots=True)
class Sums:
    """Sums over units that somebody is told.

    Attributes
    ----------
    shares : (n_sums, n_units) sparse float
        The part of each unit that each sum counts, 0 to 1.
    totals : (n_sums,) float
    """

    shares: sp.csr_matrix
    totals: Floats

    def __post_init__(self) -> None:
        if self.shares.shape[0] != self.totals.shape[0]:
            raise BadInput(
                "core_shape",
                array="totals",
                shape=self.totals.shape,
                expected=(self.shares.shape[0],),
            )

    @classmethod
    def over(cls, shares: sp.csr_matrix, counts: Floats) -> Sums:
        """Sum counts, (n_units,), by the rows of the shares."""
        matrix = sp.csr_matrix(shares, dtype=np.float64)
        return cls(matrix, np.asarray(matrix @ counts, dtype=np.float64))

    def rows(self, which: Bools) -> Sums:
        """Keep some of the sums."""
        return Sums(sp.csr_matrix(self.shares[np.flatnonzero(which)]), self.totals[which])


@dataclass(frozen=True, slots=True)
class _Cells:
    """Units that every sum treats alike, taken together: nothing told can part them.

    ``shares`` is (n_sums, n_cells), ``counts`` (n_cells,), ``of_unit`` (n_units,) the cell of a
    unit, -1 where no sum counts it.
    """

    shares: sp.csc_matrix
    counts: Floats
    of_unit: Ints


def revealed(told: Sums, counts: Floats, *, least: float) -> tuple[tuple[int, ...], ...]:
    """List the small counts that the sums told give away.

    Parameters
    ----------
    told : Sums
        Over ``n_units``.
    counts : (n_units,) float
        The true counts, not negative.
    least : float
        A group of units is small when it counts more than 0 and less than this.

    Returns
    -------
    tuple of tuple of int
        Groups of units, as positions: each counts a few, and the sums told leave less than
        ``least`` between the least and the greatest value that it can have.

    Raises
    ------
    BadInput
        ``core_shape``, ``protection_least``, ``core_negative_count``.

    Notes
    -----
    Audited are the groups of units that no sum parts, and pairs of such groups (the 300 smallest
    pairs). A group of three or more parts that are each small is not looked for.
    A count of 0 is no secret, though it helps: parts of a sum that is 0 are all 0.
    """
    if told.shares.shape[1] != counts.shape[0]:
        raise BadInput(
            "core_shape", array="counts", shape=counts.shape, expected=(told.shares.shape[1],)
        )
    cells = _cells(told.shares, counts)
    small = np.flatnonzero(is_small(cells.counts, least=least))
    found = []
    for group in _groups(cells, small, least):
        low, high = _range(cells, told.totals, group)
        if high - low < least - EXACT:
            found.append(tuple(np.flatnonzero(np.isin(cells.of_unit, group)).tolist()))
    return tuple(found)


def _cells(shares: sp.csr_matrix, counts: Floats) -> _Cells:
    """Put together the units whose columns are the same."""
    columns = sp.csc_matrix(shares)
    columns.sort_indices()
    places: dict[bytes, int] = {}
    of_unit = np.full(columns.shape[1], -1, dtype=np.int64)
    firsts: list[int] = []
    for unit in range(columns.shape[1]):
        part = slice(columns.indptr[unit], columns.indptr[unit + 1])
        if part.start == part.stop:
            continue
        key = columns.indices[part].tobytes() + columns.data[part].tobytes()
        if key not in places:
            places[key] = len(firsts)
            firsts.append(unit)
        of_unit[unit] = places[key]
    told = of_unit >= 0
    together = np.zeros(len(firsts))
    np.add.at(together, of_unit[told], counts[told])
    return _Cells(sp.csc_matrix(columns[:, firsts]), together, of_unit)


def _groups(cells: _Cells, small: Ints, least: float) -> Iterator[Ints]:
    """Give the cells to audit: each small one, then pairs of them that are small together."""
    for cell in small.tolist():
        yield np.array([cell])
    pairs = (
        (cells.counts[first] + cells.counts[second], first, second)
        for first, second in combinations(small.tolist(), 2)
    )
    together = sorted(pair for pair in pairs if pair[0] < least - EXACT)
    for _, first, second in together[:MOST_PAIRS]:
        yield np.array([first, second])


def _range(cells: _Cells, totals: Floats, group: Ints) -> tuple[float, float]:
    """Give the least and the greatest that some cells can count together."""
    part, sums = _neighbourhood(cells.shares, group)
    matrix = sp.csr_matrix(cells.shares[:, part][sums])
    aim = np.isin(part, group).astype(np.float64)
    ends = []
    for sign in (1.0, -1.0):
        answer = linprog(
            sign * aim, A_eq=matrix, b_eq=totals[sums], bounds=(0.0, None), method="highs"
        )
        if answer.status not in (SOLVED, UNBOUNDED):
            return 0.0, 0.0  # The engine failed: held to be given away, so nothing more is told.
        ends.append(sign * (answer.fun if answer.status == SOLVED else -np.inf))
    return ends[0], ends[1]


def _neighbourhood(shares: sp.csc_matrix, group: Ints) -> tuple[Ints, Ints]:
    """Give the cells and the sums that are linked with a group: no other can tell of it."""
    n_sums, n_cells = shares.shape
    empty_sums = sp.csr_matrix((n_sums, n_sums))
    empty_cells = sp.csr_matrix((n_cells, n_cells))
    linked = sp.bmat([[empty_sums, shares], [shares.T, empty_cells]], format="csr")
    _, label = connected_components(linked, directed=False)
    near = np.isin(label, label[n_sums + group])
    return np.flatnonzero(near[n_sums:]), np.flatnonzero(near[:n_sums])
