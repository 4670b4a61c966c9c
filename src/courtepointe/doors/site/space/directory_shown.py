"""The directory that an agreement shows to another workspace: what is for partners, never a contact."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from courtepointe.doors.site.space.directory import offered_filters, told
from courtepointe.doors.site.space.directory_forms import filters_of, next_page, number_in
from courtepointe.doors.site.space.directory_import import file_of
from courtepointe.doors.site.space.frame import Space, space_answer, space_page
from courtepointe.people.access import Received, received_by
from courtepointe.places.access import received_entry
from courtepointe.places.exports import received_export
from courtepointe.places.queries import listed, seen_by
from courtepointe.places.values import PARTNERS


def shown_directory(request: HttpRequest, space: Space, found: Received) -> dict[str, Any]:
    """Give what the page of an agreement about a directory holds."""
    filters = filters_of(request.GET)
    page = listed(found.owner_id, filters, PARTNERS, now=space.now, after=number_in(request.GET, "after"))  # fmt: skip
    return {
        "page": page,
        "older": next_page(request.GET, page.after),
        **offered_filters(found.owner_id, filters, PARTNERS, lang=space.lang),
    }


@space_page("read")
def received_record(
    request: HttpRequest, space: Space, number: int, record: int
) -> HttpResponseBase:
    """Show a record that an agreement shows."""
    row, audience = received_entry(space.seen.slug, number, record, by=space.by, now=space.now)
    found = received_by(space.seen.slug, number, by=space.by, now=space.now)
    seen = seen_by(row, audience, now=space.now)
    values = {"agreement": found.agreement, **told(seen, lang=space.lang)}
    return space_answer(
        request, space, "directory_received_record.html", values, here="space_sharing"
    )


@space_page("read")
def received_file(request: HttpRequest, space: Space, number: int, ending: str) -> HttpResponseBase:
    """Give as a file what an agreement shows."""
    directory = received_export(space.seen.slug, number, by=space.by, now=space.now)
    return file_of(directory, ending, name=f"directory-{number}")
