"""Charts of a portrait: its eight dots, and the indicators of a dimension; each with its interval, none with a total."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

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
    return _chart("profile", title, _("From 0 to 100, between fixed goalposts."), rows, lang)


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
    """Set the newest observations of indicators below one another, each between its own goalposts, as scores read them.

    On the scale of its unit a number alone would stand at the far end, whatever it is: 2 places of the 10 hoped for.
    """
    if not any(one.has_value for one in some):
        return None
    scale = _("Each between its own goalposts: what is worth 0 stands at the left, what is worth 100 at the right.")  # fmt: skip
    return _chart("dimension", title, scale, tuple(_indicator(one, lang) for one in some), lang)


def _indicator(one: IndicatorSeen, lang: str) -> ChartRow:
    name = one.name.in_(lang)
    value = telling.value_text(one.newest, one.unit, lang=lang)
    ends = telling.interval_text(one.newest, one.unit, lang=lang)
    told = f"{name} – {value} ({ends})" if ends else f"{name} – {value}"
    return ChartRow(name, _placed(one, figure_of(one.code, one.unit, one.newest)), value, ends, told=told)  # fmt: skip


def _placed(one: IndicatorSeen, figure: Figure) -> Figure:
    """Place a figure on 0 to 100 between the goalposts of its indicator; where less is better, its ends change sides."""
    ends = (figure.low, figure.high)[:: one.polarity]
    low, value, high = (_between(one, number) for number in (ends[0], figure.value, ends[1]))
    return replace(figure, unit="score", value=value, low=low, high=high)


def _between(one: IndicatorSeen, number: float | None) -> float | None:
    if number is None:
        return None
    share = (number - one.posts.low) / (one.posts.high - one.posts.low)
    return FULL * min(max(share if one.polarity == 1 else 1.0 - share, 0.0), 1.0)


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


def _chart(code: str, title: str, scale: str, rows: tuple[ChartRow, ...], lang: str) -> Chart:
    subtitle = scale + " " + _("A dot: the value. A line: its interval. A ring: nobody knows the error. A hatched box: no value.")  # fmt: skip
    alt = " ".join([f"{title}.", *(f"{row.told}." for row in rows)]).replace("..", ".")
    return Chart(
        code=code, kind=ChartKind.DOTS, heading=title, title=title, subtitle=subtitle, foot="",
        alt=alt, lang=lang, rows=rows, most=FULL,
    )  # fmt: skip
