"""Five units, small enough to be checked on paper.

==========  ======  ==========  ==========  ===============  ===============  =====  ======
unit        people  households  one-person  renters (25 %)   asked (25 %)     size   income
==========  ======  ==========  ==========  ===============  ===============  =====  ======
A              400         200          80  120  90 .. 150   200 200 .. 200     2.0  60,000
B              300         100          60   60  20 .. 100   100 100 .. 100     3.0  45,000
C              200         100          20   20   0 .. 36    100 100 .. 100     2.0  52,000
D               60          80          15   --  suppressed   --                 --      --
E               40          20          --  suppressed        --                 --      --
==========  ======  ==========  ==========  ===============  ===============  =====  ======

Households, one-person, renters and asked are randomly rounded to base 5; sizes and incomes are not.
The half widths of 1, 2, 3, 4, 5 whole cells of base 5 are 4, 5, 7, 8, 9.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from courtepointe.core.aggregate import (
    Answer,
    CellBlock,
    Estimate,
    Quantity,
    Uncertainty,
    estimate_area,
    mean,
    median,
    median_range,
    ratio,
    share,
    total,
)
from courtepointe.core.bands import Bands

X = np.nan
HOUSEHOLDS, ONE, RENTERS, ASKED, SIZE, INCOME, SURFACE = range(7)
VALUES = np.array(
    [
        [200, 100, 100, 80, 20],
        [80, 60, 20, 15, X],
        [120, 60, 20, X, X],
        [200, 100, 100, X, X],
        [2.0, 3.0, 2.0, X, X],
        [60_000, 45_000, 52_000, X, X],
        [2.0, 0.5, 0.5, 1.0, 1.0],
    ]
)
LOW = np.full(VALUES.shape, X)
HIGH = np.full(VALUES.shape, X)
LOW[RENTERS, :3], HIGH[RENTERS, :3] = (90, 20, 0), (150, 100, 36)
LOW[ASKED, :3] = HIGH[ASKED, :3] = (200, 100, 100)
Z = 1.959963984540054


def town(*, low: np.ndarray = LOW, high: np.ndarray = HIGH) -> CellBlock:
    """Give the five units."""
    return CellBlock.of(
        values=VALUES,
        known=~np.isnan(VALUES),
        low=low,
        high=high,
        has_interval=~np.isnan(low),
        rounded_to=np.array([5, 5, 5, 5, 0, 0, 0]),
        sampled=np.array([False, False, True, True, False, True, False]),
        people=np.array([400.0, 300.0, 200.0, 60.0, 40.0]),
    )


def one(asked: Quantity, *units: int, shares: tuple[float, ...] | None = None) -> Estimate:
    """Estimate one quantity over some of the units."""
    parts = None if shares is None else np.array(shares)
    (found,) = estimate_area(town(), [asked], units=np.array(units, np.int64), shares=parts)
    return found


def test_a_sum_of_five_rounded_cells() -> None:
    found = one(total(HOUSEHOLDS), 0, 1, 2, 3, 4)
    assert found == Estimate(
        value=500.0,
        low=491.0,
        high=509.0,
        half_width=9.0,
        uncertainty=Uncertainty.ROUNDING,
        answer=Answer.GIVEN,
        coverage=1.0,
        n_units=5,
        n_units_missing=0,
    )
    assert not found.needs_caution


def test_a_missing_unit_is_left_out_and_said() -> None:
    found = one(total(ONE), 0, 1, 2, 3, 4)
    assert (found.value, found.low, found.high) == (175.0, 167.0, 183.0)
    assert (found.coverage, found.n_units, found.n_units_missing) == (0.96, 5, 1)


def test_several_cells_of_a_unit_each_bring_their_rounding() -> None:
    found = one(total(HOUSEHOLDS, ONE), 0, 1)
    assert (found.value, found.half_width) == (440.0, 8.0)


def test_a_split_unit_brings_part_of_its_rounding() -> None:
    found = one(total(HOUSEHOLDS), 0, 1, shares=(1.0, 0.5))
    assert found.value == 250.0
    assert found.half_width == pytest.approx(Z * 2 * math.sqrt(1 + 0.25))
    alone = one(total(HOUSEHOLDS), 1, shares=(0.5,))
    assert (alone.value, alone.half_width) == (50.0, 2.0)


def test_a_share_uses_the_same_units_above_and_below() -> None:
    found = one(share((ONE,), (HOUSEHOLDS,)), 0, 1, 2, 3, 4)
    assert (found.numerator, found.denominator) == (175.0, 480.0)
    assert found.value == pytest.approx(100 * 175 / 480)
    assert found.half_width == pytest.approx(100 * math.hypot(8, 175 / 480 * 8) / 480)
    assert found.coverage == 0.96


def test_published_intervals_add_by_their_squares() -> None:
    # A errs by 30, B by 40; the sum by 50; and two cells of base 5 by 5.
    found = one(total(RENTERS), 0, 1)
    assert found.value == 180.0
    assert found.half_width == pytest.approx(math.hypot(50, 5))
    assert found.uncertainty is Uncertainty.SAMPLING_AND_ROUNDING


def test_the_width_of_an_interval_says_its_error_wherever_the_value_lies() -> None:
    # C is 20, from 0 to 36: it errs by 18. Its count's own interval stops at zero.
    found = one(total(RENTERS), 2)
    assert found.half_width == pytest.approx(math.hypot(18, 4))
    assert (found.low, found.high) == (
        pytest.approx(20 - math.hypot(18, 4)),
        pytest.approx(20 + math.hypot(18, 4)),
    )
    low, high = LOW.copy(), HIGH.copy()
    high[RENTERS, 2] = 50.0
    (wider,) = estimate_area(town(low=low, high=high), [total(RENTERS)], units=np.array([2]))
    assert wider.half_width == pytest.approx(math.hypot(25, 4))
    assert (wider.low, wider.high) == (0.0, pytest.approx(20 + math.hypot(25, 4)))


def test_the_sampled_share_of_a_known_base() -> None:
    # 180 of 300; the base's intervals are points, so its sampling variance is none.
    found = one(share((RENTERS,), (ASKED,)), 0, 1)
    assert found.value == pytest.approx(60.0)
    half = math.sqrt(50**2 + 5**2 + 0.6**2 * 5**2) / 300
    assert found.half_width == pytest.approx(100 * half)


def test_a_sampled_cell_without_interval_leaves_the_error_unknown() -> None:
    low, high = LOW.copy(), HIGH.copy()
    low[RENTERS, 1] = high[RENTERS, 1] = X
    for asked in (total(RENTERS), share((RENTERS,), (ASKED,))):
        (found,) = estimate_area(town(low=low, high=high), [asked], units=np.array([0, 1]))
        assert found.uncertainty is Uncertainty.UNKNOWN
        assert found.value is not None
        assert (found.low, found.high, found.half_width) == (None, None, None)
        assert found.n_units_without_interval == 1


def test_a_mean_is_weighted_by_its_own_universe() -> None:
    # (2.0 x 200 + 3.0 x 100) / 300; A lies 1/3 below, B 2/3 above.
    found = one(mean(SIZE, (HOUSEHOLDS,)), 0, 1)
    assert (found.numerator, found.denominator) == (700.0, 300.0)
    assert found.value == pytest.approx(7 / 3)
    deviation = 2 * math.hypot(1 / 3, 2 / 3) / 300
    assert found.half_width == pytest.approx(10 / math.sqrt(24) * deviation)
    assert found.uncertainty is Uncertainty.ROUNDING


def test_a_mean_leaves_units_without_mean_out_of_its_base() -> None:
    found = one(mean(SIZE, (HOUSEHOLDS,)), 0, 1, 2, 3, 4)
    assert found.denominator == 400.0
    assert found.n_units_missing == 2
    assert found.coverage == 0.9
    assert not found.needs_caution


def test_a_median_is_never_averaged() -> None:
    found = one(median_range(INCOME), 0, 1, 2, 3)
    assert found.value is None
    assert (found.low, found.high) == (45_000.0, 60_000.0)
    assert found.answer is Answer.GIVEN
    assert found.uncertainty is Uncertainty.UNKNOWN


def test_a_density_divides_by_the_same_units_and_has_no_ceiling() -> None:
    found = one(ratio((HOUSEHOLDS,), (SURFACE,)), 0, 1)
    assert found.value == 120.0
    assert found.half_width == pytest.approx(5 / 2.5)


def test_a_full_count_has_no_interval() -> None:
    found = one(total(SURFACE), 0, 1, 2)
    assert (found.value, found.low, found.high, found.half_width) == (3.0, None, None, 0.0)
    assert found.uncertainty is Uncertainty.NONE


def test_too_little_coverage_gives_no_value_and_a_little_less_gives_caution() -> None:
    some = one(total(RENTERS), 0, 3, 4)  # 400 of 500 people
    assert some.value == 120.0
    assert some.coverage == 0.8
    assert some.needs_caution
    few = one(total(RENTERS), 2, 3, 4)  # 200 of 300
    assert few.answer is Answer.TOO_LITTLE_COVERED
    assert (few.value, few.low, few.high) == (None, None, None)
    assert few.coverage == pytest.approx(2 / 3)
    assert not few.needs_caution


def test_nothing_known_is_not_zero() -> None:
    found = one(total(RENTERS), 3, 4)
    assert found.answer is Answer.NOTHING_KNOWN
    assert (found.value, found.coverage, found.n_units_missing) == (None, 0.0, 2)


def test_an_area_without_units_has_no_coverage() -> None:
    found = one(total(HOUSEHOLDS))
    assert (found.value, found.coverage, found.n_units) == (None, None, 0)
    assert found.answer is Answer.NOTHING_KNOWN


def test_a_true_zero_is_a_value_and_a_share_of_nobody_is_none() -> None:
    block = CellBlock.of(
        values=np.array([[0.0], [0.0]]), known=np.ones((2, 1), bool), people=np.array([50.0])
    )
    zero, nobody = estimate_area(block, [total(0), share((0,), (1,))])
    assert zero.value == 0.0
    assert zero.answer is Answer.GIVEN
    assert nobody.value is None
    assert nobody.answer is Answer.UNDEFINED
    assert (nobody.numerator, nobody.low, nobody.uncertainty) == (None, None, Uncertainty.NONE)


def test_rounding_cannot_lift_a_share_above_all() -> None:
    block = CellBlock.of(
        values=np.array([[10.0], [5.0]]),
        known=np.ones((2, 1), bool),
        rounded_to=np.array([5, 5]),
        people=np.array([7.0]),
    )
    found, plain = estimate_area(block, [share((0,), (1,)), ratio((0,), (1,))])
    assert (found.value, found.low, found.high) == (100.0, 0.0, 100.0)
    assert (found.numerator, found.denominator) == (10.0, 5.0)
    assert plain.value == 2.0


def test_the_median_from_bands_added_up() -> None:
    # 40 under ten, 80 from ten to twenty, 40 above: half of 160 is reached at 15.
    block = CellBlock.of(
        values=np.array([[16.0, 24.0], [48.0, 32.0], [40.0, 0.0]]),
        known=np.ones((3, 2), bool),
        people=np.array([60.0, 40.0]),
        sampled=np.ones(3, bool),
    )
    bands = Bands.of(((0, 10), (10, 20), (20, 30)), sampled=0.25)
    (found,) = estimate_area(block, [median((0, 1, 2), bands)])
    # the outer bands move it by 1/2, and by 1/16 through the lean; within the middle one 80 / 4;
    # the slopes to the neighbours are 4/10 and -4/10: it bends by 1.25 * 0.8 * 10² / 2 * 1/4
    error = Z * math.sqrt(3 * (40 + 40) * (9 / 16) ** 2 + 20 + 12.5**2)
    assert found.value == 15.0
    assert found.low == pytest.approx(15 - error / 80 * 10)
    assert found.high == pytest.approx(15 + error / 80 * 10)
    assert found.uncertainty is Uncertainty.SAMPLING
    everyone = replace(bands, sampled=1.0)
    (unsaid,) = estimate_area(block, [median((0, 1, 2), everyone)])
    assert (unsaid.value, unsaid.low, unsaid.uncertainty) == (15.0, None, Uncertainty.UNKNOWN)
    assert unsaid.n_units_without_interval == 2


def test_the_median_from_bands_with_published_intervals() -> None:
    # 10, 20, 10 as above; the outer bands err by 3 and 4, each moving the half by 9/16 of its error,
    # the middle one does not move it; where the 20 stand in it, sqrt(20 / 4); and it bends, as above.
    block = CellBlock.of(
        values=np.array([[10.0], [20.0], [10.0]]),
        known=np.ones((3, 1), bool),
        low=np.array([[7.0], [11.0], [6.0]]),
        high=np.array([[13.0], [29.0], [14.0]]),
        has_interval=np.ones((3, 1), bool),
        people=np.array([60.0]),
        sampled=np.ones(3, bool),
    )
    bands = Bands.of(((0, 10), (10, 20), (20, 30)))
    (found,) = estimate_area(block, [median((0, 1, 2), bands)])
    assert found.value == 15.0
    off = math.hypot(5 * 9 / 16, Z * math.hypot(math.sqrt(5), 3.125))
    assert found.low == pytest.approx(15 - off / 20 * 10)
    assert found.high == pytest.approx(15 + off / 20 * 10)
    assert found.uncertainty is Uncertainty.SAMPLING
    (told,) = estimate_area(block, [median((0, 1, 2), replace(bands, sampled=0.25))])
    assert (told.low, told.high) == (found.low, found.high)  # published intervals come first


def test_people_unknown_weigh_as_the_mean_unit_and_nobody_known_as_units() -> None:
    values, known = np.array([[10.0, 20.0, X]]), np.array([[True, True, False]])
    people = np.array([300.0, 500.0, X])
    some = CellBlock.of(values=values, known=known, people=people, people_known=~np.isnan(people))
    assert estimate_area(some, [total(0)])[0].coverage == pytest.approx(800 / 1200)
    none = CellBlock.of(
        values=values, known=known, people=np.full(3, X), people_known=np.zeros(3, bool)
    )
    assert estimate_area(none, [total(0)])[0].coverage == pytest.approx(2 / 3)


def test_where_nobody_lives_coverage_is_by_unit() -> None:
    block = CellBlock.of(
        values=np.array([[3.0, 4.0, 5.0, X]]),
        known=np.array([[True, True, True, False]]),
        people=np.zeros(4),
    )
    assert estimate_area(block, [total(0)])[0].coverage == 0.75


def test_the_bound_of_caution_itself_needs_none() -> None:
    block = CellBlock.of(
        values=np.ones((1, 10)),
        known=np.array([[True] * 9 + [False]]),
        people=np.full(10, 0.1),
    )
    (found,) = estimate_area(block, [total(0)])
    assert found.coverage == pytest.approx(0.9)
    assert not found.needs_caution


def test_the_least_coverage_itself_gives_a_value() -> None:
    block = CellBlock.of(
        values=np.ones((1, 10)),
        known=np.array([[True] * 7 + [False] * 3]),
        people=np.full(10, 0.1),
    )
    (found,) = estimate_area(block, [total(0)])
    assert found.value == 7.0
    assert found.needs_caution
