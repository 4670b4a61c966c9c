"""The sheet of a map: areas laid out, then printed with links, names, scale and legend."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias
from xml.sax.saxutils import escape, quoteattr

import numpy as np
import shapely

from courtepointe.core.errors import NoAnswer
from courtepointe.press.maps.furniture import legend_block, patterns, scale_bar, text
from courtepointe.press.maps.names import LINE, SIZE, placed_name
from courtepointe.press.maps.paths import Plate, path, plate, polygonal, simplified
from courtepointe.press.maps.values import DrawnMap, MapArea, MapLegend
from courtepointe.press.palette import PALETTES, Palette, Scheme
from courtepointe.press.words import say

MARGIN = 10.0
FOOT = 26.0
TALLEST = 1.15
"""Height of the drawing, as a share of its width."""

Fill: TypeAlias = Callable[[MapArea], tuple[str, str]]
"""From an area to its colour and the class that a style sheet may colour instead."""


@dataclass(frozen=True, slots=True)
class MapSheet:
    """Areas in order with their simplified shapes, on a plate."""

    areas: tuple[MapArea, ...]
    shapes: tuple[Any, ...]
    outline: Any
    on: Plate
    palette: Palette
    lang: str
    stem: str


def lay_out(
    areas: Sequence[MapArea],
    *,
    outline: shapely.Geometry | None,
    width: float,
    scheme: Scheme | str,
    lang: str,
    stem: str,
) -> MapSheet:
    """Fit areas to a width in pixels; raise `NoAnswer` where there is nothing to draw."""
    kept = [replace(a, shape=polygonal(a.shape)) for a in areas]
    held = tuple(a for a in kept if not a.shape.is_empty)
    if not held:
        raise NoAnswer("empty_map", areas=len(areas))
    everything = [a.shape for a in held] + ([outline] if outline is not None else [])
    bounds = shapely.total_bounds(np.array(everything, dtype=object))
    box = (float(bounds[0]), float(bounds[1]), float(bounds[2]), float(bounds[3]))
    on = plate(box, width=width, margin=MARGIN, tallest=width * TALLEST)
    shapes = tuple(simplified([a.shape for a in held], scale=on.scale))
    return MapSheet(held, shapes, outline, on, PALETTES[Scheme(scheme)], lang, stem)


def print_map(
    sheet: MapSheet,
    fill: Fill,
    *,
    title: str,
    desc: str,
    legend: MapLegend | None = None,
    with_legend: bool = False,
    names: bool = False,
) -> DrawnMap:
    """Write the SVG of a sheet."""
    body = [
        _area(sheet, area, shape, fill)
        for area, shape in zip(sheet.areas, sheet.shapes, strict=True)
    ]
    body.append(_over(sheet))
    if names:
        body += [_name(sheet, a, s) for a, s in zip(sheet.areas, sheet.shapes, strict=True)]
    height = sheet.on.height + FOOT
    body.append(scale_bar(sheet.on, palette=sheet.palette, lang=sheet.lang, top=sheet.on.height))
    if legend is not None and with_legend:
        drawn, tall = legend_block(
            legend, stem=sheet.stem, on=sheet.on, palette=sheet.palette, lang=sheet.lang, top=height
        )
        body.append(drawn)
        height += tall
    height = round(height, 1)
    svg = _opening(sheet, title, desc, height) + "".join(body) + "</svg>"
    return DrawnMap(svg, title, desc, legend, sheet.on.width, height)


def _opening(sheet: MapSheet, title: str, desc: str, height: float) -> str:
    wide, stem = f"{sheet.on.width:g}", sheet.stem
    role = "group" if any(a.href for a in sheet.areas) else "img"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="map" viewBox="0 0 {wide} {height:g}" '
        f'width="{wide}" height="{height:g}" role="{role}" aria-labelledby="{stem}-t {stem}-d">'
        f'<title id="{stem}-t">{escape(title)}</title><desc id="{stem}-d">{escape(desc)}</desc>'
        + patterns(stem, sheet.palette)
        + f'<rect class="map-ground" width="{wide}" height="{height:g}" fill="{sheet.palette.paper}"/>'
    )


def _area(sheet: MapSheet, area: MapArea, shape: Any, fill: Fill) -> str:
    colour, kind = fill(area)
    words = area.label
    if area.value_text:
        words = say("compare.plain", lang=sheet.lang, name=area.label, value=area.value_text)
    drawn = (
        f'<path class="map-area {kind}" d="{path(shape, on=sheet.on)}" fill="{colour}" '
        f'stroke="{sheet.palette.ink_soft}" stroke-width=".7" stroke-linejoin="round" '
        f'fill-rule="evenodd"><title>{escape(words)}</title></path>'
    )
    if area.href is None:
        return drawn
    return f"<a href={quoteattr(area.href)} aria-label={quoteattr(words)}>{drawn}</a>"


def _over(sheet: MapSheet) -> str:
    """Outline the area that the map is about over its units, and the one marked here."""
    shapes = [s for a, s in zip(sheet.areas, sheet.shapes, strict=True) if a.here]
    if sheet.outline is not None:
        shapes += simplified([polygonal(sheet.outline)], scale=sheet.on.scale)
    strokes = (("map-halo", sheet.palette.paper, "5"), ("map-outline", sheet.palette.ink, "2.2"))
    return "".join(
        f'<path class="{kind}" d="{path(shape, on=sheet.on)}" fill="none" stroke="{colour}" '
        f'stroke-width="{thick}" stroke-linejoin="round"/>'
        for shape in shapes
        for kind, colour, thick in strokes
    )


def _name(sheet: MapSheet, area: MapArea, shape: Any) -> str:
    placed = placed_name(area.label, shape, on=sheet.on)
    if placed is None:
        return ""
    colour = sheet.palette.paper if area.here else sheet.palette.ink
    first = placed.y - (len(placed.lines) - 1) * LINE / 2 + SIZE * 0.35
    more = ' text-anchor="middle" aria-hidden="true" pointer-events="none"'
    return "".join(
        text(placed.x, round(first + LINE * n, 1), line, colour=colour, size=SIZE, more=more)
        for n, line in enumerate(placed.lines)
    )
