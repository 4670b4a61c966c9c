"""Still maps by address: a page, an SVG, a PNG, a CSV; nothing of them needs a script."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from courtepointe.atlas.query.areas import area_table
from courtepointe.core.errors import CourtepointeError
from courtepointe.doors import words
from courtepointe.doors.editions import by_edition
from courtepointe.doors.served import Served, served
from courtepointe.doors.site.asked_maps import (
    asked_map,
    drawing_address,
    drawn_map,
    is_bare,
    made_map,
    map_address,
)
from courtepointe.doors.site.citations import view_of, written
from courtepointe.doors.site.clusters_page import clusters_link
from courtepointe.doors.site.errors import language, told
from courtepointe.doors.site.map_page import (
    first_asked,
    indicator_choices,
    kind_choices,
    moving_map,
    period_choices,
    tables,
    type_choices,
)
from courtepointe.doors.site.security import public
from courtepointe.doors.site.views.exports import asked_drawing, attached, svg
from courtepointe.press.citation import cite, releases_used
from courtepointe.press.maps.asked import MapAsked
from courtepointe.press.maps.poster import png as picture
from courtepointe.press.maps.rows import map_csv
from courtepointe.press.words import typeset

PNG_SCALE = 2.0


@public
@require_safe
def choose(request: HttpRequest) -> HttpResponseBase:
    """Lead from a form to the address of its map; without a form, to the first map of the atlas."""
    now = served()
    first = first_asked(now)
    asked = request.GET
    whole = area_table(now.pack, asked.get("type") or first.area_type).type_and_vintage
    area_type, vintage = whole.split(":", 1)
    indicator = now.atlas.indicator(asked.get("indicator") or first.indicator).code
    found = asked_map(asked, area_type=area_type, vintage=vintage, indicator=indicator)
    return redirect(map_address(found))


@public
@require_safe
@by_edition
def page(request: HttpRequest, area_type: str, vintage: str, indicator: str) -> HttpResponse:
    """Show a map with its words, its table and its files; one that cannot be drawn says why."""
    now, lang = served(), language(request)
    whole = area_table(now.pack, f"{area_type}:{vintage}").type_and_vintage
    now.atlas.indicator(indicator)
    plain = MapAsked(area_type=whole, indicator=indicator)
    shown: dict[str, Any] = {}
    status, asked = 200, plain
    try:
        asked = asked_map(request.GET, area_type=area_type, vintage=vintage, indicator=indicator)
        shown = _shown(request, now, asked, lang=lang)
    except CourtepointeError as error:
        status = words.status(error)
        shown = {"fault": fault(now, error, lang=lang)}
    return render(request, "site/map.html", _choices(now, asked, lang=lang) | shown, status=status)


def fault(now: Served, error: CourtepointeError, *, lang: str) -> str:
    """Say why there is no map; indicators by their names, not by their codes."""
    labels = {one.code: one.label.in_(lang) for one in now.pack.recipe.indicators}
    facts = {
        name: ", ".join(labels.get(code, code) for code in str(fact).split(", "))
        if name in ("indicator", "indicators")
        else fact
        for name, fact in error.facts.items()
    }
    return typeset(told(CourtepointeError(error.code, **facts), lang=lang), lang=lang)


def _choices(now: Served, asked: MapAsked, *, lang: str) -> dict[str, Any]:
    return {
        "asked": asked,
        "kinds": kind_choices(asked),
        "indicators": indicator_choices(now, asked.indicator, lang=lang),
        "others": indicator_choices(now, asked.beside[0] if asked.beside else "", lang=lang),
        "types": type_choices(now, asked.area_type, lang=lang),
    }


def _shown(request: HttpRequest, now: Served, asked: MapAsked, *, lang: str) -> dict[str, Any]:
    made = made_map(now, asked, lang=lang)
    figures = [figure for panel in made.panels for figure in panel.figures]
    releases = releases_used(now.pack.recipe, figures, lang=lang)
    cited = cite(view_of(request, now, made.title, releases, lang=lang), lang=lang)
    return {
        "made": made,
        "drawing": drawing_address(asked),
        "moving": moving_map(now, asked, lang=lang),
        "periods": period_choices(now, asked),
        "files": [(ending.upper(), map_address(asked, ending)) for ending in ("svg", "png", "csv")],
        "clusters": clusters_link(now, asked),
        "tables": tables(now, made, lang=lang),
        "cited": written(cited),
    }


@public
@require_safe
@by_edition(lasting=True)
def drawing(request: HttpRequest, area_type: str, vintage: str, indicator: str) -> HttpResponse:
    """Give a map as SVG."""
    asked = asked_map(request.GET, area_type=area_type, vintage=vintage, indicator=indicator)
    width, scheme = asked_drawing(request)
    drawn = drawn_map(
        served(), asked, lang=language(request), width=width, scheme=scheme, bare=is_bare(request)
    )
    return svg(drawn.svg)


@public
@require_safe
@by_edition(lasting=True)
def points(request: HttpRequest, area_type: str, vintage: str, indicator: str) -> HttpResponse:
    """Give a map as PNG, two points for each pixel."""
    asked = asked_map(request.GET, area_type=area_type, vintage=vintage, indicator=indicator)
    width, scheme = asked_drawing(request)
    drawn = drawn_map(
        served(), asked, lang=language(request), width=width, scheme=scheme, bare=is_bare(request)
    )
    return HttpResponse(picture(drawn, scale=PNG_SCALE), content_type="image/png")


@public
@require_safe
@by_edition
def csv(request: HttpRequest, area_type: str, vintage: str, indicator: str) -> HttpResponse:
    """Give what a map shows as CSV, one row for each area of each drawing."""
    now, lang = served(), language(request)
    asked = asked_map(request.GET, area_type=area_type, vintage=vintage, indicator=indicator)
    made = made_map(now, asked, lang=lang)
    told_rows = map_csv(made, {code: now.atlas.indicator(code) for code in asked.indicators})
    name = f"{indicator}-{area_type}-{vintage}-{asked.kind}.csv"
    return attached(told_rows.encode(), name, "text/csv; charset=utf-8")
