"""What strangers upload: mended where it can be, refused where it must, never trusted."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from tests.support import boundary_files as files

from courtepointe.core.errors import BadInput
from courtepointe.formats.boundaries import Drawn, check_drawn, read_drawn

METRIC = "EPSG:32188"
X, Y, S = files.WEST, files.SOUTH, files.SIDE
BOW_TIE = {
    "type": "Polygon",
    "coordinates": [[[X, Y], [X + S, Y + S], [X + S, Y], [X, Y + S], [X, Y]]],
}


def read(content: Any, filename: str = "mine.geojson", **limits: int) -> Drawn:
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    return read_drawn(raw, filename=filename, to_crs=METRIC, **limits)


def refused(content: Any, filename: str = "mine.geojson", **limits: int) -> BadInput:
    with pytest.raises(BadInput) as raised:
        read(content, filename, **limits)
    return raised.value


def test_one_feature_is_taken_with_its_name() -> None:
    drawn = read(files.geojson([({"nom": "Mon quartier"}, files.polygon())]))
    assert drawn.name == "Mon quartier"
    assert drawn.notices == ()
    assert (drawn.n_features, drawn.n_vertices) == (1, 5)
    assert shapely.area(drawn.shape) == pytest.approx(868_000, rel=0.001)


def test_several_features_become_one_area_without_name() -> None:
    drawn = read(files.geojson([({"name": "a"}, files.polygon()), ({}, files.polygon(1))]))
    assert drawn.notices == ("united",)
    assert drawn.name is None
    assert drawn.shape.geom_type == "Polygon"
    assert shapely.area(drawn.shape) == pytest.approx(2 * 868_000, rel=0.001)


def test_a_crossing_outline_is_mended_with_a_notice() -> None:
    drawn = read(files.geojson([({}, BOW_TIE)]))
    assert drawn.notices == ("repaired",)
    assert drawn.shape.geom_type == "MultiPolygon"


@pytest.mark.parametrize(
    "content",
    [
        files.polygon(),
        {"type": "Feature", "properties": None, "geometry": files.polygon()},
        {"type": "GeometryCollection", "geometries": [files.polygon()]},
        files.geojson(crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC::CRS84"}}),
    ],
)
def test_every_form_of_geojson_is_taken(content: Any) -> None:
    assert read(content).shape.is_valid


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"{", "json_cut"),
        (b'{"type": "FeatureCollection", "features": [,]}', "json_broken"),
        (b'{"type": "FeatureCollection"\xff}', "json_broken"),
        (b'{"type": "Feature", "a": ' + b"[" * 5000 + b"]" * 5000 + b"}", "json_broken"),
        ({"type": "FeatureCollection", "features": []}, "no_features"),
        ({"type": "FeatureCollection", "features": 5}, "not_boundaries"),
        ({"type": "FeatureCollection", "features": [5]}, "not_boundaries"),
        ({"type": "FeatureCollection", "features": {}}, "not_boundaries"),
        (files.geojson([({}, None)]), "shape_empty"),
        (files.geojson([({}, {"type": "Polygon", "coordinates": []})]), "shape_empty"),
        (files.geojson([({}, {"type": "Polygon"})]), "shape_broken"),
        (files.geojson([({}, {"type": "Polygon", "coordinates": "x"})]), "shape_broken"),
        (files.geojson([({}, {"type": "Polygon", "coordinates": [[["a", 1]] * 4]})]), "shape_broken"),
        (files.geojson([({}, {"type": "Polygon", "coordinates": [[[1, 1]]]})]), "shape_broken"),
        (files.geojson([({}, {"type": "Point", "coordinates": [X, Y]})]), "shape_not_polygon"),
        (files.geojson([({}, {"type": "LineString", "coordinates": [[X, Y], [X, S]]})]), "shape_not_polygon"),
        (files.geojson([({}, {"type": ["Polygon"], "coordinates": []})]), "shape_not_polygon"),
        (files.geojson(crs={"properties": {"name": "+proj=longlat +nadgrids=/etc/passwd"}}), "unknown_crs"),
        (files.geojson(crs="EPSG:4326"), "unknown_crs"),
        (files.topojson(), "upload_kind"),
        (b"<OGRVRTDataSource/>", "not_boundaries"),
        (b'{"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": '
         b'{"type": "Polygon", "coordinates": [[[NaN, 1], [2, 2], [3, 1], [NaN, 1]]]}}]}',
         "shape_broken"),
    ],
)  # fmt: skip
def test_broken_and_hostile_geojson_is_refused(content: Any, code: str) -> None:
    error = refused(content)
    assert error.code == code
    assert error.facts.get("file") in ("mine.geojson", None)


def test_an_area_elsewhere_is_refused() -> None:
    tokyo = {"type": "Polygon", "coordinates": [[[139, 35], [140, 35], [140, 36], [139, 35]]]}
    assert refused(tokyo).code == "coordinates_elsewhere"


def test_sizes_have_limits() -> None:
    content = json.dumps(files.geojson()).encode()
    error = refused(content + b" " * 2_000_000, limit_bytes=1_000_000)
    assert (error.code, error.facts["limit"]) == ("file_too_large", 1)
    assert refused(content, vertex_limit=9).code == "too_many_vertices"
    assert read(content, vertex_limit=10).n_vertices == 10
    many = files.geojson([({}, files.polygon())] * 5001)
    assert refused(many).code == "too_many_features"


def test_a_scribble_is_refused_before_it_is_mended() -> None:
    steps = np.arange(2000)
    scribble = np.column_stack([(steps * 7919) % 1999, (steps * 104729) % 1997]).astype(float)
    with pytest.raises(BadInput) as raised:
        check_drawn(shapely.Polygon(scribble))
    assert raised.value.code == "drawn_tangled"
    points = (np.array([X, Y]) + scribble * 1e-5).tolist()
    assert (
        refused({"type": "Polygon", "coordinates": [[*points, points[0]]]}).code == "drawn_tangled"
    )


def test_many_overlapping_circles_are_one_area_and_too_many_are_refused() -> None:
    circles = shapely.buffer(shapely.points(X + 0.001 * np.arange(40), Y), 0.02)
    drawn = read(files.geojson([({}, shapely.geometry.mapping(one)) for one in circles]))
    assert drawn.shape.geom_type == "Polygon"
    many = [({}, shapely.geometry.mapping(circles[0]))] * 1500
    assert refused(files.geojson(many)).code == "drawn_tangled"


def test_texts_that_would_fill_the_memory_are_not_parsed() -> None:
    assert refused(b'{"type": "Feature", "a": [' + b"[],\n" * 700_000).code == "json_cut"
    nested = b'{"type": "Feature", "a": [' + b"[],\n" * 700_000 + b"[]]}"
    assert refused(nested).code == "too_many_vertices"
    assert refused(files.kml(body="<a/>" * 700_000), "a.kml").code == "too_many_vertices"


def test_a_zip_may_not_hold_what_may_not_be_uploaded(tmp_path: Path) -> None:
    path = files.write_json(tmp_path / "a.json", files.topojson())
    zipped = files.zip_files(tmp_path / "a.zip", [path]).read_bytes()
    assert refused(zipped, "a.zip").code == "upload_kind"
    parquet = files.write_geoparquet(tmp_path / "b.parquet")
    zipped = files.zip_files(tmp_path / "b.zip", [parquet]).read_bytes()
    assert refused(zipped, "b.zip").code == "upload_kind"


@pytest.mark.parametrize("name", ["a.shp", "a.exe", "a", "a.vrt", "a.topojson", "a.parquet"])
def test_other_kinds_are_refused_by_name(name: str) -> None:
    error = refused(files.geojson(), name)
    assert error.code == "upload_kind"
    assert ".kml" in str(error.facts["expected"])


def test_the_name_a_person_gives_is_never_a_path(tmp_path: Path) -> None:
    bad = tmp_path / "stays.geojson"
    drawn = read(files.geojson(), f"../../{bad}")
    assert drawn.shape.is_valid
    assert not bad.exists()
    assert refused(b"{", "/vsicurl/http://127.0.0.1/x.geojson").facts["file"] == "x.geojson"
    assert refused(b"{", "C:\\data\\x.geojson").facts["file"] == "x.geojson"


def test_kml_and_kmz_are_taken(tmp_path: Path) -> None:
    assert read(files.kml(), "a.kml").notices == ("united",)
    path = tmp_path / "doc.kml"
    path.write_bytes(files.kml())
    kmz = files.zip_files(tmp_path / "a.kmz", [path]).read_bytes()
    assert read(kmz, "a.kmz").n_features == 2
    unsafe = files.kml(head='<!DOCTYPE kml [<!ENTITY a "b">]>')
    assert refused(unsafe, "a.kml").code == "xml_unsafe"


def test_geopackage_and_zipped_shapefile_are_taken(tmp_path: Path) -> None:
    gpkg = files.write_with_engine(tmp_path / "a.gpkg", "GPKG", crs="EPSG:32188")
    assert read(gpkg.read_bytes(), "a.gpkg").n_features == 2
    assert read_drawn(gpkg, filename="a.gpkg", to_crs=METRIC).n_features == 2
    files.write_with_engine(tmp_path / "b.shp", "ESRI Shapefile", crs="EPSG:2950")
    parts = sorted(tmp_path.glob("b.*"))
    zipped = files.zip_files(tmp_path / "b.zip", parts).read_bytes()
    assert read(zipped, "b.zip").n_features == 2
    assert refused(gpkg.read_bytes()[:5000], "a.gpkg").code == "boundary_file_broken"
    assert refused(zipped[:-50], "b.zip").code == "zip_broken"


def test_a_zip_that_climbs_or_explodes_is_refused(tmp_path: Path) -> None:
    climbing = tmp_path / "a.zip"
    with zipfile.ZipFile(climbing, "w") as archive:
        archive.writestr("../a.geojson", json.dumps(files.geojson()))
    assert refused(climbing.read_bytes(), "a.zip").code == "zip_unsafe_name"
    with zipfile.ZipFile(climbing, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.geojson", b" " * 40_000_000)
    assert refused(climbing.read_bytes(), "a.zip").code == "zip_bomb"


def test_heights_are_dropped_with_a_notice() -> None:
    high = {"type": "Polygon", "coordinates": [[[x, y, 30.0] for x, y in files.ring()]]}
    assert read(high).notices == ("heights_dropped",)


def test_a_shape_drawn_on_the_map_is_checked() -> None:
    drawn = check_drawn(shapely.box(0, 0, 10, 10))
    assert drawn.notices == ()
    assert shapely.area(drawn.shape) == 100
    crossing = check_drawn(shapely.Polygon([(0, 0), (10, 10), (10, 0), (0, 10)]))
    assert crossing.notices == ("repaired",)
    assert shapely.area(crossing.shape) == 50


@pytest.mark.parametrize(
    ("shape", "code"),
    [
        (None, "drawn_empty"),
        (shapely.Polygon(), "drawn_empty"),
        (shapely.Polygon([(0, 0), (1, 1), (2, 2)]), "drawn_empty"),
        (shapely.Point(1, 1), "drawn_not_polygon"),
        (shapely.LineString([(0, 0), (1, 1)]), "drawn_not_polygon"),
        (shapely.Polygon([(0, 0), (np.inf, 1), (2, 2)]), "drawn_not_finite"),
    ],
)
def test_a_drawing_without_surface_is_refused(shape: Any, code: str) -> None:
    with pytest.raises(BadInput) as raised:
        check_drawn(shape)
    assert raised.value.code == code


def test_a_drawing_has_a_limit_of_vertices() -> None:
    circle = shapely.Point(0, 0).buffer(100, quad_segs=100)
    with pytest.raises(BadInput, match="too_many_vertices"):
        check_drawn(circle, vertex_limit=100)
