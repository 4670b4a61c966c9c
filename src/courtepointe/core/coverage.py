"""Shapes as a coverage: neighbours that share their limits point by point."""

from __future__ import annotations

import numpy as np
import shapely

from courtepointe.core.shapes import surfaces
from courtepointe.core.typing import Ints, Shapes

GRID = 0.01
"""Limits nearer than this, in the shapes' own unit, become one."""


def coverage_of(shapes: Shapes) -> Shapes | None:
    """Give shapes as a coverage: as they are where they are one, else with their limits joined.

    Parameters
    ----------
    shapes : (n,) shapely polygons or multipolygons, valid

    Returns
    -------
    (n,) shapely polygons or multipolygons, or None
        None where joining their limits made no coverage of them either.
    """
    if shapely.coverage_is_valid(shapes):
        return shapes
    joined = noded(shapes)
    return joined if shapely.coverage_is_valid(joined) else None


def noded(shapes: Shapes) -> Shapes:
    """Cut shapes along all their limits, and put each piece in one area only.

    Parameters
    ----------
    shapes : (n,) shapely polygons or multipolygons, valid

    Returns
    -------
    (n,) shapely polygons or multipolygons
        A piece that several held goes to the one of lowest position.
    """
    lines = shapely.union_all(shapely.boundary(shapes), grid_size=GRID)
    pieces = shapely.get_parts(shapely.polygonize(shapely.get_parts(lines)))
    piece, area = shapely.STRtree(shapes).query(
        shapely.point_on_surface(pieces), predicate="intersects"
    )
    return _united(pieces, *_first_owner(piece, area), shapes)


def _first_owner(piece: Ints, area: Ints) -> tuple[Ints, Ints]:
    order = np.lexsort((area, piece))
    owned, first = np.unique(piece[order], return_index=True)
    return owned, area[order][first]


def _united(pieces: Shapes, piece: Ints, area: Ints, shapes: Shapes) -> Shapes:
    united = np.full(len(shapes), shapely.MultiPolygon(), dtype=object)
    order = np.argsort(area, kind="stable")
    owners, starts = np.unique(area[order], return_index=True)
    for owner, mine in zip(owners, np.split(piece[order], starts[1:]), strict=True):
        united[owner] = shapely.coverage_union_all(pieces[mine])
    return surfaces(united)
