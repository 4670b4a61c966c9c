"""A strip of dots: every area a dot without a name, this one marked."""

from __future__ import annotations

from collections import Counter
from typing import Any

from courtepointe.press.charts.frame import (
    LABEL,
    SMALL,
    Axis,
    Layer,
    Sheet,
    dots,
    pointed,
    strokes,
    texts,
    whiskers,
)
from courtepointe.press.charts.text import width
from courtepointe.press.charts.ticks import nice_ticks
from courtepointe.press.charts.values import Chart
from courtepointe.press.numbers import amount

STEP = 7.0
EDGE = 10.0


def strip_layers(chart: Chart, *, on: Sheet) -> tuple[list[Layer], float]:
    """Draw the strip; dots that would touch are stacked."""
    row = chart.rows[0]
    value = row.figure.value or 0.0
    held = [
        *chart.background,
        value,
        *(n for n in (row.figure.low, row.figure.high) if n is not None),
    ]
    low, high = min(held), max(held)
    axis = Axis(low, high, EDGE, on.width - EDGE)
    stack = _stacked(chart.background, axis)
    tall = max((d["level"] for d in stack), default=0) + 1
    floor = LABEL * 1.8 + tall * STEP + 10
    for dot in stack:
        dot["y"] = floor - STEP * (dot["level"] + 0.7)
    layers = [
        strokes(
            [{"x": EDGE, "x2": on.width - EDGE, "y": floor, "y2": floor}], colour=on.palette.line
        ),
        dots(stack, colour=on.palette.line, area=26, shape="circle"),
        *_here(chart, axis, floor, on),
        *_labels(chart, axis, floor, on),
        pointed([{"x": 0.0, "x2": on.width, "y": 0.0, "y2": floor, "told": row.told}]),
    ]
    return layers, floor + SMALL * 2.2


def _stacked(values: tuple[float, ...], axis: Axis) -> list[dict[str, Any]]:
    levels: Counter[int] = Counter()
    made = []
    for value in values:
        column = round(axis.at(value) / STEP)
        made.append({"x": column * STEP, "level": levels[column], "value": value})
        levels[column] += 1
    return made


def _here(chart: Chart, axis: Axis, floor: float, on: Sheet) -> list[Layer]:
    row = chart.rows[0]
    at = axis.at(row.figure.value or 0.0)
    text = (
        f"{chart.here} : {row.value_text}"
        if chart.lang == "fr"
        else f"{chart.here}: {row.value_text}"
    )
    half = width(text, LABEL) / 2
    x = min(max(at, half), on.width - half)
    interval = []
    if row.figure.low is not None and row.figure.high is not None:
        interval = [{"x": axis.at(row.figure.low), "x2": axis.at(row.figure.high), "y": floor}]
    stem = {"x": at, "x2": at, "y": LABEL * 1.5, "y2": floor}
    return [
        strokes([stem], colour=on.palette.data_strong, thick=2),
        *whiskers(interval, on=on),
        dots([{"x": at, "y": floor}], colour=on.palette.data_strong, area=140, shape="circle"),
        texts([{"x": x, "y": LABEL * 0.8, "text": text}], colour=on.palette.ink, align="center",
              fontWeight="bold"),
    ]  # fmt: skip


def _labels(chart: Chart, axis: Axis, floor: float, on: Sheet) -> list[Layer]:
    unit = chart.rows[0].figure.unit
    ticks = [t for t in nice_ticks(0.0, axis.high, most=5) if t >= axis.low]
    words = []
    for tick in ticks:
        text = amount(tick, unit=unit, lang=chart.lang)
        half = width(text, SMALL) / 2
        x = min(max(axis.at(tick), half), on.width - half)
        words.append({"x": x, "y": floor + SMALL * 1.3, "text": text})
    return [texts(words, colour=on.palette.ink_soft, size=SMALL, align="center")]
