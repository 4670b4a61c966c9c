"""What a reader takes away: charts, data, limits, the shapes of maps."""

from __future__ import annotations

import json
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from courtepointe.core.errors import BadInput, NotFound
from courtepointe.doors.editions import by_edition
from courtepointe.doors.served import served
from courtepointe.doors.site.addresses import slug
from courtepointe.doors.site.errors import language
from courtepointe.doors.site.maps import in_degrees, interactive_shapes
from courtepointe.doors.site.portrait_page import places_map
from courtepointe.doors.site.security import public
from courtepointe.doors.site.shaded import shaded, unit_rows
from courtepointe.doors.site.subjects import Subject
from courtepointe.doors.site.views.areas import asked_subject
from courtepointe.press.charts import DESKTOP, PHONE, Chart, draw_chart, vega_lite
from courtepointe.press.csv import portrait_csv, portrait_zip
from courtepointe.press.palette import Scheme

BETWEEN = 540
WIDTHS = {str(width): width for width in (PHONE, BETWEEN, DESKTOP)}
SVG_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def asked_drawing(request: HttpRequest) -> tuple[int, str]:
    """Read the width and the scheme of a drawing: one of two each."""
    told = request.GET.get("w", str(DESKTOP))
    scheme = request.GET.get("scheme", Scheme.LIGHT.value)
    if told not in WIDTHS or scheme not in set(Scheme):
        raise BadInput("unknown_drawing", value=f"{told}, {scheme}", expected=", ".join(WIDTHS))
    return WIDTHS[told], scheme


def asked_chart(subject: Subject, lang: str, code: str) -> Chart:
    """Find a chart of a portrait, or raise `NotFound`."""
    charts = {c.code: c for part in subject.document(lang).sections for c in part.charts}
    if code not in charts:
        raise NotFound("unknown_chart", value=code)
    return charts[code]


def svg(drawn: str) -> HttpResponse:
    """Answer with a drawing."""
    response = HttpResponse(drawn, content_type="image/svg+xml")
    response.headers["Content-Security-Policy"] = SVG_POLICY
    return response


@public
@require_safe
@by_edition(lasting=True)
def chart(request: HttpRequest, section: str, number: int, **where: str) -> HttpResponse:
    """Draw one chart at one of two widths, light or dark."""
    subject = asked_subject(request, where)
    lang = language(request)
    width, scheme = asked_drawing(request)
    asked = asked_chart(subject, lang, f"{section}-{number}")
    what = ("svg", lang, asked.code, width, scheme)
    return svg(subject.once(what, lambda: draw_chart(asked, width=width, scheme=scheme)))


@public
@require_safe
@by_edition(lasting=True)
def chart_specification(
    request: HttpRequest, section: str, number: int, **where: str
) -> HttpResponse:
    """Give the Vega-Lite specification that a chart is drawn from."""
    subject = asked_subject(request, where)
    width, scheme = asked_drawing(request)
    asked = asked_chart(subject, language(request), f"{section}-{number}")
    told = vega_lite(asked, width=width, scheme=scheme)
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False})


@public
@require_safe
@by_edition(lasting=True)
def section_map(request: HttpRequest, section: str, **where: str) -> HttpResponse:
    """Draw the units of an area, shaded by the section's indicator."""
    subject = asked_subject(request, where)
    lang = language(request)
    width, scheme = asked_drawing(request)
    what = ("map", lang, section, width, scheme)
    return svg(
        subject.once(what, lambda: shaded(subject, section, lang=lang, width=width, scheme=scheme))
    )


@public
@require_safe
@by_edition(lasting=True)
def places(request: HttpRequest, section: str, **where: str) -> HttpResponse:
    """Draw an area with the places of a section as dots."""
    subject = asked_subject(request, where)
    lang = language(request)
    name = ("places map", *subject.known_as, lang, section)
    drawn = subject.served.shelf.take(name, lambda: places_map(subject, section, lang=lang))
    return svg(drawn)


@public
@require_safe
@by_edition
def map_table(request: HttpRequest, section: str, **where: str) -> HttpResponse:
    """Give the table behind a section's map."""
    subject = asked_subject(request, where)
    lang = language(request)
    plan, rows = unit_rows(subject, section, lang=lang)
    page = {
        "subject": subject,
        "area_name": subject.galley(lang).place.plain,
        "label": subject.galley(lang).label(plan.indicator),
        "plan": plan,
        "rows": rows,
    }
    return render(request, "site/map_table.html", page)


@public
@require_safe
@by_edition
def limits(request: HttpRequest, **where: str) -> HttpResponse:
    """Give an area's limits as GeoJSON."""
    subject = asked_subject(request, where)
    name = subject.galley(language(request)).place.plain
    feature = {
        "type": "Feature",
        "properties": {"name": name, "key": str(subject.key or ""), "fit": subject.fitted.value},
        "geometry": in_degrees(subject.served, subject.shape()),
    }
    return HttpResponse(
        json.dumps({"type": "FeatureCollection", "features": [feature]}, ensure_ascii=False),
        content_type="application/geo+json",
    )


@public
@require_safe
@by_edition
def shapes(request: HttpRequest, area_type: str, vintage: str) -> HttpResponse:
    """Give the areas of a kind for the map that moves."""
    told = interactive_shapes(served(), f"{area_type}:{vintage}", lang=language(request))
    return JsonResponse(told, content_type="application/geo+json")


@public
@require_safe
@by_edition
def csv(request: HttpRequest, **where: str) -> HttpResponse:
    """Give a portrait's figures as CSV, with what the reader must know in a header of the answer."""
    subject = asked_subject(request, where)
    lang = language(request)
    told = portrait_csv(subject.portrait(), subject.served.pack.recipe, lang)
    return attached(told.encode(), f"{file_stem(subject, lang)}.csv", "text/csv; charset=utf-8")


@public
@require_safe
@by_edition
def bundle(request: HttpRequest, **where: str) -> HttpResponse:
    """Give the CSV with its metadata (CSV on the Web) in one archive."""
    subject = asked_subject(request, where)
    lang = language(request)
    stem = file_stem(subject, lang)
    recipe = subject.served.pack.recipe
    told = portrait_zip(subject.portrait(), recipe, lang, stem=slug(stem) or "portrait")
    return attached(told, f"{stem}.zip", "application/zip")


def file_stem(subject: Subject, lang: str) -> str:
    """Name the files of a portrait: its name, its code, its vintage."""
    name = subject.galley(lang).place.plain.replace("/", "-").replace("\\", "-")
    told = [name, *([subject.key.code, subject.key.vintage] if subject.key else [])]
    return "-".join(told)


def attached(content: bytes, name: str, kind: str) -> HttpResponse:
    """Answer with a file under its own name, and a plain one for old programs."""
    stem, _, ending = name.rpartition(".")
    plain = f"{slug(stem) or 'portrait'}.{ending}"
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = (
        f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    )
    return response
