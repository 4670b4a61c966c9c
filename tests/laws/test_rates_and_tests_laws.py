"""Many tests at once, rates of small counts, groups read together: what holds for all of them."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from courtepointe.core.joint import Ends, bounds_of, bounds_of_all, narrowed
from courtepointe.core.multiplicity import adjusted, false_discovery
from courtepointe.core.small_rates import age_standardised
from courtepointe.core.survey import wilson

P_VALUES = st.lists(st.floats(0.0, 1.0), min_size=1, max_size=40).map(np.array)
RATES = st.floats(0.001, 0.999)
SEEDS = st.integers(0, 2**32 - 1)


@given(P_VALUES, RATES, RATES)
def test_a_higher_rate_never_lets_a_discovery_go(p: np.ndarray, one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert not (false_discovery(p, rate=low) & ~false_discovery(p, rate=high)).any()


@given(P_VALUES, st.integers(0, 39), st.floats(0.0, 1.0), RATES)
def test_a_smaller_p_never_takes_a_discovery_away(
    p: np.ndarray, at: int, times: float, rate: float
) -> None:
    surer = p.copy()
    surer[at % p.size] *= times
    assert (adjusted(surer) <= adjusted(p)).all()
    assert not (false_discovery(p, rate=rate) & ~false_discovery(surer, rate=rate)).any()


@given(P_VALUES, SEEDS, st.booleans())
def test_rates_follow_p_whatever_the_order(p: np.ndarray, seed: int, however: bool) -> None:
    q = adjusted(p, however=however)
    order = np.argsort(p, kind="stable")
    assert (np.diff(q[order]) >= 0.0).all()
    assert ((q >= np.minimum(p, 1.0) * (1.0 - 1e-12)) & (q <= 1.0)).all()
    for one, other in pairwise(order):
        assert p[one] != p[other] or q[one] == q[other]
    mixed = np.random.default_rng(seed).permutation(p.size)
    np.testing.assert_array_equal(adjusted(p[mixed], however=however), q[mixed])
    # The least of n is held up where it is not over rate / n: a single test is itself.
    assert adjusted(p[:1])[0] == p[0]


@given(P_VALUES, RATES)
def test_what_stands_under_the_severest_bar_is_always_held_up(p: np.ndarray, rate: float) -> None:
    """Those of Bonferroni are among those of Benjamini and Hochberg, and these among those with p not over the rate."""
    found = false_discovery(p, rate=rate)
    assert not ((p < rate / p.size * (1.0 - 1e-12)) & ~found).any()
    assert not (found & (p > rate)).any()


@given(st.integers(1, 500), st.integers(0, 500), st.integers(2, 9))
def test_an_interval_of_wilson_mirrors_what_is_not_and_moves_with_the_share(
    of: int, count: int, times: int
) -> None:
    count = min(count, of)
    low, high = wilson(count / of, of)
    more_low, more_high = wilson(count / of, times * of)
    assert more_high - more_low < high - low
    assert wilson(1.0 - count / of, of) == pytest.approx((1.0 - high, 1.0 - low), abs=1e-12)
    if count < of:
        one_more = wilson((count + 1) / of, of)
        assert one_more[0] > low and one_more[1] > high


@given(SEEDS, st.floats(0.01, 1_000.0))
def test_standardised_rates_do_not_mind_the_size_of_the_standard_nor_the_order_of_ages(
    seed: int, times: float
) -> None:
    rng = np.random.default_rng(seed)
    people = rng.integers(50, 900, (3, 5)).astype(float)
    events = np.floor(people * rng.random((3, 5)) * 0.2)
    standard, order = rng.uniform(1.0, 9.0, 5), rng.permutation(5)
    told = age_standardised(events, people, standard)
    again = age_standardised(events[:, order], people[:, order], times * standard[order])
    for one, other in zip(told, again, strict=True):
        assert one == pytest.approx(other, rel=1e-9)
    rate, low, high = told
    assert ((low <= rate) & (rate <= high)).all()
    each = events / people
    assert ((rate >= each.min(axis=1) - 1e-12) & (rate <= each.max(axis=1) + 1e-12)).all()
    same = age_standardised(events, people, people[0])[0][0]
    assert same == pytest.approx(events[0].sum() / people[0].sum())


@given(SEEDS)
def test_bounds_of_groups_hold_the_truth_whoever_is_named_first(seed: int) -> None:
    """People are drawn one by one: who is A, B and C in each unit is known."""
    rng = np.random.default_rng(seed)
    n_units = 6
    member = rng.random((3, n_units, 30)) < rng.random((3, n_units, 1))
    there = rng.random((n_units, 30)) < 0.8
    counts = (member & there).sum(axis=2).astype(float)
    some = [
        Ends(np.maximum(one - rng.integers(0, 3), 0.0), one + rng.integers(0, 3)) for one in counts
    ]
    base, shares = Ends(there.sum(axis=1) * 1.0, there.sum(axis=1) * 1.0), np.ones(n_units)
    both = float((member[0] & member[1] & there).sum())
    every = float((member.all(axis=0) & there).sum())
    two = bounds_of(some[0], some[1], base, shares=shares)
    three = bounds_of_all(some, base, shares=shares)
    assert two.low <= both <= two.high and three.low <= every <= three.high
    assert bounds_of(some[1], some[0], base, shares=shares) == two
    assert bounds_of_all(some[::-1], base, shares=shares) == three
    assert three.low <= two.low and three.high <= two.high
    half = bounds_of(some[0], some[1], base, shares=shares / 2.0)
    assert (2.0 * half.low, 2.0 * half.high) == pytest.approx((two.low, two.high))
    held = narrowed(two, three)
    assert held is None or (
        held.low >= max(two.low, three.low) and held.high <= min(two.high, three.high)
    )
