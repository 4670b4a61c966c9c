"""Make the chart of a series: its points, its finding, what broke between them."""

from __future__ import annotations

from courtepointe.atlas.query.series_values import Series
from courtepointe.press.charts.values import Chart, ChartKind, ChartRow
from courtepointe.press.galley import Galley
from courtepointe.press.sentences.change import break_words, change_sentence


def time_chart(galley: Galley, series: Series) -> Chart | None:
    """Make the line of a series; nothing where there are not two values to join."""
    said = change_sentence(galley, series)
    valued = [point for point in series.points if point.figure.value is not None]
    if said is None or len(valued) < 2:
        return None
    broken = {one.after: break_words(galley, one) for one in series.breaks}
    rows = tuple(
        ChartRow(
            label=point.period,
            figure=point.figure,
            value_text=galley.value(point.figure),
            interval_text=galley.interval(point.figure),
            side=broken.get(point.period, ""),
            told=_told(galley, point.period, galley.value(point.figure),
                       galley.interval(point.figure)),
        )
        for point in series.points
    )  # fmt: skip
    label = galley.label(series.indicator)
    universe = galley.universe(series.indicator)
    sources = dict.fromkeys(code for point in valued for code in point.figure.sources)
    titles = galley.say("list.separator").join(galley.source_title(code) for code in sources)
    return Chart(
        code=f"time-{series.indicator.replace('_', '-')}",
        kind=ChartKind.LINE,
        heading=label,
        title=said.text,
        subtitle=" ".join([f"{universe}.", galley.say("time.chart_note"), *broken.values()]),
        foot=galley.say("time.chart_foot", sources=titles),
        alt=" ".join([said.text, *(row.told for row in rows)]),
        lang=galley.lang,
        rows=rows,
    )


def _told(galley: Galley, period: str, value: str, interval: str) -> str:
    beside = f" ({interval})" if interval else ""
    return f"{period}{galley.say('time.colon')}{value}{beside}."
