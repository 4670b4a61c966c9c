"""Charts of a portrait: its eight dots, and the indicators of a dimension; each with its interval, none with a total."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from courtepointe.atlas.figures import Figure, Method, Status, Uncertainty
from courtepointe.doors.site.resilience import telling
from courtepointe.portraits.resilience.framework import Dimension
from courtepointe.portraits.resilience.numbers import IndicatorSeen, ObservationSeen
from courtepointe.portraits.resilience.values import DimensionNumbers
from courtepointe.press.charts import Chart, ChartKind, ChartRow

FULL = 100.0


def profile_chart(
    dimensions: Mapping[str, Dimension], numbers: Mapping[str, DimensionNumbers], *, lang: str
) -> Chart | None:
    """Set a dot a dimension on 0 to 100, in the framework's order; nothing where none has a score."""
    if not any(told.score for told in numbers.values()):
        return None
    rows = tuple(_dimension(one, numbers[code], lang) for code, one in dimensions.items())
    title = _("What the numbers say, dimension by dimension")
    return _chart("profile", title, rows, lang, most=FULL)


def _dimension(one: Dimension, told: DimensionNumbers, lang: str) -> ChartRow:
    name = one.name.in_(lang)
    if told.score is None:
        why = telling.why_text(told)
        return ChartRow(name, _none(one.code), _short(told), told=f"{name} – {why}")
    score = told.score
    figure = Figure(
        one.code, score.value, "score", Status.AGGREGATED, Method.NOT_COMPUTED, low=score.low,
        high=score.high, uncertainty=Uncertainty.SAMPLING,
    )  # fmt: skip
    text = telling.score_text(score, lang=lang)
    return ChartRow(name, figure, text, told=f"{name} – {text}. {telling.cover_text(told)}")


def _short(told: DimensionNumbers) -> str:
    return _("no indicator yet") if told.why == "no_indicator" else _("too little is known")


def indicators_chart(some: Sequence[IndicatorSeen], title: str, *, lang: str) -> Chart | None:
    """Set the newest observations of indicators below one another, each on the scale of its unit."""
    if not any(one.has_value for one in some):
        return None
    return _chart("dimension", title, tuple(_indicator(one, lang) for one in some), lang)


def _indicator(one: IndicatorSeen, lang: str) -> ChartRow:
    name = one.name.in_(lang)
    value = telling.value_text(one.newest, one.unit, lang=lang)
    ends = telling.interval_text(one.newest, one.unit, lang=lang)
    told = f"{name} – {value} ({ends})" if ends else f"{name} – {value}"
    return ChartRow(name, figure_of(one.code, one.unit, one.newest), value, ends, told=told)


def figure_of(code: str, unit: str, found: ObservationSeen | None) -> Figure:
    """Give an observation as a figure that charts draw."""
    if found is None or found.value is None:
        hidden = found is not None and found.status == Status.SUPPRESSED
        return _none(code, Status.SUPPRESSED if hidden else Status.NOT_AVAILABLE, unit)
    exact = found.interval == "exact"
    known = Uncertainty.NONE if exact else Uncertainty.SAMPLING
    return Figure(
        code, found.value, unit, Status.AGGREGATED, Method.NOT_COMPUTED, low=found.low,
        high=found.high, uncertainty=known if exact or found.low is not None else Uncertainty.UNKNOWN,
    )  # fmt: skip


def _none(code: str, status: Status = Status.NOT_AVAILABLE, unit: str = "score") -> Figure:
    return Figure(code, None, unit, status, Method.NOT_COMPUTED)


def _chart(code: str, title: str, rows: tuple[ChartRow, ...], lang: str, *, most: float | None = None) -> Chart:  # fmt: skip
    scale = "" if most is None else _("From 0 to 100, between fixed goalposts.") + " "
    subtitle = scale + _("A dot: the value. A line: its interval. A ring: nobody knows the error. A hatched box: no value.")  # fmt: skip
    alt = " ".join([f"{title}.", *(f"{row.told}." for row in rows)]).replace("..", ".")
    return Chart(
        code=code, kind=ChartKind.DOTS, heading=title, title=title, subtitle=subtitle, foot="",
        alt=alt, lang=lang, rows=rows, most=most,
    )  # fmt: skip
