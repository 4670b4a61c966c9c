"""Areas as flat arrays of whole numbers: of a whole layer, and of what one tile shows of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from courtepointe.core.errors import BadInput
from courtepointe.core.typing import Bools, Ints, Shapes

Units = NDArray[np.int32]
"""Whole units of a zoom's grid, or positions: half the memory of `Ints`."""
FAN = 64
"""Areas under one box of the index, and such boxes under one of the next."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """Areas or parts of areas: each some rings, each ring some points, the last not repeated.

    Attributes
    ----------
    areas : (n_areas,) int
        Positions in the table that the areas are from.
    area_ends : (n_areas,) int
        Where the rings of each area end.
    outer : (n_rings,) bool
        A ring that encloses; the inner ones after it are its holes.
    ring_ends : (n_rings,) int
        Where the points of each ring end.
    points : (n_points, 2) int
        With y growing southwards, outer rings turn with the clock and inner ones against it.
    """

    areas: Units
    area_ends: Units
    outer: Bools
    ring_ends: Units
    points: Units

    def __len__(self) -> int:
        return len(self.areas)


@dataclass(frozen=True, slots=True)
class Layer:
    """All areas of a type as one zoom draws them, neighbours near each other in memory.

    Attributes
    ----------
    zoom : int
    pieces : Pieces
    boxes : (n_areas, 4) int
        West, north, east, south of each area.
    blocks, tops : (n, 4) int
        Boxes around each `FAN` of `boxes`, and around each `FAN` of `blocks`.
    """

    zoom: int
    pieces: Pieces
    boxes: Units
    blocks: Units
    tops: Units

    def __post_init__(self) -> None:
        n_areas = len(self.pieces)
        wanted = (n_areas, -(-n_areas // FAN), -(-n_areas // FAN**2))
        if (len(self.boxes), len(self.blocks), len(self.tops)) != wanted:
            raise BadInput("tile_layer_broken", value=str(wanted))

    def __len__(self) -> int:
        return len(self.pieces)


def pieces_of(shapes: Shapes, areas: Units) -> Pieces:
    """Lay polygons whose coordinates are whole numbers out as arrays; empty ones are left out.

    Parameters
    ----------
    shapes : (n,) shapely polygons or multipolygons, y growing southwards
    areas : (n,) int
        What they are shapes of.
    """
    kept = ~shapely.is_empty(shapes)
    shapes, areas = shapes[kept], areas[kept]
    if len(shapes) == 0:
        return nothing()
    # Shells against the clock where y grows upwards, hence with the clock here.
    turned = shapely.orient_polygons(shapes, exterior_cw=False)
    polygons, area = shapely.get_parts(turned, return_index=True)
    rings, polygon = shapely.get_rings(polygons, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    closing = np.r_[ring[1:] != ring[:-1], True]
    n_points = np.bincount(ring, minlength=len(rings)) - 1
    n_rings = np.bincount(area[polygon], minlength=len(shapes))
    return Pieces(
        areas=areas,
        area_ends=np.cumsum(n_rings).astype(np.int32),
        outer=np.r_[True, polygon[1:] != polygon[:-1]],
        ring_ends=np.cumsum(n_points).astype(np.int32),
        points=np.rint(points[~closing]).astype(np.int32),
    )


def nothing() -> Pieces:
    """Give no pieces at all."""
    none = np.zeros(0, dtype=np.int32)
    return Pieces(none, none, np.zeros(0, np.bool_), none, np.zeros((0, 2), np.int32))


def joined(first: Pieces, second: Pieces) -> Pieces:
    """Put pieces after others."""
    if len(second) == 0:
        return first
    n_rings, n_points = len(first.ring_ends), len(first.points)
    return Pieces(
        np.concatenate([first.areas, second.areas]),
        np.concatenate([first.area_ends, second.area_ends + np.int32(n_rings)]),
        np.concatenate([first.outer, second.outer]),
        np.concatenate([first.ring_ends, second.ring_ends + np.int32(n_points)]),
        np.concatenate([first.points, second.points]),
    )


def shapes_of(pieces: Pieces, places: Ints) -> Shapes:
    """Give some of the pieces as shapely multipolygons, the reverse of `pieces_of`.

    Parameters
    ----------
    places : (n,) int
        Positions in `pieces`.
    """
    rings, areas = _spread(pieces.area_ends, places)
    points, ring = _spread(pieces.ring_ends, rings)
    starts = np.flatnonzero(np.r_[True, ring[1:] != ring[:-1]])
    closed = np.insert(
        np.arange(len(points)), np.r_[starts[1:], len(points)], starts
    )  # each ring's first point again at its end
    coordinates = pieces.points[points[closed]].astype(np.float64)
    lengths = np.diff(np.r_[starts, len(points)]) + 1
    outer = np.flatnonzero(pieces.outer[rings])
    owner = areas[outer]
    offsets = (
        np.r_[0, np.cumsum(lengths)],
        np.r_[outer, len(rings)],
        np.searchsorted(owner, np.arange(len(places) + 1)),
    )
    made: Shapes = shapely.from_ragged_array(
        shapely.GeometryType.MULTIPOLYGON, coordinates, offsets
    )
    return made


def _spread(ends: Units, places: Ints) -> tuple[Ints, Ints]:
    """Give the members of some groups, and which of the groups each is of."""
    starts = np.where(places > 0, ends[places - 1], 0)
    sizes = ends[places] - starts
    group = np.repeat(np.arange(len(places)), sizes)
    within = np.arange(len(group)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return starts[group] + within, group
