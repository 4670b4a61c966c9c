"""What holds for every composite index, whatever its numbers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from courtepointe.core.composite import Mean, Method, Raw, Scale, Tree, copeland, index_of
from courtepointe.core.composite.gather import MEANS, effective_weights, gather
from courtepointe.core.composite.profile import profile
from courtepointe.core.composite.profile_apart import apart_in
from courtepointe.core.composite.rank_sets import rank_sets
from courtepointe.core.composite.readings import Known, Readings, Rule

TREE = Tree(5, np.array([5, 5, 5, 6, 6, 7, 7, -1]), np.array([1.0, 2, 1, 1, 3, 2, 1, 1]))
SEEDS = st.integers(0, 2**32 - 1)
POSITIVE = Method(low=1.0, high=100.0)


def raw_of(seed: int, n_units: int = 12) -> Raw:
    rng = np.random.default_rng(seed)
    return Raw(
        rng.lognormal(size=(n_units, 5)), rng.choice([-1, 1], 5), np.ones((n_units, 0)),
        np.full(5, -1),
    )  # fmt: skip


@settings(deadline=None, max_examples=40)
@given(SEEDS, st.sampled_from(list(Scale)), st.sampled_from(list(Mean)))
def test_the_order_of_units_does_not_matter(seed: int, scale: Scale, mean: Mean) -> None:
    posts = np.array([[0.0, 500.0]] * 5)
    # Its penalty may take a part under zero on another scale, which the next level refuses by name.
    scale = Scale.AMPI if mean is Mean.AMPI else scale
    method = replace(POSITIVE, scale=scale, means=(mean,), goalposts=posts)
    if scale in (Scale.GOALPOSTS, Scale.AMPI):
        method = replace(method, treatment=None)
    if scale not in (Scale.MIN_MAX, Scale.GOALPOSTS) and mean not in (Mean.COPELAND, Mean.AMPI):
        method = replace(method, means=(Mean.ARITHMETIC,))
    raw = raw_of(seed)
    turned = np.random.default_rng(seed).permutation(12)
    once = index_of(raw, TREE, method).scores
    again = index_of(replace(raw, values=raw.values[turned]), TREE, method).scores
    np.testing.assert_allclose(again, once[turned], rtol=1e-9, atol=1e-9)


@settings(deadline=None, max_examples=40)
@given(SEEDS, st.integers(0, 11), st.integers(0, 4))
def test_doing_better_never_lowers_the_index(seed: int, unit: int, indicator: int) -> None:
    """With goalposts nobody else moves, so this unit's score can only rise, by any mean."""
    posts = np.array([[0.0, 8.0]] * 5)
    raw = raw_of(seed)
    better = raw.values.copy()
    better[unit, indicator] *= 1.5 if raw.polarity[indicator] > 0 else 0.5
    for mean in (Mean.ARITHMETIC, Mean.GEOMETRIC, Mean.HARMONIC):
        method = replace(
            POSITIVE, scale=Scale.GOALPOSTS, goalposts=posts, means=(mean,), treatment=None
        )
        before = index_of(raw, TREE, method).scores[:, -1]
        after = index_of(replace(raw, values=better), TREE, method).scores[:, -1]
        assert after[unit] >= before[unit] - 1e-12
        np.testing.assert_allclose(np.delete(after, unit), np.delete(before, unit))


@settings(deadline=None, max_examples=60)
@given(SEEDS)
def test_means_keep_their_order_and_their_bounds(seed: int) -> None:
    rng = np.random.default_rng(seed)
    parts, shares = rng.uniform(1, 100, (8, 4)), rng.dirichlet(np.ones(4))
    told = {mean: make(parts, shares) for mean, make in MEANS.items()}
    assert (told[Mean.HARMONIC] <= told[Mean.GEOMETRIC] + 1e-9).all()
    assert (told[Mean.GEOMETRIC] <= told[Mean.ARITHMETIC] + 1e-9).all()
    assert (told[Mean.AMPI] <= told[Mean.ARITHMETIC] + 1e-9).all()
    assert (told[Mean.HARMONIC] >= parts.min(axis=1) - 1e-9).all()
    np.testing.assert_allclose(told[Mean.SUM], 4 * told[Mean.ARITHMETIC])
    assert copeland(parts, shares).sum() == 0.0


@settings(deadline=None, max_examples=40)
@given(SEEDS, st.floats(0.01, 1000), st.floats(-1000, 1000))
def test_the_unit_of_an_indicator_does_not_matter(seed: int, by: float, plus: float) -> None:
    """Centimetres or miles, Celsius or Fahrenheit: scales that spread the values see the same."""
    raw = raw_of(seed)
    moved = raw.values.copy()
    moved[:, 2] = moved[:, 2] * by + plus
    for scale in (Scale.MIN_MAX, Scale.Z, Scale.AMPI):
        method = replace(POSITIVE, scale=scale)
        once = index_of(raw, TREE, method).scores
        again = index_of(replace(raw, values=moved), TREE, method).scores
        np.testing.assert_allclose(again, once, rtol=1e-6, atol=1e-6)


@settings(deadline=None, max_examples=40)
@given(SEEDS, st.sampled_from(list(Scale)), st.permutations(range(3)), st.permutations(range(2)))
def test_the_order_of_indicators_does_not_matter(
    seed: int, scale: Scale, first: list[int], second: list[int]
) -> None:
    """Of those of a node: their weights and directions go with them."""
    order = np.array([*first, *(3 + np.array(second))])
    posts = np.array([[0.0, 500.0 + k] for k in range(5)])
    method = replace(POSITIVE, scale=scale, goalposts=posts, treatment=None)
    raw = raw_of(seed)
    moved = replace(raw, values=raw.values[:, order], polarity=raw.polarity[order])
    tree = replace(TREE, weight=np.append(TREE.weight[order], TREE.weight[5:]))
    once = index_of(raw, TREE, method).scores
    again = index_of(moved, tree, replace(method, goalposts=posts[order])).scores
    np.testing.assert_allclose(again[:, 5:], once[:, 5:], rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(again[:, :5], once[:, order], rtol=1e-9, atol=1e-9)


@settings(deadline=None, max_examples=40)
@given(
    SEEDS, st.integers(0, 4), st.sampled_from([one for one in Scale if one is not Scale.GOALPOSTS])
)
def test_an_indicator_said_the_other_way_round_is_the_same(
    seed: int, at: int, scale: Scale
) -> None:
    """The part without a job with less better, or the part with one with more better; twice turned is as before."""
    raw = raw_of(seed)
    values, polarity = raw.values.copy(), raw.polarity.copy()
    values[:, at] *= -1.0
    polarity[at] *= -1
    told = [
        index_of(one, TREE, replace(POSITIVE, scale=scale)).scores
        for one in (raw, replace(raw, values=values, polarity=polarity))
    ]
    np.testing.assert_allclose(*told, rtol=1e-9, atol=1e-9)
    once = replace(raw, polarity=polarity)
    twice = replace(once, polarity=polarity * np.where(np.arange(5) == at, -1, 1))
    np.testing.assert_array_equal(
        index_of(twice, TREE, replace(POSITIVE, scale=scale)).scores, told[0]
    )


@settings(deadline=None, max_examples=40)
@given(SEEDS)
def test_all_directions_turned_mirror_the_index(seed: int) -> None:
    raw = raw_of(seed)
    method = Method(low=0.0, high=100.0)
    once = index_of(raw, TREE, method).scores
    mirrored = index_of(replace(raw, polarity=-raw.polarity), TREE, method).scores
    np.testing.assert_allclose(mirrored, 100.0 - once, atol=1e-9)


@settings(deadline=None, max_examples=40)
@given(SEEDS, st.floats(0.01, 100.0))
def test_weights_count_beside_each_other_only(seed: int, times: float) -> None:
    """As many times as much for all children of a node is the same; a child without weight is not there."""
    raw = raw_of(seed)
    more = TREE.weight.copy()
    more[:3] *= times
    once = index_of(raw, TREE, POSITIVE).scores
    np.testing.assert_allclose(
        index_of(raw, replace(TREE, weight=more), POSITIVE).scores, once, rtol=1e-9
    )
    none = replace(TREE, weight=np.array([1.0, 2, 0, 1, 3, 2, 1, 1]))
    other = raw.values.copy()
    other[:, 2] = np.random.default_rng(seed + 1).normal(size=12)
    np.testing.assert_array_equal(
        *(
            index_of(replace(raw, values=v), none, POSITIVE).scores[:, 5:]
            for v in (raw.values, other)
        )
    )


@settings(deadline=None, max_examples=40)
@given(SEEDS)
def test_effective_weights_are_what_an_arithmetic_index_is_made_of(seed: int) -> None:
    rng = np.random.default_rng(seed)
    tree = replace(TREE, weight=rng.uniform(0.1, 2, 8))
    parts = rng.uniform(0, 100, (6, 5))
    told = effective_weights(tree)
    np.testing.assert_allclose(told[:5].sum(), 1.0)
    np.testing.assert_allclose(gather(parts, tree, Method())[:, -1], parts @ told[:5])


@settings(deadline=None, max_examples=80)
@given(SEEDS)
def test_a_rank_set_holds_every_rank_that_its_intervals_allow(seed: int) -> None:
    rng = np.random.default_rng(seed)
    low = rng.integers(0, 12, 7).astype(float)
    high = low + rng.integers(0, 6, 7)
    least, most = rank_sets(low, high)
    for _ in range(20):
        values = rng.uniform(low, high)
        ranks = 1 + (values[:, None] > values[None, :]).sum(axis=1)
        assert (least <= ranks).all() and (ranks <= most).all()


@settings(deadline=None, max_examples=20)
@given(SEEDS)
def test_more_doubt_never_narrows_the_ranks(seed: int) -> None:
    rng = np.random.default_rng(seed)
    low = rng.uniform(0, 10, 8)
    high = low + rng.uniform(0, 3, 8)
    least, most = rank_sets(low, high)
    wider = rank_sets(low - rng.uniform(0, 2, 8), high + rng.uniform(0, 2, 8))
    assert (wider[0] <= least).all() and (wider[1] >= most).all()


def profile_case(seed: int) -> tuple[Readings, Rule]:
    rng = np.random.default_rng(seed)
    value = rng.uniform(-5.0, 15.0, (3, 6))
    ends = rng.exponential(2.0, (2, 3, 6))
    known = rng.choice(list(Known), (3, 6))
    readings = Readings(value, value - ends[0], value + ends[1], known)
    rule = Rule(
        np.column_stack([rng.uniform(-1.0, 1.0, 6), rng.uniform(8.0, 12.0, 6)]),
        rng.choice([-1, 1], 6), rng.uniform(0.1, 2.0, 6), rng.integers(0, 3, 6), 3,
    )  # fmt: skip
    return readings, rule


@settings(deadline=None, max_examples=40)
@given(SEEDS)
def test_a_profile_keeps_its_promises(seed: int) -> None:
    readings, rule = profile_case(seed)
    told = profile(readings, rule, rng=np.random.default_rng(seed), n_draws=200)
    assert ((told.low >= 0) & (told.low <= told.score) & (told.score <= told.high)).all()
    assert (told.high <= 100 + 1e-9).all()
    parts = told.of_data + told.of_missing + told.of_method
    assert (np.isclose(parts, 1.0) | (parts == 0.0)).all()
    assert ((told.n_used + told.n_missing).sum(axis=1) == 6).all()
    there, back = (apart_in(told, first=a, second=b) for a, b in ((0, 1), (1, 0)))
    assert there.verdict.tolist() == back.verdict.tolist()


@settings(deadline=None, max_examples=40)
@given(SEEDS, st.integers(0, 5))
def test_a_profile_does_not_depend_on_order_or_on_units_of_measurement(seed: int, at: int) -> None:
    readings, rule = profile_case(seed)
    turned = np.random.default_rng(seed).permutation(6)
    again = Readings(
        readings.value[:, turned] * 7.0 + 3.0, readings.low[:, turned] * 7.0 + 3.0,
        readings.high[:, turned] * 7.0 + 3.0, readings.known[:, turned],
    )  # fmt: skip
    same = replace(
        rule, goalposts=rule.goalposts[turned] * 7.0 + 3.0, polarity=rule.polarity[turned],
        weight=rule.weight[turned] * 5.0, dimension=rule.dimension[turned],
    )  # fmt: skip
    one, other = (
        profile(*case, rng=np.random.default_rng(seed), n_draws=100)
        for case in ((readings, rule), (again, same))
    )
    np.testing.assert_allclose(one.score, other.score, atol=1e-9)
    np.testing.assert_allclose(one.coverage, other.coverage, atol=1e-9)
    better = readings.value.copy()
    better[:, at] += rule.polarity[at]
    risen = profile(
        replace(readings, value=better), rule, rng=np.random.default_rng(seed), n_draws=100
    )
    assert (risen.score >= one.score - 1e-9).all()
