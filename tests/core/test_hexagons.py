"""Hexagon cartograms: one cell an area, none twice, neighbours kept."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from courtepointe.core.errors import NoAnswer
from courtepointe.core.hexagons import (
    MOST,
    hexagon_layout,
    hexagon_shapes,
    layout_of,
    neighbours_of,
)
from courtepointe.core.typing import Shapes

NO_PAIRS = np.zeros((0, 2), dtype=np.int64)


def grid(wide: int, tall: int) -> Shapes:
    boxes = [
        shapely.box(1000 * x, 1000 * y, 1000 * x + 1000, 1000 * y + 1000)
        for y in range(tall)
        for x in range(wide)
    ]
    return np.array(boxes, dtype=object)


def test_areas_that_meet_at_a_corner_are_no_neighbours() -> None:
    assert neighbours_of(grid(2, 2)).tolist() == [[0, 1], [0, 2], [1, 3], [2, 3]]
    apart = np.array([shapely.box(0, 0, 1, 1), shapely.box(5, 5, 6, 6)], dtype=object)
    assert neighbours_of(apart).shape == (0, 2)


def test_a_row_stays_a_row() -> None:
    made = layout_of(grid(5, 1))
    assert made.kept == 1.0
    assert (np.diff(made.centres[:, 0]) > 0).all(), "west to east"


@pytest.mark.parametrize(("wide", "tall"), [(2, 2), (4, 3), (6, 6)])
def test_a_grid_keeps_its_neighbours(wide: int, tall: int) -> None:
    assert layout_of(grid(wide, tall)).kept >= 0.9


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 5000), st.integers(0, 5000)), min_size=2, max_size=30, unique=True
    )
)
def test_no_two_areas_share_a_hexagon(places: list[tuple[int, int]]) -> None:
    middles = np.array(places, dtype=float)
    made = hexagon_layout(middles, NO_PAIRS)
    assert made.kept == 1.0
    gaps = np.linalg.norm(made.centres[:, None] - made.centres[None], axis=2)
    np.fill_diagonal(gaps, np.inf)
    assert gaps.min() >= made.width * (1 - 1e-9)
    cells = hexagon_shapes(made)
    assert shapely.area(cells) == pytest.approx(np.full(len(places), shapely.area(cells)[0]))
    again = hexagon_layout(middles, NO_PAIRS)
    assert (again.centres == made.centres).all()


def test_areas_on_one_spot_have_a_hexagon_each() -> None:
    made = hexagon_layout(np.zeros((4, 2)), NO_PAIRS)
    assert len({tuple(row) for row in np.round(made.centres, 6).tolist()}) == 4


def test_too_many_and_too_few_are_refused() -> None:
    with pytest.raises(NoAnswer, match="hexagons_too_many"):
        hexagon_layout(np.zeros((MOST + 1, 2)), NO_PAIRS)
    with pytest.raises(NoAnswer, match="hexagons_too_few"):
        hexagon_layout(np.zeros((1, 2)), NO_PAIRS)
