"""Quantiles read in bands: worked by hand, with their open ends."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from courtepointe.core.bands import (
    BandQuantile,
    Bands,
    leans,
    quantile_from_bands,
    quantile_ratio_from_bands,
)
from courtepointe.core.errors import BadInput

Z = 1.959963984540054
CLOSED = Bands((0.0, 10.0, 20.0, 40.0))
EVEN = Bands((0.0, 10.0, 20.0, 30.0))


def test_the_median_lies_in_its_band_in_proportion_where_neighbours_are_alike() -> None:
    # 30 of 100 below ten; 20 more of the 40 from ten to twenty
    found = quantile_from_bands(np.array([30.0, 40.0, 30.0]), EVEN)
    assert found.value == 15.0


def test_people_lean_to_the_fuller_neighbour() -> None:
    # densities 3, 4 and 1.5 at 5, 15 and 30: a slope of -0.06, times half a width over 4 is -0.075
    counts = np.array([30.0, 40.0, 30.0])
    assert leans(counts, CLOSED.edges)[1] == pytest.approx(-0.075)
    # x (1 + 0.075) - 0.075 x**2 = 1/2
    x = (1.075 - math.sqrt(1.075**2 - 4 * 0.075 * 0.5)) / (2 * 0.075)
    assert quantile_from_bands(counts, CLOSED).value == pytest.approx(10 + 10 * x)


@pytest.mark.parametrize(
    ("counts", "edges", "expected"),
    [
        ([0.0, 40.0, 0.0], (0.0, 10.0, 20.0, 30.0), 0.0),
        ([40.0, 10.0], (0.0, 10.0, 20.0), -0.375),
        ([0.0, 10.0, 90.0], (0.0, 10.0, 20.0, 30.0), 1.0),
        ([90.0, 10.0, 0.0], (0.0, 10.0, 20.0, 30.0), -1.0),
        ([90.0, 10.0, 60.0], (None, 10.0, 20.0, None), 0.0),
    ],
)
def test_leans_are_never_steeper_than_nothing_at_one_end(
    counts: list[float], edges: tuple[float | None, ...], expected: float
) -> None:
    band = 1 if len(counts) == 3 else 0
    assert leans(np.array(counts), edges)[band] == pytest.approx(expected)


def test_another_quantile() -> None:
    quarter = Bands((0.0, 10.0, 20.0, 30.0, 40.0), quantile=0.75)
    found = quantile_from_bands(np.array([20.0, 40.0, 40.0, 40.0]), quarter)
    assert found.value == pytest.approx(20 + 45 / 40 * 10)


BEND = 1.25 * 0.2 * 50 / 4
"""Of 30, 40, 30 in tens: slopes of 1/10 and -1/10 a unit of value; a half of ten squared, a quarter of it at
the middle."""


def test_that_people_stand_where_they_will_in_a_band_is_an_error_too() -> None:
    # 40 in the band, half of them below: 10, that is 3.16 people of 100; 4 people a unit of value
    found = quantile_from_bands(np.array([30.0, 40.0, 30.0]), EVEN)
    off = Z * math.sqrt(10 + BEND**2)
    assert found.low == pytest.approx(15 - off / 4)
    assert found.high == pytest.approx(15 + off / 4)


def test_a_density_that_rises_evenly_does_not_bend_nor_one_beside_an_open_band() -> None:
    # 40 in the band either way: only where they stand errs
    rising = quantile_from_bands(np.array([20.0, 40.0, 60.0]), replace(EVEN, quantile=1 / 3))
    beside = quantile_from_bands(
        np.array([30.0, 40.0, 30.0]), replace(EVEN, edges=(None, *EVEN.edges[1:]))
    )
    lean = 20 / 40 / 2
    x = 2 * 0.5 / (1 - lean + math.sqrt((1 - lean) ** 2 + 4 * lean * 0.5))
    assert rising.value == pytest.approx(10 + 10 * x)
    assert _people_off(rising, 40, lean) == pytest.approx(Z * math.sqrt(10), rel=1e-6)
    lean = -(10 / 40) / 2
    assert _people_off(beside, 40, lean) == pytest.approx(Z * math.sqrt(10), rel=1e-6)


def _people_off(found: BandQuantile, count: float, lean: float) -> float:
    """Say how many people of the band from 10 to 20 stand between the ends of an interval, halved."""
    assert found.low is not None
    assert found.high is not None
    below = [(end - 10) / 10 for end in (found.low, found.high)]
    low, high = (count * (x * (1 - lean) + lean * x * x) for x in below)
    return (high - low) / 2


def test_the_error_of_a_sample_of_a_quarter() -> None:
    # The outer bands move the half with 1/2 of their people, and turn the density: the lean is a quarter
    # of their difference over the band's count, and moves the half by 1/4 of that count: 1/16 more.
    bands = Bands((0.0, 10.0, 20.0, 30.0), sampled=0.25, design_factor=1.5)
    found = quantile_from_bands(np.array([400.0, 400.0, 400.0]), bands)
    off = Z * math.sqrt(1.5**2 * 3 * 800 * (9 / 16) ** 2 + 100)
    assert found.value == 15.0
    assert found.low == pytest.approx(15 - off / 400 * 10)
    assert found.high == pytest.approx(15 + off / 400 * 10)


def test_rounding_makes_an_interval() -> None:
    # one unit, base 5: the band below errs with slope 9/16, the median's own with 0, that above -9/16
    found = quantile_from_bands(np.array([30.0, 40.0, 30.0]), EVEN, band_variance=np.full(3, 4.0))
    off = Z * math.sqrt(4 * 2 * (9 / 16) ** 2 + 10 + BEND**2)
    assert found.low == pytest.approx(15 - off / 40 * 10)
    assert found.high == pytest.approx(15 + off / 40 * 10)


def test_nobody_has_no_median() -> None:
    found = quantile_from_bands(np.zeros(3), CLOSED)
    assert (found.value, found.low, found.high, found.open_band) == (None, None, None, False)


def test_a_gap_of_empty_bands_gives_its_middle() -> None:
    found = quantile_from_bands(np.array([10.0, 0.0, 10.0]), CLOSED)
    assert (found.value, found.low, found.high) == (15.0, 10.0, 20.0)


def test_a_median_in_the_open_band_on_top_is_at_least_its_limit() -> None:
    bands = Bands((0.0, 10.0, None))
    found = quantile_from_bands(np.array([10.0, 30.0]), bands)
    assert (found.value, found.low, found.high, found.open_band) == (10.0, None, None, True)
    below = quantile_from_bands(np.array([30.0, 10.0]), bands)
    assert below.value == pytest.approx(20 / 3)
    assert not below.open_band


def test_a_median_in_the_open_band_below_is_at_most_its_limit_unless_a_floor_is_given() -> None:
    limits = ((None, 10.0), (10.0, 20.0))
    found = quantile_from_bands(np.array([30.0, 10.0]), Bands.of(limits))
    assert (found.value, found.open_band) == (10.0, True)
    floored = quantile_from_bands(np.array([30.0, 10.0]), Bands.of(limits, floor=0.0))
    # densities 3 and 1, ten apart: people lean by -1/3, x (4/3) - x**2 / 3 = 2/3
    assert floored.value == pytest.approx(10 * (4 / 3 - math.sqrt(16 / 9 - 8 / 9)) / (2 / 3))
    assert not floored.open_band


def test_an_interval_that_reaches_an_open_band_is_not_cut_but_withheld() -> None:
    bands = Bands((0.0, 10.0, None), sampled=0.25)
    found = quantile_from_bands(np.array([110.0, 90.0]), bands)
    assert found.value == pytest.approx(100 / 110 * 10)
    assert (found.low, found.high, found.open_band) == (None, None, True)


def test_a_median_on_the_limit_of_the_open_band_is_that_limit() -> None:
    found = quantile_from_bands(np.array([20.0, 20.0]), Bands((0.0, 10.0, None)))
    assert (found.value, found.low, found.high, found.open_band) == (10.0, 10.0, 10.0, False)


def test_a_tiny_sample_says_anything_within_the_bands() -> None:
    bands = Bands((0.0, 10.0, 20.0, 40.0), sampled=0.25)
    found = quantile_from_bands(np.array([0.0, 1.0, 0.0]), bands)
    assert (found.value, found.low, found.high) == (15.0, 0.0, 40.0)


RATIO = Bands((10.0, 20.0, 30.0, 40.0, 50.0), 0.75), Bands((10.0, 20.0, 30.0, 40.0, 50.0), 0.25)


def test_a_ratio_subtracts_what_its_terms_share() -> None:
    # Quarters of 100: limits of bands. Each proportion errs by the bands' own counts alone: 3/4 of one
    # against 1/4 of three; the two share a third of their variance.
    counts = np.full(4, 100.0)
    found = quantile_ratio_from_bands(counts, *RATIO, band_variance=np.full(4, 4.0))
    off = Z * math.sqrt(4 * (9 / 16 + 3 / 16)) / 100 * 10
    a = math.log((40 + off) / (40 - off)) / 2
    b = math.log((20 + off) / (20 - off)) / 2
    width = math.exp(math.sqrt(a * a + b * b - 2 * a * b / 3))
    assert (found.value, found.open_band) == (2.0, False)
    assert (found.low, found.high) == pytest.approx((2.0 / width, 2.0 * width))


@pytest.mark.parametrize(
    ("counts", "edges", "value", "is_open"),
    [
        ([50.0, 50.0], (10.0, 20.0, None), 20.0 / 15.0, True),
        ([0.0, 0.0], (10.0, 20.0, 30.0), None, False),
        ([90.0, 10.0], (-20.0, 0.0, 10.0), None, False),
    ],
)
def test_a_ratio_tells_no_more_than_its_terms(
    counts: list[float], edges: tuple[float | None, ...], value: float | None, is_open: bool
) -> None:
    found = quantile_ratio_from_bands(np.array(counts), Bands(edges, 0.75), Bands(edges, 0.25))
    assert (found.low, found.high, found.open_band) == (None, None, is_open)
    assert found.value == (None if value is None else pytest.approx(value))


def test_a_ratio_of_quantiles_of_other_bands_is_refused() -> None:
    with pytest.raises(BadInput) as refused:
        quantile_ratio_from_bands(np.ones(4), RATIO[0], Bands((0.0, 1.0, 2.0, 3.0, 4.0)))
    assert refused.value.code == "core_bands"
