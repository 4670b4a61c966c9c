"""Bars with whiskers: one category a row, the value written at the end of its bar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from courtepointe.atlas.figures import Status, Uncertainty
from courtepointe.press.charts.frame import (
    LABEL,
    LINE,
    Axis,
    Layer,
    Sheet,
    boxes,
    gap_marks,
    pointed,
    stripes,
    strokes,
    texts,
    whiskers,
)
from courtepointe.press.charts.text import width, wrap
from courtepointe.press.charts.values import Chart, ChartRow

BAR = 20.0
GAP = 14.0
MISSING_BOX = 42.0


@dataclass(frozen=True, slots=True)
class _Placed:
    """A row and where it stands: its label's lines, the top of its bar."""

    row: ChartRow
    lines: tuple[str, ...]
    label_top: float
    bar_top: float

    @property
    def middle(self) -> float:
        return self.bar_top + BAR / 2


def bars_layers(chart: Chart, *, on: Sheet) -> tuple[list[Layer], float]:
    """Draw bars; give the layers and the height they take."""
    column = 0.0 if on.narrow else min(on.width * 0.42, _widest_label(chart) + 12)
    placed, height = _place(chart, on, column)
    axis = _axis(chart, on, column)
    valued = [p for p in placed if p.row.figure.value is not None]
    drawn = [_bar(p, axis) for p in valued]
    unknown = [_bar(p, axis) for p in valued if p.row.figure.uncertainty is Uncertainty.UNKNOWN]
    missing = [p for p in placed if p.row.figure.value is None]
    layers = [
        boxes(drawn, colour=on.palette.data),
        stripes(unknown, on=on),
        boxes(unknown, colour=None, stroke=on.palette.data, strokeWidth=1.5),
        strokes([_baseline(p, axis) for p in placed], colour=on.palette.line, thick=1),
        *_ticks(placed, axis, on),
        *whiskers([w for p in valued for w in _whisker(p, axis)], on=on),
        *_missing(missing, axis, on),
        texts(_labels(placed), colour=on.palette.ink),
        texts([_value(p, axis) for p in valued], colour=on.palette.ink, fontWeight="bold"),
        pointed([_row(p, on) for p in placed]),
    ]
    return layers, height


def _widest_label(chart: Chart) -> float:
    return max(width(row.label, LABEL) for row in chart.rows)


def _place(chart: Chart, on: Sheet, column: float) -> tuple[list[_Placed], float]:
    room = on.width if on.narrow else column - 12
    placed, top = [], 0.0
    for row in chart.rows:
        lines = wrap(row.label, LABEL, room)
        tall = len(lines) * LABEL * LINE
        if on.narrow:
            placed.append(_Placed(row, lines, top, top + tall + 2))
            top += tall + 2 + BAR + GAP
        else:
            inside = max(tall, BAR)
            label_top, bar_top = top + (inside - tall) / 2, top + (inside - BAR) / 2
            placed.append(_Placed(row, lines, label_top, bar_top))
            top += inside + GAP * 0.7
    return placed, round(top, 1)


def _axis(chart: Chart, on: Sheet, column: float) -> Axis:
    """Lay values from zero; room is kept at the end for the widest value written there."""
    room = max(width(r.value_text, LABEL) for r in chart.rows if r.figure.value is not None)
    highest = max(_reach(row) for row in chart.rows)
    end = on.width - room * 1.1 - 12
    return Axis(0.0, highest or 1.0, column, max(column + 40, end))


def _reach(row: ChartRow) -> float:
    held = [row.figure.value, row.figure.high, *(o.figure.value for o in row.others)]
    return max((n for n in held if n is not None), default=0.0)


def _bar(placed: _Placed, axis: Axis) -> dict[str, Any]:
    figure = placed.row.figure
    told = {"label": placed.row.label, "value": figure.value, "indicator": figure.indicator}
    ends = {"x": axis.at(0.0), "x2": axis.at(figure.value or 0.0)}
    return told | ends | {"y": placed.bar_top, "y2": placed.bar_top + BAR}


def _whisker(placed: _Placed, axis: Axis) -> list[dict[str, Any]]:
    figure = placed.row.figure
    if figure.low is None or figure.high is None or figure.low == figure.high:
        return []
    told = {"low": figure.low, "high": figure.high}
    return [told | {"x": axis.at(figure.low), "x2": axis.at(figure.high), "y": placed.middle}]


def _row(placed: _Placed, on: Sheet) -> dict[str, Any]:
    top = min(placed.label_top, placed.bar_top)
    tall = len(placed.lines) * LABEL * LINE
    bottom = max(placed.label_top + tall, placed.bar_top + BAR)
    return {"x": 0.0, "x2": on.width, "y": top, "y2": bottom, "told": placed.row.told}


def _baseline(placed: _Placed, axis: Axis) -> dict[str, float]:
    top, bottom = placed.bar_top - 3, placed.bar_top + BAR + 3
    return {"x": axis.start, "x2": axis.start, "y": top, "y2": bottom}


def _ticks(placed: list[_Placed], axis: Axis, on: Sheet) -> list[Layer]:
    """Mark the first area of comparison with an upright tick over the bar."""
    marks = []
    for p in placed:
        for other in p.row.others[:1]:
            if other.figure.value is not None:
                at = axis.at(other.figure.value)
                ends = {"x": at, "x2": at, "y": p.bar_top - 4, "y2": p.bar_top + BAR + 4}
                marks.append(ends | {"name": other.name, "value": other.figure.value})
    return [
        strokes(marks, colour=on.palette.paper, thick=6),
        strokes(marks, colour=on.palette.other, thick=3),
    ]


def _missing(missing: list[_Placed], axis: Axis, on: Sheet) -> list[Layer]:
    found = [
        {
            "x": axis.start,
            "x2": axis.start + MISSING_BOX,
            "y": p.bar_top,
            "y2": p.bar_top + BAR,
            "dotted": p.row.figure.status is Status.SUPPRESSED,
        }
        for p in missing
    ]
    words = [
        {"x": axis.start + MISSING_BOX + 8, "y": p.middle, "text": p.row.value_text}
        for p in missing
    ]
    return [*gap_marks(found, on=on), texts(words, colour=on.palette.ink_soft, fontStyle="italic")]


def _labels(placed: list[_Placed]) -> list[dict[str, Any]]:
    return [
        {"x": 0.0, "y": round(p.label_top + LABEL * LINE * (n + 0.5), 2), "text": line}
        for p in placed
        for n, line in enumerate(p.lines)
    ]


def _value(placed: _Placed, axis: Axis) -> dict[str, Any]:
    """Write the value after everything drawn on its row."""
    ends = [axis.at(_reach(placed.row)), axis.at(placed.row.figure.value or 0.0)]
    return {"x": max(ends) + 9, "y": placed.middle, "text": placed.row.value_text}
