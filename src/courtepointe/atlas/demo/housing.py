"""Tenure, rooms, costs and needs of every household."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from courtepointe.atlas.demo.chance import logistic, whole
from courtepointe.atlas.demo.households import Households, Kind, Origin
from courtepointe.core.typing import Bools, Floats, Ints

OWNER, RENTER = 1415, 1416
HOUSES = (42, 43, 44, 48, 49)
PERIOD_STARTS = (1961, 1981, 1991, 2001, 2006, 2011, 2016)


@dataclass(frozen=True, slots=True)
class Housing:
    """Traits of (n_households,).

    Attributes
    ----------
    income, after_tax : float, dollars a year
    owner : bool
    bedrooms, rooms : int
    period : int
        Of construction: member id 1441 to 1448.
    condominium, major_repairs, suitable, mortgage, subsidized : bool
    cost : float, dollars a month
    value : float, dollars
        Of the dwelling; means something for owners.
    cost_share : float
        Shelter cost over income; inf where there is no income.
    core_need : bool
    """

    income: Floats
    after_tax: Floats
    owner: Bools
    bedrooms: Ints
    rooms: Ints
    period: Ints
    condominium: Bools
    major_repairs: Bools
    suitable: Bools
    mortgage: Bools
    subsidized: Bools
    cost: Floats
    value: Floats
    cost_share: Floats
    core_need: Bools


def housing_of(
    households: Households,
    income: Floats,
    after_tax: Floats,
    *,
    year: int,
    rng: np.random.Generator,
) -> Housing:
    """Draw how each household is housed, and what it pays for it."""
    n, h = len(households), households
    house = np.isin(h.dwelling, HOUSES)
    owner = _owners(h, house, income, rng=rng)
    bedrooms, rooms = _rooms(h, house, rng=rng)
    odds = -3.0 + 0.013 * (1985 - h.built) - 0.35 * h.affluence + 0.35 * ~owner
    repairs = rng.random(n) < logistic(odds)
    suitable = bedrooms >= _bedrooms_needed(h)
    mortgage = owner & (rng.random(n) < logistic((57.0 - h.age) / 6.0))
    subsidized = ~owner & (rng.random(n) < 0.36 * logistic((24_000.0 - income) / 6_000.0))
    value = _values(h, house, year=year, rng=rng)
    rent = _rents(h, bedrooms, subsidized, income, rng=rng) * (1.0 if year >= 2021 else 0.86)
    owned = 430.0 + 0.00095 * value + mortgage * 0.00235 * value * rng.uniform(0.5, 1.3, n)
    cost: Floats = np.rint(np.where(owner, owned, rent)).astype(np.float64)
    share: Floats = np.divide(12 * cost, income, out=np.full(n, np.inf), where=income > 0)
    shared = ~house & (rng.random(n) < np.where(owner, 0.62, 0.13) * (h.built > 1975))
    return Housing(
        income=income,
        after_tax=after_tax,
        owner=owner,
        bedrooms=bedrooms,
        rooms=rooms,
        period=whole(1441 + np.searchsorted(PERIOD_STARTS, h.built, side="right")),
        condominium=shared,
        major_repairs=repairs,
        suitable=suitable,
        mortgage=mortgage,
        subsidized=subsidized,
        cost=cost,
        value=value,
        cost_share=share,
        core_need=_in_core_need(bedrooms, share, suitable, repairs, income),
    )


def _rooms(h: Households, house: Bools, *, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """Draw bedrooms, then all rooms."""
    n = len(h)
    usual = 1.15 + 0.38 * (h.size - 1) + 1.2 * house
    bedrooms = whole(np.clip(np.round(rng.normal(usual, 0.62)), 0, 6))
    more = (rng.random(n) < 0.7) + house * (rng.random(n) < 0.8)
    return bedrooms, whole(bedrooms + 2 + more)


def _values(h: Households, house: Bools, *, year: int, rng: np.random.Generator) -> Floats:
    """Draw what dwellings would sell for, to the thousand."""
    drawn = np.exp(rng.normal(12.76 + 0.34 * h.affluence + 0.22 * house, 0.24))
    thousands: Floats = np.round(drawn * (1.0 if year >= 2021 else 0.74) / 1000.0, 0)
    return 1000.0 * thousands


def _owners(h: Households, house: Bools, income: Floats, *, rng: np.random.Generator) -> Bools:
    rich = np.log(np.maximum(income, 8_000) / 60_000)
    odds = -0.95 + 2.7 * house + 0.45 * h.affluence + 0.95 * rich
    odds += 0.022 * np.clip(h.age - 42, -20, 30) - 0.6 * (h.origin >= Origin.RECENT)
    odds -= 1.2 * (h.kind == Kind.UNRELATED)
    owners: Bools = rng.random(len(h)) < logistic(odds)
    return owners


def _bedrooms_needed(h: Households) -> Ints:
    """Apply the National Occupancy Standard, children two by two; who lives alone needs none."""
    needed = 1 + (h.children + 1) // 2 + h.others
    return np.where(h.size == 1, 0, needed)


def _rents(
    h: Households,
    bedrooms: Ints,
    subsidized: Bools,
    income: Floats,
    *,
    rng: np.random.Generator,
) -> Floats:
    level = 6.50 + 0.12 * bedrooms + 0.17 * h.affluence + 0.007 * np.maximum(h.built - 1990, 0)
    market = np.exp(rng.normal(level, 0.19))
    rents: Floats = np.where(subsidized, np.maximum(0.25 * income / 12, 210.0), market)
    return rents


def _in_core_need(
    bedrooms: Ints, share: Floats, suitable: Bools, repairs: Bools, income: Floats
) -> Bools:
    """Tell who fails a standard and could not pay the usual rent of what they need."""
    fails = (share >= 0.3) | ~suitable | repairs
    usual = 12 * (690.0 + 105.0 * np.maximum(bedrooms, 1))
    need: Bools = fails & (usual > 0.3 * income) & (share < 1.0)
    return need
