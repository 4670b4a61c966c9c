"""Weights and answers of a survey, worked by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from courtepointe.core.errors import BadInput, NoAnswer
from courtepointe.core.survey import (
    Margin,
    Tell,
    Weights,
    design_effect,
    effective_n,
    equal_weights,
    few_of_a_weight,
    gap_of,
    gives_away,
    ordered_median,
    post_stratified,
    raked,
    telling,
    weighted_mean,
    weighted_share,
    weights_tell,
    wilson,
)


def floats(*values: float) -> np.ndarray:
    return np.array(values, dtype=np.float64)


def ints(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.int64)


def bools(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.bool_)


TENURE = Margin("tenure", ints(0, 0, 0, 1), floats(500, 500))
"""Three tenants and an owner answered; as many of the one as of the other live there."""


def test_post_stratification_gives_the_one_owner_the_weight_of_the_three_tenants() -> None:
    found = post_stratified(TENURE)
    np.testing.assert_allclose(found.values, [2 / 3, 2 / 3, 2 / 3, 2.0])
    assert (found.empty, found.off, found.settled) == ((), 0.0, True)


def test_raking_reproduces_two_margins() -> None:
    # Deming and Stephan's case by hand: 2 x 2, sample 4 1 / 1 4, margins 50 50 and 60 40.
    rows = ints(*[0] * 5, *[1] * 5)
    columns = ints(0, 0, 0, 0, 1, 0, 1, 1, 1, 1)
    margins = [Margin("row", rows, floats(50, 50)), Margin("column", columns, floats(60, 40))]
    found = raked(margins, least=0.01, most=100.0)
    assert found.off < 1e-8
    assert found.settled
    assert found.values[rows == 0].sum() == pytest.approx(5.0)
    assert found.values[columns == 0].sum() == pytest.approx(6.0)
    # What holds the table together, the odds ratio, is kept: 4 * 4 / (1 * 1).
    cell = {
        (r, c): found.values[(rows == r) & (columns == c)].sum() for r in (0, 1) for c in (0, 1)
    }
    assert cell[0, 0] * cell[1, 1] / (cell[0, 1] * cell[1, 0]) == pytest.approx(16.0)


def test_bounds_hold_and_what_they_cost_is_told() -> None:
    margin = Margin("age", ints(*[0] * 9, 1), floats(10, 90))
    free, held = raked([margin], least=0.001, most=1000.0), raked([margin], least=0.5, most=2.0)
    assert free.values[-1] == pytest.approx(9.0)
    assert free.off < 1e-8
    assert held.values.max() / held.values.min() <= 4.0 + 1e-9
    assert held.n_trimmed > 0
    assert held.off > 0.1


def test_an_empty_cell_and_margins_that_disagree_are_told() -> None:
    ages = Margin("age", ints(0, 1, 1, 0), floats(150, 100, 50))
    found = raked([TENURE, ages])
    assert found.empty == (("age", 2),)
    assert found.disagree == ("age",)  # 300 people where the first margin counts 1000
    np.testing.assert_allclose(
        np.bincount(ages.of, weights=found.values)[:2], [2.4, 1.6], atol=1e-6
    )


def test_who_did_not_say_keeps_their_weight() -> None:
    found = post_stratified(Margin("tenure", ints(0, 0, 0, 1, -1), floats(500, 500)))
    np.testing.assert_allclose(found.values, [2 / 3, 2 / 3, 2 / 3, 2.0, 1.0])
    np.testing.assert_allclose(raked([Margin("x", ints(-1, -1), floats(1, 1))]).values, [1.0, 1.0])


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (lambda: Margin("x", ints(0), floats(-1, 2)), "survey_margin"),
        (lambda: Margin("x", ints(3), floats(1, 2)), "survey_margin"),
        (lambda: Margin("x", ints(0), floats(0, 0)), "survey_margin"),
        (lambda: Margin("x", ints(0), floats(np.nan, 1)), "survey_margin"),
        (lambda: post_stratified(Margin("x", ints(0, 1), floats(0, 5))), "survey_margin_unexpected"),
        (lambda: raked([]), "core_shape"),
        (lambda: raked([TENURE, Margin("x", ints(0), floats(1.0))]), "core_shape"),
        (lambda: raked([TENURE], least=2.0), "survey_bounds"),
        (lambda: Weights(floats(0.0)), "survey_weights"),
        (lambda: effective_n(floats(1.0, -1.0)), "survey_weights"),
        (lambda: wilson(1.5, 3), "survey_share"),
        (lambda: wilson(-0.1, 10), "survey_share"),
        (lambda: wilson(0.0, 0), "survey_share"),
        (lambda: wilson(float("nan"), 10), "survey_share"),
        (lambda: wilson(0.5, float("nan")), "survey_share"),
        (lambda: weighted_share(bools(1), floats(1, 1)), "core_shape"),
        (lambda: weighted_mean(floats(np.nan, 1), floats(1, 1)), "core_not_a_number"),
        (lambda: ordered_median(ints(4), floats(1), n_answers=4), "survey_answer_place"),
        (lambda: telling(3, 4, 0, 0, least=5), "core_negative_count"),
        (lambda: telling(3, 1, 0, 0, least=0), "protection_least"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_by_name(wrong: Any, code: str) -> None:
    with pytest.raises(BadInput) as told:
        wrong()
    assert told.value.code == code


def test_kish_counts_what_unequal_weights_cost() -> None:
    assert effective_n(floats(1, 1, 1, 1)) == pytest.approx(4.0)
    assert effective_n(floats(1, 3)) == pytest.approx(1.6)  # 16 / 10
    assert design_effect(floats(1, 3)) == pytest.approx(1.25)
    assert (effective_n(floats()), design_effect(floats())) == (0.0, 1.0)


def test_wilson_gives_the_published_intervals() -> None:
    assert wilson(5 / 20, 20) == pytest.approx((0.11186, 0.46870), abs=5e-6)
    assert wilson(0.0, 12) == pytest.approx((0.0, 0.24249), abs=5e-6)
    assert wilson(1.0, 12) == pytest.approx((1 - 0.24249, 1.0), abs=5e-6)


def test_a_share_of_equal_weights_is_the_plain_share() -> None:
    found = weighted_share(bools(*[1] * 5, *[0] * 15), np.ones(20))
    assert (found.value, found.n, found.n_effective) == (0.25, 20, pytest.approx(20.0))
    assert (found.low, found.high) == pytest.approx(wilson(0.25, 20))


def test_one_respondent_and_all_alike_leave_much_open_and_nobody_gives_no_answer() -> None:
    one = weighted_share(bools(1), floats(2.0))
    assert (one.value, one.high) == (1.0, 1.0)
    assert one.low == pytest.approx(0.2065, abs=1e-4)
    alike = weighted_share(bools(0, 0, 0), floats(1, 2, 3))
    assert (alike.value, alike.low) == (0.0, 0.0)
    assert alike.high > 0.5
    with pytest.raises(NoAnswer) as told:
        weighted_share(bools(), floats())
    assert told.value.code == "survey_nobody"


def test_a_mean_of_numbers_has_students_interval() -> None:
    found = weighted_mean(floats(1, 2, 3, 4), np.ones(4))
    # s = 1.29099, t(3) = 3.18245: 2.5 +- 3.18245 * 1.29099 / 2
    assert (found.value, found.low) == pytest.approx((2.5, 0.44574), abs=1e-5)
    with pytest.raises(NoAnswer) as told:
        weighted_mean(floats(7), floats(1))
    assert told.value.code == "survey_one_alone"


def test_a_median_of_ordered_answers_is_an_answer() -> None:
    found = ordered_median(ints(0, 1, 1, 2, 3), np.ones(5), n_answers=4)
    assert found.place == 1
    assert found.low <= 1 <= found.high
    # Two of each: the first at or under which half of the weight lies.
    assert ordered_median(ints(0, 0, 2, 2), np.ones(4), n_answers=3).place == 0


def test_one_answer_leaves_every_median_open_and_many_alike_leave_one() -> None:
    one = ordered_median(ints(2), floats(1), n_answers=5)
    assert (one.place, one.low, one.high) == (2, 0, 4)
    four = ordered_median(ints(2, 2, 2, 2), np.ones(4), n_answers=5)
    assert (four.place, four.low, four.high) == (2, 2, 2)


def test_a_gap_between_groups_is_that_of_newcombe() -> None:
    # Newcombe 1998, table II, row (a): 56/70 - 48/80, method 10: 0.0524 to 0.3339.
    yes = weighted_share(np.arange(70) < 56, np.ones(70))
    others = weighted_share(np.arange(80) < 48, np.ones(80))
    found = gap_of(yes, others)
    assert (found.value, found.low, found.high) == pytest.approx((0.2, 0.0524, 0.3339), abs=5e-5)
    assert found.p_value == pytest.approx(0.0078, abs=3e-4)
    assert gap_of(weighted_share(bools(1, 1), np.ones(2)), weighted_share(bools(1), np.ones(1))).p_value == 1.0  # fmt: skip


@pytest.mark.parametrize(
    ("n", "n_yes", "n_others", "n_others_yes", "tells"),
    [
        (12, 6, 20, 10, Tell.TOLD),
        (12, 6, 0, 0, Tell.TOLD),
        (9, 4, 20, 10, Tell.TOO_FEW),
        (12, 6, 3, 1, Tell.TOO_FEW),
        (12, 2, 20, 10, Tell.TOO_FEW),
        (12, 9, 20, 10, Tell.TOO_FEW),
        (18, 12, 12, 4, Tell.TOO_FEW),
        (18, 12, 12, 9, Tell.TOO_FEW),
        (18, 12, 12, 12, Tell.TOO_FEW),
        (12, 12, 20, 10, Tell.TOO_FEW),
        (30, 20, 18, 6, Tell.TOLD),
    ],
)
def test_answers_of_a_few_are_not_told(
    n: int, n_yes: int, n_others: int, n_others_yes: int, tells: Tell
) -> None:
    """Nor of a few of the others, who are everybody's count less the group's; nor that all said the same."""
    assert telling(n, n_yes, n_others, n_others_yes, least=10) is tells


def people(*kinds: tuple[str, int, int]) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """Lay people out by kind: the letters of the sets that they are in, how many say yes, how many do not."""
    of = [letters for letters, n_yes, n_no in kinds for _ in range(n_yes + n_no)]
    yes = bools(*(k < n_yes for _, n_yes, n_no in kinds for k in range(n_yes + n_no)))
    names = sorted({letter for letters, _, _ in kinds for letter in letters})
    return {name: bools(*(name in one for one in of)) for name in names}, yes


def test_what_sums_and_differences_leave_of_a_few_is_given_away() -> None:
    inside, yes = people(("ab", 10, 10), ("a", 3, 9), ("", 10, 10))
    assert not gives_away([inside["a"]], yes) and not gives_away([inside["b"]], yes)
    assert gives_away([inside["a"], inside["b"]], yes), "three of a who are not of b say yes"
    apart, yes = people(("a", 10, 10), ("b", 10, 10), ("", 4, 20))
    assert not gives_away([apart["a"]], yes)
    assert gives_away([apart["a"], apart["b"]], yes), "four of the rest say yes"
    three, yes = people(("a", 9, 9), ("b", 9, 9), ("c", 9, 9), ("", 2, 9))
    assert not gives_away([three["a"], three["b"]], yes)
    assert gives_away([three["a"], three["b"], three["c"]], yes)


def test_sets_that_overlap_tell_nothing_of_a_few_unless_their_counts_pin_them() -> None:
    loose, yes = people(("ab", 8, 8), ("a", 2, 8), ("b", 8, 2), ("", 9, 9))
    assert not gives_away([loose["a"], loose["b"]], yes)
    # Three more say yes in a than in b, and three people are of a alone: each of them said yes, and nobody of b alone.
    pinned, yes = people(("ab", 8, 8), ("a", 3, 0), ("b", 0, 9), ("", 9, 9))
    assert gives_away([pinned["a"], pinned["b"]], yes)


def test_a_chain_of_four_sets_is_followed() -> None:
    """a + b - c is those of whom no set nor pair tells: 2 yes, 9 no."""
    chain, yes = people(("ac", 9, 9), ("bc", 9, 9), ("a", 1, 9), ("b", 1, 0), ("", 30, 30))
    sets = [chain["a"], chain["b"], chain["c"]]
    assert gives_away(sets, yes)
    assert not any(gives_away([sets[i], sets[j]], yes) for i, j in ((0, 1), (0, 2), (1, 2)))


def test_a_weighted_share_beside_the_plain_one_is_a_second_sum() -> None:
    weights = np.r_[np.full(30, 0.8), np.full(18, 4 / 3)]
    yes, few = bools(*[1] * 20, *[0] * 10, *[1] * 6, *[0] * 12), bools(*[1] * 20, *[0] * 10, *[1] * 4, *[0] * 14)  # fmt: skip
    assert not weights_tell(weights, [yes])
    assert weights_tell(weights, [yes, few]), "four of one weight gave an answer"
    assert not weights_tell(np.ones(48), [few]), "the same sum twice"
    assert not weights_tell(weights, [np.zeros(48, dtype=np.bool_)]), "nobody at all gave it"
    # Ten times as many people: one answer moves the share by less than can be read.
    assert not weights_tell(np.tile(weights, 10), [np.tile(few, 10) & (np.arange(480) < 48)])
    assert few_of_a_weight(np.r_[np.full(40, 0.9), np.full(4, 2.0)]), "a mean of four"
    assert not few_of_a_weight(weights) and not few_of_a_weight(np.ones(4))


def test_without_margins_everybody_weighs_the_same() -> None:
    np.testing.assert_array_equal(equal_weights(3).values, np.ones(3))
