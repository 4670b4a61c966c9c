"""Searches over streets equal the plainest Dijkstra, scipy and networkx, to the last bits."""

from __future__ import annotations

import math
from dataclasses import replace

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components, dijkstra
from tests.support.towns_of_streets import Town, slow_minutes, town

from courtepointe.core.streets import (
    NOBODY,
    WALKERS,
    Snapped,
    Starts,
    Streets,
    Walk,
    nearest,
    nearest_of_places,
    nearest_several,
    pairs_within,
    pieces,
    search,
    single_bound,
    snap,
    starts_at,
    starts_from,
    streets_of,
    table,
    walk,
)
from courtepointe.core.streets.balls import search_each

TOWNS = st.builds(
    town, st.integers(2, 12), seed=st.integers(0, 10_000), kept=st.sampled_from([0.3, 0.6, 1.0])
)
USUAL = WALKERS[0]
SLOTS = ("first", "node", "minutes")


def matrix_of(streets: Streets, pace: Walk) -> csr_matrix:
    """Give the streets as scipy takes them; streets without length a hair's breadth, for it drops zeros."""
    minutes = np.where(pace.arc_min == 0.0, 1e-300, pace.arc_min)
    ends = streets.to.astype(np.int64), streets.first.astype(np.int64)
    n = streets.n_nodes
    rows = np.repeat(np.arange(n), np.diff(ends[1]))
    # The shortest of several streets between the same two nodes.
    order = np.lexsort((minutes, ends[0], rows))
    rows, to, minutes = rows[order], ends[0][order], minutes[order]
    kept = np.r_[True, (rows[1:] != rows[:-1]) | (to[1:] != to[:-1])] if len(rows) else order > 0
    return csr_matrix((minutes[kept], (rows[kept], to[kept])), shape=(n, n))


def slow(streets: Streets, pace: Walk, starts: Starts) -> np.ndarray:
    """Give minutes from each site by the plainest search, (n_sites, n_nodes)."""
    edges = list(
        zip(
            streets.from_node.tolist(),
            streets.to_node.tolist(),
            pace.edge_min.tolist(),
            strict=True,
        )
    )
    told = []
    for site in range(starts.n_sites):
        its = starts.site == site
        begun = list(zip(starts.node[its].tolist(), starts.minutes[its].tolist(), strict=True))
        told.append(slow_minutes(streets.n_nodes, edges, begun))
    return np.array(told)


def asked(made: Town, n_sites: int) -> tuple[Streets, Walk, Starts]:
    streets = made.streets()
    pace = walk(streets, USUAL)
    chance = np.random.default_rng(len(made.points))
    spots = chance.uniform(0, made.points.max(), (n_sites, 2))
    sites = snap(streets, spots, limit_m=1e6)
    if sites.too_far.any():  # no street with a length
        return streets, pace, starts_at(streets, chance.integers(0, streets.n_nodes, n_sites))
    return streets, pace, starts_from(streets, pace, sites)


@given(TOWNS, st.integers(1, 6), st.sampled_from([2.0, 7.5, 1e9]))
def test_the_nearest_sites_are_those_of_the_plainest_search(
    made: Town, n_sites: int, limit: float
) -> None:
    streets, pace, starts = asked(made, n_sites)
    truth = slow(streets, pace, starts)
    truth[truth > limit] = np.inf
    best = truth.min(axis=0)
    found = nearest(streets, pace, starts, limit_min=limit)
    assert np.array_equal(found.minutes, best)
    assert np.array_equal(found.site == NOBODY, ~np.isfinite(best))
    its = np.flatnonzero(found.site != NOBODY)
    assert np.array_equal(truth[found.site[its], its], best[its])
    several = nearest_several(streets, pace, starts, 3, limit_min=limit)
    ordered = np.vstack([np.sort(truth, axis=0), np.full((3, truth.shape[1]), np.inf)])[:3].T
    assert np.array_equal(several.minutes, ordered)
    for node, row in enumerate(several.site.tolist()):
        named = [one for one in row if one != NOBODY]
        assert len(set(named)) == len(named)
        assert truth[named, node].tolist() == ordered[node][: len(named)].tolist()


@given(
    TOWNS, st.integers(1, 6), st.sampled_from([2.0, 7.5, math.inf]), st.integers(0, 9_999),
    st.sampled_from([1, 40, 10**6]),
)  # fmt: skip
def test_the_table_of_minutes_is_the_nearest_search_of_each_site(
    made: Town, n_sites: int, limit: float, seed: int, pairs: int
) -> None:
    """Places too far, places and sites on one street, streets where nobody passes; sites some at a time."""
    streets, chance = made.streets(), np.random.default_rng(seed)
    pace = walk(streets, USUAL, closed=chance.random(streets.n_edges) < chance.choice([0.0, 0.3]))
    top = made.points.max() + 50.0
    sites = snap(streets, chance.uniform(-50.0, top, (n_sites, 2)), limit_m=1e6)
    places = snap(streets, chance.uniform(-150.0, top + 100.0, (25, 2)), limit_m=60.0)
    if sites.too_far.any():
        return
    edge, along = places.edge.copy(), places.along.copy()
    edge[:n_sites], along[:n_sites] = sites.edge, chance.random(n_sites)
    places = Snapped(edge, along, places.away_m, places.limit_m)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(table, "MOST_PAIRS", pairs)
        told = table.minutes_table(streets, pace, places, sites, limit_min=limit)
    for site in range(n_sites):
        one = Snapped(sites.edge[[site]], sites.along[[site]], sites.away_m[[site]], sites.limit_m)
        found = nearest(streets, pace, starts_from(streets, pace, one))
        truth = nearest_of_places(streets, pace, found, places, one).minutes
        assert np.array_equal(told[:, site], np.where(truth > limit, np.inf, truth))


@given(TOWNS, st.integers(1, 6), st.sampled_from([2.0, 7.5, 1e9]))
def test_pairs_within_a_limit_are_those_of_the_plainest_search(
    made: Town, n_sites: int, limit: float
) -> None:
    streets, pace, starts = asked(made, n_sites)
    truth = slow(streets, pace, starts)
    pairs = pairs_within(streets, pace, starts, limit)
    told = np.full(truth.shape, np.inf)
    told[pairs.site, pairs.node] = pairs.minutes
    assert len(pairs) == int(np.isfinite(told).sum())  # each pair once
    truth[truth > limit] = np.inf
    assert np.array_equal(told, truth)


@settings(max_examples=5)
@given(st.integers(0, 1_000), st.sampled_from([3.0, 9.0, np.inf]), st.booleans())
def test_threads_and_parts_change_no_pair(seed: int, limit: float, single: bool) -> None:
    """Enough sites for several parts, some of them at one node, some that nobody reaches."""
    streets = town(24, seed=seed, kept=0.5).streets()
    closed = np.random.default_rng(seed).random(streets.n_edges) < 0.2
    pace = walk(streets, USUAL, closed=closed, single=single)
    nodes = np.random.default_rng(seed).integers(0, streets.n_nodes, 450)
    starts = starts_at(streets, nodes)
    starts = replace(starts, minutes=np.where(nodes % 7 == 0, 10.0, nodes % 3))
    alone = pairs_within(streets, pace, starts, limit, n_threads=1)
    for n_threads in (2, 3):
        told = pairs_within(streets, pace, starts, limit, n_threads=n_threads)
        assert all(np.array_equal(getattr(told, one), getattr(alone, one)) for one in SLOTS)
    for site in (0, 137, 449):
        its = Starts(nodes[site : site + 1], starts.minutes[site : site + 1], np.array([0]), 1)
        one = nearest(streets, pace, its, limit_min=limit).minutes
        held = slice(alone.first[site], alone.first[site + 1])
        assert len(set(alone.node[held].tolist())) == int(np.isfinite(one).sum())
        assert np.array_equal(one[alone.node[held]], alone.minutes[held])


@given(TOWNS)
def test_pieces_are_those_of_scipy(made: Town) -> None:
    streets = made.streets()
    ours = pieces(streets)
    n, theirs = connected_components(matrix_of(streets, walk(streets, USUAL)), directed=False)
    assert len(ours) == n
    assert len(set(zip(ours.of_node.tolist(), theirs.tolist(), strict=True))) == n
    assert ours.n_nodes.tolist() == sorted(np.bincount(theirs).tolist(), reverse=True)
    assert ours.length_m.sum() == pytest.approx(streets.length_m.sum())


@settings(max_examples=10)
@given(st.integers(0, 1_000), st.integers(1, 40), st.sampled_from([1, 3, 6, 15]))
def test_neither_bands_nor_quarters_change_an_answer(seed: int, n_sites: int, bits: int) -> None:
    """Searched in quarters of 2 to 32,768 nodes and bands of any width: the same bits."""
    streets, pace, starts = asked(town(24, seed=seed), n_sites)
    arcs = search.Arcs(streets.first, streets.to, pace.arc_min)
    sites = starts.node, starts.minutes, starts.site
    one = search.search_one(arcs, *sites, np.inf, np.inf, 15)
    many = search.search_many(arcs, *sites, 3, np.inf, np.inf, 15)
    begins = np.searchsorted(starts.site, np.arange(n_sites + 1))
    turn = np.arange(n_sites)
    each = search_each(arcs, begins, *sites[:2], turn, 9.0, 9.0)
    for band in (0.01, 1.0, 30.0):
        assert all(map(np.array_equal, search.search_one(arcs, *sites, np.inf, band, bits), one))
        again = search.search_many(arcs, *sites, 3, np.inf, band, bits)
        assert all(map(np.array_equal, again, many))
        first, node, minutes = search_each(arcs, begins, *sites[:2], turn, 9.0, band)
        assert np.array_equal(first, each[0])
        assert np.array_equal(minutes.sum(), each[2].sum()) or np.isclose(
            minutes.sum(), each[2].sum()
        )
        assert set(zip(node.tolist(), minutes.tolist(), strict=True)) == set(
            zip(each[1].tolist(), each[2].tolist(), strict=True)
        )


def test_a_city_agrees_with_scipy_and_networkx() -> None:
    streets, pace, starts = asked(town(90, seed=3, kept=0.7), 60)
    starts = starts_at(streets, starts.node[:60])
    found = nearest(streets, pace, starts)
    theirs = dijkstra(matrix_of(streets, pace), indices=starts.node, min_only=True)
    assert np.allclose(found.minutes, theirs, rtol=0.0, atol=1e-9)
    graph = nx.Graph()
    graph.add_nodes_from(range(streets.n_nodes))
    for one, other, minutes in zip(
        streets.from_node.tolist(), streets.to_node.tolist(), pace.edge_min.tolist(), strict=True
    ):
        held = graph.get_edge_data(one, other, {"minutes": np.inf})["minutes"]
        graph.add_edge(one, other, minutes=min(held, minutes))
    told = nx.multi_source_dijkstra_path_length(graph, set(starts.node.tolist()), weight="minutes")
    assert told.keys() == set(np.flatnonzero(np.isfinite(found.minutes)).tolist())
    assert all(abs(found.minutes[node] - minutes) < 1e-9 for node, minutes in told.items())


@given(TOWNS, st.integers(1, 6))
def test_single_precision_keeps_its_bound(made: Town, n_sites: int) -> None:
    streets, pace, starts = asked(made, n_sites)
    exact = nearest(streets, pace, starts)
    single = nearest(streets, walk(streets, USUAL, single=True), starts)
    assert single.minutes.dtype == np.float32
    assert np.array_equal(np.isfinite(single.minutes), np.isfinite(exact.minutes))
    held = np.isfinite(exact.minutes)
    error = np.abs(single.minutes[held].astype(np.float64) - exact.minutes[held])
    # No way that is shortest passes a node twice.
    assert (error <= single_bound(exact.minutes[held], streets.n_nodes)).all()


@given(TOWNS, st.integers(1, 6), st.sampled_from([2.0, 7.5]))
def test_single_precision_keeps_its_bound_for_pairs_and_near_a_limit(
    made: Town, n_sites: int, limit: float
) -> None:
    streets, pace, starts = asked(made, n_sites)
    size = (n_sites, streets.n_nodes)
    told = []
    for its in (pace, walk(streets, USUAL, single=True)):
        pairs, minutes = pairs_within(streets, its, starts, limit), np.full(size, np.inf)
        minutes[pairs.site, pairs.node] = pairs.minutes
        several = nearest_several(streets, its, starts, n_sites, limit_min=limit)
        assert np.array_equal(np.sort(minutes, axis=0).T, several.minutes)
        told.append(minutes)
    both = np.isfinite(told).all(axis=0)
    bound = single_bound(told[0][both], streets.n_nodes)
    assert (np.abs(told[1][both] - told[0][both]) <= bound).all()
    # Who is in by one precision only stands within the bound of the limit.
    one = np.isfinite(told).any(axis=0) & ~both
    edge = single_bound(np.array([limit]), streets.n_nodes) * 2.0
    assert (np.abs(np.minimum(*told)[one] - limit) <= edge).all()


def test_three_times_a_third_may_be_beyond_the_limit_in_single_precision() -> None:
    points = np.stack([23.4 * np.arange(4), np.zeros(4)], axis=1)
    streets = streets_of(points, np.arange(3), np.arange(1, 4), np.full(3, 23.4))
    starts = starts_at(streets, streets.place()[[0]])
    exact, single = (
        nearest(streets, walk(streets, USUAL, single=one), starts, limit_min=0.9).minutes
        for one in (False, True)
    )
    assert (np.isfinite(exact).sum(), np.isfinite(single).sum()) == (4, 3)
    away = abs(exact.max() - 0.9)
    assert 0.0 < away <= single_bound(np.array([0.9]), 3)[0]


def test_single_precision_is_not_double_precision() -> None:
    """The bound is there for a reason: some minutes do differ."""
    streets, pace, starts = asked(town(30, seed=1), 3)
    exact = nearest(streets, pace, starts).minutes
    single = nearest(streets, walk(streets, USUAL, single=True), starts).minutes
    assert (single.astype(np.float64) != exact)[np.isfinite(exact)].any()
