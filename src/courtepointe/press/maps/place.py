"""One area on the quiet ground of its neighbours, with places as dots."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely

from courtepointe.atlas.pack.values import AreaTable, Pack
from courtepointe.atlas.query.areas import area_table
from courtepointe.atlas.query.shapes import simplified
from courtepointe.core.typing import Floats, Ints, Shapes
from courtepointe.press.maps.sheet import MapSheet, lay_out, print_map
from courtepointe.press.maps.values import DrawnMap, MapArea, Paint
from courtepointe.press.palette import LIGHT, Scheme
from courtepointe.press.words import say, typeset

ROOM = 0.35
"""Part of an area's own size that is shown around it."""
GROUND_M = 12.0
"""Bends smaller than this do not show on a map of one area."""


@dataclass(frozen=True, slots=True)
class Ground:
    """The neighbourhoods as a small map shows them, ready to be looked up."""

    table: AreaTable
    shapes: Shapes
    tree: shapely.STRtree


def ground_of(pack: Pack) -> Ground:
    """Prepare the ground of a pack's maps, once."""
    table = area_table(pack, pack.recipe.home)
    shapes = simplified(table.shapes, tolerance_m=GROUND_M)
    return Ground(table, shapes, shapely.STRtree(shapes))


def draw_place(
    ground: Ground,
    shape: shapely.Geometry,
    *,
    title: str,
    lang: str,
    stem: str,
    width: float,
    dots: Floats | None = None,
) -> DrawnMap:
    """Draw one area where it lies.

    Parameters
    ----------
    ground : Ground
    shape : shapely geometry, metres
    title : str
        The area's name.
    stem : str
        Beginning of the drawing's ids.
    width : float, pixels
    dots : (n_places, 2) float, metres, optional
    """
    window = shapely.box(*_widened(shapely.bounds(shape)))
    near: Ints = np.sort(ground.tree.query(window, predicate="intersects"))
    clipped = shapely.intersection(ground.shapes[near], window)
    names = ground.table.names_en if lang == "en" else ground.table.names_fr
    areas = [
        MapArea(ground.table.codes[i], typeset(names[i], lang=lang), part)
        for i, part in zip(near.tolist(), clipped, strict=True)
    ]
    areas.append(MapArea("", title, shape, here=True))
    sheet = lay_out(areas, outline=None, width=width, scheme=Scheme.LIGHT, lang=lang, stem=stem)
    drawn = print_map(
        sheet,
        lambda area: Paint(LIGHT.sequential[1], "here") if area.here else Paint(LIGHT.land, "land"),
        title=title,
        desc=say("map.outline_desc", lang=lang, n=len(areas)),
    )
    return replace(drawn, svg=drawn.svg.replace("</svg>", _dots(sheet, dots) + "</svg>"))


def _dots(sheet: MapSheet, dots: Floats | None) -> str:
    if dots is None or not len(dots):
        return ""
    return "".join(
        f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="3.4" fill="{LIGHT.data_strong}"/>'
        for x, y in sheet.on.xy(dots).tolist()
    )


def _widened(bounds: Floats) -> Sequence[float]:
    west, south, east, north = bounds.tolist()
    room = max(east - west, north - south) * ROOM
    return west - room, south - room, east + room, north + room
