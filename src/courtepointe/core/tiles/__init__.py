"""Shapes cut into the squares of a web map, on a grid of whole numbers, shared limits kept shared.

>>> layer = make_layer(shapes, zoom=12)           # once: simplified, rounded to the grid, in order
>>> pieces = cut(layer, Tile(12, 1210, 1465))     # each time: some microseconds an area
"""

from courtepointe.core.tiles.cut import cut
from courtepointe.core.tiles.grid import (
    BUFFER,
    EXTENT,
    MAX_ZOOM,
    PIXELS,
    WORLD_M,
    Tile,
    to_grid,
    zoom_where_drawn,
)
from courtepointe.core.tiles.layer import Layer, Pieces, Units
from courtepointe.core.tiles.make import make_layer, make_layers

__all__ = [
    "BUFFER",
    "EXTENT",
    "MAX_ZOOM",
    "PIXELS",
    "WORLD_M",
    "Layer",
    "Pieces",
    "Tile",
    "Units",
    "cut",
    "make_layer",
    "make_layers",
    "to_grid",
    "zoom_where_drawn",
]
