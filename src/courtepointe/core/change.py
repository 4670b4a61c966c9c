"""What lies between two editions of one quantity, with its interval, and what may be said of it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

from courtepointe.core.compare import Estimate


class Statement(StrEnum):
    """What may be said of a change."""

    HIGHER = "higher"
    LOWER = "lower"
    UNCHANGED = "unchanged"
    """Counted in full both times, and the same."""
    NOT_DISTINGUISHABLE = "not_distinguishable"
    """The interval of the change holds zero."""
    UNKNOWN = "unknown"
    """The error of one of the two is not known."""


@dataclass(frozen=True, slots=True)
class Change:
    """How much a quantity changed.

    Attributes
    ----------
    difference : float
        After minus before, in their unit; percentage points for shares.
    low, high : float or None
        Its 95 % interval; None where counted in full, or where an error is unknown.
    percent, percent_low, percent_high : float or None
        The same in percent of the former value; None where that value is not above zero. The
        interval is None also where the former value's own interval reaches zero.
    counted_in_full : bool
        Both were counted in full and not rounded: the change has no margin, and nothing is said
        of its significance.
    """

    difference: float
    low: float | None
    high: float | None
    percent: float | None
    percent_low: float | None
    percent_high: float | None
    statement: Statement
    counted_in_full: bool


def change(before: Estimate, after: Estimate) -> Change:
    """Subtract a former value from a later one, with the interval of the change.

    Parameters
    ----------
    before, after : Estimate
        In the same unit, from independent releases.

    Returns
    -------
    Change
        ``higher`` or ``lower`` where the interval lies on one side of zero without touching it;
        of full counts the sign of the difference itself.

    Raises
    ------
    BadInput
        ``estimate_not_finite``, from the estimates themselves.

    Notes
    -----
    Source: method of variance estimates recovery, G. Zou and A. Donner, "Construction of
    confidence limits about effect measures", Statistics in Medicine 27 (2008); for the ratio
    A. Donner and G. Zou, "Closed-form confidence intervals for functions of the normal mean and
    standard deviation", Statistical Methods in Medical Research 21 (2012). With symmetric intervals
    the first is the usual difference of independent normal estimates. The two releases are taken
    as independent: people who answered twice make the interval too wide, never too narrow.
    """
    gap = after.value - before.value
    if before.exact and after.exact:
        return Change(gap, None, None, _percent(before, after), None, None, _counted(gap), True)
    if not (before.error_known and after.error_known):
        percent = _percent(before, after)
        return Change(gap, None, None, percent, None, None, Statement.UNKNOWN, False)
    low = gap - math.hypot(after.value - _low(after), _high(before) - before.value)
    high = gap + math.hypot(_high(after) - after.value, before.value - _low(before))
    percent_low, percent_high = _percent_interval(before, after)
    statement = Statement.NOT_DISTINGUISHABLE
    if low > 0.0:
        statement = Statement.HIGHER
    elif high < 0.0:
        statement = Statement.LOWER
    percent = _percent(before, after)
    return Change(gap, low, high, percent, percent_low, percent_high, statement, False)


def _counted(gap: float) -> Statement:
    if gap == 0.0:
        return Statement.UNCHANGED
    return Statement.HIGHER if gap > 0.0 else Statement.LOWER


def _low(estimate: Estimate) -> float:
    return estimate.value if estimate.low is None else min(estimate.low, estimate.value)


def _high(estimate: Estimate) -> float:
    return estimate.value if estimate.high is None else max(estimate.high, estimate.value)


def _percent(before: Estimate, after: Estimate) -> float | None:
    if before.value <= 0.0:
        return None
    return 100.0 * (after.value / before.value - 1.0)


def _percent_interval(before: Estimate, after: Estimate) -> tuple[float | None, float | None]:
    """Give the ends of the ratio's interval, less one, in percent."""
    a, a_low, a_high = after.value, _low(after), _high(after)
    b, b_low, b_high = before.value, _low(before), _high(before)
    if b_low <= 0.0 or b_high >= 2.0 * b or a_low < 0.0:
        return None, None
    product = a * b
    below = product * product - a_low * b_high * (2.0 * a - a_low) * (2.0 * b - b_high)
    above = product * product - a_high * b_low * (2.0 * a - a_high) * (2.0 * b - b_low)
    low = (product - math.sqrt(max(below, 0.0))) / (b_high * (2.0 * b - b_high))
    high = (product + math.sqrt(max(above, 0.0))) / (b_low * (2.0 * b - b_low))
    return 100.0 * (low - 1.0), 100.0 * (high - 1.0)
