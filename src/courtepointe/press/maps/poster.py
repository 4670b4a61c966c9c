"""Draw a map whole: title, panels on one scale, legend, notes, sources; at any width, in any scheme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import vl_convert

from courtepointe.atlas.recipe.values import Indicator
from courtepointe.press.charts.text import wrap_at_most
from courtepointe.press.maps.asked import MapKind
from courtepointe.press.maps.changing import change_shading
from courtepointe.press.maps.column import Column, column
from courtepointe.press.maps.draw import stem_of
from courtepointe.press.maps.furniture import (
    BOLD,
    scale_bar,
    text,
)
from courtepointe.press.maps.paths import Plate
from courtepointe.press.maps.shading import shading
from courtepointe.press.maps.sheet import FOOT, MARGIN, Fill, MapSheet, lay_out, map_body, opening
from courtepointe.press.maps.telling import classes_alike, dots_sentence
from courtepointe.press.maps.themed import Panel, ThematicMap
from courtepointe.press.maps.values import DrawnMap, MapLegend, Paint, Swatch
from courtepointe.press.numbers import amount, plural
from courtepointe.press.palette import PALETTES, Palette, Scheme
from courtepointe.press.words import say

TITLE, HEADING = 18.0, 13.0
NARROW = 480.0
"""Under this width two maps stand one below the other."""
BETWEEN = 14.0
NAMED = 60
"""A map of more areas has no names on it: its table has them all."""
DOT = 1.6 / 720
PNG_SCALE = 2.0


@dataclass(frozen=True, slots=True)
class _Filled:
    """A panel with the way its areas are filled."""

    panel: Panel
    legend: MapLegend
    fill: Fill


def draw_map(
    made: ThematicMap,
    indicators: Sequence[Indicator],
    *,
    width: float = 720,
    scheme: Scheme | str = Scheme.LIGHT,
    bare: bool = False,
) -> DrawnMap:
    """Draw a map with all that it carries.

    Parameters
    ----------
    made : ThematicMap
    indicators : sequence of Indicator
        Those of the panels.
    width : float, pixels
    scheme : Scheme
    bare : bool
        Without title, warnings and sources: for a page that writes them around the map.
    """
    palette, stem = PALETTES[Scheme(scheme)], stem_of(made.code)
    sheet = column(width, palette)
    if not bare:
        sheet.write(made.title, size=TITLE, more=' font-weight="700"')
        sheet.y += 2
        sheet.write(made.subtitle)
        sheet.y += 8
    filled = _filled(made, indicators, scheme=scheme, stem=stem)
    _panels(made, filled, sheet, stem=stem, scheme=scheme)
    legend = _legends(made, filled, sheet)
    for line in () if bare else (*made.warnings, *made.foot):
        sheet.y += 3
        sheet.write(line)
    height = round(sheet.y + MARGIN, 1)
    desc = " ".join((*made.words, legend.text)).strip()
    head = opening(
        width, height, made.title, desc, palette=palette, stem=stem, role="img", alone=True
    )
    return DrawnMap(head + "".join(sheet.body) + "</svg>", made.title, desc, legend, width, height)


def png(drawn: DrawnMap, *, scale: float = PNG_SCALE) -> bytes:
    """Turn a drawing into a picture of points, without a browser and without a network."""
    picture: bytes = vl_convert.svg_to_png(drawn.svg, scale=scale)
    return picture


def _filled(
    made: ThematicMap, indicators: Sequence[Indicator], *, scheme: Scheme | str, stem: str
) -> list[_Filled]:
    """Choose how each panel is filled."""
    found = []
    panels = made.panels
    if made.dots is not None:
        panels = (replace(panels[0], heading=""),)
    held = {indicator.code: indicator for indicator in indicators}
    for panel in panels:
        if made.dots is not None:
            legend = _dot_legend(made, PALETTES[Scheme(scheme)])
            found.append(_Filled(panel, legend, _land(PALETTES[Scheme(scheme)])))
        elif made.asked.kind is MapKind.CHANGE:
            change = change_shading(
                panel.areas, indicator=held[panel.indicator], classes=panel.classes,
                lang=made.lang, scheme=scheme, stem=stem,
            )  # fmt: skip
            found.append(_Filled(panel, change.legend, change.paint))
        else:
            shades = shading(
                panel.areas, unit=panel.unit, decimals=panel.decimals, lang=made.lang,
                scheme=scheme, stem=stem, classes=panel.classes,
            )  # fmt: skip
            found.append(_Filled(panel, shades.legend, shades.paint))
    return found


def _land(palette: Palette) -> Fill:
    """Fill every area with the same quiet ground."""
    return lambda area: Paint(palette.land, "land")


def _dot_legend(made: ThematicMap, palette: Palette) -> MapLegend:
    assert made.dots is not None
    colours = palette.categories
    swatches = tuple(
        Swatch(Paint(colours[place], f"category-{place + 1}"), group.label, round_=True)
        for place, group in enumerate(made.dots.groups)
    )
    n_missing = made.dots.n_missing
    notes = (plural("map.dots_missing", n_missing, lang=made.lang),) if n_missing else ()
    sentence = dots_sentence(made.dots, lang=made.lang)
    return MapLegend(sentence, (), n_missing, 0, 0, swatches, notes)


def _columns(n_panels: int, width: float) -> int:
    if n_panels == 1 or width < NARROW:
        return 1 if n_panels < 3 else min(2, n_panels)
    return 2 if n_panels in (2, 4) else 3


def _panels(
    made: ThematicMap, filled: list[_Filled], sheet: Column, *, stem: str, scheme: Scheme | str
) -> None:
    """Draw the panels in rows on one scale, each with its heading, then one scale bar."""
    columns = _columns(len(filled), sheet.on.width)
    wide = round((sheet.on.width - BETWEEN * (columns - 1)) / columns, 1)
    on: Plate | None = None
    for first in range(0, len(filled), columns):
        row = filled[first : first + columns]
        top = _headings(row, sheet, wide)
        for place, one in enumerate(row):
            laid = lay_out(
                one.panel.areas, outline=None, width=wide, scheme=scheme, lang=made.lang, stem=stem
            )
            body = map_body(laid, one.fill, names=_is_named(made, one.panel))
            body += _dots(made, laid)
            x = round(place * (wide + BETWEEN), 1)
            sheet.body.append(f'<g transform="translate({x:g} {top:g})">{body}</g>')
            on = laid.on
        assert on is not None
        sheet.y = top + on.height
    if on is not None and made.asked.kind is not MapKind.HEXAGONS:
        bar = replace(on, width=sheet.on.width)
        bar_drawn = scale_bar(
            bar, palette=sheet.palette, lang=made.lang, top=sheet.y, room=on.width
        )
        sheet.body.append(bar_drawn)
        sheet.y += FOOT


def _is_named(made: ThematicMap, panel: Panel) -> bool:
    return len(made.panels) == 1 and made.dots is None and len(panel.areas) <= NAMED


def _headings(row: list[_Filled], sheet: Column, wide: float) -> float:
    """Write the headings of a row of panels; give where the drawings begin."""
    if not any(one.panel.heading for one in row):
        return sheet.y
    tallest = 0
    for place, one in enumerate(row):
        lines = wrap_at_most(one.panel.heading, HEADING * BOLD, wide - 2 * MARGIN, lines=3)
        tallest = max(tallest, len(lines))
        for n, line in enumerate(lines):
            x = place * (wide + BETWEEN) + MARGIN
            y = sheet.y + 16 * (n + 1)
            sheet.body.append(
                text(round(x, 1), round(y, 1), line, colour=sheet.palette.ink, size=HEADING,
                     more=' font-weight="600"')
            )  # fmt: skip
    return round(sheet.y + 16 * tallest + 4, 1)


def _dots(made: ThematicMap, laid: MapSheet) -> str:
    """Draw the dots of each group as one line of points with round ends."""
    if made.dots is None:
        return ""
    thick = max(2 * DOT * laid.on.width, 1.6)
    drawn = []
    for place, group in enumerate(made.dots.groups):
        points = laid.on.xy(group.points)
        told = "".join(f"M{x:.1f} {y:.1f}h0" for x, y in points.tolist())
        drawn.append(
            f'<path class="map-dots category-{place + 1}" d="{told}" fill="none" '
            f'stroke="{laid.palette.categories[place]}" stroke-width="{thick:.1f}" '
            'stroke-linecap="round"/>'
        )
    return "".join(drawn)


def _legends(made: ThematicMap, filled: list[_Filled], sheet: Column) -> MapLegend:
    """Write one legend where all panels have the same classes, else one for each."""
    if len(filled) == 1:
        legend = _with_kept(made, filled[0].legend)
        sheet.explain(legend)
        return legend
    if classes_alike(made.panels):
        first = _joined([one.legend for one in filled])
        alike = say("map.same_classes", lang=made.lang)
        legend = replace(first, sentence=" ".join((first.sentence, alike)).strip())
        sheet.explain(legend)
        return legend
    for one in filled:
        sheet.y += 6
        sheet.write(one.panel.heading, more=' font-weight="600"')
        sheet.explain(one.legend)
    return _joined([one.legend for one in filled])


def _with_kept(made: ThematicMap, legend: MapLegend) -> MapLegend:
    if made.kept is None:
        return legend
    share = amount(100 * made.kept, unit="percent", lang=made.lang)
    note = say("map.hexagon_note", lang=made.lang, share=share)
    return replace(legend, notes=(*legend.notes, note))


def _joined(legends: Sequence[MapLegend]) -> MapLegend:
    """Put the samples and notes of several panels together, each once."""
    first = legends[0]
    return replace(
        first,
        n_missing=sum(one.n_missing for one in legends),
        n_suppressed=sum(one.n_suppressed for one in legends),
        n_striped=sum(one.n_striped for one in legends),
        swatches=tuple(dict.fromkeys(s for one in legends for s in one.swatches)),
        notes=tuple(dict.fromkeys(note for one in legends for note in one.notes)),
    )
