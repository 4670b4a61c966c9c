"""The resilience portraits of a workspace, and the framework with what the neighbourhood adds."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from courtepointe.doors.site.gathering.deeds import Deed, page_of, row_deed
from courtepointe.doors.site.resilience.forms import OwnPartForm, PortraitForm
from courtepointe.doors.site.resilience.frame import (
    HERE,
    PAGES,
    dimension_choices,
    territory_choices,
)
from courtepointe.doors.site.space.frame import FORM, Space, keys, space_page
from courtepointe.portraits.resilience.actions import add_own_part, begin_portrait, end_own_part
from courtepointe.portraits.resilience.framework import words_of
from courtepointe.portraits.resilience.queries import dimensions_of, own_parts, portraits
from courtepointe.portraits.resilience.values import NewOwnPart, NewPortrait


@space_page("read", methods=FORM)
def listed(request: HttpRequest, space: Space) -> HttpResponseBase:
    """List the portraits; begin one."""
    offered = territory_choices(space)

    def begin(typed: dict[str, Any]) -> str:
        number = begin_portrait(space.seen.slug, NewPortrait(**typed), **keys(space))
        return space.address("space_resilience_portrait", number=number)

    form = partial(PortraitForm, territories=offered)
    deeds = [Deed("begin", _("Begin this portrait"), begin, form, _("Begin a portrait"))]

    def draw() -> dict[str, Any]:
        return {"portraits": portraits(space.seen), "has_territory": bool(offered)}

    return page_of(
        request, space, f"{PAGES}portraits.html", deeds if offered else [], draw, here=HERE
    )


@space_page("read", methods=FORM)
def framework(request: HttpRequest, space: Space) -> HttpResponseBase:
    """Show the eight dimensions, their parts, and what the neighbourhood added; add something."""

    def add(typed: dict[str, Any]) -> None:
        add_own_part(space.seen.slug, NewOwnPart(**typed), **keys(space))

    def end(number: int) -> None:
        end_own_part(space.seen.slug, number, **keys(space))

    form = partial(OwnPartForm, dimensions=dimension_choices(space))
    deeds = [
        Deed("add", _("Add to the framework"), add, form, _("Add a dimension or a part")),
        row_deed("end", _("Withdraw"), end),
    ]

    def draw() -> dict[str, Any]:
        patel = words_of("patel")
        told = [
            (
                one,
                [patel[code].in_(space.lang) for code in one.patel],
            )
            for one in dimensions_of(space.seen.id).values()
        ]
        return {"dimensions": told, "own": own_parts(space.seen)}

    return page_of(request, space, f"{PAGES}framework.html", deeds, draw, here=HERE)
