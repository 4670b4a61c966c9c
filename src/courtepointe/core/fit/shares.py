"""How much of each unit lies inside an area: by surface, or by who lives in its blocks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from courtepointe.core.errors import BadInput
from courtepointe.core.fit.index import (
    POLYGONAL,
    PlacedBlocks,
    ShapeIndex,
    snapped,
    surface_shares,
    weight_inside,
)
from courtepointe.core.fit.limit import AskedArea
from courtepointe.core.typing import AnyArray, Bools, Floats, Ints, Shapes


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
    positions, surface = surface_shares(units, AskedArea(_checked(area)))
    touched = surface > 0.0
    surface = surface[touched]
    return InsideShares(positions[touched], surface, surface, np.ones(surface.size, np.bool_))


def share_by_blocks(
    units: ShapeIndex, area: shapely.Geometry, *, blocks: PlacedBlocks
) -> InsideShares:
    """Measure the part of each unit's people or dwellings that lies inside an area.

    Parameters
    ----------
    units : ShapeIndex
        (n_units,) shapes.
    area : shapely polygon or multipolygon, valid, in metres
    blocks : PlacedBlocks
        Of the same units.

    Returns
    -------
    InsideShares

    Raises
    ------
    BadInput
        ``core_area_not_surface``, ``core_area_invalid``, ``core_shape_invalid``.

    Notes
    -----
    A block that the limit crosses counts by the part of its surface inside. Units of whom no
    block holds anybody are measured by surface, and say so.
    """
    asked = AskedArea(_checked(area))
    inside = weight_inside(blocks, asked)
    positions, surface = surface_shares(units, asked)
    of_unit = np.zeros(units.shapes.size)
    of_unit[positions] = surface
    touched = np.flatnonzero((inside > 0.0) | (of_unit > 0.0))
    surface, weight = of_unit[touched], blocks.unit_weight[touched]
    by_surface = weight <= 0.0
    shares = snapped(inside[touched] / np.where(by_surface, 1.0, weight))
    shares = np.where(by_surface, surface, shares)
    met = (shares > 0.0) | (surface > 0.0)
    return InsideShares(touched[met], shares[met], surface[met], by_surface[met])


def shares_of_division(
    units: ShapeIndex,
    areas: Shapes,
    *,
    blocks: PlacedBlocks | None = None,
) -> SharePairs:
    """Measure how much of each unit lies in each area of a division.

    Parameters
    ----------
    units : ShapeIndex
    areas : (n_areas,) shapely polygons or multipolygons, valid, in metres
    blocks : PlacedBlocks or None
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
        if blocks is None:
            found.append(share_by_surface(units, area))
        else:
            found.append(share_by_blocks(units, area, blocks=blocks))
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
