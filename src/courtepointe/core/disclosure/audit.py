"""The audit: what somebody who knows all the sums told can work out about the small counts.

The counts are unknowns that are not negative; each sum told is an equation. The least and the
greatest value that a small count can have are two linear programmes, so that every linear way
around is seen at once: subtracting an area from one that holds it, two overlapping areas, a
parent less its other children, and any longer chain.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import scipy.sparse as sp
from scipy.optimize import linprog
from scipy.sparse.csgraph import connected_components

from courtepointe.core.disclosure.small import EXACT, is_small
from courtepointe.core.errors import BadInput
from courtepointe.core.typing import Bools, Floats, Ints

Group: TypeAlias = tuple[int, ...]
"""Units, as positions."""
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


def revealed(told: Sums, counts: Floats, *, least: float) -> tuple[Group, ...]:
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
    return tuple(_given_away(told, counts, least))


def gives_away(
    told: Sums, counts: Floats, *, least: float, besides: Callable[[], Container[Group]]
) -> bool:
    """Tell whether the sums told give away any small count besides some; as `revealed`.

    ``besides`` is only asked for when something is given away.
    """
    return any(group not in besides() for group in _given_away(told, counts, least))


def _given_away(told: Sums, counts: Floats, least: float) -> Iterator[Group]:
    if told.shares.shape[1] != counts.shape[0]:
        raise BadInput(
            "core_shape", array="counts", shape=counts.shape, expected=(told.shares.shape[1],)
        )
    cells = _cells(told.shares, counts)
    small = np.flatnonzero(is_small(cells.counts, least=least))
    groups = _groups(cells, small, least)
    for group in _uncertain(cells, told.totals, groups, small, least):
        low, high = _range(cells, told.totals, group)
        if high - low < least - EXACT:
            yield tuple(np.flatnonzero(np.isin(cells.of_unit, group)).tolist())


def _uncertain(
    cells: _Cells, totals: Floats, groups: list[Ints], small: Ints, least: float
) -> list[Ints]:
    """Leave out the groups that a few other worlds show to be safe, without a look at each.

    Notes
    -----
    A world is a set of counts that agrees with all the sums. Two worlds in which a group counts
    ``least`` more or less prove that it is not given away. Each pattern of signs pushes half of
    the small counts up and the others down; the patterns are the binary digits of their places,
    so that any two of them are pushed apart by some pattern.
    """
    if not groups:
        return []
    member = sp.csr_matrix(
        (
            np.ones(sum(group.size for group in groups)),
            np.concatenate(groups),
            np.cumsum([0, *(group.size for group in groups)]),
        ),
        shape=(len(groups), cells.counts.size),
    )
    low = high = np.asarray(member @ cells.counts)
    for signs in _patterns(small, cells.counts.size):
        world = _world(cells, totals, signs, least)
        if world is not None:
            counted = np.asarray(member @ world)
            low, high = np.minimum(low, counted), np.maximum(high, counted)
        if (high - low >= least).all():
            return []
    return [group for group, safe in zip(groups, high - low >= least, strict=True) if not safe]


def _patterns(small: Ints, n_cells: int) -> Iterator[Floats]:
    """Give signs for the small cells, 0 elsewhere: by each binary digit of their place."""
    places = np.arange(small.size)
    for digit in range(max(int(small.size).bit_length(), 1)):
        up = np.where((places >> digit) & 1, 1.0, -1.0)
        for way in (up, -up):
            signs = np.zeros(n_cells)
            signs[small] = way
            yield signs


def _world(cells: _Cells, totals: Floats, aim: Floats, least: float) -> Floats | None:
    """Give other counts that agree with the sums, near the true ones and far along an aim."""
    near = np.column_stack(
        [np.maximum(cells.counts - 2.0 * least, 0.0), cells.counts + 2.0 * least]
    )
    matrix = sp.csr_matrix(cells.shares)
    answer = linprog(-aim, A_eq=matrix, b_eq=totals, bounds=near, method="highs")
    return np.asarray(answer.x, dtype=np.float64) if answer.status == SOLVED else None


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


def _groups(cells: _Cells, small: Ints, least: float) -> list[Ints]:
    """Give the cells to audit: each small one, then pairs of them that are small together."""
    found = [np.array([cell]) for cell in small.tolist()]
    counts = cells.counts[small]
    first, second = np.triu_indices(small.size, k=1)
    together = counts[first] + counts[second]
    pairs = np.flatnonzero(together < least - EXACT)
    nearest = pairs[np.argsort(together[pairs], kind="stable")][:MOST_PAIRS]
    return found + [small[[first[pair], second[pair]]] for pair in nearest.tolist()]


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
