"""Coverage, floating catchments and indices equal their slow twins, told person by person."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from courtepointe.core.access import (
    Reach,
    balanced,
    concentration,
    coverage,
    gini,
    kolm_pollak,
    median_minutes,
    rational,
    theil,
    three_step,
    two_step,
)

COUNTS = st.integers(0, 6)
LISTS = st.lists(st.tuples(st.integers(0, 9), COUNTS), min_size=1, max_size=8)


def one_by_one(held: list[tuple[int, int]]) -> list[int]:
    """Give each person's value."""
    return [value for value, people in held for _ in range(people)]


def arrays(held: list[tuple[int, int]]) -> tuple[np.ndarray, np.ndarray]:
    values, weights = np.array(held, dtype=np.float64).T
    return values, weights


@given(LISTS)
def test_indices_are_those_of_people_one_by_one(held: list[tuple[int, int]]) -> None:
    people = one_by_one(held)
    if not people or not any(people):
        return
    n, mean = len(people), sum(people) / len(people)
    values, weights = arrays(held)
    differences = sum(abs(a - b) for a, b in product(people, people))
    assert gini(values, weights) == pytest.approx(differences / (2 * n * n * mean), abs=1e-12)
    t = sum(a / mean * math.log(a / mean) for a in people if a) / n
    assert theil(values, weights).t == pytest.approx(t, abs=1e-12)
    if all(people):
        low = sum(math.log(mean / a) for a in people) / n
        assert theil(values, weights).log_deviation == pytest.approx(low, abs=1e-12)
    kappa = -sum(people) / sum(a * a for a in people)
    equal = -math.log(sum(math.exp(-kappa * a) for a in people) / n) / kappa
    assert kolm_pollak(values, weights).equivalent == pytest.approx(equal, rel=1e-12)


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3), COUNTS), min_size=1, max_size=7))
def test_concentration_is_that_of_people_one_by_one(held: list[tuple[int, int, int]]) -> None:
    people = [(value, rank) for value, rank, n in held for _ in range(n)]
    if not any(value for value, _ in people):
        return
    n, mean = len(people), sum(value for value, _ in people) / len(people)
    middle = [
        (sum(r < rank for _, r in people) + sum(r == rank for _, r in people) / 2) / n
        for _, rank in people
    ]
    cov = (
        sum((value - mean) * (at - 0.5) for (value, _), at in zip(people, middle, strict=True)) / n
    )
    values, ranks, weights = np.array(held, dtype=np.float64).T
    assert concentration(values, ranks, weights).index == pytest.approx(2 * cov / mean, abs=1e-12)


@given(
    st.lists(
        st.tuples(st.sampled_from([0.0, 5.0, 7.5, 10.0, 99.0, math.inf]), COUNTS, COUNTS, st.integers(0, 2)),
        min_size=1,
        max_size=12,
    )
)  # fmt: skip
def test_coverage_is_counted_one_by_one(held: list[tuple[float, int, int, int]]) -> None:
    minutes = np.array([one[0] for one in held])
    people = np.array([one[1:3] for one in held], dtype=np.float64)
    place = np.array([one[3] for one in held])
    told = coverage(minutes, people, limits_min=(5.0, 10.0), place=place, n_places=3)
    for where, group, (column, limit) in product(range(3), range(2), enumerate((5.0, 10.0))):
        slow = sum(one[1 + group] for one in held if one[3] == where and one[0] <= limit)
        assert told.covered[where, group, column] == slow
    each = sorted(one[0] for one in held for _ in range(one[1]))
    if each:
        assert median_minutes(minutes, people[:, 0]) == each[(len(each) - 1) // 2]


@st.composite
def reaches(draw: st.DrawFn) -> Reach:
    n, m = draw(st.integers(1, 5)), draw(st.integers(1, 4))
    pairs = draw(st.sets(st.tuples(st.integers(0, n - 1), st.integers(0, m - 1)), max_size=n * m))
    ordered = sorted(pairs)
    weights = [draw(st.sampled_from([0.0, 0.25, 0.5, 1.0])) for _ in ordered]
    return Reach(
        np.array([one for one, _ in ordered], dtype=np.int64),
        np.array([other for _, other in ordered], dtype=np.int64),
        np.array(weights, dtype=np.float64),
        np.array([draw(COUNTS) for _ in range(n)], dtype=np.float64),
        np.array([draw(COUNTS) for _ in range(m)], dtype=np.float64),
    )


@given(reaches())
def test_floating_catchments_are_their_formulas(reach: Reach) -> None:
    n, m = len(reach.people), len(reach.capacity)
    w = [[0.0] * m for _ in range(n)]
    for i, j, weight in zip(
        reach.demand.tolist(), reach.supply.tolist(), reach.weight.tolist(), strict=True
    ):
        w[i][j] = weight

    def part(some: float, whole: float) -> float:
        return some / whole if whole else 0.0

    by_row = [[part(w[i][j], sum(w[i])) for j in range(m)] for i in range(n)]
    by_column = [[part(w[i][j], sum(row[j] for row in w)) for j in range(m)] for i in range(n)]
    chosen = [[w[i][j] * by_row[i][j] for j in range(m)] for i in range(n)]
    for fast, first, second in (
        (two_step(reach), w, w),
        (three_step(reach), chosen, chosen),
        (balanced(reach), by_row, by_column),
    ):
        load = [sum(reach.people[i] * first[i][j] for i in range(n)) for j in range(m)]
        rate = [part(reach.capacity[j], load[j]) for j in range(m)]
        slow = [sum(rate[j] * second[i][j] for j in range(m)) for i in range(n)]
        assert fast.access.tolist() == pytest.approx(slow, rel=1e-12)
        assert fast.reached.tolist() == [one > 0 for one in load]


def shared_by_bisection(people: float, ways: list[tuple[float, float]]) -> list[float]:
    """Share people between sites of given (cost before, room) so that all who are used cost the same."""
    low, high = 0.0, max(cost + people / room for cost, room in ways)
    for _ in range(200):
        level = (low + high) / 2.0
        if sum(max(level - cost, 0.0) * room for cost, room in ways) < people:
            low = level
        else:
            high = level
    return [max(high - cost, 0.0) * room for cost, room in ways]


@given(reaches(), st.lists(st.sampled_from([0.0, 3.0, 7.0, 20.0, 31.0]), min_size=20, max_size=20))
def test_a_rational_choice_is_that_of_places_in_turn(reach: Reach, minutes: list[float]) -> None:
    walk = np.array(minutes[: len(reach.demand)])
    told = rational(reach, walk, tau_min=15.0)
    total, seats = float(reach.people.sum()), float(reach.capacity.sum())
    room = [total * float(one) / seats if seats else 0.0 for one in reach.capacity]
    its: dict[int, list[int]] = {}
    for pair, (i, j) in enumerate(zip(reach.demand.tolist(), reach.supply.tolist(), strict=True)):
        if reach.weight[pair] > 0.0 and reach.capacity[j] > 0.0:
            its.setdefault(i, []).append(pair)
    went, load = [0.0] * len(walk), [0.0] * len(room)
    for _ in range(2_000 if total else 0):
        moved = 0.0
        for i, pairs in its.items():
            sites = [int(reach.supply[pair]) for pair in pairs]
            others = [load[j] - went[pair] for j, pair in zip(sites, pairs, strict=True)]
            ways = [
                (walk[pair] / 15.0 + other / room[j], room[j])
                for j, pair, other in zip(sites, pairs, others, strict=True)
            ]
            new = shared_by_bisection(float(reach.people[i]), ways)
            moved = max(
                moved, *(abs(went[pair] - more) for pair, more in zip(pairs, new, strict=True))
            )
            for j, pair, other, more in zip(sites, pairs, others, new, strict=True):
                went[pair], load[j] = more, other + more
        if not its or moved < 1e-9:
            break
    assert told.load.tolist() == pytest.approx(load, abs=1e-4)
    for i in range(len(reach.people)):
        slow = [
            walk[pair] / 15.0
            + (load[reach.supply[pair]] / room[reach.supply[pair]] if total else 0.0)
            for pair in its.get(i, [])
        ]
        assert told.cost[i] == pytest.approx(min(slow, default=math.inf), abs=1e-5)
