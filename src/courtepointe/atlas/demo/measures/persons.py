"""Which persons each characteristic counts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import numpy as np

from courtepointe.atlas.demo.measures.who import Who, adults, age, between, private
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
from courtepointe.core.typing import Bools, Ints

FIVE_YEARS = (10, 11, 12, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 25, 26, 27, 28)


def _poor(p: People) -> Bools:
    return p.persons.private & p.low_income[np.maximum(p.persons.household, 0)]


def _ages() -> dict[int, Who]:
    rows: dict[int, Who] = {
        8: lambda p: age(p, 0),
        9: lambda p: age(p, 0, 15),
        13: lambda p: age(p, 15, 65),
        24: lambda p: age(p, 65),
        29: lambda p: age(p, 85),
    }
    return rows | {i: partial(age, first=5 * k, end=5 * k + 5) for k, i in enumerate(FIVE_YEARS)}


def _families() -> dict[int, Who]:
    def status(p: People, members: tuple[int, ...]) -> Bools:
        return np.isin(p.persons.family, members)

    groups = {90: (91, 92, 94, 95), 93: (94, 95), 96: (97, 98, 99)}
    groups |= {i: (i,) for i in (91, 92, 94, 95, 97, 98, 99)}
    rows: dict[int, Who] = {
        56: private,
        58: lambda p: age(p, 15),
        59: lambda p: age(p, 15) & (p.persons.family == 91),
        66: lambda p: age(p, 15) & (p.persons.family != 91),
        89: private,
    }
    rows |= {i: partial(status, members=members) for i, members in groups.items()}
    return rows


def _personal_incomes() -> dict[int, Who]:
    def band(p: People, low: float, high: float) -> Bools:
        return adults(p) & between(p.work.income, low, high)

    edges = [1.0, *(1e4 * k for k in range(1, 11))]
    rows: dict[int, Who] = dict.fromkeys((111, 126, 155), adults)
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
        return private(p) & age(p, first, end)

    def poor(p: People, first: int, end: int) -> Bools:
        return _poor(p) & age(p, first, end)

    rows: dict[int, Who] = {
        335 + k: partial(all_of, first=a, end=b) for k, (a, b) in enumerate(ages)
    }
    return rows | {340 + k: partial(poor, first=a, end=b) for k, (a, b) in enumerate(ages)}


def _languages() -> dict[int, Who]:
    def knows(p: People, member: int) -> Bools:
        known: Bools = private(p) & (p.origins.knows == member)
        return known

    def first_official(p: People, member: int) -> Bools:
        spoken: Bools = private(p) & (_first_official(p) == member)
        return spoken

    def tongue(p: People, of: str, members: tuple[int, ...]) -> Bools:
        return private(p) & np.isin(getattr(p.origins, of), members)

    single = (ENGLISH, FRENCH, INDIGENOUS, OTHER)
    groups = {393: (*single, SEVERAL), 394: single, 395: (ENGLISH, FRENCH), 396: (ENGLISH,)}
    groups |= {397: (FRENCH,), 398: (INDIGENOUS, OTHER), 399: (INDIGENOUS,)}
    groups |= {490: (OTHER,), 718: (SEVERAL,)}
    home = {735: groups[393], 736: single, 737: groups[395], 738: (ENGLISH,), 739: (FRENCH,)}
    home[740] = groups[398]
    rows: dict[int, Who] = {383: private, 388: private}
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
        return private(p) & np.isin(getattr(p.origins, of), members)

    periods = {1527: tuple(range(1528, 1538)), 1529: (1530, 1531, 1532, 1533, 1535, 1536)}
    periods |= {1534: (1535, 1536)}
    periods |= {i: (i,) for i in (BORN_HERE, 1530, 1531, 1532, 1533, 1535, 1536, 1537)}
    groups = (1685, 1686, 1687, 1688, 1689, 1690, 1691, 1695)
    minorities = {1683: (*groups, 1697), 1684: groups} | {i: (i,) for i in (*groups, 1697)}
    rows: dict[int, Who] = {
        1402: private,
        1403: lambda p: private(p) & p.origins.indigenous,
        1410: lambda p: private(p) & ~p.origins.indigenous,
        1522: private,
        1523: lambda p: private(p) & p.origins.citizen,
        1526: lambda p: private(p) & ~p.origins.citizen,
        1665: private,
    }
    rows |= {i: partial(trait, of="period", members=m) for i, m in periods.items()}
    rows |= {i: partial(trait, of="generation", members=(i,)) for i in (1666, 1667, 1668)}
    rows |= {i: partial(trait, of="minority", members=m) for i, m in minorities.items()}
    return rows


def _moves() -> dict[int, Who]:
    return {
        1974: lambda p: private(p) & age(p, 1),
        1975: lambda p: private(p) & age(p, 1) & ~p.work.moved_1,
        1976: lambda p: private(p) & age(p, 1) & p.work.moved_1,
        1983: lambda p: private(p) & age(p, 5),
        1984: lambda p: private(p) & age(p, 5) & ~p.work.moved_5,
        1985: lambda p: private(p) & age(p, 5) & p.work.moved_5,
    }


def _schooling() -> dict[int, Who]:
    def diploma(p: People, end: int, first: int, members: tuple[int, ...]) -> Bools:
        return private(p) & age(p, first, end) & np.isin(p.work.diploma, members)

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
        return adults(p) & np.isin(p.work.labour, members)

    def travel(p: People, of: str, members: tuple[int, ...]) -> Bools:
        return adults(p) & np.isin(getattr(p.work, of), members)

    groups = {2223: (EMPLOYED, UNEMPLOYED, OUTSIDE), 2224: (EMPLOYED, UNEMPLOYED)}
    groups |= {i: (i,) for i in (EMPLOYED, UNEMPLOYED, OUTSIDE)}
    modes = {2603: tuple(range(2605, 2611)), 2604: (2605, 2606)}
    modes |= {i: (i,) for i in range(2605, 2611)}
    minutes = {2611: tuple(range(2612, 2617))} | {i: (i,) for i in range(2612, 2617)}
    rows: dict[int, Who] = {i: partial(labour, members=m) for i, m in groups.items()}
    rows |= {i: partial(travel, of="commute", members=m) for i, m in modes.items()}
    rows |= {i: partial(travel, of="minutes", members=m) for i, m in minutes.items()}
    return rows


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
