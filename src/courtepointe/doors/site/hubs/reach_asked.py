"""What is asked of who reaches a hub on foot, and the answer: as things are, and with one place more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import numpy as np
import shapely
from django.utils.translation import gettext

from courtepointe.atlas.query.areas import to_degrees
from courtepointe.atlas.query.on_foot import Afoot, Reach, Told, on_streets
from courtepointe.atlas.query.on_foot_added import Added, told_more, with_site
from courtepointe.core.errors import NotFound
from courtepointe.core.streets import Snapped
from courtepointe.core.typing import Floats
from courtepointe.doors.served import Served
from courtepointe.doors.site.hubs.reach_form import BEGUN, LIMITS
from courtepointe.doors.site.hubs.reach_kept import (
    everywhere,
    ground_of,
    reach_from,
    told_in,
    union_of,
)
from courtepointe.doors.site.hubs.reach_options import Option, Standing, read_options
from courtepointe.doors.streets import ServedStreets
from courtepointe.hubs.queries.sites import PointSeen, SiteSeen
from courtepointe.people.values import Territory
from courtepointe.press.maps.walked import Mark

__all__ = [
    "BEGUN",
    "LIMITS",
    "Asked",
    "Far",
    "Found",
    "Row",
    "answer",
    "asked_of",
    "counted_first",
    "grounds_of",
    "query_of",
    "shapes_of",
]


def counted_first(sites: Sequence[SiteSeen]) -> list[int]:
    """Give the hubs that count before anybody chose: those in service; where none is, all."""
    ready = [one.number for one in sites if one.status == "ready"]
    return ready or [one.number for one in sites]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, its words checked.

    Attributes
    ----------
    walker : str
    limit : int, minutes
    hubs : tuple of SiteSeen
        Those that count.
    option : Option
        A place to try, an outage, a moment.
    kept : tuple of Option
        Options that the address keeps beside it, to compare.
    lost : int
        Options of the address that are none here.
    """

    walker: str
    limit: int
    hubs: tuple[SiteSeen, ...]
    option: Option
    kept: tuple[Option, ...] = ()
    lost: int = 0

    @property
    def added(self) -> PointSeen | None:
        """The place to try."""
        return self.option.added


def asked_of(
    typed: Mapping[str, Any],
    sites: Sequence[SiteSeen],
    places: Sequence[PointSeen],
    *,
    options: Sequence[str] = (),
) -> Asked:
    """Make a question of what the form holds, and of the options that the address keeps."""
    name = gettext("the added point")
    by_number = {one.number: one for one in places}
    added = by_number.get(typed["place"])
    if typed["point"] is not None:
        spot = typed["point"]
        # To the metre, as the address writes it: an option that is kept is the same one.
        added = PointSeen(0, name, round(spot.longitude, 6), round(spot.latitude, 6))
    hubs = tuple(one for one in sites if one.number in typed["hubs"])
    option = Option(added, typed["outage"], typed["day"], typed["hour"])
    kept, lost = read_options(options, by_number, point_name=name)
    return Asked(typed["walker"], typed["limit"], hubs, option, kept, lost)


def query_of(
    asked: Asked, *, option: Option | None = None, kept: Sequence[Option] | None = None
) -> str:
    """Write a question as the query of its address, with another option or others kept."""
    now = asked.option if option is None else option
    at = now.added
    told: list[tuple[str, object]] = [("asked", 1), ("walker", asked.walker), ("limit", asked.limit)]  # fmt: skip
    told += [("hubs", one.number) for one in asked.hubs]
    if at is not None and at.number:
        told.append(("place", at.number))
    elif at is not None:
        told.append(("point", f"{at.latitude:.6f}, {at.longitude:.6f}"))
    told += [("outage", now.outage_h)] if now.outage_h else []
    told += [("day", now.day), ("hour", now.hour)] if now.day is not None else []
    told += [("option", one.code) for one in (asked.kept if kept is None else kept)]
    return urlencode(told)


@dataclass(frozen=True, slots=True)
class Far:
    """A site that no street is near to; ``metres`` is infinite where the atlas's plane has no such point.

    Attributes
    ----------
    name : str
    metres : float, metres
        To the nearest street that the walker takes.
    nearest : PointSeen or None
        The place on that street.
    """

    name: str
    metres: float
    nearest: PointSeen | None = None

    @property
    def known(self) -> bool:
        """Whether the distance can be said: what is on another continent has none that means much."""
        return bool(self.metres < 50_000.0)


@dataclass(frozen=True, slots=True)
class Row:
    """A territory, today and with the added place."""

    name: str
    today: Told
    more: Told | None


@dataclass(frozen=True, slots=True)
class Found:
    """An answer.

    Attributes
    ----------
    rows : tuple of Row
        All territories together first, where there are several.
    walked : Afoot
    reach : Reach
        From the hubs that stand.
    added : Added or None
        With the added place.
    shape : shapely geometry, metres
    marks : tuple of Mark
        Of the hubs.
    mark : Mark or None
        Of the added place.
    standing : Standing
    far : tuple of Far
        Hubs left out: no street is near.
    pointless : tuple of str
        Hubs left out: none of their places has a point.
    added_far : Far or None
    n_sites : int
        Points of hubs that count.
    """

    rows: tuple[Row, ...]
    walked: Afoot
    reach: Reach
    added: Added | None
    shape: shapely.Geometry
    marks: tuple[Mark, ...]
    mark: Mark | None
    standing: Standing
    far: tuple[Far, ...]
    pointless: tuple[str, ...]
    added_far: Far | None
    n_sites: int

    @property
    def chief(self) -> Told:
        """All territories together, with the added place where there is one."""
        first = self.rows[0]
        return first.today if first.more is None else first.more

    @property
    def spots_min(self) -> Floats:
        """Minutes of all stretches of streets, with the added place where there is one."""
        return self.reach.spots_min if self.added is None else self.added.spots_min


Shaped = tuple[str, shapely.Geometry]


def shapes_of(held: Served, territories: Sequence[Territory]) -> tuple[list[Shaped], list[str]]:
    """Give territories with their shapes, and the names of those that the atlas does not show."""
    found: list[Shaped] = []
    lost: list[str] = []
    for one in territories:
        shape = None
        if one.atlas_code == held.pack.recipe.code:
            with suppress(NotFound):
                shape = held.atlas.shape(held.atlas.find(one.area_key))
        if shape is None:
            lost.append(one.name)
        else:
            found.append((one.name, shape))
    return found, lost


def grounds_of(shaped: Sequence[Shaped], streets: ServedStreets) -> list[Shaped]:
    """Give what is told apart: all together first where there are several; without any, all streets."""
    if not shaped:
        return [(gettext("All the streets"), everywhere(streets.file.streets))]
    if len(shaped) == 1:
        return list(shaped)
    together = union_of(streets.file.streets, tuple(shape for _, shape in shaped))
    return [(gettext("Together"), together), *shaped]


def answer(
    held: Served,
    streets: ServedStreets,
    asked: Asked,
    grounds: Sequence[Shaped],
    *,
    stands: Standing,
) -> Found:
    """Tell who reaches a hub on foot from the hubs that stand, and with the added place."""
    walked = streets.walked(asked.walker)
    spots = [(one.name, spot) for one in stands.sites for spot in one.points]
    points = _metres(held, [spot for _, spot in spots])
    put = on_streets(walked, points)
    marks = tuple(
        Mark(name, float(points[n, 0]), float(points[n, 1]))
        for n, (name, _) in enumerate(spots)
        if not put.too_far[n]
    )
    far = [Far(spots[n][0], float(put.away_m[n])) for n in np.flatnonzero(put.too_far)]
    before = reach_from(walked, points)
    added, mark, added_far = _added(held, before, asked.added)
    return Found(
        tuple(_row(name, before, added, shape) for name, shape in grounds), walked, before, added,
        grounds[0][1], marks, mark, stands, tuple(far),
        tuple(one.name for one in asked.hubs if not one.points), added_far, len(marks),
    )  # fmt: skip


def _metres(held: Served, degrees: Sequence[tuple[float, float]]) -> Floats:
    return held.atlas.in_metres(degrees) if degrees else np.empty((0, 2))


def _row(name: str, before: Reach, added: Added | None, shape: shapely.Geometry) -> Row:
    ground = ground_of(before.held, shape)
    today = told_in(before, ground)
    return Row(name, today, None if added is None else told_more(today, added, ground))


def _added(
    held: Served, before: Reach, place: PointSeen | None
) -> tuple[Added | None, Mark | None, Far | None]:
    """Add a place to what is reached; where no street is near, say how far the nearest is."""
    if place is None:
        return None, None, None
    points = _metres(held, [(place.longitude, place.latitude)])
    put = on_streets(before.held, points)
    if put.too_far[0]:
        return None, None, _far(held, before.held, place, put, points)
    x, y = points[0].tolist()
    return with_site(before, put), Mark(place.name, x, y, added=True), None


def _far(held: Served, walked: Afoot, place: PointSeen, put: Snapped, points: Floats) -> Far:
    far = Far(place.name, float(put.away_m[0]))
    if not far.known or len(walked.taken) == 0:
        return far
    spot = shapely.points(points)[0]
    line = walked.streets.lines(walked.taken[[walked.lines.nearest(spot)]])[0]
    at = shapely.line_interpolate_point(line, shapely.line_locate_point(line, spot))
    longitude, latitude = to_degrees(held.pack).transform(at.x, at.y)
    nearest = PointSeen(0, place.name, round(longitude, 6), round(latitude, 6))
    return Far(place.name, far.metres, nearest)
