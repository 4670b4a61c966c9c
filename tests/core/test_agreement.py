"""Agreement of coders, new codes by source and the breadth of evidence, against answers worked by hand or published."""

from __future__ import annotations

import numpy as np
import pytest

from courtepointe.core.agreement import (
    MISSING,
    Band,
    Metric,
    Seen,
    Status,
    breadth_of,
    cohen_kappa,
    confusion,
    krippendorff_alpha,
    saturation,
)
from courtepointe.core.errors import BadInput
from courtepointe.core.typing import Ints

X = MISSING + 1
FOUR_BY_TWELVE = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, X, X, X],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, X, 3],
        [X, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, X],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, X],
    ]
) - 1  # fmt: skip
"""Four observers, twelve units, codes missing: Krippendorff (2011), example C."""
BINARY = np.array([[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]])
"""Two observers, ten units: the same, example A."""
NOMINAL = np.array([[0, 0, 1, 1, 3, 2, 2, 2, 4, 3, 3, 0], [1, 0, 1, 1, 1, 2, 2, 2, 4, 3, 3, 3]])
"""Two observers, twelve units, five codes: the same, example B."""


def repeated(table: list[list[int]]) -> tuple[Ints, Ints]:
    """Give two coders' codes from the table of how they meet."""
    counts = np.array(table)
    first, second = np.indices(counts.shape)
    return np.repeat(first.ravel(), counts.ravel()), np.repeat(second.ravel(), counts.ravel())


@pytest.mark.parametrize(
    ("ratings", "metric", "alpha"),
    [
        (BINARY, Metric.NOMINAL, 0.095),
        (NOMINAL, Metric.NOMINAL, 0.692),
        (FOUR_BY_TWELVE, Metric.NOMINAL, 0.743),
        (FOUR_BY_TWELVE, Metric.ORDINAL, 0.815),
    ],
)
def test_alpha_is_the_published_one(ratings: Ints, metric: Metric, alpha: float) -> None:
    told = krippendorff_alpha(ratings, n_categories=5, metric=metric)
    assert told.value == pytest.approx(alpha, abs=5e-4)
    assert (told.status, told.low) == (Status.TOLD, None)


def test_units_with_one_code_are_left_out_of_alpha() -> None:
    assert krippendorff_alpha(FOUR_BY_TWELVE, n_categories=5).n_units == 11
    alone = np.array([[0, MISSING, 1], [MISSING, 1, MISSING]])
    told = krippendorff_alpha(alone, n_categories=2)
    assert (told.status, told.value, told.n_units) == (Status.NO_UNIT, None, 0)


def test_the_interval_of_alpha_holds_it_and_is_drawn_again_the_same() -> None:
    drawn = [
        krippendorff_alpha(
            FOUR_BY_TWELVE, n_categories=5, n_draws=500, rng=np.random.default_rng(7)
        )
        for _ in range(2)
    ]
    assert drawn[0] == drawn[1]
    low, value, high = drawn[0].low, drawn[0].value, drawn[0].high
    assert low is not None and value is not None and high is not None
    assert low < value < high <= 1.0
    few = krippendorff_alpha(
        FOUR_BY_TWELVE[:, :9], n_categories=5, n_draws=500, rng=np.random.default_rng(7)
    )
    assert (few.low, few.high) == (None, None)


def test_kappa_is_the_published_one() -> None:
    first, second = repeated([[75, 1, 4], [5, 4, 1], [0, 0, 10]])
    told = cohen_kappa(first, second, n_categories=3)
    assert told.value == pytest.approx(0.676, abs=5e-4)  # Fleiss, Levin and Paik (2003), table 18.1
    assert (told.observed, told.expected) == (pytest.approx(0.89), pytest.approx(0.66))
    assert told.high is not None and told.value is not None
    assert (told.high - told.value) / 1.959964 == pytest.approx(0.0877, abs=5e-4)


def test_kappa_worked_by_hand() -> None:
    # Both say yes 20 times, both no 15, one alone 5 and 10: 0.7 observed, 0.5 by chance.
    told = cohen_kappa(*repeated([[20, 5], [10, 15]]), n_categories=2)
    assert (told.observed, told.expected, told.value) == pytest.approx((0.7, 0.5, 0.4))


def test_coders_who_disagree_on_all() -> None:
    told = cohen_kappa(*repeated([[0, 5], [5, 0]]), n_categories=2)
    assert (told.value, told.low, told.observed) == (-1.0, -1.0, 0.0)
    apart = cohen_kappa(*repeated([[0, 5], [0, 0]]), n_categories=2)
    assert (apart.status, apart.value) == (Status.TOLD, 0.0)
    assert krippendorff_alpha(np.array([[0] * 5, [1] * 5]), n_categories=2).value == pytest.approx(
        -0.8
    )


def test_one_code_only_is_a_status_and_not_a_number() -> None:
    same = np.zeros(6, dtype=np.int64)
    for told in (
        cohen_kappa(same, same, n_categories=2),
        krippendorff_alpha(np.stack([same, same]), n_categories=2),
    ):
        assert (told.status, told.value, told.low, told.observed) == (
            Status.ONE_CODE_ONLY,
            None,
            None,
            1.0,
        )
    none = np.full(3, MISSING)
    assert cohen_kappa(none, same[:3], n_categories=2).status is Status.NO_UNIT


def test_how_codes_meet_leaves_missing_ones_out() -> None:
    first, second = np.array([0, 1, 1, MISSING]), np.array([0, 0, MISSING, 1])
    assert confusion(first, second, n_categories=2).tolist() == [[1, 0], [1, 0]]


@pytest.mark.parametrize(
    "ratings", [np.array([[0, 5]] * 2), np.array([[0, -2]] * 2), np.array([[0.5, 1.0]] * 2)]
)
def test_a_code_that_is_none_is_refused(ratings: Ints) -> None:
    with pytest.raises(BadInput, match="agreement_code"):
        krippendorff_alpha(ratings, n_categories=3)
    with pytest.raises(BadInput, match="core_shape"):
        krippendorff_alpha(np.array([0, 1]), n_categories=3)
    with pytest.raises(BadInput, match="agreement_draws"):
        krippendorff_alpha(BINARY, n_categories=2, n_draws=20, rng=np.random.default_rng(0))


def used(*rows: str) -> np.ndarray:
    return np.array([[letter == "x" for letter in row] for row in rows], dtype=np.bool_)


def test_new_codes_worked_by_hand() -> None:
    told = saturation(used("xx..", "x.x.", "..x."), n_orders=200, rng=np.random.default_rng(0))
    assert (told.new.tolist(), told.so_far.tolist()) == ([2, 1, 0], [2, 3, 3])
    # One source: 5 uses over 3. Two: every code but where both sources that lack it are drawn.
    assert told.mean.tolist() == pytest.approx([5 / 3, 8 / 3, 3])
    assert (told.seen, told.run_share) == (Seen.FEW_SOURCES, None)


@pytest.mark.parametrize(
    ("rows", "seen", "share"),
    [
        (["x...", ".x..", "..x.", "...x", "xx..", "..xx"], Seen.NOTHING_NEW, 0.0),
        (["xx..", "x...", "x...", "x...", "..x.", "x..."], Seen.STILL_NEW, 0.5),
        ([f"{'x' * 20}.", *["x" + "." * 20] * 4, "." * 20 + "x"], Seen.LITTLE_NEW, 0.05),
    ],
)
def test_what_the_last_sources_say(rows: list[str], seen: Seen, share: float) -> None:
    told = saturation(used(*rows), n_orders=10, rng=np.random.default_rng(0))
    assert (told.seen, told.run_share) == (seen, share)


def test_no_source_has_no_curve() -> None:
    told = saturation(np.zeros((0, 0), dtype=np.bool_), n_orders=1, rng=np.random.default_rng(0))
    assert (told.new.size, told.seen, told.base_codes) == (0, Seen.FEW_SOURCES, 0)
    with pytest.raises(BadInput, match="core_shape"):
        saturation(np.zeros(3, dtype=np.bool_), n_orders=1, rng=np.random.default_rng(0))
    with pytest.raises(BadInput, match="agreement_draws"):
        saturation(used("x"), n_orders=0, rng=np.random.default_rng(0))


LIMITS = {"sources_from": [1, 3, 6], "groups_from": [1, 3, 6], "days_to": [365, 1096, 2192]}


@pytest.mark.parametrize(
    ("n_sources", "n_groups", "age", "bands", "whole"),
    [
        (0, 0, None, (0, 0, 0), Band.NONE),
        (1, 1, 10, (1, 1, 3), Band.THIN),
        (6, 3, 366, (3, 2, 2), Band.SOME),
        (9, 9, 365, (3, 3, 3), Band.BROAD),
        (9, 9, 5_000, (3, 3, 0), Band.NONE),
    ],
)
def test_the_grid_is_as_broad_as_its_thinnest_side(
    n_sources: int, n_groups: int, age: int | None, bands: tuple[int, int, int], whole: Band
) -> None:
    told = breadth_of(n_sources=n_sources, n_groups=n_groups, age_days=age, **LIMITS)
    assert (told.sources, told.groups, told.recency) == bands
    assert told.whole is whole


def test_limits_that_do_not_grow_are_refused() -> None:
    for limits in ([3, 1, 6], [1, 1, 2], [1, 2]):
        with pytest.raises(BadInput, match="breadth_limits"):
            breadth_of(n_sources=1, n_groups=1, age_days=1, **{**LIMITS, "groups_from": limits})
    with pytest.raises(BadInput, match="core_negative_count"):
        breadth_of(n_sources=-1, n_groups=1, age_days=1, **LIMITS)
