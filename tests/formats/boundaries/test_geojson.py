"""GeoJSON for pages: right-handed, short, and read back as the same shapes."""

from __future__ import annotations

import json

import numpy as np
import pytest
import shapely

from courtepointe.formats.boundaries import write_geojson


def features(*shapes: object, **options: object) -> list[dict[str, object]]:
    array = np.empty(len(shapes), dtype=np.object_)
    array[:] = shapes
    written = write_geojson(array, [{"n": i} for i in range(len(shapes))], **options)  # type: ignore[arg-type]
    content = json.loads(written)
    assert content["type"] == "FeatureCollection"
    return list(content["features"])


def test_shells_run_counterclockwise_and_holes_clockwise() -> None:
    clockwise = shapely.Polygon(
        [(0, 0), (0, 4), (4, 4), (4, 0)], [[(1, 1), (2, 1), (2, 2), (1, 2)]]
    )
    shell, hole = features(clockwise)[0]["geometry"]["coordinates"]  # type: ignore[index]
    assert shapely.LinearRing(shell).is_ccw
    assert not shapely.LinearRing(hole).is_ccw


def test_coordinates_are_rounded_and_repeated_points_written_once() -> None:
    shape = shapely.Polygon([(0, 0), (1.123456789, 0), (1.1234567891, 0), (1, 1), (0, 1)])
    ring = features(shape)[0]["geometry"]["coordinates"][0]  # type: ignore[index]
    assert [1.123457, 0.0] in ring
    assert len(ring) == 5
    assert features(shapely.Point(1.26, 2), decimals=1)[0]["geometry"] == {
        "type": "Point",
        "coordinates": [1.3, 2.0],
    }


def test_a_shape_too_small_for_the_rounding_does_not_vanish() -> None:
    tiny = shapely.box(0, 0, 1e-8, 1e-8)
    ring = features(tiny)[0]["geometry"]["coordinates"][0]  # type: ignore[index]
    assert shapely.Polygon(ring).area > 0


def test_a_hole_too_small_for_the_rounding_harms_no_other_shape() -> None:
    hole = [(1, 1), (1 + 1e-9, 1), (1, 1 + 1e-9)]
    holed = shapely.Polygon([(0, 0), (4, 0), (4, 4), (0, 4)], [hole])
    repeating = shapely.Polygon([(0, 0), (1, 0), (1 + 1e-9, 0), (1, 1)])
    shapes = [one["geometry"]["coordinates"] for one in features(repeating, holed, repeating)]  # type: ignore[index]
    assert [len(one[0]) for one in shapes] == [4, 5, 4]


def test_metres_are_taken_to_degrees_and_words_kept_as_they_are() -> None:
    shapes = np.array([shapely.box(299_000, 5_040_000, 299_100, 5_040_100)])
    written = write_geojson(shapes, [{"nom": "L’Île", "n": None}], crs="EPSG:32188")
    assert "L’Île".encode() in written
    (feature,) = json.loads(written)["features"]
    assert feature["properties"] == {"nom": "L’Île", "n": None}
    west, south, *_ = shapely.geometry.shape(feature["geometry"]).bounds
    assert (west, south) == (pytest.approx(-73.57, abs=0.01), pytest.approx(45.50, abs=0.01))


def test_nothing_is_written_as_nothing_and_nan_is_refused() -> None:
    assert features() == []
    with pytest.raises(ValueError, match="JSON"):
        write_geojson(np.array([shapely.Point(0, 0)]), [{"n": float("nan")}])
    with pytest.raises(ValueError, match="zip"):
        write_geojson(np.array([shapely.Point(0, 0)]), [])
