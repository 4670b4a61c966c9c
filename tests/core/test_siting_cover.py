"""A maximal covering's bound is below every choice, what it decides is in every better one, and HiGHS agrees."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from scipy import sparse

from courtepointe.core.siting import (
    Terms,
    Watch,
    lagrange_cover,
    max_cover,
    max_cover_on_budget,
    set_cover,
)
from courtepointe.core.siting import cover_search as searched
from courtepointe.core.siting.cover_part import CoverPart
from courtepointe.core.siting.cover_prices import settle
from courtepointe.core.siting.cover_relaxed import factored, folded, solved
from courtepointe.core.siting.cover_search import CoverSearch, Pace
from courtepointe.core.siting.lagrange_cover import core_of
from courtepointe.core.siting.max_cover import pairs_within
from courtepointe.core.siting.merge import Merged, merge
from courtepointe.core.siting.milp import Programme, solve

Town = tuple[np.ndarray, np.ndarray, float]


def town(seed: int, n_rows: int, n_sites: int, *, whole: bool = True) -> Town:
    """Draw distances, people, and a limit within which a site reaches a fifth of all or so."""
    chance = np.random.default_rng(seed)
    points, sites = chance.random((n_rows, 2)), chance.random((n_sites, 2))
    distance = np.hypot(*(points[:, None, axis] - sites[None, :, axis] for axis in (0, 1)))
    people = chance.integers(0, 40, n_rows).astype(np.float64)
    return (
        distance,
        people if whole else people + chance.random(n_rows),
        0.15 + 0.2 * chance.random(),
    )


def rows_of(told: Town) -> Merged:
    distance, people, limit = told
    return merge(*pairs_within(distance, limit), people, distance.shape[1])


def test_what_is_decided_leaves_and_rows_that_become_equal_are_one() -> None:
    # Sites 0 1 2 3; 0 closes, 3 opens: {0,1} and {1} are one, {0} is lost, {2,3} is reached.
    starts, site = np.array([0, 2, 3, 4, 6, 8]), np.array([0, 1, 1, 0, 2, 3, 0, 2], dtype=np.int32)
    cap, price = np.array([5.0, 7.0, 11.0, 13.0, 17.0]), np.array([1.0, 2.0, 3.0, 4.0, 5.0])
    told = settle(
        starts, site, cap, price, np.array([-1, 0, 1, -1], dtype=np.int32),
        np.array([False, False, False, True]), 100.0,
    )  # fmt: skip
    assert [one.tolist() for one in told[:5]] == [
        [0, 1, 2], [0, 1], [12.0, 17.0], [3.0, 5.0], [0, 0, -1, -1, 1],
    ]  # fmt: skip
    assert told[5] == 11.0
    # Nobody lives in the first row.
    told = settle(
        starts, site, np.array([0.0, *cap[1:]]), price, np.array([-1, 0, 1, -1], dtype=np.int32),
        np.array([False, False, False, True]), 100.0,
    )  # fmt: skip
    assert [one.tolist() for one in told[:3]] == [[0, 1, 2], [0, 1], [7.0, 17.0]]
    # A row that is not to be left stays so, whatever joins it.
    told = settle(
        starts, site, cap, price, np.array([-1, 0, 1, 2], dtype=np.int32), np.zeros(4, dtype=np.bool_),
        10.0,
    )  # fmt: skip
    assert told[2].tolist() == [10.0, 10.0, 10.0]


@pytest.mark.parametrize("seed", range(150))
def test_every_choice_is_above_the_bound_and_better_ones_hold_what_is_decided(seed: int) -> None:
    chance = np.random.default_rng(seed)
    rows = rows_of(town(seed, 30, 8, whole=seed % 2 == 0)).rows
    n_open = int(chance.integers(1, 7))
    part = CoverPart.whole(rows, rows.cap * chance.random(rows.n_rows), n_open)
    choices = [np.isin(np.arange(8), one) for one in combinations(range(8), n_open)]
    costs = np.array([rows.total(one) for one in choices])
    for n_steps in (1, 5, 60):
        told = part.ascend(float(costs.max()) + 1.0, 0.0, 1.0, 25, n_steps)
        assert told.bound <= costs.min() + 1e-9
        assert ((told.price >= 0) & (told.price <= rows.cap)).all()
        gap = float(np.quantile(costs, chance.random())) - told.bound
        if gap <= 0:
            continue
        opening, closing = part.fixed(told.worth, gap)
        kept = part.priced(told.price, gap, np.inf)
        smaller, _ = kept.decide(opening, closing, np.inf)
        for one, cost in zip(choices, costs, strict=True):
            if cost < told.bound + gap - 1e-9:
                assert one[opening].all() and not one[closing].any()
                mine = one[smaller.free]
                left = [
                    smaller.cap[row]
                    for row in range(len(smaller.cap))
                    if not mine[smaller.site[smaller.starts[row] : smaller.starts[row + 1]]].any()
                ]
                assert smaller.left + sum(left) == pytest.approx(cost)


@pytest.mark.parametrize("seed", range(80))
def test_the_cover_is_that_of_highs(seed: int) -> None:
    chance = np.random.default_rng(seed)
    distance, people, limit = town(seed, 120, 30, whole=seed % 3 > 0)
    n_open = int(chance.integers(2, 9))
    order = chance.permutation(30)
    forced, never, existing = order[:1], order[1:4], order[4 : 4 + seed % 2]
    terms = Terms(30, *(np.sort(one) for one in (forced, never, existing)))
    ours = max_cover(distance, people, limit=limit, n_open=n_open, terms=terms)
    theirs = max_cover_on_budget(
        distance, people, limit=limit, price=np.ones(30), budget=float(n_open), terms=terms
    )
    assert ours.answer.proven
    assert ours.answer.objective == pytest.approx(theirs.objective)
    within = (distance[:, ours.answer.sites] <= limit).any(axis=1)
    assert ours.answer.objective == pytest.approx(people[within].sum())
    site = int(np.setdiff1d(ours.answer.sites, np.append(forced, existing))[0])
    again = Terms(30, terms.forced, np.sort(np.append(never, site)), terms.existing)
    fresh = max_cover(distance, people, limit=limit, n_open=n_open, terms=again).answer
    assert ours.refused(site).answer.objective == pytest.approx(fresh.objective)


@pytest.mark.parametrize("seed", range(40))
def test_the_relaxation_is_that_of_highs_and_below_every_choice(seed: int) -> None:
    chance = np.random.default_rng(seed)
    rows, n_open = rows_of(town(seed, 60, 9, whole=seed % 2 == 0)).rows, int(chance.integers(1, 9))
    none = np.zeros(9, dtype=np.bool_)
    part, _ = CoverPart.whole(rows, rows.cap / 2, n_open).decide(none, none, np.inf)
    n, m = len(part.cap), 9
    reach = sparse.csr_matrix((np.ones(len(part.site)), part.site, part.starts), (n, m))
    is_site = np.arange(m + n) < m
    theirs = solve(
        Programme(
            np.concatenate([np.zeros(m), part.cap]), np.ones(m + n), np.zeros(m + n, dtype=np.bool_),
            sparse.vstack([sparse.hstack([reach, sparse.identity(n)]), sparse.csr_matrix(is_site * 1.0)]),
            np.append(np.ones(n), n_open), np.append(np.full(n, np.inf), n_open), part.left,
        ),
        go_on=lambda: True, tell=lambda *both: None,
    )  # fmt: skip
    # Much is missing to a choice that leaves all out, hardly anything to one that is the optimum.
    for upper in (float(part.cap.sum()) + part.left, theirs.objective * (1 + 1e-7) + 1e-7):
        told = part.relaxed(upper, 0.0, lambda: True)
        assert told.bound == pytest.approx(
            theirs.objective, abs=0.011 * (upper - told.bound) + 1e-5
        )
        assert told.bound <= theirs.objective + 1e-6
        assert ((told.price >= 0) & (told.price <= part.cap)).all()
        assert told.mean.sum() == pytest.approx(n_open)
        assert told.worth == pytest.approx(reach.T @ told.price)
    stopped = part.relaxed(upper, 0.0, lambda: False)
    assert stopped.bound <= theirs.objective


def test_a_table_is_folded_factored_and_solved() -> None:
    chance = np.random.default_rng(1)
    for n in (1, 8, 31, 32, 33, 70):
        reached = chance.random((4 * n, n)) < 0.3
        starts, site = np.append(0, np.cumsum(reached.sum(axis=1))), np.nonzero(reached)[1]
        weight, diagonal, right = chance.random(4 * n), 0.1 + chance.random(n), chance.random(n)
        whole = (reached.T * weight) @ reached + np.diag(diagonal)
        table = folded(starts, site.astype(np.int32), weight, diagonal)
        assert np.allclose(table, np.triu(whole))
        assert factored(table)
        assert np.allclose(whole @ solved(table, right), right)
    assert not factored(np.array([[1.0, 2.0], [0.0, 1.0]]))


@pytest.mark.parametrize("seed", range(60))
def test_with_and_without_relaxations_the_best_of_all_choices_is_found(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = np.random.default_rng(seed)
    rows = rows_of(town(seed, 200, 12, whole=seed % 3 > 0)).rows
    n_open = int(chance.integers(1, 12))
    order = chance.permutation(12)
    opened, closed = (np.isin(np.arange(12), one) for one in (order[: seed % 2], order[11:]))
    least = min(
        rows.total(np.isin(np.arange(12), one))
        for one in combinations(range(12), n_open)
        if opened[list(one)].sum() == opened.sum() and not closed[list(one)].any()
    )
    # A root that is left at once has the branches find it.
    monkeypatch.setattr(searched, "ROOT", Pace(1, 1, np.inf))
    for dense in (0, 6, searched.DENSE):
        monkeypatch.setattr(searched, "DENSE", dense)
        search = CoverSearch(rows, n_open, seed % 3 > 0, Watch())
        search.run(opened, closed)
        assert search.proven
        assert search.upper == pytest.approx(least)
        assert rows.total(search.best) == search.upper
        assert search.best[opened].all() and not search.best[closed].any()


@pytest.mark.parametrize("dense", [0, searched.DENSE])
def test_a_cover_that_is_stopped_on_its_way_is_no_better_than_its_bound(
    dense: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searched, "DENSE", dense)
    distance, people, limit = town(3, 300, 40)
    best = max_cover(distance, people, limit=limit, n_open=6).answer
    assert best.proven
    for patience in range(1, 40):
        asked = iter(range(patience))
        watch = Watch(go_on=lambda asked=asked: next(asked, None) is not None)  # type: ignore[misc]
        told = max_cover(distance, people, limit=limit, n_open=6, watch=watch).answer
        assert told.objective <= best.objective <= told.bound
        assert told.proven == (told.bound == told.objective)


@pytest.mark.parametrize("seed", [1465, 2389, 2431, 4063, *range(60)])
def test_a_set_covering_reaches_all_at_the_cost_that_highs_finds(seed: int) -> None:
    chance = np.random.default_rng(seed)
    n_rows, n_sites = int(chance.integers(5, 40)), int(chance.integers(4, 20))
    reached = chance.random((n_rows, n_sites)) < chance.uniform(0.1, 0.4)
    reached = np.unique(reached[reached.any(axis=1)], axis=0)
    price = chance.integers(1, 6, n_sites).astype(np.float64)
    price = price if seed % 2 == 0 else chance.random(n_sites) + 0.5
    ones = np.ones(n_sites)
    told = set_cover(np.where(reached, 0.0, 1.0), np.ones(len(reached)), limit=0.5, price=price)
    rows = sparse.csr_matrix(reached.astype(np.float64))
    least = solve(
        Programme(price, ones, ones > 0, rows, np.ones(len(reached)), np.full(len(reached), np.inf)),
        go_on=lambda: True, tell=lambda *both: None,
    )  # fmt: skip
    assert told.proven and told.objective == pytest.approx(least.objective)
    assert reached[:, told.sites].any(axis=1).all()
    assert told.objective == pytest.approx(price[told.sites].sum())


def test_a_row_whose_sites_all_close_ends_a_covering_with_the_best_there_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    table = sparse.csr_matrix(np.array([[1.0, 1.0, 0.0], [0.0, 1.0, 1.0], [1.0, 0.0, 1.0]]))
    best = np.array([True, True, False])
    # Prices that close sites 0 and 1, all that the first row has: nothing costs less than the best.
    told = 0.5, np.array([9.0, 9.0, 0.0]), best
    monkeypatch.setattr(lagrange_cover, "_climb", lambda *given: told)
    core = core_of(table, np.ones(3), 1.0 - 1e-6)
    assert (core.bound, core.upper, core.best.tolist()) == (2.0, 2.0, best.tolist())
