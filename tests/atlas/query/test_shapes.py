"""Map data stays small, and neighbours keep their shared limit."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
import shapely
import shapely.geometry
from tests.support.town import EAST, NORTH, square, town

from courtepointe.atlas.query.atlas import Atlas
from courtepointe.atlas.query.shapes import geometry, simplified
from courtepointe.core.coverage import noded


def wavy(x: float, *, bend: float = 4.0) -> list[tuple[float, float]]:
    """Draw a northward line with small bends."""
    steps = np.linspace(0, 1000, 101)
    return [(EAST + x + bend * np.sin(y / 15), NORTH + y) for y in steps]


def neighbours() -> np.ndarray:
    """Draw two areas on both sides of a wavy line."""
    line = wavy(500)
    corners = [
        (EAST, NORTH),
        (EAST + 1000, NORTH),
        (EAST + 1000, NORTH + 1000),
        (EAST, NORTH + 1000),
    ]
    west = shapely.Polygon([corners[0], *line, corners[3]])
    east = shapely.Polygon([*line, corners[2], corners[1]])
    return np.array([west, east], dtype=object)


def test_neighbours_simplify_alike() -> None:
    shapes = neighbours()
    simple = simplified(shapes, tolerance_m=20.0)
    assert shapely.coverage_is_valid(simple)
    assert (
        shapely.get_num_coordinates(simple).sum() < 0.2 * shapely.get_num_coordinates(shapes).sum()
    )
    assert shapely.union_all(simple).area == pytest.approx(1_000_000, rel=1e-3)


def test_without_tolerance_nothing_moves() -> None:
    shapes = neighbours()
    assert shapely.equals_exact(simplified(shapes, tolerance_m=0.0), shapes).all()


def test_shapes_whose_limits_cross_are_noded_first() -> None:
    shapes = np.array([square(0, 0, 1000.3, 1000), square(1000, 0, 2000, 1000)], dtype=object)
    assert not shapely.coverage_is_valid(shapes)
    cut = noded(shapes)
    assert shapely.coverage_is_valid(cut)
    # The strip of 30 cm goes to the first.
    assert shapely.area(cut) == pytest.approx([1_000_300, 999_700])


def test_an_area_wholly_under_another_keeps_its_own_shape_on_the_map() -> None:
    shapes = np.array([square(0, 0, 1000, 1000), square(100, 100, 200, 200)], dtype=object)
    simple = simplified(shapes, tolerance_m=5.0)
    assert not shapely.is_empty(simple).any()


def test_geojson_is_rounded_and_keeps_holes_and_parts() -> None:
    ring = shapely.box(-73.6, 45.5, -73.5, 45.6).difference(
        shapely.box(-73.56, 45.54, -73.55, 45.55)
    )
    two = shapely.union(ring, shapely.box(-73.4, 45.5, -73.3000001234, 45.6))
    drawn = geometry(two)
    assert drawn["type"] == "MultiPolygon"
    assert sorted(len(part) for part in drawn["coordinates"]) == [1, 2]
    assert "0001234" not in json.dumps(drawn)
    assert shapely.geometry.shape(drawn).area == pytest.approx(two.area, rel=1e-5)
    assert geometry(shapely.box(0, 0, 1e-7, 1e-7))["coordinates"] == []


def test_map_data_names_every_area_in_order() -> None:
    atlas = Atlas(town())
    drawn = atlas.map_shapes("quartier", tolerance_m=10.0)
    assert [f["properties"]["key"] for f in drawn["features"]] == [
        f"quartier:2014:{code}" for code in "1234"
    ]
    first = drawn["features"][0]
    assert (first["id"], first["properties"]["fr"]) == (0, "Vieux-Moulin")
    west, south, east, north = shapely.geometry.shape(first["geometry"]).bounds
    assert atlas.areas("quartier")[0].bounds == pytest.approx((west, south, east, north), abs=1e-3)
    json.dumps(drawn, allow_nan=False)


def test_map_data_of_a_division_shows_it_without_overlaps() -> None:
    pack = town()
    drawn = Atlas(pack).map_shapes("quartier", tolerance_m=0.0)["features"]
    shapes = [shapely.geometry.shape(feature["geometry"]) for feature in drawn]
    overlap = shapely.intersection(shapes[0], shapes[1]).area
    assert overlap / shapes[0].area < 1e-4
    raw = Atlas(replace(pack, division_shapes={})).map_shapes("quartier", tolerance_m=0.0)
    shapes = [shapely.geometry.shape(feature["geometry"]) for feature in raw["features"]]
    assert shapely.intersection(shapes[0], shapes[1]).area / shapes[0].area > 0.05
