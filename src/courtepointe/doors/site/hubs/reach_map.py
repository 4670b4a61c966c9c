"""The map of who reaches a hub: drawn once for the hubs that stand; a place more is laid over it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

import numpy as np
import shapely
from django.utils.translation import gettext as _

from courtepointe.atlas.query.areas import to_degrees
from courtepointe.core.streets import pieces_of_streets
from courtepointe.core.typing import Floats
from courtepointe.doors.served import Served
from courtepointe.doors.site.hubs.reach_asked import Found
from courtepointe.doors.site.hubs.reach_kept import MAPS
from courtepointe.doors.site.maps import ground
from courtepointe.press.maps.walked import Mark, WalkedMap, walked_map

WIDE = 720.0
NEAR_M = 1_500.0
"""A place farther than this from the territory does not widen the map."""
GRID = 7


@dataclass(frozen=True, slots=True)
class MapSeen:
    """A map on its page.

    Attributes
    ----------
    svg : str
        With what an added place brings nearer.
    over : str
        That alone, as a drawing of its own.
    base : str
        Names the map below it: a page that shows it only needs what lies over.
    degrees : str
        Where a pixel lies, as JSON: the drawing's size, then what `degrees_of` gives.
    is_off : bool
        Whether the added place lies off the map.
    """

    svg: str
    over: str
    base: str
    degrees: str
    is_off: bool


def map_of(held: Served, found: Found, *, name: str, lang: str) -> MapSeen:
    """Draw the map of an answer; the part that stays the same is drawn once."""
    mark = found.mark
    base, told, degrees = _base(held, found, found.marks, name, lang)
    if mark is not None and not base.shows(mark) and _is_near(found.shape, mark):
        base, told, degrees = _base(held, found, (*found.marks, mark), name, lang)
    over = _over(base, found)
    svg = base.drawn.svg.replace("</svg>", over + "</svg>")
    wrapped = f'<svg xmlns="http://www.w3.org/2000/svg">{over}</svg>'
    return MapSeen(svg, wrapped, told, degrees, mark is not None and not base.shows(mark))


def _is_near(shape: shapely.Geometry, mark: Mark) -> bool:
    return bool(shapely.distance(shape, shapely.Point(mark.x, mark.y)) <= NEAR_M)


def _over(base: WalkedMap, found: Found) -> str:
    """Draw what the added place brings nearer; an empty group keeps its place."""
    if found.added is None or found.mark is None:
        return '<g class="gain-over"></g>'
    streets = found.walked.streets
    return base.over([pieces_of_streets(streets, one) for one in found.added.new], found.mark)


def _base(
    held: Served, found: Found, shown: tuple[Mark, ...], name: str, lang: str
) -> tuple[WalkedMap, str, str]:
    return MAPS.take(
        found.reach,
        (shown, found.shape, name, lang),
        lambda: _drawn(held, found, shown, name, lang),
    )


def _drawn(
    held: Served, found: Found, shown: tuple[Mark, ...], name: str, lang: str
) -> tuple[WalkedMap, str, str]:
    drawn = walked_map(
        ground(held),
        found.shape,
        streets=found.walked.streets.lines(),
        within=found.reach.parts,
        marks=[one for one in shown if not one.added],
        reach_to=shown,
        title=_("Who reaches a hub on foot: %(name)s") % {"name": name},
        desc=_("Streets within 5, 10 and 15 minutes of a hub; the table says the same."),
        lang=lang,
        width=WIDE,
    )
    base = hashlib.sha256(drawn.drawn.svg.encode()).hexdigest()[:16]
    return drawn, base, degrees_of(held, drawn)


def degrees_of(held: Served, drawn: WalkedMap) -> str:
    """Say where each pixel lies: cubics in its place on the drawing, from -1 to 1 both ways.

    A city's plane bends so little that a cubic of both ways tells degrees to a few centimetres.
    """
    on, to = drawn.sheet.on, np.linspace(-1.0, 1.0, GRID)
    across, down = (one.ravel() for one in np.meshgrid(to, to))
    x = on.west + ((across + 1.0) / 2.0 * on.width - on.margin) / on.scale
    y = on.north - ((down + 1.0) / 2.0 * on.height - on.margin) / on.scale
    longitude, latitude = to_degrees(held.pack).transform(x, y)
    terms = _terms(across, down)
    fitted = np.linalg.lstsq(terms, np.stack([latitude, longitude], axis=1), rcond=None)[0]
    told = {
        "width": on.width, "height": on.height,
        "latitude": fitted[:, 0].round(12).tolist(), "longitude": fitted[:, 1].round(12).tolist(),
    }  # fmt: skip
    return json.dumps(told, separators=(",", ":"))


def _terms(across: Floats, down: Floats) -> Floats:
    """Give the ten terms of a cubic, in the order in which the page adds them up."""
    powers = [(i, total - i) for total in range(4) for i in range(total, -1, -1)]
    told: Floats = np.stack([across**i * down**j for i, j in powers], axis=1)
    return told
