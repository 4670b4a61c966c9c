"""Places from GeoJSON, tables and lists: every row located, or told why not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.support import boundary_files as files

from courtepointe.core.errors import BadInput
from courtepointe.formats.places import PlaceFile, PlaceNote, read_places


def point(x: Any = -73.6, y: Any = 45.5) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [x, y]}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def from_json(folder: Path, content: Any, **options: str) -> PlaceFile:
    return read_places(files.write_json(folder / "p.json", content), **options)  # type: ignore[arg-type]


def from_csv(folder: Path, text: str, **options: str) -> PlaceFile:
    path = folder / "p.csv"
    path.write_text(text, encoding="utf-8")
    names = {"longitude": "lon", "latitude": "lat"}
    return read_places(path, **{**names, **options})  # type: ignore[arg-type]


def refused(read: Any, *args: Any, **options: Any) -> BadInput:
    with pytest.raises(BadInput) as raised:
        read(*args, **options)
    return raised.value


def test_points_of_geojson(folder: Path) -> None:
    found = from_json(
        folder, files.geojson([({"nom": "Œuvre", "id": 3}, point()), ({"nom": None}, point(-73.5))])
    )
    assert found.longitude.tolist() == [-73.6, -73.5]
    assert found.latitude.tolist() == [45.5, 45.5]
    assert found.attributes.texts("nom") == ("Œuvre", None)
    assert found.attributes.texts("id") == ("3", None)
    assert (found.n_without_coordinates, found.notes) == (0, ())


def test_places_without_position_are_counted_and_named(folder: Path) -> None:
    content = files.geojson(
        [({"n": 1}, None), ({"n": 2}, point()), ({"n": 3}, point(0, 0)), ({"n": 4}, point(-200, 5))]
    )
    found = from_json(folder, content)
    assert found.attributes.texts("n") == ("2",)
    assert found.attributes.row_numbers.tolist() == [2]
    assert found.n_without_coordinates == 3
    assert found.notes == (
        PlaceNote("no_coordinates", 1, "nan, nan"),
        PlaceNote("null_island", 3, "0, 0"),
        PlaceNote("out_of_range", 4, "-200, 5"),
    )


def test_lines_and_surfaces_are_placed_inside_and_told(folder: Path) -> None:
    empty = {"type": "Polygon", "coordinates": []}
    found = from_json(
        folder,
        files.geojson(
            [
                ({}, files.polygon()),
                ({}, {"type": "MultiPoint", "coordinates": [[-73.6, 45.5]]}),
                ({}, empty),
            ]
        ),
    )
    assert -73.6 < found.longitude[0] < -73.59
    assert found.n_without_coordinates == 1
    assert PlaceNote("point_of_a_surface", 0, "1") in found.notes


def test_nested_properties_are_columns(folder: Path) -> None:
    properties = {"tags": {"shop": "bakery", "addr": {"city": "Montréal"}}, "list": ["a", 1]}
    found = from_json(folder, files.geojson([(properties, point())]))
    assert found.attributes.columns == ("tags.shop", "tags.addr.city", "list")
    assert found.attributes.texts("list") == ('["a", 1]',)


def test_metric_points_are_taken_to_degrees(folder: Path) -> None:
    crs = {"type": "name", "properties": {"name": "EPSG:32188"}}
    content = files.geojson([({}, point(299_000, 5_040_000))], crs=crs)
    declared = from_json(folder, content)
    assert declared.longitude[0] == pytest.approx(-73.57, abs=0.01)
    del content["crs"]
    stated = from_json(folder, content, crs="EPSG:32188")
    assert stated.longitude.tolist() == declared.longitude.tolist()


def test_a_condition_keeps_rows(folder: Path) -> None:
    content = files.geojson([({"t": "a"}, point()), ({"t": "b"}, None)])
    found = from_json(folder, content, where="t = 'a'")
    assert (len(found), found.n_without_coordinates) == (1, 0)
    error = refused(from_json, folder, content, where="t = 'z'")
    assert error.code == "no_features_where"


def test_coordinates_of_a_table(folder: Path) -> None:
    found = from_csv(folder, "nom,lon,lat\na,-73.6,45.5\nb,,\nc,-73.5,45.4\n")
    assert found.longitude.tolist() == [-73.6, -73.5]
    assert found.attributes.texts("nom") == ("a", "c")
    assert found.notes == (PlaceNote("no_coordinates", 3, "nan, nan"),)


@pytest.mark.parametrize("text", ["lon;lat\n-73,61;45,5\n", "lon;lat\n-73,561;45,123\n"])
def test_decimal_commas_of_degrees_are_no_thousands(folder: Path, text: str) -> None:
    found = from_csv(folder, text)
    assert -74 < found.longitude[0] < -73
    assert 45 < found.latitude[0] < 46


def test_a_comma_in_metres_may_be_either_and_is_refused(folder: Path) -> None:
    text = "lon;lat\n299,000;504,000\n"
    assert refused(from_csv, folder, text, crs="EPSG:32188").code == "ambiguous_number"


def test_metres_of_a_table(folder: Path) -> None:
    found = from_csv(folder, "lon,lat\n299000,5040000\n", crs="EPSG:32188")
    assert found.latitude[0] == pytest.approx(45.5, abs=0.01)


@pytest.mark.parametrize(
    ("text", "options", "code"),
    [
        ("nom,lon,lat\na,here,45.5\n", {}, "not_a_number"),
        ("nom,x,y\na,-73,45.5\n", {}, "unknown_column"),
        ("nom,lon,lat\na,,\n", {}, "no_place_located"),
        ("nom,lon,lat\na,45.5,-123\n", {}, "coordinates_swapped"),
        ("nom,lon,lat\na,299000,5040000\n", {}, "no_place_located"),
        ("nom,lon,lat\n", {}, "table_without_rows"),
        ("nom,lon,lat\na,1,1\n", {"crs": "EPSG:0"}, "unknown_crs"),
    ],
)
def test_tables_that_place_nothing_are_refused(
    folder: Path, text: str, options: dict[str, str], code: str
) -> None:
    assert refused(from_csv, folder, text, **options).code == code


def test_a_table_wants_the_names_of_its_columns(folder: Path) -> None:
    path = folder / "p.csv"
    path.write_text("lon,lat\n-73,45\n", encoding="utf-8")
    assert refused(read_places, path).code == "coordinate_columns"
    assert refused(read_places, path, longitude="lon").code == "coordinate_columns"


def test_an_encoding_may_be_stated(folder: Path) -> None:
    path = folder / "p.csv"
    path.write_bytes("nom,lon,lat\nŒuvre,-73,45\n".encode("cp1252"))
    found = read_places(path, longitude="lon", latitude="lat", encoding="cp1252")
    assert found.attributes.texts("nom") == ("Œuvre",)


def test_a_bare_list_of_places(folder: Path) -> None:
    found = from_json(
        folder,
        [
            {"name": "a", "lat": 45.5, "lon": -73.6},
            {"name": "b", "lat": "45.4", "lon": "-73.5", "phone": "1"},
            {"name": "c", "lat": None, "lon": ""},
        ],
    )
    assert found.longitude.tolist() == [-73.6, -73.5]
    assert found.attributes.texts("phone") == (None, "1")
    assert found.n_without_coordinates == 1


def test_a_list_may_name_its_coordinates_otherwise(folder: Path) -> None:
    content = [{"name": "a", "y": 45.5, "x": -73.6}]
    assert refused(from_json, folder, content).code == "coordinate_columns"
    assert len(from_json(folder, content, longitude="x", latitude="y")) == 1


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ([], "no_features"),
        ([1], "not_places"),
        ({"a": 1}, "not_places"),
        ({"features": []}, "no_features"),
        ({"elements": []}, "no_features"),
        ([{"lat": "x", "lon": 1}], "not_a_number"),
        (files.geojson([({}, {"type": "Point", "coordinates": ["a", "b"]})]), "shape_broken"),
        (files.geojson([({}, {"type": "Point"})]), "shape_broken"),
        (files.geojson([({}, {"type": "Spot", "coordinates": [1, 2]})]), "shape_broken"),
        (files.geojson([({}, [1, 2])]), "shape_broken"),
        (files.geojson([({}, None)]), "no_place_located"),
    ],
)
def test_json_that_holds_no_places_is_refused(folder: Path, content: Any, code: str) -> None:
    assert refused(from_json, folder, content).code == code


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "file_empty"), (b'{"features": [', "json_broken"), (b'{"a": "\xff"}', "json_broken")],
)
def test_broken_files_are_refused(folder: Path, content: bytes, code: str) -> None:
    path = folder / "p.json"
    path.write_bytes(content)
    assert refused(read_places, path).code == code


def test_a_folder_and_a_missing_file_are_refused(folder: Path) -> None:
    assert refused(read_places, folder).code == "file_is_folder"
    assert refused(read_places, folder / "none.json").code == "file_missing"


def test_other_formats_of_shapes_are_taken_too(folder: Path) -> None:
    path = files.write_with_engine(folder / "p.gpkg", "GPKG", crs="EPSG:32188")
    found = read_places(path)
    assert -73.6 < found.longitude[0] < -73.59
    assert found.attributes.texts("code") == ("A", "Œ")
    kml = folder / "p.kml"
    kml.write_bytes(
        files.kml("<Placemark><Point><coordinates>-73.5,45.5</coordinates></Point></Placemark>")
    )
    assert read_places(kml).longitude.tolist() == [-73.5]


def test_a_mark_of_order_is_no_obstacle(folder: Path) -> None:
    path = folder / "p.json"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(files.geojson([({}, point())])).encode())
    assert len(read_places(path)) == 1
