"""A line through time: each point with its interval, a band between them, labels on the points."""

from __future__ import annotations

import itertools
from typing import Any

from courtepointe.press.charts.frame import (
    LABEL,
    SMALL,
    Axis,
    Layer,
    Sheet,
    dots,
    gap_marks,
    layer,
    pointed,
    strokes,
    texts,
    x,
    y,
)
from courtepointe.press.charts.text import width
from courtepointe.press.charts.values import Chart, ChartRow

TALL = 150.0
ROOM = 24.0
CAP = 5.0


def line_layers(chart: Chart, *, on: Sheet) -> tuple[list[Layer], float]:
    """Draw the points of a series from left to right; a break between two is a dashed line."""
    at = _across(chart.rows, on)
    axis = _axis(chart.rows)
    floor = TALL + 2 * ROOM
    stated = [place for place, row in enumerate(chart.rows) if row.figure.value is not None]
    pairs = list(itertools.pairwise(stated))
    band = [_band(chart.rows[a], chart.rows[b], at[a], at[b], axis) for a, b in pairs]
    lines = [(_segment(chart.rows, at, axis, a, b), _broken(chart.rows, a, b)) for a, b in pairs]
    marks = [_mark(chart.rows[place], at[place], axis) for place in stated]
    missing = [
        {"x": at[k] - 14, "x2": at[k] + 14, "y": floor - ROOM - 16, "y2": floor - ROOM,
         "dotted": row.figure.status.value == "suppressed"}
        for k, row in enumerate(chart.rows) if row.figure.value is None
    ]  # fmt: skip
    made = [
        *(one for one in band if one is not None and on.palette.paper),
        strokes([line for line, broken in lines if not broken], colour=on.palette.data_strong,
                thick=2.4),
        strokes([line for line, broken in lines if broken], colour=on.palette.data_strong,
                thick=2.4, strokeDash=[6, 4]),
        strokes([s for row, k in zip(chart.rows, at, strict=True) for s in _whisker(row, k, axis)],
                colour=on.palette.ink, thick=1.6),
        dots(marks, colour=on.palette.data_strong, area=120, shape="circle"),
        *gap_marks(missing, on=on),
        texts(_values(chart.rows, at, axis, on), colour=on.palette.ink, align="center",
              fontWeight="bold"),
        texts([{"x": k, "y": floor, "text": row.label}
               for row, k in zip(chart.rows, at, strict=True)],
              colour=on.palette.ink_soft, size=SMALL, align="center"),
        pointed([{"x": k - 40, "x2": k + 40, "y": 0.0, "y2": floor, "told": row.told}
                 for row, k in zip(chart.rows, at, strict=True)]),
    ]  # fmt: skip
    return made, floor + SMALL


def _across(rows: tuple[ChartRow, ...], on: Sheet) -> list[float]:
    """Place the points: by their years where all are years, else evenly."""
    edge = min(90.0, on.width * 0.18)
    years = [float(row.label) if row.label.isdigit() else None for row in rows]
    known = [year for year in years if year is not None]
    if len(known) < len(rows) or len(set(known)) < len(rows):
        known = [float(place) for place in range(len(rows))]
    scale = Axis(min(known), max(known), edge, min(on.width, 520.0) - edge)
    return [scale.at(one) for one in known]


def _axis(rows: tuple[ChartRow, ...]) -> Axis:
    numbers = [
        n for row in rows for n in (row.figure.value, row.figure.low, row.figure.high)
        if n is not None
    ]  # fmt: skip
    low, high = min(numbers, default=0.0), max(numbers, default=1.0)
    slack = 0.1 * (high - low) or max(abs(high) * 0.1, 1.0)
    return Axis(low - slack, high + slack, TALL + ROOM, ROOM)


def _band(first: ChartRow, second: ChartRow, left: float, right: float, axis: Axis) -> Layer | None:
    ends = (first.figure.low, first.figure.high, second.figure.low, second.figure.high)
    if any(end is None for end in ends):
        return None
    a, b, c, d = (axis.at(float(end)) for end in ends if end is not None)
    data = [{"x": left, "y": a, "y2": b}, {"x": right, "y": c, "y2": d}]
    mark = {"type": "area", "color": "#8a8a8a", "opacity": 0.22}
    return layer(mark, data, x=x(), y=y(), y2={"field": "y2"})


def _segment(
    rows: tuple[ChartRow, ...], at: list[float], axis: Axis, a: int, b: int
) -> dict[str, float]:
    first, second = rows[a].figure.value, rows[b].figure.value
    assert first is not None and second is not None
    return {"x": at[a], "y": axis.at(first), "x2": at[b], "y2": axis.at(second)}


def _broken(rows: tuple[ChartRow, ...], a: int, b: int) -> bool:
    return bool(rows[b].side) or b - a > 1


def _mark(row: ChartRow, across: float, axis: Axis) -> dict[str, Any]:
    assert row.figure.value is not None
    return {"x": across, "y": axis.at(row.figure.value), "value": row.figure.value}


def _whisker(row: ChartRow, across: float, axis: Axis) -> list[dict[str, float]]:
    low, high = row.figure.low, row.figure.high
    if row.figure.value is None or low is None or high is None or low == high:
        return []
    ends = [axis.at(low), axis.at(high)]
    caps = [{"x": across - CAP, "x2": across + CAP, "y": end, "y2": end} for end in ends]
    return [{"x": across, "x2": across, "y": ends[0], "y2": ends[1]}, *caps]


def _values(
    rows: tuple[ChartRow, ...], at: list[float], axis: Axis, on: Sheet
) -> list[dict[str, Any]]:
    made = []
    for row, across in zip(rows, at, strict=True):
        tops = [n for n in (row.figure.value, row.figure.high) if n is not None]
        above = axis.at(max(tops)) - LABEL if tops else TALL + ROOM - 28
        half = width(row.value_text, LABEL) / 2
        made.append({"x": min(max(across, half), on.width - half), "y": max(above, 8.0),
                     "text": row.value_text})  # fmt: skip
    return made
