"""Cut a layer to one tile."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import shapely

from courtepointe.core.errors import BadInput
from courtepointe.core.shapes import surfaces
from courtepointe.core.tiles.grid import BUFFER, EXTENT, Tile
from courtepointe.core.tiles.kernels import cut_areas, found_in
from courtepointe.core.tiles.layer import Layer, Pieces, joined, pieces_of, shapes_of
from courtepointe.core.typing import Ints


def cut(layer: Layer, tile: Tile, *, buffer: int = BUFFER) -> Pieces:
    """Give what a tile shows of a layer.

    Parameters
    ----------
    layer : Layer
    tile : Tile
        Of the layer's zoom.
    buffer : int, units
        How far around the tile the areas reach.

    Returns
    -------
    Pieces
        In units from the tile's north-west corner; outer rings have a positive area.

    Raises
    ------
    BadInput
        ``tile_of_another_zoom``.

    Notes
    -----
    Rings are cut with Sutherland and Hodgman's method. Where that may have joined two parts of an
    area along the limit, GEOS cuts the area anew, with its points kept on the grid.
    """
    if layer.zoom != tile.zoom:
        raise BadInput("tile_of_another_zoom", value=tile.zoom, expected=layer.zoom)
    x, y = tile.corner
    sides = (x - buffer, y - buffer, x + EXTENT + buffer, y + EXTENT + buffer)
    box: Ints = np.array(sides, dtype=np.int64)
    found = found_in(layer.boxes, layer.blocks, layer.tops, *sides)
    held = layer.pieces
    left, area_ends, outer, ring_ends, points, doubtful = cut_areas(
        found, layer.boxes, held.area_ends, held.outer, held.ring_ends, held.points, box
    )
    corner = np.array([x, y], dtype=np.int32)
    made = Pieces(held.areas[left], area_ends, outer, ring_ends, points - corner)
    if len(doubtful) == 0:
        return made
    again = _cut_by_geos(layer, doubtful, sides)
    return joined(made, replace(again, points=again.points - corner))


def _cut_by_geos(layer: Layer, places: Ints, sides: tuple[int, int, int, int]) -> Pieces:
    whole = shapes_of(layer.pieces, places)
    parts = shapely.intersection(whole, shapely.box(*sides), grid_size=1.0)
    return pieces_of(surfaces(parts), layer.pieces.areas[places])
