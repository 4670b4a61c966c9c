"""Who reaches a site on foot: an atlas's people along streets, and the same answer for every territory."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from courtepointe.atlas.query.atlas import Atlas
from courtepointe.atlas.query.dot_ground import DotGround
from courtepointe.atlas.query.inside import Inside, Living, Shares, inside, shares, spread
from courtepointe.core.access import LIMITS_MIN, Placed, Spread, along_streets
from courtepointe.core.errors import CourtepointeError
from courtepointe.core.streets import (
    LIMIT_M,
    Nearest,
    Reached,
    Snapped,
    Streets,
    Walk,
    Walker,
    nearest,
    nearest_of_places,
    pieces_of_streets,
    reached,
    snap,
    starts_from,
    walk,
)
from courtepointe.core.typing import Floats, Ints, Shapes


@dataclass(frozen=True, slots=True)
class Afoot:
    """Streets as a walker takes them, with the people along them: made once, asked many times.

    Attributes
    ----------
    streets : Streets
    pace : Walk
    ground : DotGround or None
        Areas with their people; None where the atlas has no count of people on units.
    placed : Placed or None
        Stretches of streets in those areas.
    middles : (n_spots, 2) float, metres
        Where the middle of each stretch lies.
    lines : STRtree
        Of the streets that the walker takes, in the order of ``taken``: finds the street near a point at once.
    taken : (n_taken,) int
    """

    streets: Streets
    pace: Walk
    ground: DotGround | None
    placed: Placed | None
    middles: Floats
    lines: shapely.STRtree
    taken: Ints


def afoot(atlas: Atlas, streets: Streets, walker: Walker) -> Afoot:
    """Place the people of an atlas along the streets that a walker takes.

    Parameters
    ----------
    atlas : Atlas
    streets : Streets
        In the atlas's metres.
    walker : Walker
    """
    return afoot_on(_ground(atlas), streets, walker)


def afoot_on(ground: DotGround | None, streets: Streets, walker: Walker) -> Afoot:
    """Place the people of some areas along the streets that a walker takes.

    Parameters
    ----------
    ground : DotGround or None
    streets : Streets
        In the ground's metres.
    walker : Walker
    """
    pace = walk(streets, walker)
    taken = np.flatnonzero(pace.passable & (streets.length_m > 0.0))
    lines = shapely.STRtree(streets.lines(taken))
    if ground is None:
        return Afoot(streets, pace, None, None, np.empty((0, 2)), lines, taken)
    placed = along_streets(streets, ground.shapes, passable=pace.passable)
    return Afoot(streets, pace, ground, placed, _middles(streets, placed), lines, taken)


def _ground(atlas: Atlas) -> DotGround | None:
    """Give the areas whose people are counted; nothing where no release tells, or may be told."""
    code = atlas.pack.recipe.fit.people
    try:
        return None if code is None else atlas.dot_ground(code)
    except CourtepointeError:
        return None


@dataclass(frozen=True, slots=True)
class Reach:
    """What is reached from some sites.

    Attributes
    ----------
    held : Afoot
    nodes_min : (n_nodes,) float, minutes
        Of every crossing to its nearest site; infinite where it reaches none.
    spots_min : (n_spots,) float, minutes
        Of every stretch of `Afoot.placed`; empty where there is none.
    reached : tuple of Reached
        The parts of streets within each of the limits.
    limits_min : tuple of float, minutes
    """

    held: Afoot
    nodes_min: Floats
    spots_min: Floats
    reached: tuple[Reached, ...]
    limits_min: tuple[float, ...]

    @property
    def parts(self) -> tuple[Shapes, ...]:
        """Draw the parts of streets within each limit: (n_parts,) shapely lines, metres."""
        return tuple(pieces_of_streets(self.held.streets, one) for one in self.reached)


def on_streets(held: Afoot, points: Floats, *, within_m: float = LIMIT_M) -> Snapped:
    """Put sites on the streets that the walker takes.

    Parameters
    ----------
    held : Afoot
    points : (n, 2) float, metres
        One that is not finite, as what a point of another continent becomes, is too far from any street.
    within_m : float, metres

    Returns
    -------
    Snapped
        `Snapped.too_far` tells those that no street is near to: they must be named, and not be counted.
    """
    known = np.isfinite(points).all(axis=1)
    # Only the streets that are nearest to one of them: no tree of a whole city for one point.
    among = np.zeros(held.streets.n_edges, dtype=np.bool_)
    if len(held.taken):
        among[held.taken[held.lines.query_nearest(shapely.points(points[known]))[1]]] = True
    some = snap(held.streets, points[known], limit_m=within_m, among=among)
    edge = np.full(len(points), -1, dtype=np.int64)
    along, away = np.zeros(len(points)), np.full(len(points), np.inf)
    edge[known], along[known], away[known] = some.edge, some.along, some.away_m
    return Snapped(edge, along, away, within_m)


def reach(held: Afoot, sites: Snapped, *, limits_min: tuple[float, ...] = LIMITS_MIN) -> Reach:
    """Find what is reached from sites; those too far from any street count for nothing.

    Parameters
    ----------
    held : Afoot
    sites : Snapped
        None of them may be left: nobody then reaches any.
    limits_min : tuple of float, minutes
        Rising.
    """
    near = ~sites.too_far
    some = Snapped(sites.edge[near], sites.along[near], sites.away_m[near], sites.limit_m)
    streets, pace = held.streets, held.pace
    n_spots = 0 if held.placed is None else len(held.placed.area)
    if not near.any():
        nowhere = Reached(np.empty(0, dtype=np.int64), np.empty(0), np.empty(0))
        lost = np.full(streets.n_nodes, np.inf)
        return Reach(held, lost, np.full(n_spots, np.inf), (nowhere,) * len(limits_min), limits_min)
    found = nearest(streets, pace, starts_from(streets, pace, some))
    parts = tuple(reached(streets, pace, found.minutes, one, sites=some) for one in limits_min)
    return Reach(held, found.minutes, _spots(held, found, some), parts, limits_min)


def _spots(held: Afoot, found: Nearest, sites: Snapped) -> Floats:
    if held.placed is None:
        return np.zeros(0)
    told: Floats = nearest_of_places(
        held.streets, held.pace, found, held.placed.spots, sites
    ).minutes
    return told


@dataclass(frozen=True, slots=True)
class Told:
    """What is reached inside a territory.

    Attributes
    ----------
    street_km : float
        All streets that the walker takes there.
    reached_km : tuple of float
        Of them, within each of the limits.
    spread : Spread or None
        People; None where nobody can tell how many.
    in_part : tuple of str
        Codes of areas that the streets cover only in part: their people are in none of the counts.
    without_value : tuple of str
        Codes of areas that count, whose number of people is suppressed or missing.
    shares : Shares or None
        Of the people of each area, the part within each limit.
    """

    street_km: float
    reached_km: tuple[float, ...]
    spread: Spread | None
    in_part: tuple[str, ...]
    without_value: tuple[str, ...]
    shares: Shares | None


def inside_of(held: Afoot, shape: shapely.Geometry) -> Inside:
    """Gather what lies inside a territory: made once, told of as many answers as are asked."""
    return inside(
        held.streets, held.pace.passable, shape, ground=held.ground, placed=held.placed,
        middles=held.middles,
    )  # fmt: skip


def told_within(found: Reach, shape: shapely.Geometry) -> Told:
    """Tell what is reached inside a territory.

    Parameters
    ----------
    found : Reach
    shape : shapely polygon or multipolygon, metres
        People of an area that it cuts are counted by the part of their streets that lies inside.
    """
    return told_inside(found, inside_of(found.held, shape))


def told_inside(found: Reach, ground: Inside) -> Told:
    """Tell what is reached inside a territory that was gathered before.

    Parameters
    ----------
    found : Reach
    ground : Inside
        Of the same streets and walker.
    """
    kilometres = tuple(ground.km(one) for one in found.reached)
    if ground.living is None:
        return Told(ground.street_km, kilometres, None, (), (), None)
    part = shares(ground.living, found.spots_min, found.limits_min)
    return told_of(ground, kilometres, ground.living, part, found.limits_min)


def told_of(
    ground: Inside, reached_km: tuple[float, ...], living: Living, part: Shares,
    limits_min: tuple[float, ...],
) -> Told:  # fmt: skip
    """Tell a territory of which the kilometres and the shares are known."""
    people = spread(living, part, limits_min)
    return Told(
        ground.street_km, reached_km, people, living.in_part, living.without_value, part
    )  # fmt: skip


def _middles(streets: Streets, placed: Placed) -> Floats:
    lines = streets.lines(placed.spots.edge)
    told: Floats = shapely.get_coordinates(
        shapely.line_interpolate_point(lines, placed.spots.along, normalized=True)
    )
    return told
