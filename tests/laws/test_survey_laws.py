"""Laws of surveys: weights reproduce what they promise, equal weights change nothing, more answers never widen."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from courtepointe.core.survey import (
    Margin,
    Tell,
    design_effect,
    effective_n,
    gives_away,
    ordered_median,
    post_stratified,
    raked,
    telling,
    weighted_share,
    wilson,
)

seeds = st.integers(0, 2**32 - 1)


def sample(seed: int, *, unknown: bool = False) -> list[Margin]:
    """Make two margins that some weights reproduce: those of the sample itself, bent."""
    rng = np.random.default_rng(seed)
    n = int(rng.integers(12, 90))
    of = [rng.integers(0, 3, n), rng.integers(0, 2, n)]
    of[0][:6], of[1][:6] = [0, 0, 1, 1, 2, 2], [0, 1, 0, 1, 0, 1]  # every crossing is there
    bent = rng.uniform(0.6, 1.6, n)
    people = [np.bincount(one, weights=bent, minlength=m) * 10 for one, m in zip(of, (3, 2), strict=True)]  # fmt: skip
    if unknown:
        of[0][-2:] = -1
    return [Margin(name, one, counts) for name, one, counts in zip("ab", of, people, strict=True)]


@given(seeds)
@settings(max_examples=80, deadline=None)
def test_weights_reproduce_the_margins_whatever_their_order(seed: int) -> None:
    margins = sample(seed)
    found = raked(margins, least=1e-3, most=1e3, rounds=2_000)
    for one in margins:
        held = np.bincount(one.of, weights=found.values, minlength=one.people.size)
        np.testing.assert_allclose(held / held.sum(), one.people / one.people.sum(), atol=1e-6)
    other = raked(margins[::-1], least=1e-3, most=1e3, rounds=2_000)
    np.testing.assert_allclose(found.values, other.values, rtol=1e-4)


@given(seeds)
@settings(max_examples=60, deadline=None)
def test_one_margin_raked_is_post_stratified(seed: int) -> None:
    for one in sample(seed, unknown=True):
        np.testing.assert_allclose(
            raked([one], least=1e-3, most=1e3).values, post_stratified(one).values, rtol=1e-6
        )


@given(seeds, st.floats(0.2, 1.0), st.floats(1.0, 5.0))
@settings(max_examples=60, deadline=None)
def test_no_answer_weighs_more_than_the_bounds_allow(seed: int, least: float, most: float) -> None:
    found = raked(sample(seed, unknown=True), least=least, most=most)
    assert found.values.max() / found.values.min() <= most / least * (1 + 1e-9)
    assert np.isclose(found.values.mean(), 1.0)


@given(seeds)
@settings(max_examples=60, deadline=None)
def test_a_sample_like_the_population_keeps_its_weights(seed: int) -> None:
    same = [
        Margin(one.name, one.of, np.bincount(one.of, minlength=one.people.size).astype(float))
        for one in sample(seed)
    ]
    np.testing.assert_allclose(raked(same).values, 1.0, atol=1e-9)


@given(st.lists(st.floats(0.01, 100.0), min_size=1, max_size=60))
def test_the_effective_number_is_between_one_and_all(weights: list[float]) -> None:
    held = np.array(weights)
    assert 1.0 - 1e-9 <= effective_n(held) <= held.size + 1e-9
    assert design_effect(held) >= 1.0 - 1e-9
    assert np.isclose(effective_n(held * 7.0), effective_n(held))


@given(st.lists(st.booleans(), min_size=1, max_size=60), st.floats(0.1, 9.0))
def test_equal_weights_give_the_plain_share(yes: list[bool], weight: float) -> None:
    found = weighted_share(np.array(yes), np.full(len(yes), weight))
    assert np.isclose(found.value, sum(yes) / len(yes))
    assert np.allclose((found.low, found.high), wilson(found.value, len(yes)))
    other = weighted_share(~np.array(yes), np.full(len(yes), weight))
    assert np.allclose((other.low, other.high), (1 - found.high, 1 - found.low))


@given(st.floats(0.0, 1.0), st.floats(0.5, 1e6), st.floats(1.0, 100.0))
def test_more_answers_never_widen_an_interval(share: float, n: float, times: float) -> None:
    low, high = wilson(share, n)
    more_low, more_high = wilson(share, n * times)
    assert 0.0 <= low <= share <= high <= 1.0
    assert more_high - more_low <= high - low + 1e-9


@given(st.lists(st.integers(0, 4), min_size=1, max_size=40), seeds)
def test_a_median_does_not_depend_on_the_order_of_people(places: list[int], seed: int) -> None:
    rng = np.random.default_rng(seed)
    held, weights = np.array(places), rng.uniform(0.2, 5.0, len(places))
    mixed = rng.permutation(held.size)
    one = ordered_median(held, weights, n_answers=5)
    two = ordered_median(held[mixed], weights[mixed], n_answers=5)
    assert (one.place, one.low, one.high) == (two.place, two.low, two.high)
    # Read from the other end, the interval is the same.
    back = ordered_median(4 - held, weights, n_answers=5)
    assert abs((4 - back.high) - one.low) <= 1
    assert abs((4 - back.low) - one.high) <= 1


counts = st.integers(0, 40)


@given(counts, counts, counts, counts, st.integers(1, 20))
def test_what_is_told_is_of_enough_people(
    n_yes: int, n_no: int, others_yes: int, others_no: int, least: int
) -> None:
    n, n_others = n_yes + n_no, others_yes + others_no
    if telling(n, n_yes, n_others, others_yes, least=least) is Tell.TOLD:
        assert n >= least
        assert min(n_yes, n_no) >= 5
        assert n_others == 0 or (n_others >= least and min(others_yes, others_no) >= 5)
    # Who says yes and who does not are the two sides of one coin, and so are a group and the others.
    assert telling(n, n_yes, n_others, others_yes, least=least) is telling(n, n_no, n_others, others_no, least=least)  # fmt: skip
    if n and n_others:
        assert telling(n, n_yes, n_others, others_yes, least=least) is telling(n_others, others_yes, n, n_yes, least=least)  # fmt: skip


@given(seeds)
@settings(max_examples=60, deadline=None)
def test_more_sets_never_give_less_away_and_their_order_changes_nothing(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n = int(rng.integers(20, 60))
    sets = [rng.random(n) < 0.5 for _ in range(4)]
    yes = rng.random(n) < 0.5
    found = [gives_away(sets[:k], yes) for k in range(5)]
    assert found == sorted(found)
    assert gives_away(sets[::-1], yes) == found[-1]
    assert gives_away(sets, ~yes) == found[-1]
