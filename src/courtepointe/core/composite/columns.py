"""One indicator of one draw, compiled: drawn anew, filled, treated, put on a scale; in place.

Loops without a branch, so that the processor does several numbers at once.
"""

from __future__ import annotations

import numba
import numpy as np

from courtepointe.core.composite.checks import ALIKE
from courtepointe.core.composite.noise import add_normals, compiled, hot_deck, stream
from courtepointe.core.composite.values import Scale

KEEP, FILL_MEAN, FILL_MEDIAN, FILL_DONOR = range(4)
SCALE_CODE = {scale: code for code, scale in enumerate(Scale)}
MIN_MAX, Z, GOALPOSTS, RANK, BORDA, PERCENTILE, AMPI = (SCALE_CODE[one] for one in Scale)

ROW = 32
CROWDED = 48
"""More numbers in a drawer are sorted as all others are."""

several = numba.njit(
    cache=True, nogil=True, error_model="numpy", fastmath={"reassoc", "contract", "nsz", "nnan"}
)
"""For sums and extremes of finite numbers, in any order."""


@several
def moments(values):  # type: ignore[no-untyped-def]
    """Give sample skewness and kurtosis, in two passes."""
    n = len(values)
    mean = 0.0
    for place in range(n):
        mean += values[place]
    mean /= n
    m2 = m3 = m4 = 0.0
    for place in range(n):
        far = values[place] - mean
        square = far * far
        m2 += square
        m3 += square * far
        m4 += square * square
    if m2 == 0.0:
        return 0.0, 0.0
    skew = np.sqrt(n) * m3 / m2**1.5 * np.sqrt(n * (n - 1.0)) / (n - 2.0)
    ratio = n * m4 / (m2 * m2)
    kurtosis = ((n + 1.0) * (ratio - 3.0) + 6.0) * (n - 1.0) / ((n - 2.0) * (n - 3.0))
    return skew, kurtosis


@compiled
def greatest(values):  # type: ignore[no-untyped-def]
    """Give the greatest of finite numbers: of each place of a row first, several at once."""
    held, whole = np.full(ROW, -np.inf), len(values) - len(values) % ROW
    for row in range(0, whole, ROW):
        for place in range(ROW):
            one = values[row + place]
            held[place] = one if one > held[place] else held[place]
    most = -np.inf
    for one in held:
        most = one if one > most else most
    for one in values[whole:]:
        most = one if one > most else most
    return most


@compiled
def extremes(values):  # type: ignore[no-untyped-def]
    """Give the least and the greatest of finite numbers."""
    return -greatest(-values), greatest(values)


@compiled
def pull(values, high):  # type: ignore[no-untyped-def]
    """Bring the farthest values of one end to the next ones."""
    sign = 1.0 if high else -1.0
    held = sign * values
    end = greatest(held)
    for place in range(len(held)):
        held[place] = held[place] if held[place] < end else -np.inf
    near = greatest(held)
    for place in range(len(held)):
        values[place] = sign * (held[place] if held[place] > -np.inf else near)


@compiled
def treated(values, most_points, limits, logarithm):  # type: ignore[no-untyped-def]
    """Draw in, or put on a logarithm, in place; say whether it was a logarithm."""
    skew, kurtosis = moments(values)
    if abs(skew) < limits[0] or kurtosis < limits[1]:
        return False
    original = values.copy()
    for _ in range(most_points):
        pull(values, skew > 0.0)
        skew, kurtosis = moments(values)
        if abs(skew) < limits[0] or kurtosis < limits[1]:
            return False
    if logarithm:
        low, high = extremes(original)
        for place in range(len(values)):
            values[place] = np.log(original[place] - low + 0.01 * (high - low))
    return logarithm


@compiled
def filled(values, known, groups, n_groups, by_median):  # type: ignore[no-untyped-def]
    """Fill gaps by the mean or the median of the group, in place."""
    total, count, middle = np.zeros(n_groups), np.zeros(n_groups), np.empty(n_groups)
    for unit in range(len(values)):
        if known[unit]:
            total[groups[unit]] += values[unit]
            count[groups[unit]] += 1.0
    for group in range(n_groups):
        middle[group] = total[group] / count[group]
        if by_median and count[group] > 0:
            middle[group] = np.median(values[known & (groups == group)])
    for unit in range(len(values)):
        if not known[unit]:
            values[unit] = middle[groups[unit]]


@compiled
def redrawn(told, column, error, known, groups, donors, fill, seed, draw):  # type: ignore[no-untyped-def]
    """Draw an indicator of all units anew, in place: observed values in doubt, gaps filled."""
    start = stream(seed, draw, column)
    add_normals(told, error, start)
    if fill == FILL_DONOR:
        hot_deck(start, told, known, groups, donors)
    elif fill != KEEP:
        filled(told, known, groups, len(donors[1]) - 1, fill == FILL_MEDIAN)


@compiled
def scaled(values, polarity, code, low, high, posts):  # type: ignore[no-untyped-def]
    """Put an indicator on a scale, in place; NaN where it does not vary."""
    if code == GOALPOSTS or (code == AMPI and posts[0] < posts[1]):
        between(values, polarity, code, low, high, posts)
        return
    values *= polarity
    least, most = extremes(values)
    if most - least <= ALIKE * max(most, -least):
        values[:] = np.nan
    elif code == Z:
        mean = values.mean()
        deviation = np.sqrt(((values - mean) ** 2).sum() / (len(values) - 1))
        for place in range(len(values)):
            values[place] = low + high * (values[place] - mean) / deviation
    elif code in (MIN_MAX, AMPI):
        bottom, top = (70.0, 130.0) if code == AMPI else (low, high)
        for place in range(len(values)):
            values[place] = bottom + (top - bottom) * ((values[place] - least) / (most - least))
    else:
        ranked(values, code)


@compiled
def between(values, polarity, code, low, high, posts):  # type: ignore[no-untyped-def]
    """Put an indicator between its goalposts, in place; cut there but for AMPI."""
    bottom, top = (70.0, 130.0) if code == AMPI else (low, high)
    for place in range(len(values)):
        share = (values[place] - posts[0]) / (posts[1] - posts[0])
        share = share if polarity > 0 else 1.0 - share
        if code == GOALPOSTS:
            share = min(max(share, 0.0), 1.0)
        values[place] = bottom + (top - bottom) * share


@compiled
def in_order(values):  # type: ignore[no-untyped-def]
    """Sort numbers that are not all equal: into as many drawers as numbers, then past each other."""
    n = len(values)
    least, most = extremes(values)
    step = (n - 1.0) / (most - least)
    # Numbers as near, or as far, as floats go: no drawer can be told.
    if step == np.inf or most - least == np.inf:
        return np.sort(values)
    drawer, ends = np.empty(n, dtype=np.int64), np.zeros(n + 1, dtype=np.int64)
    for place in range(n):
        drawer[place] = np.int64((values[place] - least) * step)
    for place in range(n):
        ends[drawer[place] + 1] += 1
    if ends.max() > CROWDED:
        return np.sort(values)
    ends = np.cumsum(ends)
    told = np.empty(n)
    for place in range(n):
        told[ends[drawer[place]]] = values[place]
        ends[drawer[place]] += 1
    for place in range(1, n):
        one, before = told[place], place - 1
        while before >= 0 and told[before] > one:
            told[before + 1] = told[before]
            before -= 1
        told[before + 1] = one
    return told


@compiled
def n_under(ordered, values):  # type: ignore[no-untyped-def]
    """Count how many of sorted numbers are less than each of some, halving for all at once."""
    told, left = np.zeros(len(values), dtype=np.int64), len(ordered)
    while left > 0:
        half = (left + 1) // 2
        for place in range(len(values)):
            there = told[place] + half
            told[place] = there if ordered[there - 1] < values[place] else told[place]
        left -= half
    return told


@compiled
def ranked(values, code):  # type: ignore[no-untyped-def]
    """Put ranks from 1 upward in place of values, or what is made of them."""
    ranks = n_under(in_order(values), values)
    for place in range(len(values)):
        if code == RANK:
            values[place] = ranks[place] + 1.0
        elif code == BORDA:
            values[place] = ranks[place]
        else:
            values[place] = ranks[place] / (len(values) - 1.0)
