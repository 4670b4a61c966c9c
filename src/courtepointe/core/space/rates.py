"""Rates of small counts, drawn towards what is usual as far as chance alone would move them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from courtepointe.core.errors import BadInput, NoAnswer
from courtepointe.core.space.checks import check_finite, check_length, check_not_negative
from courtepointe.core.space.neighbours import Neighbours
from courtepointe.core.typing import Floats, Ints


@dataclass(frozen=True, slots=True)
class Smoothed:
    """Rates by empirical Bayes.

    Attributes
    ----------
    rate : (n_units,) float
        Smoothed; without people the mean itself.
    weight : (n_units,) float, 0 to 1
        How much of the unit's own rate is left in it.
    mean : (n_units,) float
        What each is drawn towards.
    """

    rate: Floats
    weight: Floats
    mean: Floats


def smoothed(events: Floats, people: Floats, neighbours: Neighbours | None = None) -> Smoothed:
    """Smooth rates towards that of all units, or of each unit and its neighbours.

    Parameters
    ----------
    events, people : (n_units,) float, not negative
        What is counted, and among how many; units without people have no events.
    neighbours : Neighbours, optional
        Towards the rate of the unit and these, whatever their weights.

    Returns
    -------
    Smoothed

    Raises
    ------
    BadInput
        ``core_shape``, ``core_not_a_number``, ``space_negative``, ``space_events_of_nobody``.
    NoAnswer
        ``space_nobody`` where there are no people at all.

    Notes
    -----
    R. J. Marshall, *Applied Statistics* 40 (1991). With m the events over the people, s2 the variance
    of rates around it weighted by people, n the mean of people: A = s2 - m / n, never under 0; the weight of
    a unit's own rate is A / (A + m / people).
    """
    _check(events, people)
    if neighbours is None:
        every = np.zeros(events.size, dtype=np.int64)
        moments = _moments(events, people, every, n_groups=1)
        mean, between = (np.full(events.size, told[0]) for told in moments)
    else:
        check_length("events", events, neighbours.n_units)
        own = neighbours.with_self()
        mean, between = _moments(events[own.unit], people[own.unit], own.row, n_groups=own.n_units)
    rate = _divided(events, people, instead=mean)
    within = _divided(mean, people, instead=np.zeros(events.size))
    weight = _divided(between, between + within, instead=np.zeros(events.size))
    weight = np.where(people > 0.0, weight, 0.0)
    return Smoothed(weight * rate + (1.0 - weight) * mean, weight, mean)


def _moments(
    events: Floats, people: Floats, group: Ints, *, n_groups: int
) -> tuple[Floats, Floats]:
    """Give the mean rate of groups and the variance between units that chance does not make."""

    def summed(told: Floats) -> Floats:
        return np.bincount(group, weights=told, minlength=n_groups).astype(np.float64)

    counted, nothing = summed(people), np.zeros(n_groups)
    mean = _divided(summed(events), counted, instead=nothing)
    rate = _divided(events, people, instead=np.zeros(events.size))
    spread = _divided(summed(people * np.square(rate - mean[group])), counted, instead=nothing)
    chance = _divided(mean * summed(np.ones(group.size)), counted, instead=nothing)
    return mean, np.maximum(spread - chance, 0.0)


@dataclass(frozen=True, slots=True)
class Standardised:
    """Rates ready for Moran's I.

    Attributes
    ----------
    value : (n_units,) float
        Less the rate of all, over ``scale``; 0 without people.
    scale : (n_units,) float, above 0
        What a rate varies by: between units and, where people are few, by chance. 1 without people.
    rate : float
        Of all units together.
    """

    value: Floats
    scale: Floats
    rate: float


def standardised(events: Floats, people: Floats, *, subset: bool = False) -> Standardised:
    """Set rates of unlike reliability on one scale: few people move less than their raw rate says.

    Parameters
    ----------
    events, people : (n_units,) float, not negative
    subset : bool
        The events are some of the people (a share): chance moves them as it does a proportion.

    Returns
    -------
    Standardised

    Raises
    ------
    BadInput, NoAnswer
        As `smoothed`; ``space_share`` where there are more events than people in a subset.

    Notes
    -----
    R. M. Assuncao and E. A. Reis, *Statistics in Medicine* 18 (1999): b the rate of all, a = s2 - b / mean
    people, v = a + b / people; where v is not above 0, b / people. Of a share, b (1 - b) stands for b.
    """
    _check(events, people)
    if subset and (events > people).any():
        place = int(np.flatnonzero(events > people)[0])
        raise BadInput("space_share", position=place, value=float(events[place]))
    some, whole = people > 0.0, float(people.sum())
    b = float(events.sum()) / whole
    apart = _divided(events, people, instead=np.full(events.size, b)) - b
    chance = b * (1.0 - b) if subset else b
    a = float((people * np.square(apart)).sum()) / whole - chance * float(some.sum()) / whole
    within = _divided(np.full(events.size, chance), people, instead=np.ones(events.size))
    variance = np.where(a + within > 0.0, a + within, within)
    # Nobody, or everybody: all rates are alike and nothing is there to be scaled.
    scale = np.where(some & (variance > 0.0), np.sqrt(variance), 1.0)
    return Standardised(apart / scale, scale, b)


def _divided(above: Floats, below: Floats, *, instead: Floats) -> Floats:
    told = np.array(np.broadcast_to(instead, above.shape), dtype=np.float64)
    np.divide(above, below, out=told, where=below > 0.0)
    return told


def _check(events: Floats, people: Floats) -> None:
    check_length("people", people, events.size)
    for name, counts in (("events", events), ("people", people)):
        check_finite(name, counts)
        check_not_negative(counts)
    none = np.flatnonzero((people == 0.0) & (events > 0.0))
    if none.size:
        raise BadInput(
            "space_events_of_nobody", position=int(none[0]), value=float(events[none[0]])
        )
    if not people.sum() > 0.0:
        raise NoAnswer("space_nobody", value=events.size)
