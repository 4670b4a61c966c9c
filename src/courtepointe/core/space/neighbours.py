"""Which units are neighbours, and how much each counts: a sparse structure that cannot be changed."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from courtepointe.core.errors import BadInput
from courtepointe.core.space.checks import check_length
from courtepointe.core.typing import Bools, Floats, Ints


@dataclass(frozen=True, slots=True)
class Sums:
    """What the variances of all statistics of space are made of.

    Attributes
    ----------
    s0 : float
        All weights together.
    s1 : float
        Half the sum of ``(w_ij + w_ji)**2``.
    s2 : float
        The sum over units of ``(w_i. + w_.i)**2``.
    """

    s0: float
    s1: float
    s2: float


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The neighbours of each unit.

    Attributes
    ----------
    first : (n_units + 1,) int
        Where the neighbours of each unit begin in the next two.
    unit : (n_pairs,) int
        Positions of neighbours, rising for each unit.
    weight : (n_pairs,) float, above 0

    Raises
    ------
    BadInput
        ``space_first``, ``space_position``, ``space_weight``.
    """

    first: Ints
    unit: Ints
    weight: Floats

    def __post_init__(self) -> None:
        first, unit = self.first, self.unit
        sound = first.size > 0 and first[0] == 0 and first[-1] == unit.size
        if not sound or (np.diff(first) < 0).any() or self.weight.shape != unit.shape:
            raise BadInput("space_first", value=unit.size)
        inside = (unit >= 0) & (unit < self.n_units)
        again = (np.diff(unit) <= 0) & (np.diff(self.row) == 0)
        wrong = np.flatnonzero(~inside | np.append(again, False))
        if wrong.size:
            raise BadInput("space_position", position=int(wrong[0]), value=int(unit[wrong[0]]))
        wrong = np.flatnonzero(~(np.isfinite(self.weight) & (self.weight > 0.0)))
        if wrong.size:
            place = int(wrong[0])
            raise BadInput("space_weight", position=place, value=float(self.weight[place]))

    @property
    def n_units(self) -> int:
        """How many units there are."""
        return self.first.size - 1

    @property
    def counts(self) -> Ints:
        """How many neighbours each unit has: (n_units,)."""
        return np.diff(self.first)

    @property
    def row(self) -> Ints:
        """Whose neighbour each is: (n_pairs,)."""
        return np.repeat(np.arange(self.n_units), self.counts)

    @property
    def islands(self) -> Ints:
        """Positions of units without a neighbour."""
        return np.flatnonzero(self.counts == 0)

    def of(self, unit: int) -> Ints:
        """Give the neighbours of a unit."""
        return self.unit[self.first[unit] : self.first[unit + 1]]

    def lag(self, values: Floats) -> Floats:
        """Give the weighted sum of the neighbours' values; 0 for a unit without neighbours.

        Parameters
        ----------
        values : (n_units,) float
        """
        check_length("values", values, self.n_units)
        return self.summed(self.weight * values[self.unit])

    def summed(self, told: Floats) -> Floats:
        """Add up for each unit what is told of its pairs: (n_pairs,) to (n_units,)."""
        return np.bincount(self.row, weights=told, minlength=self.n_units).astype(np.float64)

    def matrix(self) -> sparse.csr_array:
        """Give the weights as a sparse matrix: (n_units, n_units)."""
        shape = (self.n_units, self.n_units)
        return sparse.csr_array((self.weight, self.unit, self.first), shape=shape)

    def sums(self) -> Sums:
        """Give the sums that variances are made of."""
        weights = self.matrix()
        both = (weights + weights.T).tocsr()
        ends = np.asarray(weights.sum(axis=1)).ravel() + np.asarray(weights.sum(axis=0)).ravel()
        s1 = float(np.square(both.data).sum()) / 2.0
        return Sums(float(self.weight.sum()), s1, float(np.square(ends).sum()))

    def standardised(self) -> Neighbours:
        """Give the same with weights that add up to 1 for each unit: lags become means."""
        return replace(self, weight=self.weight / self.summed(self.weight)[self.row])

    def binary(self) -> Neighbours:
        """Give the same with a weight of 1 for each neighbour."""
        return replace(self, weight=np.ones(self.unit.size))

    def with_self(self) -> Neighbours:
        """Give the same with each unit among its own neighbours, with a weight of 1."""
        every = np.arange(self.n_units)
        row, unit = np.append(self.row, every), np.append(self.unit, every)
        return from_pairs(
            row, unit, np.append(self.weight, np.ones(every.size)), n_units=every.size
        )

    def narrowed(self, kept: Bools) -> Neighbours:
        """Give the neighbours among some units only, by their new positions; weights as they were.

        Parameters
        ----------
        kept : (n_units,) bool
        """
        check_length("kept", kept, self.n_units)
        place = np.cumsum(kept) - 1
        both = kept[self.row] & kept[self.unit]
        return from_pairs(
            place[self.row[both]],
            place[self.unit[both]],
            self.weight[both],
            n_units=int(kept.sum()),
        )


def from_pairs(row: Ints, unit: Ints, weight: Floats | None = None, *, n_units: int) -> Neighbours:
    """Make neighbours from pairs in any order, each once.

    Parameters
    ----------
    row, unit : (n_pairs,) int
        A unit, and a neighbour of it; both ways where both are neighbours of each other.
    weight : (n_pairs,) float, optional
        1 each where none is given.
    n_units : int

    Raises
    ------
    BadInput
        ``space_position``, ``space_weight``.
    """
    held = np.ones(row.size) if weight is None else weight
    wrong = np.flatnonzero((row < 0) | (row >= n_units))
    if wrong.size:
        raise BadInput("space_position", position=int(wrong[0]), value=int(row[wrong[0]]))
    order = np.lexsort((unit, row))
    first = np.zeros(n_units + 1, dtype=np.int64)
    np.cumsum(np.bincount(row, minlength=n_units), out=first[1:])
    return Neighbours(first, unit[order].astype(np.int64), held[order].astype(np.float64))
