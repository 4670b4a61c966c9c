"""Tiles decoded by another program say what the shapes are: surfaces, seams, pixels."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.decoded import in_units, layers, painted, shapes_by_code
from tests.support.quilt import quilt, tiles_over

from courtepointe.core.errors import BadInput, NotFound
from courtepointe.core.tiles import (
    BUFFER,
    EXTENT,
    Tile,
    cut,
    make_layer,
    make_layers,
    zoom_where_drawn,
)
from courtepointe.formats.mvt import texts_of, write_layer

FRAME = shapely.box(-BUFFER, -BUFFER, EXTENT + BUFFER, EXTENT + BUFFER)
INSIDE = shapely.box(0, 0, EXTENT, EXTENT)


def drawn(shapes: np.ndarray, tile: Tile) -> bytes:
    codes = [f"{place:03d}" for place in range(len(shapes))]
    texts = texts_of({"code": codes, "name": [f"Œuvre {code}" for code in codes]})
    return write_layer("aires", cut(make_layer(shapes, zoom=tile.zoom), tile), texts)


@pytest.mark.parametrize(("side_m", "zoom"), [(900.0, 14), (900.0, 12), (3000.0, 10)])
def test_surfaces_are_those_of_the_shapes_cut(side_m: float, zoom: int) -> None:
    shapes = quilt(side_m=side_m)
    for tile in tiles_over(shapes, zoom)[:9]:
        truth = shapely.intersection(in_units(shapes, tile), FRAME)
        found = shapes_by_code(drawn(shapes, tile), "aires")
        for place, true in enumerate(truth):
            one = found.get(f"{place:03d}", shapely.MultiPolygon())
            # A limit moves by half a pixel at most where bends are left out.
            slack = 2.5 * true.length + 4
            assert abs(one.area - true.area) <= slack, (tile, place)
            assert one.is_valid
            if true.area >= 64:
                assert not one.is_empty


@pytest.mark.parametrize("zoom", [11, 14])
def test_areas_cover_the_tile_once(zoom: int) -> None:
    shapes = quilt(side_m=900.0)
    tile = tiles_over(shapes, zoom)[len(tiles_over(shapes, zoom)) // 2]
    found = np.array(list(shapes_by_code(drawn(shapes, tile), "aires").values()), dtype=object)
    inner = shapely.intersection(found, INSIDE)
    whole = shapely.union_all(inner)
    truth = shapely.union_all(shapely.intersection(in_units(shapes, tile), INSIDE))
    assert shapely.area(inner).sum() == pytest.approx(whole.area, abs=1e-6)
    assert whole.symmetric_difference(truth).area <= 3 * truth.length + 4
    assert all(len(part.interiors) == 0 for part in shapely.get_parts(whole))


def test_neighbouring_tiles_agree_at_the_seam() -> None:
    shapes = quilt(side_m=900.0)
    tiles = {(tile.column, tile.row): tile for tile in tiles_over(shapes, 13)}
    compared = 0
    for (column, row), tile in tiles.items():
        other = tiles.get((column + 1, row))
        if other is None:
            continue
        west, east = (shapes_by_code(drawn(shapes, one), "aires") for one in (tile, other))
        seam = shapely.LineString([(EXTENT, 0), (EXTENT, EXTENT)])
        for code in west.keys() & east.keys():
            here = shapely.intersection(west[code], seam).length
            there = shapely.intersection(
                shapely.transform(east[code], lambda p: np.add(p, (EXTENT, 0))), seam
            ).length
            assert here == pytest.approx(there, abs=2.0), code
            compared += 1
    assert compared > 20


@settings(max_examples=25, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10_000), side_m=st.floats(40.0, 20_000.0), zoom=st.integers(9, 14))
def test_every_area_of_a_pixel_is_there_valid_and_turned_as_the_standard_wants(
    seed: int, side_m: float, zoom: int
) -> None:
    shapes = quilt(side_m=side_m, across=5, seed=seed)
    layer = make_layer(shapes, zoom=zoom)
    for tile in tiles_over(shapes, zoom)[:2]:
        pieces = cut(layer, tile)
        present = set(pieces.areas.tolist())
        large = shapely.area(shapely.intersection(in_units(shapes, tile), FRAME)) >= 8 * 8
        wide = shapely.area(in_units(shapes, tile)) >= 64
        assert set(np.flatnonzero(large & wide).tolist()) <= present
        start = 0
        for end, outer in zip(pieces.ring_ends, pieces.outer, strict=True):
            x, y = pieces.points[start:end].T.astype(np.int64)
            doubled = int((x * np.roll(y, -1) - np.roll(x, -1) * y).sum())
            assert end - start >= 3
            assert doubled > 0 if outer else doubled < 0
            start = end
        assert pieces.points.min(initial=0) >= -BUFFER
        assert pieces.points.max(initial=0) <= EXTENT + BUFFER


def test_holes_parts_and_an_area_larger_than_its_tile() -> None:
    side = Tile(14, 4840, 5844).bounds_m
    west, south = side[0], side[1]
    lake = shapely.box(west + 500, south + 500, west + 900, south + 900)
    huge = shapely.box(west - 90_000, south - 90_000, west + 90_000, south + 90_000) - lake
    isles = shapely.MultiPolygon(
        [shapely.box(west + x, south + 600, west + x + 100, south + 700) for x in (550, 750)]
    )
    shapes = np.array([huge, isles], dtype=object)
    found = shapes_by_code(drawn(shapes, Tile(14, 4840, 5844)), "aires")
    assert len(found["000"].interiors) == 1
    assert len(shapely.get_parts(found["001"])) == 2
    inside_lake = Tile(14, 4840, 5844)
    truth = shapely.intersection(in_units(shapes, inside_lake), FRAME)
    for place in (0, 1):
        assert found[f"00{place}"].area == pytest.approx(truth[place].area, abs=truth[place].length)
    # A tile wholly within a hole has nothing of the area around it.
    lake = shapely.box(west - 9000, south - 9000, west + 9000, south + 9000)
    around = np.array([huge - lake], dtype=object)
    assert drawn(around, Tile(14, 4840, 5844)) == b""


def test_a_comb_across_the_limit_of_a_tile_stays_apart() -> None:
    _, south, east, north = Tile(14, 4840, 5844).bounds_m
    teeth = [
        shapely.box(east - 400, south + 200 * step, east + 400, south + 200 * step + 100)
        for step in range(8)
    ]
    comb = shapely.union_all([*teeth, shapely.box(east + 300, south, east + 400, north)])
    found = shapes_by_code(drawn(np.array([comb], dtype=object), Tile(14, 4840, 5844)), "aires")[
        "000"
    ]
    assert found.is_valid and len(shapely.get_parts(found)) == 8


@pytest.mark.parametrize(("zoom", "side_m"), [(14, 400.0), (12, 1500.0), (11, 900.0)])
def test_pixels_are_those_of_the_truth(zoom: int, side_m: float) -> None:
    shapes = quilt(side_m=side_m)
    tiles = tiles_over(shapes, zoom)
    tile = tiles[len(tiles) // 2]
    found = shapes_by_code(drawn(shapes, tile), "aires")
    truth = painted(in_units(shapes, tile), pixels=512)
    codes = sorted(found)
    ours = painted(np.array([found[code] for code in codes], dtype=object), pixels=512)
    named = np.where(ours >= 0, np.array([int(code) for code in codes])[ours], -1)
    assert (truth >= 0).mean() > 0.05
    assert (named == truth).mean() >= 0.995


def test_names_and_ids_are_read_back_and_a_text_is_held_once() -> None:
    shapes = quilt(side_m=900.0)
    tile = tiles_over(shapes, 12)[0]
    layer = layers(drawn(shapes, tile))["aires"]
    assert (layer["extent"], layer["version"]) == (EXTENT, 2)
    for one in layer["features"]:
        assert one["properties"]["name"] == f"Œuvre {one['properties']['code']}"
        assert one["id"] == int(one["properties"]["code"]) + 1
    same = texts_of({"code": ["7"], "name": ["7"]})
    assert len(same.ends) == 1 and same.of_area.tolist() == [[0, 0]]


def test_gdal_reads_a_tile(tmp_path: Path) -> None:
    if shutil.which("ogrinfo") is None:
        pytest.skip("ogrinfo is not here; install Debian's gdal-bin")
    shapes = quilt(side_m=900.0)
    tile = tiles_over(shapes, 12)[0]
    content = drawn(shapes, tile)
    (tmp_path / "one.mvt").write_bytes(content)
    told = subprocess.run(
        ["ogrinfo", "-ro", "-al", "-so", str(tmp_path / "one.mvt")],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "driver `MVT' successful" in told.stdout and not told.stderr
    assert f"Feature Count: {len(layers(content)['aires']['features'])}" in told.stdout
    assert "code: String" in told.stdout


def test_layers_made_together_are_those_made_alone_at_the_nearest_zoom() -> None:
    shapes = quilt(side_m=900.0)
    nearest, farther = make_layers(shapes, zooms=[13, 14])
    alone = make_layer(shapes, zoom=14)
    assert (nearest.zoom, farther.zoom) == (14, 13)
    assert np.array_equal(nearest.pieces.points, alone.pieces.points)


def test_a_type_is_drawn_where_a_middling_area_is_eight_pixels_wide() -> None:
    pixel_m = 40_075_016.7 / 512 / 2**11
    assert zoom_where_drawn(np.full(3, (8.01 * pixel_m) ** 2)) == 11
    assert zoom_where_drawn(np.full(3, (7.99 * pixel_m) ** 2)) == 12
    assert zoom_where_drawn(np.array([])) == 0
    assert zoom_where_drawn(np.array([1.0])) == 14


@pytest.mark.parametrize("where", [(15, 0, 0), (-1, 0, 0), (3, 8, 0), (3, 0, -1)])
def test_a_square_that_the_zoom_has_not_is_refused(where: tuple[int, int, int]) -> None:
    with pytest.raises(NotFound, match="tile_out_of_range"):
        Tile(*where)
    assert Tile(3, 7, 7).zoom == 3


def test_a_layer_is_cut_at_its_own_zoom_only() -> None:
    layer = make_layer(quilt(side_m=900.0), zoom=12)
    with pytest.raises(BadInput, match="tile_of_another_zoom"):
        cut(layer, Tile(11, 0, 0))
    assert len(cut(layer, Tile(12, 0, 0))) == 0
    nowhere = make_layer(np.array([], dtype=object), zoom=12)
    assert len(cut(nowhere, Tile(12, 0, 0))) == 0
