"""The grid of Web Mercator's squares: 2^z x 2^z tiles of 4,096 x 4,096 units, y growing southwards."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import shapely

from courtepointe.core.errors import NotFound
from courtepointe.core.typing import AnyArray, Floats, Shapes

WORLD_M = 40_075_016.685578488
"""Around the equator in Web Mercator's metres."""
EXTENT = 4096
PIXELS = 512
"""Pixels that a tile's side has on a screen of plain density."""
BUFFER = 64
"""Units drawn beyond a tile, eight pixels: an outline or a pattern does not stop at the seam."""
MAX_ZOOM = 14
"""A unit is 0.6 m there; nearer, a map enlarges these tiles."""
LEAST_PIXELS = 8.0
"""A type of areas is drawn from the zoom where a middling one is so wide."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A square of the map.

    Attributes
    ----------
    zoom, column, row : int
        Columns count eastwards from the antimeridian, rows southwards from 85.05° north.

    Raises
    ------
    NotFound
        ``tile_out_of_range`` where the zoom has no such square.
    """

    zoom: int
    column: int
    row: int

    def __post_init__(self) -> None:
        if not 0 <= self.zoom <= MAX_ZOOM:
            raise NotFound(
                "tile_out_of_range", name="tileMatrix", value=self.zoom, expected=f"0-{MAX_ZOOM}"
            )
        last = 2**self.zoom - 1
        for name, value in (("tileRow", self.row), ("tileCol", self.column)):
            if not 0 <= value <= last:
                raise NotFound("tile_out_of_range", name=name, value=value, expected=f"0-{last}")

    @property
    def corner(self) -> tuple[int, int]:
        """The north-west corner in units of the zoom's grid."""
        return self.column * EXTENT, self.row * EXTENT

    @property
    def bounds_m(self) -> tuple[float, float, float, float]:
        """West, south, east, north in Web Mercator's metres."""
        side = WORLD_M / 2**self.zoom
        west, north = self.column * side - WORLD_M / 2, WORLD_M / 2 - self.row * side
        return west, north - side, west + side, north


def to_grid(shapes: Shapes, *, zoom: int) -> Shapes:
    """Carry shapes from Web Mercator's metres to a zoom's grid, not rounded yet.

    Parameters
    ----------
    shapes : (n,) shapely geometries, EPSG:3857
    zoom : int

    Returns
    -------
    (n,) shapely geometries, units of the grid, y growing southwards
    """
    scale = EXTENT * 2**zoom / WORLD_M

    def carry(points: AnyArray) -> AnyArray:
        moved: AnyArray = (points * (1.0, -1.0) + WORLD_M / 2) * scale
        return moved

    carried: Shapes = shapely.transform(shapes, carry)
    return carried


def zoom_where_drawn(surface_m2: Floats) -> int:
    """Say from which zoom a type of areas is drawn: where a middling one is eight pixels wide.

    Parameters
    ----------
    surface_m2 : (n_areas,) float, square metres of Web Mercator

    Returns
    -------
    int
        At most `MAX_ZOOM`; 0 where there is no area.
    """
    if surface_m2.size == 0:
        return 0
    wide_m = math.sqrt(max(float(np.median(surface_m2)), 1.0))
    pixels_of_world = WORLD_M / wide_m * LEAST_PIXELS
    return min(max(math.ceil(math.log2(pixels_of_world / PIXELS)), 0), MAX_ZOOM)
