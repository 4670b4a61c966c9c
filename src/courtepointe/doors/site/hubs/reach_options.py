"""One way things could be: with a place more, without power, at an hour; as the address writes it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from courtepointe.hubs.queries.sites import PointSeen, SiteSeen

LONGEST_H = 72
NOON = 12
MOST_KEPT = 3
"""Options beside today: four in a table can still be read."""
POINT = re.compile(r"(-?\d{1,2}(?:\.\d{1,7})?),(-?\d{1,3}(?:\.\d{1,7})?)", re.ASCII)
PLACE = re.compile(r"p(\d{1,9})", re.ASCII)
OUTAGE = re.compile(r"h(\d{1,2})", re.ASCII)
MOMENT = re.compile(r"d([0-6])-(\d{1,2})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Option:
    """What is changed beside today.

    Attributes
    ----------
    added : PointSeen or None
        A place of the directory, or a point (number 0).
    outage_h : int, hours
        Since the network failed; 0: it did not.
    day : int or None
        Of the week, 0 is Monday; None: whatever the moment.
    hour : int
        Of that day.
    """

    added: PointSeen | None = None
    outage_h: int = 0
    day: int | None = None
    hour: int = NOON

    @property
    def is_today(self) -> bool:
        """Whether nothing is changed."""
        return self.added is None and self.outage_h == 0 and self.day is None

    @property
    def code(self) -> str:
        """Give the option as the address writes it; empty for today."""
        parts = []
        if self.added is not None:
            at = self.added
            parts.append(f"p{at.number}" if at.number else f"{at.latitude:.6f},{at.longitude:.6f}")
        if self.outage_h:
            parts.append(f"h{self.outage_h}")
        if self.day is not None:
            parts.append(f"d{self.day}-{self.hour}")
        return "_".join(parts)

    def without_place(self) -> Option:
        """Give the same without the added place."""
        return replace(self, added=None)


def read_option(code: str, places: Mapping[int, PointSeen], *, point_name: str) -> Option | None:
    """Read an option of the address; None where it is not one, or names a place that is not here."""
    found: dict[str, object] = {}
    for part in code.split("_"):
        if not (told := _part(part, places, point_name)) or told.keys() & found.keys():
            return None
        found |= told
    return Option(**found)  # type: ignore[arg-type]


def _part(part: str, places: Mapping[int, PointSeen], point_name: str) -> dict[str, object]:
    """Read one of the things that are changed; nothing where it is none, or out of bounds."""
    if at := POINT.fullmatch(part):
        latitude, longitude = map(float, at.groups())
        known = abs(latitude) <= 90.0 and abs(longitude) <= 180.0
        return {"added": PointSeen(0, point_name, longitude, latitude)} if known else {}
    if at := PLACE.fullmatch(part):
        place = places.get(int(at[1]))
        return {"added": place} if place else {}
    if (at := OUTAGE.fullmatch(part)) and 0 < int(at[1]) <= LONGEST_H:
        return {"outage_h": int(at[1])}
    if (at := MOMENT.fullmatch(part)) and int(at[2]) < 24:
        return {"day": int(at[1]), "hour": int(at[2])}
    return {}


def read_options(
    codes: Sequence[str], places: Mapping[int, PointSeen], *, point_name: str
) -> tuple[tuple[Option, ...], int]:
    """Read the options that the address keeps, each once; and how many of them are none."""
    kept: dict[str, Option] = {}
    lost = 0
    for code in codes:
        option = read_option(code, places, point_name=point_name)
        if option is None or option.is_today:
            lost += 1
        elif len(kept) < MOST_KEPT:
            kept.setdefault(option.code, option)
    return tuple(kept.values()), lost


@dataclass(frozen=True, slots=True)
class Standing:
    """Which of the hubs stand as an option has it.

    Attributes
    ----------
    sites : tuple of SiteSeen
        With the points of the places that are open.
    dark : tuple of SiteSeen
        Their known hours without the network are over.
    unknown_power : tuple of SiteSeen
        Nobody wrote how long they last.
    closed, unknown_hours : tuple of str
        Hubs of which a place is closed then; of which nobody wrote a place's hours.
    """

    sites: tuple[SiteSeen, ...]
    dark: tuple[SiteSeen, ...] = ()
    unknown_power: tuple[SiteSeen, ...] = ()
    closed: tuple[str, ...] = ()
    unknown_hours: tuple[str, ...] = ()


def moment(option: Option, now: datetime) -> datetime | None:
    """Give the next time, from today on, that the option's day and hour come."""
    if option.day is None:
        return None
    at = now.replace(hour=option.hour, minute=0, second=0, microsecond=0)
    return at + timedelta(days=(option.day - now.weekday()) % 7)


def standing(
    option: Option, hubs: Sequence[SiteSeen], is_open: Mapping[int, bool | None]
) -> Standing:
    """Say which hubs stand, by one rule: what nobody wrote counts for nothing, and is named.

    Parameters
    ----------
    option : Option
    hubs : sequence of SiteSeen
    is_open : mapping of int to bool or None
        Of each place at the option's moment; asked only where it has one.
    """
    lit = [one for one in hubs if not option.outage_h or _lasts(one, option.outage_h)]
    out = [one for one in hubs if option.outage_h and not _lasts(one, option.outage_h)]
    dark = tuple(one for one in out if one.autonomy_h is not None)
    unknown = tuple(one for one in out if one.autonomy_h is None)
    if option.day is None:
        return Standing(tuple(lit), dark, unknown)
    told = {one.number: [is_open.get(place) for place in one.places] for one in lit}
    return Standing(
        tuple(_opened(one, told[one.number]) for one in lit), dark, unknown,
        closed=tuple(one.name for one in lit if False in told[one.number]),
        unknown_hours=tuple(one.name for one in lit if None in told[one.number]),
    )  # fmt: skip


def _lasts(one: SiteSeen, hours: int) -> bool:
    return one.autonomy_h is not None and one.autonomy_h >= hours


def _opened(one: SiteSeen, is_open: Sequence[bool | None]) -> SiteSeen:
    """Keep the places of a hub that are known to be open."""
    pairs = zip(one.points, one.places, is_open, strict=True)
    kept = [(point, place) for point, place, opened in pairs if opened]
    return replace(
        one, points=tuple(point for point, _ in kept), places=tuple(place for _, place in kept)
    )
