"""Where the people of an area live along its streets, when only their number is known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from scipy.spatial import KDTree

from courtepointe.core.access.checks import check_counts, check_minutes, check_shape
from courtepointe.core.access.coverage import Coverage, coverage
from courtepointe.core.errors import BadInput
from courtepointe.core.streets import Snapped, Streets
from courtepointe.core.typing import Bools, Floats, Ints, Shapes

STEP_M = 25.0
NEAR_M = 200.0
LATTICE_M = 40.0
LEAST_COVERED = 0.9
"""An area counts where at least this part of its ground is near a street of the file."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Stretches of streets inside areas.

    Attributes
    ----------
    spots : Snapped
        The middle of each stretch, on its street.
    metres : (n,) float, metres
    area : (n,) int
        The area that the middle lies in.
    ground : (n_areas,) float
        Part of each area's ground that is near a street: less than 1 where the file of streets ends.
    """

    spots: Snapped
    metres: Floats
    area: Ints
    ground: Floats

    @property
    def whole(self) -> Bools:
        """Areas that the streets cover, (n_areas,) bool: the others are covered in part or not at all."""
        held = np.bincount(self.area, minlength=len(self.ground)) > 0
        told: Bools = (self.ground >= LEAST_COVERED) & held
        return told


def along_streets(
    streets: Streets, areas: Shapes, *, passable: Bools | None = None, step_m: float = STEP_M
) -> Placed:
    """Cut streets in stretches, and say in which area each lies.

    Parameters
    ----------
    streets : Streets
    areas : (n_areas,) shapely polygons, metres
        Of one division: they do not overlap.
    passable : (n_edges,) bool, optional
        Streets where people may live; else all.
    step_m : float, metres
        The longest stretch.

    Returns
    -------
    Placed
        A stretch outside all areas is left out.

    Raises
    ------
    BadInput
        ``access_step``.
    """
    if not step_m > 0.0:
        raise BadInput("access_step", value=step_m)
    held = streets.length_m > 0.0 if passable is None else passable & (streets.length_m > 0.0)
    edge = np.flatnonzero(held)
    n_parts = np.ceil(streets.length_m[edge] / step_m).astype(np.int64)
    begins = np.cumsum(n_parts) - n_parts
    of_edge = np.repeat(edge, n_parts)
    turn = np.arange(int(n_parts.sum())) - np.repeat(begins, n_parts)
    along = (turn + 0.5) / np.repeat(n_parts, n_parts)
    metres = streets.length_m[of_edge] / np.repeat(n_parts, n_parts)
    lines = streets.lines(edge)
    middles = shapely.line_interpolate_point(np.repeat(lines, n_parts), along, normalized=True)
    spot, area = shapely.STRtree(areas).query(middles, predicate="intersects").reshape(2, -1)
    # A middle on a limit is of the first of the areas that meet there.
    order = np.lexsort((area, spot))
    spot, area = spot[order], area[order]
    first = np.r_[True, spot[1:] != spot[:-1]] if len(spot) else np.zeros(0, dtype=np.bool_)
    spot, area = spot[first], area[first].astype(np.int64)
    spots = Snapped(of_edge[spot], along[spot], np.zeros(len(spot)), np.inf)
    return Placed(spots, metres[spot], area, _ground(middles, areas))


def _ground(middles: Shapes, areas: Shapes) -> Floats:
    """Estimate the part of each area that lies near a street, on a lattice of `LATTICE_M`."""
    told = np.zeros(len(areas))
    streets = shapely.get_coordinates(middles)
    if len(streets) == 0:
        return told
    west, south = streets.min(axis=0) - NEAR_M
    east, north = streets.max(axis=0) + NEAR_M
    met = np.flatnonzero(shapely.intersects(areas, shapely.box(west, south, east, north)))
    if len(met) == 0:
        return told
    spots = _lattice(shapely.total_bounds(areas[met]), shapely.point_on_surface(areas[met]))
    spot, area = shapely.STRtree(areas[met]).query(shapely.points(spots), predicate="intersects")
    distance, _ = KDTree(streets).query(spots[spot], distance_upper_bound=NEAR_M)
    near = np.bincount(area, weights=np.isfinite(distance), minlength=len(met))
    told[met] = near / np.bincount(area, minlength=len(met))
    return told


def _lattice(bounds: Floats, inside: Shapes) -> Floats:
    """Give points all over some bounds, and one inside each area, however small."""
    steps = [np.arange(bounds[k], bounds[k + 2] + LATTICE_M, LATTICE_M) for k in (0, 1)]
    every = np.stack(np.meshgrid(*steps), axis=-1).reshape(-1, 2)
    told: Floats = np.concatenate([every, shapely.get_coordinates(inside)])
    return told


@dataclass(frozen=True, slots=True)
class Spread:
    """People covered, when it is not known where in their area they live.

    Attributes
    ----------
    even : Coverage
        If they live evenly along the area's streets.
    nearest, farthest : Coverage
        If all of an area lived at its street nearest to a site, or at the farthest.
    counted : (n_areas,) bool
        Areas that the streets cover; the people of the others are in none of the counts.
    """

    even: Coverage
    nearest: Coverage
    farthest: Coverage
    counted: Bools


def covered_along(
    placed: Placed, minutes: Floats, people: Floats, *, limits_min: tuple[float, ...]
) -> Spread:
    """Count people within limits, spread along the streets of their areas.

    Parameters
    ----------
    placed : Placed
    minutes : (n,) float, minutes
        Of each stretch to its nearest site.
    people : (n_areas, n_groups) float
    limits_min : (n_limits,) float, minutes

    Returns
    -------
    Spread

    Raises
    ------
    BadInput
        As `coverage`.
    """
    check_shape("people", people, (len(placed.ground), people.shape[-1]))
    check_counts("people", people)
    check_shape("minutes", minutes, placed.area.shape)
    check_minutes("minutes", minutes)
    whole = placed.whole
    held = whole[placed.area]
    area, metres = placed.area[held], placed.metres[held]
    length = np.bincount(area, weights=metres, minlength=len(people))
    part = metres / length[area]
    low, high = np.full(len(people), np.inf), np.zeros(len(people))
    np.minimum.at(low, area, minutes[held])
    np.maximum.at(high, area, minutes[held])
    return Spread(
        coverage(minutes[held], people[area] * part[:, None], limits_min=limits_min),
        coverage(low[whole], people[whole], limits_min=limits_min),
        coverage(high[whole], people[whole], limits_min=limits_min),
        whole,
    )
