"""Tiles read by a program that knows nothing of ours."""

from __future__ import annotations

from typing import Any

import mapbox_vector_tile
import numpy as np
import shapely
import shapely.geometry

from courtepointe.core.tiles import EXTENT, Tile


def layers(content: bytes) -> dict[str, Any]:
    """Read a tile; y grows southwards, as it is written."""
    told: dict[str, Any] = mapbox_vector_tile.decode(
        content, default_options={"y_coord_down": True}
    )
    return told


def shapes_by_code(content: bytes, layer: str) -> dict[str, shapely.Geometry]:
    """Give the shapes of a layer by the code of their area, in units of the tile."""
    features = layers(content).get(layer, {"features": []})["features"]
    return {one["properties"]["code"]: shapely.geometry.shape(one["geometry"]) for one in features}


def in_units(shapes: np.ndarray, tile: Tile) -> np.ndarray:
    """Carry Web Mercator's metres to units of a tile, unrounded."""
    west, _, east, north = tile.bounds_m
    scale = EXTENT / (east - west)
    moved: np.ndarray = shapely.transform(
        shapes, lambda p: np.column_stack([(p[:, 0] - west) * scale, (north - p[:, 1]) * scale])
    )
    return moved


def painted(shapes: np.ndarray, *, pixels: int) -> np.ndarray:
    """Paint a tile: the position of the shape under the middle of each pixel, -1 where none is."""
    middles = (np.arange(pixels) + 0.5) * EXTENT / pixels
    x, y = np.meshgrid(middles, middles)
    found = np.full(pixels * pixels, -1)
    point, shape = shapely.STRtree(shapes).query(
        shapely.points(x.ravel(), y.ravel()), predicate="intersects"
    )
    found[point[::-1]] = shape[::-1]
    return found.reshape(pixels, pixels)
