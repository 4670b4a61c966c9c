"""Draw static maps: no library, no tile, no script; readable by ear and by keyboard."""

from __future__ import annotations

import re
from collections.abc import Sequence

import shapely

from courtepointe.atlas.figures import Status
from courtepointe.press.maps.classes import class_limits, class_of
from courtepointe.press.maps.sheet import lay_out, print_map
from courtepointe.press.maps.values import DrawnMap, MapArea, MapClass, MapLegend
from courtepointe.press.numbers import amount
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
) -> DrawnMap:
    """Draw values by shades of one hue; missing hatched, suppressed dotted."""
    told = map_legend(areas, unit=unit, decimals=decimals, lang=lang, scheme=scheme)
    desc = _choropleth_desc(told, lang=lang)
    limits = [(c.low, c.high) for c in told.classes]
    shades = [c.colour for c in told.classes]
    stem = _stem(code)

    def fill(area: MapArea) -> tuple[str, str]:
        if area.value is not None:
            place = class_of(area.value, limits)
            return shades[place], f"sequential-{told.classes[place].position}"
        dotted = area.status is Status.SUPPRESSED
        return (
            (f"url(#{stem}-dots)", "suppressed") if dotted else (f"url(#{stem}-hatch)", "missing")
        )

    sheet = lay_out(areas, outline=outline, width=width, scheme=scheme, lang=lang, stem=stem)
    return print_map(sheet, fill, title=title, desc=desc, legend=told, with_legend=legend)


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

    def fill(area: MapArea) -> tuple[str, str]:
        return (palette.data, "here") if area.here else (palette.land, "land")

    stem = _stem(code)
    sheet = lay_out(areas, outline=outline, width=width, scheme=scheme, lang=lang, stem=stem)
    return print_map(sheet, fill, title=title, desc=desc, names=names)


def map_legend(
    areas: Sequence[MapArea],
    *,
    unit: str,
    decimals: int,
    lang: str,
    scheme: Scheme | str = Scheme.LIGHT,
) -> MapLegend:
    """Give the classes of a map's values, with the shade and the words of each."""
    palette = PALETTES[Scheme(scheme)]
    values = [area.value for area in areas if area.value is not None]
    limits = class_limits(values)
    shades = _shades(palette.sequential, len(limits))
    counts = [0] * len(limits)
    for value in values:
        counts[class_of(value, limits)] += 1
    classes = tuple(
        MapClass(shades[n][0], low, high, _limits_text(low, high, unit, decimals, lang),
                 shades[n][1], counts[n])
        for n, (low, high) in enumerate(limits)
    )  # fmt: skip
    suppressed = sum(a.value is None and a.status is Status.SUPPRESSED for a in areas)
    missing = sum(a.value is None for a in areas) - suppressed
    key = "map.legend_dark" if Scheme(scheme) is Scheme.DARK else "map.legend"
    return MapLegend(f"{say(key, lang=lang)}.", classes, missing, suppressed)


def _limits_text(low: float, high: float, unit: str, decimals: int, lang: str) -> str:
    first = amount(low, unit=unit, decimals=decimals, lang=lang)
    last = amount(high, unit=unit, decimals=decimals, lang=lang)
    if first == last:
        return say("map.class_one", lang=lang, low=first)
    return say("map.class_of", lang=lang, low=first, high=last)


def _shades(ramp: tuple[str, ...], n: int) -> list[tuple[int, str]]:
    """Spread n classes over the ramp, its ends included; positions count from 1."""
    if n == 0:
        return []
    steps = [round(k * (len(ramp) - 1) / max(n - 1, 1)) for k in range(n)]
    places = steps if n > 1 else [len(ramp) // 2]
    return [(place + 1, ramp[place]) for place in places]


def _choropleth_desc(legend: MapLegend, *, lang: str) -> str:
    told = []
    for held in legend.classes:
        key = "map.desc_class_one" if held.n_areas == 1 else "map.desc_classes"
        told.append(say(key, lang=lang, n=held.n_areas, interval=held.text))
    missing = legend.n_missing + legend.n_suppressed
    if missing:
        told.append(say("map.desc_missing", lang=lang, n=missing))
    classes = say("chart.sources_join", lang=lang).join(told) + "."
    return say("map.desc", lang=lang, legend=legend.sentence.rstrip("."), classes=classes)


def _stem(code: str) -> str:
    return re.sub(r"[^a-z0-9-]+", "-", code.lower()).strip("-") or "map"
