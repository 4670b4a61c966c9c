"""Chosen sites are the best of all choices, and the ties that are told are all the ties."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.oracle import slow_siting as slow

from courtepointe.core.errors import NoAnswer
from courtepointe.core.siting import (
    Answer,
    Rounding,
    Scenario,
    Terms,
    backup_cover,
    capacitated_cover,
    equivalent,
    kolm_pollak_median,
    max_cover,
    max_cover_on_budget,
    max_cover_on_plane,
    min_regret,
    p_center,
    p_median,
    p_median_on_plane,
    set_cover,
)


@st.composite
def towns(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, int]:
    n_rows, n_sites = draw(st.integers(1, 9)), draw(st.integers(2, 7))
    chance = np.random.default_rng(draw(st.integers(0, 10_000)))
    # Few different distances make many ties; some towns have distances that are no whole numbers.
    distance = chance.integers(0, 6, (n_rows, n_sites)).astype(np.float64)
    if draw(st.booleans()):
        distance = distance + chance.random((n_rows, n_sites))
    people = chance.integers(0, 5, n_rows).astype(np.float64)
    return distance, people, draw(st.integers(1, n_sites))


def all_of(answer: Answer) -> list[tuple[int, ...]]:
    return sorted(tuple(one.tolist()) for one in (answer.sites, *answer.alternatives))


@given(towns())
def test_the_median_and_all_its_ties(town: tuple[np.ndarray, np.ndarray, int]) -> None:
    distance, people, n_open = town
    least, ties = slow.best(
        slow.choices(distance.shape[1], n_open), slow.median(distance.tolist(), people.tolist())
    )
    told = p_median(distance, people, n_open=n_open).answer
    assert told.proven and told.every_alternative
    assert told.objective == pytest.approx(least)
    assert told.bound == told.objective
    assert all_of(told) == ties


@given(towns(), st.data())
def test_the_median_under_terms(
    town: tuple[np.ndarray, np.ndarray, int], data: st.DataObject
) -> None:
    distance, people, n_open = town
    n_sites = distance.shape[1]
    order = data.draw(st.permutations(range(n_sites)))
    n_existing = data.draw(st.integers(0, min(2, n_sites - 1)))
    n_forced = data.draw(st.integers(0, min(n_open, n_sites - n_existing)))
    n_never = data.draw(st.integers(0, n_sites - n_existing - n_forced))
    existing = order[:n_existing]
    forced = order[n_existing : n_existing + n_forced]
    never = order[n_sites - n_never :] if n_never else []
    more = min(max(n_open, n_forced), n_sites - n_existing - n_never)
    if more + n_existing == 0:
        return
    terms = Terms(n_sites, *(np.array(one, dtype=np.int64) for one in (forced, never, existing)))
    all_ = slow.choices(n_sites, more + n_existing, forced=[*existing, *forced], forbidden=never)
    least, ties = slow.best(all_, slow.median(distance.tolist(), people.tolist()))
    told = p_median(distance, people, n_open=more, terms=terms).answer
    assert told.proven
    assert told.objective == pytest.approx(least)
    assert all_of(told) == ties


@given(towns(), st.data())
def test_a_refused_site_is_answered_as_if_it_had_never_been(
    town: tuple[np.ndarray, np.ndarray, int], data: st.DataObject
) -> None:
    distance, people, n_open = town
    n_sites = distance.shape[1]
    n_open = min(n_open, n_sites - 1)
    site = data.draw(st.integers(0, n_sites - 1))
    least, ties = slow.best(
        slow.choices(n_sites, n_open, forbidden=[site]),
        slow.median(distance.tolist(), people.tolist()),
    )
    told = p_median(distance, people, n_open=n_open).refused(site).answer
    assert told.objective == pytest.approx(least)
    assert all_of(told) == ties
    assert site not in told.sites


@settings(max_examples=15)
@given(st.integers(0, 10_000), st.integers(1, 60), st.sampled_from(Rounding))
def test_the_nearest_few_answer_as_the_whole_table(
    seed: int, n_open: int, rounding: Rounding
) -> None:
    chance = np.random.default_rng(seed)
    points = chance.random((80, 2)) * 100.0
    people = chance.integers(1, 9, 80).astype(np.float64)
    far = np.hypot(*(points[:, None, axis] - points[None, :, axis] for axis in (0, 1)))
    whole = p_median(rounding.of(far), people, n_open=n_open).answer
    near = p_median_on_plane(points, points, people, n_open=n_open, rounding=rounding).answer
    assert whole.proven and near.proven
    assert near.objective == pytest.approx(whole.objective)


@given(towns(), st.integers(0, 5))
def test_the_cover_and_all_its_ties(town: tuple[np.ndarray, np.ndarray, int], limit: int) -> None:
    distance, people, n_open = town
    count = slow.covered(distance.tolist(), people.tolist(), limit)
    least, ties = slow.best(slow.choices(distance.shape[1], n_open), lambda choice: -count(choice))
    told = max_cover(distance, people, limit=limit, n_open=n_open).answer
    assert told.proven and told.every_alternative
    assert (told.objective, told.bound) == (pytest.approx(-least), pytest.approx(-least))
    assert all_of(told) == ties
    for site, reached in zip(told.sites, told.reasons.people, strict=True):
        assert reached == people[distance[:, site] <= limit].sum()
    for site, lost in zip(told.sites, told.reasons.lost, strict=True):
        others = tuple(one for one in told.sites.tolist() if one != site)
        assert lost == pytest.approx(told.objective - (count(others) if others else 0))


@given(st.integers(0, 10_000), st.integers(1, 6), st.floats(0.05, 0.6))
def test_covers_on_the_plane_are_those_of_the_table(seed: int, n_open: int, radius: float) -> None:
    chance = np.random.default_rng(seed)
    points, sites = chance.random((60, 2)) * 3, chance.random((9, 2)) * 3
    people = chance.integers(0, 9, 60).astype(np.float64)
    distance = np.hypot(*(points[:, None, axis] - sites[None, :, axis] for axis in (0, 1)))
    one = max_cover(distance, people, limit=radius, n_open=n_open).answer
    other = max_cover_on_plane(points, sites, people, radius=radius, n_open=n_open).answer
    assert (one.objective, one.sites.tolist()) == (other.objective, other.sites.tolist())
    assert one.served_by.tolist() == other.served_by.tolist()


@given(towns(), st.integers(0, 5), st.integers(1, 3))
def test_the_cover_several_times_over(
    town: tuple[np.ndarray, np.ndarray, int], limit: int, times: int
) -> None:
    distance, people, n_open = town
    times = min(times, n_open)
    count = slow.covered(distance.tolist(), people.tolist(), limit, times=times)
    most = max(map(count, slow.choices(distance.shape[1], n_open)))
    told = backup_cover(distance, people, limit=limit, n_open=n_open, times=times)
    assert told.proven and told.objective == most == count(tuple(told.sites.tolist()))


@given(towns(), st.integers(0, 5), st.integers(0, 10_000))
def test_the_cover_that_a_budget_buys(
    town: tuple[np.ndarray, np.ndarray, int], limit: int, seed: int
) -> None:
    distance, people, _ = town
    n_sites = distance.shape[1]
    chance = np.random.default_rng(seed)
    price = chance.integers(1, 9, n_sites).astype(np.float64)
    budget = float(chance.integers(price.min(), price.sum() + 1))
    count = slow.covered(distance.tolist(), people.tolist(), limit)
    bought = [
        choice
        for n_open in range(1, n_sites + 1)
        for choice in slow.choices(n_sites, n_open)
        if sum(price[list(choice)]) <= budget
    ]
    told = max_cover_on_budget(distance, people, limit=limit, price=price, budget=budget)
    assert price[told.sites].sum() <= budget
    assert told.proven and told.objective == max(map(count, bought))


@given(towns(), st.integers(0, 5), st.integers(0, 10_000))
def test_the_cover_with_room_for_so_many(
    town: tuple[np.ndarray, np.ndarray, int], limit: int, seed: int
) -> None:
    distance, people, n_open = town
    capacity = np.random.default_rng(seed).integers(0, 9, distance.shape[1]).astype(np.float64)
    held = {
        choice: slow.room(distance.tolist(), people.tolist(), limit, capacity.tolist(), choice)
        for choice in slow.choices(distance.shape[1], n_open)
    }
    told = capacitated_cover(distance, people, limit=limit, capacity=capacity, n_open=n_open)
    assert told.proven and told.objective == max(held.values())
    assert held[tuple(told.sites.tolist())] == told.objective
    assert told.reasons.people.sum() == pytest.approx(told.objective)


@given(towns())
def test_the_center_and_all_its_ties(town: tuple[np.ndarray, np.ndarray, int]) -> None:
    distance, people, n_open = town
    if not people.any():
        people = people + 1
    least, ties = slow.best(
        slow.choices(distance.shape[1], n_open), slow.farthest(distance.tolist(), people.tolist())
    )
    told = p_center(distance, people, n_open=n_open)
    assert told.proven and told.every_alternative
    assert told.objective == least == told.bound
    assert all_of(told) == ties


@given(towns(), st.integers(1, 6), st.booleans(), st.data())
def test_the_fewest_or_cheapest_sites(
    town: tuple[np.ndarray, np.ndarray, int], limit: int, priced: bool, data: st.DataObject
) -> None:
    distance, people, _ = town
    n_sites = distance.shape[1]
    price = np.array(data.draw(st.lists(st.integers(1, 4), min_size=n_sites, max_size=n_sites)), dtype=np.float64)  # fmt: skip
    if not priced:
        price = np.ones(n_sites)
    forced = data.draw(st.lists(st.integers(0, n_sites - 1), max_size=1))
    count = slow.covered(distance.tolist(), people.tolist(), limit)
    all_ = [
        choice
        for n_open in range(n_sites + 1)
        for choice in slow.choices(n_sites, n_open, forced=forced)
        if count(choice) == people.sum()
    ]
    terms = Terms(n_sites, forced=np.array(forced, dtype=np.int64))
    if not all_:
        with pytest.raises(NoAnswer):
            set_cover(distance, people, limit=limit, terms=terms)
        return
    least, ties = slow.best(all_, lambda choice: sum(price[list(choice)]))
    told = set_cover(distance, people, limit=limit, price=price if priced else None, terms=terms)
    assert told.proven and told.objective == least
    assert tuple(told.sites.tolist()) in ties
    if not priced:
        assert told.every_alternative and all_of(told) == ties


@given(towns(), st.floats(-2.0, -0.05))
def test_kolm_and_pollak(town: tuple[np.ndarray, np.ndarray, int], kappa: float) -> None:
    distance, people, n_open = town
    people = people + 1
    least, ties = slow.best(
        slow.choices(distance.shape[1], n_open),
        slow.kolm_pollak_sum(distance.tolist(), people.tolist(), kappa),
    )
    told = kolm_pollak_median(distance, people, n_open=n_open, kappa=kappa)
    assert told.proven and tuple(told.sites.tolist()) in ties
    away = distance[:, told.sites].min(axis=1)
    assert told.objective == pytest.approx(equivalent(away, people, kappa))
    assert told.objective == pytest.approx(-np.log(least / people.sum()) / kappa)
    # No nearer than the mean, no farther than the farthest.
    mean = float((people * away).sum() / people.sum())
    assert mean - 1e-9 <= told.objective <= away.max() + 1e-9


@given(towns(), st.integers(0, 10_000), st.integers(1, 3))
def test_the_least_regret(
    town: tuple[np.ndarray, np.ndarray, int], seed: int, n_scenarios: int
) -> None:
    distance, people, n_open = town
    chance = np.random.default_rng(seed)
    scenarios = [Scenario(distance, people)] + [
        Scenario(
            distance + chance.integers(0, 5, distance.shape),
            chance.integers(0, 5, len(people)).astype(np.float64),
        )
        for _ in range(n_scenarios)
    ]
    costs = [slow.median(one.distance.tolist(), one.people.tolist()) for one in scenarios]
    all_ = slow.choices(distance.shape[1], n_open)
    bests = [min(map(cost, all_)) for cost in costs]
    least, ties = slow.best(
        all_,
        lambda choice: max(cost(choice) - best for cost, best in zip(costs, bests, strict=True)),
    )
    told = min_regret(scenarios, n_open=n_open)
    assert told.answer.proven and told.answer.objective == pytest.approx(least, abs=1e-6)
    assert tuple(told.answer.sites.tolist()) in ties
    assert told.best == pytest.approx(bests)
