"""What holds of classes whatever the values."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st

from courtepointe.core.classes import Classes, ClassMethod, classify, roundest_between

methods = st.sampled_from(list(ClassMethod))
numbers = st.integers(1, 7)
many = st.lists(
    st.integers(-3000, 3000).map(lambda n: n / 10) | st.floats(-1e6, 1e6), min_size=1, max_size=60
)


def limits(made: Classes) -> list[tuple[float, float]]:
    held = [pair for pair in made.held if pair is not None]
    assert len(held) == len(made), "no class is empty"
    return held


@given(many, methods, numbers)
def test_every_value_has_one_class_and_none_is_empty(
    values: list[float], method: ClassMethod, number: int
) -> None:
    made = classify(values, method=method, number=number)
    held = limits(made)
    assert 1 <= len(held) <= number
    assert held[0][0] == min(values) and held[-1][1] == max(values)
    assert all(low <= high for low, high in held)
    assert all(a[1] < b[0] for a, b in pairwise(held))
    for value in values:
        low, high = held[made.of(value)]
        assert low <= value <= high, "a limit that is easy to read moved a value"


@given(many, methods, numbers)
def test_the_order_of_values_does_not_matter(
    values: list[float], method: ClassMethod, number: int
) -> None:
    told = classify(values, method=method, number=number)
    assert classify(values[::-1], method=method, number=number) == told
    assert classify(sorted(values), method=method, number=number) == told


@given(st.sets(st.integers(-10_000, 10_000), min_size=2, max_size=60), numbers)
def test_quantiles_are_even_where_no_value_is_far_out(found: set[int], number: int) -> None:
    values = [float(v) for v in found]
    made = classify(values, number=number)
    assume(not made.apart_low and not made.apart_high)
    counts = Counter(made.of(v) for v in values)
    assert max(counts.values()) - min(counts.values()) <= 1


@given(st.lists(st.integers(-400, 400), min_size=1, max_size=40), methods, numbers)
def test_a_change_of_unit_by_ten_changes_no_class(
    found: list[int], method: ClassMethod, number: int
) -> None:
    small = classify([float(v) for v in found], method=method, number=number)
    great = classify([v * 1000.0 for v in found], method=method, number=number)
    assert [small.of(v) for v in found] == [great.of(v * 1000.0) for v in found]


@given(st.floats(-1e9, 1e9), st.floats(-1e9, 1e9))
def test_a_limit_lies_in_its_gap(one: float, other: float) -> None:
    assume(one != other)
    after, upto = sorted((one, other))
    assert after < roundest_between(after, upto) <= upto
