"""The first page: the map of neighbourhoods, one search box, three doors."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request
from django.views.decorators.http import require_safe

from courtepointe.doors.editions import by_edition
from courtepointe.doors.served import served
from courtepointe.doors.site.errors import language
from courtepointe.doors.site.lists import home_groups, kinds_listed
from courtepointe.doors.site.maps import whole_map
from courtepointe.doors.site.security import public


@public
@require_safe
def choose_language(request: HttpRequest) -> HttpResponseBase:
    """Lead to the visitor's language."""
    lang = get_language_from_request(request)
    response = redirect(f"/{'en' if lang.startswith('en') else 'fr'}/")
    patch_vary_headers(response, ("Accept-Language",))
    return response


@public
@require_safe
@by_edition
def home(request: HttpRequest) -> HttpResponse:
    """Show the map of neighbourhoods."""
    lang = language(request)
    now = served()
    kind = now.pack.recipe.home
    page = {
        "map": whole_map(now, kind, lang=lang),
        "listing": home_groups(now, kind, lang=lang),
        "kinds": kinds_listed(now, lang=lang),
        "kind_parts": kind.split(":", 1),
    }
    return render(request, "site/home.html", page)
