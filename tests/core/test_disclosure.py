"""Small counts: the threshold, the table, the overlapping areas, each worked by hand."""

import numpy as np
import pytest
import scipy.sparse as sp

from courtepointe.core.disclosure import Sums, is_small, revealed, tellable
from courtepointe.core.errors import BadInput


def rows(*sets: set[int], n_units: int = 4) -> sp.csr_matrix:
    """Sums of whole units."""
    matrix = np.array([[float(unit in one) for unit in range(n_units)] for one in sets])
    return sp.csr_matrix(matrix.reshape(len(sets), n_units))


COUNTS = np.array([100.0, 50.0, 3.0, 0.0])


def test_a_true_zero_is_told_and_a_few_are_not() -> None:
    small = is_small(np.array([0.0, 1.0, 4.0, 5.0, 100.0]), least=5)
    assert small.tolist() == [False, True, True, False, False]
    assert is_small(np.array([4.999, 5.0]), least=5).tolist() == [True, False]


def test_the_threshold_itself_is_refused_when_it_protects_nobody() -> None:
    with pytest.raises(BadInput, match="protection_least"):
        is_small(np.array([3.0]), least=0.5)
    with pytest.raises(BadInput, match="core_negative_count"):
        is_small(np.array([-2.0]), least=5)
    with pytest.raises(BadInput, match="core_not_a_number"):
        is_small(np.array([np.nan]), least=5)


def test_a_suppressed_cell_needs_a_companion() -> None:
    """City 153 = 100 + 50 + 3 + 0: with 3 alone kept back, 153 - 150 gives it away."""
    asked = rows({0, 1, 2, 3}, {0}, {1}, {2}, {3})
    assert tellable(asked, COUNTS, least=5).tolist() == [True, True, False, False, True]


def test_the_order_decides_which_companion_is_kept_back() -> None:
    asked = rows({0, 1, 2, 3}, {1}, {0}, {2}, {3})
    assert tellable(asked, COUNTS, least=5).tolist() == [True, True, False, False, True]


def test_an_area_less_a_little_is_refused_after_the_whole() -> None:
    """Somebody draws a quarter, then the same quarter without one street of 3."""
    asked = rows({0, 1})
    told = rows({0, 1, 2})
    assert tellable(asked, COUNTS, least=5, told=told).tolist() == [False]
    assert tellable(asked, COUNTS, least=5).tolist() == [True]
    assert tellable(told, COUNTS, least=5, told=told).tolist() == [True], "the same question again"


def test_a_long_chain_is_seen_too() -> None:
    """{0,1} + {1,2} + {0,2} give each unit: (a + b + c) / 2."""
    counts = np.array([10.0, 20.0, 3.0])
    asked = rows({0, 1}, {1, 2}, {0, 2}, n_units=3)
    assert tellable(asked, counts, least=5).tolist() == [True, True, False]


def test_two_overlapping_areas_may_both_be_told_when_they_hide_enough() -> None:
    counts = np.array([40.0, 3.0, 40.0])
    asked = rows({0, 1}, {1, 2}, n_units=3)
    assert tellable(asked, counts, least=5).tolist() == [True, True]


def test_a_small_group_of_two_parts_is_seen() -> None:
    """Units 1 and 2 count 4 together; no sum gives one of them, their sum can be worked out."""
    counts = np.array([50.0, 2.0, 2.0, 60.0])
    told = Sums.over(rows({0}, {0, 1, 2}, {1, 3}), counts)
    assert (1, 2) in revealed(told, counts, least=5)


def test_what_an_area_splits_is_audited_by_its_share() -> None:
    told = Sums.over(sp.csr_matrix([[1.0, 1.0, 0.0], [1.0, 0.5, 0.0]]), np.array([90.0, 4.0, 7.0]))
    assert revealed(told, np.array([90.0, 4.0, 7.0]), least=5) == ((1,),)


def test_what_was_given_away_before_is_not_held_against_a_new_sum() -> None:
    told = rows({0, 1, 2}, {0, 1})
    asked = rows({0}, {0, 1, 2, 3})
    assert tellable(asked, COUNTS, least=5, told=told).tolist() == [True, True]


def test_shapes_must_agree() -> None:
    with pytest.raises(BadInput, match="core_shape"):
        revealed(Sums.over(rows({0}), COUNTS), COUNTS[:2], least=5)
