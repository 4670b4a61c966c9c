"""Which households each characteristic counts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import numpy as np

from courtepointe.atlas.demo.households import Kind
from courtepointe.atlas.demo.housing import PERIOD_STARTS
from courtepointe.atlas.demo.measures.who import Who, between
from courtepointe.atlas.demo.people import People
from courtepointe.core.typing import Bools

HOUSEHOLD_BANDS = (0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 60, 70, 80, 90)


def everyone(p: People) -> Bools:
    """Count every private household."""
    return np.ones(len(p.households), dtype=bool)


def _sizes() -> dict[int, Who]:
    def size(p: People, persons: int) -> Bools:
        of_size: Bools = np.minimum(p.households.size, 5) == persons
        return of_size

    rows: dict[int, Who] = {50: everyone}
    rows |= {50 + k: partial(size, persons=k) for k in range(1, 6)}
    return rows


def _kinds() -> dict[int, Who]:
    def kind(p: People, members: tuple[Kind, ...]) -> Bools:
        return np.isin(p.households.kind, members)

    couples = (Kind.COUPLE_CHILDREN, Kind.COUPLE)
    groups: dict[int, tuple[Kind, ...]] = {
        100: tuple(Kind),
        101: (*couples, Kind.ONE_PARENT),
        102: couples,
        103: couples[:1],
        104: couples[1:],
        105: (Kind.ONE_PARENT,),
        106: (Kind.MULTIGENERATIONAL,),
        107: (Kind.SEVERAL_FAMILIES,),
        108: (Kind.FAMILY_AND_OTHERS,),
        109: (Kind.UNRELATED,),
        110: (Kind.ALONE,),
    }
    return {i: partial(kind, members=members) for i, members in groups.items()}


def _household_incomes() -> dict[int, Who]:
    def band(p: People, of: str, low: float, high: float) -> Bools:
        return between(getattr(p.housing, of), low, high)

    rows: dict[int, Who] = dict.fromkeys((242, 251, 260, 281), everyone)
    edges = [-np.inf, *(1e3 * k for k in HOUSEHOLD_BANDS[1:]), 1e5]
    for start, of in ((261, "income"), (282, "after_tax")):
        for k in range(15):
            rows[start + k] = partial(band, of=of, low=edges[k], high=edges[k + 1])
        rows[start + 15] = partial(band, of=of, low=1e5, high=np.inf)
        rows[start + 16] = partial(band, of=of, low=1e5, high=1.25e5)
        rows[start + 17] = partial(band, of=of, low=1.25e5, high=1.5e5)
    rows[279] = partial(band, of="income", low=1.5e5, high=2e5)
    rows[280] = partial(band, of="income", low=2e5, high=np.inf)
    rows[300] = partial(band, of="after_tax", low=1.5e5, high=np.inf)
    return rows


def _dwellings() -> dict[int, Who]:
    def trait(p: People, of: str, low: float, high: float) -> Bools:
        return between(getattr(p.housing, of), low, high)

    def structure(p: People, member: int) -> Bools:
        built_so: Bools = p.households.dwelling == member
        return built_so

    def maintainer(p: People, low: float, high: float) -> Bools:
        return between(p.households.age, low, high)

    ages = (15, 25, 35, 45, 55, 65, 75, 85, 200)
    rows: dict[int, Who] = dict.fromkeys((41, 1414, 1418, 1421, 1437, 1440, 1449, 1456), everyone)
    rows |= {i: partial(structure, member=i) for i in range(42, 50)}
    rows |= {
        1422 + k: partial(trait, of="bedrooms", low=k, high=99 if k == 4 else k + 1)
        for k in range(5)
    }
    rows |= {
        1441 + k: partial(trait, of="period", low=1441 + k, high=1442 + k)
        for k in range(len(PERIOD_STARTS) + 1)
    }
    return rows | {1457 + k: partial(maintainer, low=ages[k], high=ages[k + 1]) for k in range(8)}


def _paid(p: People) -> Bools:
    some: Bools = p.housing.income > 0
    return some


def _assessed(p: People) -> Bools:
    return _paid(p) & (p.housing.cost_share < 1)


def _strained(p: People) -> Bools:
    return _paid(p) & (p.housing.cost_share >= 0.3)


def _ill_housed(p: People) -> Bools:
    return _strained(p) | ~p.housing.suitable | p.housing.major_repairs


def _housing() -> dict[int, Who]:
    return {
        1415: lambda p: p.housing.owner,
        1416: lambda p: ~p.housing.owner,
        1419: lambda p: p.housing.condominium,
        1420: lambda p: ~p.housing.condominium,
        1438: lambda p: p.housing.suitable,
        1439: lambda p: ~p.housing.suitable,
        1450: lambda p: ~p.housing.major_repairs,
        1451: lambda p: p.housing.major_repairs,
        1465: _paid,
        1466: lambda p: _paid(p) & (p.housing.cost_share < 0.3),
        1467: _strained,
        1468: lambda p: _strained(p) & (p.housing.cost_share < 1),
        1469: everyone,
        1470: _ill_housed,
        1478: lambda p: ~_ill_housed(p),
        1479: _assessed,
        1480: lambda p: _assessed(p) & p.housing.core_need,
        1481: lambda p: _assessed(p) & ~p.housing.core_need,
    }


def _tenure() -> dict[int, Who]:
    """Count owners, then tenants; numbers of 10,000 and more are terms of published rates."""
    return {
        1482: lambda p: p.housing.owner,
        11483: lambda p: p.housing.mortgage,
        11484: lambda p: p.housing.owner & _strained(p),
        11485: lambda p: p.housing.owner & _assessed(p) & p.housing.core_need,
        11494: lambda p: p.housing.owner & _paid(p),
        11495: lambda p: p.housing.owner & _assessed(p),
        1490: lambda p: ~p.housing.owner,
        11491: lambda p: p.housing.subsidized,
        11492: lambda p: ~p.housing.owner & _strained(p),
        11493: lambda p: ~p.housing.owner & _assessed(p) & p.housing.core_need,
        11496: lambda p: ~p.housing.owner & _paid(p),
        11497: lambda p: ~p.housing.owner & _assessed(p),
    }


HOUSEHOLDS: Mapping[int, Who] = (
    _sizes() | _kinds() | _household_incomes() | _dwellings() | _housing() | _tenure()
)
"""Which are counted, out of all private households."""
