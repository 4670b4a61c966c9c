"""OGC API - Tiles: what leads to tiles, the tiles, and how wrong ones are refused."""

from __future__ import annotations

import gzip
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import shapely
from django.test import Client
from tests.support.decoded import layers, shapes_by_code
from tests.support.town import town

from courtepointe.atlas.query.atlas import Atlas
from courtepointe.atlas.tiling import in_web_mercator
from courtepointe.core.tiles import WORLD_M
from courtepointe.doors import served

TRACTS = "/api/collections/secteur:2021/tiles/WebMercatorQuad"
VECTOR = "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector"


def home(zoom: int) -> str:
    """Name the tile under the middle of the town."""
    shapes = in_web_mercator(town().area_tables["secteur:2021"].shapes, metric_crs="EPSG:32188")
    x, y = shapely.get_coordinates(shapely.union_all(shapes).centroid)[0]
    side = WORLD_M / 2**zoom
    return f"{zoom}/{int((WORLD_M / 2 - y) // side)}/{int((x + WORLD_M / 2) // side)}"


def test_links_lead_from_the_landing_page_to_a_tile(program: Client) -> None:
    def follow(told: Any, rel: str) -> str:
        return next(one["href"] for one in told["links"] if one["rel"] == rel)

    landing = program.get("/api/").json()
    sets = program.get(follow(landing, VECTOR)).json()["tilesets"]
    whole = program.get(follow(sets[0], "self")).json()
    held = program.get("/api/collections/secteur:2021").json()
    sets = program.get(follow(held, VECTOR)).json()["tilesets"]
    described = program.get(follow(sets[0], "self")).json()
    assert described["tileMatrixSetURI"].endswith("/OGC/1.0/WebMercatorQuad")
    assert [layer["id"] for layer in described["layers"]] == ["secteur:2021"]
    assert {layer["id"] for layer in whole["layers"]} >= {"secteur:2021", "quartier:2014"}
    template = follow(described, "item")
    zoom, row, column = home(14).split("/")
    address = template.format(tileMatrix=zoom, tileRow=row, tileCol=column)
    assert layers(program.get(address).content).keys() == {"secteur:2021"}
    matrices = program.get(
        follow(described, "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme")
    )
    assert matrices.json()["tileMatrices"][0]["scaleDenominator"] == pytest.approx(559_082_264.03)
    conforms = program.get("/api/conformance").json()["conformsTo"]
    assert any(name.endswith("/ogcapi-tiles-1/1.0/conf/mvt") for name in conforms)


def test_a_tile_holds_limits_codes_and_names_and_no_figure(program: Client) -> None:
    answer = program.get(f"{TRACTS}/{home(14)}?lang=fr")
    assert answer.headers["Content-Type"] == "application/vnd.mapbox-vector-tile"
    features = layers(answer.content)["secteur:2021"]["features"]
    assert all(one["properties"].keys() == {"code", "name"} for one in features)
    zoom, row, column = map(int, home(14).split("/"))
    table = town().area_tables["secteur:2021"]
    shapes = in_web_mercator(table.shapes, metric_crs="EPSG:32188")
    side = WORLD_M / 2**zoom
    west, north = column * side - WORLD_M / 2, WORLD_M / 2 - row * side
    frame = shapely.box(west, north - side, west + side, north)
    inner = shapely.box(0, 0, 4096, 4096)
    found = shapes_by_code(answer.content, "secteur:2021")
    seen = 0
    for code, shape in zip(table.codes, shapes, strict=True):
        true = shapely.intersection(shape, frame).area * (4096 / side) ** 2
        if true > 100:
            ours = shapely.intersection(found[code], inner)
            assert ours.area == pytest.approx(true, abs=2 * ours.length)
            seen += 1
    assert seen > 0


def test_a_tile_is_kept_packed_and_named_by_its_edition(program: Client) -> None:
    address = f"{TRACTS}/{home(14)}"
    plain = program.get(address)
    packed = program.get(address, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert (
        "Accept-Encoding" in plain.headers["Vary"] and "max-age" in plain.headers["Cache-Control"]
    )
    tag = {"If-None-Match": plain.headers["ETag"]}
    assert program.get(address, headers=tag).status_code == 304
    assert program.head(address).status_code == 200
    assert plain.headers["Access-Control-Allow-Origin"] == "*"


def test_the_atlas_whole_has_a_layer_a_type_and_some_can_be_chosen(program: Client) -> None:
    every = layers(program.get(f"/api/tiles/WebMercatorQuad/{home(14)}").content)
    assert every.keys() >= {"secteur:2021", "quartier:2014"}
    one = program.get(f"/api/tiles/WebMercatorQuad/{home(14)}?collections=quartier:2014")
    assert layers(one.content).keys() == {"quartier:2014"}
    wrong = program.get(f"/api/tiles/WebMercatorQuad/{home(14)}?collections=quartier:1999")
    assert (wrong.status_code, wrong.json()["code"]) == (404, "api_unknown_collection")


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("14/0/0", 204, ""),
        ("3/0/0", 404, "tile_zoom_not_drawn"),
        ("15/0/0", 404, "tile_out_of_range"),
        ("14/16384/0", 404, "tile_out_of_range"),
        ("14/0/-1", 404, "tile_out_of_range"),
        ("14/0/a", 400, "api_parameter_whole"),
        ("14/0/99999999999999999999999", 404, "tile_out_of_range"),
    ],
)  # fmt: skip
def test_what_is_no_tile_is_empty_or_refused_in_words(
    program: Client, path: str, status: int, code: str
) -> None:
    answer = program.get(f"{TRACTS}/{path}")
    assert answer.status_code == status
    if code:
        assert answer.json()["code"] == code and answer.json()["detail"]
    else:
        assert answer.content == b"" and answer.headers["ETag"]


def test_other_grids_places_and_unknown_parameters_are_refused(program: Client) -> None:
    for address, code in (
        ("/api/tileMatrixSets/WorldCRS84Quad", "tile_matrix_set"),
        ("/api/tiles/WorldCRS84Quad/14/0/0", "tile_matrix_set"),
        ("/api/collections/places:lieux/tiles", "collection_without_tiles"),
        (f"{TRACTS}/14/0/0?indicators=population", "api_unknown_parameter"),
    ):
        assert program.get(address).json()["code"] == code, address
    assert VECTOR not in str(program.get("/api/collections/places:lieux").json()["links"])


def test_tilejson_names_addresses_zooms_and_layers(program: Client) -> None:
    told = program.get(f"{TRACTS}?f=tilejson&lang=en").json()
    assert told["tilejson"] == "3.0.0" and told["maxzoom"] == 14
    assert told["minzoom"] == told["vector_layers"][0]["minzoom"] > 0
    zoom, row, column = home(14).split("/")
    address = told["tiles"][0].format(z=zoom, y=row, x=column)
    assert program.get(address).status_code == 200
    west, south, east, north = told["bounds"]
    assert west < east < -70 and 40 < south < north


def test_another_pack_is_served_at_once(program: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    before = program.get(f"{TRACTS}/{home(14)}").content
    assert program.get(f"{TRACTS}/{home(14)}").content == before
    other = town()
    table = other.area_tables["secteur:2021"]
    names = tuple(f"Autre {code}" for code in table.codes)
    renamed = replace(table, names_fr=names, names_en=names)
    tables = dict(other.area_tables) | {"secteur:2021": renamed}
    pack = replace(other, area_tables=tables, content_hash="f" * 64)
    served._door.now = served.Served(pack, Atlas(pack), (1, 1), served.Shelf())
    after = layers(program.get(f"{TRACTS}/{home(14)}").content)["secteur:2021"]["features"]
    assert all(one["properties"]["name"].startswith("Autre ") for one in after)


def test_the_shelf_of_tiles_forgets_the_oldest() -> None:
    shelf = served.BytesShelf(limit_bytes=3000)
    made: list[int] = []

    def make(number: int) -> bytes:
        made.append(number)
        return bytes(500)

    for number in (1, 2, 3, 4, 5, 1, 5):
        shelf.take(number, lambda number=number: make(number))  # type: ignore[misc]
    assert made == [1, 2, 3, 4, 5, 1]
    assert shelf.size <= 3000 and len(shelf.held) == 3


def test_gdal_reads_a_tile_of_the_api(program: Client, tmp_path: Path) -> None:
    if shutil.which("ogrinfo") is None:
        pytest.skip("ogrinfo is not here; install Debian's gdal-bin")
    zoom, row, column = home(14).split("/")
    folder = tmp_path / zoom / column
    folder.mkdir(parents=True)
    content = program.get(f"{TRACTS}/{home(14)}").content
    (folder / f"{row}.pbf").write_bytes(content)
    told = subprocess.run(
        ["ogrinfo", "-ro", "-al", "-so", str(folder / f"{row}.pbf")],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    count = len(layers(content)["secteur:2021"]["features"])
    assert f"Feature Count: {count}" in told and "3857" in told
