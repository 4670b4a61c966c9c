"""What a study of hubs stands on: streets as they are walked, the people along them, sites put on them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from courtepointe.atlas.query.atlas import Atlas
from courtepointe.atlas.query.groups_on_foot import groups_on
from courtepointe.atlas.query.on_foot import Afoot, Told, on_streets, reach, told_within
from courtepointe.core.errors import NoAnswer
from courtepointe.core.streets import Snapped, minutes_table
from courtepointe.core.typing import AnyArray, Floats, Ints
from courtepointe.hubs.studies.values import Spot

ALL_STREETS, TOGETHER = "*", "+"
"""Names of what is told of no one territory: whoever reads them words them."""


@dataclass(frozen=True, slots=True)
class Ground:
    """A city as a study needs it.

    Attributes
    ----------
    pack : str
        Content hash of the atlas, with what was said of its releases since.
    walked : function
        Streets and people of a kind of walker, by its code.
    in_metres : function
        Points in degrees, longitude first, in the atlas's metres.
    shapes : sequence of (name, shapely)
        Territories whose people count, all together first where there are several.
    atlas : Atlas
        Whose counts of groups may be asked for.
    """

    pack: str
    walked: Callable[[str], Afoot]
    in_metres: Callable[[Sequence[tuple[float, float]]], Floats]
    shapes: Sequence[tuple[str, shapely.Geometry]]
    atlas: Atlas

    def put(self, walker: str, spots: Sequence[Spot]) -> Snapped:
        """Put spots on the streets of a walker; some may be too far from any."""
        if not spots:
            none = np.zeros(0)
            return Snapped(np.zeros(0, dtype=np.int64), none, none, np.inf)
        degrees = [(one.longitude, one.latitude) for one in spots]
        return on_streets(self.walked(walker), self.in_metres(degrees))


def taken(put: Snapped, which: AnyArray) -> Snapped:
    """Give some of what is on streets."""
    return Snapped(put.edge[which], put.along[which], put.away_m[which], put.limit_m)


def joined(one: Snapped, other: Snapped) -> Snapped:
    """Give what is on streets, one after the other."""
    return Snapped(
        np.concatenate([one.edge, other.edge]), np.concatenate([one.along, other.along]),
        np.concatenate([one.away_m, other.away_m]), max(one.limit_m, other.limit_m),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Living:
    """People along stretches of streets, of the areas that the streets cover.

    Attributes
    ----------
    spots : Snapped
        Stretches where somebody lives, inside the territories.
    people : (n,) float
        An area's people, spread evenly along its streets.
    """

    spots: Snapped
    people: Floats


def living(on: Ground, held: Afoot, *, who: str = "") -> Living:
    """Say who lives where, inside all the territories.

    Parameters
    ----------
    on : Ground
    held : Afoot
    who : str
        Code of a group that the atlas counts; empty: everybody.

    Raises
    ------
    NoAnswer
        ``study_no_people``: the atlas counts none there, or the streets cover no area whole;
        ``study_no_group``.
    """
    shape = on.shapes[0][1]
    placed, ground = held.placed, held.ground
    if placed is None or ground is None:
        raise NoAnswer("study_no_people")
    known = ~(ground.suppressed | ground.missing) & placed.whole
    people = np.where(known, ground.counts, 0.0)
    if who:
        group = next(iter(groups_on(on.atlas, ground, (who,))), None)
        if group is None:
            raise NoAnswer("study_no_group", value=who)
        people = np.where(known & group.known, group.count, 0.0)
    length = np.bincount(placed.area, weights=placed.metres, minlength=len(people))
    each = people[placed.area] * placed.metres / length[placed.area]
    shapely.prepare(shape)
    inside = shapely.contains_xy(shape, held.middles[:, 0], held.middles[:, 1])
    some: Ints = np.flatnonzero(inside & (each > 0.0))
    if len(some) == 0:
        raise NoAnswer("study_no_people")
    return Living(taken(placed.spots, some), each[some])


def table(held: Afoot, who: Living, sites: Snapped, *, limit_min: float = np.inf) -> Floats:
    """Give minutes of each stretch to each site: (n, n_sites), infinite where none within the limit."""
    return minutes_table(held.streets, held.pace, who.spots, sites, limit_min=limit_min)


def covered(ground: Ground, walker: str, sites: Snapped) -> list[tuple[str, Told]]:
    """Tell what is reached on foot in each territory."""
    found = reach(ground.walked(walker), sites)
    return [(name, told_within(found, shape)) for name, shape in ground.shapes]
