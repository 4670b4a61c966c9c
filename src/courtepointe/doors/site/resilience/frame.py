"""What the pages of resilience portraits share."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.timezone import localdate

from courtepointe.core.errors import NotFound
from courtepointe.doors.site.space.frame import Space, space_answer
from courtepointe.people.queries import territories_of
from courtepointe.portraits.resilience.framework import Dimension
from courtepointe.portraits.resilience.queries import dimensions_of
from courtepointe.portraits.resilience.values import PortraitSeen

HERE = "space_resilience"
PAGES = "../resilience/"


def dimension_of(space: Space, code: str) -> Dimension:
    """Give a dimension that the workspace reads, or raise `NotFound` ``unknown_dimension``."""
    found = dimensions_of(space.seen.id).get(code)
    if found is None:
        raise NotFound("unknown_dimension", value=code)
    return found


def dimension_choices(space: Space) -> list[tuple[str, str]]:
    """Offer the dimensions that the workspace reads."""
    return [(code, one.name.in_(space.lang)) for code, one in dimensions_of(space.seen.id).items()]


def territory_choices(space: Space) -> list[tuple[str, str]]:
    """Offer the workspace's territories of today."""
    held = territories_of(space.seen.id, on=localdate(space.now))
    return [(str(one.number), one.name) for one in held]


def portrait_answer(
    request: HttpRequest,
    space: Space,
    template: str,
    portrait: PortraitSeen,
    values: dict[str, Any],
    *,
    status: int = 200,
) -> HttpResponseBase:
    """Draw a page of a portrait that only reads; pages with forms call `page_of` with the same values."""
    values = {"portrait": portrait, **values}
    return space_answer(request, space, f"{PAGES}{template}", values, here=HERE, status=status)
