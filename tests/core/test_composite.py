"""The composite index: COINr's own answers step by step, hand-worked ones, and what is refused."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.support.asem import METHOD, Asem, asem_of, rows_of

from courtepointe.core.composite import (
    Imputation,
    Mean,
    Method,
    Raw,
    Scale,
    Steps,
    Treatment,
    Tree,
    Weighting,
    ampi,
    copeland,
    effective_weights,
    gather,
    index_of,
    ranks_downward,
)
from courtepointe.core.composite.components import first_component
from courtepointe.core.composite.gaps import denominate, impute, screened
from courtepointe.core.composite.normalise import normalise
from courtepointe.core.composite.treat import excess_kurtosis, skewness, treat
from courtepointe.core.errors import BadInput, CourtepointeError, NoAnswer, Refused

X = np.nan
CLOSE = {"rtol": 1e-9, "atol": 1e-9}


@pytest.fixture(scope="module")
def asem(request: pytest.FixtureRequest) -> Asem:
    folder: Path = request.getfixturevalue("shared") / "reference" / "coinr_asem"
    if not folder.is_dir():
        pytest.skip(f"no reference data in {folder}")
    return asem_of(folder)


@pytest.fixture(scope="module")
def steps(asem: Asem) -> Steps:
    return index_of(asem.raw, asem.tree, METHOD)


@pytest.mark.shared
def test_every_step_of_the_asem_index_is_the_published_one(asem: Asem, steps: Steps) -> None:
    assert steps.kept.all()
    for name, table in (
        ("denominated", steps.denominated),
        ("imputed", steps.imputed),
        ("screened", steps.imputed[steps.kept]),
        ("treated", steps.treated.values),
        ("normalised", steps.normalised),
    ):
        np.testing.assert_allclose(
            table, asem.expected(name, asem.indicators), err_msg=name, **CLOSE
        )
    np.testing.assert_allclose(
        steps.scores, asem.expected("aggregated", asem.nodes), err_msg="aggregated", **CLOSE
    )


@pytest.mark.shared
def test_published_scores_and_ranks_of_countries(asem: Asem, steps: Steps) -> None:
    index = dict(zip(asem.units, steps.scores[:, -1], strict=True))
    assert index["CHE"] == pytest.approx(68.3837242383, abs=1e-9)
    assert index["NLD"] == pytest.approx(64.8195161698, abs=1e-9)
    assert index["DNK"] == pytest.approx(64.8040799606, abs=1e-9)
    gathering = asem.nodes[asem.tree.n_indicators :]
    ranks = ranks_downward(steps.scores[:, asem.tree.n_indicators :].T).T
    np.testing.assert_array_equal(ranks, asem.expected("results_ranks", gathering))
    india = asem.units.index("IND")
    assert steps.scores[india, -1] == pytest.approx(39.79, abs=0.005)
    assert dict(zip(gathering, ranks[india], strict=True))["Environ"] == 6


@pytest.mark.shared
def test_treatment_is_told_as_published(asem: Asem, steps: Steps) -> None:
    log = {row["iCode"]: row for row in rows_of(asem.folder / "expected_treatment_log.csv")}
    treated = steps.treated
    for place, code in enumerate(asem.indicators):
        row = log[code]
        assert treated.skew[place] == pytest.approx(float(row["check_SkewKurt0.Skew"]), abs=1e-9)
        assert treated.kurtosis[place] == pytest.approx(
            float(row["check_SkewKurt0.Kurt"]), abs=1e-9
        )
        assert treated.n_drawn_in[place] == int(row["winsorise.nwin"] or 0)
        if row["winsorise.nwin"]:
            assert treated.skew_after[place] == pytest.approx(
                float(row["check_SkewKurt1.Skew"]), abs=1e-9
            )
    assert (treated.n_drawn_in > 0).sum() == 15
    assert not treated.logged.any() and not treated.still_far.any()


@pytest.mark.shared
def test_effective_and_first_component_weights_are_the_published_ones(
    asem: Asem, steps: Steps
) -> None:
    told = dict(zip(asem.nodes, effective_weights(asem.tree), strict=True))
    for row in rows_of(asem.folder / "expected_effective_weights.csv"):
        assert told[row["iCode"]] == pytest.approx(float(row["EffWeight"]), abs=1e-12)
    published = {
        row["iCode"]: float(row["Weight"])
        for row in rows_of(asem.folder / "expected_pca_weights_level2.csv")
    }
    for parent in ("Conn", "Sust"):
        children = asem.tree.children(asem.nodes.index(parent))
        found = first_component(steps.scores[:, children])
        expected = [published[asem.nodes[child]] for child in children]
        np.testing.assert_allclose(found.loading, expected, **CLOSE)
    with pytest.raises(Refused, match="composite_pca_turns"):
        index_of(asem.raw, asem.tree, replace(METHOD, weighting=Weighting.PCA))


def two_by_two() -> Tree:
    """Four indicators, two nodes of two, one index."""
    return Tree(4, np.array([4, 4, 5, 5, 6, 6, -1]), np.array([1.0, 3, 1, 1, 1, 1, 1]))


def plain(values: list[list[float]]) -> Raw:
    table = np.array(values)
    n_units, n_indicators = table.shape
    return Raw(
        table, np.ones(n_indicators, dtype=np.int64), np.ones((n_units, 0)),
        np.full(n_indicators, -1),
    )  # fmt: skip


FOUR_UNITS = [[0.0, 10, 1, 5], [1, 20, 2, 6], [2, 30, 3, 7], [4, 50, 5, 9]]


def test_an_index_worked_by_hand() -> None:
    raw = replace(plain(FOUR_UNITS), polarity=np.array([1, 1, 1, -1]))
    told = index_of(raw, two_by_two(), Method())
    # Every column is 0, 25, 50, 100 by min-max; the last one is turned.
    np.testing.assert_allclose(told.normalised[:, 3], [100, 75, 50, 0])
    np.testing.assert_allclose(told.scores[:, 4], [0, 25, 50, 100])
    np.testing.assert_allclose(told.scores[:, 5], [50, 50, 50, 50])
    np.testing.assert_allclose(told.scores[:, 6], [25, 37.5, 50, 75])
    np.testing.assert_allclose(effective_weights(two_by_two())[:4], [0.125, 0.375, 0.25, 0.25])


def test_means_worked_by_hand() -> None:
    tree = Tree(2, np.array([2, 2, -1]), np.array([1.0, 3.0, 1.0]))
    parts = np.array([[1.0, 16.0], [4.0, 4.0]])

    def index(mean: Mean) -> list[float]:
        return gather(parts, tree, Method(means=(mean,)))[:, -1].tolist()

    assert index(Mean.ARITHMETIC) == pytest.approx([12.25, 4])
    assert index(Mean.GEOMETRIC) == pytest.approx([8, 4])
    assert index(Mean.HARMONIC) == pytest.approx([1 / (0.25 + 0.75 / 16), 4])
    assert index(Mean.COPELAND) == pytest.approx([1, -1])


def test_ampi_takes_what_is_out_of_balance_off() -> None:
    thirds = np.full(3, 1 / 3)
    told = ampi(np.array([[70.0, 100, 130], [100, 100, 100]]), thirds)
    np.testing.assert_allclose(told, [94, 100])


@pytest.mark.shared
def test_ampi_of_the_shared_exact_cases(shared: Path) -> None:
    case = json.loads((shared / "reference" / "small_exact.json").read_text("utf-8"))
    told = ampi(np.array([[70.0, 100, 130]]), np.full(3, 1 / 3))
    assert told[0] == pytest.approx(case["AMPI_70_100_130"]["AMPI_minus"])


def test_copeland_counts_victories_with_half_of_a_tie() -> None:
    parts = np.array([[3.0, 1.0], [2.0, 1.0], [1.0, 2.0]])
    # The first beats the second (one win, one tie); the third is level with both.
    np.testing.assert_array_equal(copeland(parts, np.array([0.5, 0.5])), [1, -1, 0])
    # More weight on the first column decides it.
    np.testing.assert_array_equal(copeland(parts, np.array([0.6, 0.4])), [2, 0, -2])


def scaled(scale: Scale, **other: object) -> list[float]:
    method = Method(scale=scale, **other)  # type: ignore[arg-type]
    told: list[float] = normalise(np.array([[1.0], [3], [3], [5]]), np.array([1]), method)[
        :, 0
    ].tolist()
    return told


def test_scales_worked_by_hand() -> None:
    assert scaled(Scale.MIN_MAX, low=1.0, high=101.0) == [1, 51, 51, 101]
    assert scaled(Scale.RANK) == [1, 2, 2, 4]
    assert scaled(Scale.BORDA) == [0, 1, 1, 3]
    assert scaled(Scale.PERCENTILE) == pytest.approx([0, 1 / 3, 1 / 3, 1])
    assert scaled(Scale.AMPI) == [70, 100, 100, 130]
    spread = np.sqrt(8 / 3)
    assert scaled(Scale.Z, low=0.0, high=1.0) == pytest.approx([-2 / spread, 0, 0, 2 / spread])
    posts = np.array([[0.0, 4.0]])
    assert scaled(Scale.GOALPOSTS, goalposts=posts) == [25, 75, 75, 100]
    assert scaled(Scale.AMPI, goalposts=posts) == [85, 115, 115, 145]


def test_less_is_better_turns_every_scale() -> None:
    values = np.array([[1.0], [3], [5]])
    for scale in Scale:
        method = Method(scale=scale, high=10.0, goalposts=np.array([[0.0, 6.0]]))
        up = normalise(values, np.array([1]), method)
        down = normalise(values, np.array([-1]), method)
        np.testing.assert_allclose(down, up[::-1], atol=1e-12)


def test_skewness_and_kurtosis_worked_by_hand() -> None:
    told = np.array([0.0, 0, 0, 0, 10])
    # z = -2 four times and 8; sums of squares 80, cubes 480, fourth powers 4160.
    assert skewness(told) == pytest.approx(np.sqrt(5) * 480 / 80**1.5 * np.sqrt(20) / 3)
    assert excess_kurtosis(told) == pytest.approx((6 * (5 * 4160 / 6400 - 3) + 6) * 4 / (3 * 2))
    assert skewness(np.full(5, 2.0)) == 0.0


def test_far_values_come_in_with_their_ties_and_on_their_side() -> None:
    low = np.array([[-100.0, -100.0, *np.linspace(10, 12, 18)]]).T
    told = treat(np.hstack([low, -low]), Treatment())
    assert told.n_drawn_in.tolist() == [1, 1]
    assert told.values[:2].tolist() == [[10, -10], [10, -10]]


def test_where_drawing_in_does_not_do_the_original_goes_on_a_logarithm() -> None:
    grown = np.array([[2.0**k for k in range(40)]]).T
    told = treat(grown, Treatment(most_points=2))
    assert told.logged.tolist() == [True] and told.n_drawn_in.tolist() == [0]
    low, high = 1.0, 2.0**39
    assert told.values[0, 0] == pytest.approx(np.log(0.01 * (high - low)))
    kept = treat(grown, Treatment(most_points=2, logarithm=False))
    assert kept.still_far.tolist() == [True]
    assert treat(grown, None).values is not grown
    np.testing.assert_array_equal(treat(grown, None).values, grown)


def test_gaps_are_filled_from_the_like_and_told() -> None:
    values = np.array([[1.0, X], [3, 2], [10, 8], [20, 4]])
    groups = np.array([0, 0, 1, 1])
    told = impute(values, rule=Imputation.GROUP_MEAN, groups=groups)
    assert told.values[0, 1] == 2.0 and told.imputed.sum() == 1
    assert impute(values, rule=Imputation.MEAN).values[0, 1] == pytest.approx(14 / 3)
    assert impute(values, rule=Imputation.MEDIAN).values[0, 1] == 4.0
    assert np.isnan(values[0, 1])


def test_a_unit_with_too_little_leaves_whatever_was_imputed() -> None:
    values = [*FOUR_UNITS, [X, X, 2.0, 6]]
    method = Method(imputation=Imputation.MEAN, least_known=0.75)
    told = index_of(plain(values), two_by_two(), method)
    assert told.kept.tolist() == [True, True, True, True, False]
    assert len(told.scores) == 4
    kept = index_of(plain(values), two_by_two(), replace(method, least_known=0.5))
    # Of the index, the half that is observed is the second node's.
    assert kept.coverage[4].tolist() == [0, 0, 1, 1, 0, 1, 0.5]
    assert screened(np.ones((1, 10)), least=1.0).all()


def test_a_gap_in_a_denominator_is_a_gap_where_it_divides() -> None:
    values, below = np.array([[6.0, 1], [X, 1], [6, 1]]), np.array([[2.0], [3], [X]])
    told = denominate(values, below, np.array([0, -1]))
    np.testing.assert_array_equal(told, [[3, 1], [X, 1], [X, 1]])
    with pytest.raises(BadInput) as refused:
        denominate(np.array([[6.0], [6]]), np.array([[2.0], [0]]), np.array([0]))
    assert refused.value.code == "composite_denominator"
    assert refused.value.facts["unit"] == 1


def changed(column: int, to: list[float]) -> Raw:
    table = np.array(FOUR_UNITS)
    table[:, column] = to
    return plain(table.tolist())


MEANS = Method(imputation=Imputation.MEAN)


@pytest.mark.parametrize(
    ("code", "raw", "method"),
    [
        ("composite_missing_everywhere", changed(1, [X, X, X, X]), MEANS),
        ("composite_one_value", changed(1, [X, 2.0, X, X]), MEANS),
        ("composite_all_equal", changed(1, [3.0, 3, 3, 3]), MEANS),
        ("composite_infinite", changed(1, [3.0, np.inf, 3, 3]), MEANS),
        ("composite_gap", changed(1, [3.0, X, 4, 3]), Method()),
        ("composite_groups", changed(1, [3.0, X, 4, 3]), Method(Imputation.GROUP_MEAN)),
        (
            "composite_group_empty",
            replace(changed(1, [X, 1.0, 4, 3]), groups=np.array([0, 1, 1, 1])),
            Method(Imputation.GROUP_MEAN),
        ),
        ("composite_polarity", replace(plain(FOUR_UNITS), polarity=np.array([1, 1, 0, 1])), MEANS),
        ("composite_few_units", plain(FOUR_UNITS[:3]), MEANS),
        ("composite_least", plain(FOUR_UNITS), Method(least_known=90.0)),
        ("composite_not_positive", plain(FOUR_UNITS), Method(means=(Mean.GEOMETRIC,))),
        ("composite_scale", plain(FOUR_UNITS), Method(low=5.0, high=5.0)),
        ("composite_no_goalposts", plain(FOUR_UNITS), Method(scale=Scale.GOALPOSTS)),
        (
            "composite_goalposts",
            plain(FOUR_UNITS),
            Method(scale=Scale.GOALPOSTS, goalposts=np.array([[0.0, 1]] * 3 + [[2.0, 2]])),
        ),
        (
            "composite_ampi_mean",
            plain(FOUR_UNITS),
            Method(scale=Scale.Z, low=0.0, high=1.0, means=(Mean.AMPI,)),
        ),
    ],
)
def test_what_no_index_can_be_made_of_is_refused(code: str, raw: Raw, method: Method) -> None:
    with pytest.raises(BadInput) as refused:
        index_of(raw, two_by_two(), method)
    assert refused.value.code == code
    if code in ("composite_missing_everywhere", "composite_one_value", "composite_all_equal"):
        assert refused.value.facts["indicator"] == 1


def test_goalposts_do_not_fit_what_is_on_a_logarithm() -> None:
    grown = np.array([[2.0**k, k] for k in range(40)])
    method = Method(
        treatment=Treatment(most_points=2), scale=Scale.GOALPOSTS,
        goalposts=np.array([[0.0, 1e12], [0, 40]]),
    )  # fmt: skip
    tree = Tree(2, np.array([2, 2, -1]), np.ones(3))
    with pytest.raises(BadInput) as refused:
        index_of(plain(grown.tolist()), tree, method)
    assert (refused.value.code, refused.value.facts["indicator"]) == ("composite_log_goalposts", 0)
    kept = replace(method, treatment=Treatment(most_points=2, logarithm=False))
    assert index_of(plain(grown.tolist()), tree, kept).treated.still_far[0]


def test_nobody_left_is_no_answer() -> None:
    values = [[X, 1.0, 1, 1], [1, X, 1, 1], [2, 2, X, 3], [3, 4, 5, X]]
    with pytest.raises(NoAnswer, match="composite_nobody_left"):
        index_of(plain(values), two_by_two(), Method(Imputation.MEAN, least_known=1.0))


@pytest.mark.parametrize(
    ("code", "n_indicators", "parent", "weight"),
    [
        ("composite_weights_zero", 2, [2, 2, -1], [0.0, 0, 1]),
        ("composite_weight", 2, [2, 2, -1], [1.0, -1, 1]),
        ("composite_weight", 2, [2, 2, -1], [1.0, X, 1]),
        ("composite_tree", 2, [2, 2, 2], [1.0, 1, 1]),
        ("composite_tree", 2, [1, 2, -1], [1.0, 1, 1]),
        ("composite_tree", 2, [3, 3, 3, -1], [1.0, 1, 1, 1]),
        ("composite_tree", 1, [-1], [1.0]),
        ("composite_shape", 2, [2, 2, -1], [1.0, 1]),
    ],
)
def test_a_tree_that_is_none_is_refused(
    code: str, n_indicators: int, parent: list[int], weight: list[float]
) -> None:
    with pytest.raises(CourtepointeError) as refused:
        Tree(n_indicators, np.array(parent), np.array(weight))
    assert refused.value.code == code
