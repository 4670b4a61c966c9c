"""What every map carries: patterns, a scale bar, north, a legend."""

from __future__ import annotations

import math
from xml.sax.saxutils import escape

from courtepointe.press.charts.text import width as text_width
from courtepointe.press.charts.text import wrap
from courtepointe.press.maps.paths import Plate
from courtepointe.press.maps.values import MapLegend
from courtepointe.press.numbers import number
from courtepointe.press.palette import FONT_STACK, Palette
from courtepointe.press.words import say

SMALL = 12
SWATCH = 18
LINE = 17


def patterns(stem: str, palette: Palette) -> str:
    """Define the hatching of missing values and the dots of suppressed ones."""
    ground, ink = palette.paper, palette.missing
    return (
        f'<defs><pattern id="{stem}-hatch" width="6" height="6" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="6" height="6" fill="{ground}"/>'
        f'<path d="M0 0v6" stroke="{ink}" stroke-width="2"/></pattern>'
        f'<pattern id="{stem}-dots" width="6" height="6" patternUnits="userSpaceOnUse">'
        f'<rect width="6" height="6" fill="{ground}"/>'
        f'<circle cx="3" cy="3" r="1.1" fill="{ink}"/></pattern></defs>'
    )


def text(
    x: float, y: float, words: str, *, colour: str, size: float = SMALL, more: str = ""
) -> str:
    """Write a text."""
    return (
        f'<text x="{x:g}" y="{y:g}" fill="{colour}" font-size="{size:g}" '
        f'font-family="{escape(FONT_STACK, {chr(34): "&quot;"})}"{more}>{escape(words)}</text>'
    )


def scale_bar(on: Plate, *, palette: Palette, lang: str, top: float) -> str:
    """Draw a bar of a round length, at the left, and north at the right."""
    metres = round_length(on.width / 4 / on.scale)
    long = metres * on.scale
    key, shown = ("map.km", metres / 1000) if metres >= 1000 else ("map.m", metres)
    words = say(key, lang=lang, n=number(shown, lang=lang))
    left, base = on.margin, top + 12
    bar = (
        f'<path d="M{left:g} {base - 6:g}v6h{long:.1f}v-6" fill="none" stroke="{palette.ink}" '
        'stroke-width="1.5"/>'
    )
    return (
        bar
        + text(left + long + 8, base, words, colour=palette.ink)
        + _north(on, palette, lang, base)
    )


def round_length(metres: float) -> float:
    """Give the greatest of 1, 2, 5, 10, 20, 50... that is not longer."""
    power = 10.0 ** math.floor(math.log10(max(metres, 1.0)))
    return next(step * power for step in (5.0, 2.0, 1.0) if step * power <= max(metres, 1.0))


def _north(on: Plate, palette: Palette, lang: str, base: float) -> str:
    x = on.width - on.margin - 8
    arrow = f'<path d="M{x:g} {base - 13:g}l4.5 13l-4.5 -3.5l-4.5 3.5z" fill="{palette.ink}"/>'
    words = say("map.north", lang=lang)
    return arrow + text(x - 10, base, words, colour=palette.ink, more=' text-anchor="end"')


def legend_block(
    legend: MapLegend, *, stem: str, on: Plate, palette: Palette, lang: str, top: float
) -> tuple[str, float]:
    """Write the legend under a map: its sentence, then swatches that flow; give the height taken."""
    drawn, y = [], top
    for line in wrap(legend.sentence, SMALL, on.width - 2 * on.margin):
        y += LINE
        drawn.append(text(on.margin, y, line, colour=palette.ink_soft))
    y += 10
    x = on.margin
    for fill, words in _swatches(legend, stem, lang):
        long = SWATCH + 6 + text_width(words, SMALL) + 14
        if x > on.margin and x + long > on.width - on.margin + 14:
            x, y = on.margin, y + SWATCH + 8
        drawn.append(
            f'<rect x="{x:g}" y="{y:g}" width="{SWATCH}" height="{SWATCH}" fill="{fill}" '
            f'stroke="{palette.line}"/>'
        )
        drawn.append(text(x + SWATCH + 6, y + 13, words, colour=palette.ink))
        x = round(x + long, 1)
    return "".join(drawn), y + SWATCH + 6 - top


def _swatches(legend: MapLegend, stem: str, lang: str) -> list[tuple[str, str]]:
    made = [(c.colour, c.text) for c in legend.classes]
    if legend.n_missing:
        made.append((f"url(#{stem}-hatch)", say("map.missing", lang=lang)))
    if legend.n_suppressed:
        made.append((f"url(#{stem}-dots)", say("map.suppressed", lang=lang)))
    return made
