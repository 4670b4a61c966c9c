"""Laws of networks: names do not matter, a tie more never reaches fewer, the truth lies within the bounds."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support import networks as made_up

from courtepointe.core.network import (
    COUNTS,
    SHARES,
    ChangeVerdict,
    Network,
    Rule,
    among,
    between,
    betweenness,
    betweenness_bounds,
    blau_bounds,
    brokers,
    change_between,
    cores,
    diversity,
    foremost,
    named,
    network_of,
    reach,
    reach_of,
    roles,
    state,
)
from courtepointe.core.network.values import Bounded, taken
from courtepointe.core.typing import Ints

SIZES = st.integers(3, 24)
SEEDS = st.integers(0, 10_000)


def drawn(n: int, seed: int, *, silent: float = 0.2) -> tuple[Network, Ints]:
    return made_up.network(n, seed=seed, mean=min(3.0, n / 2), silent=silent), made_up.sectors(
        n, seed=seed
    )


def silenced(network: Network, silent: Ints) -> Network:
    """Delete the answers of some: their ties are no longer known."""
    kept = taken(network, ~np.isin(network.from_node, silent))
    answered = network.answered.copy()
    answered[silent] = False
    return replace(kept, answered=answered)


def relabelled(network: Network, order: Ints) -> Network:
    """Number the organisations anew; ``order`` gives who comes first, second..."""
    return among(network, order)


def ends_of(measure: Bounded) -> list[float | None]:
    ruled = measure.named_by_other
    return [
        measure.value,
        measure.any_answers.low,
        measure.any_answers.high,
        *((ruled.low, ruled.high) if ruled else ()),
    ]


@settings(max_examples=40, deadline=None)
@given(SIZES, SEEDS)
def test_numbering_organisations_otherwise_changes_no_figure(n: int, seed: int) -> None:
    network, sectors = drawn(n, seed)
    order = np.random.default_rng(seed).permutation(n)
    again = relabelled(network, order)
    first, second = state(network, sectors), state(again, sectors[order])
    for name in (*SHARES, *COUNTS):
        assert ends_of(getattr(first, name)) == pytest.approx(ends_of(getattr(second, name)))
    assert (first.n_links, first.n_named, first.n_mutual, first.n_open) == (
        second.n_links, second.n_named, second.n_mutual, second.n_open)  # fmt: skip
    one, two = between(network).certain, between(again).certain
    assert set(first.brokers.tolist()) == set(order[second.brokers].tolist())
    told, told_again = brokers(one), brokers(two)
    assert told.betweenness[order] == pytest.approx(told_again.betweenness)
    assert told.constraint[order] == pytest.approx(told_again.constraint)
    assert cores(one)[order].tolist() == cores(two).tolist()
    assert roles(network, sectors).named.counts[order].tolist() == (
        roles(again, sectors[order]).named.counts.tolist()
    )
    bounds, bounds_again = betweenness_bounds(between(network)), betweenness_bounds(between(again))
    for ours, theirs in zip(bounds, bounds_again, strict=True):
        assert ours[order] == pytest.approx(theirs)


@settings(max_examples=40, deadline=None)
@given(SIZES, SEEDS)
def test_a_tie_more_never_reaches_fewer(n: int, seed: int) -> None:
    network, sectors = drawn(n, seed)
    gaps = np.argwhere(~named(network) & ~np.eye(n, dtype=bool) & network.answered[:, None])
    if not len(gaps):
        return
    start, end = gaps[seed % len(gaps)].tolist()
    pairs = [*zip(network.from_node.tolist(), network.to_node.tolist(), strict=True), (start, end)]
    more = network_of(pairs, n_nodes=n, silent=np.flatnonzero(~network.answered).tolist())
    before, after = reach(network), reach(more)
    for name in ("in_one", "in_two", "in_all"):
        for which in ("named", "highest", "highest_named_by_other"):
            first, second = (getattr(getattr(one, which), name) for one in (before, after))
            assert (second >= first).all()
    one, two = state(network, sectors), state(more, sectors)
    for name in ("density", "in_largest", "reach_in_two", "reach_in_all"):
        assert getattr(two, name).value >= getattr(one, name).value
    assert two.n_pieces.value <= one.n_pieces.value
    assert (cores(between(more).certain) >= cores(between(network).certain)).all()


@settings(max_examples=40, deadline=None)
@given(SIZES, SEEDS, st.integers(1, 5))
def test_the_truth_lies_within_the_bounds_when_answers_are_deleted(
    n: int, seed: int, n_silent: int
) -> None:
    whole, sectors = drawn(n, seed, silent=0.0)
    silent = np.random.default_rng(seed).permutation(n)[:n_silent]
    known = silenced(whole, silent)
    truth, told = state(whole, sectors), state(known, sectors)
    for name in (*SHARES, *COUNTS):
        value, bounds = getattr(truth, name).value, getattr(told, name).any_answers
        if value is not None:
            assert bounds.low - 1e-12 <= value <= bounds.high + 1e-12, name
    low, high = betweenness_bounds(between(known))
    through = betweenness(between(whole).certain)
    assert (low <= through + 1e-9).all() and (through <= high + 1e-9).all()
    low, high = blau_bounds(between(known), sectors)
    held = diversity(between(whole).certain, sectors)
    shown = held.has_partners
    assert (low <= held.blau + 1e-12)[shown].all() and (held.blau <= high + 1e-12)[shown].all()
    counted = roles(known, sectors)
    true_roles = roles(whole, sectors).named.counts
    assert (counted.lowest.counts <= true_roles).all()
    assert (true_roles <= counted.highest.counts).all()


@settings(max_examples=40, deadline=None)
@given(SIZES, SEEDS, st.integers(1, 5))
def test_the_rule_gives_the_truth_where_the_silent_name_who_names_them(
    n: int, seed: int, n_silent: int
) -> None:
    drawn_, sectors = drawn(n, seed, silent=0.0)
    both = named(drawn_)
    pairs = [(int(a), int(b)) for a, b in np.argwhere(both | both.T)]
    whole = network_of(pairs, n_nodes=n)
    silent = np.random.default_rng(seed).permutation(n)[:n_silent]
    told, truth = state(silenced(whole, silent), sectors), state(whole, sectors)
    for name in (*SHARES, *COUNTS):
        value, bounds = getattr(truth, name).value, getattr(told, name).named_by_other
        if value is not None and bounds is not None:
            assert bounds.low - 1e-12 <= value <= bounds.high + 1e-12, name
    if n_silent == 1:
        assert told.n_open_named_by_other == 0, "one who is silent is wholly spoken for"
        assert told.density.value == pytest.approx(truth.density.value)


@settings(max_examples=40, deadline=None)
@given(SIZES, SEEDS)
def test_the_rule_never_widens_a_bound_and_silence_never_narrows_it(n: int, seed: int) -> None:
    network, sectors = drawn(n, seed)
    told = state(network, sectors)
    for name in (*SHARES, *COUNTS):
        ruled, wide = getattr(told, name).named_by_other, getattr(told, name).any_answers
        if ruled is not None and ruled.low is not None:
            assert wide.low <= ruled.low + 1e-12 and ruled.high <= wide.high + 1e-12
    more = silenced(network, np.array([seed % n]))
    for name in ("density", "reach_in_two", "in_largest", "reciprocity", "across_sectors"):
        before, after = (
            getattr(told, name).any_answers,
            getattr(state(more, sectors), name).any_answers,
        )
        if before.low is not None:
            assert after.low <= before.low + 1e-12 and before.high <= after.high + 1e-12


@settings(max_examples=40, deadline=None)
@given(SIZES, SEEDS)
def test_the_verdict_on_a_change_holds_for_the_truth(n: int, seed: int) -> None:
    first, sectors = drawn(n, seed, silent=0.0)
    second, _ = drawn(n, seed + 1, silent=0.0)
    chance = np.random.default_rng(seed)
    every = np.arange(n)
    known = [silenced(one, np.flatnonzero(chance.random(n) < 0.15)) for one in (first, second)]
    told = change_between(*known, places=(every, every), sectors=sectors)
    truth = change_between(first, second, places=(every, every), sectors=sectors)
    for name in (*SHARES, *COUNTS):
        verdict, real = told.of(name).verdict, truth.of(name).value
        if real is not None and verdict is ChangeVerdict.HIGHER:
            assert real > 0
        if real is not None and verdict is ChangeVerdict.LOWER:
            assert real < 0
        if real is not None and verdict is ChangeVerdict.UNCHANGED:
            assert real == pytest.approx(0)
    assert not (told.pairs.kept & ~truth.pairs.kept).any()
    assert not (told.pairs.new & ~truth.pairs.new).any()
    assert not (told.pairs.ended & ~truth.pairs.ended).any()
    for name in ("n_kept", "n_new", "n_ended"):
        bounds, real = getattr(told.pairs, name), getattr(truth.pairs, name)
        assert bounds.low <= real.low == real.high <= bounds.high


@settings(max_examples=40, deadline=None)
@given(SIZES, SEEDS, st.integers(1, 6))
def test_equal_brokers_are_all_named_or_none(n: int, seed: int, most: int) -> None:
    network, _ = drawn(n, seed)
    told = betweenness(between(network).certain)
    chosen = foremost(told, most=most)
    assert len(chosen) <= most and (told[chosen] > 0).all()
    assert chosen.tolist() == sorted(chosen.tolist())
    left = np.setdiff1d(np.arange(n), chosen)
    if len(chosen) and len(left):
        assert told[left].max() < told[chosen].min()


@settings(max_examples=30, deadline=None)
@given(SIZES, SEEDS)
def test_reach_over_the_certain_is_the_low_end_for_every_rule(n: int, seed: int) -> None:
    network, _ = drawn(n, seed)
    told = reach(network)
    for rule in Rule:
        span = between(network, rule=rule)
        assert (reach_of(span.certain).in_two >= told.named.in_two - 1e-12).all()
        assert (reach_of(span.possible).in_two <= told.highest.in_two + 1e-12).all()
