"""Laws of access: capacities are shared out whole, indices do not mind units or who stands where."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.support.towns_of_streets import town

from courtepointe.core.access import (
    Reach,
    along_streets,
    balanced,
    concentration,
    coverage,
    covered_along,
    gini,
    kolm_pollak,
    rational,
    theil,
    three_step,
    two_step,
)

SEEDS = st.integers(0, 10_000)


def drawn(seed: int, n: int = 12, m: int = 5, share: float = 0.4) -> Reach:
    chance = np.random.default_rng(seed)
    demand, supply = np.nonzero(chance.random((n, m)) < share)
    return Reach(
        demand, supply, chance.random(len(demand)), chance.integers(0, 90, n).astype(float),
        chance.integers(0, 50, m).astype(float),
    )  # fmt: skip


@given(SEEDS)
def test_the_capacity_that_is_reached_is_shared_out_whole(seed: int) -> None:
    reach = drawn(seed)
    for told in (two_step(reach), three_step(reach)):
        shared = float(reach.people @ told.access)
        assert shared == pytest.approx(float(reach.capacity[told.reached].sum()), rel=1e-12)


@given(SEEDS)
def test_balanced_accesses_add_up_to_the_levels_of_service(seed: int) -> None:
    reach = drawn(seed)
    told = balanced(reach)
    assert told.access.sum() == pytest.approx(float(np.nansum(told.rate)), rel=1e-12)
    # And nobody is counted more than once: the loads add up to those who reach some site.
    ones = np.ones(len(reach.capacity))
    rate = balanced(Reach(reach.demand, reach.supply, reach.weight, reach.people, ones)).rate
    reached = np.isin(np.arange(len(reach.people)), reach.demand)
    load = float((1.0 / rate[np.isfinite(rate)]).sum())
    assert load == pytest.approx(float(reach.people[reached].sum()), rel=1e-9)


@given(SEEDS)
def test_twice_the_capacity_is_twice_the_access_and_twice_the_people_half(seed: int) -> None:
    reach = drawn(seed)
    held = reach.demand, reach.supply, reach.weight
    for way in (two_step, three_step, balanced):
        told = way(reach).access
        double = way(Reach(*held, reach.people, 2.0 * reach.capacity)).access
        crowded = way(Reach(*held, 2.0 * reach.people, reach.capacity)).access
        assert double == pytest.approx(2.0 * told, rel=1e-12)
        assert crowded == pytest.approx(told / 2.0, rel=1e-12)


@given(SEEDS)
def test_nobody_would_rather_go_elsewhere_and_everybody_goes_somewhere(seed: int) -> None:
    reach = drawn(seed, n=40, m=7)
    minutes = np.random.default_rng(seed).uniform(0.0, 25.0, len(reach.demand))
    told = rational(reach, minutes, tau_min=15.0)
    assert told.gap < 1e-6
    reached = np.isfinite(told.cost)
    assert reach.over_demand(told.people)[reached] == pytest.approx(reach.people[reached])
    assert not told.people[~reached[reach.demand]].any()
    assert reach.over_supply(told.people) == pytest.approx(told.load)
    room = reach.capacity * reach.people.sum() / reach.capacity.sum()
    open_ = reach.capacity[reach.supply] > 0.0
    site = reach.supply[open_]
    each = minutes[open_] / 15.0 + told.load[site] / room[site]
    least = told.cost[reach.demand[open_]]
    assert (each >= least - 1e-12).all()
    assert each[told.people[open_] > 0.0] == pytest.approx(
        least[told.people[open_] > 0.0], abs=1e-6
    )


@given(SEEDS)
def test_a_rational_choice_minds_neither_order_nor_size(seed: int) -> None:
    reach, chance = drawn(seed), np.random.default_rng(seed)
    minutes = chance.uniform(0.0, 25.0, len(reach.demand))
    told = rational(reach, minutes)
    order = chance.permutation(len(minutes))
    mixed = Reach(
        reach.demand[order], reach.supply[order], reach.weight[order], reach.people, reach.capacity
    )
    assert np.array_equal(rational(mixed, minutes[order]).cost, told.cost)
    # A town of twice the people, or with half the seats everywhere, is as crowded as its own mean.
    held = reach.demand, reach.supply, reach.weight
    for again in (
        Reach(*held, 2.0 * reach.people, reach.capacity),
        Reach(*held, reach.people, 0.5 * reach.capacity),
    ):
        assert rational(again, minutes).cost == pytest.approx(told.cost, abs=1e-6)
    # And where the way costs nothing, who reach all seats share them alike.
    n, m = len(reach.people), len(reach.capacity)
    demand, supply = np.divmod(np.arange(n * m), m)
    whole = Reach(demand, supply, np.ones(n * m), reach.people, reach.capacity)
    if reach.people.sum() > 0.0 and reach.capacity.sum() > 0.0:
        assert rational(whole, np.zeros(n * m)).cost == pytest.approx(np.ones(n), abs=1e-6)


@given(SEEDS, st.floats(0.01, 1_000.0))
def test_indices_do_not_mind_the_unit_nor_the_order(seed: int, unit: float) -> None:
    chance = np.random.default_rng(seed)
    values, weights = chance.uniform(0.1, 60.0, 15), chance.integers(1, 40, 15).astype(float)
    rank, order = chance.integers(0, 5, 15).astype(float), chance.permutation(15)
    for index in (
        lambda x, w, r: gini(x, w),
        lambda x, w, r: theil(x, w).t,
        lambda x, w, r: theil(x, w).log_deviation,
        lambda x, w, r: concentration(x, r, w).index,
    ):
        told = index(values, weights, rank)
        assert index(unit * values, 3.0 * weights, rank) == pytest.approx(told, abs=1e-11)
        assert index(values[order], weights[order], rank[order]) == pytest.approx(told, abs=1e-11)
        assert index(np.full(15, 7.0), weights, rank) == pytest.approx(0.0, abs=1e-12)
    walk = kolm_pollak(values, weights)
    assert kolm_pollak(unit * values, weights).equivalent == pytest.approx(unit * walk.equivalent)
    assert walk.index >= -1e-12


@given(SEEDS)
def test_moving_a_minute_from_who_has_more_to_who_has_less_lowers_every_index(seed: int) -> None:
    chance = np.random.default_rng(seed)
    values = np.sort(chance.uniform(1.0, 60.0, 9))
    rich, poor = values[-1], values[0]
    assume(rich - poor > 3.0)
    moved = values.copy()
    moved[-1], moved[0] = rich - 1.0, poor + 1.0
    assert gini(moved) < gini(values)
    assert theil(moved).t < theil(values).t
    assert theil(moved).log_deviation < theil(values).log_deviation
    assert kolm_pollak(moved).equivalent < kolm_pollak(values).equivalent


@given(SEEDS)
def test_what_is_between_groups_and_within_them_is_all(seed: int) -> None:
    chance = np.random.default_rng(seed)
    values, group = chance.uniform(0.5, 9.0, 14), chance.integers(0, 3, 14)
    weights = chance.integers(1, 9, 14).astype(float)
    told = theil(values, weights, group=group)
    mean = np.average(values, weights=weights)
    within_t = within_l = 0.0
    for one in np.unique(group):
        held = group == one
        inside = theil(values[held], weights[held])
        part = weights[held].sum() / weights.sum()
        within_t += part * np.average(values[held], weights=weights[held]) / mean * inside.t
        within_l += part * inside.log_deviation
    assert told.t == pytest.approx(told.t_between + within_t, abs=1e-12)
    assert told.log_deviation == pytest.approx(told.log_deviation_between + within_l, abs=1e-12)


@given(SEEDS)
def test_coverage_grows_with_the_limit_and_adds_up_over_places(seed: int) -> None:
    chance = np.random.default_rng(seed)
    minutes = np.where(chance.random(30) < 0.2, np.inf, chance.uniform(0, 25, 30))
    people, place = chance.integers(0, 9, (30, 3)).astype(float), chance.integers(0, 4, 30)
    told = coverage(minutes, people, place=place, n_places=4)
    assert (np.diff(told.covered, axis=-1) >= 0.0).all()
    assert (told.left_out >= 0.0).all()
    alone = coverage(minutes, people)
    assert told.together().covered == pytest.approx(alone.covered)
    assert told.together().people == pytest.approx(people.sum(axis=0, keepdims=True))


@given(SEEDS)
def test_people_along_streets_are_counted_once_and_lie_in_their_range(seed: int) -> None:
    made = town(8, seed=seed)
    streets = made.streets()
    half = float(made.points[:, 0].mean())
    areas = np.array(
        [shapely.box(-50, -50, half, 1_000), shapely.box(half, -50, 1_000, 1_000)], dtype=object
    )
    placed = along_streets(streets, areas)
    chance = np.random.default_rng(seed)
    minutes = np.where(
        chance.random(len(placed.area)) < 0.2, np.inf, chance.uniform(0, 25, len(placed.area))
    )
    people = chance.integers(1, 900, (2, 3)).astype(float)
    told = covered_along(placed, minutes, people, limits_min=(5.0, 15.0))
    for one in (told.even, told.nearest, told.farthest):
        assert one.people[0] == pytest.approx(people[told.counted].sum(axis=0))
    assert (told.farthest.covered <= told.even.covered + 1e-9).all()
    assert (told.even.covered <= told.nearest.covered + 1e-9).all()
