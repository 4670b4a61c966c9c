"""Maps of change: what changed between two periods on one geography, purple for a fall, green for a rise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from courtepointe.atlas.figures import Measure, Status
from courtepointe.atlas.query.series_values import SeriesChange
from courtepointe.atlas.recipe.values import Indicator
from courtepointe.core.change import Change, Statement
from courtepointe.core.classes import Classes, ClassMethod, classify
from courtepointe.press.maps.shading import as_written, missing_swatches, stripes_on, without_value
from courtepointe.press.maps.values import MapArea, MapClass, MapLegend, Paint, Swatch
from courtepointe.press.numbers import interval, number, signed
from courtepointe.press.palette import PALETTES, Palette, Scheme
from courtepointe.press.words import knows, say

SIDES = (
    ("fall_over", 0), ("fall_under", 1), ("none", 2), ("rise_under", 3), ("rise_over", 4),
)  # fmt: skip
"""Classes of change with their place in the diverging ramp."""
TOLD = (Statement.HIGHER, Statement.LOWER)


@dataclass(frozen=True, slots=True)
class ChangeShading:
    """How the areas of a map of change are filled, and how that is said."""

    legend: MapLegend
    border: float | None
    stem: str
    palette: Palette

    def paint(self, area: MapArea) -> Paint:
        """Fill an area by its change; stripes where it cannot be told from none."""
        if area.value is None or area.statement is None:
            return without_value(area, stem=self.stem)
        place = side_of(area, self.border)
        colour = self.palette.diverging[place]
        unsure = area.statement in (Statement.NOT_DISTINGUISHABLE, Statement.UNKNOWN)
        stripes = stripes_on(colour, palette=self.palette, stem=self.stem) if unsure else ""
        return Paint(colour, f"diverging-{place + 1}", stripes)


def as_percent(indicator: Indicator) -> bool:
    """Say whether a change is told in percent: numbers of people are, so that size does not decide."""
    return indicator.measure is Measure.COUNT


def changed_area(
    area: MapArea, told: SeriesChange | None, *, indicator: Indicator, lang: str
) -> MapArea:
    """Put the change in the place of the value; what may not be subtracted has none."""
    gone = replace(
        area,
        value=None,
        low=None,
        high=None,
        value_text=say("status.short.not_available", lang=lang),
    )
    if told is None:
        held = area.status if not area.status.has_value else Status.NOT_AVAILABLE
        return replace(gone, status=held)
    percent = as_percent(indicator)
    value = told.change.percent if percent else told.change.difference
    if value is None:
        return replace(gone, status=Status.NOT_APPLICABLE)
    decimals = change_decimals(indicator)
    text = signed(value, unit=indicator.unit, decimals=decimals, lang=lang)
    if percent:
        text = say("unit.percent.short", lang=lang, n=_with_sign(value, decimals, lang))
    return replace(
        area, value=value, status=Status.AGGREGATED, value_text=text, low=None, high=None,
        statement=told.change.statement,
    )  # fmt: skip


def _with_sign(value: float, decimals: int, lang: str) -> str:
    text = number(value, decimals=decimals, lang=lang)
    return f"+{text}" if as_written(value, decimals) > 0 else text


def change_decimals(indicator: Indicator) -> int:
    """Give the decimals of a change: one for percents of numbers."""
    return 1 if as_percent(indicator) else indicator.decimals


def size_words(value: float, *, indicator: Indicator, lang: str) -> str:
    """Write the size of a change: « 2,5 points de pourcentage », « 4 % »."""
    decimals = change_decimals(indicator)
    bare = number(value, decimals=decimals, lang=lang)
    if as_percent(indicator):
        return say("unit.percent.short", lang=lang, n=bare)
    return signed(value, unit=indicator.unit, decimals=decimals, lang=lang).lstrip("+")


def change_interval(told: Change | None, *, indicator: Indicator, lang: str) -> str:
    """Write the interval of a change, or that nobody knows it; empty where there is none to have."""
    if told is None or told.counted_in_full:
        return ""
    percent = as_percent(indicator)
    low, high = (told.percent_low, told.percent_high) if percent else (told.low, told.high)
    if low is None or high is None:
        unknown = told.statement is Statement.UNKNOWN
        return say("uncertainty.short.unknown", lang=lang) if unknown else ""
    unit = "percent" if percent else "ratio" if indicator.unit == "percent" else indicator.unit
    return interval(low, high, unit=unit, decimals=change_decimals(indicator), lang=lang)


def unit_words(indicator: Indicator, *, lang: str) -> str:
    """Name the unit of a change."""
    if as_percent(indicator):
        return say("map.change_percent", lang=lang)
    if indicator.unit == "percent":
        return say("map.change_points", lang=lang)
    key = f"unit.{indicator.unit}.name"
    return say(key, lang=lang) if knows(key, lang=lang) else indicator.unit.replace("_", " ")


def change_classes(areas: Sequence[MapArea], *, decimals: int) -> Classes:
    """Part small changes from great ones: half of those that can be told, or whose error is unknown."""
    sizes = [
        as_written(abs(a.value), decimals)
        for a in areas
        if a.value and a.statement in (*TOLD, Statement.UNKNOWN)
    ]
    return classify(sizes, method=ClassMethod.QUANTILE, number=2)


def border_of(classes: Classes) -> float | None:
    """Give the limit between small and great; None where all are alike."""
    return classes.borders[0] if classes.borders else None


def side_of(area: MapArea, border: float | None) -> int:
    """Give an area's place in the diverging ramp."""
    value = area.value or 0.0
    if value == 0.0 or area.statement in (Statement.NOT_DISTINGUISHABLE, Statement.UNCHANGED):
        return 2
    great = border is not None and abs(value) >= border
    return (0 if great else 1) if value < 0 else (4 if great else 3)


def change_shading(
    areas: Sequence[MapArea],
    *,
    indicator: Indicator,
    classes: Classes,
    lang: str,
    scheme: Scheme | str = Scheme.LIGHT,
    stem: str = "map",
) -> ChangeShading:
    """Choose the shades of changes and say them."""
    palette, border = PALETTES[Scheme(scheme)], border_of(classes)
    counts = [0] * len(SIDES)
    for area in areas:
        if area.value is not None and area.statement is not None:
            counts[side_of(area, border)] += 1
    texts = side_texts(border, indicator=indicator, lang=lang)
    made = tuple(
        MapClass(place + 1, texts[place], palette.diverging[place], counts[place])
        for _, place in SIDES
    )
    legend = _legend(areas, made, palette, lang=lang, stem=stem)
    return ChangeShading(legend, border, stem, palette)


def side_texts(border: float | None, *, indicator: Indicator, lang: str) -> tuple[str, ...]:
    """Say the five classes of change."""
    middle = say("map.unchanged", lang=lang)
    if border is None:
        fall, rise = say("map.fall", lang=lang), say("map.rise", lang=lang)
        return (fall, fall, middle, rise, rise)
    told = size_words(border, indicator=indicator, lang=lang)
    return tuple(
        middle if place == 2 else say(f"map.{key}", lang=lang, n=told) for key, place in SIDES
    )


def _legend(
    areas: Sequence[MapArea], made: tuple[MapClass, ...], palette: Palette, *, lang: str, stem: str
) -> MapLegend:
    def many(statement: Statement) -> int:
        return sum(a.value is not None and a.statement is statement for a in areas)

    same, unknown = many(Statement.NOT_DISTINGUISHABLE), many(Statement.UNKNOWN)
    suppressed = sum(a.value is None and a.status is Status.SUPPRESSED for a in areas)
    missing = sum(a.value is None for a in areas) - suppressed
    swatches = [
        Swatch(Paint(c.colour, f"diverging-{c.position}"), c.text)
        for c in made
        if c.n_areas and c.position != 3
    ]
    neutral = palette.diverging[2]
    if made[2].n_areas > same:
        swatches.append(Swatch(Paint(neutral, "diverging-3"), say("map.unchanged", lang=lang)))
    notes = []
    if same:
        stripes = stripes_on(neutral, palette=palette, stem=stem)
        swatches.append(Swatch(Paint(neutral, "striped", stripes), say("map.no_change", lang=lang)))
        notes.append(say("map.no_change_note", lang=lang))
    if unknown:
        colour = palette.diverging[3]
        stripes = stripes_on(colour, palette=palette, stem=stem)
        paint = Paint(colour, "striped", stripes)
        swatches.append(Swatch(paint, say("map.change_unknown", lang=lang)))
        notes.append(say("map.change_unknown_note", lang=lang))
    swatches += missing_swatches(missing, suppressed, lang=lang, stem=stem)
    sentence = say("map.legend_change", lang=lang)
    return MapLegend(
        sentence, made, missing, suppressed, same + unknown, tuple(swatches), tuple(notes)
    )
