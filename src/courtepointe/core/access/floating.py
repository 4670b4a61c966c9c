"""Floating catchments: how much capacity each person reaches, when those who reach it share it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from courtepointe.core.access.checks import (
    check_counts,
    check_minutes,
    check_positions,
    check_shape,
)
from courtepointe.core.errors import BadInput
from courtepointe.core.typing import AnyArray, Bools, Floats


@dataclass(frozen=True, slots=True)
class Reach:
    """Who reaches which site, and how much it weighs.

    Attributes
    ----------
    demand, supply : (n_pairs,) int
        Positions of people and of sites; each pair once.
    weight : (n_pairs,) float
        0 for a pair that does not count; from the minutes by `within`, `in_steps`, `gaussian`...
    people : (n_demand,) float
    capacity : (n_supply,) float

    Raises
    ------
    BadInput
        ``core_shape``, ``access_count``, ``access_position``.
    """

    demand: AnyArray
    supply: AnyArray
    weight: Floats
    people: Floats
    capacity: Floats

    def __post_init__(self) -> None:
        check_shape("supply", self.supply, self.demand.shape)
        check_shape("weight", self.weight, self.demand.shape)
        for name, values in (
            ("people", self.people), ("capacity", self.capacity), ("weight", self.weight)
        ):  # fmt: skip
            check_counts(name, values)
        check_positions("demand", self.demand, len(self.people))
        check_positions("supply", self.supply, len(self.capacity))

    def over_supply(self, values: Floats) -> Floats:
        """Add the values of pairs up by site."""
        told = np.bincount(self.supply, weights=values, minlength=len(self.capacity))
        return told.astype(np.float64)

    def over_demand(self, values: Floats) -> Floats:
        """Add the values of pairs up by people."""
        told = np.bincount(self.demand, weights=values, minlength=len(self.people))
        return told.astype(np.float64)


@dataclass(frozen=True, slots=True)
class Access:
    """What each person reaches.

    Attributes
    ----------
    access : (n_demand,) float
        Capacity a person; 0 for those who reach none.
    rate : (n_supply,) float
        Capacity of each site a (weighted) person in its reach; NaN where nobody is.
    reached : (n_supply,) bool
        Sites in whose reach somebody lives: the capacity of the others is nobody's.
    """

    access: Floats
    rate: Floats
    reached: Bools


def two_step(reach: Reach) -> Access:
    """Share capacities by the two-step floating catchment.

    Returns
    -------
    Access
        The people times their access add up to the capacity that is reached.

    Notes
    -----
    R_j = S_j / sum_i P_i w_ij; A_i = sum_j R_j w_ij. With weights of 0 and 1 (`within`): Luo and Wang
    2003 (*Environment and Planning B* 30). With weights that fall (`in_steps`, `gaussian`): E2SFCA, Luo and
    Qi 2009 (*Health & Place* 15).
    """
    return _shared(reach, reach.weight)


def three_step(reach: Reach, *, choice: Floats | None = None) -> Access:
    """Share capacities by the three-step floating catchment: sites compete for people.

    Parameters
    ----------
    reach : Reach
    choice : (n_pairs,) float, optional
        The weights among which people choose, where they look at more sites than they go to; else those
        of ``reach``.

    Returns
    -------
    Access
        The people times their access add up to the capacity that is reached.

    Raises
    ------
    BadInput
        ``core_shape``, ``access_count``.

    Notes
    -----
    G_ij = w_ij / sum_j w_ij takes the place of w_ij G_ij in both steps of `two_step`: Wan, Zou and
    Sternberg 2012 (*International Journal of Geographical Information Science* 26).
    """
    looked_at = reach.weight if choice is None else choice
    check_shape("choice", looked_at, reach.demand.shape)
    check_counts("choice", looked_at)
    chosen = _parts(looked_at, reach.over_demand(looked_at)[reach.demand])
    return _shared(reach, reach.weight * chosen)


def balanced(reach: Reach) -> Access:
    """Share capacities by the balanced floating catchment: nobody is counted more than once.

    Returns
    -------
    Access
        ``rate`` is the level of service of each site; the accesses add up to the levels of service.

    Notes
    -----
    w^i = w / sum_j w, w^j = w / sum_i w; L_j = S_j / sum_i P_i w^i_ij; A_i = sum_j L_j w^j_ij: Paez, Higgins
    and Vivona 2019 (*PLoS ONE* 14).
    """
    of_people = _parts(reach.weight, reach.over_demand(reach.weight)[reach.demand])
    of_sites = _parts(reach.weight, reach.over_supply(reach.weight)[reach.supply])
    rate, reached = _rate(reach, of_people)
    held = np.where(reached, rate, 0.0)
    return Access(reach.over_demand(held[reach.supply] * of_sites), rate, reached)


def in_reach(reach: Reach) -> Floats:
    """Add up the capacity that each person reaches, shared with nobody: (n_demand,) float."""
    return reach.over_demand(reach.capacity[reach.supply] * reach.weight)


def _shared(reach: Reach, weight: Floats) -> Access:
    rate, reached = _rate(reach, weight)
    held = np.where(reached, rate, 0.0)
    return Access(reach.over_demand(held[reach.supply] * weight), rate, reached)


def _rate(reach: Reach, weight: Floats) -> tuple[Floats, Bools]:
    load = reach.over_supply(reach.people[reach.demand] * weight)
    reached = load > 0.0
    rate = np.full(len(load), np.nan)
    rate[reached] = reach.capacity[reached] / load[reached]
    return rate, reached


def _parts(some: Floats, whole: Floats) -> Floats:
    told = np.zeros_like(some)
    held = whole > 0.0
    told[held] = some[held] / whole[held]
    return told


def within(minutes: Floats, limit_min: float) -> Floats:
    """Weigh 1 within a limit, 0 beyond: (n,) float."""
    check_minutes("minutes", minutes)
    return (minutes <= limit_min).astype(np.float64)


def in_steps(minutes: Floats, limits_min: Sequence[float], weights: Sequence[float]) -> Floats:
    """Weigh by zones: the weight of the first limit that is not exceeded, 0 beyond the last.

    Raises
    ------
    BadInput
        ``access_minutes``; ``access_limits`` where limits do not rise or are not as many as the weights.
    """
    check_minutes("minutes", minutes)
    limits = np.array(limits_min, dtype=np.float64)
    if len(limits) != len(weights) or not np.all(np.diff(limits) > 0.0):
        raise BadInput("access_limits", value=list(limits_min))
    told: Floats = np.array([*weights, 0.0])[np.searchsorted(limits, minutes, side="left")]
    return told


def gaussian(minutes: Floats, limit_min: float) -> Floats:
    """Weigh from 1 at the site to 0 at the limit along a bell that meets 0 there: (n,) float.

    Notes
    -----
    (exp(-t^2 / 2 d^2) - exp(-1/2)) / (1 - exp(-1/2)): Dai 2010 (*Health & Place* 16).
    """
    check_minutes("minutes", minutes)
    part = np.minimum(minutes / limit_min, 1.0)
    edge = np.exp(-0.5)
    told: Floats = (np.exp(-0.5 * part**2) - edge) / (1.0 - edge)
    return told


def power(minutes: Floats, limit_min: float, *, exponent: float = -1.0) -> Floats:
    """Weigh by a power of the minutes within a limit, 0 beyond: gravity: (n,) float.

    Raises
    ------
    BadInput
        ``access_minutes``; also where somebody is at 0 minutes, to whom gravity gives no end.
    """
    check_minutes("minutes", minutes)
    if exponent < 0.0 and (minutes == 0.0).any():
        place = int(np.flatnonzero(minutes == 0.0)[0])
        raise BadInput("access_minutes", array="minutes", position=place, value=0.0)
    told = np.zeros(minutes.shape)
    held = minutes <= limit_min
    told[held] = minutes[held] ** exponent
    return told
