"""Shapes ready to be asked which of them an area touches, covers or crosses."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from courtepointe.core.errors import BadInput
from courtepointe.core.fit.limit import AskedArea
from courtepointe.core.typing import Bools, Floats, Ints, Shapes

SNAP = 1e-9
"""A share this near to 0, 1 or a half is that number: limits drawn twice differ by less."""
POLYGONAL = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)


@dataclass(frozen=True, slots=True)
class ShapeIndex:
    """Shapes ready to be asked which of them an area touches; make it with `index_shapes`.

    Attributes
    ----------
    shapes : (n_units,) shapely polygons or multipolygons, valid, in metres
    surface_m2 : (n_units,) float
    bounds : (n_units, 4) float, metres
        West, south, east, north.
    tree : shapely.STRtree
    looked_at : (n_units,) bool
        Whether a shape is known to be valid; grows as shapes are looked at.
    """

    shapes: Shapes
    surface_m2: Floats
    bounds: Floats
    tree: shapely.STRtree
    looked_at: Bools


@dataclass(frozen=True, slots=True)
class PlacedBlocks:
    """Blocks, and the unit that holds each; make it with `place_blocks`.

    Attributes
    ----------
    index : ShapeIndex
        (n_blocks,) shapes.
    weight : (n_blocks,) float, persons or dwellings
    unit : (n_blocks,) int
        Position of the unit that holds each block; -1 where none does.
    unit_weight : (n_units,) float
        Sum over the blocks of each unit.
    unit_bounds : (n_units, 4) float, metres
        West, south, east, north of those of its blocks that hold anybody; NaN where none does.
    order : (n_held,) int
        The blocks that hold anybody in some unit, by unit.
    starts : (n_units + 1,) int
        Where in ``order`` those of each unit start.
    """

    index: ShapeIndex
    weight: Floats
    unit: Ints
    unit_weight: Floats
    unit_bounds: Floats
    order: Ints
    starts: Ints

    def of_units(self, units: Ints) -> Ints:
        """Give the blocks of some units that hold anybody."""
        counts = self.starts[units + 1] - self.starts[units]
        ends = np.cumsum(counts)
        within = np.arange(ends[-1] if ends.size else 0) - np.repeat(ends - counts, counts)
        found: Ints = self.order[np.repeat(self.starts[units], counts) + within]
        return found


def index_shapes(shapes: Shapes, *, valid: bool = False) -> ShapeIndex:
    """Prepare shapes to be asked which of them an area touches.

    Parameters
    ----------
    shapes : (n_units,) shapely polygons or multipolygons, in metres
    valid : bool
        Whether they are known to be valid, as a pack's are.

    Raises
    ------
    BadInput
        ``core_shape_not_surface``, with the position.

    Notes
    -----
    Validity is checked when a limit may first cross a shape, not here: half a million blocks open
    at once.
    """
    for position in np.flatnonzero(~np.isin(shapely.get_type_id(shapes), POLYGONAL)):
        raise BadInput("core_shape_not_surface", position=int(position))
    bounds: Floats = shapely.bounds(shapes).reshape(-1, 4)
    looked_at = np.full(shapes.shape, valid)
    return ShapeIndex(shapes, shapely.area(shapes), bounds, shapely.STRtree(shapes), looked_at)


def place_blocks(index: ShapeIndex, weight: Floats, unit: Ints, *, n_units: int) -> PlacedBlocks:
    """Prepare blocks to tell where the people or dwellings of units are.

    Parameters
    ----------
    index : ShapeIndex
        (n_blocks,) shapes.
    weight : (n_blocks,) float, persons or dwellings
    unit : (n_blocks,) int
        Position of the unit that holds each block; -1 where none does.
    n_units : int

    Raises
    ------
    BadInput
        ``core_shape``, ``core_not_a_number``, ``core_negative_count``, ``core_unit_position``.
    """
    for name, array in (("block_weight", weight), ("block_unit", unit)):
        if array.shape != index.shapes.shape:
            raise BadInput("core_shape", array=name, shape=array.shape, expected=index.shapes.shape)
    if not np.isfinite(weight).all():
        raise BadInput("core_not_a_number", array="block_weight")
    if (weight < 0.0).any():
        raise BadInput("core_negative_count", value=float(weight.min()))
    if unit.size and (unit.min() < -1 or unit.max() >= n_units):
        raise BadInput("core_unit_position", value=int(unit.max()), n_units=n_units)
    held = np.flatnonzero((unit >= 0) & (weight > 0.0))
    order = held[np.argsort(unit[held], kind="stable")]
    counts = np.bincount(unit[held], minlength=n_units)
    starts = np.concatenate([[0], np.cumsum(counts)])
    bounds = np.full((n_units, 4), np.nan)
    filled = np.flatnonzero(counts)
    if filled.size:
        low, high = index.bounds[order, :2], index.bounds[order, 2:]
        bounds[filled, :2] = np.minimum.reduceat(low, starts[filled], axis=0)
        bounds[filled, 2:] = np.maximum.reduceat(high, starts[filled], axis=0)
    total: Floats = np.bincount(unit[held], weight[held], minlength=n_units).astype(np.float64)
    return PlacedBlocks(index, weight, unit, total, bounds, order, starts)


def surface_shares(index: ShapeIndex, asked: AskedArea) -> tuple[Ints, Floats]:
    """Give the shapes of which some part lies in an area, ascending, and that part.

    Parameters
    ----------
    index : ShapeIndex
    asked : AskedArea

    Returns
    -------
    (n_near,) int, (n_near,) float, 0 to 1
        Shares within `SNAP` of 0 or 1 are 0 or 1.

    Raises
    ------
    BadInput
        ``core_shape_invalid`` where a shape that the limit may cross crosses itself.
    """
    near = index.tree.query(asked.area)
    near.sort()
    inside, outside = asked.sort_out(index.bounds[near])
    return _shares_among(index, asked, near[~outside], inside[~outside])


def weight_inside(blocks: PlacedBlocks, asked: AskedArea) -> Floats:
    """Give how many people or dwellings of each unit are inside an area.

    Parameters
    ----------
    blocks : PlacedBlocks
    asked : AskedArea

    Returns
    -------
    (n_units,) float

    Raises
    ------
    BadInput
        As `surface_shares`, for blocks.

    Notes
    -----
    Units whose blocks are all surely inside are counted whole; only of the others is each block
    that holds anybody asked.
    """
    near = np.flatnonzero(_boxes_meet(blocks.unit_bounds, shapely.bounds(asked.area)))
    inside, outside = asked.sort_out(blocks.unit_bounds[near])
    found = np.zeros(blocks.unit_weight.size)
    found[near[inside]] = blocks.unit_weight[near[inside]]
    some = blocks.of_units(near[~inside & ~outside])
    within, without = asked.sort_out(blocks.index.bounds[some])
    some, shares = _shares_among(blocks.index, asked, some[~without], within[~without])
    found += np.bincount(blocks.unit[some], blocks.weight[some] * shares, minlength=found.size)
    return found


def _boxes_meet(boxes: Floats, box: Floats) -> Bools:
    """Say which boxes meet a box: (n_boxes,)."""
    west, south, east, north = boxes.T
    met: Bools = (west <= box[2]) & (east >= box[0]) & (south <= box[3]) & (north >= box[1])
    return met


def _shares_among(
    index: ShapeIndex, asked: AskedArea, some: Ints, inside: Bools
) -> tuple[Ints, Floats]:
    """Give those of some shapes that have a part in an area, and that part.

    ``inside`` says of which it is known that the area covers them.
    """
    doubtful = some[~inside]
    _check_valid(index, doubtful)
    cut = asked.surfaces(index.shapes[doubtful], index.bounds[doubtful])
    whole = index.surface_m2[doubtful]
    shares = np.ones(some.size)
    shares[~inside] = snapped(np.where(whole > 0.0, cut / np.where(whole > 0.0, whole, 1.0), 0.0))
    met = shares > 0.0
    return some[met], shares[met]


def _check_valid(index: ShapeIndex, some: Ints) -> None:
    """Look at shapes that were not looked at yet."""
    new = some[~index.looked_at[some]]
    valid = shapely.is_valid(index.shapes[new])
    for position in new[~valid]:
        raise BadInput("core_shape_invalid", position=int(position))
    index.looked_at[new] = True


def snapped(shares: Floats) -> Floats:
    """Make shares within `SNAP` of 0 or 1 exactly that."""
    shares = np.where(shares < SNAP, 0.0, shares)
    return np.where(shares > 1.0 - SNAP, 1.0, shares)
