"""What neighbourhoods show to everyone of their map of assets: without a script, and without a person."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from courtepointe.doors.site.errors import language
from courtepointe.doors.site.security import public
from courtepointe.doors.site.space.assets import drawn_map, territory
from courtepointe.doors.site.space.assets_told import told
from courtepointe.doors.site.space.directory_forms import number_in
from courtepointe.places.assets.queries import geojson, neighbourhoods, shown_to_all

PAGE = 200


@public
@require_safe
def listing(request: HttpRequest) -> HttpResponseBase:
    """List the neighbourhoods that show their assets to everyone."""
    return render(request, "site/assets.html", {"neighbourhoods": neighbourhoods()})


@public
@require_safe
def neighbourhood(request: HttpRequest, workspace: str) -> HttpResponseBase:
    """Show on a map and in words what a neighbourhood shows to everyone."""
    shown, found = shown_to_all(workspace)
    lang = language(request)
    ground = territory(shown.id, on=localdate(timezone.now()))
    begin = min(number_in(request.GET, "after") or 0, len(found) - 1)
    values = {
        "shown": shown,
        "found": [told(one, lang=lang) for one in found[begin : begin + PAGE]],
        "map": drawn_map(ground, found, name=shown.name, lang=lang) if ground else "",
        "after": begin + PAGE if begin + PAGE < len(found) else 0,
    }
    return render(request, "site/assets_one.html", values)


@public
@require_safe
def points(request: HttpRequest, workspace: str) -> HttpResponseBase:
    """Give as GeoJSON what a neighbourhood shows to everyone and has a point."""
    _, found = shown_to_all(workspace)
    return JsonResponse(geojson(found), content_type="application/geo+json")
