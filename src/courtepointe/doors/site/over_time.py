"""A portrait through time, as its pages show it: series kept beside the portrait."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from courtepointe.atlas.query.series_values import Series
from courtepointe.doors.site.subjects import Subject
from courtepointe.press.charts import Chart
from courtepointe.press.charts.time import time_chart
from courtepointe.press.time import TimeRow, time_rows

WORDS = (
    "heading", "lead", "table", "csv", "nothing", "colon", "column_indicator", "column_points",
    "column_change", "column_interval", "column_statement", "column_breaks",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DrawnSeries:
    """A chart of a series with the address of its drawing."""

    chart: Chart
    address: str


@dataclass(frozen=True, slots=True)
class TimePart:
    """What a section says of time."""

    rows: tuple[TimeRow, ...]
    charts: tuple[DrawnSeries, ...]
    words: dict[str, str]
    csv_address: str


def series_held(subject: Subject) -> Mapping[str, Series]:
    """Give all series of a subject, computed once while the pack is served."""
    plain = subject.plain
    return plain.once(("series",), lambda: plain.served.atlas.series_of(plain.portrait()))


def time_part(
    subject: Subject, codes: tuple[str, ...], drawn: tuple[str, ...], *, lang: str
) -> TimePart:
    """Set some indicators through time; ``drawn`` are those that a chart is shown of."""
    galley, held = subject.galley(lang), series_held(subject)
    charts = []
    for code in drawn:
        made = time_chart(galley, held[code]) if code in held else None
        if made is not None:
            charts.append(DrawnSeries(made, subject.drawing("time_chart", indicator=code)))
    return TimePart(
        rows=time_rows(galley, held, codes),
        charts=tuple(charts),
        words={key: galley.say(f"time.{key}") for key in WORDS},
        csv_address=subject.address("series_csv"),
    )


def section_part(subject: Subject, section: str, *, lang: str) -> TimePart:
    """Set a section through time: its key figures are drawn."""
    declared = subject.galley(lang).section(section)
    return time_part(subject, declared.indicators, declared.key_figures, lang=lang)
