"""What every page shows: where it is, its other language, the atlas served, who is to be credited."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from django.utils.translation import gettext, override, pgettext

from courtepointe.core.errors import CourtepointeError
from courtepointe.doors.served import served
from courtepointe.doors.site.citations import cited_page
from courtepointe.doors.site.errors import language
from courtepointe.hubs.queries.shown import anything_shown
from courtepointe.press.words import typeset

ROOMS = ("home", "draw", "compare", "places", "methods", "sources", "data", "spaces")


@dataclass(frozen=True, slots=True)
class Room:
    """An entry of the main navigation."""

    name: str
    title: str
    address: str


def rooms() -> tuple[Room, ...]:
    """Give the main navigation in the current language."""
    titles = {
        "home": gettext("Areas"),
        "draw": gettext("Draw"),
        "compare": gettext("Compare"),
        "places": pgettext("navigation", "Places"),
        "methods": gettext("Methods"),
        "sources": gettext("Sources"),
        "data": gettext("Data"),
        "spaces": gettext("Workspaces"),
    }
    shown = [name for name in ROOMS if name != "places" or anything_shown()]
    return tuple(Room(name, titles[name], reverse(name)) for name in shown)


def other_languages(request: HttpRequest, lang: str) -> tuple[tuple[str, str], ...]:
    """Give the address of this page in the other language, or of its home where it has none."""
    other = "en" if lang == "fr" else "fr"
    try:
        found = resolve(request.path_info)
        with override(other):
            address = reverse(found.view_name, args=found.args, kwargs=found.kwargs)
    except (NoReverseMatch, Resolver404):
        return ((other, f"/{other}/"),)
    asked = request.META.get("QUERY_STRING", "")
    return ((other, f"{address}?{asked}" if asked else address),)


def every_page(request: HttpRequest) -> dict[str, Any]:
    """Give what the page's frame needs; a page about a missing atlas has the frame too."""
    lang = language(request)
    found = getattr(request, "resolver_match", None)
    frame: dict[str, Any] = {
        "lang": lang,
        "here": found.view_name if found else "",
        "rooms": rooms(),
        "other_languages": other_languages(request, lang),
    }
    try:
        frame |= atlas_frame(lang)
        frame["cited"] = cited_page(request, lang=lang)
    except CourtepointeError:
        frame["fictional"] = False
    return frame


def atlas_frame(lang: str) -> dict[str, Any]:
    """Give the atlas's name, its notice and the credits of its sources."""
    pack = served().pack
    recipe = pack.recipe
    used = {s.licence for s in recipe.sources if s.code in pack.loaded_sources}
    return {
        "fictional": recipe.fictional,
        "notice": typeset(recipe.notice.in_(lang), lang=lang)
        if recipe.notice
        else gettext("This city is fictional: its people, places and numbers are invented."),
        "atlas_name": recipe.name.in_(lang),
        "atlas_edition": pack.content_hash[:12],
        "attributions": [
            typeset(licence.attribution.in_(lang), lang=lang)
            for licence in recipe.licences
            if licence.code in used
        ],
    }
