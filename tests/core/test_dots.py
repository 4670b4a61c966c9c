"""Dots: whole ones, shared out fairly, inside their shapes, the same every time."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from courtepointe.core.dots import apportion, apportion_within, scatter
from courtepointe.core.errors import BadInput

counts = st.lists(st.integers(0, 5000).map(float), min_size=1, max_size=40)


def test_shares_are_worked_by_hand() -> None:
    assert apportion(np.array([10.0, 20.0, 30.0]), total=6).tolist() == [1, 2, 3]
    assert apportion(np.array([1.0, 1.0, 1.0]), total=2).tolist() == [1, 1, 0], "the first is first"
    assert apportion(np.array([0.0, 7.0]), total=3).tolist() == [0, 3]
    assert apportion(np.array([0.0, 0.0]), total=3).tolist() == [0, 0]


@given(counts, st.integers(0, 300))
def test_dots_add_up_and_nobody_is_more_than_one_away(held: list[float], total: int) -> None:
    found = np.array(held)
    dots = apportion(found, total=total)
    if found.sum() == 0:
        assert dots.sum() == 0
        return
    assert dots.sum() == total
    assert (np.abs(dots - found * total / found.sum()) < 1 + 1e-6).all()
    assert (dots[found == 0] == 0).all()


@pytest.mark.parametrize("held", [[-1.0, 2.0], [np.nan, 1.0], [np.inf]])
def test_counts_that_are_none_are_refused(held: list[float]) -> None:
    with pytest.raises(BadInput, match="dot_counts"):
        apportion(np.array(held), total=3)
    with pytest.raises(BadInput, match="dot_counts"):
        apportion(np.array([1.0]), total=-1)


def test_each_group_shares_its_own_dots() -> None:
    dots = apportion_within(
        np.array([3.0, 1.0, 5.0, 5.0]), group=np.array([1, 1, 0, 0]), totals=np.array([4, 4])
    )
    assert dots.tolist() == [3, 1, 2, 2]


def squares(*corners: tuple[float, float]) -> np.ndarray:
    return np.array([shapely.box(x, y, x + 10, y + 10) for x, y in corners], dtype=object)


def test_dots_lie_in_their_shapes_and_stay_there() -> None:
    ring = shapely.Point(0, 0).buffer(10).difference(shapely.Point(0, 0).buffer(6))
    shapes = np.array([ring, shapely.box(50, 50, 60, 60)], dtype=object)
    seeds = np.array([7, 9], dtype=np.uint64)
    points, owner = scatter(shapes, np.array([200, 30]), seeds=seeds)
    assert owner.tolist() == [0] * 200 + [1] * 30
    assert shapely.contains_xy(shapes[owner], points[:, 0], points[:, 1]).all()
    again, _ = scatter(shapes, np.array([200, 30]), seeds=seeds)
    assert (again == points).all()
    fewer, _ = scatter(shapes, np.array([10, 30]), seeds=seeds)
    assert (fewer[10:] == points[200:]).all(), "what happens in one moves no dot of another"
    other, _ = scatter(shapes, np.array([200, 30]), seeds=np.array([8, 9], dtype=np.uint64))
    assert not (other[:200] == points[:200]).any() and (other[200:] == points[200:]).all()


def test_dots_are_even_over_the_surface() -> None:
    points, _ = scatter(squares((0, 0)), np.array([4000]), seeds=np.array([1], dtype=np.uint64))
    cells, _, _ = np.histogram2d(points[:, 0], points[:, 1], bins=4, range=[[0, 10], [0, 10]])
    expected = 4000 / 16
    # Chi-square with 15 degrees: over 37.7 once in a thousand.
    assert ((cells - expected) ** 2 / expected).sum() < 37.7


def test_a_sliver_still_holds_its_dots() -> None:
    sliver = shapely.Polygon([(0, 0), (1000, 1000), (1000, 1000.001)])
    points, _ = scatter(
        np.array([sliver], dtype=object), np.array([3]), seeds=np.array([1], dtype=np.uint64)
    )
    assert np.isfinite(points).all() and (points[:, 0] > 0).all()
