"""Quantiles read in bands: worked by hand, with their open ends."""

from __future__ import annotations

import math

import numpy as np
import pytest

from courtepointe.core.bands import Bands, quantile_from_bands

Z = 1.959963984540054
CLOSED = Bands((0.0, 10.0, 20.0, 40.0))


def test_the_median_lies_in_its_band_in_proportion() -> None:
    # 30 of 100 below ten; 20 more of the 40 from ten to twenty
    found = quantile_from_bands(np.array([30.0, 40.0, 30.0]), CLOSED)
    assert found.value == 15.0
    assert (found.low, found.high) == (15.0, 15.0)


def test_another_quantile() -> None:
    quarter = Bands((0.0, 10.0, 20.0, 40.0), quantile=0.75)
    assert quantile_from_bands(np.array([20.0, 20.0, 60.0]), quarter).value == pytest.approx(
        31.6667, abs=1e-4
    )


def test_the_error_of_a_sample_of_a_quarter() -> None:
    # SE of 50 % = 1.5 * sqrt(3 * 0.25 / 1200) = 3.75 %; times 1.96 = 7.35 % of 1,200 = 88.2
    bands = Bands((0.0, 10.0, 20.0, 40.0), sampled=0.25, design_factor=1.5)
    found = quantile_from_bands(np.array([400.0, 400.0, 400.0]), bands)
    off = Z * 1.5 * math.sqrt(3 * 0.25 / 1200) * 1200
    assert found.value == 15.0
    assert found.low == pytest.approx(10 + (600 - off - 400) / 400 * 10)
    assert found.high == pytest.approx(10 + (600 + off - 400) / 400 * 10)


def test_rounding_alone_makes_an_interval() -> None:
    # one unit, base 5: the bands below err with slope 1/2, the median's own with 0, those above -1/2
    found = quantile_from_bands(np.array([30.0, 40.0, 30.0]), CLOSED, band_variance=np.full(3, 4.0))
    off = Z * math.sqrt(4 * (0.25 + 0.0 + 0.25)) / 100 * 100
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
    floored = quantile_from_bands(np.array([30.0, 10.0]), Bands.of(limits, floor=4.0))
    assert floored.value == pytest.approx(4 + 2 / 3 * 6)
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
