"""How many may be both: worked by hand, then for every town."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from courtepointe.core.errors import BadInput
from courtepointe.core.joint import Bounds, Ends, bounds_of, bounds_of_all, narrowed


def exact(*counts: float) -> Ends:
    held = np.array(counts, dtype=np.float64)
    return Ends(held, held)


def test_two_units_worked_by_hand() -> None:
    """80 + 70 of 100: at least 50, at most 70. 10 + 20 of 100: none to 10. Together 50 to 80."""
    told = bounds_of(exact(80, 10), exact(70, 20), exact(100, 100), shares=np.ones(2))
    assert told == Bounds(50.0, 80.0)
    together = bounds_of(exact(90), exact(90), exact(200), shares=np.ones(1))
    assert together == Bounds(0.0, 90.0)


def test_a_split_unit_counts_in_part() -> None:
    told = bounds_of(exact(80), exact(70), exact(100), shares=np.array([0.5]))
    assert told == Bounds(25.0, 35.0)


def test_errors_widen_both_ends() -> None:
    ends = [Ends(np.array([n - 4.0]), np.array([n + 4.0])) for n in (80, 70, 100)]
    assert bounds_of(*ends, shares=np.ones(1)) == Bounds(38.0, 74.0)


def test_what_bounds_have_in_common() -> None:
    assert narrowed(Bounds(0, 90), Bounds(50, 80)) == Bounds(50, 80)
    assert narrowed(Bounds(0, 40), Bounds(50, 80)) is None


def test_ends_that_cannot_be_are_refused() -> None:
    with pytest.raises(BadInput, match="core_interval_reversed"):
        Ends(np.array([2.0]), np.array([1.0]))
    with pytest.raises(BadInput, match="core_not_a_number"):
        Ends(np.array([np.nan]), np.array([1.0]))
    with pytest.raises(BadInput, match="joint_shape"):
        bounds_of(exact(1, 2), exact(1), exact(3), shares=np.ones(2))


people = st.lists(st.tuples(*[st.integers(0, 60)] * 4), min_size=1, max_size=8)


@given(people)
def test_the_truth_lies_within_and_smaller_units_never_tell_less(
    towns: list[tuple[int, int, int, int]],
) -> None:
    """Each unit: both, A only, B only, neither."""
    cells = np.array(towns, dtype=np.float64)
    both, a_only, b_only, _neither = cells.T
    a, b, n = both + a_only, both + b_only, cells.sum(axis=1)
    fine = bounds_of(exact(*a), exact(*b), exact(*n), shares=np.ones(len(towns)))
    coarse = bounds_of(exact(a.sum()), exact(b.sum()), exact(n.sum()), shares=np.ones(1))
    assert fine.low <= both.sum() <= fine.high
    assert coarse.low <= fine.low and fine.high <= coarse.high


def test_three_groups_worked_by_hand() -> None:
    """90, 80 and 70 of 100: at least 90 + 80 + 70 - 200 = 40, at most 70. 10, 20 and 30 of 100: none to 10."""
    some = [exact(90, 10), exact(80, 20), exact(70, 30)]
    assert bounds_of_all(some, exact(100, 100), shares=np.ones(2)) == Bounds(40.0, 80.0)
    with pytest.raises(BadInput, match="joint_shape"):
        bounds_of_all([], exact(1), shares=np.ones(1))


triples = st.lists(st.lists(st.integers(0, 40), min_size=8, max_size=8), min_size=1, max_size=6)


@given(triples)
def test_those_of_three_groups_lie_within_and_one_group_more_raises_no_bound(
    towns: list[list[int]],
) -> None:
    """Each unit: the eight ways to be of A, B and C or not."""
    cells = np.array(towns, dtype=np.float64)
    ways = np.arange(8)
    groups = [Ends(*[cells[:, (ways >> k) & 1 == 1].sum(axis=1)] * 2) for k in range(3)]
    base, shares = Ends(*[cells.sum(axis=1)] * 2), np.ones(len(towns))
    three = bounds_of_all(groups, base, shares=shares)
    two = bounds_of_all(groups[:2], base, shares=shares)
    assert two == bounds_of(groups[0], groups[1], base, shares=shares)
    assert three.low <= cells[:, 7].sum() <= three.high
    assert three.low <= two.low
    assert three.high <= two.high
