"""The fast dynamic programme cuts as well as every cut tried."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.oracle.slow_clusters import cost_of, least_cost

from courtepointe.core.clusters import best_clusters
from courtepointe.core.errors import BadInput

tenths = st.integers(-5000, 5000).map(lambda n: n / 10)


@st.composite
def weighted(draw: st.DrawFn) -> tuple[list[float], list[int], int]:
    values = sorted(draw(st.sets(tenths, min_size=1, max_size=14)))
    weights = [draw(st.integers(1, 9)) for _ in values]
    return values, weights, draw(st.integers(1, min(6, len(values))))


@settings(max_examples=120, deadline=None)
@given(weighted())
def test_no_other_cut_costs_less(asked: tuple[list[float], list[int], int]) -> None:
    values, weights, number = asked
    ends = best_clusters(np.array(values), np.array(weights, dtype=float), number=number)
    told = ends.tolist()
    assert len(told) == number and told == sorted(set(told)) and told[-1] == len(values) - 1
    least = least_cost(values, weights, number)
    assert cost_of(values, weights, told) - least <= least / 10**12


def test_runs_are_worked_by_hand() -> None:
    ends = best_clusters(np.array([1.0, 2.0, 9.0, 10.0, 30.0]), np.ones(5), number=3)
    assert ends.tolist() == [1, 3, 4]
    # 0 | 1 2 and 0 1 | 2 cost the same: the earliest cut is kept.
    assert best_clusters(np.array([0.0, 1.0, 2.0]), np.ones(3), number=2).tolist() == [0, 2]
    # A value that occurs often draws the cut away from itself.
    heavy = best_clusters(np.array([0.0, 1.0, 2.0]), np.array([9.0, 9.0, 1.0]), number=2)
    assert heavy.tolist() == [0, 2]


def test_values_far_from_zero_are_cut_like_those_near_it() -> None:
    near = np.array([0.0, 0.25, 0.75, 5.0, 5.25, 9.0])
    for number in (2, 3, 4):
        told = [best_clusters(near + far, np.ones(6), number=number).tolist() for far in (0.0, 1e9)]
        assert told[0] == told[1]


@pytest.mark.parametrize("number", [0, 4, -1])
def test_more_runs_than_values_or_none_are_refused(number: int) -> None:
    with pytest.raises(BadInput, match="class_number"):
        best_clusters(np.array([1.0, 2.0, 3.0]), np.ones(3), number=number)
