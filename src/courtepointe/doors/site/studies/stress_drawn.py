"""The map of an hour: which hubs are open, and which streets are within reach of one then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from courtepointe.atlas.query.on_foot import on_streets, reach
from courtepointe.core.errors import CourtepointeError
from courtepointe.core.typing import Shapes
from courtepointe.doors.served import served
from courtepointe.doors.site.maps import ground
from courtepointe.doors.site.studies.jobs import ground_of
from courtepointe.hubs.queries.studies import StudySeen
from courtepointe.hubs.studies.ground import Ground
from courtepointe.hubs.studies.stress import WALKER
from courtepointe.hubs.studies.stress_counts import at_hour
from courtepointe.press.maps.values import DrawnMap
from courtepointe.press.maps.walked import Mark, draw_walked

WIDE = 720.0
OFTEN = 0.5
"""A hub that is open in at least this part of the drawings is taken to be open."""


@dataclass(frozen=True, slots=True)
class HourMap:
    """What the map of an hour is drawn from, at any width.

    Attributes
    ----------
    within : tuple of lines
        In reach of a hub that is open in half of the drawings or more; of one that is ever open.
    """

    on: Ground
    within: tuple[Shapes, ...]
    streets: Shapes
    marks: Sequence[Mark]
    title: str
    lang: str

    def draw(self, width: float = WIDE) -> DrawnMap:
        """Draw it."""
        return draw_walked(
            ground(served()), self.on.shapes[0][1], streets=self.streets, within=self.within,
            marks=self.marks, title=self.title,
            desc=_("Hubs filled as far as they are open in the drawings, and the streets within reach of them; the table says the same."),
            lang=self.lang, width=width,
        )  # fmt: skip


def hour_map(
    seen: StudySeen, scenario: Mapping[str, Any], option: int, hour: int, *, title: str, lang: str
) -> HourMap | None:
    """Give what the map of an hour is drawn from; nothing where the atlas has changed since."""
    try:
        on = ground_of(seen.asked["territories"])
    except CourtepointeError:
        return None
    if on.pack != seen.pack or seen.result is None:
        return None
    spots, hubs = seen.result["spots"], scenario["runs"][option]["hubs"]
    part = [at_hour(one["open"], hour) for one in hubs]
    points = on.in_metres([(one["longitude"], one["latitude"]) for one in spots])
    # A place that another option adds is not there in this one.
    there = [one["stands"] or max(value for _h, value in hub["open"]) > 0.0 for one, hub in zip(spots, hubs, strict=True)]  # fmt: skip
    held = on.walked(WALKER)
    within = []
    for least in (OFTEN, 1e-12):
        some = points[[n for n, share in enumerate(part) if share >= least]].reshape(-1, 2)
        found = reach(held, on_streets(held, some), limits_min=(float(scenario["limit_min"]),))
        within.append(found.parts[0])
    marks = [
        Mark(one["name"], float(x), float(y), part=share)
        for one, (x, y), share, is_there in zip(spots, points, part, there, strict=True)
        if is_there
    ]
    return HourMap(on, tuple(within), held.streets.lines(), marks, title, lang)
