"""Areas: the list of a kind, the portrait of one, what stands behind each of its numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from courtepointe.atlas.figures import Figure
from courtepointe.atlas.query.areas import area_table, current_vintages
from courtepointe.atlas.query.values import AreaKey, Compared
from courtepointe.core.errors import NotFound
from courtepointe.doors.against import asked_against
from courtepointe.doors.editions import by_edition
from courtepointe.doors.served import Served, served
from courtepointe.doors.site.addresses import code_in
from courtepointe.doors.site.citations import cited_portrait
from courtepointe.doors.site.errors import language, told
from courtepointe.doors.site.lists import home_groups
from courtepointe.doors.site.maps import whole_map
from courtepointe.doors.site.portrait_page import cards, fit_report, locator, offers, parts, trail
from courtepointe.doors.site.releases_read import recalled_in
from courtepointe.doors.site.security import public
from courtepointe.doors.site.subjects import Subject, official, subject_of
from courtepointe.press.document import explain
from courtepointe.press.sentences.values import capital


def asked_subject(request: HttpRequest, where: dict[str, str]) -> Subject:
    """Find the subject of an address."""
    return subject_of(
        served(),
        where,
        lang=language(request),
        now=timezone.now(),
        fit=request.GET.get("fit", ""),
        against=asked_against(request.GET.getlist("against")),
    )


@public
@require_safe
@by_edition
def listed(request: HttpRequest, area_type: str) -> HttpResponse:
    """List the areas of a kind at its current vintage."""
    return _listed(request, served(), area_type, "")


@public
@require_safe
@by_edition
def short(request: HttpRequest, area_type: str, place: str) -> HttpResponseBase:
    """Lead a short address to the current vintage, or list a former vintage."""
    now = served()
    if f"{area_type}:{place}" in now.pack.area_tables:
        return _listed(request, now, area_type, place)
    table = area_table(now.pack, area_type)
    vintage = table.type_and_vintage.split(":", 1)[1]
    key = AreaKey(area_type, vintage, code_in(place, table.codes))
    return redirect(official(now, key, lang=language(request)).address())


def _listed(request: HttpRequest, now: Served, area_type: str, vintage: str) -> HttpResponse:
    lang = language(request)
    current = current_vintages(now.pack)
    if area_type not in current:
        raise NotFound("unknown_area_type", value=area_type, expected=", ".join(current))
    kind = f"{area_type}:{vintage or current[area_type]}"
    held = sorted(k.split(":", 1)[1] for k in now.pack.area_tables if k.startswith(f"{area_type}:"))
    page = {
        "listing": home_groups(now, kind, lang=lang),
        "map": whole_map(now, kind, lang=lang),
        "vintages": [(v, reverse("area_short", args=[area_type, v])) for v in held],
    }
    return render(request, "site/areas.html", page)


@public
@require_safe
@by_edition
def portrait(request: HttpRequest, **where: str) -> HttpResponseBase:
    """Show the portrait of an area; a former spelling of its name leads to the present one."""
    subject = asked_subject(request, where)
    if dict(subject.where) != where:
        return redirect(subject.address(), permanent=False)
    if subject.kept is not None and not subject.kept.named:
        return redirect(subject.address("adjust"))
    lang = language(request)
    page = portrait_values(subject, lang=lang)
    page["cited"] = cited_portrait(request, subject, lang=lang)
    page["refused"] = [told(error, lang=lang) for error in subject.refused()]
    page["recalled"] = recalled_in(subject.portrait(), subject.served.pack.recipe)
    return render(request, "site/portrait.html", page)


def portrait_values(subject: Subject, *, lang: str) -> dict[str, Any]:
    """Give what the portrait's page shows."""
    document = subject.document(lang)
    return {
        "subject": subject,
        "document": document,
        "area": subject.portrait().area,
        "cards": cards(document),
        "report": fit_report(subject, lang=lang),
        "similar_address": similar_address(subject),
        "offers": offers(subject, lang=lang),
        "parts": parts(subject, document, lang=lang),
        "map": locator(subject, lang=lang),
        "trail": trail(subject, lang=lang),
        "document_address": subject.address("document"),
        "csv_address": subject.address("csv"),
        "zip_address": subject.address("zip"),
        "limits_address": subject.address("limits"),
    }


def similar_address(subject: Subject) -> str:
    """Give the address of the areas most alike; empty where no group is declared for this type."""
    groups, key = subject.served.pack.recipe.peer_groups, subject.key
    fits = any(key is None or one.area_type == key.type_and_vintage for one in groups)
    return subject.address("similar") if fits else ""


def asked_figure(
    subject: Subject, indicator: str, asked: Mapping[str, str]
) -> tuple[Compared | None, Figure]:
    """Find a figure of a portrait, of what it is read against, or of a side of a gap.

    Raises
    ------
    NotFound
        ``unknown_indicator``, ``unknown_comparator``.
    """
    if beside := asked.get("beside"):
        held = subject.their_figures()
        if beside not in held:
            raise NotFound("unknown_comparator", value=beside, expected=", ".join(held) or "—")
        compared, theirs = held[beside]
        if indicator in theirs:
            return compared, theirs[indicator]
        raise NotFound("unknown_indicator", value=indicator)
    if not asked.get("gap"):
        return None, subject.portrait().figure(indicator)
    for gap in subject.portrait().gaps:
        side = gap.against if asked.get("side") == "2" else gap.figure
        if gap.code == asked["gap"] and side.indicator == indicator:
            return None, side
    raise NotFound("unknown_indicator", value=indicator)


@public
@require_safe
@by_edition
def figure(request: HttpRequest, indicator: str, **where: str) -> HttpResponseBase:
    """Tell everything that stands behind a number: a page, or the inside of the drawer."""
    subject = asked_subject(request, where)
    lang = language(request)
    galley = subject.galley(lang)
    beside, found = asked_figure(subject, indicator, request.GET.dict())
    page = {
        "subject": subject,
        "beside": beside,
        "area_name": capital(galley.against(beside).plain) if beside else galley.place.plain,
        "label": galley.label(indicator),
        "value": galley.value(found),
        "figure": found,
        "terms": explain(galley, found, loaded=subject.served.pack.loaded_sources),
    }
    fragment = "fragment" in request.GET
    return render(request, "site/parts/behind.html" if fragment else "site/figure.html", page)
