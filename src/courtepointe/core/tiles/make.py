"""Make the layer of a zoom: limits simplified together, rounded to the grid, valid, in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import shapely

from courtepointe.core.coverage import coverage_of
from courtepointe.core.shapes import surfaces
from courtepointe.core.tiles.grid import EXTENT, MAX_ZOOM, to_grid
from courtepointe.core.tiles.layer import FAN, Layer, Units, pieces_of
from courtepointe.core.typing import Ints, Shapes

TOLERANCE = 4.0
"""Units, half a pixel: a bend whose triangle is smaller than the square of it is left out."""
STEP = 1.0


def make_layer(shapes: Shapes, *, zoom: int) -> Layer:
    """Make the layer of one zoom.

    Parameters
    ----------
    shapes : (n_areas,) shapely polygons or multipolygons, EPSG:3857, valid
    zoom : int

    Returns
    -------
    Layer
    """
    return next(make_layers(shapes, zooms=[zoom]))


def make_layers(shapes: Shapes, *, zooms: Iterable[int]) -> Iterator[Layer]:
    """Make the layers of some zooms, the nearest first, each from the one before.

    Parameters
    ----------
    shapes : (n_areas,) shapely polygons or multipolygons, EPSG:3857, valid
        A coverage, its limits shared point by point; limits that are not quite are joined first.
    zooms : iterable of int

    Yields
    ------
    Layer

    Notes
    -----
    Bends are left out by Visvalingam and Whyatt's areas, over the whole coverage, so that a limit
    is the same on both sides; where no coverage can be made of the areas, each is simplified by
    itself, by Douglas and Peucker's distances. Rounding moves a point the same way for all areas that share it;
    where it makes rings touch themselves, GEOS rounds that area by snapping, which keeps it valid
    and moves no point by more than a unit. An area that rounding leaves without surface is not in
    the layer.
    """
    drawn = to_grid(shapes, zoom=MAX_ZOOM)
    coverage = coverage_of(drawn)
    drawn, together = (drawn, False) if coverage is None else (coverage, True)
    for zoom in sorted(set(zooms), reverse=True):
        unit = 2.0 ** (MAX_ZOOM - zoom)
        drawn = _simpler(drawn, TOLERANCE * unit, together=together)
        yield _indexed(_rounded(drawn, unit), zoom)


def _simpler(shapes: Shapes, tolerance: float, *, together: bool) -> Shapes:
    if len(shapes) == 0:
        return shapes
    simple: Shapes = (
        shapely.coverage_simplify(shapes, tolerance)
        if together
        else shapely.simplify(shapes, tolerance / 2, preserve_topology=True)
    )
    kept: Shapes = np.where(shapely.is_empty(simple), shapes, simple)
    return kept


def _rounded(shapes: Shapes, unit: float) -> Shapes:
    """Give shapes in whole units of a grid, each valid."""
    scaled: Shapes = shapely.transform(shapes, lambda points: points / unit)
    rounded: Shapes = shapely.transform(scaled, np.rint)
    broken = ~shapely.is_valid(rounded)
    if broken.any():
        snapped = shapely.set_precision(shapely.make_valid(scaled[broken]), STEP)
        rounded[broken] = surfaces(snapped)
    cleaned: Shapes = shapely.remove_repeated_points(rounded)
    return cleaned


def _indexed(shapes: Shapes, zoom: int) -> Layer:
    """Put areas in an order that keeps neighbours together, under two levels of boxes."""
    present = np.flatnonzero(~shapely.is_empty(shapes)).astype(np.int32)
    boxes = shapely.bounds(shapes[present]).reshape(-1, 4).astype(np.int32)
    order = np.argsort(_interleaved(boxes, zoom), kind="stable")
    boxes, present = boxes[order], present[order]
    blocks = _around(boxes)
    return Layer(zoom, pieces_of(shapes[present], present), boxes, blocks, _around(blocks))


def _interleaved(boxes: Units, zoom: int) -> Ints:
    """Weave the bits of middles' columns and rows: near numbers are near places."""
    middles = (boxes[:, :2].astype(np.int64) + boxes[:, 2:]) // 2
    woven = np.zeros(len(boxes), dtype=np.int64)
    for bit in range(int(EXTENT * 2**zoom).bit_length()):
        for axis in (0, 1):
            woven |= ((middles[:, axis] >> bit) & 1) << (2 * bit + axis)
    return woven


def _around(boxes: Units) -> Units:
    """Give the box around each `FAN` of boxes."""
    if len(boxes) == 0:
        return np.zeros((0, 4), dtype=np.int32)
    starts = np.arange(0, len(boxes), FAN)
    low = np.minimum.reduceat(boxes[:, :2], starts)
    return np.hstack([low, np.maximum.reduceat(boxes[:, 2:], starts)])
