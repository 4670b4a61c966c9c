"""Indices of inequality. People and minutes come first (`coverage.gap`); these come after."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from courtepointe.core.access.checks import check_counts, check_shape
from courtepointe.core.errors import BadInput
from courtepointe.core.typing import Floats, Ints


def gini(values: Floats, weights: Floats | None = None) -> float:
    """Give the Gini coefficient: half the mean difference between two people, over the mean.

    Parameters
    ----------
    values : (n,) float, not negative
    weights : (n,) float, optional
        People who have each value.

    Returns
    -------
    float
        0 where all have the same, towards 1 where one has all.

    Raises
    ------
    BadInput
        ``core_shape``, ``access_count``, ``access_nobody``, ``equity_nothing`` (nobody has any).
    """
    x, w = _held(values, weights)
    mean = _mean_above_zero(x, w)
    order = np.argsort(x, kind="stable")
    x, w = x[order], w[order]
    whole = w.sum()
    told = (w * x * (2.0 * np.cumsum(w) - w - whole)).sum() / (whole**2 * mean)
    return max(float(told), 0.0)


@dataclass(frozen=True, slots=True)
class Theil:
    """Theil's two indices, each the sum of what is between groups and what is within them.

    Attributes
    ----------
    t, log_deviation : float
        Theil T, which looks at the top; Theil L, the mean log deviation, which looks at the bottom:
        infinite where somebody has nothing.
    t_between, log_deviation_between : float
        What would be left if everybody had the mean of their group.
    """

    t: float
    log_deviation: float
    t_between: float
    log_deviation_between: float


def theil(values: Floats, weights: Floats | None = None, *, group: Ints | None = None) -> Theil:
    """Give Theil's indices T and L, with the part between groups.

    Parameters
    ----------
    values : (n,) float, not negative
    weights : (n,) float, optional
    group : (n,) int, optional
        From 0; else all are of one group, and nothing is between.

    Returns
    -------
    Theil

    Raises
    ------
    BadInput
        As `gini`.
    """
    x, w = _held(values, weights)
    mean = _mean_above_zero(x, w)
    whole = w.sum()
    t, low = _theil(x, w / whole, mean)
    if group is None:
        return Theil(t, low, 0.0, 0.0)
    check_shape("group", group, values.shape)
    of_group = group if weights is None else group[weights > 0.0]
    people = np.bincount(of_group, weights=w)
    sums = np.bincount(of_group, weights=w * x)
    held = people > 0.0
    between = _theil(sums[held] / people[held], people[held] / whole, mean)
    return Theil(t, low, *between)


def _theil(x: Floats, part: Floats, mean: float) -> tuple[float, float]:
    ratio = x / mean
    some = ratio > 0.0
    t = float((part[some] * ratio[some] * np.log(ratio[some])).sum())
    low = float(-(part[some] * np.log(ratio[some])).sum()) if some.all() else float("inf")
    # Equal values may fall a hair below 0.
    return max(t, 0.0), max(low, 0.0)


@dataclass(frozen=True, slots=True)
class Concentration:
    """How a value leans towards those of low or of high rank.

    Attributes
    ----------
    index : float
        Below 0 where those of low rank have more.
    erreygers, wagstaff : float
        The same corrected for a value that lies between 0 and 1 (a share, covered or not); NaN for
        Wagstaff's where all have 1.
    """

    index: float
    erreygers: float
    wagstaff: float


def concentration(values: Floats, rank: Floats, weights: Floats | None = None) -> Concentration:
    """Give the concentration index of a value along a rank.

    Parameters
    ----------
    values : (n,) float, not negative
    rank : (n,) float
        What people are ordered by, the least first: income, say. Those who are equal share the middle.
    weights : (n,) float, optional

    Returns
    -------
    Concentration

    Raises
    ------
    BadInput
        As `gini`; ``equity_rank`` where a rank is not a number.

    Notes
    -----
    2 cov(h, R) / mean, R the part of the people below, half of one's equals included: Kakwani, Wagstaff
    and van Doorslaer 1997 (*Journal of Econometrics* 77). Corrected: Erreygers 2009 (4 mean C; *Journal of
    Health Economics* 28), Wagstaff 2005 (C / (1 - mean); *Health Economics* 14).
    """
    check_shape("rank", rank, values.shape)
    if np.isnan(rank).any():
        raise BadInput("equity_rank", position=int(np.flatnonzero(np.isnan(rank))[0]))
    x, w = _held(values, weights)
    ranked = rank if weights is None else rank[weights > 0.0]
    mean = _mean_above_zero(x, w)
    part = w / w.sum()
    _, level = np.unique(ranked, return_inverse=True)
    people = np.bincount(level.ravel(), weights=part)
    middle = (np.cumsum(people) - people / 2.0)[level.ravel()]
    index = 2.0 * float((part * (x - mean) * (middle - 0.5)).sum()) / mean
    bounded = index / (1.0 - mean) if mean < 1.0 else float("nan")
    return Concentration(index, 4.0 * mean * index, bounded)


@dataclass(frozen=True, slots=True)
class KolmPollak:
    """A burden that all bear alike and that weighs as much as the one that is borne.

    Attributes
    ----------
    equivalent : float
        In the values' unit (minutes): the mean, and more where the burden is unequal.
    index : float
        By how much more.
    kappa : float
        How much the unequal weighs, of one over the values' unit.
    """

    equivalent: float
    index: float
    kappa: float


def kolm_pollak(
    values: Floats, weights: Floats | None = None, *, aversion: float = -1.0
) -> KolmPollak:
    """Give the equally distributed equivalent of a burden: minutes, metres.

    Parameters
    ----------
    values : (n,) float, not negative
    weights : (n,) float, optional
    aversion : float, below 0
        -1 by custom; nearer to 0 minds the unequal less.

    Returns
    -------
    KolmPollak

    Raises
    ------
    BadInput
        As `gini`; ``equity_aversion``.

    Notes
    -----
    kappa = aversion sum(w a) / sum(w a^2); equivalent = -ln(sum(w exp(-kappa a)) / sum(w)) / kappa: Logan
    and others 2021 (*Computers, Environment and Urban Systems* 86).
    """
    if not aversion < 0.0:
        raise BadInput("equity_aversion", value=aversion)
    x, w = _held(values, weights)
    mean = _mean_above_zero(x, w)
    kappa = aversion * float((w * x).sum() / (w * x**2).sum())
    powers = -kappa * x
    top = powers.max()
    equivalent = -(top + np.log((w * np.exp(powers - top)).sum() / w.sum())) / kappa
    return KolmPollak(float(equivalent), float(equivalent) - mean, kappa)


def _held(values: Floats, weights: Floats | None) -> tuple[Floats, Floats]:
    """Check values and weights; keep those whom somebody has."""
    check_counts("values", values)
    w = np.ones(len(values)) if weights is None else weights
    check_shape("weights", w, values.shape)
    check_counts("weights", w)
    held = w > 0.0
    if not held.any():
        raise BadInput("access_nobody", array="weights")
    return values[held], w[held]


def _mean_above_zero(x: Floats, w: Floats) -> float:
    mean = float((w * x).sum() / w.sum())
    if mean <= 0.0:
        raise BadInput("equity_nothing")
    return mean
