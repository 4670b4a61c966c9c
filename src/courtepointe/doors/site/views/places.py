"""The public directory: what workspaces show to everyone, without a contact person, without a script."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from courtepointe.doors.site.errors import language
from courtepointe.doors.site.security import public
from courtepointe.doors.site.space.directory import offered_filters, told
from courtepointe.doors.site.space.directory_forms import filters_of, next_page, number_in
from courtepointe.hubs.queries.shown import any_hub_shown
from courtepointe.places.access import public_entry
from courtepointe.places.assets.queries import neighbourhoods
from courtepointe.places.queries import listed, seen_by
from courtepointe.places.values import PUBLIC


@public
@require_safe
def listing(request: HttpRequest) -> HttpResponseBase:
    """List the records that everyone may see, narrowed as the address says."""
    filters = filters_of(request.GET)
    page = listed(None, filters, PUBLIC, now=timezone.now(), after=number_in(request.GET, "after"))
    values = {
        "page": page,
        "older": next_page(request.GET, page.after),
        "neighbourhoods": neighbourhoods(),
        "has_hubs": any_hub_shown(),
        **offered_filters(None, filters, PUBLIC, lang=language(request)),
    }
    return render(request, "site/places.html", values)


@public
@require_safe
def record(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """Show a record that everyone may see."""
    seen = seen_by(public_entry(str(uid), PUBLIC), PUBLIC, now=timezone.now())
    return render(request, "site/place.html", told(seen, lang=language(request)))
