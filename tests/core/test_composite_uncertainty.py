"""How sure is an index? Known variances, published rank sets, and what is not known."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.support.asem import METHOD, Asem, asem_of, number, rows_of

from courtepointe.core.composite import Imputation, Mean, Method, Raw, Scale, Steps, Tree, index_of
from courtepointe.core.composite.draws import same_choices, scores_of
from courtepointe.core.composite.rank_sets import (
    distinguishable,
    rank_sets,
    simultaneous,
    told_apart,
)
from courtepointe.core.composite.sobol import sobol_indices
from courtepointe.core.composite.uncertainty import (
    Doubt,
    method_sensitivity,
    part_of,
    uncertainty_of,
)
from courtepointe.core.errors import BadInput, CourtepointeError, NoAnswer

X = np.nan


@pytest.fixture(scope="module")
def asem(request: pytest.FixtureRequest) -> Asem:
    folder: Path = request.getfixturevalue("shared") / "reference" / "coinr_asem"
    if not folder.is_dir():
        pytest.skip(f"no reference data in {folder}")
    return asem_of(folder)


def ishigami(points: np.ndarray) -> np.ndarray:
    x = np.pi * (2 * points - 1)
    told: np.ndarray = (
        np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])
    )
    return told


def test_the_function_of_ishigami() -> None:
    told = sobol_indices(ishigami, n_inputs=3, log2_n=14, seed=1)
    assert told.variance == pytest.approx(13.844588, abs=0.01)
    np.testing.assert_allclose(told.first, [0.313905, 0.442411, 0.0], atol=2e-3)
    np.testing.assert_allclose(told.total, [0.557589, 0.442411, 0.243684], atol=2e-3)
    assert told.n_runs == 2**14 * 5
    assert (told.first_low < told.first).all() and (told.first < told.first_high).all()
    assert (told.total_low < told.total).all() and (told.total < told.total_high).all()


def test_a_sum_and_an_input_that_is_not_used() -> None:
    told = sobol_indices(lambda x: x[:, 0] + 10 * x[:, 1], n_inputs=3, log2_n=12, seed=3)
    np.testing.assert_allclose(told.first[:2], [1 / 101, 100 / 101], atol=1e-3)
    np.testing.assert_allclose(told.total[:2], [1 / 101, 100 / 101], atol=1e-3)
    assert told.first[2] == 0.0 and told.total[2] == 0.0


def test_what_never_varies_has_no_sensitivity() -> None:
    with pytest.raises(NoAnswer, match="composite_nothing_varies"):
        sobol_indices(lambda x: np.ones(len(x)), n_inputs=2, log2_n=5, seed=1)
    with pytest.raises(BadInput, match="composite_sobol"):
        sobol_indices(ishigami, n_inputs=3, log2_n=2, seed=1)


@pytest.mark.shared
def test_rank_sets_of_the_shared_case(shared: Path) -> None:
    case = json.loads((shared / "reference" / "small_exact.json").read_text("utf-8"))["rank_sets"]
    least, most = rank_sets(np.array(case["L"]), np.array(case["U"]))
    assert (least.tolist(), most.tolist()) == (case["low"], case["high"])


def test_rank_sets_worked_by_hand() -> None:
    low, high = np.array([10.0, 14, 20, 21, 30]), np.array([15.0, 19, 26, 27, 36])
    assert [told.tolist() for told in rank_sets(low, high)] == [[1, 1, 3, 3, 5], [2, 2, 4, 4, 5]]
    exact = np.array([3.0, 1.0, 2.0])
    assert [told.tolist() for told in rank_sets(exact, exact)] == [[3, 1, 2], [3, 1, 2]]
    twins = np.array([3.0, 1.0, 3.0])
    assert [told.tolist() for told in rank_sets(twins, twins)] == [[2, 1, 2], [3, 1, 3]]
    with pytest.raises(BadInput, match="composite_interval"):
        rank_sets(high, low)


def test_told_apart_is_where_intervals_do_not_meet() -> None:
    told = told_apart(np.array([0.0, 4, 6]), np.array([5.0, 7, 9]))
    assert told.tolist() == [[False, False, True], [False, False, False], [True, False, False]]


def test_a_simultaneous_interval_holds_all_units_at_once() -> None:
    draws = np.random.default_rng(4).normal(size=(4000, 20)) * np.arange(1, 21)
    low, high = simultaneous(draws, share=0.9)
    inside = ((draws >= low) & (draws <= high)).all(axis=1).mean()
    assert 0.9 <= inside < 0.902
    # Twenty independent intervals of 0.9 together need 0.9 ** (1 / 20) each: 2.79 deviations.
    np.testing.assert_allclose((high - low) / 2 / np.arange(1, 21), 2.79, atol=0.12)
    flat = np.column_stack([draws[:, 0], np.full(4000, 5.0)])
    assert simultaneous(flat, share=0.9)[1][1] == 5.0


def test_two_units_that_move_together_are_told_apart() -> None:
    rng = np.random.default_rng(6)
    both = rng.normal(size=2000) * 10
    one, other = both + 1 + 0.1 * rng.normal(size=2000), both
    assert distinguishable(one, other, share=0.9)
    assert not distinguishable(rng.normal(size=2000), rng.normal(size=2000), share=0.9)


LINE = Tree(2, np.array([2, 2, -1]), np.array([1.0, 1, 1]))
LINE_METHOD = Method(
    Imputation.MEAN, scale=Scale.GOALPOSTS, low=0.0, high=100.0, treatment=None,
    goalposts=np.array([[0.0, 100.0]] * 2),
)  # fmt: skip


def line(values: list[list[float]]) -> tuple[Raw, Steps]:
    raw = Raw(np.array(values), np.array([1, 1]), np.ones((len(values), 0)), np.array([-1, -1]))
    return raw, index_of(raw, LINE, LINE_METHOD)


def test_an_error_of_the_data_comes_through_as_it_should() -> None:
    """With goalposts and means the index is linear: errors 3 and 4 make one of 2.5."""
    raw, steps = line([[50.0, 50], [40, 60], [30, 20], [45, 45]])
    errors = np.array([[3.0, 4.0], [0, 0], [3, 4], [3, 4]])
    told = uncertainty_of(
        raw, steps, LINE_METHOD, Doubt(weights_by=0.0), n_draws=20000, seed=5, errors=errors
    )
    assert told.missing is None and told.method is None and told.data is not None
    width = told.data.high - told.data.low
    # 90 % of a normal law is 1.6449 deviations on each side.
    np.testing.assert_allclose(width[[0, 2, 3]], 2 * 1.6449 * 2.5, rtol=0.03)
    assert width[1] == 0.0
    # The third is far below all others in any draw; the three others cannot be ordered.
    assert (told.data.least_rank[2], told.data.most_rank[2]) == (4, 4)
    assert told.data.least_rank[0] == 1 and told.data.most_rank[0] == 3


def test_causes_are_apart_and_what_is_not_known_is_none() -> None:
    raw, steps = line([[50.0, 50], [40, X], [30, 20], [45, 45]])
    told = uncertainty_of(raw, steps, LINE_METHOD, Doubt(), n_draws=500, seed=5)
    assert told.data is None and told.missing is not None and told.method is not None
    # Only the second has a gap, and its donors are 50, 20 and 45: a mean from 30 to 45.
    width = told.missing.high - told.missing.low
    assert (width[[0, 2, 3]] == 0.0).all()
    assert (told.missing.low[1], told.missing.high[1]) == (30.0, 45.0)
    # Weights do not matter to whom both parts are equal.
    assert told.method.high[0] - told.method.low[0] == pytest.approx(0.0, abs=1e-9)
    assert told.method.high[2] - told.method.low[2] > 0.5


def test_scores_on_different_scales_are_told_by_rank_alone() -> None:
    raw, steps = line([[50.0, 50], [40, 70], [30, 20], [45, 45]])
    doubt = Doubt(scales=((Scale.MIN_MAX, 0.0, 100.0), (Scale.RANK, 0.0, 1.0)))
    told = uncertainty_of(raw, steps, LINE_METHOD, doubt, n_draws=100, seed=5).method
    assert told is not None
    assert np.isnan(told.low).all() and np.isnan(told.joint_high).all()
    assert told.rank_low[2] == 4.0 and told.most_rank[2] == 4


@pytest.mark.shared
def test_ranks_of_asem_are_as_unsure_as_coinr_publishes(asem: Asem) -> None:
    """COINr's run is random and of a hundred draws: loosely, and for every country."""
    method = replace(METHOD, low=1.0)
    steps = index_of(asem.raw, asem.tree, method)
    doubt = Doubt(
        scales=((Scale.MIN_MAX, 1.0, 100.0), (Scale.RANK, 0.0, 1.0)),
        means=(Mean.ARITHMETIC, Mean.GEOMETRIC),
        most_points=(1, 2, 3, 4, 5),
    )
    told = uncertainty_of(asem.raw, steps, method, doubt, n_draws=500, seed=1).method
    assert told is not None
    published = {row["uCode"]: row for row in rows_of(asem.folder / "published_UA_rankstats.csv")}
    low = np.array([number(published[unit]["Q5"]) for unit in asem.units])
    high = np.array([number(published[unit]["Q95"]) for unit in asem.units])
    overlap = (told.rank_low <= high) & (low <= told.rank_high)
    assert overlap.all()
    assert np.abs((told.rank_high - told.rank_low) - (high - low)).mean() < 3.0
    found = method_sensitivity(asem.raw, steps, method, doubt, log2_n=7, seed=3)
    total = dict(zip(doubt.inputs(), found.total, strict=True))
    # Published: aggregation 0.62, normalisation 0.27, weights 0.18, treatment 0.05.
    assert total["means"] > total["scale"] > total["weights"] > total["treatment"]
    assert total["means"] == pytest.approx(0.62, abs=0.15)


@pytest.mark.parametrize(
    ("code", "doubt", "more"),
    [
        ("composite_share", Doubt(), {"n_draws": 5}),
        ("composite_share", Doubt(), {"share": 1.0}),
        ("composite_doubt", Doubt(weights_by=1.5), {}),
        ("composite_doubt", Doubt(most_points=(1, 2)), {}),
        ("composite_pair", Doubt(means=(Mean.GEOMETRIC, Mean.ARITHMETIC)), {}),
        ("composite_errors", Doubt(), {"errors": np.ones((3, 2))}),
        ("composite_errors", Doubt(), {"errors": np.full((4, 2), np.inf)}),
    ],
)
def test_doubts_that_cannot_be_drawn_are_refused(
    code: str, doubt: Doubt, more: dict[str, object]
) -> None:
    raw, steps = line([[50.0, 50], [40, 60], [30, 20], [45, 45]])
    told = {"n_draws": 50, "seed": 1, **more}
    with pytest.raises(CourtepointeError) as refused:
        uncertainty_of(raw, steps, LINE_METHOD, doubt, **told)  # type: ignore[arg-type]
    assert refused.value.code == code
    no_posts = replace(LINE_METHOD, scale=Scale.MIN_MAX, goalposts=None)
    with pytest.raises(BadInput, match="composite_doubt"):
        uncertainty_of(
            raw, index_of(raw, LINE, no_posts), no_posts,
            Doubt(scales=((Scale.GOALPOSTS, 0.0, 1.0),)), n_draws=50, seed=1,
        )  # fmt: skip


def test_draws_with_the_same_seed_are_the_same() -> None:
    raw, steps = line([[50.0, 50], [40, X], [30, 20], [45, 45]])
    same = same_choices(steps, LINE_METHOD, 30)
    once, again = (
        part_of(scores_of(raw, steps, LINE_METHOD, same, seed=3, donors=True), share=0.9)
        for _ in range(2)
    )
    np.testing.assert_array_equal(once.low, again.low)
