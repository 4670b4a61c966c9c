"""The eight dimensions of a portrait on one page: both views side by side, and what is read of them."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from courtepointe.doors.site.readings.frame import PAGES, read_of
from courtepointe.doors.site.readings.telling import marks_told
from courtepointe.doors.site.resilience.frame import HERE
from courtepointe.doors.site.space.frame import Space, space_answer, space_page
from courtepointe.portraits.readings.queries import (
    replies_shown,
    replies_to_review,
    workshops_of,
)


@space_page("read")
def listed(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Show both views of each dimension, with the replies that stand beside them."""
    read = read_of(space, number)
    replies = replies_shown(read.portrait, now=space.now)
    values = {
        "portrait": read.portrait,
        "told": [(one, replies.get(one.code, ())) for one in read.told],
        "waiting": replies_to_review(read.portrait, now=space.now),
        "workshops": workshops_of(read.portrait, now=space.now),
        "marks": marks_told(lang=space.lang),
    }
    return space_answer(request, space, f"{PAGES}readings.html", values, here=HERE)
