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
from courtepointe.press.maps.values import DrawnMap, MapArea, MapLegend, Paint
from courtepointe.press.palette import PALETTES, Palette, Scheme, most_readable
from courtepointe.press.words import say

MARGIN = 10.0
FOOT = 26.0
TALLEST = 1.15
"""Height of the drawing, as a share of its width."""

TOGETHER = 2_000
"""More areas than this are drawn as one path for each way of filling, without a title each."""

Fill: TypeAlias = Callable[[MapArea], Paint]
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
    body = [map_body(sheet, fill, names=names)]
    height = sheet.on.height + FOOT
    body.append(scale_bar(sheet.on, palette=sheet.palette, lang=sheet.lang, top=sheet.on.height))
    if legend is not None and with_legend:
        drawn, tall = legend_block(legend, on=sheet.on, palette=sheet.palette, top=height)
        body.append(drawn)
        height += tall
    height = round(height, 1)
    role = "group" if any(a.href for a in sheet.areas) else "img"
    wide = sheet.on.width
    svg = opening(wide, height, title, desc, palette=sheet.palette, stem=sheet.stem, role=role)
    return DrawnMap(svg + "".join(body) + "</svg>", title, desc, legend, wide, height)


def map_body(sheet: MapSheet, fill: Fill, *, names: bool = False) -> str:
    """Draw the areas of a sheet, what is outlined over them, and their names where they fit."""
    if len(sheet.areas) > TOGETHER:
        body = _together(sheet, fill)
    else:
        body = [_area(sheet, a, s, fill) for a, s in zip(sheet.areas, sheet.shapes, strict=True)]
    body.append(_over(sheet))
    if names:
        body += [_name(sheet, a, s, fill) for a, s in zip(sheet.areas, sheet.shapes, strict=True)]
    return "".join(body)


def opening(
    wide: float,
    height: float,
    title: str,
    desc: str,
    *,
    palette: Palette,
    stem: str,
    role: str,
    alone: bool = False,
) -> str:
    """Open a drawing: its size, its title, its description, its patterns, its ground.

    One that stands ``alone`` keeps its own colours in any page, and its name is its title only.
    """
    kind, named = "map", f'aria-labelledby="{stem}-t {stem}-d"'
    if alone:
        kind, named = "poster", f'aria-labelledby="{stem}-t" aria-describedby="{stem}-d"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{kind}" viewBox="0 0 {wide:g} {height:g}" '
        f'width="{wide:g}" height="{height:g}" role="{role}" {named}>'
        f'<title id="{stem}-t">{escape(title)}</title><desc id="{stem}-d">{escape(desc)}</desc>'
        + patterns(stem, palette)
        + f'<rect class="map-ground" width="{wide:g}" height="{height:g}" fill="{palette.paper}"/>'
    )


def _area(sheet: MapSheet, area: MapArea, shape: Any, fill: Fill) -> str:
    paint = fill(area)
    words = area.label
    if area.value_text:
        words = say("compare.plain", lang=sheet.lang, name=area.label, value=area.value_text)
    lines = path(shape, on=sheet.on)
    drawn = (
        f'<path class="map-area {paint.kind}" d="{lines}" fill="{paint.colour}" '
        f'stroke="{border_on(paint.colour, sheet.palette)}" stroke-width=".8" '
        'stroke-linejoin="round" '
        f'fill-rule="evenodd"><title>{escape(words)}</title></path>'
    )
    if paint.stripes:
        drawn += _striped(lines, paint)
    if area.href is None:
        return drawn
    return f"<a href={quoteattr(area.href)} aria-label={quoteattr(words)}>{drawn}</a>"


def _striped(lines: str, paint: Paint) -> str:
    return (
        f'<path class="map-stripes" d="{lines}" fill="{paint.stripes}" fill-rule="evenodd" '
        'pointer-events="none"/>'
    )


def _together(sheet: MapSheet, fill: Fill) -> list[str]:
    """Draw areas filled alike as one path: a map of a country's units stays light."""
    lines: dict[Paint, list[str]] = {}
    for area, shape in zip(sheet.areas, sheet.shapes, strict=True):
        lines.setdefault(fill(area), []).append(path(shape, on=sheet.on))
    body = []
    for paint in sorted(lines, key=lambda one: (one.kind, one.stripes)):
        drawn = "".join(lines[paint])
        body.append(
            f'<path class="map-area {paint.kind}" d="{drawn}" fill="{paint.colour}" '
            f'stroke="{sheet.palette.ink_soft}" stroke-width=".2" fill-rule="evenodd"/>'
        )
        if paint.stripes:
            body.append(_striped(drawn, paint))
    return body


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


def ink_on(colour: str, palette: Palette) -> str:
    """Choose what is read on a fill: ink, or paper on what is dark."""
    if not colour.startswith("#"):
        return palette.ink
    return most_readable(colour, (palette.ink, palette.paper))


def border_on(colour: str, palette: Palette) -> str:
    """Choose a limit that is seen between two areas filled alike, dark ones too."""
    if not colour.startswith("#"):
        return palette.ink_soft
    return most_readable(colour, (palette.ink_soft, palette.paper))


def _name(sheet: MapSheet, area: MapArea, shape: Any, fill: Fill) -> str:
    placed = placed_name(area.label, shape, on=sheet.on)
    if placed is None:
        return ""
    paint = fill(area)
    ground = paint.colour
    colour = ink_on(ground, sheet.palette)
    halo = ground if ground.startswith("#") else sheet.palette.paper
    first = placed.y - (len(placed.lines) - 1) * LINE / 2 + SIZE * 0.35
    more = (
        f' text-anchor="middle" aria-hidden="true" pointer-events="none" stroke="{halo}" '
        f'stroke-width="{5 if paint.stripes else 3.5}" stroke-linejoin="round" paint-order="stroke"'
    )
    return "".join(
        text(placed.x, round(first + LINE * n, 1), line, colour=colour, size=SIZE, more=more)
        for n, line in enumerate(placed.lines)
    )
