"""The codebook: the dimensions with their definitions, and what the neighbourhood adds."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from courtepointe.doors.site.evidence.forms import NewCodeForm
from courtepointe.doors.site.evidence.frame import HERE, PAGES, code_keys, direction_keys
from courtepointe.doors.site.gathering.deeds import Deed, page_of, row_deed
from courtepointe.doors.site.resilience.frame import dimension_choices
from courtepointe.doors.site.space.frame import FORM, Space, keys, space_page
from courtepointe.portraits.evidence import actions, queries
from courtepointe.portraits.evidence.values import NewCode
from courtepointe.portraits.resilience.queries import portrait


@space_page("read", methods=FORM)
def book(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Show the codebook; add to it, withdraw from it."""
    held = portrait(space.seen, number)

    def add(typed: dict[str, Any]) -> None:
        actions.add_code(space.seen.slug, NewCode(**typed), **keys(space))

    def end(code: int) -> None:
        actions.end_code(space.seen.slug, code, **keys(space))

    form = partial(NewCodeForm, dimensions=dimension_choices(space))
    deeds = [
        Deed("add", _("Add to the codebook"), add, form, _("Add a code")),
        row_deed("end", _("Withdraw"), end),
    ]

    def draw() -> dict[str, Any]:
        names = {one.key: one.name for one in queries.codebook(space.seen)}
        told = [
            (one, key.key, names.get(one.dimension) if one.number else None)
            for one, key in zip(queries.codebook(space.seen), code_keys(space), strict=True)
        ]
        return {"portrait": held, "codes": told, "directions": direction_keys(space.lang)}

    return page_of(request, space, f"{PAGES}codebook.html", deeds, draw, here=HERE)
