"""A group beside the others who answered: the gap between two shares, and whether chance alone may make it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy.special import ndtr

from courtepointe.core.survey.estimates import Estimate


@dataclass(frozen=True, slots=True)
class Gap:
    """A share less another, in share (-1 to 1).

    Attributes
    ----------
    value, low, high : float
    p_value : float
        The chance of a gap at least as great where both are the same; many gaps read together are held up
        with `courtepointe.core.multiplicity.false_discovery`.
    """

    value: float
    low: float
    high: float
    p_value: float


def gap_of(group: Estimate, others: Estimate) -> Gap:
    """Give the gap between the shares of two groups that hold nobody in common.

    Parameters
    ----------
    group, others : Estimate
        From `courtepointe.core.survey.estimates.weighted_share`.

    Returns
    -------
    Gap

    Notes
    -----
    Interval: R. G. Newcombe, "Interval estimation for the difference between independent proportions", Statistics
    in Medicine 17 (1998), method 10: the two score intervals, put together. Test: the pooled score test. Both at the
    effective numbers of answers.
    """
    value = group.value - others.value
    low = value - math.hypot(group.value - group.low, others.high - others.value)
    high = value + math.hypot(group.high - group.value, others.value - others.low)
    return Gap(value, max(-1.0, low), min(1.0, high), _p_value(group, others))


def _p_value(group: Estimate, others: Estimate) -> float:
    n, m = group.n_effective, others.n_effective
    pooled = (group.value * n + others.value * m) / (n + m)
    variance = pooled * (1.0 - pooled) * (1.0 / n + 1.0 / m)
    if variance <= 0.0:
        return 1.0
    return float(2.0 * ndtr(-abs(group.value - others.value) / math.sqrt(variance)))
