"""A portrait through time, to be taken away: charts and data."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from courtepointe.core.errors import NotFound
from courtepointe.doors.editions import by_edition
from courtepointe.doors.site.errors import language
from courtepointe.doors.site.over_time import series_held
from courtepointe.doors.site.security import public
from courtepointe.doors.site.views.areas import asked_subject
from courtepointe.doors.site.views.exports import asked_drawing, attached, file_stem, svg
from courtepointe.press.charts import draw_chart
from courtepointe.press.charts.time import time_chart
from courtepointe.press.time import series_csv


@public
@require_safe
@by_edition(lasting=True)
def chart(request: HttpRequest, indicator: str, **where: str) -> HttpResponse:
    """Draw one figure through time."""
    subject = asked_subject(request, where)
    lang = language(request)
    width, scheme = asked_drawing(request)
    held = series_held(subject)
    made = time_chart(subject.galley(lang), held[indicator]) if indicator in held else None
    if made is None:
        raise NotFound("unknown_chart", value=indicator)
    what = ("time svg", lang, indicator, width, scheme)
    return svg(subject.plain.once(what, lambda: draw_chart(made, width=width, scheme=scheme)))


@public
@require_safe
@by_edition
def csv(request: HttpRequest, **where: str) -> HttpResponse:
    """Give all series of a portrait as CSV."""
    subject = asked_subject(request, where)
    lang = language(request)
    told = series_csv(subject.galley(lang), series_held(subject))
    name = f"{file_stem(subject, lang)}-series.csv"
    return attached(told.encode(), name, "text/csv; charset=utf-8")
