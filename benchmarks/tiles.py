"""How many vector tiles a second, for somebody who pans over a country and has seen none of them?

A made-up country (`mesh.py`): 500,000 blocks, 57,936 areas, 6,200 tracts, 293 divisions, limits shared. A
person looks near cities, at zooms 8 to 14, at a screen of 4 by 3 tiles, and drags it; every tile is
asked for once. Each zoom draws the finest type that our rule lets it draw. Two processes answer,
one for each of two cores, in turn with the peer: shapely's STRtree, `simplify`, `clip_by_rect` and
mapbox-vector-tile, on the same tiles (a part of them: it takes longer), shapes in Web Mercator in memory.
`same_answer` holds pixels: painted at 256 pixels a side, what each side shows is the same area in 99 of 100.
`COURTEPOINTE_BENCH_BLOCKS` makes the country smaller.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import resource
import statistics
import sys
import time
from dataclasses import dataclass

import mapbox_vector_tile
import numpy as np
import shapely
import shapely.geometry
from pyproj import Transformer

from courtepointe.core.tiles import (
    EXTENT,
    MAX_ZOOM,
    WORLD_M,
    Layer,
    Tile,
    cut,
    make_layers,
    zoom_where_drawn,
)
from courtepointe.formats.mvt import Texts, texts_of, write_layer
from mesh import BLOCKS, SEED, country

N_BLOCKS = int(os.environ.get("COURTEPOINTE_BENCH_BLOCKS", str(BLOCKS)))
LAMBERT = "EPSG:3347"
ZOOMS = range(8, 15)
SCREEN = (4, 3)
TILES, OF_PEER, PAINTED = 6_000, 400, 40
PIXELS, ALIKE = 256, 0.99
TARGET = 500.0
CORES = 2


@dataclass(frozen=True)
class Held:
    """A type of areas, as both sides keep it in memory."""

    name: str
    shapes: np.ndarray
    layers: dict[int, Layer]
    texts: Texts
    tree: shapely.STRtree


def held(name: str, shapes: np.ndarray) -> Held:
    """Prepare a type for both sides."""
    carry = Transformer.from_crs(LAMBERT, "EPSG:3857", always_xy=True)
    drawn = shapely.transform(shapes, lambda p: np.column_stack(carry.transform(p[:, 0], p[:, 1])))
    first = zoom_where_drawn(shapely.area(drawn))
    layers = {one.zoom: one for one in make_layers(drawn, zooms=range(max(first, 8), MAX_ZOOM + 1))}
    codes = [f"{place:06d}" for place in range(len(shapes))]
    return Held(
        name, drawn, layers, texts_of({"code": codes, "name": codes}), shapely.STRtree(drawn)
    )


def walk(blocks: np.ndarray, n: int) -> list[Tile]:
    """Give the tiles that somebody sees for the first time while panning."""
    rng = np.random.default_rng(SEED)
    middles = shapely.get_coordinates(shapely.point_on_surface(blocks))
    seen: dict[Tile, None] = {}
    while len(seen) < n:
        zoom = int(rng.integers(ZOOMS.start, ZOOMS.stop))
        side = WORLD_M / 2**zoom
        x, y = middles[rng.integers(len(middles))]
        column, row = (x + WORLD_M / 2) / side, (WORLD_M / 2 - y) / side
        for _ in range(6):
            for east in range(SCREEN[0]):
                for south in range(SCREEN[1]):
                    seen[Tile(zoom, int(column) + east - 2, int(row) + south - 1)] = None
            column, row = np.array([column, row]) + rng.normal(0.0, 2.0, 2)
    return list(seen)[:n]


def finest(types: list[Held], zoom: int) -> Held:
    """Give the finest type that a zoom draws."""
    return next(one for one in types if zoom in one.layers)


def ours(types: list[Held], tile: Tile) -> bytes:
    """Cut and write a tile from the layers."""
    one = finest(types, tile.zoom)
    return write_layer(one.name, cut(one.layers[tile.zoom], tile), one.texts)


def theirs(types: list[Held], tile: Tile) -> bytes:
    """Do the same as the documentation of shapely and mapbox-vector-tile advises."""
    one = finest(types, tile.zoom)
    west, south, east, north = tile.bounds_m
    around = (east - west) / 64
    box = (west - around, south - around, east + around, north + around)
    found = np.sort(one.tree.query(shapely.box(*box)))
    simple = shapely.simplify(one.shapes[found], (east - west) / 1024)
    parts = shapely.clip_by_rect(simple, *box)
    features = [
        {"geometry": part, "properties": {"code": f"{place:06d}", "name": f"{place:06d}"}}
        for place, part in zip(found.tolist(), parts, strict=True)
        if not part.is_empty
    ]
    told: bytes = mapbox_vector_tile.encode(
        {"name": one.name, "features": features},
        default_options={"quantize_bounds": (west, south, east, north), "extents": EXTENT},
    )
    return told


TYPES: list[Held] = []
WRITE = {"ours": ours, "theirs": theirs}


def some(asked: tuple[str, list[Tile]]) -> tuple[list[float], int]:
    """Write tiles in one process; give the seconds of each and the bytes of all."""
    side, tiles = asked
    taken, size = [], 0
    for tile in tiles:
        start = time.perf_counter()
        size += len(WRITE[side](TYPES, tile))
        taken.append(time.perf_counter() - start)
    return taken, size


def measured(side: str, tiles: list[Tile]) -> tuple[float, list[float], int]:
    """Share tiles between processes; give the wall seconds, those of each tile, and the bytes."""
    parts = [(side, tiles[core::CORES]) for core in range(CORES)]
    with multiprocessing.get_context("fork").Pool(CORES) as pool:
        pool.map(some, [(side, tiles[:20])] * CORES)  # compiled functions are loaded
        start = time.perf_counter()
        told = pool.map(some, parts, chunksize=1)
        wall = time.perf_counter() - start
    return wall, sorted(t for taken, _ in told for t in taken), sum(size for _, size in told)


def painted(content: bytes) -> np.ndarray:
    """Paint a tile: the code under the middle of each pixel, -1 where none is."""
    layers = mapbox_vector_tile.decode(content, default_options={"y_coord_down": True})
    features = [one for layer in layers.values() for one in layer["features"]]
    grid = np.full((PIXELS, PIXELS), -1)
    middles = (np.arange(PIXELS) + 0.5) * EXTENT / PIXELS
    x, y = np.meshgrid(middles, middles)
    for one in features:
        shape = shapely.make_valid(shapely.geometry.shape(one["geometry"]))
        shapely.prepare(shape)
        grid[shapely.contains_xy(shape, x, y)] = int(one["properties"]["code"])
    return grid


def alike(tiles: list[Tile]) -> float:
    """Give the part of pixels that both sides paint alike."""
    return statistics.fmean(
        float((painted(ours(TYPES, tile)) == painted(theirs(TYPES, tile))).mean()) for tile in tiles
    )


def main() -> None:
    """Print one line for tiles a second, and one for the slowest tiles."""
    start = time.perf_counter()
    shapes = country(N_BLOCKS)
    made = time.perf_counter()
    # The finest first: a zoom takes the first type that has it.
    for name in ("block", "area", "tract", "division"):
        TYPES.append(held(name, shapes.pop(name)))
    print(
        f"Country in {made - start:.0f} s, layers in {time.perf_counter() - made:.0f} s; types from zoom "
        + ", ".join(f"{one.name} {min(one.layers)}" for one in TYPES),
        file=sys.stderr,
    )
    tiles = walk(TYPES[0].shapes, TILES)
    peer_tiles = [tiles[place] for place in np.linspace(0, TILES - 1, OF_PEER).astype(int)]
    pixels = alike(peer_tiles[:: OF_PEER // PAINTED])
    peer_wall, peer_each, _ = measured("theirs", peer_tiles)
    wall, each, size = measured("ours", tiles)
    rate, peer_rate = len(tiles) / wall, len(peer_tiles) / peer_wall
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    told = {"size": f"{TILES} tiles of {size // TILES / 1000:.1f} kB, {CORES} cores",
            "ours_mb": megabytes, "peer_mb": megabytes,
            "same_answer": bool(pixels >= ALIKE)}  # fmt: skip
    lines = [
        ("1,000 uncached tiles, z8 to z14", 1000 / rate, "shapely + mapbox-vector-tile", 1000 / peer_rate),
        ("1,000 uncached tiles, against our limit", 1000 / rate, "our limit of 500 a second", 1000 / TARGET),
        ("One tile, 95th percentile", each[int(0.95 * len(each))], "shapely + mapbox-vector-tile",
         peer_each[int(0.95 * len(peer_each))]),
    ]  # fmt: skip
    for name, taken, peer, peer_taken in lines:
        line = {"name": name, "ours_s": round(taken, 5), "peer": peer, "peer_s": round(peer_taken, 5),
                "ratio": round(taken / peer_taken, 3)}  # fmt: skip
        print(json.dumps(line | told), flush=True)
    print(f"{rate:.0f} tiles a second; {pixels:.4f} of pixels alike", file=sys.stderr)


if __name__ == "__main__":
    main()
