"""Put values into a few classes whose limits a person can read."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

import numpy as np

from courtepointe.core.clusters import best_clusters
from courtepointe.core.errors import BadInput
from courtepointe.core.typing import Floats, Ints

FAR_OUT = 3.0
"""Interquartile ranges beyond a quartile from where on Tukey calls a value far out."""
FEW = 0.05
"""Far-out values that are more than this part of all are a tail, not outliers."""
ENOUGH = 10
"""Quartiles of fewer values than this say nothing of outliers."""
LEAST_APART = 3
"""With fewer classes than this none is spent on outliers."""


class ClassMethod(StrEnum):
    """How limits between classes are chosen."""

    QUANTILE = "quantile"
    """About as many values in each class."""
    CKMEANS = "ckmeans"
    """The least variance inside classes."""


@dataclass(frozen=True, slots=True)
class Classes:
    """Classes of numbers: class k holds ``borders[k - 1] <= value < borders[k]``.

    Attributes
    ----------
    borders : (n_classes - 1,) tuple of float
        Strictly increasing.
    held : (n_classes,) tuple of (float, float) or None
        Least and greatest value that each class was made of; None where it holds none.
    apart_low, apart_high : bool
        Whether the first, or the last, class was made for outliers.
    declared : bool
        Whether somebody set the borders, whatever the values.
    """

    borders: tuple[float, ...]
    held: tuple[tuple[float, float] | None, ...]
    apart_low: bool = False
    apart_high: bool = False
    declared: bool = False

    def __post_init__(self) -> None:
        ordered = all(a < b for a, b in zip(self.borders, self.borders[1:], strict=False))
        if not ordered or not all(math.isfinite(one) for one in self.borders):
            raise BadInput("class_limits_not_rising", value=_told(self.borders))
        if len(self.held) not in (0, len(self.borders) + 1):
            raise BadInput("class_limits_not_rising", value=_told(self.borders))

    def __len__(self) -> int:
        return len(self.held)

    def of(self, value: float) -> int:
        """Give the position of a value's class, from 0."""
        return bisect_right(self.borders, value)

    def spans(self, low: float, high: float) -> bool:
        """Say whether an interval reaches into more than one class."""
        return self.of(low) != self.of(high)


def classify(
    values: Sequence[float] | Floats, *, method: ClassMethod = ClassMethod.QUANTILE, number: int
) -> Classes:
    """Choose classes for values.

    Parameters
    ----------
    values : (n_values,) float, finite
        All that the classes are to be fixed for: every area, every period.
    method : ClassMethod
    number : int
        At most this many classes.

    Returns
    -------
    Classes
        Equal values are never parted; where there are no more distinct values than classes, each
        is a class. Every class holds a value.

    Raises
    ------
    BadInput
        ``class_number`` under 1, ``class_value_not_finite``.

    Notes
    -----
    Quantiles: class k ends at the value of rank ``ceil(n k / number)``. Ckmeans: see
    `best_clusters`. A few values that lie beyond three interquartile ranges from a quartile (Tukey
    1977, "far out") have a class of their own, so that one outlier does not flatten the others.
    A limit is the roundest number between the greatest value of a class and the least of the next:
    it is easy to read and moves no value.
    """
    if number < 1:
        raise BadInput("class_number", value=number, expected=1)
    held = np.sort(_finite(values))
    if held.size == 0:
        return Classes((), ())
    distinct, counts = np.unique(held, return_counts=True)
    if distinct.size <= number:
        return _between(distinct, np.arange(distinct.size))
    first, last = _apart(held, distinct, number)
    inner, n_inner = distinct[first:last], number - (first > 0) - (last < distinct.size)
    ends = _ends(inner, counts[first:last], method, n_inner) + first
    if first:
        ends = np.concatenate([[first - 1], ends])
    if last < distinct.size:
        ends = np.concatenate([ends, [distinct.size - 1]])
    made = _between(distinct, ends)
    return Classes(made.borders, made.held, bool(first), last < distinct.size)


def fixed(limits: Sequence[float], values: Sequence[float] | Floats) -> Classes:
    """Make classes of declared limits; a class may hold nothing.

    Parameters
    ----------
    limits : (n_classes - 1,) float, rising
        Values below the first and from the last on have a class too.
    values : (n_values,) float, finite

    Raises
    ------
    BadInput
        ``class_limits_not_rising``, ``class_value_not_finite``.
    """
    made = Classes(tuple(limits), (None,) * (len(limits) + 1))
    known = _finite(values)
    place = np.searchsorted(np.array(made.borders), known, side="right")
    held: list[tuple[float, float] | None] = []
    for one in range(len(made)):
        mine = known[place == one]
        held.append((float(mine.min()), float(mine.max())) if mine.size else None)
    return Classes(made.borders, tuple(held), declared=True)


def _finite(values: Sequence[float] | Floats) -> Floats:
    known = np.asarray(values, dtype=np.float64)
    if not np.isfinite(known).all():
        raise BadInput("class_value_not_finite")
    return known


def roundest_between(after: float, upto: float) -> float:
    """Give the roundest number ``after < x <= upto``: a multiple of the largest 1, 2 or 5 x 10^k.

    Of several such multiples the one nearest the middle is given, the lower where two are alike.
    """
    low, high = Decimal(repr(float(after))), Decimal(repr(float(upto)))
    if low < 0 <= high:
        return 0.0
    power = max(abs(low), abs(high)).adjusted() + 1
    while True:
        for digit in (5, 2, 1):
            step = Decimal(digit).scaleb(power)
            first, last = low // step, high // step
            found = [
                n * step for n in _near(first - 1, last + 1, (low + high) / 2 / step)
                if low < n * step <= high and after < float(n * step) <= upto
            ]  # fmt: skip
            if found:
                return float(min(found, key=lambda x: (abs(x - (low + high) / 2), x)))
        power -= 1


def _near(first: Decimal, last: Decimal, middle: Decimal) -> list[Decimal]:
    """Give the whole numbers of a range that lie nearest to its middle."""
    whole = middle.to_integral_value()
    return [n for n in (whole - 1, whole, whole + 1) if first <= n <= last]


def _between(distinct: Floats, ends: Ints) -> Classes:
    """Make classes that end at positions among distinct values."""
    starts = np.concatenate([[0], ends[:-1] + 1])
    held = tuple(
        (float(distinct[a]), float(distinct[b])) for a, b in zip(starts, ends, strict=True)
    )
    borders = tuple(
        roundest_between(float(distinct[e]), float(distinct[e + 1])) for e in ends[:-1].tolist()
    )
    return Classes(borders, held)


def _apart(held: Floats, distinct: Floats, number: int) -> tuple[int, int]:
    """Give where the values that are no outliers begin and end, as positions among distinct ones."""
    none = (0, int(distinct.size))
    if number < LEAST_APART or held.size < ENOUGH:
        return none
    lower, upper = np.percentile(held, [25, 75])
    reach = FAR_OUT * (upper - lower)
    if reach <= 0.0:
        return none
    first = int(np.searchsorted(distinct, lower - reach, side="left"))
    last = int(np.searchsorted(distinct, upper + reach, side="right"))
    far_low = int((held < lower - reach).sum())
    far_high = int((held > upper + reach).sum())
    first = first if 0 < far_low <= max(1, FEW * held.size) else 0
    last = last if 0 < far_high <= max(1, FEW * held.size) else none[1]
    return first, last


def _ends(distinct: Floats, counts: Ints, method: ClassMethod, number: int) -> Ints:
    if distinct.size <= number:
        return np.arange(distinct.size)
    if method is ClassMethod.CKMEANS:
        return best_clusters(distinct, counts.astype(np.float64), number=number)
    below = np.cumsum(counts)
    ranks = -(-below[-1] * np.arange(1, number + 1) // number)
    ends: Ints = np.unique(np.searchsorted(below, ranks, side="left"))
    return ends


def _told(limits: Sequence[float]) -> str:
    return ", ".join(f"{one:g}" for one in limits)
