"""One Vega-Lite specification from a chart: for the browser, for print, at any width."""

from __future__ import annotations

from typing import Any

from courtepointe.press.charts.bars import bars_layers
from courtepointe.press.charts.dotted import dots_layers
from courtepointe.press.charts.frame import (
    DESKTOP,
    LINE,
    SMALL,
    TITLE,
    sheet,
    specification,
    texts,
)
from courtepointe.press.charts.line import line_layers
from courtepointe.press.charts.pyramid import pyramid_layers
from courtepointe.press.charts.strip import strip_layers
from courtepointe.press.charts.text import wrap
from courtepointe.press.charts.values import Chart, ChartKind
from courtepointe.press.palette import Scheme

DRAWN = {
    ChartKind.BARS: bars_layers,
    ChartKind.DOTS: dots_layers,
    ChartKind.PYRAMID: pyramid_layers,
    ChartKind.STRIP: strip_layers,
    ChartKind.LINE: line_layers,
}
BOLD = 1.06
"""A bold title is wider than its letters in regular."""


def vega_lite(
    chart: Chart, *, width: float = DESKTOP, scheme: Scheme | str = Scheme.LIGHT
) -> dict[str, Any]:
    """Give a chart as a Vega-Lite specification, a plain dict without any address to fetch."""
    on = sheet(width, scheme)
    layers, height = DRAWN[chart.kind](chart, on=on)
    line = round(SMALL * LINE, 1)
    foot = wrap(chart.foot, SMALL, on.width) if chart.foot else ()
    words = [
        {"x": 0.0, "y": round(height + 8 + line * (n + 0.5), 1), "text": text}
        for n, text in enumerate(foot)
    ]
    layers.append(texts(words, colour=on.palette.ink_soft, size=SMALL))
    total = round(height + (8 + line * len(foot) + 4 if foot else 0), 1)
    made = specification(
        layers,
        on=on,
        height=total,
        title=wrap(chart.title, TITLE * BOLD, on.width),
        under=wrap(chart.subtitle, SMALL, on.width),
    )
    return made | {"description": chart.alt}
