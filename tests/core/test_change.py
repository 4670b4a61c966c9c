"""What may be said of a change, and how often its interval holds the truth."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from courtepointe.core.change import Statement, change
from courtepointe.core.compare import Estimate
from courtepointe.core.errors import BadInput


def test_a_rise_worked_by_hand() -> None:
    made = change(Estimate(10.0, 6.0, 14.0), Estimate(20.0, 17.0, 23.0))
    assert (made.difference, made.low, made.high) == (10.0, 5.0, 15.0)
    assert (made.statement, made.percent) == (Statement.HIGHER, 100.0)


def test_touching_zero_is_not_distinguishable() -> None:
    made = change(Estimate(10.0, 6.0, 14.0), Estimate(5.0, 2.0, 8.0))
    assert (made.low, made.high) == (-10.0, 0.0)
    assert made.statement is Statement.NOT_DISTINGUISHABLE


@pytest.mark.parametrize(
    ("after", "said"),
    [(12.0, Statement.HIGHER), (9.0, Statement.LOWER), (10.0, Statement.UNCHANGED)],
)
def test_full_counts_have_no_interval(after: float, said: Statement) -> None:
    made = change(Estimate(10.0, exact=True), Estimate(after, exact=True))
    assert made.counted_in_full
    assert (made.low, made.high, made.statement) == (None, None, said)


def test_an_unknown_error_leaves_the_change_unsaid() -> None:
    made = change(Estimate(10.0), Estimate(90.0, 89.0, 91.0))
    assert (made.statement, made.low, made.counted_in_full) == (Statement.UNKNOWN, None, False)


def test_no_percent_of_nothing() -> None:
    made = change(Estimate(0.0, 0.0, 5.0), Estimate(20.0, 15.0, 25.0))
    assert (made.percent, made.percent_low, made.percent_high) == (None, None, None)


def test_a_value_that_is_no_number_is_refused() -> None:
    with pytest.raises(BadInput) as refused:
        change(Estimate(float("nan")), Estimate(1.0))
    assert refused.value.code == "estimate_not_finite"


values = st.floats(1.0, 1e5)
halves = st.floats(0.0, 100.0)


@given(values, values, halves, halves)
def test_exchanging_the_two_turns_the_change_around(
    a: float, b: float, first: float, second: float
) -> None:
    before, after = Estimate(a, a - first, a + first), Estimate(b, b - second, b + second)
    there, back = change(before, after), change(after, before)
    assert there.low is not None and back.high is not None
    assert there.low == pytest.approx(-back.high, abs=1e-6)
    opposite = {Statement.HIGHER: Statement.LOWER, Statement.LOWER: Statement.HIGHER}
    assert back.statement is opposite.get(there.statement, there.statement)


def test_normal_errors_are_held_95_times_in_100() -> None:
    rng = np.random.default_rng(7)
    held = ratio_held = 0
    for before, after in zip(rng.normal(200, 6, 4000), rng.normal(230, 8, 4000), strict=True):
        made = change(
            Estimate(before, before - 1.96 * 6, before + 1.96 * 6),
            Estimate(after, after - 1.96 * 8, after + 1.96 * 8),
        )
        assert made.low is not None and made.high is not None
        assert made.percent_low is not None and made.percent_high is not None
        held += made.low <= 30.0 <= made.high
        ratio_held += made.percent_low <= 15.0 <= made.percent_high
    assert 0.93 <= held / 4000 <= 0.97
    assert 0.93 <= ratio_held / 4000 <= 0.97
