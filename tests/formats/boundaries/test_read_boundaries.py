"""Shapes judged: repaired and told, or refused by row; coordinate systems believed or not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import shapely
from tests.support import boundary_files as files

from courtepointe.core.errors import BadInput
from courtepointe.formats.boundaries import read_boundaries
from courtepointe.formats.boundaries.values import BoundaryFile

METRIC = "EPSG:32188"
X, Y, S = files.WEST, files.SOUTH, files.SIDE
BOW_TIE = {
    "type": "Polygon",
    "coordinates": [[[X, Y], [X + S, Y + S], [X + S, Y], [X, Y + S], [X, Y]]],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def read(folder: Path, *geometries: Any, crs: str | None = None, **members: Any) -> BoundaryFile:
    features = [({"code": str(place)}, geometry) for place, geometry in enumerate(geometries)]
    path = files.write_json(folder / "a.geojson", files.geojson(features, **members))
    return read_boundaries(path, to_crs=METRIC, crs=crs)


def refused(folder: Path, *geometries: Any, **options: Any) -> BadInput:
    with pytest.raises(BadInput) as raised:
        read(folder, *geometries, **options)
    return raised.value


def legacy(name: str) -> dict[str, Any]:
    return {"type": "name", "properties": {"name": name}}


def test_a_bow_tie_is_mended_and_told(folder: Path) -> None:
    found = read(folder, files.polygon(2), BOW_TIE)
    (repair,) = found.repairs
    assert (repair.position, repair.row) == (1, 2)
    assert repair.reason.startswith("Self-intersection[")
    assert repair.area_before == pytest.approx(0, abs=2000)
    assert repair.area_after == pytest.approx(434_000, rel=0.01)
    assert shapely.is_valid(found.shapes).all()


@pytest.mark.parametrize(
    ("geometry", "code"),
    [
        (None, "shape_empty"),
        ({"type": "Polygon", "coordinates": []}, "shape_empty"),
        ({"type": "GeometryCollection", "geometries": []}, "shape_empty"),
        ({"type": "Polygon", "coordinates": [[[X, Y], [X + S, Y], [X, Y + S]]]}, "shape_broken"),
        ({"type": "Polygon", "coordinates": [[[X, Y], [X + S, Y], [X, Y]]]}, "shape_empty"),
        ({"type": "Polygon", "coordinates": [[[X, Y], [X + S, Y], [X, Y], [X, Y]]]}, "shape_empty"),
        ({"type": "Point", "coordinates": [X, Y]}, "shape_not_polygon"),
        ({"type": "LineString", "coordinates": files.ring()}, "shape_not_polygon"),
        (
            {
                "type": "GeometryCollection",
                "geometries": [files.polygon(), {"type": "Point", "coordinates": [X, Y]}],
            },
            "shape_not_polygon",
        ),
    ],
)
def test_what_is_no_surface_is_refused_by_row(folder: Path, geometry: Any, code: str) -> None:
    error = refused(folder, files.polygon(), geometry)
    assert (error.code, error.facts["row"]) == (code, 2)


def test_a_collection_of_polygons_is_one_area(folder: Path) -> None:
    both = {"type": "GeometryCollection", "geometries": [files.polygon(), files.polygon(2)]}
    found = read(folder, both)
    assert found.shapes[0].geom_type == "MultiPolygon"
    assert shapely.get_num_geometries(found.shapes[0]) == 2


def test_heights_are_dropped_and_counted(folder: Path) -> None:
    high = {"type": "Polygon", "coordinates": [[[x, y, 30.0] for x, y in files.ring()]]}
    found = read(folder, files.polygon(2), high)
    assert found.n_heights_dropped == 1
    assert not shapely.has_z(found.shapes).any()


def test_remarks_of_the_engine_are_kept(folder: Path) -> None:
    # An id that comes twice is altered by the engine; nothing of ours rests on it.
    content = files.geojson()
    for feature in content["features"]:
        feature["id"] = 7
    path = files.write_json(folder / "a.geojson", content)
    found = read_boundaries(path, to_crs=METRIC)
    assert len(found) == 2
    assert "id = 7" in found.notes[0]


@pytest.mark.parametrize(
    "name",
    ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "urn:ogc:def:crs:EPSG::4326", "EPSG:4269"],
)
def test_longitude_comes_first_whatever_the_authority_says(folder: Path, name: str) -> None:
    found = read(folder, files.polygon())
    declared = files.write_json(
        folder / "b.geojson", files.geojson([({}, files.polygon())], crs=legacy(name))
    )
    other = read_boundaries(declared, to_crs=METRIC)
    assert shapely.bounds(other.shapes[0]) == pytest.approx(
        list(shapely.bounds(found.shapes[0])), abs=3.0
    )


def test_the_old_crs_member_may_be_metric(folder: Path) -> None:
    box = shapely.geometry.mapping(shapely.box(299_000, 5_040_000, 299_100, 5_040_100))
    path = files.write_json(
        folder / "a.geojson", files.geojson([({}, box)], crs=legacy("EPSG:32188"))
    )
    found = read_boundaries(path, to_crs=METRIC)
    assert found.source_crs == "EPSG:32188"
    assert shapely.area(found.shapes[0]) == 10_000


def test_what_a_person_states_wins_over_the_file(folder: Path) -> None:
    box = shapely.geometry.mapping(shapely.box(299_000, 5_040_000, 299_100, 5_040_100))
    found = read(folder, box, crs="EPSG:32188")
    assert shapely.area(found.shapes[0]) == 10_000


def test_metres_in_a_file_of_degrees_are_refused(folder: Path) -> None:
    box = shapely.geometry.mapping(shapely.box(299_000, 5_040_000, 299_100, 5_040_100))
    error = refused(folder, files.polygon(), box)
    assert (error.code, error.facts["row"]) == ("coordinates_not_degrees", 2)
    assert error.facts["value"] == "299000, 5.04e+06"


def test_degrees_in_a_file_of_metres_are_refused(folder: Path) -> None:
    assert refused(folder, files.polygon(), crs="EPSG:32188").code == "coordinates_degrees"


@pytest.mark.parametrize("side", [0.01, 100.0])
def test_latitude_first_is_refused_and_called_so(folder: Path, side: float) -> None:
    swapped = [[y, x] for x, y in files.ring()]
    assert refused(folder, {"type": "Polygon", "coordinates": [swapped]}).code == (
        "coordinates_swapped"
    )
    # Longitudes over 90 leave no doubt, wherever the atlas is.
    west = {"type": "Polygon", "coordinates": [[[49, -123], [50, -123], [50, -122], [49, -123]]]}
    assert refused(folder, west).code == "coordinates_swapped"


def test_shapes_on_the_other_side_of_the_world_are_refused(folder: Path) -> None:
    tokyo = {"type": "Polygon", "coordinates": [[[139, 35], [140, 35], [140, 36], [139, 35]]]}
    error = refused(folder, tokyo)
    assert (error.code, error.facts["expected"]) == ("coordinates_elsewhere", METRIC)


def test_an_unknown_system_is_refused(folder: Path) -> None:
    assert refused(folder, files.polygon(), crs="EPSG:999999").code == "unknown_crs"
