"""Polygons mended, compared and cleared of overlaps, on squares that a child can check."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from courtepointe.core import shapes as core
from courtepointe.core.typing import Shapes


def array(*shapes: object) -> Shapes:
    made = np.empty(len(shapes), dtype=np.object_)
    made[:] = shapes
    return made


def square(x: float, y: float, side: float = 10.0) -> shapely.Polygon:
    return shapely.box(x, y, x + side, y + side)


BOW_TIE = shapely.Polygon([(0, 0), (10, 10), (10, 0), (0, 10)])


def test_a_bow_tie_becomes_its_two_wings() -> None:
    mended = core.repair(array(BOW_TIE))
    assert mended.changed.tolist() == [True]
    assert mended.reasons[0].startswith("Self-intersection[5 5]")
    assert shapely.area(mended.shapes[0]) == 50.0
    assert shapely.is_valid(mended.shapes[0])


def test_a_valid_shape_is_left_alone() -> None:
    given_shapes = array(square(0, 0), BOW_TIE)
    mended = core.repair(given_shapes)
    assert mended.shapes[0] is given_shapes[0]
    assert mended.reasons[0] == ""
    assert given_shapes[1] is BOW_TIE, "the shapes that came in are not changed"


def test_a_shape_without_surface_comes_out_empty() -> None:
    spike = shapely.Polygon([(0, 0), (10, 0), (0, 0)])
    mended = core.repair(array(spike))
    assert mended.changed[0]
    assert shapely.is_empty(mended.shapes[0])


def test_a_hole_survives_the_repair() -> None:
    holed = shapely.Polygon(
        [(0, 0), (10, 0), (10, 10), (5, 10), (5, 12), (5, 10), (0, 10)],
        [[(2, 2), (4, 2), (4, 4), (2, 4)]],
    )
    assert shapely.area(core.repair(array(holed)).shapes[0]) == 96.0


def test_surfaces_drop_lines_and_points_and_look_inside_collections() -> None:
    line = shapely.LineString([(0, 0), (1, 1)])
    nested = shapely.GeometryCollection(
        [line, shapely.GeometryCollection([square(0, 0), shapely.Point(3, 3)]), square(20, 0)]
    )
    kept = core.surfaces(array(nested, line, square(0, 0)))
    assert [shapely.get_num_geometries(one) for one in kept] == [2, 0, 1]
    assert kept[0].geom_type == "MultiPolygon"
    assert kept[1].geom_type == "MultiPolygon"


def test_overlaps_give_pairs_in_order_with_their_surface() -> None:
    shapes = array(square(100, 0), square(8, 0), square(0, 0), square(9, 9))
    found = core.overlaps(shapes)
    assert list(zip(found.first, found.second, found.area_m2, strict=True)) == [
        (1, 2, 20.0),
        (1, 3, 9.0),
        (2, 3, 1.0),
    ]


def test_neighbours_that_touch_do_not_overlap() -> None:
    shapes = array(square(0, 0), square(10, 0), square(10, 10), square(20, 5))
    assert len(core.overlaps(shapes)) == 0


def test_a_shape_inside_another_overlaps_it() -> None:
    found = core.overlaps(array(square(0, 0), square(3, 3, 2)))
    assert found.area_m2.tolist() == [4.0]


def test_small_overlaps_may_be_left_out() -> None:
    shapes = array(square(0, 0), square(9, 9), square(8, 0))
    assert core.overlaps(shapes, min_m2=1.0).area_m2.tolist() == [20.0, 9.0]
    assert len(core.overlaps(shapes, min_m2=25.0)) == 0


def test_nothing_has_no_overlaps_gaps_or_duplicates() -> None:
    none = array()
    assert len(core.overlaps(none)) == 0
    assert len(core.gaps(none)) == 0
    assert core.duplicates(none)[0].size == 0
    assert len(core.resolve_overlaps(none).shapes) == 0


RING_OF_EIGHT = [square(x, y) for x in (0, 10, 20) for y in (0, 10, 20) if (x, y) != (10, 10)]


def test_a_gap_is_a_hole_that_neighbours_leave() -> None:
    found = core.gaps(array(*RING_OF_EIGHT))
    assert found.area_m2.tolist() == [100.0]
    assert found.shapes[0].equals(square(10, 10))


def test_gaps_are_found_where_edges_do_not_match_too_and_small_ones_left_out() -> None:
    half = shapely.box(10, 10, 20, 14.5)
    found = core.gaps(array(*RING_OF_EIGHT, half, shapely.box(10, 15, 20, 20)))
    assert found.area_m2.tolist() == [5.0]
    assert len(core.gaps(array(*RING_OF_EIGHT, half), min_m2=60.0)) == 0


def test_a_hole_that_another_shape_fills_is_no_gap() -> None:
    assert len(core.gaps(array(*RING_OF_EIGHT, square(10, 10)))) == 0


def test_duplicates_name_the_earliest_whatever_the_ring_begins_with() -> None:
    turned = shapely.Polygon([(10, 10), (10, 0), (0, 0), (0, 10)])
    first, second = core.duplicates(array(square(0, 0), square(5, 5), turned, square(0, 0)))
    assert first.tolist() == [0, 0]
    assert second.tolist() == [2, 3]


def test_overlaps_go_to_the_lower_position() -> None:
    resolved = core.resolve_overlaps(array(square(0, 0), square(8, 0), square(4, 0)))
    assert [shapely.area(one) for one in resolved.shapes] == [100.0, 80.0, 0.0]
    assert resolved.lost_m2.tolist() == [0.0, 20.0, 100.0]
    assert shapely.is_empty(resolved.shapes[2])


def test_overlaps_already_found_need_not_be_found_again() -> None:
    shapes = array(square(0, 0), square(8, 0))
    again = core.resolve_overlaps(shapes, found=core.overlaps(shapes))
    assert again.lost_m2.tolist() == [0.0, 20.0]


def test_edges_of_an_honest_outline_meet_few_others() -> None:
    circle = shapely.Point(0, 0).buffer(100, quad_segs=1000)
    met, pairs = core.edge_meetings(array(circle))
    assert met == pytest.approx(3.0, abs=0.1)
    assert pairs == pytest.approx(12_000, rel=0.05)
    assert core.edge_meetings(array()) == (0.0, 0.0)


def test_edges_of_a_scribble_meet_a_part_of_all() -> None:
    steps = np.arange(1000)
    scribble = shapely.Polygon(np.column_stack([(steps * 7919) % 997, (steps * 104_729) % 991]))
    met, pairs = core.edge_meetings(array(scribble))
    assert met > 100
    assert pairs > 100_000


boxes = st.builds(
    lambda x, y, w, h: shapely.box(x, y, x + w, y + h),
    *[st.integers(0, 12)] * 2,
    *[st.integers(1, 6)] * 2,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(boxes, min_size=1, max_size=12))
def test_fast_overlaps_are_those_of_every_pair_compared(drawn: list[shapely.Polygon]) -> None:
    shapes = array(*drawn)
    found = core.overlaps(shapes)
    slow = [
        (i, j, one.intersection(other).area)
        for i, one in enumerate(drawn)
        for j, other in enumerate(drawn)
        if i < j and one.intersection(other).area > 0
    ]
    assert list(zip(found.first, found.second, found.area_m2, strict=True)) == slow


@settings(max_examples=60, deadline=None)
@given(st.lists(boxes, min_size=1, max_size=12))
def test_resolved_shapes_cover_the_same_ground_once(drawn: list[shapely.Polygon]) -> None:
    resolved = core.resolve_overlaps(array(*drawn))
    assert len(core.overlaps(resolved.shapes, min_m2=1e-9)) == 0
    assert shapely.area(resolved.shapes).sum() == pytest.approx(shapely.union_all(drawn).area)
