"""One resilience portrait, and the page of a dimension in it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from courtepointe.doors.resilience_data.files import MEDIA
from courtepointe.doors.site.gathering.deeds import Deed, page_of
from courtepointe.doors.site.reports import ENDINGS
from courtepointe.doors.site.resilience.forms import PortraitForm
from courtepointe.doors.site.resilience.frame import (
    HERE,
    PAGES,
    dimension_of,
    portrait_answer,
    territory_choices,
)
from courtepointe.doors.site.resilience.numbers_told import profile_told
from courtepointe.doors.site.resilience.sections import SECTIONS
from courtepointe.doors.site.space.frame import FORM, Space, keys, space_page
from courtepointe.portraits.resilience.actions import (
    close_portrait,
    describe_portrait,
    follow_portrait,
)
from courtepointe.portraits.resilience.queries import dimensions_of
from courtepointe.portraits.resilience.queries import portrait as portrait_seen
from courtepointe.portraits.resilience.values import NewPortrait, PortraitSeen


@space_page("read", methods=FORM)
def one(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Show a portrait with its dimensions; describe it, close it, begin the next edition."""
    seen = portrait_seen(space.seen, number)

    def draw() -> dict[str, Any]:
        held = portrait_seen(space.seen, number)
        told = dimensions_of(space.seen.id).values()
        profile = profile_told(space, held)
        files = {"endings": ENDINGS, "data_endings": list(MEDIA)}
        return {"portrait": held, "dimensions": told, "profile": profile, **files}

    return page_of(request, space, f"{PAGES}portrait.html", _deeds(space, seen), draw, here=HERE)


def _deeds(space: Space, seen: PortraitSeen) -> Sequence[Deed]:
    def describe(typed: dict[str, Any]) -> None:
        describe_portrait(space.seen.slug, seen.number, NewPortrait(**typed), **keys(space))

    def close(_typed: dict[str, Any]) -> None:
        close_portrait(space.seen.slug, seen.number, **keys(space))

    def follow(_typed: dict[str, Any]) -> str:
        number = follow_portrait(space.seen.slug, seen.number, **keys(space))
        return space.address("space_resilience_portrait", number=number)

    if not seen.is_open:
        return [Deed("follow", _("Begin the next edition"), follow)] if seen.followed_by is None else []  # fmt: skip
    offered = dict(territory_choices(space))
    if seen.territory is not None:
        offered.setdefault(str(seen.territory.number), seen.territory.name)
    held = {
        "name": seen.name,
        "about": seen.about,
        "territory": seen.territory and seen.territory.number,
    }
    form = partial(PortraitForm, territories=list(offered.items()), initial=held)
    return [
        Deed("describe", _("Keep"), describe, form, _("Change its name, territory or purpose")),
        Deed("close", _("Close this edition"), close, title=_("Close this edition")),
    ]


@space_page("read")
def dimension(request: HttpRequest, space: Space, number: int, code: str) -> HttpResponseBase:
    """Show all that a portrait holds of a dimension."""
    seen, found = portrait_seen(space.seen, number), dimension_of(space, code)
    sections = [(each.template, each.values(space, seen, found)) for each in SECTIONS]
    values = {"dimension": found, "sections": sections}
    return portrait_answer(request, space, "dimension.html", seen, values)
