"""The surface by sums over edges is what cutting every shape gives, with the grid and without."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from courtepointe.core.fit import index_shapes, limit, place_blocks
from courtepointe.core.fit.index import surface_shares, weight_inside
from courtepointe.core.fit.limit import AskedArea

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


def held(area: shapely.Geometry, *, many: int) -> tuple[np.ndarray, np.ndarray]:
    """Give the part of every unit inside, and what blocks hold of it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(limit, "MANY", many)
        near, shares = surface_shares(UNITS, AskedArea(area))
        part = np.zeros(UNITS.shapes.size)
        part[near] = shares
        assert (shares > 0.0).all()
        assert (np.diff(near) > 0).all()
        return part, weight_inside(BLOCKS, AskedArea(area))


@settings(max_examples=120, deadline=None, derandomize=True)
@given(areas())
def test_edges_say_what_cutting_says(area: shapely.Geometry) -> None:
    if shapely.is_empty(area):
        return
    cut = shapely.area(shapely.intersection(UNITS.shapes, area)) / UNITS.surface_m2
    weight = np.bincount(OF_UNIT + 1, BLOCKS.weight * cut, minlength=OF_UNIT.max() + 2)[1:]
    for many in (0, 1 << 20):
        part, within = held(area, many=many)
        assert part == pytest.approx(cut, abs=2e-9)
        assert within == pytest.approx(weight, abs=1e-6)
    assert (held(area, many=0)[0] == part).all()


def test_holes_parts_and_turns_of_either_way_are_read() -> None:
    ring = shapely.Polygon([(0, 0), (9, 0), (9, 9), (0, 9)], [[(3, 3), (6, 3), (6, 6), (3, 6)]])
    apart = shapely.box(20, 20, 22, 24)
    both = shapely.MultiPolygon([ring, apart])
    turned = shapely.reverse(both)
    shapes = np.array([ring, shapely.reverse(ring), both, turned, apart], np.object_)
    for area in (both, turned, shapely.orient_polygons(both), shapely.box(4, -5, 21, 30)):
        found = AskedArea(area).surfaces(shapes, shapely.bounds(shapes))
        assert found == pytest.approx(shapely.area(shapely.intersection(shapes, area)), abs=1e-9)


def test_far_from_the_origin_a_share_is_as_sure_as_near_it() -> None:
    """As in a metric system: millions of metres from its origin."""
    rng = np.random.default_rng(5)
    corners = shapely.points(rng.uniform(0, 300, (60, 40, 2)) + np.array([7.5e6, 1.2e6]))
    shapes = shapely.convex_hull(shapely.multipoints(corners))
    area = shapely.Point(7_500_150, 1_200_150).buffer(90, quad_segs=64)
    cut = shapely.area(shapely.intersection(shapes, area))
    found = AskedArea(area).surfaces(shapes, shapely.bounds(shapes))
    assert found / shapely.area(shapes) == pytest.approx(cut / shapely.area(shapes), abs=1e-9)


def test_only_what_the_limit_crosses_is_left_in_doubt() -> None:
    area = shapely.box(0, 0, SIDE, SIDE)
    inside, outside = AskedArea(area).sort_out(UNITS.bounds[: SQUARES.size])
    assert not outside.any()
    middle = (UNITS.bounds[: SQUARES.size, :2] > 0) & (UNITS.bounds[: SQUARES.size, 2:] < SIDE)
    assert (inside == middle.all(axis=1)).all()
    far = np.tile([[SIDE + 1, 0.0, SIDE + 2, 1.0], [-5.0, 3.0, SIDE + 5, 4.0]], (limit.MANY, 1))
    inside, outside = AskedArea(area).sort_out(far)
    assert not inside.any()
    assert not outside[1::2].any()


def test_the_grid_leaves_few_in_doubt() -> None:
    area = shapely.Point(15, 15).buffer(11, quad_segs=16)
    inside, outside = AskedArea(area).sort_out(UNITS.bounds[: SQUARES.size])
    certain = shapely.covers(area, SQUARES), shapely.disjoint(area, SQUARES)
    near = shapely.distance(area.boundary, SQUARES) < 22 / limit.FEWEST_SQUARES * 2
    assert (inside == certain[0])[~near].all()
    touching_box = shapely.intersects(shapely.box(*area.bounds), SQUARES)
    assert (outside == certain[1])[~near & touching_box].all()
    assert not (inside & ~certain[0]).any()
    assert not (outside & ~certain[1]).any()
