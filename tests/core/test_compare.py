"""Differences of two estimates: worked by hand, then as laws."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from courtepointe.core.compare import (
    Estimate,
    difference,
    difference_from_whole,
    ratio_effect,
    share_effect,
)
from courtepointe.core.errors import BadInput

numbers = st.floats(-1e6, 1e6, allow_nan=False)
halves = st.floats(0, 1e4, allow_nan=False)


def around(value: float, half: float) -> Estimate:
    return Estimate(value, value - half, value + half)


def test_symmetric_intervals_give_the_usual_margin() -> None:
    gap = difference(around(20, 3), around(14, 4))
    assert gap.difference == 6
    assert gap.margin == pytest.approx(5)
    assert gap.distinguishable is True


def test_a_difference_equal_to_its_margin_is_not_distinguishable() -> None:
    assert difference(around(19, 3), around(14, 4)).distinguishable is False


def test_overlapping_intervals_may_still_be_told_apart() -> None:
    first, second = around(20, 3), around(14.5, 4)
    assert first.low is not None and second.high is not None and first.low < second.high
    assert difference(first, second).distinguishable is True


def test_only_the_sides_that_face_each_other_count() -> None:
    first = Estimate(10, 9, 40)
    second = Estimate(5, -40, 6)
    assert difference(first, second).margin == pytest.approx(math.sqrt(2))
    assert difference(second, first).margin == pytest.approx(math.sqrt(2))


def test_full_counts_differ_as_soon_as_they_are_not_equal() -> None:
    assert difference(Estimate(5, exact=True), Estimate(4, exact=True)).distinguishable is True
    same = difference(Estimate(5, exact=True), Estimate(5, exact=True))
    assert same.distinguishable is False and same.difference == 0


@pytest.mark.parametrize("other", [Estimate(9, exact=True), around(9, 1), Estimate(9)])
def test_nothing_is_claimed_where_an_error_is_unknown(other: Estimate) -> None:
    gap = difference(Estimate(500), other)
    assert gap.margin is None and gap.distinguishable is None
    assert gap.difference == 491


@pytest.mark.parametrize("wrong", [math.nan, math.inf, -math.inf])
def test_an_estimate_that_is_not_finite_is_refused(wrong: float) -> None:
    with pytest.raises(BadInput, match="estimate_not_finite"):
        Estimate(wrong)
    with pytest.raises(BadInput, match="estimate_not_finite"):
        Estimate(1.0, wrong, 2.0)


@given(numbers, halves, numbers, halves)
def test_exchanging_the_two_changes_the_sign_only(a: float, h: float, b: float, k: float) -> None:
    one, two = difference(around(a, h), around(b, k)), difference(around(b, k), around(a, h))
    assert one.difference == -two.difference
    assert one.margin is not None and two.margin is not None
    if a != b:
        assert one.margin == pytest.approx(two.margin, rel=1e-6, abs=1e-6)
        assert one.distinguishable == two.distinguishable


@given(numbers, numbers, halves, halves)
def test_a_wider_interval_never_makes_a_difference_appear(
    a: float, b: float, h: float, more: float
) -> None:
    narrow = difference(around(a, h), around(b, 1))
    wide = difference(around(a, h + more), around(b, 1))
    assert not (wide.distinguishable and not narrow.distinguishable)


def test_share_effect_is_worked_by_hand() -> None:
    assert share_effect(50, 50) == 0
    assert share_effect(100, 0) == pytest.approx(math.pi)
    assert share_effect(25, 75) == pytest.approx(-math.pi / 3)


@pytest.mark.parametrize("wrong", [-0.1, 100.1])
def test_a_share_beyond_all_or_nothing_is_refused(wrong: float) -> None:
    with pytest.raises(BadInput, match="share_out_of_range"):
        share_effect(wrong, 10)


def test_ratio_effect_is_antisymmetric_and_silent_at_zero() -> None:
    assert ratio_effect(200, 100) == pytest.approx(math.log(2))
    assert ratio_effect(100, 200) == pytest.approx(-math.log(2))
    assert ratio_effect(0, 100) is None
    assert ratio_effect(100, -1) is None


def test_a_part_and_its_whole_share_their_errors() -> None:
    """A fifth of the whole: 9 + 4 - 2 * 0.2 * 9 = 9.4."""
    part, whole = around(20, 3), around(16.9, 2)
    told = difference_from_whole(part, whole, shared=0.2)
    assert told.margin == pytest.approx(math.sqrt(9.4))
    assert told.distinguishable is True
    apart = difference(part, whole)
    assert apart.margin == pytest.approx(math.sqrt(13)) and apart.distinguishable is False


def test_the_margin_never_falls_under_that_of_the_part_less_its_own_weight() -> None:
    told = difference_from_whole(around(20, 3), around(10, 0), shared=0.9)
    assert told.margin == pytest.approx(0.3)
    whole = difference_from_whole(around(20, 3), around(20, 3), shared=1.0)
    assert whole.margin == 0.0 and whole.distinguishable is False


def test_a_part_without_a_known_error_stays_unknown() -> None:
    told = difference_from_whole(Estimate(20), around(10, 1), shared=0.2)
    assert (told.margin, told.distinguishable) == (None, None)


@pytest.mark.parametrize("shared", [-0.1, 1.1])
def test_a_part_is_no_more_than_its_whole(shared: float) -> None:
    with pytest.raises(BadInput, match="weight_out_of_range"):
        difference_from_whole(around(1, 1), around(2, 1), shared=shared)


@given(numbers, halves, numbers, halves, st.floats(0, 1))
def test_sharing_errors_never_widens_a_margin(
    a: float, h: float, b: float, k: float, shared: float
) -> None:
    apart = difference(around(a, h), around(b, k))
    told = difference_from_whole(around(a, h), around(b, k), shared=shared)
    assert apart.margin is not None and told.margin is not None
    assert told.margin <= apart.margin * (1 + 1e-9) + 1e-9


def test_the_margin_of_a_part_holds_95_times_in_100() -> None:
    """A part of 30 % and a rest with independent errors; the whole is their weighted sum."""
    rng, weight = np.random.default_rng(11), 0.3
    part = 20 + rng.normal(0, 2, 20_000)
    whole = weight * part + (1 - weight) * (15 + rng.normal(0, 1, 20_000))
    half = 1.96 * math.hypot(weight * 2, (1 - weight) * 1)
    truth = 20 - (weight * 20 + (1 - weight) * 15)
    margin = difference_from_whole(around(20, 3.92), around(16, half), shared=weight).margin
    assert margin is not None
    held = np.abs(part - whole - truth) <= margin
    assert 0.94 < held.mean() < 0.96
    apart = difference(around(20, 3.92), around(16, half)).margin
    assert apart is not None
    assert (np.abs(part - whole - truth) <= apart).mean() > 0.97
