"""Groups beside everybody, worked by hand: two areas of two stretches each.

A hundred people in each; 80 of the group in the first and 20 in the second. Minutes 2 and 12 in the
first, 4 and 6 in the second.
"""

from __future__ import annotations

from dataclasses import replace
from math import log

import numpy as np
import pytest
from tests.support.town import words

from courtepointe.atlas.query.equity_on_foot import GroupGap, Range, along, group_gap, unequal
from courtepointe.atlas.query.groups_on_foot import Group
from courtepointe.atlas.query.inside import Living, shares
from courtepointe.core.access import gap
from courtepointe.core.typing import Floats

LIMIT = 10.0
MINUTES = np.array([2.0, 12.0, 4.0, 6.0])


def living() -> Living:
    both = np.ones(2, dtype=np.bool_)
    halves = np.full(4, 0.5)
    return Living(
        np.array([0, 2, 4]), np.arange(4), halves, np.ones(2), np.array([100.0, 100.0]), both, (), ()
    )  # fmt: skip


def group(*half: float) -> Group:
    errors = np.array(half or (0.0, 0.0))
    both = np.ones(2, dtype=np.bool_)
    return Group("g", words("g"), np.array([80.0, 20.0]), errors, both, True, (), "2021")


def beside(some: Group, minutes: Floats = MINUTES, *, land: Living | None = None) -> GroupGap:
    land = land or living()
    found = shares(land, minutes, (LIMIT,))
    told = group_gap(some, land, found, along(land, minutes), place=0)
    assert told is not None
    return told


def ends(told: Range) -> tuple[float, float, float]:
    return round(told.even, 9), round(told.low, 9), round(told.high, 9)


def test_a_gap_is_told_in_people_then_in_minutes_with_what_could_be() -> None:
    told = beside(group())
    assert told.everyone == 100.0
    # 40 of 80 and 20 of 20; 50 of 100 and 100 of 100. At the farthest street nobody of the first area.
    assert ends(told.share) == (0.6, 0.2, 1.0)
    assert ends(told.all_share) == (0.75, 0.5, 1.0)
    assert ends(told.people) == (15.0, 100 * (0.5 - 1.0), 100 * (1.0 - 0.2))
    # 40 at 2, 10 at 4: half. With all at one end of their area: 2 and 4, or 12 and 6.
    assert ends(told.minutes) == (4.0, 2.0, 12.0)
    assert ends(told.all_minutes) == (4.0, 2.0, 6.0)
    assert not told.is_apart


def test_groups_are_apart_only_where_ranges_have_nothing_in_common() -> None:
    there = np.array([12.0, 12.0, 4.0, 4.0])
    told = beside(group(), there)
    assert (ends(told.share), ends(told.all_share)) == ((0.2, 0.2, 0.2), (0.5, 0.5, 0.5))
    assert ends(told.people) == (30.0, 30.0, 30.0)
    assert told.is_apart
    # What a sample's error could be is not known: nothing is told apart by it.
    assert not beside(replace(group(), error_known=False), there).is_apart
    # 25 of the group more or fewer in the first area: its share may be 0.15 to 0.25, in the other 0.5.
    unsure = beside(group(25.0, 0.0), there)
    assert ends(unsure.share) == (0.2, 0.15, 0.25)
    assert unsure.is_apart
    # So many that it may be everybody's share.
    assert not beside(group(160.0, 0.0), there).is_apart


def test_an_error_of_a_count_moves_no_share_where_all_areas_are_alike() -> None:
    told = beside(group(40.0, 20.0), np.full(4, 3.0))
    assert ends(told.share) == (1.0, 1.0, 1.0)


def test_an_area_that_keeps_the_group_back_is_on_neither_side() -> None:
    some = replace(group(), count=np.array([0.0, 20.0]), known=np.array([False, True]))
    told = beside(some)
    assert (told.everyone, told.n_unknown) == (20.0, 1)
    assert ends(told.all_share) == (1.0, 1.0, 1.0)
    assert ends(told.people) == (0.0, 0.0, 0.0)
    nobody = replace(some, known=np.array([False, False]), count=np.zeros(2))
    land = living()
    found, ways = shares(land, MINUTES, (LIMIT,)), along(land, MINUTES)
    assert group_gap(nobody, land, found, ways, place=0) is None


@pytest.mark.parametrize("seed", range(5))
def test_a_gap_is_the_one_of_all_stretches_one_by_one(seed: int) -> None:
    rng = np.random.default_rng(seed)
    first = np.r_[0, np.cumsum(rng.integers(0, 6, 12))]
    n, sizes = int(first[-1]), np.diff(first)
    area = np.repeat(np.arange(12), sizes)
    metres = rng.uniform(1.0, 25.0, n)
    part = metres / np.bincount(area, metres, 12)[area]
    counted = sizes > 0
    land = Living(
        first, rng.permutation(n), part, counted * rng.uniform(0.2, 1.0, 12), counted * rng.integers(0, 500, 12),
        counted, (), (),
    )  # fmt: skip
    # Minutes that are alike, and some that are none: ties are where two ways could differ.
    minutes = rng.choice([3.0, 8.0, 10.0, 14.0, np.inf], n)
    some = Group("g", words("g"), rng.integers(0, 90, 12) * 1.0, np.zeros(12), np.ones(12, np.bool_), True, (), "")  # fmt: skip
    told = beside(some, minutes, land=land)
    own = (some.count * land.share * counted)[area] * part
    slow = gap(minutes[land.spot], own, land.people[area] * part, limit_min=LIMIT)
    assert (told.share.even, told.all_share.even) == pytest.approx((slow.share, slow.other_share))
    assert told.people.even == pytest.approx(slow.people)
    assert (told.minutes.even, told.all_minutes.even) == (slow.minutes, slow.other_minutes)


def test_half_that_reach_none_have_no_minutes() -> None:
    told = beside(group(), np.array([np.inf, np.inf, 4.0, 4.0]))
    assert told.minutes == Range(np.inf, np.inf, np.inf)
    assert told.all_minutes.even == 4.0


def test_indices_of_minutes_over_people() -> None:
    land = living()
    told = unequal(land, along(land, MINUTES))
    assert told is not None
    assert (told.people, told.beyond, told.mean_min) == (200.0, 0.0, 6.0)
    # Differences of 2, 4, 6, 12: 2 + 4 + 10 + 2 + 8 + 6 = 32, twice over 16 pairs, over twice the mean.
    assert told.gini == pytest.approx(1.0 / 3.0)
    theil = sum(x / 6.0 * log(x / 6.0) for x in (2.0, 4.0, 6.0, 12.0)) / 4.0
    between = sum(x / 6.0 * log(x / 6.0) for x in (7.0, 5.0)) / 2.0
    assert told.theil == pytest.approx(theil)
    assert told.between == pytest.approx(between / theil)
    # kappa = -24 / (4 + 16 + 36 + 144).
    kappa = -0.12
    heavy = -log(sum(np.exp(-kappa * x) for x in (2.0, 4.0, 6.0, 12.0)) / 4.0) / kappa
    assert told.kolm_pollak.equivalent == pytest.approx(heavy)
    assert told.kolm_pollak.equivalent > told.mean_min


def test_who_reaches_no_site_is_in_no_index() -> None:
    land = living()
    told = unequal(land, along(land, np.array([2.0, np.inf, 6.0, 6.0])))
    assert told is not None
    assert (told.people, told.beyond) == (150.0, 50.0)
    assert told.mean_min == pytest.approx((50 * 2 + 100 * 6) / 150)
    assert unequal(land, along(land, np.full(4, np.inf))) is None
    # At the door there is nothing that could be unequal.
    assert unequal(land, along(land, np.zeros(4))) is None
    alike = unequal(land, along(land, np.full(4, 3.0)))
    assert alike is not None
    assert (alike.gini, alike.theil, alike.between) == pytest.approx((0.0, 0.0, 0.0))
