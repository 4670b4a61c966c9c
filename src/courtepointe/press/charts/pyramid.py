"""The pyramid of ages: two sides back to back, the oldest on top, counts on one scale."""

from __future__ import annotations

from typing import Any

from courtepointe.atlas.figures import Status
from courtepointe.press.charts.frame import (
    LABEL,
    LINE,
    SMALL,
    Axis,
    Layer,
    Sheet,
    boxes,
    gap_marks,
    pointed,
    strokes,
    texts,
    whiskers,
)
from courtepointe.press.charts.text import width
from courtepointe.press.charts.ticks import nice_ticks
from courtepointe.press.charts.values import Chart, ChartRow
from courtepointe.press.numbers import number

ROW = 19.0
BAR = 14.0
HEAD = LABEL * LINE + 6
SIDES = ("men", "women")


def pyramid_layers(chart: Chart, *, on: Sheet) -> tuple[list[Layer], float]:
    """Draw the pyramid; give the layers and the height it takes."""
    ages = list(dict.fromkeys(row.label for row in chart.rows))[::-1]
    half = max(width(age, SMALL) for age in ages) / 2 + 6
    ticks = nice_ticks(0.0, _highest(chart), most=2 if on.narrow else 4)
    axes = _axes(on, half, max(ticks[-1], _highest(chart)))
    tops = {age: HEAD + place * ROW for place, age in enumerate(ages)}
    bottom = HEAD + len(ages) * ROW
    layers = [
        *_grid(ticks, axes, bottom, chart, on),
        *_bars(chart, axes, tops, on),
        *whiskers(_whiskers(chart, axes, tops), on=on, cap=3.5),
        *gap_marks(_boxes(chart, axes, tops), on=on),
        texts(_ages(tops, on), colour=on.palette.ink, size=SMALL, align="center"),
        *_heads(chart, axes, on),
        pointed([_row(row, axes[row.side], tops[row.label]) for row in chart.rows]),
    ]
    return layers, bottom + SMALL * LINE + 8


def _highest(chart: Chart) -> float:
    held = [n for r in chart.rows for n in (r.figure.value, r.figure.high) if n is not None]
    return max(held, default=1.0) or 1.0


def _axes(on: Sheet, half: float, highest: float) -> dict[str, Axis]:
    middle, edge = on.width / 2, 14.0
    men = Axis(0.0, highest, middle - half, edge)
    return {"men": men, "women": Axis(0.0, highest, middle + half, on.width - edge)}


def _bars(chart: Chart, axes: dict[str, Axis], tops: dict[str, float], on: Sheet) -> list[Layer]:
    colours = {"men": on.palette.data, "women": on.palette.categories[2]}
    made = []
    for side in SIDES:
        rows = [r for r in chart.rows if r.side == side and r.figure.value is not None]
        data = [_bar(row, axes[side], tops[row.label]) for row in rows]
        made.append(boxes(data, colour=colours[side]))
    return made


def _bar(row: ChartRow, axis: Axis, top: float) -> dict[str, Any]:
    value = row.figure.value or 0.0
    left, right = sorted((axis.at(0.0), axis.at(value)))
    told = {"label": row.label, "value": value, "indicator": row.figure.indicator}
    return told | {"x": left, "x2": right, "y": top, "y2": top + BAR}


def _row(row: ChartRow, axis: Axis, top: float) -> dict[str, Any]:
    left, right = sorted((axis.start, axis.end))
    return {"x": left, "x2": right, "y": top, "y2": top + ROW, "told": row.told}


def _whiskers(chart: Chart, axes: dict[str, Axis], tops: dict[str, float]) -> list[dict[str, Any]]:
    made = []
    for row in chart.rows:
        low, high = row.figure.low, row.figure.high
        if row.figure.value is None or low is None or high is None or low == high:
            continue
        left, right = sorted((axes[row.side].at(low), axes[row.side].at(high)))
        middle = tops[row.label] + BAR / 2
        made.append({"low": low, "high": high, "x": left, "x2": right, "y": middle})
    return made


def _boxes(chart: Chart, axes: dict[str, Axis], tops: dict[str, float]) -> list[dict[str, Any]]:
    made = []
    for row in chart.rows:
        if row.figure.value is None:
            start = axes[row.side].start
            left, right = sorted((start, start + (-30.0 if row.side == "men" else 30.0)))
            dotted = row.figure.status is Status.SUPPRESSED
            top = tops[row.label]
            made.append({"x": left, "x2": right, "y": top, "y2": top + BAR, "dotted": dotted})
    return made


def _grid(
    ticks: tuple[float, ...], axes: dict[str, Axis], bottom: float, chart: Chart, on: Sheet
) -> list[Layer]:
    lines, words = [], []
    for axis in axes.values():
        for tick in ticks:
            at = axis.at(tick)
            lines.append({"x": at, "x2": at, "y": HEAD - 4, "y2": bottom})
            told = number(tick, lang=chart.lang)
            words.append({"x": at, "y": bottom + SMALL * 0.8, "text": told})
    return [
        strokes(lines, colour=on.palette.rule, thick=1),
        texts(words, colour=on.palette.ink_soft, size=SMALL, align="center"),
    ]


def _ages(tops: dict[str, float], on: Sheet) -> list[dict[str, Any]]:
    return [{"x": on.width / 2, "y": top + BAR / 2, "text": age} for age, top in tops.items()]


def _heads(chart: Chart, axes: dict[str, Axis], on: Sheet) -> list[Layer]:
    y = LABEL * LINE / 2
    left = [{"x": axes["men"].start, "y": y, "text": chart.sides[0]}]
    right = [{"x": axes["women"].start, "y": y, "text": chart.sides[1]}]
    return [
        texts(left, colour=on.palette.ink, fontWeight="bold", align="right"),
        texts(right, colour=on.palette.ink, fontWeight="bold"),
    ]
