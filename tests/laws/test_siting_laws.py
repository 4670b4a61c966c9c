"""Laws of siting: one site more is never worse, names do not matter, nobody is lost."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from courtepointe.core.siting import Terms, max_cover, p_center, p_median, set_cover

SEEDS = st.integers(0, 10_000)


def town(seed: int, n_rows: int = 30, n_sites: int = 12) -> tuple[np.ndarray, np.ndarray]:
    chance = np.random.default_rng(seed)
    points, sites = chance.random((n_rows, 2)), chance.random((n_sites, 2))
    distance = np.hypot(*(points[:, None, axis] - sites[None, :, axis] for axis in (0, 1)))
    return distance, chance.integers(0, 50, n_rows).astype(np.float64)


@given(SEEDS)
def test_one_site_more_is_never_worse_and_all_leave_nothing_to_gain(seed: int) -> None:
    distance, people = town(seed)
    told = [p_median(distance, people, n_open=n).answer.objective for n in range(1, 13)]
    assert all(more <= fewer + 1e-9 for fewer, more in pairwise(told))
    assert told[-1] == pytest.approx(float((people * distance.min(axis=1)).sum()))


@given(SEEDS, st.integers(1, 6), st.randoms(use_true_random=False))
def test_the_order_of_people_and_sites_does_not_matter(
    seed: int, n_open: int, chance: Random
) -> None:
    distance, people = town(seed)
    rows, sites = list(range(30)), list(range(12))
    chance.shuffle(rows)
    chance.shuffle(sites)
    one = p_median(distance, people, n_open=n_open).answer
    other = p_median(distance[rows][:, sites], people[rows], n_open=n_open).answer
    assert one.objective == pytest.approx(other.objective)
    assert sorted(sites[at] for at in other.sites) == one.sites.tolist()


@given(SEEDS, st.integers(1, 6))
def test_everybody_is_served_once_by_the_nearest(seed: int, n_open: int) -> None:
    distance, people = town(seed)
    told = p_median(distance, people, n_open=n_open).answer
    assert told.reasons.people.sum() == pytest.approx(people.sum())
    served = people > 0
    away = distance[np.arange(30), told.served_by]
    assert away[served] == pytest.approx(distance[:, told.sites].min(axis=1)[served])
    assert (people * away)[served].sum() == pytest.approx(told.objective)


@given(SEEDS, st.integers(1, 5), st.integers(0, 11))
def test_a_term_more_is_never_better(seed: int, n_open: int, site: int) -> None:
    distance, people = town(seed)
    free = p_median(distance, people, n_open=n_open).answer.objective
    one = np.array([site], dtype=np.int64)
    for terms in (Terms(12, forced=one), Terms(12, forbidden=one)):
        assert (
            p_median(distance, people, n_open=n_open, terms=terms).answer.objective >= free - 1e-9
        )


@given(SEEDS, st.integers(2, 7))
def test_twice_the_people_and_half_the_distance_choose_the_same(seed: int, n_open: int) -> None:
    distance, people = town(seed)
    one = p_median(distance, people, n_open=n_open).answer
    other = p_median(distance / 2, people * 2, n_open=n_open).answer
    assert one.sites.tolist() == other.sites.tolist()
    assert one.objective == pytest.approx(other.objective)


@given(SEEDS, st.floats(0.05, 0.5))
def test_one_site_more_and_a_longer_way_never_reach_fewer(seed: int, limit: float) -> None:
    distance, people = town(seed)

    def reached(n_open: int, far: float) -> float:
        return max_cover(distance, people, limit=far, n_open=n_open).answer.objective

    told = [reached(n_open, limit) for n_open in (1, 3, 5, 12)]
    assert told == sorted(told)
    assert told[-1] == people[(distance <= limit).any(axis=1)].sum()
    assert reached(3, limit * 1.2) >= told[1]


@given(SEEDS, st.integers(5, 25))
def test_the_fewest_sites_are_as_few_as_the_center_needs(seed: int, n_sites: int) -> None:
    distance, people = town(seed, n_rows=40, n_sites=n_sites)
    people = people + 1
    for n_open in (1, 2, 4):
        center = p_center(distance, people, n_open=n_open)
        fewest = set_cover(distance, people, limit=center.objective)
        assert fewest.proven and fewest.objective <= n_open
        # A hair less, and so many sites no longer do.
        nearer = distance.min(axis=1).max() <= center.objective * (1 - 1e-9)
        if nearer:
            more = set_cover(distance, people, limit=center.objective * (1 - 1e-9))
            assert more.objective > n_open
