"""The search that forgives: a page without script, suggestions with it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from courtepointe.doors.served import served
from courtepointe.doors.site.addresses import area_address
from courtepointe.doors.site.errors import language
from courtepointe.doors.site.lists import Line, kinds_listed
from courtepointe.doors.site.security import public
from courtepointe.press.words import typeset

LONGEST = 200
ON_PAGE, SUGGESTED = 20, 8


def lines_found(text: str, *, lang: str, limit: int) -> tuple[Line, ...]:
    """Find areas by what was typed."""
    hits = served().atlas.search(text[:LONGEST], limit=limit)
    return tuple(
        Line(
            hit.key,
            typeset(hit.name.in_(lang), lang=lang),
            area_address(hit.key, hit.name, lang=lang),
            typeset(hit.type_name.in_(lang), lang=lang),
        )
        for hit in hits
    )


@public
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what was found."""
    lang = language(request)
    text = request.GET.get("q", "").strip()[:LONGEST]
    found = lines_found(text, lang=lang, limit=ON_PAGE) if text else ()
    page = {"asked": text, "found": found, "kinds": kinds_listed(served(), lang=lang)}
    return render(request, "site/search.html", page)


@public
@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Give the options of the search box's list."""
    text = request.GET.get("q", "").strip()[:LONGEST]
    list_id = "".join(c for c in request.GET.get("list", "") if c.isalnum() or c == "-")[:40]
    found = lines_found(text, lang=language(request), limit=SUGGESTED) if text else ()
    page = {"found": found, "list_id": list_id or "found"}
    response = render(request, "site/parts/options.html", page)
    response.headers["Cache-Control"] = "max-age=60"
    return response
