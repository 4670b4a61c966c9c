"""A profile of one unit or two: worked by hand, each cause by itself, and what has no answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from courtepointe.core.composite.profile import Profile, Standing, profile
from courtepointe.core.composite.profile_apart import Verdict, apart_in
from courtepointe.core.composite.readings import Known, Readings, Rule
from courtepointe.core.errors import BadInput

Cell = float | tuple[float, float, float] | None

SURE = Rule(
    goalposts=np.array([[0.0, 10.0], [0.0, 50.0], [0.0, 100.0], [10.0, 30.0]]),
    polarity=np.array([1, -1, 1, 1]),
    weight=np.array([1.0, 3.0, 1.0, 1.0]),
    dimension=np.array([0, 0, 1, 1]),
    n_dimensions=3,
    weights_by=0.0,
    posts_by=0.0,
)
"""Trees (more is better) and heat (less is better) in dimension 0, halls and clubs in 1, nothing in 2."""


def of(*rows: Sequence[Cell]) -> Readings:
    """Read a number as exact, three as a value with its interval, None as missing."""
    flat = [[(0.0, 0.0, 0.0) if one is None else one for one in row] for row in rows]
    whole = np.array(
        [[one if isinstance(one, tuple) else (one,) * 3 for one in row] for row in flat]
    )
    known = [
        [Known.MISSING if one is None else Known.INTERVAL if isinstance(one, tuple) else Known.EXACT
         for one in row]
        for row in rows
    ]  # fmt: skip
    return Readings(whole[..., 0], whole[..., 1], whole[..., 2], np.array(known))


def told(readings: Readings, rule: Rule = SURE, *, seed: int = 1, n_draws: int = 4000) -> Profile:
    return profile(readings, rule, rng=np.random.default_rng(seed), n_draws=n_draws)


def test_one_unit_worked_by_hand() -> None:
    one = told(of([4, 20, 50, 20]))
    # Trees 4 of 10: 40. Heat 20 of 50, less is better: 60. Weights 1 and 3: 55.
    assert one.indicator.tolist() == [[40, 60, 50, 50]]
    assert one.score.tolist() == [[55, 50, 0]]
    assert one.standing.tolist() == [[Standing.SCORED, Standing.SCORED, Standing.NOT_ASKED]]
    # All is counted, nothing is missing and the rule is certain: the interval is the score.
    np.testing.assert_allclose(one.low, one.score, atol=1e-9)
    np.testing.assert_allclose(one.high, one.score, atol=1e-9)
    assert not (one.of_data.any() or one.of_missing.any() or one.of_method.any())
    assert one.coverage.tolist() == [[1, 1, 0]]
    assert (one.n_used.tolist(), one.n_missing.tolist()) == ([[2, 2, 0]], [[0, 0, 0]])


def test_beyond_the_goalposts_is_at_the_goalposts() -> None:
    one = told(of([12, 70, -5, 5]))
    assert one.indicator.tolist() == [[100, 0, 0, 0]]
    assert one.score.tolist() == [[25, 0, 0]]


def test_an_interval_of_the_data_is_carried_to_the_score() -> None:
    # Halls 50 of 100, 30 to 65: the score of the dimension, half of it, goes from 40 to 57.5.
    one = told(of([4, 20, (50, 30, 65), 20]), n_draws=40_000)
    assert one.score[0, 1] == 50
    assert one.low[0, 1] == pytest.approx(40, abs=0.3)
    assert one.high[0, 1] == pytest.approx(57.5, abs=0.3)
    assert (one.of_data[0, 1], one.of_missing[0, 1], one.of_method[0, 1]) == (1, 0, 0)
    assert one.low[0, 0] == pytest.approx(55)


def test_what_is_missing_may_lie_anywhere_between_the_goalposts() -> None:
    one = told(of([4, 20, 50, None]), n_draws=40_000)
    # The mean of what is known stays 50; the other half may be 0 to 100, of which 95 % are 2.5 to 97.5.
    assert one.score[0, 1] == 50 and one.coverage[0, 1] == 0.5
    assert one.low[0, 1] == pytest.approx(26.25, abs=0.4)
    assert one.high[0, 1] == pytest.approx(73.75, abs=0.4)
    assert (one.n_used[0, 1], one.n_missing[0, 1]) == (1, 1)
    assert (one.of_data[0, 1], one.of_missing[0, 1], one.of_method[0, 1]) == (0, 1, 0)


def test_the_three_causes_have_their_share_of_the_spread() -> None:
    # Data: half of a deviation of 10, variance 25. Gap: half of a uniform one on 100, 10000/48.
    one = told(of([4, 20, (50, 30.4, 69.6), None]), n_draws=100_000)
    data, gap = 25.0, 10_000 / 48
    assert one.of_data[0, 1] == pytest.approx(data / (data + gap), rel=0.03)
    assert one.of_missing[0, 1] == pytest.approx(gap / (data + gap), rel=0.03)
    # Weights 1 and 3, each by 25 %: with w1 = 1 + e and w2 = 3 (1 + f) and the parts 40 and 60, the
    # score moves by 20 (3/16) (f - e), to first order, where e and f have the variance 1/48.
    loose = told(of([4, 20, 50, 20]), replace(SURE, weights_by=0.25), n_draws=100_000)
    assert (loose.of_data[0, 0], loose.of_missing[0, 0], loose.of_method[0, 0]) == (0, 0, 1)
    spread = loose.draws[0, :, 0].std()
    assert spread == pytest.approx(3.75 * np.sqrt(2 / 48), rel=0.05)
    # Two equal parts have one mean whatever the weights.
    assert loose.high[0, 1] - loose.low[0, 1] < 1e-9


def test_goalposts_in_doubt_move_a_score() -> None:
    one = told(of([4, 20, 50, 20]), replace(SURE, posts_by=0.1), n_draws=100_000)
    # Halls at 50 of [0 ± 10, 100 ± 10]: (50 - a) / (100 + b - a), to first order 50 - (a + b)/2.
    alone = replace(SURE, weight=np.array([1.0, 3.0, 1.0, 0.0]), posts_by=0.1)
    halls = told(of([4, 20, 50, 20]), alone, n_draws=100_000)
    assert halls.draws[0, :, 1].std() == pytest.approx(0.5 * np.sqrt(2 * 400 / 12), rel=0.03)
    assert halls.score[0, 1] == 50 and halls.of_method[0, 1] == 1
    assert one.low[0, 1] < 50 < one.high[0, 1]


def test_a_dimension_of_which_too_little_is_known_has_no_score() -> None:
    one = told(of([4, None, None, None]))
    assert one.standing.tolist() == [
        [Standing.TOO_LITTLE, Standing.NOTHING_KNOWN, Standing.NOT_ASKED]
    ]
    assert one.coverage.tolist() == [[0.25, 0, 0]]
    for array in (one.score, one.low, one.high, one.of_missing, one.draws):
        assert not array.any() and np.isfinite(array).all()
    enough = told(of([4, None, None, None]), replace(SURE, least_coverage=0.25))
    assert enough.standing[0, 0] == Standing.SCORED and enough.score[0, 0] == 40
    none = told(of([4, None, None, None]), replace(SURE, least_coverage=0.0))
    assert none.standing[0, 1] == Standing.NOTHING_KNOWN


def test_what_is_missing_is_not_read() -> None:
    gap = of([4, 20, 50, None])
    value = gap.value.copy()
    value[0, 3] = np.nan
    same = Readings(value, value, value, gap.known)
    np.testing.assert_array_equal(told(same).draws, told(gap).draws)


def test_an_error_that_nobody_knows_is_counted() -> None:
    readings = of([4, 20, 50, 20])
    known = readings.known.copy()
    known[0, 0] = Known.NO_ERROR
    one = told(replace(readings, known=known))
    assert one.n_no_error.tolist() == [[1, 0, 0]]
    assert one.score[0, 0] == 55


def test_a_unit_does_not_depend_on_the_others() -> None:
    one: list[Cell] = [(4.0, 3.0, 5.0), 20.0, 50.0, None]
    other: list[Cell] = [9.0, 40.0, 10.0, 30.0]
    alone, both = told(of(one)), told(of(one, other))
    np.testing.assert_array_equal(alone.draws[0], both.draws[0])
    assert alone.low[0].tolist() == both.low[0].tolist()


def test_two_units_are_told_apart_or_not() -> None:
    rule = replace(SURE, weights_by=0.25, posts_by=0.05)
    # Dimension 0: far apart and well known. Dimension 1: ten apart, and not known to ten.
    pair = told(of([9, 5, (60, 40, 80), 20], [1, 45, (40, 20, 60), 20]), rule)
    found = apart_in(pair, first=0, second=1)
    assert found.verdict.tolist() == [Verdict.APART, Verdict.NOT_APART, Verdict.NO_ANSWER]
    assert found.difference.tolist() == [80, 10, 0]
    assert found.low[0] > 0 and found.low[1] < 0 < found.high[1]
    back = apart_in(pair, first=1, second=0)
    assert back.verdict.tolist() == found.verdict.tolist()
    np.testing.assert_allclose(back.difference, -found.difference)
    np.testing.assert_allclose(back.p_value, found.p_value)
    np.testing.assert_allclose(back.low, -found.high)


def test_what_moves_both_does_not_blur_what_lies_between() -> None:
    rule = replace(SURE, posts_by=0.2)
    pair = told(of([4, 20, 50, 20], [4.5, 18, 50, 20]), rule)
    assert pair.high[0, 0] > pair.low[1, 0]
    assert apart_in(pair, first=0, second=1).verdict.tolist()[:2] == [
        Verdict.APART, Verdict.NOT_APART,
    ]  # fmt: skip


def test_an_unknown_error_or_no_score_gives_no_answer() -> None:
    readings = of([9, 5, 60, 20], [1, 45, None, None])
    known = readings.known.copy()
    known[0, 0] = Known.NO_ERROR
    found = apart_in(told(replace(readings, known=known)), first=0, second=1)
    assert found.verdict.tolist() == [Verdict.NO_ANSWER] * 3
    assert found.difference.tolist() == [80, 0, 0] and (found.p_value == 1).all()


def test_identical_units_are_not_told_apart() -> None:
    pair = told(of([4, 20, 50, 20], [4, 20, 50, 20]), replace(SURE, weights_by=0.25, posts_by=0.1))
    assert apart_in(pair, first=0, second=1).verdict.tolist()[:2] == [Verdict.NOT_APART] * 2


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"goalposts": np.array([[5.0, 5.0]] * 4)}, "composite_goalposts"),
        ({"goalposts": np.array([[0.0, np.inf]] * 4)}, "composite_goalposts"),
        ({"goalposts": np.array([[0.0, 1.0]] * 3)}, "composite_shape"),
        ({"polarity": np.array([1, 0, 1, 1])}, "composite_polarity"),
        ({"weight": np.array([1.0, -1, 1, 1])}, "composite_weight"),
        ({"weight": np.array([0.0, 0, 1, 1])}, "composite_weights_zero"),
        ({"dimension": np.array([0, 0, 1, 3])}, "composite_dimension"),
        ({"dimension": np.array([0, 0, 1])}, "composite_shape"),
        ({"least_coverage": 1.2}, "composite_least"),
        ({"weights_by": 1.0}, "composite_doubt"),
        ({"posts_by": 0.5}, "composite_doubt"),
    ],
)  # fmt: skip
def test_a_rule_that_no_score_comes_of(change: dict[str, object], code: str) -> None:
    with pytest.raises(BadInput, match=code):
        replace(SURE, **change)  # type: ignore[arg-type]


def test_readings_that_cannot_be() -> None:
    good = of([4, 20, (50, 30, 65), None])
    for change, code in (
        ({"value": np.array([[np.nan, 20, 50, 0]])}, "core_not_a_number"),
        ({"low": np.array([[4, 20, 70.0, 0]])}, "core_interval_reversed"),
        ({"high": np.array([[4, 20, np.inf, 0]])}, "core_not_a_number"),
        ({"known": np.array([[1, 1, 9, 0]])}, "composite_known"),
        ({"known": np.array([1, 1, 2, 0])}, "composite_shape"),
    ):
        with pytest.raises(BadInput, match=code):
            replace(good, **change)
    with pytest.raises(BadInput, match="composite_shape"):
        told(of([4, 20]))
    with pytest.raises(BadInput, match="composite_share"):
        told(good, n_draws=10)
    with pytest.raises(BadInput, match="composite_share"):
        apart_in(told(of([4, 20, 50, 20])), first=0, second=0, share=1.0)
