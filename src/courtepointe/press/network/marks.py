"""The marks of a drawing: discs and ties, what stands for what, and the list of numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from courtepointe.press.charts.text import width as text_width
from courtepointe.press.charts.text import wrap
from courtepointe.press.maps.furniture import text
from courtepointe.press.network.lines import Kind, Lines, path
from courtepointe.press.network.patches import colour_of
from courtepointe.press.network.places import MARGIN, Places
from courtepointe.press.network.values import Listed, Partners
from courtepointe.press.network.words import tell
from courtepointe.press.palette import Palette

RING = 2.2
NUMBER = 0.92
"""Size of a number over the radius of its disc."""
DASHES = "3 2.2"
SMALL, HEADING = 11.5, 13.0
STEP = 15.0
COLUMN = 220.0
STROKES = {
    Kind.MUTUAL: (1.5, 0.62, ""),
    Kind.ONE_SIDED: (0.9, 0.42, ""),
    Kind.UNRETURNED: (0.9, 0.55, ' stroke-dasharray="4 3"'),
}
"""Width, opacity, dashes."""
MANY = 150
"""From so many ties on, they are drawn lighter."""
LIGHTEST = 0.55


def ties_svg(lines: Lines, kinds: Sequence[Kind], palette: Palette) -> str:
    """Draw the ties, those of one kind as one path."""
    body = []
    for kind in (Kind.ONE_SIDED, Kind.UNRETURNED, Kind.MUTUAL):
        held = [path(curve) for curve, of in zip(lines.curves, kinds, strict=True) if of is kind]
        if held:
            body.append(_stroke("".join(held), kind, palette, lightness=light(len(kinds))))
    return "".join(body)


def light(n_ties: int) -> float:
    """Say how lightly many ties are drawn, of 1."""
    return max(LIGHTEST, min(1.0, math.pow(MANY / max(n_ties, 1), 0.35)))


def _stroke(drawn: str, kind: Kind, palette: Palette, *, lightness: float = 1.0) -> str:
    thick, opacity, dashes = STROKES[kind]
    return (
        f'<path class="tie {kind.value}" d="{drawn}" fill="none" stroke="{palette.ink_soft}" '
        f'stroke-width="{thick * math.sqrt(lightness):.2f}" stroke-opacity="{opacity * lightness:.2f}"{dashes}/>'
    )


def disc_svg(
    one: Listed, at: Sequence[float], *, sector: int, radius: float, told: str, numbered: bool,
    palette: Palette,
) -> str:  # fmt: skip
    """Draw an organisation: a ring of its sector's colour, dashed where it did not answer."""
    x, y = at
    colour = colour_of(sector, palette)
    drawn = ring(x, y, radius, colour, silent=not one.answered, broker=one.is_broker,
                 square=is_square(sector), palette=palette)  # fmt: skip
    if numbered:
        size = round(radius * NUMBER * (1.12 if one.number < 100 else 1.0), 2)
        more = ' text-anchor="middle" aria-hidden="true"'
        if one.is_broker:
            more += ' font-weight="700"'
        drawn += text(
            x, round(y + size * 0.35, 1), str(one.number), colour=palette.ink, size=size, more=more
        )
    return f'<g class="partner"><title>{escape(told)}</title>{drawn}</g>'


def is_square(sector: int) -> bool:
    """Say whether a sector's marks are squares: after the sixth, the colours begin again."""
    return (sector - 1) // 6 % 2 == 1


def ring(
    x: float, y: float, radius: float, colour: str, *, silent: bool, broker: bool, palette: Palette,
    square: bool = False,
) -> str:  # fmt: skip
    """Draw a ring; a second one around who bridges others."""
    dashes = f' stroke-dasharray="{DASHES}"' if silent else ""
    drawn = outline(x, y, radius - RING / 2, square, palette.paper, colour, RING, dashes)
    if broker:
        around = outline(x, y, radius + 2.4, square, palette.paper, palette.ink, 1.3)
        drawn = around + drawn
    return drawn


def outline(
    x: float, y: float, radius: float, square: bool, fill: str, stroke: str, thick: float,
    dashes: str = "",
) -> str:  # fmt: skip
    """Draw a circle or, for the sectors after the sixth, a square of about its size."""
    line = f'fill="{fill}" stroke="{stroke}" stroke-width="{thick:g}"{dashes}/>'
    if square:
        half = round(radius * 0.92, 2)
        return (
            f'<rect x="{x - half:.1f}" y="{y - half:.1f}" width="{2 * half:g}" '
            f'height="{2 * half:g}" rx="2.5" {line}'
        )
    return f'<circle cx="{x:g}" cy="{y:g}" r="{round(radius, 2):g}" {line}'


def foot_svg(places: Places, *, lang: str, palette: Palette) -> str:
    """Say over the rows at the foot of the sheet who stands there; nothing where nobody does."""
    if not places.layout.alone.any():
        return ""
    top = float(places.layout.positions[places.layout.alone, 1].min()) - places.radius - 6.0
    words = tell("drawing.alone", lang=lang)
    return text(MARGIN, round(top, 1), words, colour=palette.ink_soft, size=SMALL)


def legend_svg(
    kinds: Sequence[Kind], *, silent: bool, brokers: bool, width: float, top: float, lang: str,
    palette: Palette,
) -> tuple[str, float]:  # fmt: skip
    """Say what stands for what, only of what is drawn; give the height taken."""
    asked = [(_sample_ring(False, False, palette), "answered")] if silent else []
    asked += [(_sample_ring(True, False, palette), "silent")] if silent else []
    asked += [(_sample_ring(False, True, palette), "broker")] if brokers else []
    asked += [(_sample_tie(kind, palette), kind.value) for kind in Kind if kind in kinds]
    told = [(sample, tell(f"legend.{key}", lang=lang)) for sample, key in asked]
    return _flowing(told, width=width, top=top, palette=palette)


def sectors_svg(
    partners: Partners, *, width: float, top: float, palette: Palette
) -> tuple[str, float]:
    """Say which mark is of which sector; give the height taken."""
    told = [
        (ring(13, 0, 6.0, colour_of(n, palette), silent=False, broker=False, palette=palette,
              square=is_square(n)), name)
        for n, name in enumerate(partners.sector_names, start=1) if (partners.sectors == n).any()
    ]  # fmt: skip
    return _flowing(told, width=width, top=top, palette=palette)


def _flowing(
    told: Sequence[tuple[str, str]], *, width: float, top: float, palette: Palette
) -> tuple[str, float]:
    """Write samples with their words, line after line; give the height taken."""
    x, y, body = MARGIN, top + 14.0, []
    for sample, words in told:
        long = 30.0 + text_width(words, SMALL) + 16.0
        if x > MARGIN and x + long > width - MARGIN + 16.0:
            x, y = MARGIN, y + 20.0
        body.append(f'<g transform="translate({x:g} {y:g})">{sample}</g>')
        body.append(text(x + 30, y + 4, words, colour=palette.ink, size=SMALL))
        x = round(x + long, 1)
    return "".join(body), (y + 16.0 - top) if told else 0.0


def _sample_ring(silent: bool, broker: bool, palette: Palette) -> str:
    return ring(13, 0, 7.0, palette.data, silent=silent, broker=broker, palette=palette)


def _sample_tie(kind: Kind, palette: Palette) -> str:
    return _stroke("M1 0H25", kind, palette)


def list_svg(
    listed: Sequence[Listed], partners: Partners, *, width: float, top: float, lang: str,
    palette: Palette,
) -> tuple[str, float]:  # fmt: skip
    """Write the names by number in columns, sector by sector; give the height taken."""
    n_columns = max(1, int((width - 2 * MARGIN) // COLUMN))
    room = (width - 2 * MARGIN) / n_columns
    columns = _columns(_entries(listed, partners, room - 34.0, lang=lang), n_columns)
    heading = tell("drawing.list_heading", lang=lang)
    body = [text(MARGIN, top + HEADING + 6, heading, colour=palette.ink, size=HEADING,
                 more=' font-weight="700"')]  # fmt: skip
    first = top + HEADING + 14
    for place, entries in enumerate(columns):
        x, y = MARGIN + place * room, first
        for entry in entries:
            body.append(_entry_svg(entry, x, y, palette))
            y += STEP * len(entry.lines)
    tallest = max(sum(len(entry.lines) for entry in entries) for entries in columns)
    return "".join(body), HEADING + 14 + tallest * STEP + 8


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line of the list, or several: a sector's name where there is no number."""

    number: str
    lines: tuple[str, ...]
    bold: bool
    sector: int


def _entries(
    listed: Sequence[Listed], partners: Partners, room: float, *, lang: str
) -> list[_Entry]:
    made: list[_Entry] = []
    before: str | None = None
    for one in listed:
        sector = int(partners.sectors[one.node])
        if one.sector != before:
            before = one.sector
            heading = one.sector or tell("drawing.no_sector", lang=lang)
            made.append(_Entry("", wrap(heading, SMALL * 1.07, room), True, sector))
        size = SMALL * (1.07 if one.is_broker else 1.0)
        made.append(_Entry(str(one.number), wrap(one.name, size, room), one.is_broker, sector))
    return made


def _columns(entries: Sequence[_Entry], n_columns: int) -> list[list[_Entry]]:
    """Fill columns of about one height; no entry is cut, and no sector's name ends a column."""
    total = sum(len(entry.lines) for entry in entries)
    columns: list[list[_Entry]] = [[]]
    held = 0
    for place, entry in enumerate(entries):
        after = entries[place + 1] if place + 1 < len(entries) else None
        needed = len(entry.lines) + (len(after.lines) if after and not entry.number else 0)
        full = held + needed > -(-total * len(columns) // n_columns)
        if full and columns[-1] and len(columns) < n_columns:
            columns.append([])
        columns[-1].append(entry)
        held += len(entry.lines)
    return columns


def _entry_svg(entry: _Entry, x: float, y: float, palette: Palette) -> str:
    more = ' font-weight="700"' if entry.bold else ""
    first = y + STEP * 0.8
    body = [
        text(round(x + 28, 1), round(first + STEP * n, 1), line,
             colour=palette.ink, size=SMALL, more=more)
        for n, line in enumerate(entry.lines)
    ]  # fmt: skip
    if entry.number:
        body.append(text(round(x + 22, 1), round(first, 1), entry.number, colour=palette.ink_soft,
                         size=SMALL, more=' text-anchor="end"' + more))  # fmt: skip
    else:
        colour = colour_of(entry.sector, palette)
        body.append(ring(round(x + 14, 1), round(first - 4, 1), 6.0, colour, silent=False,
                         broker=False, palette=palette, square=is_square(entry.sector)))  # fmt: skip
    return "".join(body)
