"""How much of each unit lies inside an area: by surface, or by who lives in its blocks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from courtepointe.core.errors import BadInput
from courtepointe.core.typing import AnyArray, Bools, Floats, Ints, Shapes

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
    tree : shapely.STRtree
    """

    shapes: Shapes
    surface_m2: Floats
    tree: shapely.STRtree


@dataclass(frozen=True, slots=True)
class InsideShares:
    """The units that an area touches, and how much of each lies inside.

    Attributes
    ----------
    positions : (n_touched,) int
        Ascending. Units that only share a limit with the area are not touched.
    inside : (n_touched,) float, 0 to 1
        Part of the unit's weight (people, dwellings or surface) that lies inside.
    surface : (n_touched,) float, 0 to 1
        Part of its surface that lies inside.
    by_surface : (n_touched,) bool
        Whether ``inside`` had to be measured by surface.
    """

    positions: Ints
    inside: Floats
    surface: Floats
    by_surface: Bools


@dataclass(frozen=True, slots=True)
class SharePairs:
    """How much of each unit lies in each area of a division: only pairs that touch.

    Attributes
    ----------
    unit, area : (n_pairs,) int
        Positions, ordered by area then unit.
    inside, surface : (n_pairs,) float, 0 to 1
    by_surface : (n_pairs,) bool
    """

    unit: Ints
    area: Ints
    inside: Floats
    surface: Floats
    by_surface: Bools


def index_shapes(shapes: Shapes) -> ShapeIndex:
    """Prepare shapes to be asked which of them an area touches.

    Parameters
    ----------
    shapes : (n_units,) shapely polygons or multipolygons, in metres

    Raises
    ------
    BadInput
        ``core_shape_not_surface``, with the position.

    Notes
    -----
    Validity is checked when a shape is cut, not here: half a million blocks open at once.
    """
    for position in np.flatnonzero(~np.isin(shapely.get_type_id(shapes), POLYGONAL)):
        raise BadInput("core_shape_not_surface", position=int(position))
    return ShapeIndex(shapes, shapely.area(shapes), shapely.STRtree(shapes))


def share_by_surface(units: ShapeIndex, area: shapely.Geometry) -> InsideShares:
    """Measure the part of each unit's surface that lies inside an area.

    Parameters
    ----------
    units : ShapeIndex
    area : shapely polygon or multipolygon, valid, in metres

    Returns
    -------
    InsideShares

    Raises
    ------
    BadInput
        ``core_area_not_surface``, ``core_area_invalid`` or ``core_shape_invalid``.

    Notes
    -----
    Only units that the limit crosses are cut; a unit that the area covers has a share of
    exactly 1. Shares within 1e-9 of 0 or 1 are 0 or 1.
    """
    positions, surface = _surface_shares(units, _checked(area))
    touched = surface > 0.0
    surface = surface[touched]
    return InsideShares(positions[touched], surface, surface, np.ones(surface.size, np.bool_))


def share_by_blocks(
    units: ShapeIndex,
    area: shapely.Geometry,
    *,
    blocks: ShapeIndex,
    block_weight: Floats,
    block_unit: Ints,
) -> InsideShares:
    """Measure the part of each unit's people or dwellings that lies inside an area.

    Parameters
    ----------
    units : ShapeIndex
        (n_units,) shapes.
    area : shapely polygon or multipolygon, valid, in metres
    blocks : ShapeIndex
        (n_blocks,) shapes.
    block_weight : (n_blocks,) float, persons or dwellings
    block_unit : (n_blocks,) int
        Position of the unit that holds each block; -1 where none does.

    Returns
    -------
    InsideShares

    Raises
    ------
    BadInput
        ``core_shape``, ``core_not_a_number``, ``core_negative_count``, ``core_unit_position``,
        ``core_area_not_surface``, ``core_area_invalid``, ``core_shape_invalid``.

    Notes
    -----
    A block that the limit crosses counts by the part of its surface inside. Units of whom no
    block holds anybody are measured by surface, and say so.
    """
    area = _checked(area)
    _check_blocks(units, blocks, block_weight, block_unit)
    placed = block_unit >= 0
    n_units = units.shapes.size
    weight = np.bincount(block_unit[placed], block_weight[placed], minlength=n_units)
    near, part = _surface_shares(blocks, area)
    near, part = near[placed[near]], part[placed[near]]
    inside = np.bincount(block_unit[near], block_weight[near] * part, minlength=n_units)
    positions, surface = _surface_shares(units, area)
    of_unit = np.zeros(n_units)
    of_unit[positions] = surface
    by_surface = weight <= 0.0
    shares = np.where(by_surface, of_unit, _snapped(inside / np.where(by_surface, 1.0, weight)))
    touched = np.flatnonzero((shares > 0.0) | (of_unit > 0.0))
    return InsideShares(touched, shares[touched], of_unit[touched], by_surface[touched])


def shares_of_division(
    units: ShapeIndex,
    areas: Shapes,
    *,
    blocks: ShapeIndex | None = None,
    block_weight: Floats | None = None,
    block_unit: Ints | None = None,
) -> SharePairs:
    """Measure how much of each unit lies in each area of a division.

    Parameters
    ----------
    units : ShapeIndex
    areas : (n_areas,) shapely polygons or multipolygons, valid, in metres
    blocks, block_weight, block_unit
        As in `share_by_blocks`; by surface where not given.

    Returns
    -------
    SharePairs

    Raises
    ------
    BadInput
        As `share_by_surface` and `share_by_blocks`.
    """
    found = []
    for area in areas:
        if blocks is None or block_weight is None or block_unit is None:
            found.append(share_by_surface(units, area))
        else:
            found.append(
                share_by_blocks(
                    units, area, blocks=blocks, block_weight=block_weight, block_unit=block_unit
                )
            )
    sizes = [one.positions.size for one in found]
    return SharePairs(
        unit=_joined([one.positions for one in found], np.int64),
        area=np.repeat(np.arange(len(found)), sizes),
        inside=_joined([one.inside for one in found], np.float64),
        surface=_joined([one.surface for one in found], np.float64),
        by_surface=_joined([one.by_surface for one in found], np.bool_),
    )


def _joined(arrays: list[Floats] | list[Ints] | list[Bools], kind: type) -> AnyArray:
    """Join arrays, none included."""
    return np.concatenate([*arrays, np.zeros(0, kind)]).astype(kind)


def _checked(area: shapely.Geometry) -> shapely.Geometry:
    """Give back an area that has a surface and whose limit does not cross itself."""
    if shapely.get_type_id(area) not in POLYGONAL or shapely.is_empty(area):
        raise BadInput("core_area_not_surface")
    if not shapely.is_valid(area):
        raise BadInput("core_area_invalid")
    return area


def _check_blocks(units: ShapeIndex, blocks: ShapeIndex, weight: Floats, unit: Ints) -> None:
    for name, array in (("block_weight", weight), ("block_unit", unit)):
        if array.shape != blocks.shapes.shape:
            raise BadInput(
                "core_shape", array=name, shape=array.shape, expected=blocks.shapes.shape
            )
    if not np.isfinite(weight).all():
        raise BadInput("core_not_a_number", array="block_weight")
    if (weight < 0.0).any():
        raise BadInput("core_negative_count", value=float(weight.min()))
    if unit.size and (unit.min() < -1 or unit.max() >= units.shapes.size):
        raise BadInput("core_unit_position", value=int(unit.max()), n_units=units.shapes.size)


def _surface_shares(index: ShapeIndex, area: shapely.Geometry) -> tuple[Ints, Floats]:
    """Give the shapes that meet the area, ascending, and the part of each inside, snapped."""
    shapely.prepare(area)
    near = np.sort(index.tree.query(area, predicate="intersects"))
    shapes = index.shapes[near]
    shares = np.ones(near.size)
    crossed = np.flatnonzero(~shapely.covers(area, shapes))
    for position in near[crossed[~shapely.is_valid(shapes[crossed])]]:
        raise BadInput("core_shape_invalid", position=int(position))
    cut = shapely.area(shapely.intersection(shapes[crossed], area))
    whole = index.surface_m2[near[crossed]]
    shares[crossed] = _snapped(np.where(whole > 0.0, cut / np.where(whole > 0.0, whole, 1.0), 0.0))
    return near, shares


def _snapped(shares: Floats) -> Floats:
    """Make shares within 1e-9 of 0 or 1 exactly that."""
    shares = np.where(shares < SNAP, 0.0, shares)
    return np.where(shares > 1.0 - SNAP, 1.0, shares)
