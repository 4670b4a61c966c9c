"""Classes worked by hand: quantiles, ckmeans, declared limits, outliers, limits that are read."""

from __future__ import annotations

import math

import pytest

from courtepointe.core.classes import Classes, ClassMethod, classify, fixed, roundest_between
from courtepointe.core.errors import BadInput


def held(values: list[float], number: int = 5, method: str = "quantile") -> list[tuple[float, ...]]:
    made = classify(values, method=ClassMethod(method), number=number)
    return [pair for pair in made.held if pair is not None]


def test_quantiles_have_as_many_values_each() -> None:
    assert held([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) == [(1, 2), (3, 4), (5, 6), (7, 8), (9, 10)]
    assert held([5, 1, 5, 3]) == [(1, 1), (3, 3), (5, 5)]
    assert held([0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6]) == [(0, 0), (1, 2), (3, 4), (5, 6)]
    assert held([]) == []


def test_ckmeans_follows_the_gaps() -> None:
    values = [1.0, 2.0, 3.0, 20.0, 21.0, 50.0, 51.0, 52.0, 53.0]
    assert held(values, 3, "ckmeans") == [(1, 3), (20, 21), (50, 53)]
    assert held(values, 3) == [(1, 3), (20, 50), (51, 53)], "quantiles do not"


def test_a_limit_is_the_roundest_number_in_the_gap() -> None:
    made = classify([9.7, 11.2, 23.4, 26.1], number=2)
    assert made.borders == (20.0,)
    assert [made.of(v) for v in (9.7, 11.2, 19.99, 20.0, 23.4)] == [0, 0, 0, 1, 1]


@pytest.mark.parametrize(
    ("after", "upto", "told"),
    [
        (9.7, 11.2, 10), (0.29, 0.31, 0.3), (12.3, 12.4, 12.4), (-3, 2, 0), (-3, -1, -2),
        (99_400, 101_200, 100_000), (4.0, 4.5, 4.5), (4.0, 5.0, 5), (0.0, 0.001, 0.001),
        (3.0, 17.0, 10), (1e-12, 2e-12, 2e-12), (0.1, math.nextafter(0.1, 1), math.nextafter(0.1, 1)),
    ],
)  # fmt: skip
def test_round_numbers(after: float, upto: float, told: float) -> None:
    assert roundest_between(after, upto) == told


def test_a_few_values_far_out_have_their_own_class() -> None:
    near = [float(n) for n in range(1, 25)]
    made = classify([*near, 900.0], number=5)
    assert made.apart_high and not made.apart_low and len(made) == 5
    assert made.held[-1] == (900.0, 900.0) and made.held[-2] == (19.0, 24.0)
    low = classify([-900.0, *near], number=4)
    assert low.apart_low and low.held[0] == (-900.0, -900.0) and len(low) == 4


def test_a_tail_is_not_outliers_and_few_values_have_none() -> None:
    near = [float(n) for n in range(1, 17)]
    tail = classify([*near, 300.0, 400.0, 500.0], number=5)
    assert not tail.apart_high
    few = classify([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 900.0], number=5)
    assert not few.apart_high
    alike = classify([5.0] * 20 + [1.0, 2.0, 3.0, 4.0, 900.0], number=4)
    assert not alike.apart_high, "no quartile is apart from another: nothing to be far from"


def test_with_two_classes_none_is_spent_on_outliers() -> None:
    made = classify([*(float(n) for n in range(1, 25)), 900.0], number=2)
    assert not made.apart_high and len(made) == 2


def test_declared_limits_hold_what_they_hold() -> None:
    made = fixed([10, 20, 30], [5.0, 10.0, 19.9, 35.0])
    assert made.held == ((5.0, 5.0), (10.0, 19.9), None, (35.0, 35.0))
    assert [made.of(v) for v in (9.9, 10, 20, 30, 1e9)] == [0, 1, 2, 3, 3]
    assert len(fixed([10], [])) == 2


def test_an_interval_is_in_one_class_or_reaches_another() -> None:
    made = fixed([10, 20], [5.0])
    assert made.spans(9, 10) and made.spans(5, 25)
    assert not made.spans(10, 19.9) and not made.spans(0, 9.9)


@pytest.mark.parametrize("limits", [(1.0, 1.0), (2.0, 1.0), (1.0, math.inf), (math.nan,)])
def test_limits_that_do_not_rise_are_refused(limits: tuple[float, ...]) -> None:
    with pytest.raises(BadInput, match="class_limits_not_rising"):
        fixed(limits, [1.0])


def test_classes_and_what_they_hold_go_together() -> None:
    with pytest.raises(BadInput, match="class_limits_not_rising"):
        Classes((1.0,), ((0.0, 0.5),))


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_a_missing_value_has_no_class(value: float) -> None:
    with pytest.raises(BadInput, match="class_value_not_finite"):
        classify([1.0, value], number=3)
    with pytest.raises(BadInput, match="class_value_not_finite"):
        fixed([1.0], [value])


def test_no_class_is_refused() -> None:
    with pytest.raises(BadInput, match="class_number"):
        classify([1.0, 2.0], number=0)
