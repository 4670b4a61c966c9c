"""The compiled draws of an index give what the steps give, one draw at a time."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import norm
from tests.oracle.slow_composite import one_draw

from courtepointe.core.composite import (
    Imputation,
    Mean,
    Method,
    Raw,
    Scale,
    Treatment,
    Tree,
    index_of,
)
from courtepointe.core.composite.columns import in_order, n_under
from courtepointe.core.composite.draws import same_choices, scores_of
from courtepointe.core.composite.noise import add_normals, normal_quantile, normal_table, stream
from courtepointe.core.composite.uncertainty import Doubt, choices_at
from courtepointe.core.stand_out import among_all, among_peers

TREE = Tree(
    6, np.array([6, 6, 6, 7, 7, 8, 8, 8, -1]), np.array([1.0, 2, 1, 1, 3, 2, 1, 1, 1]),
    np.array([1, 1, 1, 1, 1, 1, -1, 1, 1]),
)  # fmt: skip


def town(seed: int, *, gaps: float = 0.1) -> Raw:
    rng = np.random.default_rng(seed)
    values = np.exp(rng.normal(size=(40, 6)) * [0.2, 0.5, 1, 1.5, 2, 0.1])
    values[rng.random(values.shape) < gaps] = np.nan
    return Raw(
        values, np.array([1, -1, 1, 1, -1, 1]), np.ones((40, 0)), np.full(6, -1),
        np.arange(40) % 3,
    )  # fmt: skip


POSTS = np.column_stack([np.zeros(6), np.full(6, 4.0)])


@pytest.mark.parametrize("rule", [one for one in Imputation if one is not Imputation.NONE])
@pytest.mark.parametrize(
    ("scale", "mean"),
    [
        (Scale.MIN_MAX, Mean.ARITHMETIC),
        (Scale.MIN_MAX, Mean.HARMONIC),
        (Scale.Z, Mean.ARITHMETIC),
        (Scale.GOALPOSTS, Mean.GEOMETRIC),
        (Scale.RANK, Mean.GEOMETRIC),
        (Scale.BORDA, Mean.COPELAND),
        (Scale.PERCENTILE, Mean.ARITHMETIC),
        (Scale.AMPI, Mean.AMPI),
        (Scale.MIN_MAX, Mean.AMPI),
        (Scale.MIN_MAX, Mean.SUM),
        (Scale.Z, Mean.FIRST_COMPONENT),
        (Scale.RANK, Mean.COUNT),
    ],
)
def test_draws_of_the_data_are_those_of_the_steps(
    rule: Imputation, scale: Scale, mean: Mean
) -> None:
    posts = {Scale.GOALPOSTS: POSTS, Scale.AMPI: 100 * POSTS}.get(scale)
    method = Method(
        rule,
        least_known=0.6,
        scale=scale,
        low=1.0,
        high=100.0,
        means=(mean,),
        goalposts=posts,
        treatment=Treatment(logarithm=posts is None),
    )
    raw = town(3)
    steps = index_of(raw, TREE, method)
    errors = np.where(np.isfinite(raw.values), 0.02, 0.0)
    choices = same_choices(steps, method, 5)
    fast = scores_of(raw, steps, method, choices, seed=11, errors=errors)
    for draw in range(5):
        slow = one_draw(raw, steps, method, choices, draw, seed=11, errors=errors)
        np.testing.assert_allclose(fast[draw], slow, rtol=1e-9, atol=1e-9)


def test_draws_of_the_method_are_those_of_the_steps() -> None:
    method = Method(Imputation.GROUP_MEAN, low=1.0, high=100.0)
    raw = town(5)
    steps = index_of(raw, TREE, method)
    doubt = Doubt(
        scales=((Scale.MIN_MAX, 1.0, 100.0), (Scale.RANK, 0.0, 1.0), (Scale.AMPI, 0.0, 1.0)),
        means=(Mean.ARITHMETIC, Mean.GEOMETRIC, Mean.HARMONIC, Mean.AMPI),
        most_points=(0, 1, 2, 5),
    )
    points = np.random.default_rng(2).random((40, 4))
    choices = choices_at(points, steps, method, doubt, seed=4)
    assert len(set(choices.scale)) == 3 and len(set(choices.means[:, 2])) == 4
    fast = scores_of(raw, steps, method, choices, seed=4)
    exact = np.zeros(raw.values.shape)
    for draw in range(40):
        slow = one_draw(raw, steps, method, choices, draw, seed=4, errors=exact)
        np.testing.assert_allclose(fast[draw], slow, rtol=1e-9, atol=1e-9)
    # Weights stay within a quarter of what they were.
    ratio = choices.weights / steps.tree.weight
    assert 0.75 <= ratio.min() < 0.8 and 1.2 < ratio.max() <= 1.25


@pytest.mark.parametrize("doubted", [[], [3], [0, 5]])
def test_what_no_draw_changes_is_what_it_would_be_if_drawn(doubted: list[int]) -> None:
    """Some indicators in doubt and the others not, draws that scale alike lying apart."""
    method = Method(Imputation.GROUP_MEDIAN, low=1.0, high=100.0)
    raw = town(8)
    steps = index_of(raw, TREE, method)
    doubt = Doubt(
        scales=((Scale.MIN_MAX, 1.0, 100.0), (Scale.MIN_MAX, 1.0, 11.0), (Scale.RANK, 0.0, 1.0)),
        means=(Mean.GEOMETRIC, Mean.ARITHMETIC, Mean.HARMONIC),
        most_points=(1, 5),
    )
    points = np.random.default_rng(6).random((150, 4))
    choices = choices_at(points, steps, method, doubt, seed=4)
    errors = np.zeros(raw.values.shape)
    errors[:, doubted] = 0.05
    errors = np.where(np.isfinite(raw.values), errors, 0.0)
    fast = scores_of(raw, steps, method, choices, seed=4, errors=errors)
    for draw in range(150):
        slow = one_draw(raw, steps, method, choices, draw, seed=4, errors=errors)
        np.testing.assert_allclose(fast[draw], slow, rtol=1e-9, atol=1e-9)


def test_draws_of_quintiles_are_those_of_the_steps() -> None:
    method = Method(
        Imputation.MEAN, scale=Scale.Z, low=0.0, high=1.0, treatment=None,
        means=(Mean.FIRST_COMPONENT, Mean.COUNT),
    )  # fmt: skip
    raw = town(9)
    steps = index_of(raw, TREE, method)
    errors = np.where(np.isfinite(raw.values), 0.3, 0.0)
    choices = same_choices(steps, method, 20)
    fast = scores_of(raw, steps, method, choices, seed=3, errors=errors)
    for draw in range(20):
        slow = one_draw(raw, steps, method, choices, draw, seed=3, errors=errors)
        np.testing.assert_array_equal(fast[draw], slow)
    assert set(np.unique(fast)) == {0.0, 1.0, 2.0, 3.0}


def test_without_doubt_each_draw_is_the_index() -> None:
    raw, method = town(7), Method(Imputation.MEDIAN)
    steps = index_of(raw, TREE, method)
    drawn = scores_of(raw, steps, method, same_choices(steps, method, 3), seed=1)
    np.testing.assert_allclose(drawn, np.tile(steps.scores[:, -1], (3, 1)), atol=1e-9)


def test_threads_change_nothing() -> None:
    raw, method = town(7), Method(Imputation.GROUP_MEAN)
    steps = index_of(raw, TREE, method)
    choices = same_choices(steps, method, 200)
    told = [
        scores_of(raw, steps, method, choices, seed=9, donors=True, threads=threads)
        for threads in (1, 3)
    ]
    np.testing.assert_array_equal(*told)
    other = scores_of(raw, steps, method, choices, seed=10, donors=True)
    assert not np.array_equal(told[0], other)


@pytest.mark.parametrize("values", [[0.0, 1e-310, 5e-310, 2e-310], [-1e308, 0.0, 1e308, 9e307]])
def test_numbers_at_the_ends_of_what_floats_hold_are_sorted_too(values: list[float]) -> None:
    """A drawer's number would be none, and what it leads to outside of the table."""
    np.testing.assert_array_equal(in_order(np.array(values)), np.sort(values))


@pytest.mark.parametrize("n_units", [2, 3, 7, 40, 1_000, 4_097])
def test_sorting_and_ranking_are_those_of_numpy(n_units: int) -> None:
    rng = np.random.default_rng(n_units)
    plain = rng.normal(size=n_units)
    plain[0] += 1.0
    for values in (plain, np.round(plain, 1), np.exp(9.0 * plain), -plain, np.arange(n_units) * 1.0,
                   np.append(plain[1:], 1e12), np.where(np.arange(n_units) == 0, 3.0, 0.1)):  # fmt: skip
        ordered = in_order(values)
        np.testing.assert_array_equal(ordered, np.sort(values))
        np.testing.assert_array_equal(n_under(ordered, values), np.searchsorted(ordered, values))


def test_a_gap_takes_the_value_of_somebody_of_its_group() -> None:
    """With one indicator under the index and no treatment, a score tells which donor was drawn."""
    values = np.array([[0.0], [1.0], [np.nan], [6.0], [10.0], [np.nan]])
    raw = Raw(values, np.array([1]), np.ones((6, 0)), np.array([-1]), np.array([0, 0, 0, 1, 1, 1]))
    method = Method(Imputation.GROUP_MEAN, treatment=None, low=0.0, high=10.0)
    steps = index_of(raw, Tree(1, np.array([1, -1]), np.ones(2)), method)
    choices = same_choices(steps, method, 4000)
    drawn = scores_of(raw, steps, method, choices, seed=2, donors=True)
    for unit, donors in ((2, [0.0, 1.0]), (5, [6.0, 10.0])):
        found, counts = np.unique(drawn[:, unit], return_counts=True)
        np.testing.assert_allclose(found, donors)
        # Half each: four standard deviations are some 0.032.
        assert abs(counts[0] / 4000 - 0.5) < 0.032
    np.testing.assert_allclose(drawn[:, [0, 1, 3, 4]], np.tile([0.0, 1, 6, 10], (4000, 1)))


def test_normal_numbers_are_normal() -> None:
    shares = np.concatenate([np.linspace(1e-6, 1 - 1e-6, 2001), [1e-16, 1e-12, 0.075, 0.925]])
    told = np.array([normal_quantile(share) for share in shares])
    np.testing.assert_allclose(told, norm.ppf(shares), rtol=1e-12, atol=1e-13)
    table = normal_table(5, 3, 20000, 8)
    added, errors = np.zeros(20000), np.linspace(0.0, 3.0, 20000)
    add_normals(added, errors, np.uint64(stream(5, 3, 7)))
    np.testing.assert_array_equal(added, errors * table[:, 7])
    assert np.abs(table.mean(axis=0)).max() < 4 / np.sqrt(20000)
    assert np.abs(table.std(axis=0) - 1).max() < 4 / np.sqrt(40000)
    apart = np.corrcoef(np.hstack([table, normal_table(5, 4, 20000, 8)]).T)
    assert np.abs(apart - np.eye(16)).max() < 4.5 / np.sqrt(20000)


def test_a_draw_that_has_no_score_is_refused() -> None:
    raw, method = town(7, gaps=0.0), Method(scale=Scale.Z, means=(Mean.ARITHMETIC,))
    steps = index_of(raw, TREE, method)
    choices = replace(same_choices(steps, method, 3), means=np.full((3, 4), 1))
    with pytest.raises(Exception, match="composite_draws_broke"):
        scores_of(raw, steps, method, choices, seed=1)


@pytest.mark.parametrize("seed", range(6))
def test_all_units_at_once_are_each_unit_beside_its_peers(seed: int) -> None:
    rng = np.random.default_rng(seed)
    value = rng.lognormal(size=(15, 8)) * 10.0 ** rng.integers(-3, 6, 8)
    value[:, 5] = 7.0
    value[3, 5] = 9.0 if seed % 2 else 7.0
    value[:, 6] = rng.integers(0, 2, 15)
    error = value * rng.uniform(0.0, 0.3, value.shape)
    known = rng.random(value.shape) < 0.8
    known[:, 7] = np.arange(15) < 5
    told = among_all(value, error, known)
    for unit in range(15):
        rest = np.arange(15) != unit
        slow = among_peers(
            value[unit], error[unit], known[unit], peers=(value[rest], error[rest], known[rest])
        )
        for name in ("tested", "n_peers"):
            np.testing.assert_array_equal(getattr(told, name)[unit], getattr(slow, name))
        there = slow.tested
        for name in ("difference", "centre", "deviation", "p_value"):
            np.testing.assert_allclose(
                getattr(told, name)[unit][there], getattr(slow, name)[there], rtol=1e-7, atol=1e-12
            )
