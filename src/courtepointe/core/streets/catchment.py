"""Catchments: the parts of streets that are reached within some minutes, and a shape round them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely

from courtepointe.core.errors import BadInput
from courtepointe.core.streets.snap import Snapped
from courtepointe.core.streets.values import Streets
from courtepointe.core.streets.walkers import Walk
from courtepointe.core.typing import AnyArray, Bools, Floats, Ints, Shapes

WIDTH_M = 40.0
"""Half a short block: the houses on both sides of a street that is reached."""
SMALLEST_HOLE_M2 = 20_000.0
"""Yards inside a block of streets that are reached are filled; parks and railway yards stay open."""


@dataclass(frozen=True, slots=True)
class Reached:
    """Parts of streets.

    Attributes
    ----------
    edge : (n,) int
    begin, end : (n,) float
        Parts of the street's length: 0 is its first end; ``begin < end``.
    """

    edge: Ints
    begin: Floats
    end: Floats

    def length_m(self, streets: Streets) -> float:
        """Add up the metres that are reached."""
        return float((streets.length_m[self.edge] * (self.end - self.begin)).sum())


def reached(
    streets: Streets,
    walk: Walk,
    minutes: AnyArray,
    limit_min: float,
    *,
    sites: Snapped | None = None,
) -> Reached:
    """Find the parts of streets within a limit.

    Parameters
    ----------
    streets : Streets
    walk : Walk
    minutes : (n_nodes,) float, minutes
        Of every node, to the nearest site or to one.
    limit_min : float, minutes
    sites : Snapped, optional
        The sites that the minutes are to: what is reached of a site's own street begins at the site.

    Returns
    -------
    Reached
        Along the streets, no part twice.

    Raises
    ------
    BadInput
        ``core_shape``, ``streets_limit``.
    """
    if minutes.shape != (streets.n_nodes,):
        raise BadInput(
            "core_shape", array="minutes", shape=minutes.shape, expected=(streets.n_nodes,)
        )
    if not limit_min > 0.0:
        raise BadInput("streets_limit", value=limit_min)
    left = [limit_min - minutes[ends] for ends in (streets.from_node, streets.to_node)]
    some = walk.passable & ((left[0] >= 0.0) | (left[1] >= 0.0))
    edge = np.flatnonzero(some)
    fore, back = (_part(one[edge], walk.edge_min[edge]) for one in left)
    zero, whole = np.zeros(len(edge)), np.ones(len(edge))
    parts = [(edge, zero, fore), (edge, 1.0 - back, whole)]
    if sites is not None:
        parts.append(_round_sites(walk, sites, limit_min))
    joined = [np.concatenate(held) for held in zip(*parts, strict=True)]
    return _without_repeats(joined[0], joined[1], joined[2])


def _part(left: Floats, edge_min: Floats) -> Floats:
    """Give the part of each street that the minutes left are enough for."""
    with np.errstate(divide="ignore", invalid="ignore"):
        part = np.where(edge_min > 0.0, left / edge_min, np.where(left >= 0.0, 1.0, 0.0))
    told: Floats = np.clip(part, 0.0, 1.0)
    return told


def _round_sites(walk: Walk, sites: Snapped, limit_min: float) -> tuple[Ints, Floats, Floats]:
    on = ~sites.too_far
    on[on] = walk.passable[sites.edge[on]]
    edge, along = sites.edge[on], sites.along[on]
    part = _part(limit_min - sites.away_m[on] / walk.metres_per_minute, walk.edge_min[edge])
    # A part of the whole street may be less than the street on one side only.
    return edge, np.maximum(along - part, 0.0), np.minimum(along + part, 1.0)


def _without_repeats(edge: Ints, begin: Floats, end: Floats) -> Reached:
    """Join parts of a street that meet, and leave out those without length."""
    held = end > begin
    order = np.lexsort((begin[held], edge[held]))
    edge, begin, end = edge[held][order], begin[held][order], end[held][order]
    if len(edge) == 0:
        return Reached(edge, begin, end)
    # A street's own stretch of the line, so that the farthest end so far never comes from another's.
    farthest = np.maximum.accumulate(end + 2.0 * edge) - 2.0 * edge
    new = np.r_[True, (edge[1:] != edge[:-1]) | (begin[1:] > farthest[:-1])]
    first = np.flatnonzero(new)
    return Reached(edge[first], begin[first], np.maximum.reduceat(end, first))


def pieces_of_streets(streets: Streets, parts: Reached) -> Shapes:
    """Draw the parts of streets: (n,) shapely lines, in metres."""
    lines = streets.lines(parts.edge)
    whole: Bools = (parts.begin == 0.0) & (parts.end == 1.0)
    drawn = lines.copy()
    for place in np.flatnonzero(~whole):
        drawn[place] = _cut(lines[place], parts.begin[place], parts.end[place])
    return drawn


def _cut(line: shapely.LineString, begin: float, end: float) -> shapely.Geometry:
    """Cut a line between two parts of its length."""
    points = shapely.get_coordinates(line)
    steps = np.hypot(*np.diff(points, axis=0).T)
    along = np.concatenate([[0.0], np.cumsum(steps)])
    ends = np.array([begin, end]) * along[-1]
    inside = points[(along > ends[0]) & (along < ends[1])]
    first, last = (
        [np.interp(at, along, points[:, 0]), np.interp(at, along, points[:, 1])] for at in ends
    )
    return shapely.linestrings(np.vstack([first, inside, last]))


def catchments(
    streets: Streets,
    walk: Walk,
    minutes: AnyArray,
    limits_min: Sequence[float],
    *,
    sites: Snapped | None = None,
    width_m: float = WIDTH_M,
    smallest_hole_m2: float = SMALLEST_HOLE_M2,
) -> tuple[shapely.Geometry, ...]:
    """Draw the ground along the streets that are reached within each limit.

    Parameters
    ----------
    limits_min : (n_limits,) float, minutes
        Rising.
    width_m : float, metres
        Ground on each side of a street.
    smallest_hole_m2 : float, square metres
        Holes smaller than this are filled.
    streets, walk, minutes, sites
        As of `reached`.

    Returns
    -------
    (n_limits,) shapely polygons or multipolygons, metres
        Each within the next; an empty polygon where nothing is reached.

    Raises
    ------
    BadInput
        ``streets_limit`` (not rising, not above 0), ``streets_width``, ``core_shape``.
    """
    if not width_m > 0.0:
        raise BadInput("streets_width", value=width_m)
    if any(low >= high for low, high in pairwise(limits_min)):
        raise BadInput("streets_limit", value=list(limits_min))
    drawn: list[shapely.Geometry] = []
    for limit in limits_min:
        lines = pieces_of_streets(streets, reached(streets, walk, minutes, limit, sites=sites))
        ground = shapely.buffer(shapely.union_all(lines), width_m, quad_segs=4)
        ground = _filled(ground, smallest_hole_m2)
        # What is filled in a lesser catchment stays filled in a greater one.
        if drawn and not drawn[-1].is_empty:
            ground = shapely.union(ground, drawn[-1])
        drawn.append(ground)
    return tuple(drawn)


def _filled(ground: shapely.Geometry, smallest_m2: float) -> shapely.Geometry:
    """Fill the small holes of polygons."""
    if ground.is_empty:
        return shapely.Polygon()
    parts = []
    for polygon in shapely.get_parts(ground):
        holes = [one for one in polygon.interiors if shapely.Polygon(one).area >= smallest_m2]
        parts.append(shapely.Polygon(polygon.exterior, holes))
    return shapely.union_all(parts)
