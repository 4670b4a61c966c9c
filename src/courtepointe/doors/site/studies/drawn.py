"""The map of an answer: the streets within reach of the sites, drawn while the atlas is that of the answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from courtepointe.atlas.query.on_foot import Reach, on_streets, reach
from courtepointe.core.errors import CourtepointeError
from courtepointe.doors.served import served
from courtepointe.doors.site.maps import ground
from courtepointe.doors.site.studies.jobs import ground_of
from courtepointe.hubs.queries.studies import StudySeen
from courtepointe.hubs.studies.ground import Ground
from courtepointe.hubs.studies.siting import NEW
from courtepointe.press.maps.values import DrawnMap
from courtepointe.press.maps.walked import Mark, draw_walked

WIDE = 720.0


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a map of sites is drawn from, at any width."""

    on: Ground
    found: Reach
    marks: Sequence[Mark]
    title: str
    lang: str

    def draw(self, width: float = WIDE) -> DrawnMap:
        """Draw it."""
        return draw_walked(
            ground(served()),
            self.on.shapes[0][1],
            streets=self.found.held.streets.lines(),
            within=self.found.parts,
            marks=self.marks,
            title=self.title,
            desc=_("Streets within 5, 10 and 15 minutes of a hub; the table says the same."),
            lang=self.lang,
            width=width,
        )


def drawing_of(seen: StudySeen, sites: Sequence[Mapping[str, Any]], *, lang: str) -> Drawing | None:
    """Give what the map of some sites is drawn from; nothing where the atlas has changed since."""
    try:
        on = ground_of(seen.asked["territories"])
    except CourtepointeError:
        return None
    if on.pack != seen.pack or not sites:
        return None
    held = on.walked(seen.asked["walker"])
    points = on.in_metres([(one["longitude"], one["latitude"]) for one in sites])
    marks = [
        Mark(one["name"], float(x), float(y), added=one["kind"] == NEW)
        for one, (x, y) in zip(sites, points, strict=True)
    ]
    return Drawing(on, reach(held, on_streets(held, points)), marks, seen.title, lang)
