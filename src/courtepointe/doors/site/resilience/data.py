"""A resilience portrait as data: one object as JSON, its tables, all of it in an archive."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from courtepointe.doors.resilience_data.files import MEDIA, PortraitData
from courtepointe.doors.site.documents import turn
from courtepointe.doors.site.space.frame import Space, space_page
from courtepointe.doors.site.views.exports import attached


class DataEnding:
    """The endings of a portrait's files of data, in an address."""

    regex = "|".join(MEDIA)

    def to_python(self, value: str) -> str:
        """Read an ending."""
        return value

    def to_url(self, value: str) -> str:
        """Write an ending."""
        return value


@space_page("read")
def taken(request: HttpRequest, space: Space, number: int, ending: str) -> HttpResponseBase:
    """Give a portrait as a file of data to whoever may read its pages."""
    with turn():
        held = PortraitData.of(space.seen, number, now=space.now, lang=space.lang)
        content = held.written(ending)
    return attached(content, f"{space.seen.slug}-resilience-{number}.{ending}", MEDIA[ending])  # fmt: skip
