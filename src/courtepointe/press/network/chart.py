"""The figures of a network over its waves, with all that missing answers leave open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from courtepointe.core.network.statement import SHARES, NetworkStatement
from courtepointe.core.network.values import Bounded, Bounds
from courtepointe.press.charts.draw import render_svg
from courtepointe.press.charts.frame import (
    DESKTOP,
    LABEL,
    SMALL,
    TITLE,
    Axis,
    Datum,
    Layer,
    Sheet,
    boxes,
    dots,
    pointed,
    sheet,
    specification,
    strokes,
    texts,
)
from courtepointe.press.charts.text import width as text_width
from courtepointe.press.charts.text import wrap
from courtepointe.press.network.figures import bounds_words, figure_name, measured
from courtepointe.press.network.words import tell
from courtepointe.press.numbers import amount
from courtepointe.press.palette import Scheme

ROW, HEAD, GAP = 24.0, 22.0, 12.0
FIGURES = tuple(name for name in SHARES if name != "reach_in_all")
"""What is reached step by step says nearly what the largest piece says."""
TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)
BAND = 6.0


def figures_chart(
    waves: Sequence[tuple[str, NetworkStatement]],
    *,
    lang: str,
    width: float = DESKTOP,
    scheme: Scheme | str = Scheme.LIGHT,
) -> dict[str, Any]:
    """Give a chart of the figures as a Vega-Lite specification.

    Parameters
    ----------
    waves : sequence of (time, NetworkStatement)
        In their order.
    lang : str
    width : float, pixels
    scheme : Scheme
    """
    on = sheet(width, scheme)
    axis = _axis(waves, on, lang)
    layers, y = [], 0.0
    rows: list[tuple[float, str, str, Bounded]] = []
    for figure in FIGURES:
        layers.append(_name(figure, y, on, lang))
        y += HEAD
        for period, told in waves:
            rows.append((y + ROW / 2, period, figure, getattr(told, figure)))
            y += ROW
        y += GAP
    layers = [*_grid(axis, [at for at, _, _, _ in rows], y - GAP, on, lang), *layers]
    layers += _marks(rows, axis, on, lang)
    note = "note" if any(told.n_silent for _, told in waves) else "note_all"
    title = wrap(tell("title.figures", lang=lang), TITLE * 1.06, on.width)
    under = wrap(tell(f"effect.{note}", lang=lang), SMALL, on.width)
    made = specification(layers, on=on, height=y + SMALL + 6, title=title, under=under)
    return made | {"description": chart_words(waves, lang=lang)}


def draw_figures(
    waves: Sequence[tuple[str, NetworkStatement]],
    *,
    lang: str,
    width: float = DESKTOP,
    scheme: Scheme | str = Scheme.LIGHT,
    code: str = "network-figures",
) -> str:
    """Draw the chart as an SVG that says in words what it shows."""
    made = figures_chart(waves, lang=lang, width=width, scheme=scheme)
    title = tell("title.figures", lang=lang)
    return render_svg(made, title=title, desc=made["description"], code=code)


def chart_words(waves: Sequence[tuple[str, NetworkStatement]], *, lang: str) -> str:
    """Say the chart: each figure with its values and bounds, wave by wave."""
    told = [tell("chart.kind", lang=lang)]
    for figure in FIGURES:
        rows = tell("chart.join", lang=lang).join(
            row_words(period, figure, getattr(one, figure), lang=lang) for period, one in waves
        )
        name = figure_name(figure, lang=lang)
        told.append(tell("chart.alt_figure", lang=lang, name=name, rows=rows))
    return " ".join(told)


def row_words(period: str, figure: str, measure: Bounded, *, lang: str) -> str:
    """Say a row: its time, its value, its bounds."""
    value = measured(figure, measure, lang=lang)
    if measure.settled or measure.any_answers.low is None:
        return tell("chart.row", lang=lang, period=period, value=value)
    bounds = bounds_words(figure, measure.any_answers, lang=lang)
    return tell("chart.row_bounds", lang=lang, period=period, value=value, bounds=bounds)


def _axis(waves: Sequence[tuple[str, NetworkStatement]], on: Sheet, lang: str) -> Axis:
    """Leave room for the times before the axis and for the values after it."""
    before = max((text_width(period, LABEL) for period, _ in waves), default=0.0) + 14.0
    after = text_width(amount(100.0, unit="percent", lang=lang), LABEL) * 1.1 + 14.0
    return Axis(0.0, 1.0, min(before, on.width * 0.3), on.width - after)


def _name(figure: str, y: float, on: Sheet, lang: str) -> Layer:
    told = {"x": 0.0, "y": y + HEAD / 2 + 1, "text": figure_name(figure, lang=lang)}
    return texts([told], colour=on.palette.ink, fontWeight="bold")


def _grid(axis: Axis, rows: Sequence[float], bottom: float, on: Sheet, lang: str) -> list[Layer]:
    lines = [
        {"x": axis.at(t), "x2": axis.at(t), "y": at - ROW / 2, "y2": at + ROW / 2}
        for t in TICKS
        for at in rows
    ]
    shown = TICKS[::2] if on.narrow else TICKS
    marks = [
        {"x": axis.at(t), "y": bottom + SMALL, "text": amount(100 * t, unit="percent", lang=lang)}
        for t in shown
    ]
    return [
        strokes(lines, colour=on.palette.rule, thick=1.0),
        texts(marks, colour=on.palette.ink_soft, size=SMALL, align="center"),
    ]


def _marks(
    rows: Sequence[tuple[float, str, str, Bounded]], axis: Axis, on: Sheet, lang: str
) -> list[Layer]:
    palette = on.palette
    bands = [_span(y, one.any_answers, axis, BAND) for y, _, _, one in rows if not one.settled]
    ruled = [_span(y, one.named_by_other, axis, 0.0) for y, _, _, one in rows if not one.settled]
    ruled_held = [one for one in ruled if one is not None]
    caps = [
        {"x": one[end], "x2": one[end], "y": one["y"] - 4.5, "y2": one["y"] + 4.5}
        for one in ruled_held for end in ("x", "x2")
    ]  # fmt: skip
    points = [{"x": axis.at(one.value), "y": y} for y, _, _, one in rows if one.value is not None]
    right = axis.end + 10.0
    return [
        boxes([one for one in bands if one is not None], colour=palette.sequential[1]),
        strokes(ruled_held, colour=palette.ink, thick=1.6),
        strokes(caps, colour=palette.ink, thick=1.6),
        dots(points, colour=palette.data_strong, area=95, shape="circle", stroke=palette.paper),
        texts([{"x": 0.0, "y": y, "text": period} for y, period, _, _ in rows],
              colour=palette.ink_soft),
        texts([{"x": right, "y": y, "text": measured(figure, one, lang=lang)}
               for y, _, figure, one in rows], colour=palette.ink, fontWeight="bold"),
        pointed([{"x": 0.0, "x2": on.width, "y": y - ROW / 2, "y2": y + ROW / 2,
                  "told": row_words(period, figure, one, lang=lang)}
                 for y, period, figure, one in rows]),
    ]  # fmt: skip


def _span(y: float, bounds: Bounds | None, axis: Axis, half: float) -> Datum | None:
    if bounds is None or bounds.low is None or bounds.high is None:
        return None
    return {"x": axis.at(bounds.low), "x2": axis.at(bounds.high), "y": y - half, "y2": y + half}
