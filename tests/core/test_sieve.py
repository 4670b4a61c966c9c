"""The grid over an area gives what asking every shape gives."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from courtepointe.core.fit import index_shapes, place_blocks, sieve
from courtepointe.core.fit.index import surface_shares, weight_inside
from courtepointe.core.fit.sieve import AskedArea, sieve_of

SIDE = 30
SQUARES = np.array([shapely.box(x, y, x + 1, y + 1) for x in range(SIDE) for y in range(SIDE)])
"""Limits at whole numbers, where areas drawn on the same limits end too."""
LEANING = shapely.transform(SQUARES, lambda p: p @ np.array([[0.8, 0.6], [-0.6, 0.8]]))
"""Turned: their boxes are larger than they are."""
UNITS = index_shapes(np.concatenate([SQUARES, LEANING]))
OF_UNIT = np.arange(UNITS.shapes.size) // 7 - 1
BLOCKS = place_blocks(
    UNITS, np.arange(UNITS.shapes.size) % 5 * 1.0, OF_UNIT, n_units=OF_UNIT.max() + 1
)
"""Those of the first are in no unit, every fifth holds nobody."""


@st.composite
def areas(draw: st.DrawFn) -> shapely.Geometry:
    """Up to three boxes and discs, with a hole perhaps, that need not touch."""
    number = st.integers(-2, SIDE + 2).map(float) | st.floats(-2, SIDE + 2)
    parts = []
    for _ in range(draw(st.integers(1, 3))):
        x, y, size = draw(number), draw(number), draw(st.floats(0.5, SIDE))
        disc = draw(st.booleans())
        shape = shapely.Point(x, y).buffer(size, quad_segs=4) if disc else None
        parts.append(shape or shapely.box(x, y, x + round(size) + 1, y + round(size / 2) + 1))
    area = shapely.union_all(parts)
    hole = shapely.Point(draw(number), draw(number)).buffer(draw(st.floats(0.1, 5)), quad_segs=3)
    return area if draw(st.booleans()) else shapely.difference(area, hole)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(areas())
def test_the_grid_says_what_every_shape_says(area: shapely.Geometry) -> None:
    if shapely.is_empty(area):
        return
    found = []
    for many in (0, 1 << 20):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sieve, "MANY", many)
            near, shares = surface_shares(UNITS, AskedArea(area))
            held = weight_inside(BLOCKS, AskedArea(area))
            found.append((near.tolist(), shares.tolist(), held.tolist()))
    by_grid, one_by_one = found
    assert by_grid == one_by_one


def test_only_what_the_limit_crosses_is_left_in_doubt() -> None:
    area = shapely.box(0, 0, SIDE, SIDE)
    shapely.prepare(area)
    inside, outside = sieve_of(area).sort_out(UNITS.bounds[: SQUARES.size])
    assert inside.all()
    assert not outside.any()
    far = np.array([[SIDE + 1, 0.0, SIDE + 2, 1.0], [-5.0, 3.0, SIDE + 5, 4.0]])
    inside, outside = sieve_of(area).sort_out(far)
    assert not inside.any()
    assert not outside[1]
