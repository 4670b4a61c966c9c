"""The published cells of several variables over the same units, ready to be added up."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

from courtepointe.core.errors import BadInput
from courtepointe.core.intervals import sampling_variance
from courtepointe.core.rounding import check_base
from courtepointe.core.typing import Bools, Floats, Ints

Array = TypeVar("Array", Floats, Bools, Ints)


@dataclass(frozen=True, slots=True)
class CellBlock:
    """Cells by variable and unit; make it with `CellBlock.of`, narrow it with `pick`.

    Attributes
    ----------
    values : (n_variables, n_units) float
        0 where not ``known``: a place holder that no rule reads.
    known : (n_variables, n_units) bool
        Whether the publisher states a value.
    variance : (n_variables, n_units) float
        What a value errs by beside its random rounding: its sample, read from the published
        interval, and the last step that it is published to; 0 where there is neither.
    lacking : (n_variables, n_units) bool
        Known cells of a sampled variable whose interval is not published.
    rounded_to : (n_variables,) int
        Base of random rounding; 0 where not rounded.
    sampled : (n_variables,) bool
        Declared so, or with at least one published interval.
    people : (n_units,) float, persons
        What a unit weighs in coverage; see `CellBlock.of`.
    """

    values: Floats
    known: Bools
    variance: Floats
    lacking: Bools
    rounded_to: Ints
    sampled: Bools
    people: Floats

    @classmethod
    def of(
        cls,
        *,
        values: Floats,
        known: Bools,
        people: Floats,
        people_known: Bools | None = None,
        low: Floats | None = None,
        high: Floats | None = None,
        has_interval: Bools | None = None,
        rounded_to: Ints | None = None,
        sampled: Bools | None = None,
        steps: Floats | None = None,
    ) -> CellBlock:
        """Check a publisher's arrays and make a block of them.

        Parameters
        ----------
        values, low, high : (n_variables, n_units) float
            Anything, NaN too, where ``known`` or ``has_interval`` is false.
        known, has_interval : (n_variables, n_units) bool
        people : (n_units,) float, persons
        people_known : (n_units,) bool
            All, where not given.
        rounded_to : (n_variables,) int
        sampled : (n_variables,) bool
        steps : (n_variables,) float, not negative
            Multiples that means and rates are published to, 0.1 for years; 0 for none.

        Raises
        ------
        BadInput
            ``core_shape``, ``core_not_a_number``, ``core_negative_count`` (people),
            ``core_interval_reversed``, ``core_rounding_base``.

        Notes
        -----
        A unit whose people are not known weighs in coverage as the mean of those that are known;
        where none is, units weigh alike and coverage is by number of units. A value rounded the
        usual way to a step errs evenly by half of it at most: its variance is ``step**2 / 12``.
        """
        values = _matrix("values", values)
        n_variables, n_units = values.shape
        known = _same_shape("known", known, (n_variables, n_units))
        if not np.isfinite(values, out=np.ones(values.shape, bool), where=known).all():
            raise BadInput("core_not_a_number", array="values")
        filled = np.zeros(values.shape, order="F")
        np.copyto(filled, values, where=known)
        variance, shown = _intervals(known, low, high, has_interval)
        bases = np.zeros(n_variables, np.int64) if rounded_to is None else rounded_to
        asked = np.zeros(n_variables, np.bool_) if sampled is None else sampled
        for base in _same_shape("rounded_to", bases, (n_variables,)):
            check_base(int(base))
        asked = _same_shape("sampled", asked, (n_variables,)) | shown.any(axis=1)
        if steps is not None:
            half = _same_shape("steps", steps, (n_variables,))
            variance = variance + np.where(known, np.square(half)[:, None] / 12.0, 0.0)
        return cls(
            values=filled,
            known=np.asfortranarray(known),
            variance=np.asfortranarray(variance),
            lacking=np.asfortranarray(known & asked[:, None] & ~shown),
            rounded_to=np.asarray(bases, np.int64),
            sampled=asked,
            people=_weighing_people(people, people_known, n_units),
        )

    @property
    def n_units(self) -> int:
        """How many units it has."""
        return int(self.values.shape[1])

    def pick(self, units: Ints) -> CellBlock:
        """Give the block of some units, in the order given.

        Parameters
        ----------
        units : (n_picked,) int
            Positions of units.

        Raises
        ------
        BadInput
            ``core_unit_position``.
        """
        if units.size and (units.min() < 0 or units.max() >= self.n_units):
            raise BadInput("core_unit_position", value=int(units.max()), n_units=self.n_units)
        return replace(
            self,
            values=_picked(self.values, units),
            known=np.ascontiguousarray(_picked(self.known, units)),
            variance=_picked(self.variance, units),
            lacking=np.ascontiguousarray(_picked(self.lacking, units)),
            people=self.people.take(units),
        )

    def narrowed(self, variables: Ints, units: Ints) -> CellBlock:
        """Give the block of some variables alone, and of some units.

        Parameters
        ----------
        variables : (n_picked,) int
            Positions of variables.
        units : (n_picked,) int
            Positions of units.
        """
        spots = np.ix_(variables, units)
        return CellBlock(
            np.asfortranarray(self.values[spots]),
            self.known[spots],
            np.asfortranarray(self.variance[spots]),
            self.lacking[spots],
            self.rounded_to[variables],
            self.sampled[variables],
            self.people[units],
        )


def _picked(matrix: Array, units: Ints) -> Array:
    """Take columns of a matrix whose columns lie together in memory: a unit is one short read."""
    return np.asarray(matrix.T.take(units, axis=0).T)


def _matrix(name: str, array: Floats) -> Floats:
    if array.ndim != 2:
        raise BadInput("core_shape", array=name, shape=array.shape, expected="2 axes")
    return np.asarray(array, dtype=np.float64)


def _same_shape(name: str, array: Array, shape: tuple[int, ...]) -> Array:
    if array.shape != shape:
        raise BadInput("core_shape", array=name, shape=array.shape, expected=shape)
    return array


def _intervals(
    known: Bools, low: Floats | None, high: Floats | None, has: Bools | None
) -> tuple[Floats, Bools]:
    """Read the variances, and tell where an interval is published."""
    if low is None or high is None or has is None:
        return np.zeros(known.shape, order="F"), np.zeros(known.shape, np.bool_)
    for name, array in (("low", low), ("high", high)):
        _same_shape(name, array, known.shape)
    shown = _same_shape("has_interval", has, known.shape) & known
    variance = np.zeros(known.shape, order="F")
    rows = np.flatnonzero(shown.any(axis=1))
    variance[rows] = sampling_variance(low[rows], high[rows], shown[rows])
    return variance, shown


def _weighing_people(people: Floats, known: Bools | None, n_units: int) -> Floats:
    """Give each unit its weight in coverage."""
    people = _same_shape("people", people, (n_units,))
    there = np.ones(n_units, np.bool_) if known is None else known
    told = people[_same_shape("people_known", there, (n_units,))]
    if not np.isfinite(told).all():
        raise BadInput("core_not_a_number", array="people")
    if (told < 0.0).any():
        raise BadInput("core_negative_count", value=float(told.min()))
    stand_in = float(told.mean()) if told.size and told.sum() > 0.0 else 1.0
    return np.where(there, people, stand_in)
