"""What trials tell: intervals, gaps between groups, regrets of options, the value of one hub."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from courtepointe.core.errors import BadInput
from courtepointe.core.stress.hours import Trials
from courtepointe.core.typing import Floats

QUANTILES = (0.05, 0.5, 0.95)


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number from drawings.

    Attributes
    ----------
    mean : float
    error : float
        Monte Carlo standard error of the mean: how far more drawings could move it. NaN of one drawing.
    low, middle, high : float
        Quantiles of the drawings, 5, 50 and 95 %: how far one event may lie from the mean.
    n_draws : int
    """

    mean: float
    error: float
    low: float
    middle: float
    high: float
    n_draws: int


def estimate(values: Floats) -> Estimate:
    """Sum drawings up.

    Parameters
    ----------
    values : (n_draws,) float
        NaN where a drawing has no answer (minutes of nobody); these are left out.

    Returns
    -------
    Estimate
        Of NaN where no drawing has an answer.
    """
    held = values[~np.isnan(values)]
    n = len(held)
    if n == 0:
        nan = float("nan")
        return Estimate(nan, nan, nan, nan, nan, 0)
    error = float(held.std(ddof=1) / np.sqrt(n)) if n > 1 else float("nan")
    low, middle, high = (float(one) for one in np.quantile(held, QUANTILES))
    return Estimate(float(held.mean()), error, low, middle, high, n)


def _minutes_each(minutes: Floats, served: Floats) -> Floats:
    with np.errstate(invalid="ignore", divide="ignore"):
        told: Floats = np.where(served > 0.0, minutes / served, np.nan)
    return told


@dataclass(frozen=True, slots=True)
class GroupGap:
    """How one group fares beside all others who come.

    Attributes
    ----------
    people_hours : Estimate
        Seats, an hour each, that the group lacks to be served in the part that the others are; below 0 where
        it is better served.
    minutes : Estimate
        How much longer its served walk, on average, than those of the others.
    """

    people_hours: Estimate
    minutes: Estimate


def gaps(trials: Trials) -> tuple[GroupGap, ...]:
    """Compare each group with all others: people first, then minutes.

    Parameters
    ----------
    trials : Trials

    Returns
    -------
    tuple of GroupGap
        One a group; of NaN where there is one group only.
    """
    seekers, served, minutes = (
        one.sum(axis=1) for one in (trials.seekers, trials.served, trials.minutes)
    )
    told = []
    for group in range(seekers.shape[1]):
        rest = [one.sum(axis=1) - one[:, group] for one in (seekers, served, minutes)]
        with np.errstate(invalid="ignore", divide="ignore"):
            theirs = np.where(rest[0] > 1e-9, rest[1] / rest[0], np.nan)
        lacks = theirs * seekers[:, group] - served[:, group]
        longer = _minutes_each(minutes[:, group], served[:, group]) - _minutes_each(
            rest[2], np.where(rest[1] > 1e-9, rest[1], 0.0)
        )
        told.append(GroupGap(estimate(lacks), estimate(longer)))
    return tuple(told)


@dataclass(frozen=True, slots=True)
class Value:
    """What changes with other hubs, drawing by drawing.

    Attributes
    ----------
    people_hours : Estimate
        Seats, an hour each, taken more than before.
    minutes : Estimate
        Minutes on foot of one who is served, more than before.
    """

    people_hours: Estimate
    minutes: Estimate


def value_of(before: Trials, after: Trials) -> Value:
    """Say what one hub more, or one better equipped, is worth.

    Parameters
    ----------
    before, after : Trials
        Of the same scenario, the same seed and as many drawings: each drawing is compared with its own twin,
        so that what chance does to both cancels.

    Returns
    -------
    Value

    Raises
    ------
    BadInput
        ``core_shape``.
    """
    _check_twins(before, after)
    served = [one.served.sum(axis=(1, 2)) for one in (before, after)]
    each = [
        _minutes_each(one.minutes.sum(axis=(1, 2)), its)
        for one, its in zip((before, after), served, strict=True)
    ]
    return Value(estimate(served[1] - served[0]), estimate(each[1] - each[0]))


def _check_twins(one: Trials, other: Trials) -> None:
    if one.served.shape != other.served.shape:
        raise BadInput(
            "core_shape", array="trials", shape=other.served.shape, expected=one.served.shape
        )


@dataclass(frozen=True, slots=True)
class Regrets:
    """How much worse each option is than the best of each scenario.

    Attributes
    ----------
    options, scenarios : tuple of str
    unserved : (n_options, n_scenarios) float
        People without a seat, an hour each: mean of the drawings.
    regret : (n_options, n_scenarios) float
        More of them than with the best option of the scenario, 0 for that one.
    error : (n_options, n_scenarios) float
        Monte Carlo standard error of the regret, drawing by drawing; NaN of one drawing.
    worst : (n_options,) float
        Greatest regret of each option over the scenarios.
    least : int
        Option of the least `worst`, the first of several.
    """

    options: tuple[str, ...]
    scenarios: tuple[str, ...]
    unserved: Floats
    regret: Floats
    error: Floats
    worst: Floats
    least: int


def regrets(trials: Mapping[str, Sequence[Trials]], scenarios: Sequence[str]) -> Regrets:
    """Compare options over scenarios.

    Parameters
    ----------
    trials : mapping of option to sequence of Trials
        One a scenario, with the same seeds and drawings for all options.
    scenarios : sequence of str

    Returns
    -------
    Regrets

    Raises
    ------
    BadInput
        ``stress_options``, ``core_shape``.
    """
    if not trials or any(len(one) != len(scenarios) for one in trials.values()) or not scenarios:
        raise BadInput("stress_options", value=len(trials), expected=len(scenarios))
    first = next(iter(trials.values()))
    n = (len(trials), len(scenarios))
    mean, error = np.zeros(n), np.zeros(n)
    for s in range(len(scenarios)):
        for one in trials.values():
            _check_twins(first[s], one[s])
        costs = np.array([one[s].unserved.sum(axis=(1, 2)) for one in trials.values()])
        mean[:, s] = costs.mean(axis=1)
        best = int(np.argmin(mean[:, s]))
        error[:, s] = [estimate(one - costs[best]).error for one in costs]
    regret = mean - mean.min(axis=0)
    worst = regret.max(axis=1)
    return Regrets(
        tuple(trials), tuple(scenarios), mean, regret, error, worst, int(np.argmin(worst))
    )
