"""A problem that falls apart: its pieces, their bounds, and how sites are shared out among them."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from courtepointe.core.siting import Rounding, Watch, p_median, p_median_on_plane
from courtepointe.core.siting.levels import FREE, Levels
from courtepointe.core.siting.p_median import weighed
from courtepointe.core.siting.piece import Piece
from courtepointe.core.siting.pieces import Sharing, components, falls_apart, shared
from courtepointe.core.siting.rows import Rows, rows_of_matrix

SEEDS = st.integers(0, 100_000)


def always() -> bool:
    return True


def town(chance: np.random.Generator, *, whole: bool) -> np.ndarray:
    """Draw distances, some of them equal, from few places to few sites."""
    n_rows, n_sites = int(chance.integers(1, 7)), int(chance.integers(1, 6))
    distance = chance.integers(0, 6, (n_rows, n_sites)).astype(np.float64)
    return distance if whole else distance + chance.random((n_rows, n_sites))


def islands(chance: np.random.Generator, n: int, *, whole: bool) -> np.ndarray:
    """Put towns side by side, with no way between them."""
    towns = [town(chance, whole=whole) for _ in range(n)]
    distance = np.full(np.sum([one.shape for one in towns], axis=0), np.inf)
    row = site = 0
    for one in towns:
        distance[row : row + one.shape[0], site : site + one.shape[1]] = one
        row, site = row + one.shape[0], site + one.shape[1]
    return distance


def choices(n_sites: int, n_open: int) -> list[np.ndarray]:
    told = []
    for one in combinations(range(n_sites), n_open):
        told.append(np.isin(np.arange(n_sites), one))
    return told


def least(rows: Rows, n_open: int) -> float:
    return min(rows.total(one) for one in choices(rows.n_sites, n_open))


@settings(max_examples=60)
@given(SEEDS, st.integers(1, 4), st.booleans())
def test_sites_shared_out_cost_the_least_of_all_choices(seed: int, n: int, whole: bool) -> None:
    chance = np.random.default_rng(seed)
    distance = islands(chance, n, whole=whole)
    rows = weighed(distance, np.ones(len(distance)))
    more = int(chance.integers(1, rows.n_sites + 1))
    price = rows.cap * chance.random(rows.n_rows)
    sharing = Sharing.of(
        rows, more, whole=whole, upper=float(rows.cap.sum()) + 1.0, price=price, best=None,
        watch=Watch(),
    )  # fmt: skip
    assert sharing.bound <= least(rows, more)
    sharing.run()
    assert sharing.proven
    assert sharing.upper == pytest.approx(least(rows, more), rel=1e-9)
    assert sharing.best is not None and int(sharing.best.sum()) == more
    assert rows.total(sharing.best) == pytest.approx(sharing.upper)


@given(SEEDS, st.integers(0, 40))
def test_a_sharing_that_is_stopped_tells_a_bound_that_holds(seed: int, questions: int) -> None:
    chance = np.random.default_rng(seed)
    distance = islands(chance, 3, whole=True)
    rows = weighed(distance, np.ones(len(distance)))
    more = int(chance.integers(1, rows.n_sites + 1))
    asked = iter(range(questions))
    sharing = Sharing.of(
        rows, more, whole=True, upper=float(rows.cap.sum()) + 1.0, price=rows.cap / 2, best=None,
        watch=Watch(go_on=lambda: next(asked, None) is not None),
    )  # fmt: skip
    sharing.run()
    optimum = least(rows, more)
    assert sharing.bound <= optimum + 1e-9
    assert sharing.best is None or sharing.upper >= optimum - 1e-9


@given(SEEDS, st.booleans())
def test_only_what_costs_less_is_looked_for(seed: int, whole: bool) -> None:
    chance = np.random.default_rng(seed)
    distance = islands(chance, 2, whole=whole)
    rows = weighed(distance, np.ones(len(distance)))
    more = int(chance.integers(1, rows.n_sites + 1))
    optimum = least(rows, more)
    sharing = Sharing.of(
        rows, more, whole=whole, upper=optimum, price=rows.cap / 2, best=None, watch=Watch()
    )
    sharing.run()
    assert sharing.proven and sharing.best is None and sharing.upper == optimum


@given(SEEDS, st.booleans(), st.booleans())
def test_a_piece_is_settled_for_every_number_of_sites(seed: int, whole: bool, first: bool) -> None:
    chance = np.random.default_rng(seed)
    rows = rows_of_matrix(town(chance, whole=whole))
    piece = Piece.of(rows, np.arange(rows.n_sites), whole=whole, fine=1e-10)
    truth = [least(rows, n) for n in range(rows.n_sites + 1)]
    if first:
        piece.settle_for(float(chance.random() * 5), ceiling=np.inf, go_on=always)
        assert (piece.least <= np.array(truth) + 1e-9).all()
    for n_open, cost in enumerate(truth):
        short = float(chance.random() * 3) * (1 if chance.random() < 0.5 else -1)
        piece.settle(n_open, ceiling=cost + short, go_on=always)
        assert piece.least[n_open] <= cost + 1e-9
        assert piece.least[n_open] >= min(cost, cost + short) - 1e-8
        if short > 1e-6:
            assert piece.is_sure(n_open) and piece.cost[n_open] == pytest.approx(cost)


def relaxation(rows: Rows, n_open: int, fee: float, low: np.ndarray, high: np.ndarray) -> float:
    """Solve the relaxation as it is written in textbooks: a column for each row and site."""
    n, m, size = rows.n_rows, rows.n_sites, len(rows.site)
    row = np.repeat(np.arange(n), np.diff(rows.starts))
    served = np.zeros((n, m + size + n))
    served[row, m + np.arange(size)] = 1.0
    served[np.arange(n), m + size + np.arange(n)] = 1.0
    by = np.zeros((size, m + size + n))
    by[np.arange(size), m + np.arange(size)] = 1.0
    by[np.arange(size), rows.site] = -1.0
    number = np.zeros((1, m + size + n))
    number[0, :m] = 1.0
    equal = served if n_open == FREE else np.vstack([served, number])
    right = np.ones(n) if n_open == FREE else np.append(np.ones(n), n_open)
    told = linprog(
        np.concatenate([np.full(m, fee), rows.cost, rows.cap]), A_ub=by, b_ub=np.zeros(size),
        A_eq=equal, b_eq=right,
        bounds=[*zip(low, high, strict=True), *[(0.0, None)] * (size + n)],
    )  # fmt: skip
    assert told.status == 0
    return float(told.fun)


@settings(max_examples=60)
@given(SEEDS, st.booleans(), st.booleans())
def test_the_bound_of_levels_is_that_of_the_whole_relaxation(
    seed: int, whole: bool, free: bool
) -> None:
    chance = np.random.default_rng(seed)
    rows = rows_of_matrix(town(chance, whole=whole))
    fee = float(chance.random() * 5)
    opened = chance.random(rows.n_sites) < 0.2
    closed = ~opened & (chance.random(rows.n_sites) < 0.2)
    n_open = int(chance.integers(int(opened.sum()), int((~closed).sum()) + 1))
    levels = Levels(rows, more=FREE if free else n_open, fee=fee, go_on=always)
    told = levels.priced(opened, closed)
    assert told is not None
    textbook = relaxation(
        rows, FREE if free else n_open, fee, opened.astype(float), 1.0 - closed.astype(float)
    )
    assert told.bound == pytest.approx(textbook, abs=1e-7)


@settings(max_examples=60)
@given(SEEDS, st.booleans(), st.booleans())
def test_any_prices_give_a_bound_and_decide_only_what_is_so(
    seed: int, whole: bool, free: bool
) -> None:
    chance = np.random.default_rng(seed)
    rows = rows_of_matrix(town(chance, whole=whole))
    fee = float(chance.random() * 5)
    opened = chance.random(rows.n_sites) < 0.2
    closed = ~opened & (chance.random(rows.n_sites) < 0.2)
    n_open = int(chance.integers(int(opened.sum()), int((~closed).sum()) + 1))
    levels = Levels(rows, more=FREE if free else n_open, fee=fee, go_on=always)
    told = levels.at(rows.cap * chance.random(rows.n_rows), np.zeros(rows.n_sites), opened, closed)
    numbers = range(rows.n_sites + 1) if free else [n_open]
    all_ = [one for n in numbers for one in choices(rows.n_sites, n)]
    mine = [one for one in all_ if (one >= opened).all() and not (one & closed).any()]
    undecided = ~(opened | closed)
    for one in mine:
        cost = rows.total(one) + fee * one.sum()
        assert told.bound <= cost + 1e-9
        inside, outside = one & undecided, ~one & undecided
        assert (told.bound + told.in_from - told.worth[inside] <= cost + 1e-9).all()
        assert (told.bound + told.worth[outside] - told.out_from <= cost + 1e-9).all()


@given(SEEDS, st.integers(1, 4))
def test_sharing_out_is_the_best_of_all_ways(seed: int, n: int) -> None:
    chance = np.random.default_rng(seed)
    cost = [chance.integers(0, 9, int(chance.integers(1, 5))).astype(np.float64) for _ in range(n)]
    for one in cost:
        one[chance.random(len(one)) < 0.2] = np.inf
    more = int(chance.integers(0, sum(len(one) for one in cost) - n + 1))
    ways = [way for way in product(*(range(len(one)) for one in cost)) if sum(way) == more]
    truth = min(sum(one[k] for one, k in zip(cost, way, strict=True)) for way in ways)
    told, numbers = shared(cost, more)
    assert told == truth
    if np.isfinite(told):
        assert numbers.sum() == more
        assert sum(one[k] for one, k in zip(cost, numbers, strict=True)) == truth


def test_pieces_are_found() -> None:
    distance = islands(np.random.default_rng(4), 3, whole=True)
    rows = rows_of_matrix(distance)
    n, of_row, of_site = components(rows)
    assert n == 3
    for row, site in product(range(distance.shape[0]), range(distance.shape[1])):
        assert (of_row[row] == of_site[site]) == np.isfinite(distance[row, site])
    assert not falls_apart(rows_of_matrix(np.ones((4, 3))))


def lattice(n_wide: int, n_high: int, x: float, y: float) -> np.ndarray:
    told = [
        (x + one + other % 2 / 2, y + other) for one in range(n_wide) for other in range(n_high)
    ]
    return np.array(told)


@pytest.mark.parametrize("n_open", [11, 14, 17])
def test_even_lattices_far_apart_are_proven_and_are_the_best_of_all_sharings(n_open: int) -> None:
    """Each lattice alone, for every number of sites, against all of them at once."""
    lattices = [lattice(6, 4, 0, 0), lattice(5, 5, 1000, 0), lattice(6, 4, 0, 1000), lattice(7, 2, 1000, 1000)]  # fmt: skip
    points = 10 * np.concatenate(lattices)
    told = p_median_on_plane(
        points, points, np.ones(len(points)), n_open=n_open, rounding=Rounding.FLOOR
    ).answer
    assert told.proven
    costs = []
    for one in lattices:
        far = np.floor(10 * np.hypot(*(one[:, None, axis] - one[None, :, axis] for axis in (0, 1))))
        alone = [p_median(far, np.ones(len(one)), n_open=n).answer for n in range(1, 9)]
        assert all(answer.proven for answer in alone)
        costs.append([np.inf, *(answer.objective for answer in alone)])
    ways = (way for way in product(range(1, 9), repeat=4) if sum(way) == n_open)
    assert told.objective == min(
        sum(cost[n] for cost, n in zip(costs, way, strict=True)) for way in ways
    )
