"""Find neighbours: units that touch, the nearest ones, those within a distance."""

from __future__ import annotations

import numpy as np
import shapely
from scipy.spatial import cKDTree

from courtepointe.core.errors import BadInput
from courtepointe.core.space.checks import check_finite
from courtepointe.core.space.neighbours import Neighbours, from_pairs
from courtepointe.core.typing import Floats, Ints, Shapes

AS_FAR = 1e-9
"""Points whose distances differ by less than this part are equally far."""


def contiguity(shapes: Shapes, *, rook: bool = False, tolerance_m: float = 0.0) -> Neighbours:
    """Make neighbours of units that touch.

    Parameters
    ----------
    shapes : (n_units,) polygons or multipolygons, metres
    rook : bool
        A shared line is asked for; else (queen) a shared point is enough.
    tolerance_m : float, metres
        For the queen: units this near touch, so that a hair between two drawings parts nobody.

    Returns
    -------
    Neighbours
        Binary. Units whose shapes overlap are neighbours too.

    Raises
    ------
    BadInput
        ``core_shape_not_surface`` for an empty shape or a line, by position; ``space_distance``.
    """
    if not (np.isfinite(tolerance_m) and tolerance_m >= 0.0):
        raise BadInput("space_distance", value=tolerance_m)
    flat = np.flatnonzero(~(shapely.area(shapes) > 0.0))
    if flat.size:
        raise BadInput("core_shape_not_surface", position=int(flat[0]))
    tree = shapely.STRtree(shapes)
    if tolerance_m > 0.0 and not rook:
        row, unit = tree.query(shapes, predicate="dwithin", distance=tolerance_m)
    else:
        row, unit = tree.query(shapes, predicate="intersects")
    once = row < unit
    row, unit = row[once], unit[once]
    if rook:
        shared = shapely.get_dimensions(shapely.intersection(shapes[row], shapes[unit])) >= 1
        row, unit = row[shared], unit[shared]
    return both_ways(row, unit, n_units=len(shapes))


def both_ways(row: Ints, unit: Ints, *, n_units: int) -> Neighbours:
    """Make neighbours of pairs named one way, each once."""
    return from_pairs(np.append(row, unit), np.append(unit, row), n_units=n_units)


def nearest(points: Floats, *, number: int) -> Neighbours:
    """Make neighbours of the nearest units.

    Parameters
    ----------
    points : (n_units, 2) float, metres
    number : int, 1 to n_units - 1

    Returns
    -------
    Neighbours
        Binary, ``number`` for each unit; one may be a neighbour of another that is none of its own.

    Raises
    ------
    BadInput
        ``core_not_a_number``, ``space_number``.

    Notes
    -----
    Of units equally far those at earlier positions are taken.
    """
    check_finite("points", points)
    n_units = len(points)
    if not 1 <= number < n_units:
        raise BadInput("space_number", value=number, expected=n_units - 1)
    tree = cKDTree(points)
    farthest = tree.query(points, k=number + 1)[0][:, -1]
    near = tree.query_ball_point(points, farthest * (1.0 + AS_FAR))
    told = np.array([_first(points, i, np.array(held), number) for i, held in enumerate(near)])
    return from_pairs(np.repeat(np.arange(n_units), number), told.ravel(), n_units=n_units)


def _first(points: Floats, own: int, near: Ints, number: int) -> Ints:
    others: Ints = near[near != own]
    away = np.hypot(*(points[others] - points[own]).T)
    step = max(float(away.max()), 1.0) * AS_FAR
    order = np.lexsort((others, np.rint(away / step)))
    first: Ints = others[order[:number]]
    return first


def within_distance(points: Floats, *, limit_m: float) -> Neighbours:
    """Make neighbours of units whose points are no farther apart than a limit.

    Parameters
    ----------
    points : (n_units, 2) float, metres
    limit_m : float, metres, above 0

    Returns
    -------
    Neighbours
        Binary.

    Raises
    ------
    BadInput
        ``core_not_a_number``, ``space_distance``.
    """
    check_finite("points", points)
    if not (np.isfinite(limit_m) and limit_m > 0.0):
        raise BadInput("space_distance", value=limit_m)
    pairs = cKDTree(points).query_pairs(limit_m, output_type="ndarray").astype(np.int64)
    return both_ways(pairs[:, 0], pairs[:, 1], n_units=len(points))
