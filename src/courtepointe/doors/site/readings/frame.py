"""What the pages of shared readings share."""

from __future__ import annotations

from dataclasses import dataclass

from courtepointe.doors.site.readings.telling import SideTold, sides_told
from courtepointe.doors.site.space.frame import Space
from courtepointe.portraits.readings.queries import readings_of
from courtepointe.portraits.readings.queries.sides import sides_of
from courtepointe.portraits.resilience.queries import portrait
from courtepointe.portraits.resilience.values import PortraitSeen

PAGES = "../readings/"


@dataclass(frozen=True, slots=True)
class Read:
    """A portrait with both views of its dimensions."""

    portrait: PortraitSeen
    told: list[SideTold]


def read_of(space: Space, number: int) -> Read:
    """Give a portrait with both views of its dimensions, or raise `NotFound`."""
    seen = portrait(space.seen, number)
    sides = sides_of(space.seen, seen, now=space.now)
    return Read(seen, sides_told(sides, readings_of(seen), lang=space.lang))
