"""What would give a wrong number in silence is refused by name: noise for spread, sums that overflow, scales that turn."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from courtepointe.core.composite import Count, Mean, Method, Raw, Scale, Treatment, Tree, index_of
from courtepointe.core.composite.draws import same_choices, scores_of
from courtepointe.core.composite.uncertainty import Doubt, uncertainty_of
from courtepointe.core.errors import BadInput

TREE = Tree(2, np.array([2, 2, -1]), np.ones(3))
VALUES = [[0.0, 5], [1, 6], [2, 7], [4, 9], [3, 8]]


def raw_of(values: list[list[float]]) -> Raw:
    table = np.array(values)
    return Raw(table, np.ones(2, np.int64), np.ones((len(table), 0)), np.full(2, -1))


def refused_of(raw: Raw, method: Method, tree: Tree = TREE) -> BadInput:
    with pytest.raises(BadInput) as refused:
        index_of(raw, tree, method)
    return refused.value


def test_last_digits_are_no_spread() -> None:
    """0.1 + 0.2 beside 0.3 would be the whole scale."""
    noise = [[one, 0.1 + 0.2 if place else 0.3] for place, (one, _) in enumerate(VALUES)]
    error = refused_of(raw_of(noise), Method())
    assert (error.code, error.facts["indicator"]) == ("composite_all_equal", 1)
    small = [[one, 1e-9 * other] for one, other in VALUES]
    assert index_of(raw_of(small), TREE, Method()).scores[3, -1] == pytest.approx(100.0)


def test_in_a_draw_last_digits_are_no_spread_either() -> None:
    raw = raw_of(VALUES)
    steps = index_of(raw, TREE, Method(treatment=None))
    far = replace(
        steps, imputed=np.column_stack([steps.imputed[:, 0], [0.3, 0.1 + 0.2, 0.3, 0.3, 0.3]])
    )
    with pytest.raises(BadInput, match="composite_draws_broke"):
        scores_of(
            raw, far, Method(treatment=None), same_choices(far, Method(treatment=None), 2), seed=1
        )


@pytest.mark.parametrize("value", [1e308, -1e80, np.inf])
def test_what_is_too_large_to_be_counted_with_is_no_gap(value: float) -> None:
    error = refused_of(raw_of([[value, 1.0], *VALUES]), Method())
    assert error.code == "composite_infinite"
    assert (error.facts["unit"], error.facts["indicator"]) == (0, 0)


def test_weights_whose_sum_overflows_are_refused() -> None:
    with pytest.raises(BadInput, match="composite_weight"):
        Tree(2, np.array([2, 2, -1]), np.array([1e308, 1e308, 1.0]))


def test_one_unit_is_too_few_and_no_indicator_is_to_blame() -> None:
    error = refused_of(raw_of(VALUES[:1]), Method())
    assert (error.code, error.facts["value"]) == ("composite_few_units", 1)
    assert refused_of(raw_of(VALUES[:2]), Method()).code == "composite_few_units"


def test_more_classes_than_units_are_refused() -> None:
    counting = Method(treatment=None, means=(Mean.COUNT,), count=Count(6, 2))
    error = refused_of(raw_of(VALUES), counting)
    assert (error.code, error.facts["value"], error.facts["expected"]) == (
        "composite_classes",
        5,
        6,
    )
    assert index_of(raw_of(VALUES), TREE, replace(counting, count=Count(5, 2))).scores[3, -1] == 2.0


@pytest.mark.parametrize(
    "rule",
    [{"skew": 0.0}, {"skew": -1.0}, {"skew": np.nan}, {"kurtosis": np.nan}, {"most_points": -1}],
)
def test_a_treatment_that_never_ends_is_refused(rule: dict[str, float]) -> None:
    with pytest.raises(BadInput, match="composite_treatment"):
        Treatment(**rule)  # type: ignore[arg-type]


def test_drawing_in_stops_where_all_are_equal() -> None:
    values = [[one, float(place == 4)] for place, (one, _) in enumerate(VALUES)]
    eager = Method(treatment=Treatment(most_points=99, skew=1e-9, kurtosis=-99.0, logarithm=False))
    assert refused_of(raw_of(values), eager).code == "composite_all_equal"


@pytest.mark.parametrize(
    "scale", [(Scale.MIN_MAX, 5.0, 5.0), (Scale.MIN_MAX, 50.0, 5.0), (Scale.Z, 5.0, 0.0), (Scale.Z, 0.0, -1.0),
              (Scale.MIN_MAX, 0.0, np.inf)],
)  # fmt: skip
def test_a_scale_in_doubt_that_turns_or_flattens_scores_is_refused(
    scale: tuple[Scale, float, float],
) -> None:
    raw = raw_of(VALUES)
    steps = index_of(raw, TREE, Method())
    doubt = Doubt(scales=(scale, (Scale.RANK, 0.0, 0.0)), weights_by=0.0)
    with pytest.raises(BadInput, match="composite_scale"):
        uncertainty_of(raw, steps, Method(), doubt, n_draws=20, seed=1)


def test_an_error_too_large_to_be_drawn_is_refused() -> None:
    raw = raw_of(VALUES)
    with pytest.raises(BadInput, match="composite_errors"):
        scores_of(raw, index_of(raw, TREE, Method()), Method(), same_choices(index_of(raw, TREE, Method()), Method(), 2),
                  seed=1, errors=np.full((5, 2), 1e300))  # fmt: skip


@pytest.mark.parametrize("other", [Mean.SUM, Mean.COUNT, Mean.FIRST_COMPONENT, Mean.COPELAND])
def test_scores_that_are_no_means_have_no_interval_beside_means(other: Mean) -> None:
    raw = raw_of(VALUES)
    steps = index_of(raw, TREE, Method())
    doubt = Doubt(means=(Mean.ARITHMETIC, other), weights_by=0.0)
    told = uncertainty_of(raw, steps, Method(), doubt, n_draws=20, seed=1).method
    assert told is not None
    assert np.isnan(told.low).all() and np.isnan(told.joint_low).all()
    assert told.rank_low[3] == 1.0


@pytest.mark.parametrize(
    "doubt",
    [
        Doubt(scales=((Scale.RANK, 0.0, 1.0),)),
        Doubt(means=(Mean.HARMONIC, Mean.HARMONIC)),
        Doubt(most_points=(3,)),
    ],
)
def test_a_single_choice_is_no_doubt(doubt: Doubt) -> None:
    raw = raw_of(VALUES)
    steps = index_of(raw, TREE, Method(low=1.0))
    with pytest.raises(BadInput, match="composite_doubt"):
        uncertainty_of(raw, steps, Method(low=1.0), doubt, n_draws=20, seed=1)
