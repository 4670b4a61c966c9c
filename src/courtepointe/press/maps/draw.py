"""Draw static maps: no library, no tile, no script; readable by ear and by keyboard."""

from __future__ import annotations

import re
from collections.abc import Sequence

import shapely

from courtepointe.core.classes import Classes
from courtepointe.press.maps.shading import shading
from courtepointe.press.maps.sheet import lay_out, print_map
from courtepointe.press.maps.values import DrawnMap, MapArea, MapLegend, Paint
from courtepointe.press.numbers import plural
from courtepointe.press.palette import PALETTES, Scheme
from courtepointe.press.words import say


def draw_choropleth(
    areas: Sequence[MapArea],
    *,
    title: str,
    unit: str,
    lang: str,
    decimals: int = 0,
    width: float = 720,
    scheme: Scheme | str = Scheme.LIGHT,
    code: str = "map",
    outline: shapely.Geometry | None = None,
    legend: bool = True,
    classes: Classes | None = None,
) -> DrawnMap:
    """Draw values by shades of one hue; missing hatched, suppressed dotted, uncertain striped."""
    stem = stem_of(code)
    shown = shading(
        areas, unit=unit, decimals=decimals, lang=lang, scheme=scheme, stem=stem, classes=classes
    )
    desc = short_desc(shown.legend, lang=lang)
    sheet = lay_out(areas, outline=outline, width=width, scheme=scheme, lang=lang, stem=stem)
    return print_map(
        sheet, shown.paint, title=title, desc=desc, legend=shown.legend, with_legend=legend
    )


def draw_outlines(
    areas: Sequence[MapArea],
    *,
    title: str,
    lang: str,
    width: float = 720,
    scheme: Scheme | str = Scheme.LIGHT,
    code: str = "map",
    outline: shapely.Geometry | None = None,
    names: bool = True,
) -> DrawnMap:
    """Draw limits with names where they fit; the area marked ``here`` is filled."""
    palette = PALETTES[Scheme(scheme)]
    key = "map.outline_desc_one" if len(areas) == 1 else "map.outline_desc"
    desc = say(key, lang=lang, n=len(areas))

    def fill(area: MapArea) -> Paint:
        return Paint(palette.data, "here") if area.here else Paint(palette.land, "land")

    stem = stem_of(code)
    sheet = lay_out(areas, outline=outline, width=width, scheme=scheme, lang=lang, stem=stem)
    return print_map(sheet, fill, title=title, desc=desc, names=names)


def short_desc(legend: MapLegend, *, lang: str) -> str:
    """Say a map in a line: how to read it, how many areas in each class, how many without."""
    told = [
        plural("map.desc_class", held.n_areas, lang=lang, interval=held.text)
        for held in legend.classes
        if held.n_areas
    ]
    missing = legend.n_missing + legend.n_suppressed
    if missing:
        told.append(say("map.desc_missing", lang=lang, n=missing))
    classes = say("chart.sources_join", lang=lang).join(told) + "."
    told = [say("map.desc", lang=lang), legend.text, classes]
    return " ".join(part for part in told if part)


def stem_of(code: str) -> str:
    """Give the beginning of all ids of a drawing."""
    return re.sub(r"[^a-z0-9-]+", "-", code.lower()).strip("-") or "map"
