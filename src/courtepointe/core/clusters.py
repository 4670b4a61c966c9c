"""The best grouping of numbers into runs: optimal k-means in one dimension."""

from __future__ import annotations

import numpy as np

from courtepointe.core.errors import BadInput
from courtepointe.core.typing import Floats, Ints


def best_clusters(values: Floats, weights: Floats, *, number: int) -> Ints:
    """Cut rising values into runs with the least sum of squares within them.

    Parameters
    ----------
    values : (n_values,) float
        Strictly rising.
    weights : (n_values,) float, above 0
        How often each occurs.
    number : int, 1 to n_values

    Returns
    -------
    (number,) int
        Position of the last value of each run.

    Raises
    ------
    BadInput
        ``class_number`` where there are fewer values than runs, or no run.

    Notes
    -----
    H. Wang and M. Song, "Ckmeans.1d.dp: Optimal k-means Clustering in One Dimension by Dynamic
    Programming", The R Journal 3/2 (2011), filled by divide and conquer as in their later work:
    where the best last run of more values begins can only move on. Exact, in O(k n log n); all
    problems of one depth are solved in one sweep of arrays. Of equal sums the earliest cut is kept.
    """
    n_values = values.size
    if not 1 <= number <= n_values:
        raise BadInput("class_number", value=number, expected=n_values)
    cost = _Cost(values, weights)
    ends = np.arange(n_values)
    least = cost(np.zeros(n_values, dtype=np.int64), ends)
    begins = np.zeros((number, n_values), dtype=np.int64)
    for run in range(1, number):
        least, begins[run] = _extend(least, cost, run, n_values)
    cuts = np.empty(number, dtype=np.int64)
    cuts[-1] = n_values - 1
    for run in range(number - 1, 0, -1):
        cuts[run - 1] = begins[run, cuts[run]] - 1
    return cuts


class _Cost:
    """Sums of squares within runs, from running sums around the middle value."""

    def __init__(self, values: Floats, weights: Floats) -> None:
        moved = (values - values[values.size // 2]).astype(np.longdouble)
        heavy = weights.astype(np.longdouble)
        zero = np.zeros(1, dtype=np.longdouble)
        self._weight = np.concatenate([zero, np.cumsum(heavy)])
        self._sum = np.concatenate([zero, np.cumsum(heavy * moved)])
        self._square = np.concatenate([zero, np.cumsum(heavy * moved * moved)])

    def __call__(self, first: Ints, last: Ints) -> Floats:
        """Give the sum of squares of values first..last, both included."""
        weight = self._weight[last + 1] - self._weight[first]
        total = self._sum[last + 1] - self._sum[first]
        square = self._square[last + 1] - self._square[first]
        within: Floats = np.maximum(square - total * total / weight, 0.0).astype(np.float64)
        return within


def _extend(least: Floats, cost: _Cost, run: int, n_values: int) -> tuple[Floats, Ints]:
    """Add one run: the least sums of values 0..i in ``run + 1`` runs, and where the last begins."""
    best = np.full(n_values, np.inf)
    begin = np.zeros(n_values, dtype=np.int64)
    # Open problems: values from..to, whose last run begins between low and high.
    first, last = np.array([run]), np.array([n_values - 1])
    low, high = np.array([run]), np.array([n_values - 1])
    while first.size:
        middle = (first + last) // 2
        best[middle], begin[middle] = _least(least, cost, middle, low, np.minimum(high, middle))
        found = begin[middle]
        left, right = first < middle, middle < last
        first, last, low, high = (
            np.concatenate([first[left], middle[right] + 1]),
            np.concatenate([middle[left] - 1, last[right]]),
            np.concatenate([low[left], found[right]]),
            np.concatenate([found[left], high[right]]),
        )
    return best, begin


def _least(least: Floats, cost: _Cost, ends: Ints, low: Ints, high: Ints) -> tuple[Floats, Ints]:
    """Find for each end the beginning of the last run, between low and high, that costs least."""
    sizes = high - low + 1
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    owner = np.repeat(np.arange(ends.size), sizes)
    begins = np.arange(sizes.sum()) - np.repeat(starts, sizes) + np.repeat(low, sizes)
    sums = least[begins - 1] + cost(begins, ends[owner])
    smallest = np.minimum.reduceat(sums, starts)
    at = np.flatnonzero(sums == smallest[owner])
    _, earliest = np.unique(owner[at], return_index=True)
    return smallest, begins[at[earliest]]
