"""Dots with intervals: the area and its comparators on one line each, on a scale from zero."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from courtepointe.atlas.figures import Figure, Method, Status, Uncertainty
from courtepointe.press.charts.frame import (
    LABEL,
    LINE,
    SMALL,
    Axis,
    Layer,
    Sheet,
    dots,
    gap_marks,
    pointed,
    strokes,
    texts,
    whiskers,
)
from courtepointe.press.charts.text import width, wrap, wrap_at_most
from courtepointe.press.charts.values import Chart, ChartRow, OtherMark

ROW = 26.0
GROUP_GAP = 12.0
MISSING_BOX = 34.0
NAME_LINES = 3


@dataclass(frozen=True, slots=True)
class _Line:
    """One dot's line: whose it is, what it shows, where it stands; ``aside``: its text stands after the scale."""

    names: tuple[str, ...]
    figure: Figure
    text: str
    ours: bool
    middle: float
    axis: Axis
    aside: bool


def dots_layers(chart: Chart, *, on: Sheet) -> tuple[list[Layer], float]:
    """Draw groups of dots; give the layers and the height they take."""
    column = _column(chart, on)
    heads: list[dict[str, Any]] = []
    verdicts: list[dict[str, Any]] = []
    lines: list[_Line] = []
    rows: list[dict[str, Any]] = []
    top = 0.0
    for row in chart.rows:
        start = top
        head, top = _head(row, top, on)
        heads += head
        told, top = _verdicts(row, top, on)
        verdicts += told
        axis = _axis(row, chart, on, column)
        for name, figure, text, ours in _lines(row, chart, on):
            names = wrap_at_most(name, SMALL, column - 8, lines=NAME_LINES)
            tall = max(ROW, len(names) * SMALL * LINE + 6)
            middle, aside = round(top + tall / 2, 2), chart.most is not None
            lines.append(_Line(names, figure, text, ours, middle, axis, aside))
            top += tall
        rows.append({"x": 0.0, "x2": on.width, "y": start, "y2": top, "told": row.told})
        top += GROUP_GAP
    words = [
        texts(heads, colour=on.palette.ink),
        texts(verdicts, colour=on.palette.ink_soft, size=SMALL, fontStyle="italic"),
    ]
    return [*_drawn(lines, on), *words, pointed(rows)], round(top, 1)


def _lines(row: ChartRow, chart: Chart, on: Sheet) -> list[tuple[str, Figure, str, bool]]:
    ours = (chart.here, row.figure, row.value_text, True)
    shown = [o for o in row.others if o.figure.status.has_value or row.figure.status.has_value]
    return [ours, *((o.name, o.figure, _their_text(o, on), False) for o in shown)]


def _their_text(other: OtherMark, on: Sheet) -> str:
    """Write a comparator's value; where there is room, the verdict beside it."""
    if on.narrow or not other.verdict_text:
        return other.value_text
    return f"{other.value_text} · {other.verdict_text}"


def _column(chart: Chart, on: Sheet) -> float:
    names = {chart.here, *(o.name for row in chart.rows for o in row.others)}
    widest = max(width(name, SMALL) for name in names)
    return min(on.width * 0.36, widest + 14)


def _head(row: ChartRow, top: float, on: Sheet) -> tuple[list[dict[str, Any]], float]:
    lines = wrap(row.label, LABEL, on.width)
    made = [
        {"x": 0.0, "y": round(top + LABEL * LINE * (n + 0.5), 2), "text": line}
        for n, line in enumerate(lines)
    ]
    return made, top + len(lines) * LABEL * LINE + 2


def _verdicts(row: ChartRow, top: float, on: Sheet) -> tuple[list[dict[str, Any]], float]:
    """On a narrow sheet, give each verdict a line of its own under the label."""
    whole = [f"{o.name} · {o.verdict_text}" for o in row.others if on.narrow and o.verdict_text]
    told = [line for text in whole for line in wrap_at_most(text, SMALL, on.width, lines=2)]
    step = SMALL * LINE
    made = [
        {"x": 0.0, "y": round(top + step * (n + 0.5), 2), "text": text}
        for n, text in enumerate(told)
    ]
    return made, top + step * len(told)


def _axis(row: ChartRow, chart: Chart, on: Sheet, column: float) -> Axis:
    """Share one scale among figures of one unit; figures of another unit have their own."""
    same = [r for r in chart.rows if r.figure.unit == row.figure.unit]
    highest = chart.most or max(_reach(r) for r in same)
    told = [t for r in same for _, f, t, _ in _lines(r, chart, on) if f.status.has_value]
    room = max((width(t, SMALL) for t in told), default=0.0)
    return Axis(0.0, highest or 1.0, column + 6, max(column + 60, on.width - room * 1.05 - 20))


def _reach(row: ChartRow) -> float:
    held = [f for _, f in ((row.label, row.figure), *((o.name, o.figure) for o in row.others))]
    numbers = [n for f in held for n in (f.value, f.high) if n is not None]
    return max(numbers, default=0.0)


def _drawn(lines: list[_Line], on: Sheet) -> list[Layer]:
    palette = on.palette
    ours = [_dot(line) for line in lines if line.ours and _is_dot(line) and not _hollow(line)]
    theirs = [_dot(line) for line in lines if not line.ours and _is_dot(line) and not _hollow(line)]
    hollow = [_dot(line) for line in lines if _is_dot(line) and _hollow(line)]
    return [
        strokes([_track(line) for line in lines if line.figure.status.has_value],
                colour=palette.rule, thick=1),
        *whiskers([w for line in lines for w in _interval(line)], on=on),
        dots(ours, colour=palette.data_strong, area=120, shape="circle"),
        dots(theirs, colour=palette.other, area=110, shape="diamond"),
        dots(hollow, colour=palette.ink, area=110, filled=False, strokeWidth=2, shape="circle"),
        *gap_marks([_box(line) for line in lines if not line.figure.status.has_value], on=on),
        texts([d for line in lines for d in _names(line)], colour=palette.ink_soft, size=SMALL),
        texts([_text(line) for line in lines], colour=palette.ink, size=SMALL),
    ]  # fmt: skip


def _is_dot(line: _Line) -> bool:
    return line.figure.value is not None


def _hollow(line: _Line) -> bool:
    return line.figure.uncertainty is Uncertainty.UNKNOWN


def _dot(line: _Line) -> dict[str, Any]:
    value = line.figure.value or 0.0
    return {
        "x": line.axis.at(value),
        "y": line.middle,
        "value": value,
        "name": " ".join(line.names),
    }


def _track(line: _Line) -> dict[str, float]:
    return {"x": line.axis.start, "x2": line.axis.end, "y": line.middle, "y2": line.middle}


def _interval(line: _Line) -> list[dict[str, Any]]:
    low, high = line.figure.low, line.figure.high
    if low is None or high is None or low == high:
        return []
    ends = {"x": line.axis.at(low), "x2": line.axis.at(high)}
    return [{"low": low, "high": high, "y": line.middle} | ends]


def _box(line: _Line) -> dict[str, Any]:
    dotted = line.figure.status is Status.SUPPRESSED
    left = line.axis.start
    ends = {"x": left, "x2": left + MISSING_BOX, "y": line.middle - 8, "y2": line.middle + 8}
    return ends | {"dotted": dotted}


def _names(line: _Line) -> list[dict[str, Any]]:
    step = SMALL * LINE
    first = line.middle - step * (len(line.names) - 1) / 2
    return [
        {"x": 0.0, "y": round(first + step * n, 2), "text": text}
        for n, text in enumerate(line.names)
    ]


def _text(line: _Line) -> dict[str, Any]:
    if not line.figure.status.has_value:
        return {"x": line.axis.start + MISSING_BOX + 8, "y": line.middle, "text": line.text}
    if line.aside:
        return {"x": line.axis.end + 10, "y": line.middle, "text": line.text}
    ranged = line.figure.method is Method.RANGE_OF_MEDIANS
    ends = [n for n in (line.figure.value, line.figure.high) if n is not None]
    after = line.axis.at(max(ends)) if ends else line.axis.start
    return {"x": after + (10 if ranged else 14), "y": line.middle, "text": line.text}
