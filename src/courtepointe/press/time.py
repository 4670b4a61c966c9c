"""A portrait through time, set in a language: rows of a table, and the same as CSV."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from courtepointe.atlas.query.series_values import Series, SeriesPoint
from courtepointe.press.csv import LIST, table_csv
from courtepointe.press.galley import Galley
from courtepointe.press.sentences.change import (
    break_words,
    change_words,
    difference_text,
    interval_words,
    statement_words,
)

COLUMNS = (
    "indicator", "label", "period", "on", "unit_type", "carried", "correspondence", "value", "low",
    "high", "uncertainty", "unit", "status", "method", "coverage", "cautions", "release", "breaks",
    "change_from", "change", "change_unit", "change_low", "change_high", "change_percent",
    "change_percent_low", "change_percent_high", "statement", "counted_in_full",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TimeRow:
    """One series of a table.

    Attributes
    ----------
    points : tuple of (period, value, interval)
    sentence : str
        The last change in words; empty where there is none.
    """

    indicator: str
    label: str
    points: tuple[tuple[str, str, str], ...]
    change: str
    interval: str
    statement: str
    breaks: tuple[str, ...]
    sentence: str


def time_rows(
    galley: Galley, held: Mapping[str, Series], codes: tuple[str, ...]
) -> tuple[TimeRow, ...]:
    """Set the series of some indicators that have a past."""
    asked = (held.get(code) for code in codes)
    return tuple(_row(galley, one) for one in asked if one is not None and one.has_past)


def _row(galley: Galley, series: Series) -> TimeRow:
    last, code = series.last_change, series.indicator
    return TimeRow(
        indicator=code,
        label=galley.label(code),
        points=tuple(
            (point.period, galley.value(point.figure), galley.interval(point.figure))
            for point in series.points
        ),
        change="" if last is None else difference_text(galley, code, last),
        interval="" if last is None else interval_words(galley, code, last),
        statement="" if last is None else statement_words(galley, last),
        breaks=tuple(break_words(galley, one) for one in series.breaks),
        sentence="" if last is None else change_words(galley, code, last),
    )


def series_csv(galley: Galley, held: Mapping[str, Series], *, bom: bool = True) -> str:
    """Write one row a point; the change is that which leads to the point.

    Numbers use a point and no grouping; codes are not translated, labels are. A missing value is
    an empty cell beside its status.
    """
    rows = (_cells(galley, series, point) for series in held.values() for point in series.points)
    return table_csv(COLUMNS, rows, bom=bom)


def _cells(galley: Galley, series: Series, point: SeriesPoint) -> dict[str, object]:
    figure = point.figure
    cells: dict[str, object] = {
        "indicator": series.indicator,
        "label": galley.label(series.indicator),
        "period": point.period,
        "on": series.on,
        "unit_type": point.unit_type,
        "carried": point.carried.value,
        "correspondence": point.correspondence,
        "value": figure.value,
        "low": figure.low,
        "high": figure.high,
        "uncertainty": figure.uncertainty.value if figure.status.has_value else "",
        "unit": figure.unit,
        "status": figure.status.value,
        "method": figure.method.value,
        "coverage": figure.coverage,
        "cautions": LIST.join(figure.cautions),
        "release": figure.release,
        "breaks": LIST.join(b.kind.value for b in series.breaks if b.after == point.period),
    }
    told = next((one for one in series.changes if one.after == point.period), None)
    if told is None:
        return cells
    made = told.change
    return cells | {
        "change_from": told.before,
        "change": made.difference,
        "change_unit": told.unit,
        "change_low": made.low,
        "change_high": made.high,
        "change_percent": made.percent,
        "change_percent_low": made.percent_low,
        "change_percent_high": made.percent_high,
        "statement": made.statement.value,
        "counted_in_full": "yes" if made.counted_in_full else "no",
    }
