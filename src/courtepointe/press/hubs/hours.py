"""People hour by hour: lines on one scale, each named, with a band for what chance does to one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from courtepointe.press.charts.draw import render_svg
from courtepointe.press.charts.frame import (
    DESKTOP,
    LINE,
    SMALL,
    TITLE,
    Axis,
    Layer,
    Sheet,
    layer,
    sheet,
    specification,
    strokes,
    texts,
    x,
    y,
)
from courtepointe.press.charts.text import width as text_width
from courtepointe.press.charts.text import wrap
from courtepointe.press.charts.ticks import nice_ticks
from courtepointe.press.maps.values import DrawnMap
from courtepointe.press.numbers import number
from courtepointe.press.palette import LIGHT, Scheme

TALL, ROW, SAMPLE = 200.0, 20.0, 34.0
DAY = 24
DASHES: tuple[list[int], ...] = ([], [8, 4], [2, 3], [10, 3, 2, 3])
"""Lines are told apart in grey print: by their dashes."""
WIDE = (2.6, 2.0, 2.2, 2.0)


@dataclass(frozen=True, slots=True)
class HourLine:
    """A line of the chart.

    Attributes
    ----------
    name : str
    values : sequence of float
        One an hour.
    band : (low, high) or None
        Sequences as long: what chance does.
    """

    name: str
    values: Sequence[float]
    band: tuple[Sequence[float], Sequence[float]] | None = None


@dataclass(frozen=True, slots=True)
class HoursChart:
    """A chart of hours.

    Attributes
    ----------
    title : str
        A finding, in a sentence.
    under, across : str
        What is counted; what runs from left to right.
    lines : sequence of HourLine
        Four at most, the first the most important.
    alt : str
    code : str
    """

    title: str
    under: str
    across: str
    lines: Sequence[HourLine]
    alt: str
    lang: str
    code: str

    def draw(self, width: float = DESKTOP) -> DrawnMap:
        """Draw it."""
        made = hours_chart(self, width=width)
        svg = render_svg(made, title=self.title, desc=self.alt, code=self.code)
        return DrawnMap(svg, self.title, self.alt, None, width, float(made["height"]))


def hours_chart(
    told: HoursChart, *, width: float = DESKTOP, scheme: Scheme | str = Scheme.LIGHT
) -> dict[str, Any]:
    """Give a chart of hours as a Vega-Lite specification.

    Parameters
    ----------
    told : HoursChart
    width : float, pixels
    scheme : Scheme
    """
    on = sheet(width, scheme)
    named = _names(told, on)
    top = ROW * len(told.lines) + 10.0
    high = max((max(one.band[1] if one.band else one.values) for one in told.lines), default=0.0)
    high = max(high, *(max(one.values) for one in told.lines), 1e-9)
    ticks = nice_ticks(0.0, high, most=4)
    step = ticks[1] - ticks[0] if len(ticks) > 1 else high
    decimals = 0 if step >= 1.0 else 1 if step >= 0.1 else 2
    words = [number(one, decimals=decimals, lang=told.lang) for one in ticks]
    room = max(text_width(one, SMALL) for one in words) + 8.0
    n = len(told.lines[0].values)
    up = Axis(0.0, high * 1.04, top + TALL, top)
    along = Axis(0.0, float(max(n - 1, 1)), room, on.width - 10.0)
    layers = [
        *_grid([*zip(ticks, words, strict=True)], up, room, on), *_days(n, along, top, on, told),
        *(_band(one, along, up, on) for one in told.lines if one.band), *_lines(told, along, up, on), *named,
    ]  # fmt: skip
    made = specification(
        layers, on=on, height=round(top + TALL + 2 * SMALL * LINE + 8.0, 1),
        title=wrap(told.title, TITLE * 1.06, on.width), under=wrap(told.under, SMALL, on.width),
    )  # fmt: skip
    return made | {"description": told.alt}


def themed(svg: str) -> str:
    """Name the colours of a drawn chart by classes, so that a page's dark style can change them."""
    palette = LIGHT
    for colour, name in (
        (palette.paper, "paper"), (palette.ink, "ink"), (palette.ink_soft, "soft"), (palette.rule, "rule"),
        (palette.data_strong, "line-1"), (palette.categories[1], "line-3"), (palette.other, "line-4"),
        (palette.sequential[1], "band"),
    ):  # fmt: skip
        for kind in ("fill", "stroke"):
            svg = svg.replace(f'{kind}="{colour}"', f'class="{kind}-{name}" {kind}="{colour}"')
    return svg


def _colour(place: int, on: Sheet) -> str:
    palette = on.palette
    return (palette.data_strong, palette.ink, palette.categories[1], palette.other)[place]


def _style(place: int) -> dict[str, Any]:
    return {"strokeDash": DASHES[place]} if DASHES[place] else {}


def _names(told: HoursChart, on: Sheet) -> list[Layer]:
    """Name the lines above them, each behind a sample."""
    made = []
    for place, one in enumerate(told.lines):
        at = ROW * (place + 0.5)
        sample = [{"x": 0.0, "x2": SAMPLE, "y": at, "y2": at}]
        made.append(strokes(sample, colour=_colour(place, on), thick=WIDE[place], **_style(place)))
        made.append(texts([{"x": SAMPLE + 8.0, "y": at, "text": one.name}], colour=on.palette.ink, size=SMALL))  # fmt: skip
    return made


def _grid(ticks: Sequence[tuple[float, str]], up: Axis, room: float, on: Sheet) -> list[Layer]:
    lines = [{"x": room, "x2": on.width - 10.0, "y": up.at(t), "y2": up.at(t)} for t, _ in ticks]
    words = [{"x": room - 6.0, "y": up.at(t), "text": text} for t, text in ticks]
    return [
        strokes(lines, colour=on.palette.rule, thick=1.0),
        texts(words, colour=on.palette.ink_soft, size=SMALL, align="right"),
    ]


def _days(n: int, along: Axis, top: float, on: Sheet, told: HoursChart) -> list[Layer]:
    """Mark hours below: every day, or every few hours of a single one."""
    step = DAY if n > DAY else 6
    if n / step > (4 if on.narrow else 8):
        step *= 2
    at = range(0, n, step)
    lines = [{"x": along.at(h), "x2": along.at(h), "y": top, "y2": top + TALL} for h in at]
    marks = [{"x": along.at(h), "y": top + TALL + SMALL, "text": number(h + 1, lang=told.lang)} for h in at]  # fmt: skip
    across = [{"x": on.width - 10.0, "y": top + TALL + SMALL + SMALL * LINE, "text": told.across}]
    return [
        strokes(lines, colour=on.palette.rule, thick=1.0),
        texts(marks, colour=on.palette.ink_soft, size=SMALL, align="left"),
        texts(across, colour=on.palette.ink_soft, size=SMALL, align="right"),
    ]


def _band(one: HourLine, along: Axis, up: Axis, on: Sheet) -> Layer:
    assert one.band is not None
    data = [
        {"x": along.at(hour), "y": up.at(low), "y2": up.at(high)}
        for hour, (low, high) in enumerate(zip(*one.band, strict=True))
    ]
    mark = {"type": "area", "color": on.palette.sequential[1], "opacity": 0.6}
    return layer(mark, data, x=x(), y=y(), y2={"field": "y2"})


def _lines(told: HoursChart, along: Axis, up: Axis, on: Sheet) -> list[Layer]:
    made = []
    for place, one in reversed([*enumerate(told.lines)]):
        data = [{"x": along.at(h), "y": up.at(v), "value": v} for h, v in enumerate(one.values)]
        mark = {"type": "line", "color": _colour(place, on), "strokeWidth": WIDE[place], **_style(place)}  # fmt: skip
        made.append(layer(mark, data, x=x(), y=y(), order={"field": "x", "type": "quantitative"}))
    return made
