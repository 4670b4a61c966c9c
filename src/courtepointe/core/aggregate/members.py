"""Which units make which areas, and the sums over them: for one area, or for many at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from scipy import sparse

from courtepointe.core.errors import BadInput
from courtepointe.core.typing import Bools, Floats, Ints


class Members(Protocol):
    """Units with the share of each that counts; every share is above 0 and at most 1."""

    @property
    def n_units(self) -> Floats:
        """(n_areas,): how many units each area has."""

    @property
    def whole(self) -> Bools:
        """(n_areas,): whether all of an area's units count whole."""

    def sum(self, matrix: Floats) -> Floats:
        """Add (n_rows, n_units) up by area, each unit by its share: (n_areas, n_rows)."""

    def sum_squared(self, matrix: Floats) -> Floats:
        """Add up by area, each unit by the square of its share."""

    def count(self, used: Bools) -> Floats:
        """Count units by area where (n_rows, n_units) is true: (n_areas, n_rows)."""

    def sum_where(self, used: Bools, unit: Floats) -> Floats:
        """Add a number of each unit up by area and row where ``used``: (n_areas, n_rows)."""

    def rows(self) -> Iterator[tuple[int, Ints, Floats]]:
        """Go through the areas: position, positions of its units, their shares."""


def check_shares(shares: Floats) -> None:
    """Refuse shares that are not between 0 and 1.

    Raises
    ------
    BadInput
        ``core_not_a_number`` or ``core_share_range``.
    """
    if not np.isfinite(shares).all():
        raise BadInput("core_not_a_number", array="shares")
    if shares.size and (shares.min() < 0.0 or shares.max() > 1.0):
        outside = shares[(shares < 0.0) | (shares > 1.0)]
        raise BadInput("core_share_range", value=float(outside[0]))


def _weighed(matrix: Floats | Bools, weights: Floats) -> Floats:
    """Add (n_rows, n_units) up with weights, on one thread: an area is too little for several."""
    return np.asarray(np.einsum("ru,u->r", matrix, weights), np.float64)


@dataclass(frozen=True, slots=True)
class OneArea:
    """One area made of all units of a block.

    Attributes
    ----------
    shares : (n_units,) float, above 0 and at most 1
    """

    shares: Floats

    @property
    def n_units(self) -> Floats:
        """(1,): how many units the area has."""
        counts: Floats = np.array([self.shares.size], np.float64)
        return counts

    @property
    def whole(self) -> Bools:
        """(1,): whether all units count whole."""
        return np.array([bool((self.shares == 1.0).all())])

    def sum(self, matrix: Floats) -> Floats:
        """Add up, each unit by its share."""
        return _weighed(matrix, self.shares)[None, :]

    def sum_squared(self, matrix: Floats) -> Floats:
        """Add up, each unit by the square of its share."""
        return _weighed(matrix, np.square(self.shares))[None, :]

    def count(self, used: Bools) -> Floats:
        """Count units where ``used``."""
        return np.asarray(np.count_nonzero(used, axis=1), np.float64)[None, :]

    def sum_where(self, used: Bools, unit: Floats) -> Floats:
        """Add a number of each unit up where ``used``."""
        weighing = self.shares * unit
        always = used.all(axis=0)
        sums = weighing[always].sum() + _weighed(used[:, ~always], weighing[~always])
        sums[used.all(axis=1)] = weighing.sum()
        return np.asarray(sums)[None, :]

    def rows(self) -> Iterator[tuple[int, Ints, Floats]]:
        """Give the one area."""
        yield 0, np.arange(self.shares.size), self.shares


@dataclass(frozen=True, slots=True)
class ManyAreas:
    """Areas as the rows of a sparse matrix of shares.

    Attributes
    ----------
    shares : (n_areas, n_units) scipy CSR matrix, no stored zeros; make it with `ManyAreas.of`
    """

    shares: Any

    @classmethod
    def of(cls, membership: Any) -> ManyAreas:
        """Check a sparse matrix of shares, drop its zeros, order its columns."""
        shares = sparse.csr_array(membership, dtype=np.float64, copy=True)
        shares.sum_duplicates()
        check_shares(shares.data)
        shares.eliminate_zeros()
        return cls(shares)

    @property
    def n_units(self) -> Floats:
        """(n_areas,): how many units each area has."""
        counts: Floats = np.diff(self.shares.indptr).astype(np.float64)
        return counts

    @property
    def whole(self) -> Bools:
        """(n_areas,): whether all of an area's units count whole."""
        split: Floats = self._like(self.shares.data != 1.0).sum(axis=1)
        return np.asarray(np.equal(split, 0.0))

    def sum(self, matrix: Floats) -> Floats:
        """Add up by area, each unit by its share."""
        return np.asarray(self.shares @ matrix.T)

    def sum_squared(self, matrix: Floats) -> Floats:
        """Add up by area, each unit by the square of its share."""
        return np.asarray(self._like(np.square(self.shares.data)) @ matrix.T)

    def count(self, used: Bools) -> Floats:
        """Count units by area where ``used``."""
        return np.asarray(self._like(np.ones(self.shares.nnz)) @ used.T.astype(np.float64))

    def sum_where(self, used: Bools, unit: Floats) -> Floats:
        """Add a number of each unit up by area where ``used``."""
        return np.asarray(self.shares @ (used * unit).T)

    def rows(self) -> Iterator[tuple[int, Ints, Floats]]:
        """Go through the areas."""
        starts = self.shares.indptr
        for area in range(self.shares.shape[0]):
            span = slice(starts[area], starts[area + 1])
            yield area, self.shares.indices[span].astype(np.int64), self.shares.data[span]

    def _like(self, data: Any) -> Any:
        """Give a matrix of the same places with other numbers."""
        parts = (data.astype(np.float64), self.shares.indices, self.shares.indptr)
        return sparse.csr_array(parts, shape=self.shares.shape)


def membership(*, area: Ints, unit: Ints, share: Floats, n_areas: int, n_units: int) -> Any:
    """Make the sparse matrix of shares from pairs.

    Parameters
    ----------
    area, unit : (n_pairs,) int
        Positions; a pair stands once.
    share : (n_pairs,) float, 0 to 1
    n_areas, n_units : int

    Returns
    -------
    (n_areas, n_units) scipy CSR matrix

    Raises
    ------
    BadInput
        ``core_share_range``, ``core_unit_position``, ``core_not_a_number``.
    """
    check_shares(share)
    for positions, bound in ((area, n_areas), (unit, n_units)):
        if positions.size and (positions.min() < 0 or positions.max() >= bound):
            raise BadInput("core_unit_position", value=int(positions.max()), n_units=bound)
    return sparse.csr_array((share, (area, unit)), shape=(n_areas, n_units))
