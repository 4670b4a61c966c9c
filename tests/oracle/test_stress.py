"""Scenarios by repair equal a fresh search on the cut streets: to the last bit ours, within 1e-9 scipy's."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra
from tests.support.towns_of_streets import Town, town

from courtepointe.core.streets import (
    WALKERS,
    Starts,
    Streets,
    nearest,
    snap,
    starts_at,
    starts_from,
    walk,
)
from courtepointe.core.stress import Closures, base_of, closures_of, nearest_under, serve_under
from courtepointe.core.typing import Floats

USUAL = WALKERS[0]
TOWNS = st.builds(
    town, st.integers(2, 14), seed=st.integers(0, 10_000), kept=st.sampled_from([0.4, 0.7, 1.0])
)


def sites_of(made: Town, n: int, seed: int) -> tuple[Streets, Starts]:
    """Put sites along streets, two on one spot."""
    streets = made.streets()
    spots = np.random.default_rng(seed).uniform(0, made.points.max(), (n, 2))
    spots[-1] = spots[0]
    if not streets.length_m.any():  # nothing to stand along
        return streets, starts_at(streets, np.arange(n) % streets.n_nodes)
    snapped = snap(streets, spots, limit_m=1e6, among=streets.length_m > 0.0)
    return streets, starts_from(streets, walk(streets, USUAL), snapped)


def closed_at_random(streets: Streets, n_hubs: int, n: int, seed: int) -> Closures:
    """Close anything from nothing to everything."""
    chance = np.random.default_rng(seed)
    return closures_of(
        (
            np.flatnonzero(chance.random(streets.n_edges) < chance.choice([0.0, 0.02, 0.3, 1.0])),
            np.flatnonzero(chance.random(n_hubs) < chance.choice([0.0, 0.1, 0.6, 1.0])),
        )
        for _ in range(n)
    )


def scipy_under(
    streets: Streets, starts: Starts, closures: Closures, scenario: int, limit: float
) -> Floats:
    """Search the cut streets with scipy, from one more node that leads to every open start."""
    edges, hubs = closures.of(scenario)
    shut = np.zeros(streets.n_edges, dtype=bool)
    shut[edges] = True
    minutes = walk(streets, USUAL).edge_min
    open_ = ~np.isin(starts.site, hubs) & np.isfinite(starts.minutes)
    n = streets.n_nodes
    one = np.concatenate([streets.from_node[~shut], np.full(int(open_.sum()), n)])
    other = np.concatenate([streets.to_node[~shut], starts.node[open_]])
    takes = np.concatenate([minutes[~shut], starts.minutes[open_]])
    # The shortest of several between the same two nodes; no length is a hair's breadth, for scipy drops zeros.
    low, high = np.minimum(one, other), np.maximum(one, other)
    order = np.lexsort((takes, high, low))
    low, high, takes = low[order], high[order], takes[order]
    kept = np.r_[True, (np.diff(low) != 0) | (np.diff(high) != 0)] if len(low) else order > 0
    graph = csr_matrix(
        (np.where(takes == 0.0, 1e-300, takes)[kept], (low[kept], high[kept])), shape=(n + 1, n + 1)
    )
    told: Floats = dijkstra(graph, directed=False, indices=n)[:n]
    told[told > limit] = np.inf
    return told


@given(TOWNS, st.integers(2, 8), st.integers(0, 10_000), st.sampled_from([3.0, 1e9]))
def test_repaired_minutes_are_those_of_a_search_on_the_cut_streets(
    made: Town, n_hubs: int, seed: int, limit: float
) -> None:
    streets, starts = sites_of(made, n_hubs, seed)
    pace = walk(streets, USUAL)
    closures = closed_at_random(streets, n_hubs, 6, seed)
    base = base_of(streets, pace, starts, limit_min=limit)
    for again_from in (0.0, 0.7, 2.0):
        found = list(nearest_under(base, closures, again_from=again_from))
        for scenario, one in enumerate(found):
            edges, hubs = closures.of(scenario)
            shut = np.zeros(streets.n_edges, dtype=bool)
            shut[edges] = True
            open_ = ~np.isin(starts.site, hubs)
            left = Starts(
                starts.node[open_], starts.minutes[open_], starts.site[open_], starts.n_sites
            )
            ours = nearest(streets, walk(streets, USUAL, closed=shut), left, limit_min=limit)
            assert np.array_equal(one.minutes, ours.minutes)
            assert np.array_equal(one.site < 0, ours.site < 0)
            assert not np.isin(one.site, hubs).any()
            theirs = scipy_under(streets, starts, closures, scenario, limit)
            assert np.allclose(one.minutes, theirs, rtol=0.0, atol=1e-9)


@given(TOWNS, st.integers(2, 8), st.integers(0, 10_000), st.sampled_from([3.0, 1e9]))
def test_people_served_are_those_counted_one_by_one(
    made: Town, n_hubs: int, seed: int, limit: float
) -> None:
    streets, starts = sites_of(made, n_hubs, seed)
    people = np.random.default_rng(seed).uniform(0.0, 9.0, (streets.n_nodes, 2))
    closures = closed_at_random(streets, n_hubs, 6, seed)
    base = base_of(streets, walk(streets, USUAL), starts, people=people, limit_min=limit)
    told = serve_under(base, closures)
    for scenario in range(len(closures)):
        minutes = scipy_under(streets, starts, closures, scenario, limit)
        held = np.isfinite(minutes)
        assert told.served[scenario] == pytest.approx(people[held].sum(axis=0), abs=1e-9)
        assert told.unserved[scenario] == pytest.approx(people[~held].sum(axis=0), abs=1e-9)
        assert told.minutes[scenario] == pytest.approx(minutes[held] @ people[held], abs=1e-8)


def test_a_city_in_many_scenarios_agrees_with_scipy() -> None:
    made = town(80, seed=5, kept=0.75)
    streets, starts = sites_of(made, 40, 5)
    closures = closed_at_random(streets, 40, 12, 7)
    base = base_of(streets, walk(streets, USUAL), starts)
    for scenario, one in enumerate(nearest_under(base, closures)):
        theirs = scipy_under(streets, starts, closures, scenario, np.inf)
        assert np.allclose(one.minutes, theirs, rtol=0.0, atol=1e-9)
    touched = serve_under(base, closures).touched
    assert (touched > 0.0).any() and (touched < 0.7).any() and (touched == 1.0).any()
