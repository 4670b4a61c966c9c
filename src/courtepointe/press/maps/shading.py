"""From values to shades: the classes of a map, its legend, and what its patterns mean."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from courtepointe.atlas.figures import Status
from courtepointe.core.classes import Classes, ClassMethod, classify
from courtepointe.core.typing import Floats
from courtepointe.press.maps.values import MapArea, MapClass, MapLegend, Paint, Swatch
from courtepointe.press.numbers import amount, rounded
from courtepointe.press.palette import PALETTES, Palette, Scheme, luminance, most_readable
from courtepointe.press.words import say

MOST = 5
NEAR_HALF = 1e-9
HATCH, DOTS, STRIPES = "hatch", "dots", "stripes"


@dataclass(frozen=True, slots=True)
class Shading:
    """How the areas of a map are filled, and how that is said."""

    legend: MapLegend
    classes: Classes
    decimals: int
    stem: str
    shades: tuple[tuple[int, str], ...]
    palette: Palette

    def paint(self, area: MapArea) -> Paint:
        """Fill an area by its class; stripes where its interval reaches another."""
        if area.value is None:
            return without_value(area, stem=self.stem)
        place, colour = self.shades[self.classes.of(as_written(area.value, self.decimals))]
        unsure = uncertain(area, self.classes, decimals=self.decimals)
        stripes = stripes_on(colour, palette=self.palette, stem=self.stem) if unsure else ""
        return Paint(colour, f"sequential-{place}", stripes)


def as_written(value: float, decimals: int) -> float:
    """Give a value as people read it: what is written alike is never parted."""
    return float(rounded(value, decimals=decimals))


def all_as_written(values: Floats, decimals: int) -> Floats:
    """Give many values as people read them, the same as `as_written` one by one.

    Parameters
    ----------
    values : (n,) float, finite
    decimals : int
    """
    scale = 10.0**decimals
    scaled = np.abs(values) * scale
    whole = np.floor(scaled + 0.5)
    made: Floats = np.copysign(whole / scale, values) + 0.0
    # Near a half the last binary digit would decide; their decimal digits do.
    for place in np.flatnonzero(np.abs(scaled - np.floor(scaled) - 0.5) < NEAR_HALF * (1 + scaled)):
        made[place] = as_written(float(values[place]), decimals)
    return made


def class_values(areas: Iterable[MapArea], *, decimals: int) -> list[float]:
    """Give the values that classes are made of."""
    return [as_written(a.value, decimals) for a in areas if a.value is not None]


def uncertain(area: MapArea, classes: Classes, *, decimals: int) -> bool:
    """Say whether an area's interval reaches into another class."""
    if area.value is None or area.low is None or area.high is None:
        return False
    return classes.spans(as_written(area.low, decimals), as_written(area.high, decimals))


def without_value(area: MapArea, *, stem: str) -> Paint:
    """Hatch what is missing, dot what is kept confidential."""
    if area.status is Status.SUPPRESSED:
        return Paint(f"url(#{stem}-{DOTS})", "suppressed")
    return Paint(f"url(#{stem}-{HATCH})", "missing")


def stripes_on(colour: str, *, palette: Palette, stem: str) -> str:
    """Give the stripes that are seen on a shade: dark ones, or light ones."""
    dark, light = sorted((palette.ink, palette.paper), key=luminance)
    kind = "dark" if most_readable(colour, (dark, light)) == dark else "light"
    return f"url(#{stem}-{STRIPES}-{kind})"


def shading(
    areas: Sequence[MapArea],
    *,
    unit: str,
    decimals: int,
    lang: str,
    scheme: Scheme | str = Scheme.LIGHT,
    stem: str = "map",
    classes: Classes | None = None,
) -> Shading:
    """Choose the shades of areas; without classes, those of their own values by quantiles."""
    palette = PALETTES[Scheme(scheme)]
    if classes is None:
        values = class_values(areas, decimals=decimals)
        classes = classify(values, method=ClassMethod.QUANTILE, number=MOST)
    shades = ramp(palette.sequential, len(classes))
    told = class_texts(classes, unit=unit, decimals=decimals, lang=lang)
    counts = [0] * len(classes)
    for value in class_values(areas, decimals=decimals):
        counts[classes.of(value)] += 1
    made = tuple(
        MapClass(place, told[n], colour, counts[n]) for n, (place, colour) in enumerate(shades)
    )
    legend = _legend(areas, classes, made, palette, decimals, lang=lang, scheme=scheme, stem=stem)
    return Shading(legend, classes, decimals, stem, shades, palette)


def ramp(colours: tuple[str, ...], n: int) -> tuple[tuple[int, str], ...]:
    """Spread n classes over a ramp, its ends included; positions count from 1."""
    if n == 0:
        return ()
    steps = [round(k * (len(colours) - 1) / max(n - 1, 1)) for k in range(n)]
    places = steps if n > 1 else [len(colours) // 2]
    return tuple((place + 1, colours[place]) for place in places)


def class_texts(classes: Classes, *, unit: str, decimals: int, lang: str) -> tuple[str, ...]:
    """Say each class: a value alone, or from one limit to under the next."""
    shown = max([decimals, *(_decimals(border) for border in classes.borders)])

    def told(value: float) -> str:
        return amount(value, unit=unit, decimals=shown, lang=lang)

    texts = []
    for place, held in enumerate(classes.held):
        low = classes.borders[place - 1] if place else None
        high = classes.borders[place] if place < len(classes.borders) else None
        if held is not None and held[0] == held[1] and _all_single(classes):
            texts.append(say("map.class_one", lang=lang, low=told(held[0])))
        elif low is None and high is None:
            low, high = held or (0.0, 0.0)
            texts.append(say("map.class_whole", lang=lang, low=told(low), high=told(high)))
        elif low is None and high is not None:
            texts.append(say("map.class_under", lang=lang, high=told(high)))
        elif high is None and low is not None:
            texts.append(say("map.class_over", lang=lang, low=told(low)))
        elif low is not None and high is not None:
            texts.append(say("map.class_of", lang=lang, low=told(low), high=told(high)))
    return tuple(texts)


def _all_single(classes: Classes) -> bool:
    """Whether every class is one value: then the values are said, not limits between them."""
    alone = all(held is not None and held[0] == held[1] for held in classes.held)
    return alone and not classes.declared


def _decimals(value: float) -> int:
    text = f"{value:.10f}".rstrip("0")
    return len(text.partition(".")[2])


def _legend(
    areas: Sequence[MapArea], classes: Classes, made: tuple[MapClass, ...], palette: Palette,
    decimals: int, *, lang: str, scheme: Scheme | str, stem: str,
) -> MapLegend:  # fmt: skip
    suppressed = sum(a.value is None and a.status is Status.SUPPRESSED for a in areas)
    missing = sum(a.value is None for a in areas) - suppressed
    striped = sum(uncertain(a, classes, decimals=decimals) for a in areas)
    unknown = sum(a.value is not None and not a.error_known for a in areas)
    swatches = [Swatch(Paint(c.colour, f"sequential-{c.position}"), c.text) for c in made]
    if striped:
        middle = palette.sequential[1]
        stripes = stripes_on(middle, palette=palette, stem=stem)
        swatches.append(Swatch(Paint(middle, "striped", stripes), say("map.striped", lang=lang)))
    swatches += missing_swatches(missing, suppressed, lang=lang, stem=stem)
    notes = []
    if striped:
        notes.append(say("map.striped_note", lang=lang))
    if unknown:
        notes.append(say("map.unknown_note", lang=lang))
    if classes.apart_low or classes.apart_high:
        notes.append(say("map.apart_note", lang=lang))
    key = "map.legend_dark" if Scheme(scheme) is Scheme.DARK else "map.legend"
    sentence = f"{say(key, lang=lang)}." if len(made) > 1 else ""
    return MapLegend(sentence, made, missing, suppressed, striped, tuple(swatches), tuple(notes))


def missing_swatches(missing: int, suppressed: int, *, lang: str, stem: str) -> list[Swatch]:
    """Give the samples of what has no value."""
    found = []
    if missing:
        paint = Paint(f"url(#{stem}-{HATCH})", "missing")
        found.append(Swatch(paint, say("map.missing", lang=lang)))
    if suppressed:
        paint = Paint(f"url(#{stem}-{DOTS})", "suppressed")
        found.append(Swatch(paint, say("map.suppressed", lang=lang)))
    return found
