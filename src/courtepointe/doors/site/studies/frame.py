"""What the pages of studies share."""

from __future__ import annotations

from django.http import HttpRequest

from courtepointe.doors.site.space.directory_forms import number_in
from courtepointe.doors.site.space.frame import Space
from courtepointe.hubs.queries.studies import StudySeen, study

HERE = "space_hubs"
PAGES = "../studies/"


def study_named(request: HttpRequest, space: Space, kind: str) -> StudySeen | None:
    """Give the study that a form begins with, where the address names one of its kind."""
    number = number_in(request.GET, "from")
    kept = None if number is None else study(space.seen, number, now=space.now)
    return kept if kept is not None and kept.kind == kind else None
