"""The same two squares from every format, and what each format may have wrong."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
from tests.support import boundary_files as files

from courtepointe.core.errors import BadInput
from courtepointe.formats.boundaries import list_layers, read_boundaries
from courtepointe.formats.boundaries.values import BoundaryFile

METRIC = "EPSG:32188"
SQUARE_M2 = 868_000.0
"""Some 781 m by 1 112 m at that latitude."""


def read(path: Path, **options: str) -> BoundaryFile:
    return read_boundaries(path, to_crs=METRIC, **options)


def refused(path: Path, **options: str) -> BadInput:
    with pytest.raises(BadInput) as raised:
        read(path, **options)
    return raised.value


def a_geojson(folder: Path) -> Path:
    return files.write_json(folder / "a.geojson", files.geojson())


def a_topojson(folder: Path) -> Path:
    return files.write_json(folder / "a.topojson", files.topojson())


def a_geopackage(folder: Path) -> Path:
    return files.write_with_engine(folder / "a.gpkg", "GPKG", crs="EPSG:3347")


def a_shapefile(folder: Path) -> Path:
    return files.write_with_engine(folder / "a.shp", "ESRI Shapefile", crs="EPSG:2950")


def a_zipped_shapefile(folder: Path) -> Path:
    path = a_shapefile(folder)
    parts = sorted(path.parent.glob("a.*"))
    return files.zip_files(folder / "z.zip", parts, folder="in a folder/")


def a_geoparquet(folder: Path) -> Path:
    return files.write_geoparquet(folder / "a.parquet")


def a_kml(folder: Path) -> Path:
    path = folder / "a.kml"
    path.write_bytes(files.kml())
    return path


def a_kmz(folder: Path) -> Path:
    return files.zip_files(folder / "a.kmz", [a_kml(folder)])


def a_zipped_geojson(folder: Path) -> Path:
    return files.zip_files(folder / "a.zip", [a_geojson(folder)])


WRITERS = [
    a_geojson, a_topojson, a_geopackage, a_shapefile, a_zipped_shapefile, a_geoparquet, a_kml,
    a_kmz, a_zipped_geojson,
]  # fmt: skip


@pytest.mark.parametrize("write", WRITERS)
def test_every_format_gives_the_same_areas(write: Callable[[Path], Path], tmp_path: Path) -> None:
    found = read(write(tmp_path))
    name = "name" if write in (a_kml, a_kmz) else "code"
    assert found.attributes.texts(name) == ("A", "Œ")
    assert found.attributes.texts("n") == ("12", "7"), "whole numbers have no decimals"
    assert found.attributes.row_numbers.tolist() == [1, 2]
    assert shapely.area(found.shapes) == pytest.approx([SQUARE_M2, SQUARE_M2], rel=0.001)
    assert shapely.bounds(found.shapes[0])[0] == pytest.approx(297_000, abs=100)
    assert found.repairs == ()
    assert found.notes == ()


@pytest.mark.parametrize("write", WRITERS)
def test_every_format_refuses_a_file_that_was_cut(
    write: Callable[[Path], Path], tmp_path: Path
) -> None:
    path = write(tmp_path)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) * 2 // 3])
    assert refused(path).code in (
        "json_cut", "boundary_file_broken", "zip_broken", "broken_parquet", "xml_broken",
    )  # fmt: skip


@pytest.mark.parametrize("write", WRITERS)
def test_a_name_that_says_another_format_is_refused(
    write: Callable[[Path], Path], tmp_path: Path
) -> None:
    path = write(tmp_path)
    wrong = path.rename(tmp_path / ("b.kml" if path.suffix != ".kml" else "b.gpkg"))
    assert refused(wrong).code == "not_what_its_name_says"


@pytest.mark.parametrize("write", WRITERS)
def test_a_file_without_suffix_is_told_by_its_content(
    write: Callable[[Path], Path], tmp_path: Path
) -> None:
    path = write(tmp_path)
    if path.suffix == ".shp":
        path = files.zip_files(tmp_path / "s.zip", sorted(tmp_path.glob("a.*")))
    assert len(read(path.rename(tmp_path / "nameless"))) == 2


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"  hello", "not_boundaries"),
        (b"<!doctype html><html>", "web_page_instead"),
        (b"<OGRVRTDataSource><OGRVRTLayer name='x'/></OGRVRTDataSource>", "not_boundaries"),
        (b'{"a": 1}', "not_boundaries"),
        (b"[1, 2]", "not_boundaries"),
        (b'{"type": "FeatureCollection", "features": []}', "no_features"),
        (b'{"type": "FeatureCollection", "features": [}', "boundary_file_broken"),
        (b'{"type": "FeatureCollection", "features": [', "json_cut"),
    ],
)
def test_what_holds_no_boundaries_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(content)
    assert refused(path).code == code


def test_paths_that_the_engine_would_fetch_are_no_files(tmp_path: Path) -> None:
    assert refused(Path("/vsicurl/http://127.0.0.1/a.geojson")).code == "file_missing"
    assert refused(tmp_path).code == "file_is_folder"


def test_layers_are_listed_and_must_be_chosen(tmp_path: Path) -> None:
    path = a_geopackage(tmp_path)
    files.write_with_engine(path, "GPKG", crs="EPSG:3347", layer="b", append=True)
    assert list_layers(path) == ("a", "b")
    assert refused(path).facts["found"] == "a, b"
    assert len(read(path, layer="b")) == 2
    assert refused(path, layer="c").code == "unknown_layer"


def test_files_of_a_zip_are_layers(tmp_path: Path) -> None:
    path = files.zip_files(tmp_path / "a.zip", [a_geojson(tmp_path), a_kml(tmp_path)])
    assert list_layers(path) == ("a.geojson", "a.kml")
    assert refused(path).code == "which_layer"
    assert len(read(path, layer="a.kml")) == 2
    assert refused(path, layer="b.kml").code == "unknown_layer"


def test_a_zip_without_boundaries_is_refused(tmp_path: Path) -> None:
    readme = tmp_path / "readme.txt"
    readme.write_text("hello", encoding="utf-8")
    assert refused(files.zip_files(tmp_path / "a.zip", [readme])).code == "zip_no_member"


def test_other_layers_are_listed_too(tmp_path: Path) -> None:
    assert list_layers(a_topojson(tmp_path)) == ("quarters",)
    assert list_layers(a_geoparquet(tmp_path)) == ("a",)


def test_a_shapefile_without_a_part_is_refused(tmp_path: Path) -> None:
    path = a_shapefile(tmp_path)
    path.with_suffix(".dbf").unlink()
    error = refused(path)
    assert (error.code, error.facts["expected"]) == ("shapefile_incomplete", ".dbf")


def test_a_shapefile_whose_attributes_were_cut_is_refused(tmp_path: Path) -> None:
    path = a_shapefile(tmp_path)
    dbf = path.with_suffix(".dbf")
    dbf.write_bytes(dbf.read_bytes()[:-40])
    assert refused(path).code == "boundary_file_broken"


def test_a_shapefile_without_prj_asks_for_its_system(tmp_path: Path) -> None:
    path = a_shapefile(tmp_path)
    path.with_suffix(".prj").unlink()
    assert refused(path).code == "crs_missing"
    assert shapely.area(read(path, crs="EPSG:2950").shapes) == pytest.approx(SQUARE_M2, rel=0.001)


@pytest.mark.parametrize("encoding", ["UTF-8", "CP1252"])
def test_attributes_of_a_shapefile_without_cpg_are_read_right(
    tmp_path: Path, encoding: str
) -> None:
    path = files.write_with_engine(
        tmp_path / "a.shp", "ESRI Shapefile", crs=METRIC, encoding=encoding
    )
    path.with_suffix(".cpg").unlink()
    assert read(path).attributes.texts("code") == ("A", "Œ")


def test_geoparquet_says_its_system_or_none(tmp_path: Path) -> None:
    unknown = files.write_geoparquet(tmp_path / "a.parquet", crs=None)
    assert refused(unknown).code == "crs_missing"
    assert len(read(unknown, crs="EPSG:4326")) == 2
    native = files.write_geoparquet(tmp_path / "b.parquet", encoding="polygon")
    assert refused(native).code == "geoparquet_encoding"


def test_parquet_without_geometry_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"code": ["A"]}), path)
    assert refused(path).code == "geoparquet_without_geometry"


ENTITY = '<!DOCTYPE kml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
EXTERNAL = '<!DOCTYPE kml [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (files.kml(head=ENTITY), "xml_unsafe"),
        (files.kml(head=EXTERNAL), "xml_unsafe"),
        (files.kml(body="<Folder/>"), "no_features"),
        (files.kml(body="<Placemark><name>x</name></Placemark>"), "shape_empty"),
        (files.kml(body=f"<Placemark>{files.kml_polygon(files.ring()[:2])}</Placemark>"), "shape_broken"),
        (files.kml(body=f"<Placemark>{files.kml_polygon([['a', 'b']] * 4)}</Placemark>"), "shape_broken"),
        (files.kml(body="<Placemark><Polygon/></Placemark>"), "shape_broken"),
        (
            files.kml(body="<Placemark><Point><coordinates>-73,45</coordinates></Point></Placemark>"),
            "shape_not_polygon",
        ),
    ],
)  # fmt: skip
def test_kml_that_is_unsafe_or_broken_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "a.kml"
    path.write_bytes(content)
    assert refused(path).code == code


def test_kml_of_several_shapes_and_holes(tmp_path: Path) -> None:
    hole = files.kml_polygon(files.ring()).replace(
        "</outerBoundaryIs>",
        "</outerBoundaryIs><innerBoundaryIs><LinearRing><coordinates>-73.598,45.502 -73.596,45.502 "
        "-73.596,45.504 -73.598,45.502</coordinates></LinearRing></innerBoundaryIs>",
    )
    two = f"<MultiGeometry>{hole}{files.kml_polygon(files.ring(2))}</MultiGeometry>"
    data = "<ExtendedData><Data name='k'><value>v</value></Data></ExtendedData>"
    path = tmp_path / "a.kml"
    path.write_bytes(files.kml(body=f"<Folder><Placemark id='p1'>{data}{two}</Placemark></Folder>"))
    found = read(path)
    assert shapely.get_num_geometries(found.shapes[0]) == 2
    assert shapely.area(found.shapes[0]) < 2 * SQUARE_M2
    assert found.attributes.texts("k") == ("v",)
    assert found.attributes.texts("id") == ("p1",)


def test_attributes_are_text_as_the_file_has_it(tmp_path: Path) -> None:
    properties = {
        "code": "0012", "n": 12, "x": 3.0, "y": 1.25, "day": "2017-06-01", "ok": True,
        "when": "2021/05/01 10:00:00", "list": [1, 2], "in": {"deep": "v"}, "none": None,
        "big": 12345678901234,
    }  # fmt: skip
    path = files.write_json(tmp_path / "a.json", files.geojson([(properties, files.polygon())]))
    texts = {name: read(path).attributes.texts(name)[0] for name in read(path).attributes.columns}
    assert texts == {
        "code": "0012", "n": "12", "x": "3", "y": "1.25", "day": "2017-06-01", "ok": "true",
        "when": "2021/05/01 10:00:00", "list": "[1, 2]", "in.deep": "v", "none": None,
        "big": "12345678901234",
    }  # fmt: skip


def test_a_condition_keeps_rows_and_their_numbers(tmp_path: Path) -> None:
    found = read(a_geojson(tmp_path), where="code = 'Œ'")
    assert found.attributes.row_numbers.tolist() == [2]
    assert len(found.shapes) == 1
    assert refused(a_geojson(tmp_path), where="code = 'Z'").code == "no_features_where"


def test_features_before_type_and_a_mark_of_order_are_no_obstacle(tmp_path: Path) -> None:
    content = files.geojson()
    turned = {"features": content["features"], "type": content["type"]}
    path = tmp_path / "a.geojson"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(turned).encode())
    assert len(read(path)) == 2


def test_coordinates_survive_the_way_there_and_back(tmp_path: Path) -> None:
    found = read_boundaries(a_geopackage(tmp_path), to_crs="EPSG:4326")
    expected = shapely.Polygon(files.ring())
    assert np.allclose(shapely.bounds(found.shapes[0]), expected.bounds, atol=1e-8)
