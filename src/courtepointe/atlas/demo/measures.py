"""What each characteristic counts: for an id, which persons or households, and which quantity."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

import numpy as np

from courtepointe.atlas.demo.households import Kind
from courtepointe.atlas.demo.housing import PERIOD_STARTS
from courtepointe.atlas.demo.origins import (
    BORN_HERE,
    ENGLISH,
    FRENCH,
    INDIGENOUS,
    OTHER,
    SEVERAL,
)
from courtepointe.atlas.demo.people import People
from courtepointe.atlas.demo.work import DIPLOMAS, EMPLOYED, OUTSIDE, UNEMPLOYED
from courtepointe.core.typing import AnyArray, Bools, Floats, Ints

Who: TypeAlias = Callable[[People], Bools]
What: TypeAlias = Callable[[People], Floats]

HOUSEHOLD_BANDS = (0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 60, 70, 80, 90)
FIVE_YEARS = (10, 11, 12, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 25, 26, 27, 28)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity whose mean or median is published.

    Attributes
    ----------
    of_persons : bool
        Else of households.
    who : whom it is asked of
    what : the quantity, for all of them
    """

    of_persons: bool
    who: Who
    what: What


def _age(p: People, first: int, end: int = 200) -> Bools:
    inside: Bools = (p.persons.age >= first) & (p.persons.age < end)
    return inside


def _adults(p: People) -> Bools:
    return p.persons.private & _age(p, 15)


def _private(p: People) -> Bools:
    return p.persons.private


def _between(values: AnyArray, low: float, high: float) -> Bools:
    inside: Bools = (values >= low) & (values < high)
    return inside


def _poor(p: People) -> Bools:
    return p.persons.private & p.low_income[np.maximum(p.persons.household, 0)]


def _ages() -> dict[int, Who]:
    rows: dict[int, Who] = {
        8: lambda p: _age(p, 0),
        9: lambda p: _age(p, 0, 15),
        13: lambda p: _age(p, 15, 65),
        24: lambda p: _age(p, 65),
        29: lambda p: _age(p, 85),
    }
    return rows | {i: partial(_age, first=5 * k, end=5 * k + 5) for k, i in enumerate(FIVE_YEARS)}


def _families() -> dict[int, Who]:
    def status(p: People, members: tuple[int, ...]) -> Bools:
        return np.isin(p.persons.family, members)

    groups = {90: (91, 92, 94, 95), 93: (94, 95), 96: (97, 98, 99)}
    groups |= {i: (i,) for i in (91, 92, 94, 95, 97, 98, 99)}
    return {
        56: _private,
        58: lambda p: _age(p, 15),
        59: lambda p: _age(p, 15) & (p.persons.family == 91),
        66: lambda p: _age(p, 15) & (p.persons.family != 91),
        89: _private,
    } | {i: partial(status, members=members) for i, members in groups.items()}


def _personal_incomes() -> dict[int, Who]:
    def band(p: People, low: float, high: float) -> Bools:
        return _adults(p) & _between(p.work.income, low, high)

    edges = [1.0, *(1e4 * k for k in range(1, 11))]
    rows: dict[int, Who] = dict.fromkeys((111, 126, 155), _adults)
    rows |= {i: partial(band, low=1, high=np.inf) for i in (112, 127, 157)}
    rows[156] = partial(band, low=-np.inf, high=1)
    rows |= {158 + k: partial(band, low=edges[k], high=edges[k + 1]) for k in range(10)}
    rows[168] = partial(band, low=1e5, high=np.inf)
    rows[169] = partial(band, low=1e5, high=1.5e5)
    rows[170] = partial(band, low=1.5e5, high=np.inf)
    return rows


def _low_incomes() -> dict[int, Who]:
    ages = ((0, 200), (0, 18), (0, 6), (18, 65), (65, 200))

    def all_of(p: People, first: int, end: int) -> Bools:
        return _private(p) & _age(p, first, end)

    def poor(p: People, first: int, end: int) -> Bools:
        return _poor(p) & _age(p, first, end)

    rows: dict[int, Who] = {
        335 + k: partial(all_of, first=a, end=b) for k, (a, b) in enumerate(ages)
    }
    return rows | {340 + k: partial(poor, first=a, end=b) for k, (a, b) in enumerate(ages)}


def _languages() -> dict[int, Who]:
    def knows(p: People, member: int) -> Bools:
        return _private(p) & (p.origins.knows == member)

    def first_official(p: People, member: int) -> Bools:
        return _private(p) & (_first_official(p) == member)

    def tongue(p: People, of: str, members: tuple[int, ...]) -> Bools:
        return _private(p) & np.isin(getattr(p.origins, of), members)

    single = (ENGLISH, FRENCH, INDIGENOUS, OTHER)
    groups = {393: (*single, SEVERAL), 394: single, 395: (ENGLISH, FRENCH), 396: (ENGLISH,)}
    groups |= {397: (FRENCH,), 398: (INDIGENOUS, OTHER), 399: (INDIGENOUS,)}
    groups |= {490: (OTHER,), 718: (SEVERAL,)}
    home = {735: groups[393], 736: single, 737: groups[395], 738: (ENGLISH,), 739: (FRENCH,)}
    home[740] = groups[398]
    rows: dict[int, Who] = {383: _private, 388: _private}
    rows |= {i: partial(knows, member=i) for i in range(384, 388)}
    rows |= {i: partial(first_official, member=i) for i in range(389, 393)}
    rows |= {i: partial(tongue, of="tongue", members=m) for i, m in groups.items()}
    return rows | {i: partial(tongue, of="home", members=m) for i, m in home.items()}


def _first_official(p: People) -> Ints:
    """Tell the first official language as Statistics Canada derives it: knowledge, then tongue."""
    knows, tongue, home = p.origins.knows, p.origins.tongue, p.origins.home
    both = np.select(
        [tongue == ENGLISH, tongue == FRENCH, home == ENGLISH, home == FRENCH],
        [389, 390, 389, 390],
        391,
    )
    return np.select([knows == 384, knows == 385, knows == 387], [389, 390, 392], both)


def _immigration() -> dict[int, Who]:
    def trait(p: People, of: str, members: tuple[int, ...]) -> Bools:
        return _private(p) & np.isin(getattr(p.origins, of), members)

    periods = {1527: tuple(range(1528, 1538)), 1529: (1530, 1531, 1532, 1533, 1535, 1536)}
    periods |= {1534: (1535, 1536)}
    periods |= {i: (i,) for i in (BORN_HERE, 1530, 1531, 1532, 1533, 1535, 1536, 1537)}
    groups = (1685, 1686, 1687, 1688, 1689, 1690, 1691, 1695)
    minorities = {1683: (*groups, 1697), 1684: groups} | {i: (i,) for i in (*groups, 1697)}
    return (
        {
            1402: _private,
            1403: lambda p: _private(p) & p.origins.indigenous,
            1410: lambda p: _private(p) & ~p.origins.indigenous,
            1522: _private,
            1523: lambda p: _private(p) & p.origins.citizen,
            1526: lambda p: _private(p) & ~p.origins.citizen,
            1665: _private,
        }
        | {i: partial(trait, of="period", members=m) for i, m in periods.items()}
        | {i: partial(trait, of="generation", members=(i,)) for i in (1666, 1667, 1668)}
        | {i: partial(trait, of="minority", members=m) for i, m in minorities.items()}
    )


def _moves() -> dict[int, Who]:
    return {
        1974: lambda p: _private(p) & _age(p, 1),
        1975: lambda p: _private(p) & _age(p, 1) & ~p.work.moved_1,
        1976: lambda p: _private(p) & _age(p, 1) & p.work.moved_1,
        1983: lambda p: _private(p) & _age(p, 5),
        1984: lambda p: _private(p) & _age(p, 5) & ~p.work.moved_5,
        1985: lambda p: _private(p) & _age(p, 5) & p.work.moved_5,
    }


def _schooling() -> dict[int, Who]:
    def diploma(p: People, end: int, first: int, members: tuple[int, ...]) -> Bools:
        return _private(p) & _age(p, first, end) & np.isin(p.work.diploma, members)

    steps = (range(7), (0,), (1,), range(2, 7), range(2, 5), (2,), (3,), (4,), (5, 6), (5,))
    offsets = (0, 1, 2, 3, 4, 5, 8, 9, 10, 11)
    assert DIPLOMAS[3] == 1998 + offsets[6]
    rows: dict[int, Who] = {}
    for start, first, end in ((1998, 15, 200), (2014, 25, 65)):
        for offset, members in zip(offsets, steps, strict=True):
            rows[start + offset] = partial(diploma, end=end, first=first, members=tuple(members))
    return rows


def _labour() -> dict[int, Who]:
    def labour(p: People, members: tuple[int, ...]) -> Bools:
        return _adults(p) & np.isin(p.work.labour, members)

    def travel(p: People, of: str, members: tuple[int, ...]) -> Bools:
        return _adults(p) & np.isin(getattr(p.work, of), members)

    groups = {2223: (EMPLOYED, UNEMPLOYED, OUTSIDE), 2224: (EMPLOYED, UNEMPLOYED)}
    groups |= {i: (i,) for i in (EMPLOYED, UNEMPLOYED, OUTSIDE)}
    modes = {2603: tuple(range(2605, 2611)), 2604: (2605, 2606)}
    modes |= {i: (i,) for i in range(2605, 2611)}
    minutes = {2611: tuple(range(2612, 2617))} | {i: (i,) for i in range(2612, 2617)}
    return (
        {i: partial(labour, members=m) for i, m in groups.items()}
        | {i: partial(travel, of="commute", members=m) for i, m in modes.items()}
        | {i: partial(travel, of="minutes", members=m) for i, m in minutes.items()}
    )


PERSONS: Mapping[int, Who] = (
    _ages()
    | _families()
    | _personal_incomes()
    | _low_incomes()
    | _languages()
    | _immigration()
    | _moves()
    | _schooling()
    | _labour()
)
"""Who is counted, out of all persons."""


def _everyone(p: People) -> Bools:
    return np.ones(len(p.households), dtype=bool)


def _sizes() -> dict[int, Who]:
    def size(p: People, persons: int) -> Bools:
        of_size: Bools = np.minimum(p.households.size, 5) == persons
        return of_size

    return {50: _everyone} | {50 + k: partial(size, persons=k) for k in range(1, 6)}


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
        return _between(getattr(p.housing, of), low, high)

    rows: dict[int, Who] = dict.fromkeys((242, 251, 260, 281), _everyone)
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
        return _between(getattr(p.housing, of), low, high)

    def structure(p: People, member: int) -> Bools:
        built_so: Bools = p.households.dwelling == member
        return built_so

    def maintainer(p: People, low: float, high: float) -> Bools:
        return _between(p.households.age, low, high)

    ages = (15, 25, 35, 45, 55, 65, 75, 85, 200)
    rows: dict[int, Who] = dict.fromkeys((41, 1414, 1418, 1421, 1437, 1440, 1449, 1456), _everyone)
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
        1469: _everyone,
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

QUANTITIES: Mapping[int, Quantity] = {
    10039: Quantity(True, lambda p: _age(p, 0), lambda p: p.persons.age + 0.5),
    10057: Quantity(False, _everyone, lambda p: p.households.size.astype(np.float64)),
    10113: Quantity(True, PERSONS[112], lambda p: p.work.income),
    10115: Quantity(True, PERSONS[112], lambda p: p.work.after_tax),
    10243: Quantity(False, _everyone, lambda p: p.housing.income),
    10244: Quantity(False, _everyone, lambda p: p.housing.after_tax),
    11433: Quantity(False, _everyone, lambda p: p.housing.rooms.astype(np.float64)),
    11486: Quantity(False, HOUSEHOLDS[1482], lambda p: p.housing.cost),
    11488: Quantity(False, HOUSEHOLDS[1482], lambda p: p.housing.value),
    11498: Quantity(False, HOUSEHOLDS[1490], lambda p: p.housing.cost),
}
"""What means and medians are of."""
