"""Values far away from the others: found by skewness and kurtosis, drawn in, or put on a logarithm."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from courtepointe.core.composite.checks import check_whole
from courtepointe.core.composite.values import Treatment
from courtepointe.core.errors import BadInput
from courtepointe.core.typing import Bools, Floats, Ints

LEAST_UNITS = 4
"""Kurtosis divides by n - 3."""
LOG_OFFSET = 0.01


@dataclass(frozen=True, slots=True)
class Treated:
    """Values after treatment, and what was done to each indicator.

    Attributes
    ----------
    values : (n_units, n_indicators) float
    n_drawn_in : (n_indicators,) int
        Steps of winsorisation; 0 where a logarithm was taken instead.
    logged : (n_indicators,) bool
    still_far : (n_indicators,) bool
        Neither did: the values are those that the last means gave.
    skew, kurtosis : (n_indicators,) float
        Before treatment.
    skew_after, kurtosis_after : (n_indicators,) float
    """

    values: Floats
    n_drawn_in: Ints
    logged: Bools
    still_far: Bools
    skew: Floats
    kurtosis: Floats
    skew_after: Floats
    kurtosis_after: Floats


def skewness(values: Floats) -> float:
    """Give the sample skewness G1 of values that are not all equal; 0 for those that are.

    Notes
    -----
    Source: D. N. Joanes and C. A. Gill, "Comparing measures of sample skewness and kurtosis",
    The Statistician 47 (1998).
    """
    n = len(values)
    far = values - values.mean()
    squares = float((far**2).sum())
    if squares == 0.0:
        return 0.0
    plain = np.sqrt(n) * float((far**3).sum()) / squares**1.5
    return float(plain * np.sqrt(n * (n - 1)) / (n - 2))


def excess_kurtosis(values: Floats) -> float:
    """Give the sample kurtosis G2, 0 for a normal law and for values all equal; same source."""
    n = len(values)
    far = values - values.mean()
    squares = float((far**2).sum())
    if squares == 0.0:
        return 0.0
    ratio = n * float((far**4).sum()) / squares**2
    return ((n + 1) * (ratio - 3.0) + 6.0) * (n - 1) / ((n - 2) * (n - 3))


def is_far(values: Floats, rule: Treatment) -> bool:
    """Say whether some values of an indicator are far from the others, by the rule's two limits."""
    return abs(skewness(values)) >= rule.skew and excess_kurtosis(values) >= rule.kurtosis


def draw_in(values: Floats, rule: Treatment) -> tuple[Floats, int]:
    """Bring the farthest values to the next ones, on the side the skewness points to.

    Parameters
    ----------
    values : (n_units,) float
    rule : Treatment

    Returns
    -------
    values : (n_units,) float
    n_drawn_in : int
        Steps; values that are equal move together, in one step.
    """
    told = values.copy()
    for step in range(rule.most_points):
        if not is_far(told, rule):
            return told, step
        high = skewness(told) > 0.0
        end = told.max() if high else told.min()
        others = told[told != end]
        told[told == end] = others.max() if high else others.min()
    return told, rule.most_points


def logarithm(values: Floats) -> Floats:
    """Put values on a logarithm that any range has: ``log(x - min + 0.01 (max - min))``."""
    low, high = values.min(), values.max()
    logged: Floats = np.log(values - low + LOG_OFFSET * (high - low))
    return logged


def treat(values: Floats, rule: Treatment | None) -> Treated:
    """Treat each indicator that needs it.

    Parameters
    ----------
    values : (n_units, n_indicators) float
    rule : Treatment or None
        None measures and leaves all as it is.

    Returns
    -------
    Treated

    Raises
    ------
    BadInput
        ``composite_gap``, ``composite_few_units``.

    Notes
    -----
    Source: OECD and JRC, "Handbook on constructing composite indicators" (2008); the order
    (winsorise, else a logarithm of the original values) and the limits are those of COINr
    (W. Becker and others, Journal of Open Source Software 7, 2022).
    """
    check_whole(values)
    if len(values) < LEAST_UNITS:
        raise BadInput("composite_few_units", value=len(values), expected=LEAST_UNITS)
    told, n_drawn_in, logged, still = values.copy(), [], [], []
    for column in told.T:
        done = _treated(column, rule) if rule else (column, 0, False)
        column[:] = done[0]
        n_drawn_in.append(done[1])
        logged.append(done[2])
        still.append(rule is not None and is_far(done[0], rule))
    return Treated(
        told, np.array(n_drawn_in, dtype=np.int64), np.array(logged), np.array(still),
        np.array([skewness(one) for one in values.T]),
        np.array([excess_kurtosis(one) for one in values.T]),
        np.array([skewness(one) for one in told.T]),
        np.array([excess_kurtosis(one) for one in told.T]),
    )  # fmt: skip


def _treated(column: Floats, rule: Treatment) -> tuple[Floats, int, bool]:
    drawn, steps = draw_in(column, rule)
    if not (rule.logarithm and is_far(drawn, rule)):
        return drawn, steps, False
    return logarithm(column), 0, True
