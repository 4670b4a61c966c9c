"""Who reaches a site on foot: an atlas's people along streets, and the same answer for every territory."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from courtepointe.atlas.query.atlas import Atlas
from courtepointe.atlas.query.dot_ground import DotGround
from courtepointe.core.access import (
    LIMITS_MIN,
    Placed,
    Spread,
    along_streets,
    covered_along,
)
from courtepointe.core.errors import CourtepointeError
from courtepointe.core.streets import (
    LIMIT_M,
    Nearest,
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
from courtepointe.core.typing import Bools, Floats, Shapes


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
    """

    streets: Streets
    pace: Walk
    ground: DotGround | None
    placed: Placed | None
    middles: Floats


def afoot(atlas: Atlas, streets: Streets, walker: Walker) -> Afoot:
    """Place the people of an atlas along the streets that a walker takes.

    Parameters
    ----------
    atlas : Atlas
    streets : Streets
        In the atlas's metres.
    walker : Walker
    """
    pace = walk(streets, walker)
    ground = _ground(atlas)
    if ground is None:
        return Afoot(streets, pace, None, None, np.empty((0, 2)))
    placed = along_streets(streets, ground.shapes, passable=pace.passable)
    return Afoot(streets, pace, ground, placed, _middles(streets, placed))


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
    parts : tuple of (n_parts,) shapely lines, metres
        The parts of streets within each of the limits.
    limits_min : tuple of float, minutes
    """

    held: Afoot
    nodes_min: Floats
    spots_min: Floats
    parts: tuple[Shapes, ...]
    limits_min: tuple[float, ...]


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
    some = snap(held.streets, points[known], limit_m=within_m, among=held.pace.passable)
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
        nowhere = np.empty(0, dtype=object)
        lost = np.full(streets.n_nodes, np.inf)
        return Reach(held, lost, np.full(n_spots, np.inf), (nowhere,) * len(limits_min), limits_min)
    found = nearest(streets, pace, starts_from(streets, pace, some))
    parts = tuple(
        pieces_of_streets(streets, reached(streets, pace, found.minutes, one, sites=some))
        for one in limits_min
    )
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
    """

    street_km: float
    reached_km: tuple[float, ...]
    spread: Spread | None
    in_part: tuple[str, ...]
    without_value: tuple[str, ...]


def told_within(found: Reach, shape: shapely.Geometry) -> Told:
    """Tell what is reached inside a territory.

    Parameters
    ----------
    found : Reach
    shape : shapely polygon or multipolygon, metres
        People of an area that it cuts are counted by the part of their streets that lies inside.
    """
    shapely.prepare(shape)
    every = found.held.streets.lines(np.flatnonzero(found.held.pace.passable))
    kilometres = tuple(_km_inside(lines, shape) for lines in found.parts)
    spread, in_part, without_value = _people(found, shape)
    return Told(_km_inside(every, shape), kilometres, spread, in_part, without_value)


def _km_inside(lines: Shapes, shape: shapely.Geometry) -> float:
    met = lines[shapely.intersects(lines, shape)]
    whole = shapely.contains(shape, met)
    cut = shapely.intersection(met[~whole], shape)
    return float(shapely.length(met[whole]).sum() + shapely.length(cut).sum()) / 1_000.0


def _people(
    found: Reach, shape: shapely.Geometry
) -> tuple[Spread | None, tuple[str, ...], tuple[str, ...]]:
    placed, ground = found.held.placed, found.held.ground
    if placed is None or ground is None:
        return None, (), ()
    unknown = ground.suppressed | ground.missing
    n_areas = len(ground.codes)
    spots = found.held.middles
    inside = shapely.contains_xy(shape, spots[:, 0], spots[:, 1])
    some = Placed(
        _taken(placed.spots, inside), placed.metres[inside], placed.area[inside], placed.ground
    )
    length = np.bincount(placed.area, weights=placed.metres, minlength=n_areas)
    part = np.bincount(some.area, weights=some.metres, minlength=n_areas)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.where(length > 0.0, part / length, 0.0)
    people = np.where(unknown, 0.0, ground.counts) * share
    spread = covered_along(
        some, found.spots_min[inside], people[:, None], limits_min=found.limits_min
    )
    codes = np.array(ground.codes, dtype=object)
    # An area that only touches the territory's limit is not of it.
    own = shapely.intersects(shape, ground.shapes)
    own[own] = shapely.area(shapely.intersection(ground.shapes[own], shape)) > 1.0
    in_part = tuple(codes[own & ~placed.whole].tolist())
    return spread, in_part, tuple(codes[spread.counted & unknown].tolist())


def _middles(streets: Streets, placed: Placed) -> Floats:
    lines = streets.lines(placed.spots.edge)
    told: Floats = shapely.get_coordinates(
        shapely.line_interpolate_point(lines, placed.spots.along, normalized=True)
    )
    return told


def _taken(spots: Snapped, kept: Bools) -> Snapped:
    return Snapped(spots.edge[kept], spots.along[kept], spots.away_m[kept], spots.limit_m)
