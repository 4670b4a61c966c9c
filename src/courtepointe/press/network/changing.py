"""Draw a change: four small drawings in which everybody keeps its place and only the ties are others."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from courtepointe.core.network.change import NetworkChange, PairChange
from courtepointe.core.network.values import Bounds
from courtepointe.core.typing import Bools, Ints
from courtepointe.press.charts.text import wrap
from courtepointe.press.maps.draw import stem_of
from courtepointe.press.maps.furniture import text
from courtepointe.press.network.draw import opening
from courtepointe.press.network.figures import counted
from courtepointe.press.network.lines import lines, path
from courtepointe.press.network.marks import is_square, light, outline, sectors_svg
from courtepointe.press.network.patches import Patch, colour_of, patch_svg, patches
from courtepointe.press.network.places import MARGIN, Places
from courtepointe.press.network.values import Partners
from courtepointe.press.network.words import tell
from courtepointe.press.numbers import number
from courtepointe.press.palette import PALETTES, Palette, Scheme

NARROW_UNDER = 520.0
GUTTER = 16.0
SIZE, LINE = 12.5, 16.0
DOT = 5.5
FAINT = 3.0
PLAIN, DASHED = "", ' stroke-dasharray="9 6"'


@dataclass(frozen=True, slots=True)
class ChangePanel:
    """One of the small drawings.

    Attributes
    ----------
    what : str
        ``kept``, ``new``, ``ended`` or ``unknown``.
    heading : str
        With the count.
    bounds : str
        What missing answers may make of it; empty where none may.
    ends : (n_links, 2) int
    """

    what: str
    heading: str
    bounds: str
    ends: Ints


@dataclass(frozen=True, slots=True)
class DrawnChange:
    """A drawing of a change."""

    svg: str
    title: str
    desc: str
    panels: tuple[ChangePanel, ...]
    width: float
    height: float


def draw_change(
    change: NetworkChange,
    partners: Partners,
    places: Places,
    *,
    before: str,
    after: str,
    lang: str,
    scheme: Scheme | str = Scheme.LIGHT,
    code: str = "network-change",
) -> DrawnChange:
    """Draw what became of the ties between two waves.

    Parameters
    ----------
    change : NetworkChange
    partners : Partners
        The organisations present in both, in the order of the change.
    places : Places
        Theirs: `Places.of` those of all waves, of the width of the whole drawing.
    before, after : str
        The times of the waves.
    lang, scheme, code : str
    """
    palette = PALETTES[Scheme(scheme)]
    panels = change_panels(change.pairs, lang=lang)
    shared = counted("shared", change.n_shared, lang=lang)
    title = tell("title.change", lang=lang, before=before, after=after, n_shared=shared)
    told = " ".join(_spoken(one, lang) for one in panels)
    desc = tell("change.desc", lang=lang, panels=told)
    n_columns = 1 if places.width < NARROW_UNDER else 2
    wide = (places.width - 2 * MARGIN - (n_columns - 1) * GUTTER) / n_columns
    body, y = [], MARGIN / 2
    ground = patches(places, partners, drawn=np.ones(len(partners.names), dtype=np.bool_))
    for first in range(0, len(panels), n_columns):
        row = panels[first : first + n_columns]
        heads = [_head(one, wide) for one in row]
        top = y + max(map(len, heads)) * LINE + 6.0
        for place, (panel, head) in enumerate(zip(row, heads, strict=True)):
            x = MARGIN + place * (wide + GUTTER)
            body.append(_heading(head, x, y, palette))
            body.append(_panel(panel, ground, partners, places, x, top, wide, palette))
        y = top + wide * places.height / places.width + GUTTER
    legend, tall = sectors_svg(partners, width=places.width, top=y - GUTTER, palette=palette)
    body.append(legend)
    height = round(y - GUTTER + tall, 1)
    head_svg = opening(places.width, height, title, desc, palette=palette, stem=stem_of(code))
    return DrawnChange(
        head_svg + "".join(body) + "</svg>", title, desc, panels, places.width, height
    )


def change_panels(pairs: PairChange, *, lang: str) -> tuple[ChangePanel, ...]:
    """Give the small drawings: kept, made, no longer named, and unknown where there are some."""
    asked: list[tuple[str, Bools, Bounds | None]] = [
        ("kept", pairs.kept, pairs.n_kept),
        ("new", pairs.new, pairs.n_new),
        ("ended", pairs.ended, pairs.n_ended),
    ]
    if pairs.unknown.any():
        asked.append(("unknown", pairs.unknown, None))
    return tuple(_counted(what, ties, bounds, lang) for what, ties, bounds in asked)


def _counted(what: str, ties: Bools, bounds: Bounds | None, lang: str) -> ChangePanel:
    heading, ends = tell(f"change.{what}", lang=lang), np.argwhere(np.triu(ties))
    count = number(len(ends), lang=lang)
    if bounds is None or bounds.low == bounds.high or bounds.low is None or bounds.high is None:
        return ChangePanel(
            what, tell("change.panel", lang=lang, heading=heading, n=count), "", ends
        )
    low, high = (number(end, lang=lang) for end in (bounds.low, bounds.high))
    told = tell("change.bounds", lang=lang, low=low, high=high)
    return ChangePanel(
        what,
        tell("change.panel_at_least", lang=lang, heading=heading, n=count),
        tell("change.panel_bounds", lang=lang, bounds=told),
        ends,
    )


def _spoken(panel: ChangePanel, lang: str) -> str:
    key = "change.desc_bounds" if panel.bounds else "change.desc_panel"
    return tell(key, lang=lang, text=panel.heading, bounds=panel.bounds)


def _head(panel: ChangePanel, wide: float) -> list[tuple[str, bool]]:
    """Break a heading into lines, each bold or not."""
    told = [(line, True) for line in wrap(panel.heading, SIZE * 1.08, wide)]
    return told + [(line, False) for line in wrap(panel.bounds, SIZE, wide) if line]


def _heading(head: Sequence[tuple[str, bool]], x: float, y: float, palette: Palette) -> str:
    return "".join(
        text(round(x, 1), round(y + LINE * (n + 0.85), 1), line, size=SIZE,
             colour=palette.ink if bold else palette.ink_soft,
             more=' font-weight="700"' if bold else "")
        for n, (line, bold) in enumerate(head)
    )  # fmt: skip


def _panel(
    panel: ChangePanel, ground: Sequence[Patch], partners: Partners, places: Places, x: float,
    top: float, wide: float, palette: Palette,
) -> str:  # fmt: skip
    scale = wide / places.width
    body = [patch_svg(patch, palette) for patch in ground]
    drawn = "".join(
        path(curve) for curve in lines(panel.ends, places.layout.positions, partners.sectors).curves
    )
    colour, dashes = _stroke(panel.what, palette)
    if drawn:
        body.append(
            f'<path class="tie {panel.what}" d="{drawn}" fill="none" stroke="{colour}" '
            f'stroke-width="{1.2 * math.sqrt(light(len(panel.ends))) / scale:.2f}" '
            f'stroke-opacity="{0.8 * light(len(panel.ends)):.2f}"{dashes}/>'
        )
    touched = set(panel.ends.reshape(-1).tolist())
    for node, (a, b) in enumerate(places.layout.positions.tolist()):
        sector = int(partners.sectors[node])
        shown = colour_of(sector, palette) if node in touched else palette.line
        radius = DOT if node in touched else FAINT
        body.append(outline(a, b, radius, is_square(sector), shown, palette.paper, 1.0))
    return (
        f'<g transform="translate({x:g} {top:g}) scale({scale:.4f})">'
        f'<rect width="{places.width:g}" height="{places.height:g}" fill="none" '
        f'stroke="{palette.rule}" stroke-width="{1 / scale:.2f}"/>' + "".join(body) + "</g>"
    )


def _stroke(what: str, palette: Palette) -> tuple[str, str]:
    return {
        "kept": (palette.ink_soft, PLAIN),
        "new": (palette.data_strong, PLAIN),
        "ended": (palette.other, PLAIN),
        "unknown": (palette.missing, DASHED),
    }[what]
