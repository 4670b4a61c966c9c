"""The limit of an area as edges, ready to cut shapes and to sort boxes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely

from courtepointe.core.fit.kernels import (
    INSIDE,
    OUTSIDE,
    count_squares,
    cut_surfaces,
    edges_of,
    slabs_of,
    sort_boxes,
)
from courtepointe.core.typing import AnyArray, Bools, Floats, Ints, Shapes

MANY = 64
"""With fewer boxes than this, to cut each shape is cheaper than to lay the grid."""
FEWEST_SQUARES, MOST_SQUARES = 64, 512
"""Rows and columns of the grid: four for each row of as many boxes in a square."""
MOST_SLABS = 4096


class AskedArea:
    """An area that shapes are held against: valid, with a surface.

    Parameters
    ----------
    area : shapely polygon or multipolygon, metres
    """

    def __init__(self, area: shapely.Geometry) -> None:
        self.area = area
        self.bounds: Floats = shapely.bounds(area)
        self._rings = Rings.of(np.array([area], np.object_))
        self._grid: Grid | None = None
        self._edges = edges_of(self._rings.points, self._rings.rings, self._rings.polygons)

    def surfaces(self, shapes: Shapes, boxes: Floats) -> Floats:
        """Give the surface of each shape that lies in the area.

        Parameters
        ----------
        shapes : (n,) shapely polygons or multipolygons, valid, metres
        boxes : (n, 4) float, metres
            West, south, east, north of each.

        Returns
        -------
        (n,) float, square metres

        Notes
        -----
        A point lies in a polygon as often as it lies under its upper edges less under its lower
        ones; the surface that lies in two of them is the sum, over pairs of edges, of what lies
        under both. Nothing is cut and no crossing is kept, so that limits that touch, coincide
        or are drawn twice need no care.
        """
        if shapes.size == 0:
            return np.zeros(0)
        cut = Rings.of(shapes)
        west, per_metre, starts, listed, first = self._slabs
        found: Floats = cut_surfaces(
            cut.points, cut.rings, cut.polygons, cut.shapes, np.ascontiguousarray(boxes),
            self._edges, starts, listed, first, west, per_metre,
        )  # fmt: skip
        return found

    def sort_out(self, boxes: Floats) -> tuple[Bools, Bools]:
        """Say which boxes are surely inside the area, and which surely do not meet it.

        Parameters
        ----------
        boxes : (n_boxes, 4) float, metres
            West, south, east, north.

        Returns
        -------
        (n_boxes,) bool, (n_boxes,) bool
            Both False where only the shape itself can tell.
        """
        if len(boxes) < MANY:
            return np.zeros(len(boxes), np.bool_), np.zeros(len(boxes), np.bool_)
        if self._grid is None:
            n = int(np.clip(4.0 * np.sqrt(len(boxes)), FEWEST_SQUARES, MOST_SQUARES))
            self._grid = self._laid(n)
        found = self._grid.sort_out(boxes)
        return found == INSIDE, found == OUTSIDE

    @cached_property
    def _slabs(self) -> tuple[float, float, Ints, Ints, Ints]:
        west, _, east, _ = self.bounds.tolist()
        n_slabs = int(np.clip(len(self._edges), 1, MOST_SLABS))
        per_metre = n_slabs / (east - west)
        return west, per_metre, *slabs_of(self._edges, west, per_metre, n_slabs)

    def _laid(self, n: int) -> Grid:
        """Lay a grid of n rows and columns over the area."""
        near, far = self.bounds[:2].copy(), self.bounds[2:].copy()
        per_metre = n / (far - near)
        slack = float(8.0 * (np.spacing(np.abs(self.bounds).max()) * per_metre).max() + 1e-9)
        rings = self._rings
        counted = count_squares(rings.points, rings.rings, self._edges, near, per_metre, slack, n)
        return Grid(counted, near, far, per_metre, slack)


@dataclass(frozen=True, slots=True)
class Grid:
    """Squares over an area, counted: of most boxes it tells whether they lie inside, without a cut.

    An area drawn over a region holds a hundred thousand blocks, and its limit crosses some
    hundreds of them. Attributes as the arguments of `courtepointe.core.fit.kernels.sort_boxes`.
    """

    counted: Ints
    corner: Floats
    far: Floats
    per_metre: Floats
    slack: float

    def sort_out(self, boxes: Floats) -> AnyArray:
        """Say of each box whether it is inside, outside, or crossed perhaps: (n_boxes,) uint8."""
        found: AnyArray = sort_boxes(
            np.ascontiguousarray(boxes), self.counted, self.corner, self.far, self.per_metre,
            self.slack,
        )  # fmt: skip
        return found


@dataclass(frozen=True, slots=True)
class Rings:
    """The rings of shapes in runs, as `courtepointe.core.fit.kernels.cut_surfaces` takes them."""

    points: Floats
    rings: Ints
    polygons: Ints
    shapes: Ints

    @classmethod
    def of(cls, shapes: Shapes) -> Rings:
        """Take polygons and multipolygons apart."""
        kind, points, offsets = shapely.to_ragged_array(shapes, include_z=False)
        rings, polygons, *whole = (np.asarray(one, np.int64) for one in offsets)
        if kind == shapely.GeometryType.POLYGON:
            whole = [np.arange(len(shapes) + 1, dtype=np.int64)]
        return cls(points, rings, polygons, whole[0])


def compile_ahead() -> None:
    """Have the loops compiled, or fetched from the compiler's cache, before anyone waits for them."""
    shapes = np.array([shapely.box(0, 0, 2, 2), shapely.box(1, 1, 3, 3)], np.object_)
    asked = AskedArea(shapes[1])
    boxes = shapely.bounds(np.repeat(shapes, MANY))
    asked.sort_out(boxes)
    asked.surfaces(shapes, boxes[[0, -1]])
