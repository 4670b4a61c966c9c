"""Figures of networks equal their slow twins and networkx; bounds are what trying every answer gives."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.oracle import slow_network as slow
from tests.support import networks as made_up

from courtepointe.core.network import (
    ALL,
    Between,
    Network,
    Reading,
    Role,
    Rule,
    across_sectors,
    between,
    betweenness,
    betweenness_bounds,
    blau_bounds,
    brokers,
    centralisation,
    core_bounds,
    cores,
    density,
    diversity,
    effective_size_bounds,
    in_largest,
    mean_reach,
    n_alone,
    n_pieces,
    named,
    network_of,
    pair_change,
    pieces,
    reach,
    reciprocity,
    roles,
    roles_of,
    steps,
)
from courtepointe.core.network.values import Bounds

FREE = 8
"""So many unknown ties at most: 256 answers to try."""


@st.composite
def waves(draw: st.DrawFn, least: int = 1, most: int = 5) -> tuple[int, slow.Ties, frozenset[int]]:
    n = draw(st.integers(least, most))
    silent = draw(st.sets(st.integers(0, n - 1), max_size=2 if n <= 5 else 1))
    pairs = [(a, b) for a in range(n) for b in range(n) if a != b]
    ties = draw(st.sets(st.sampled_from(pairs))) if pairs else set()
    free = [pair for pair in pairs if pair[0] in silent and pair not in ties]
    return n, frozenset(ties | set(free[FREE:])), frozenset(silent)


def made(wave: tuple[int, slow.Ties, frozenset[int]]) -> Network:
    n, ties, silent = wave
    return network_of(sorted(ties), n_nodes=n, silent=sorted(silent))


def sectors_of(n: int, seed: int, least: int = 0) -> list[int]:
    return np.random.default_rng(seed).integers(least, 4, n).tolist()


SLOW = {
    "density": (density, slow.density),
    "reciprocity": (reciprocity, slow.reciprocity),
    "reach_in_one": (lambda w: mean_reach(reach(w), within=1), lambda n, t: slow.reach(n, t, 1)),
    "reach_in_two": (lambda w: mean_reach(reach(w), within=2), lambda n, t: slow.reach(n, t, 2)),
    "reach_in_all": (lambda w: mean_reach(reach(w), within=ALL), lambda n, t: slow.reach(n, t, n)),
    "in_largest": (in_largest, slow.in_largest),
    "n_pieces": (n_pieces, lambda n, t: float(len(slow.pieces(n, t)))),
    "n_alone": (n_alone, slow.n_alone),
    "centralisation": (centralisation, slow.centralisation),
}


def agrees(bounds: Bounds, told: tuple[float | None, float | None]) -> None:
    """Hold exact ends to be equal, others to lie outside."""
    low, high = told
    if low is None or high is None:
        assert (bounds.low, bounds.high) == (None, None)
    elif bounds.exact:
        assert (bounds.low, bounds.high) == pytest.approx((low, high), abs=1e-12)
    else:
        assert bounds.low is not None and bounds.high is not None
        assert bounds.low <= low + 1e-12 and bounds.high >= high - 1e-12


@pytest.mark.parametrize("figure", SLOW)
@settings(max_examples=40, deadline=None)
@given(waves())
def test_bounds_are_what_every_answer_tried_gives(
    figure: str, wave: tuple[int, slow.Ties, frozenset[int]]
) -> None:
    n, ties, silent = wave
    ours, theirs = SLOW[figure]
    told = ours(made(wave))
    agrees(told.any_answers, slow.ends(theirs(n, t) for t in slow.completions(n, ties, silent)))
    if told.named_by_other is not None:
        ruled = slow.completions_named_by_other(n, ties, silent)
        agrees(told.named_by_other, slow.ends(theirs(n, t) for t in ruled))
    if not silent:
        assert told.value == pytest.approx(theirs(n, ties))
        assert told.settled and told.any_answers.exact
    low, high = told.any_answers.low, told.any_answers.high
    if told.value is not None and low is not None and high is not None:
        assert low - 1e-12 <= told.value <= high + 1e-12
        assert not told.at_least or told.value == low


@settings(max_examples=40, deadline=None)
@given(waves())
def test_directed_density_and_ties_named_by_both_are_bounded_too(
    wave: tuple[int, slow.Ties, frozenset[int]],
) -> None:
    n, ties, silent = wave
    told = density(made(wave), reading=Reading.DIRECTED)
    found = list(slow.completions(n, ties, silent))
    agrees(told.any_answers, slow.ends(slow.density_directed(n, t) for t in found))
    both = density(made(wave), reading=Reading.BOTH)
    pairs = n * (n - 1) / 2
    mutual = [sum((b, a) in t for a, b in t) / 2 / pairs if pairs else None for t in found]
    agrees(both.any_answers, slow.ends(iter(mutual)))


@settings(max_examples=40, deadline=None)
@given(waves(), st.integers(0, 99))
def test_sectors_are_bounded_as_every_answer_tried_says(
    wave: tuple[int, slow.Ties, frozenset[int]], seed: int
) -> None:
    n, ties, silent = wave
    sectors = sectors_of(n, seed)
    found = list(slow.completions(n, ties, silent))
    told = across_sectors(made(wave), np.array(sectors))
    agrees(told.any_answers, slow.ends(slow.across(n, t, sectors) for t in found))
    low, high = blau_bounds(between(made(wave)), np.array(sectors))
    for node in range(n):
        ends = slow.ends(slow.blau(n, t, sectors, node) for t in found)
        agrees(Bounds(float(low[node]), float(high[node])), (ends[0] or 0.0, ends[1] or 0.0))


@settings(max_examples=40, deadline=None)
@given(waves(least=3))
def test_brokers_stay_within_their_bounds(wave: tuple[int, slow.Ties, frozenset[int]]) -> None:
    n, ties, silent = wave
    span = between(made(wave))
    low, high = betweenness_bounds(span)
    small, large = effective_size_bounds(span.certain, span.possible)
    deep = core_bounds(made(wave))
    found = list(slow.completions(n, ties, silent))
    through = np.array([slow.betweenness(n, t) for t in found])
    assert (low <= through.min(axis=0) + 1e-12).all() and (
        high >= through.max(axis=0) - 1e-12
    ).all()
    assert betweenness(span.certain) == pytest.approx(slow.betweenness(n, ties), abs=1e-9)
    if not silent:
        assert low == pytest.approx(high)
    for node in range(n):
        least, most = slow.ends(slow.effective_size(n, t, node) for t in found)
        if least is not None and most is not None:
            assert small[node] <= least + 1e-12 and large[node] >= most - 1e-12
    for t in found[:16]:
        graph = nx.Graph([tuple(pair) for pair in slow.links(t)])
        graph.add_nodes_from(range(n))
        told = np.array([nx.core_number(graph)[node] for node in range(n)])
        assert (deep[0] <= told).all() and (told <= deep[1]).all()


@settings(max_examples=40, deadline=None)
@given(waves(least=3), st.integers(0, 99))
def test_roles_and_their_ends_are_what_every_answer_tried_gives(
    wave: tuple[int, slow.Ties, frozenset[int]], seed: int
) -> None:
    n, ties, silent = wave
    sectors = sectors_of(n, seed)
    told = roles(made(wave), np.array(sectors))
    found = np.array([slow.roles(n, t, sectors) for t in slow.completions(n, ties, silent)])
    assert (told.named.counts == slow.roles(n, ties, sectors)).all()
    assert (told.lowest.counts == found.min(axis=0)).all()
    assert (told.highest.counts == found.max(axis=0)).all()


@settings(max_examples=40, deadline=None)
@given(waves(least=2, most=4), st.data())
def test_changes_of_pairs_are_what_every_answer_tried_gives(
    wave: tuple[int, slow.Ties, frozenset[int]], data: st.DataObject
) -> None:
    n, ties, silent = wave
    _, ties_after, silent_after = data.draw(waves(least=n, most=n))
    before, after = between(made(wave)), between(made((n, ties_after, silent_after)))
    told = pair_change(before, after)
    first = {slow.links(t) for t in slow.completions(n, ties, silent)}
    second = {slow.links(t) for t in slow.completions(n, ties_after, silent_after)}
    found = [slow.change(a, b) for a in first for b in second]
    for place, bounds in enumerate((told.n_kept, told.n_new, told.n_ended, told.stability)):
        agrees(bounds, slow.ends(one[place] for one in found))


@settings(max_examples=40, deadline=None)
@given(waves(least=2, most=5))
def test_every_network_between_the_two_comes_from_some_answers(
    wave: tuple[int, slow.Ties, frozenset[int]],
) -> None:
    n, ties, silent = wave
    for rule, found in (
        (Rule.ANY_ANSWERS, slow.completions(n, ties, silent)),
        (Rule.NAMED_BY_OTHER, slow.completions_named_by_other(n, ties, silent)),
    ):
        span: Between = between(made(wave), rule=rule)
        reached = {slow.links(t) for t in found}
        assert len(reached) == 2 ** (int(span.open.sum()) // 2)
        for told in reached:
            table = np.zeros((n, n), dtype=bool)
            for pair in told:
                a, b = sorted(pair)
                table[a, b] = table[b, a] = True
            assert (span.certain <= table).all() and (table <= span.possible).all()


@pytest.mark.parametrize("n", [12, 60, 200])
def test_figures_of_made_up_networks_equal_those_of_networkx(n: int) -> None:
    network = made_up.network(n, silent=0.0)
    tied = between(network).certain
    graph = nx.from_numpy_array(tied.astype(int))
    directed = nx.from_numpy_array(named(network).astype(int), create_using=nx.DiGraph)
    assert density(network).value == pytest.approx(nx.density(graph))
    assert density(network, reading=Reading.DIRECTED).value == pytest.approx(nx.density(directed))
    mutual = reciprocity(network).value
    assert mutual is not None
    assert 2 * mutual / (1 + mutual) == pytest.approx(nx.overall_reciprocity(directed))
    far = dict(nx.all_pairs_shortest_path_length(graph))
    near = steps(tied)
    assert all(near[a, b] == far[a][b] for a in far for b in far[a])
    told = brokers(tied)
    size, held = nx.effective_size(graph), nx.constraint(graph)
    through = nx.betweenness_centrality(graph)
    assert told.betweenness == pytest.approx([through[v] for v in graph], abs=1e-9)
    linked = told.n_partners > 0
    assert told.effective_size[linked] == pytest.approx([size[v] for v in np.flatnonzero(linked)])
    assert told.constraint[linked] == pytest.approx([held[v] for v in np.flatnonzero(linked)])
    assert cores(tied).tolist() == [nx.core_number(graph)[v] for v in graph]
    assert pieces(tied).sizes.tolist() == sorted(
        map(len, nx.connected_components(graph)), reverse=True
    )


def test_directed_steps_follow_the_ties() -> None:
    network = made_up.network(40, silent=0.0)
    graph = nx.from_numpy_array(named(network).astype(int), create_using=nx.DiGraph)
    near = steps(named(network))
    far = dict(nx.all_pairs_shortest_path_length(graph))
    assert all(near[a, b] == far[a].get(b, 32_000) for a in graph for b in graph)


def test_roles_and_sectors_equal_their_slow_twins() -> None:
    network = made_up.network(30, silent=0.0)
    sectors = made_up.sectors(30)
    sectors[:3] = 0
    ties = frozenset(zip(network.from_node.tolist(), network.to_node.tolist(), strict=True))
    told = roles_of(named(network), sectors)
    assert told.counts.tolist() == slow.roles(30, ties, sectors.tolist())
    assert told.counts[:, Role.LIAISON].any() and told.counts[:, Role.COORDINATOR].any()
    held = diversity(between(network).certain, sectors)
    for node in range(30):
        theirs = slow.blau(30, ties, sectors.tolist(), node)
        assert held.has_partners[node] == (theirs is not None)
        assert held.blau[node] == pytest.approx(theirs or 0.0)
