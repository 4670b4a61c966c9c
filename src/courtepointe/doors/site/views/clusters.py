"""Clusters by address: a page, an SVG, a CSV; what cannot be told says why and offers another."""

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
from courtepointe.doors.site.asked_maps import is_bare, map_address
from courtepointe.doors.site.citations import view_of, written
from courtepointe.doors.site.clusters_page import (
    asked_clusters,
    cluster_rows,
    clusters_address,
    drawing_address,
    drawn_clusters,
    made_clusters,
    zone_choices,
)
from courtepointe.doors.site.errors import language
from courtepointe.doors.site.map_page import first_asked, indicator_choices, type_choices
from courtepointe.doors.site.security import public
from courtepointe.doors.site.views.exports import asked_drawing, attached, svg
from courtepointe.doors.site.views.maps import fault
from courtepointe.press.citation import cite, releases_used
from courtepointe.press.clusters import ClustersAsked, clusters_csv
from courtepointe.press.maps.asked import MapAsked


@public
@require_safe
def choose(request: HttpRequest) -> HttpResponseBase:
    """Lead from a form to the address of its clusters."""
    now, first, question = served(), first_asked(served()), request.GET
    whole = area_table(now.pack, question.get("type") or first.area_type).type_and_vintage
    area_type, vintage = whole.split(":", 1)
    indicator = question.get("indicator") or first.indicator
    asked = asked_clusters(now, question, area_type=area_type, vintage=vintage, indicator=indicator)
    return redirect(clusters_address(asked))


@public
@require_safe
@by_edition
def page(request: HttpRequest, area_type: str, vintage: str, indicator: str) -> HttpResponse:
    """Show clusters with their words, their table and their limits; what has none says why."""
    now, lang = served(), language(request)
    asked = asked_clusters(
        now, request.GET, area_type=area_type, vintage=vintage, indicator=indicator
    )
    shown: dict[str, Any] = {}
    status = 200
    try:
        shown = _shown(request, now, asked, lang=lang)
    except CourtepointeError as error:
        status = words.status(error)
        shown = {"fault": fault(now, error, lang=lang)}
    held = _choices(now, asked, lang=lang)
    return render(request, "site/clusters.html", held | shown, status=status)


def _choices(now: Served, asked: ClustersAsked, *, lang: str) -> dict[str, Any]:
    plain = MapAsked(area_type=asked.area_type, indicator=asked.indicator)
    return {
        "asked": asked,
        "label": now.atlas.indicator(asked.indicator).label.in_(lang),
        "map_address": map_address(plain),
        "indicators": indicator_choices(now, asked.indicator, lang=lang),
        "others": indicator_choices(now, asked.along, lang=lang),
        "types": type_choices(now, asked.area_type, lang=lang),
        "zones": zone_choices(now, asked, lang=lang),
    }


def _shown(request: HttpRequest, now: Served, asked: ClustersAsked, *, lang: str) -> dict[str, Any]:
    made = made_clusters(now, asked, lang=lang)
    figures = [one.unit.figure for one in made.areas]
    releases = releases_used(now.pack.recipe, figures, lang=lang)
    cited = cite(view_of(request, now, made.title, releases, lang=lang), lang=lang)
    return {
        "made": made,
        "drawing": drawing_address(asked),
        "files": [(ending.upper(), clusters_address(asked, ending)) for ending in ("svg", "csv")],
        "rows": cluster_rows(now, made, lang=lang),
        "n_rows": len(made.areas),
        "cited": written(cited),
    }


@public
@require_safe
@by_edition(lasting=True)
def drawing(request: HttpRequest, area_type: str, vintage: str, indicator: str) -> HttpResponse:
    """Give the map of clusters as SVG."""
    now = served()
    asked = asked_clusters(
        now, request.GET, area_type=area_type, vintage=vintage, indicator=indicator
    )
    width, scheme = asked_drawing(request)
    drawn = drawn_clusters(
        now, asked, lang=language(request), width=width, scheme=scheme, bare=is_bare(request)
    )
    return svg(drawn.svg)


@public
@require_safe
@by_edition
def csv(request: HttpRequest, area_type: str, vintage: str, indicator: str) -> HttpResponse:
    """Give what the map shows as CSV, one row for each area in the order of codes."""
    now, lang = served(), language(request)
    asked = asked_clusters(
        now, request.GET, area_type=area_type, vintage=vintage, indicator=indicator
    )
    told = clusters_csv(made_clusters(now, asked, lang=lang))
    name = f"{indicator}-{area_type}-{vintage}-clusters.csv"
    return attached(told.encode(), name, "text/csv; charset=utf-8")
