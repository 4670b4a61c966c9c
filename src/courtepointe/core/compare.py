"""Tell whether two estimates can be told apart, and how far apart they lie."""

from __future__ import annotations

import math
from dataclasses import dataclass

from courtepointe.core.errors import BadInput


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with what is known of its error.

    Attributes
    ----------
    value : float, in any unit
    low, high : float or None, same unit
        The 95 % interval. None with ``exact``: the value has no error.
    exact : bool
        Counted in full and not rounded. An estimate neither exact nor with an interval has an
        unknown error.
    """

    value: float
    low: float | None = None
    high: float | None = None
    exact: bool = False

    def __post_init__(self) -> None:
        numbers = [n for n in (self.value, self.low, self.high) if n is not None]
        if not all(math.isfinite(n) for n in numbers):
            raise BadInput("estimate_not_finite", value=self.value)

    @property
    def error_known(self) -> bool:
        """Whether a difference from it has a margin that can be computed."""
        return self.exact or (self.low is not None and self.high is not None)

    def _below(self) -> float:
        return 0.0 if self.low is None else max(0.0, self.value - self.low)

    def _above(self) -> float:
        return 0.0 if self.high is None else max(0.0, self.high - self.value)


@dataclass(frozen=True, slots=True)
class Difference:
    """What lies between two estimates.

    Attributes
    ----------
    difference : float
        First minus second, in their unit.
    margin : float or None
        Half-width of the difference's 95 % interval on the side of zero; None where unknown.
    distinguishable : bool or None
        None where the margin is unknown.
    """

    difference: float
    margin: float | None
    distinguishable: bool | None


def difference(first: Estimate, second: Estimate) -> Difference:
    """Subtract the second estimate from the first, with the margin of the difference.

    Parameters
    ----------
    first, second : Estimate
        In the same unit.

    Returns
    -------
    Difference
        Distinguishable when ``|difference| > sqrt(h1**2 + h2**2)``, where each ``h`` is the part of
        the interval that faces the other estimate. A tie is not distinguishable.

    Raises
    ------
    BadInput
        ``estimate_not_finite``, from the estimates themselves.

    Notes
    -----
    Source: method of variance estimates recovery, G. Zou and A. Donner, "Construction of
    confidence limits about effect measures", Statistics in Medicine 27 (2008). With symmetric
    intervals it is the usual difference of independent normal estimates. Guarantee: where the
    first area is a part of the second, their errors are positively correlated and the margin
    given is too wide rather than too narrow, so that no difference is claimed in excess.
    """
    gap = first.value - second.value
    if not (first.error_known and second.error_known):
        return Difference(gap, None, None)
    if gap >= 0:
        margin = math.hypot(first._below(), second._above())
    else:
        margin = math.hypot(first._above(), second._below())
    return Difference(gap, margin, abs(gap) > margin)


def difference_from_whole(part: Estimate, whole: Estimate, *, shared: float) -> Difference:
    """Subtract the estimate of a whole from that of a part of it, which it counts too.

    Parameters
    ----------
    part, whole : Estimate
        In the same unit.
    shared : float, 0 to 1
        What the part weighs in the whole, as far as the two have the same errors: the part's base
        over the whole's for a share, 0 where their errors are not known to be the same.

    Returns
    -------
    Difference
        With ``margin = sqrt(h1**2 + h2**2 - 2 * shared * h1**2)``, and never less than
        ``(1 - shared) * h1``: ``h`` is the part of each interval that faces the other value.

    Raises
    ------
    BadInput
        ``weight_out_of_range``.

    Notes
    -----
    A whole ``W = w * P + (1 - w) * R`` of a part P and a rest R whose errors are independent has
    ``Cov(P, W) = w * Var(P)``, hence ``Var(P - W) = Var(P) + Var(W) - 2 * w * Var(P)``, which is
    ``(1 - w)**2 * (Var(P) + Var(R))``. With intervals in place of variances: G. Zou, "Toward using
    confidence intervals to compare correlations", Psychological Methods 12 (2007), for estimates
    that depend on each other. Guarantee: ``shared=0`` gives `difference`, which is too wide here
    rather than too narrow.
    """
    if not 0.0 <= shared <= 1.0:
        raise BadInput("weight_out_of_range", value=shared, expected="0-1")
    apart = difference(part, whole)
    if apart.margin is None or shared == 0.0:
        return apart
    ours = part._below() if apart.difference >= 0 else part._above()
    squared = apart.margin**2 - 2.0 * shared * ours**2
    margin = max(math.sqrt(max(squared, 0.0)), (1.0 - shared) * ours)
    return Difference(apart.difference, margin, abs(apart.difference) > margin)


def share_effect(first: float, second: float) -> float:
    """Measure how far two shares lie apart, on a scale that treats 2 and 98 percent alike.

    Parameters
    ----------
    first, second : float, percent (0-100)

    Returns
    -------
    float
        Cohen's h in [-pi, pi], positive where the first is greater.

    Raises
    ------
    BadInput
        ``share_out_of_range`` for a share outside 0-100.

    Notes
    -----
    Source: J. Cohen, Statistical Power Analysis for the Behavioral Sciences (1988), chapter 6.
    """
    for share in (first, second):
        if not 0.0 <= share <= 100.0:
            raise BadInput("share_out_of_range", value=share, expected="0-100")
    return 2.0 * (math.asin(math.sqrt(first / 100.0)) - math.asin(math.sqrt(second / 100.0)))


def ratio_effect(first: float, second: float) -> float | None:
    """Measure how far two positive amounts lie apart: the logarithm of their ratio.

    Parameters
    ----------
    first, second : float, same unit

    Returns
    -------
    float or None
        Positive where the first is greater; None where either is not above zero.

    Notes
    -----
    Antisymmetric: exchanging the two changes the sign only.
    """
    if first <= 0.0 or second <= 0.0:
        return None
    return math.log(first / second)
