"""Random rounding to base 5: the numbers that anyone can check."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest

from courtepointe.core.rounding import (
    few_cells_factor,
    few_cells_half_widths,
    rounding_half_width,
    rounding_variance,
    split_half_widths,
    whole_half_widths,
)

Z = 1.959963984540054


def test_one_cell_of_base_five_has_variance_four() -> None:
    # errors 1, 2, 3, 4 with chances 4, 3, 2, 1 in 25, either way
    assert rounding_variance(5) == 2 * (4 * 1 + 3 * 4 + 2 * 9 + 1 * 16) / 25 == 4.0
    assert rounding_variance(3) == pytest.approx(4 / 3)
    assert (rounding_variance(0), rounding_variance(1)) == (0.0, 0.0)


def test_fewer_than_ten_cells_are_convolved() -> None:
    # one cell: 3 holds 23 of 25, that is 92 %; 4 holds all
    assert few_cells_half_widths(5) == (0, 4, 5, 7, 8, 9, 10, 10, 11, 12)


def test_ten_cells_and_more_are_normal() -> None:
    assert rounding_half_width(10) == pytest.approx(Z * 2 * math.sqrt(10))
    assert rounding_half_width(40) == pytest.approx(24.79, abs=0.01)  # "n = 40: plus or minus 25"
    assert rounding_half_width(100) == pytest.approx(39.2, abs=0.01)


@pytest.mark.parametrize("base", [2, 3, 5, 10, 100])
def test_a_sum_of_more_cells_is_never_held_to_err_less(base: int) -> None:
    widths = [rounding_half_width(k, base=base) for k in range(60)]
    assert widths[0] == 0.0
    assert all(a <= b for a, b in pairwise(widths))


def test_counts_that_are_not_rounded_bring_nothing() -> None:
    assert rounding_half_width(40, base=0) == 0.0
    assert whole_half_widths(np.array([0.0, 4.0, 40.0]), base=0).tolist() == [0.0, 0.0, 0.0]
    assert split_half_widths(np.array([[1.0, 0.5]]), cells=1, base=0).tolist() == [0.0]
    assert split_half_widths(np.array([[1.0, 0.5]]), cells=0, base=5).tolist() == [0.0]
    assert few_cells_factor(0) == Z


def test_many_sums_at_once_are_as_one_by_one() -> None:
    counts = np.arange(30.0)
    expected = [rounding_half_width(k) for k in range(30)]
    assert whole_half_widths(counts, base=5).tolist() == pytest.approx(expected)


def test_split_cells() -> None:
    weights = np.array(
        [
            [1.0, 1.0, 1.0],  # three whole cells
            [0.5, 0.5, 0.0],  # half of what two whole cells err
            [1.0, 0.01, 0.0],  # hardly more than one
            [1.0, 1.0, 0.9],  # at least 0.9 of what three err
            [0.0, 0.0, 0.0],
        ]
    )
    found = split_half_widths(weights, cells=1, base=5)
    expected = [7.0, 2.5, 4.0, 2 * Z * math.sqrt(2.81), 0.0]
    assert found.tolist() == pytest.approx(expected)
    assert found[3] > 0.9 * 7


def test_three_cells_a_unit() -> None:
    assert split_half_widths(np.array([[1.0]]), cells=3, base=5).tolist() == [7.0]
    assert split_half_widths(np.array([[0.2]]), cells=3, base=5).tolist() == pytest.approx([1.4])
