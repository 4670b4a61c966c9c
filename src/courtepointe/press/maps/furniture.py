"""What every map carries: patterns, a scale bar, north, a legend."""

from __future__ import annotations

import math
from xml.sax.saxutils import escape

from courtepointe.press.charts.text import width as text_width
from courtepointe.press.charts.text import wrap
from courtepointe.press.maps.paths import Plate
from courtepointe.press.maps.values import MapLegend, Swatch
from courtepointe.press.numbers import number
from courtepointe.press.palette import FONT_STACK, Palette, luminance
from courtepointe.press.words import say

SMALL = 12
SWATCH = 18
LINE = 17
BOLD = 1.14
"""How much wider bold letters are."""


def patterns(stem: str, palette: Palette) -> str:
    """Define the hatching of missing values, the dots of suppressed ones, the stripes of unsure ones.

    Hatches and stripes lean to opposite sides and are of unlike weight: grey print tells them apart.
    """
    ground, ink = palette.paper, palette.missing
    dark, light = sorted((palette.ink, palette.paper), key=luminance)
    stripes = "".join(
        f'<pattern id="{stem}-stripes-{kind}" width="7" height="7" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(-45)"><path d="M3.5 0v7" stroke="{colour}" stroke-width="1.3"/>'
        "</pattern>"
        for kind, colour in (("dark", dark), ("light", light))
    )
    return (
        f'<defs><pattern id="{stem}-hatch" width="6" height="6" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="6" height="6" fill="{ground}"/>'
        f'<path d="M0 0v6" stroke="{ink}" stroke-width="2"/></pattern>'
        f'<pattern id="{stem}-dots" width="6" height="6" patternUnits="userSpaceOnUse">'
        f'<rect width="6" height="6" fill="{ground}"/>'
        f'<circle cx="3" cy="3" r="1.1" fill="{ink}"/></pattern>{stripes}</defs>'
    )


def text(
    x: float, y: float, words: str, *, colour: str, size: float = SMALL, more: str = ""
) -> str:
    """Write a text."""
    return (
        f'<text x="{x:g}" y="{y:g}" fill="{colour}" font-size="{size:g}" '
        f'font-family="{escape(FONT_STACK, {chr(34): "&quot;"})}"{more}>{escape(words)}</text>'
    )


def scale_bar(
    on: Plate, *, palette: Palette, lang: str, top: float, room: float | None = None
) -> str:
    """Draw a bar of a round length, at the left, and north at the right."""
    metres = round_length((room or on.width) / 4 / on.scale)
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
    legend: MapLegend, *, on: Plate, palette: Palette, top: float
) -> tuple[str, float]:
    """Write the legend under a map: its sentence, samples that flow, notes; give the height taken."""
    drawn, y = [], top
    if legend.sentence:
        lines, y = lines_of_text(legend.sentence, on=on, palette=palette, top=y)
        drawn.append(lines)
    y += 10
    x = on.margin
    for swatch in legend.swatches:
        long = SWATCH + 6 + text_width(swatch.text, SMALL) + 14
        if x > on.margin and x + long > on.width - on.margin + 14:
            x, y = on.margin, y + SWATCH + 8
        drawn.append(_sample(swatch, x, y, palette))
        drawn.append(text(x + SWATCH + 6, y + 13, swatch.text, colour=palette.ink))
        x = round(x + long, 1)
    y += SWATCH + 6 if legend.swatches else 0
    for note in legend.notes:
        lines, y = lines_of_text(note, on=on, palette=palette, top=y)
        drawn.append(lines)
    return "".join(drawn), y + 4 - top


def lines_of_text(
    words: str, *, on: Plate, palette: Palette, top: float, size: float = SMALL, more: str = ""
) -> tuple[str, float]:
    """Write a text on as many lines as it needs; give where the next one begins."""
    drawn, step = [], size * LINE / SMALL
    room = (on.width - 2 * on.margin) / (BOLD if more else 1.0)
    for line in wrap(words, size, room):
        top = round(top + step, 1)
        colour = palette.ink if more else palette.ink_soft
        drawn.append(text(on.margin, top, line, colour=colour, size=size, more=more))
    return "".join(drawn), top


def _sample(swatch: Swatch, x: float, y: float, palette: Palette) -> str:
    paint = swatch.paint
    if swatch.round_:
        return f'<circle cx="{x + 9:g}" cy="{y + 9:g}" r="4" fill="{paint.colour}"/>'
    box = f'x="{x:g}" y="{y:g}" width="{SWATCH}" height="{SWATCH}"'
    drawn = f'<rect {box} fill="{paint.colour}" stroke="{palette.line}"/>'
    return drawn + (f'<rect {box} fill="{paint.stripes}"/>' if paint.stripes else "")
