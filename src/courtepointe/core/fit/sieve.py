"""A grid over an area that tells of most boxes whether they lie inside, without a cut.

An area drawn over a region holds a hundred thousand blocks, and its limit crosses some hundreds
of them. To ask each is slow: the area is cut into squares, once, only where its limit goes
through (a quadtree); a box on squares that are all inside is inside.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely

from courtepointe.core.typing import Bools, Floats, Ints

MANY = 200
"""With fewer boxes than this, to ask each shape is cheaper than to make the grid."""
DEPTH = 6
"""The grid has two to this power rows and columns."""
CROSSED, INSIDE, OUTSIDE = 0, 1, 2
SHIFT = 2 * DEPTH + 1
"""Squares outside are counted above this bit, squares inside below."""


class AskedArea:
    """An area that shapes are held against: valid, with a surface, prepared."""

    def __init__(self, area: shapely.Geometry) -> None:
        """Prepare it; the grid is made when it is first worth it."""
        shapely.prepare(area)
        self.area = area

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
        return self._sieve.sort_out(boxes)

    @cached_property
    def _sieve(self) -> Sieve:
        return sieve_of(self.area)


@dataclass(frozen=True, slots=True)
class Sieve:
    """The grid over an area.

    Attributes
    ----------
    x, y : (n + 1,) float, metres
        Where the squares end.
    counted : (n + 1, n + 1) int
        Squares west and south of a corner: those wholly inside, and from bit `SHIFT` on those
        wholly outside.
    """

    x: Floats
    y: Floats
    counted: Ints

    def sort_out(self, boxes: Floats) -> tuple[Bools, Bools]:
        """As `AskedArea.sort_out`."""
        west, south, east, north = boxes.T
        first_x, stop_x, in_x = _span(self.x, west, east)
        first_y, stop_y, in_y = _span(self.y, south, north)
        table, n = self.counted.ravel(), self.x.size
        found = table.take(stop_x * n + stop_y) - table.take(first_x * n + stop_y)
        found -= table.take(stop_x * n + first_y) - table.take(first_x * n + first_y)
        squares = (stop_x - first_x) * (stop_y - first_y)
        return (found == squares) & in_x & in_y, found == squares << SHIFT


def sieve_of(area: shapely.Geometry) -> Sieve:
    """Make the grid over an area that `shapely.prepare` has prepared."""
    west, south, east, north = shapely.bounds(area)
    n = 1 << DEPTH
    x, y = np.linspace(west, east, n + 1), np.linspace(south, north, n + 1)
    state = np.full((1, 1), CROSSED, np.uint8)
    for depth in range(1, DEPTH + 1):
        state = state.repeat(2, axis=0).repeat(2, axis=1)
        step = n >> depth
        column, row = np.nonzero(state == CROSSED)
        boxes = shapely.box(
            x[column * step], y[row * step], x[(column + 1) * step], y[(row + 1) * step]
        )
        met = shapely.intersects(area, boxes)
        state[column[~met], row[~met]] = OUTSIDE
        column, row = column[met], row[met]
        covered = shapely.covers(area, boxes[met])
        state[column[covered], row[covered]] = INSIDE
    counted = np.zeros((n + 1, n + 1), np.int64)
    squares = (state == INSIDE) + ((state == OUTSIDE).astype(np.int64) << SHIFT)
    counted[1:, 1:] = squares.cumsum(axis=0).cumsum(axis=1)
    return Sieve(x, y, counted)


def _span(edges: Floats, low: Floats, high: Floats) -> tuple[Ints, Ints, Bools]:
    """Give the first square that a side lies on, the one after its last, and whether on the grid.

    A side within a rounding error of an edge is taken to lie on both squares.
    """
    n = edges.size - 1
    step = (edges[-1] - edges[0]) / n
    error = 8.0 * np.spacing(np.abs(edges).max()) / step + 1e-9
    first = ((low - edges[0]) / step - error).clip(0, n - 1).astype(np.int64)
    stop = ((high - edges[0]) / step + error).clip(0, n - 1).astype(np.int64) + 1
    return first, stop, (low >= edges[0]) & (high <= edges[-1])
