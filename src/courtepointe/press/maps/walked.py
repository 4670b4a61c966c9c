"""Streets in classes of minutes on foot, on the quiet ground of a neighbourhood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from xml.sax.saxutils import escape

import numpy as np
import shapely

from courtepointe.core.typing import Ints, Shapes
from courtepointe.press.maps.paths import TOLERANCE, Plate
from courtepointe.press.maps.place import Ground
from courtepointe.press.maps.sheet import MapSheet, lay_out, print_map
from courtepointe.press.maps.values import DrawnMap, MapArea, Paint
from courtepointe.press.palette import LIGHT, Palette, Scheme
from courtepointe.press.words import typeset

ROOM = 0.06
"""Part of a territory's own size that is shown around it."""
WIDTHS = (3.6, 2.6, 1.8)
"""Pixels of the classes, the nearest first: grey print tells them apart too."""
BEYOND = 0.7
NEAR_M = 1_500.0
"""Sites farther than this from the territory are off the map: a quarter of an hour is some 1,200 m."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A site of the map.

    Attributes
    ----------
    name : str
    x, y : float, metres
    added : bool
        It does not stand yet.
    part : float
        How much of it is filled, clockwise from the top: the part of the drawings in which it is open.
    """

    name: str
    x: float
    y: float
    added: bool = False
    part: float = 1.0


@dataclass(frozen=True, slots=True)
class WalkedMap:
    """A map of minutes on foot, and the sheet on which more may be drawn over it.

    Attributes
    ----------
    drawn : DrawnMap
    sheet : MapSheet
    window : shapely polygon, metres
        What is shown.
    """

    drawn: DrawnMap
    sheet: MapSheet
    window: shapely.Geometry

    def shows(self, mark: Mark) -> bool:
        """Say whether a site lies on the map."""
        return bool(shapely.contains_xy(self.window, mark.x, mark.y))

    def over(self, within: Sequence[Shapes], mark: Mark) -> str:
        """Draw what one site more brings nearer, and the site, to lay over the map.

        Parameters
        ----------
        within : sequence of (n_parts,) shapely lines, metres
            Parts of the streets that changed, within each limit, limits rising.
        mark : Mark
        """
        told = _streets(self.sheet, self.window, within)
        if self.shows(mark):
            told += _mark(mark, self.sheet)
        return f'<g class="gain-over">{told}</g>'


def draw_walked(
    ground: Ground,
    shape: shapely.Geometry,
    *,
    streets: Shapes,
    within: Sequence[Shapes],
    marks: Sequence[Mark],
    title: str,
    desc: str,
    lang: str,
    width: float,
    outlined: bool = True,
) -> DrawnMap:
    """Draw which streets are within minutes of a site.

    Parameters
    ----------
    ground : Ground
        The neighbourhoods around.
    shape : shapely polygon or multipolygon, metres
        What the map is about.
    streets : (n,) shapely lines, metres
        All of them.
    within : sequence of (n_parts,) shapely lines, metres
        Parts of streets within each limit, limits rising: three at most.
    marks : sequence of Mark
    title, desc : str
    lang : str
    width : float, pixels
    outlined : bool
        Whether the limit of `shape` is drawn: not where it is only what is shown around the sites.
    """
    return walked_map(
        ground, shape, streets=streets, within=within, marks=marks, title=title, desc=desc, lang=lang,
        width=width, outlined=outlined,
    ).drawn  # fmt: skip


def walked_map(
    ground: Ground,
    shape: shapely.Geometry,
    *,
    streets: Shapes,
    within: Sequence[Shapes],
    marks: Sequence[Mark],
    title: str,
    desc: str,
    lang: str,
    width: float,
    reach_to: Sequence[Mark] | None = None,
    outlined: bool = True,
) -> WalkedMap:
    """Draw the same as `draw_walked`, and give the sheet with it.

    Parameters
    ----------
    reach_to : sequence of Mark, optional
        Sites that the map reaches as far as, where they are others than those it shows.
    """
    window = _window(shape, marks if reach_to is None else reach_to)
    near: Ints = np.sort(ground.tree.query(window, predicate="intersects"))
    names = ground.table.names_en if lang == "en" else ground.table.names_fr
    clipped = shapely.intersection(ground.shapes[near], window)
    areas = [
        MapArea(ground.table.codes[i], typeset(names[i], lang=lang), part)
        for i, part in zip(near.tolist(), clipped, strict=True)
    ] or [MapArea("", title, shape)]
    sheet = lay_out(
        areas,
        outline=shape if outlined else None,
        width=width,
        scheme=Scheme.LIGHT,
        lang=lang,
        stem="walked",
    )
    drawn = print_map(sheet, lambda _: Paint(LIGHT.land, "land"), title=title, desc=desc)
    thin = _lines(_seen(streets, window), sheet.on, "beyond", sheet.palette.line, BEYOND)
    over = thin + _streets(sheet, window, within)
    over += "".join(_mark(one, sheet) for one in marks if shapely.contains_xy(window, one.x, one.y))
    return WalkedMap(
        replace(drawn, svg=drawn.svg.replace("</svg>", over + "</svg>")), sheet, window
    )


def _window(shape: shapely.Geometry, marks: Sequence[Mark]) -> shapely.Geometry:
    """Give what the map shows: the territory, the sites near to it, some room."""
    points = shapely.points([(one.x, one.y) for one in marks] or np.empty((0, 2)))
    near = points[shapely.distance(points, shape) <= NEAR_M]
    west, south, east, north = shapely.total_bounds(np.append(near, shape)).tolist()
    room = max(east - west, north - south) * ROOM
    return shapely.box(west - room, south - room, east + room, north + room)


def stroke_of(place: int, palette: Palette = LIGHT) -> tuple[str, float]:
    """Give the colour and the width of a class, the nearest first: the darkest is the nearest."""
    return palette.sequential[4 - place], WIDTHS[place]


def _streets(sheet: MapSheet, window: shapely.Geometry, within: Sequence[Shapes]) -> str:
    """Draw each class over the wider one that holds it."""
    drawn = []
    for place in reversed(range(len(within))):
        colour, wide = stroke_of(place, sheet.palette)
        lines = _seen(within[place], window)
        drawn.append(_lines(lines, sheet.on, f"walk-{place + 1}", colour, wide))
    return "".join(drawn)


def _seen(lines: Shapes, window: shapely.Geometry) -> Shapes:
    west, south, east, north = window.bounds
    parts: Shapes = shapely.get_parts(shapely.clip_by_rect(lines, west, south, east, north))
    held: Shapes = parts[shapely.get_type_id(parts) == 1]
    return held


def _lines(lines: Shapes, on: Plate, kind: str, colour: str, wide: float) -> str:
    light = shapely.simplify(lines, TOLERANCE / on.scale)
    points, line = shapely.get_coordinates(light, return_index=True)
    # A pen that comes down where a line begins: all lines at once, a city has a hundred thousand.
    pen = np.where(np.diff(line, prepend=-1) != 0, "M", "L").tolist()
    told = "".join(
        f"{down}{x:.1f} {y:.1f}" for down, (x, y) in zip(pen, on.xy(points).tolist(), strict=True)
    )
    if not told:
        return ""
    return (
        f'<path class="walk {kind}" d="{told}" fill="none" stroke="{colour}" stroke-width="{wide:g}" '
        'stroke-linecap="round" stroke-linejoin="round"/>'
    )


def _mark(mark: Mark, sheet: MapSheet) -> str:
    x, y = sheet.on.point(mark.x, mark.y)
    ink, paper = sheet.palette.ink, sheet.palette.paper
    said = f"<title>{escape(mark.name)}</title>"
    if mark.added:
        d = f"M{x:.1f} {y - 9:.1f}l9 9l-9 9l-9 -9z"
        return f'<path class="site added" d="{d}" fill="{paper}" stroke="{ink}" stroke-width="2.5">{said}</path>'  # fmt: skip
    if mark.part < 1.0:
        return _pie(x, y, mark.part, sheet.palette, said)
    return f'<circle class="site" cx="{x:.1f}" cy="{y:.1f}" r="6" fill="{ink}" stroke="{paper}" stroke-width="2">{said}</circle>'  # fmt: skip


def _pie(x: float, y: float, part: float, palette: Palette, said: str) -> str:
    """Draw a ring, filled as far as its part: closed and open stay apart in grey print."""
    ring = f'<circle class="site partly" cx="{x:.1f}" cy="{y:.1f}" r="7" fill="{palette.paper}" stroke="{palette.ink}" stroke-width="2">{said}</circle>'  # fmt: skip
    if part <= 0.0:
        return ring
    turn = 2.0 * np.pi * part
    end_x, end_y = x + 7.0 * np.sin(turn), y - 7.0 * np.cos(turn)
    wide = int(part > 0.5)
    slice_ = f"M{x:.1f} {y:.1f}L{x:.1f} {y - 7.0:.1f}A7 7 0 {wide} 1 {end_x:.1f} {end_y:.1f}z"
    return f'{ring}<path class="site-part" d="{slice_}" fill="{palette.ink}"/>'
