"""Streets and people inside a territory: gathered once, counted for as many answers as are asked."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from courtepointe.atlas.query.dot_ground import DotGround
from courtepointe.core.access import Coverage, Placed, Spread
from courtepointe.core.streets import Reached, Streets, pieces_of_streets
from courtepointe.core.typing import Bools, Floats, Ints


@dataclass(frozen=True, slots=True)
class Living:
    """People inside a territory, along the streets of their areas.

    Attributes
    ----------
    first : (n_areas + 1,) int
        Where the stretches of each area begin in ``spot`` and ``part``.
    spot : (n,) int
        Positions in `Placed`; of areas that count only, and inside only.
    part : (n,) float
        Of the metres that its area has inside.
    share : (n_areas,) float
        Of each area's metres, those inside.
    people : (n_areas,) float, persons
        Inside; 0 where nobody knows.
    counted : (n_areas,) bool
        Areas that the streets cover, with some of them inside.
    in_part, without_value : tuple of str
        Codes of the territory's areas that the streets cover in part; of those whose people are not known.
    """

    first: Ints
    spot: Ints
    part: Floats
    share: Floats
    people: Floats
    counted: Bools
    in_part: tuple[str, ...]
    without_value: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Inside:
    """What lies inside a territory.

    Attributes
    ----------
    streets : Streets
    shape : shapely polygon or multipolygon, metres
    whole, cut : (n_edges,) bool
        Streets inside, and those that the limit cuts.
    drawn_m : (n_edges,) float, metres
        Lengths as drawn.
    street_km : float
        Of those that the walker takes.
    living : Living or None
        None where nobody counts people.
    """

    streets: Streets
    shape: shapely.Geometry
    whole: Bools
    cut: Bools
    drawn_m: Floats
    street_km: float
    living: Living | None

    def km(self, parts: Reached) -> float:
        """Add up the kilometres inside of parts of streets."""
        held = self.whole[parts.edge]
        metres = (self.drawn_m[parts.edge] * (parts.end - parts.begin))[held].sum()
        some = self.cut[parts.edge]
        if some.any():
            cut = Reached(parts.edge[some], parts.begin[some], parts.end[some])
            lines = pieces_of_streets(self.streets, cut)
            metres += shapely.length(shapely.intersection(lines, self.shape)).sum()
        return float(metres) / 1_000.0


def inside(
    streets: Streets,
    passable: Bools,
    shape: shapely.Geometry,
    *,
    ground: DotGround | None,
    placed: Placed | None,
    middles: Floats,
) -> Inside:
    """Gather what lies inside a territory.

    Parameters
    ----------
    streets : Streets
    passable : (n_edges,) bool
        Those that the walker takes.
    shape : shapely polygon or multipolygon, metres
        People of an area that it cuts are counted by the part of their streets that lies inside.
    ground : DotGround or None
    placed : Placed or None
    middles : (n_spots, 2) float, metres
        Of each stretch.
    """
    shapely.prepare(shape)
    lines = streets.lines()
    met = shapely.intersects(shape, lines)
    whole = met.copy()
    whole[met] = shapely.contains(shape, lines[met])
    cut = met & ~whole
    drawn = shapely.length(lines)
    own = shapely.length(shapely.intersection(lines[cut & passable], shape)).sum()
    kilometres = float(drawn[whole & passable].sum() + own) / 1_000.0
    living = None
    if ground is not None and placed is not None:
        living = _living(ground, placed, shapely.contains_xy(shape, middles), shape)
    return Inside(streets, shape, whole, cut, drawn, kilometres, living)


def along_all(ground: DotGround, placed: Placed) -> Living:
    """Give the people of all areas that the streets cover, whatever the territory.

    Parameters
    ----------
    ground : DotGround
    placed : Placed
    """
    everywhere = np.ones(len(placed.area), dtype=np.bool_)
    return _living(ground, placed, everywhere, shapely.box(*shapely.total_bounds(ground.shapes)))


def _living(ground: DotGround, placed: Placed, held: Bools, shape: shapely.Geometry) -> Living:
    n_areas, whole = len(ground.codes), placed.whole
    length = np.bincount(placed.area, weights=placed.metres, minlength=n_areas)
    its = np.bincount(placed.area[held], weights=placed.metres[held], minlength=n_areas)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.where(length > 0.0, its / length, 0.0)
    spot = np.flatnonzero(held & whole[placed.area])
    spot = spot[np.argsort(placed.area[spot], kind="stable")]
    area = placed.area[spot]
    first = np.searchsorted(area, np.arange(n_areas + 1))
    counted = whole & (np.diff(first) > 0)
    unknown = ground.suppressed | ground.missing
    codes = np.array(ground.codes, dtype=object)
    # An area that only touches the territory's limit is not of it.
    own = shapely.intersects(shape, ground.shapes)
    own[own] = shapely.area(shapely.intersection(ground.shapes[own], shape)) > 1.0
    return Living(
        np.searchsorted(area, np.arange(n_areas + 1)), spot, placed.metres[spot] / its[area], share,
        np.where(unknown | ~counted, 0.0, ground.counts) * share, counted,
        tuple(codes[own & ~whole].tolist()), tuple(codes[counted & unknown].tolist()),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shares:
    """Of the people of each area, the part within each limit: whatever the group, all live along alike.

    Attributes
    ----------
    even : (n_areas, n_limits) float
        If they live evenly along the streets.
    nearest, farthest : (n_areas, n_limits) float, 0 or 1
        If all lived at the street nearest to a site, or at the farthest.
    """

    even: Floats
    nearest: Floats
    farthest: Floats


def shares(living: Living, spots_min: Floats, limits_min: tuple[float, ...]) -> Shares:
    """Count, area by area, which part of the people is within each limit.

    Parameters
    ----------
    living : Living
    spots_min : (n_spots,) float, minutes
        Of all stretches of `Placed`.
    limits_min : tuple of float, minutes
        Rising; who is exactly at a limit is within.
    """
    shape = (len(living.first) - 1, len(limits_min))
    told = Shares(np.zeros(shape), np.zeros(shape), np.zeros(shape))
    every = np.arange(shape[0])
    _count(told, living, spots_min, np.array(limits_min), every[np.diff(living.first) > 0])
    return told


def shares_again(
    before: Shares, living: Living, spots_min: Floats, limits_min: tuple[float, ...], areas: Ints
) -> Shares:
    """Count some areas again, and take the others as they were; the same to the last bit as counting all.

    Parameters
    ----------
    areas : (n,) int
        Each once.
    before, living, spots_min, limits_min
        As of `shares`.
    """
    told = Shares(before.even.copy(), before.nearest.copy(), before.farthest.copy())
    held = areas[np.diff(living.first)[areas] > 0]
    _count(told, living, spots_min, np.array(limits_min), held)
    return told


def _count(told: Shares, living: Living, spots_min: Floats, limits: Floats, areas: Ints) -> None:
    """Write the rows of areas that have stretches."""
    if len(areas) == 0:
        return
    begins, sizes = living.first[areas], np.diff(living.first)[areas]
    starts = np.cumsum(sizes) - sizes
    row = np.repeat(np.arange(len(areas)), sizes)
    at = np.arange(len(row)) + (begins - starts)[row]
    minutes = spots_min[living.spot[at]]
    n_steps = len(limits) + 1
    step = np.searchsorted(limits, minutes, side="left")
    cells = np.bincount(row * n_steps + step, weights=living.part[at], minlength=len(areas) * n_steps)  # fmt: skip
    told.even[areas] = np.cumsum(cells.reshape(-1, n_steps), axis=1)[:, :-1]
    told.nearest[areas] = np.minimum.reduceat(minutes, starts)[:, None] <= limits
    told.farthest[areas] = np.maximum.reduceat(minutes, starts)[:, None] <= limits


def spread(living: Living, found: Shares, limits_min: tuple[float, ...]) -> Spread:
    """Give people within limits, all areas together."""
    even, nearest, farthest = (
        _coverage(living.people, one, limits_min)
        for one in (found.even, found.nearest, found.farthest)
    )
    return Spread(even, nearest, farthest, living.counted)


def _coverage(people: Floats, part: Floats, limits_min: tuple[float, ...]) -> Coverage:
    every = people.sum().reshape(1, 1)
    covered = (people[:, None] * part).sum(axis=0).reshape(1, 1, -1)
    return Coverage(np.array(limits_min), every, covered)
