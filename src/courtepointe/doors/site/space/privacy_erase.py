"""A request of destruction is carried out in one go: what ends and what stays is read first, then confirmed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from courtepointe.atlas.recipe.values import Words
from courtepointe.core.errors import NotFound
from courtepointe.doors.site.space.frame import (
    FORM,
    Space,
    acted,
    sent,
    space_answer,
    space_page,
    status_of,
)
from courtepointe.doors.site.space.privacy import HERE, kind_words
from courtepointe.doors.site.space.privacy_forms import EraseForm
from courtepointe.people.actions import erase_for, look_for
from courtepointe.people.fields import field_words
from courtepointe.people.personal import closed_list
from courtepointe.people.queries.erasure import Ending, Erasure
from courtepointe.people.queries.requests import requests_of


@dataclass(frozen=True, slots=True)
class EndingTold:
    """Rows of a kind that would end, in words; ``field`` says by what the person signed them."""

    what: Words
    count: int
    then: Words
    field: Words | None
    beside: tuple[tuple[Words, int], ...]


def _told(one: Ending) -> EndingTold:
    return EndingTold(
        one.held.name,
        one.count,
        closed_list("ends")[one.then],
        field_words(one.held.model, one.field) if one.field else None,
        tuple((kind_words(model), count) for model, count in one.beside),
    )


@space_page("officer", methods=FORM)
def erase(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Show what a request would end, kind by kind, and what stays; end it once that is confirmed."""
    slug, by, now = space.seen.slug, space.by, space.now
    listed = {one.number: one for one in requests_of(space.seen.id, now=now)}
    if number not in listed:
        raise NotFound("unknown_request")
    form = EraseForm(sent(request, "erase"))

    def end(typed: dict[str, Any]) -> str:
        mark = request.POST.get("mark", "")
        erase_for(slug, number, mark=mark, reason=typed["reason"], by=by, now=now)
        return space.address("space_request", number=number)

    if done := acted(form, end, lang=space.lang):
        return done
    found: Erasure = look_for(slug, number, by=by, now=now)
    values = {
        "one": listed[number],
        "asked": closed_list("requests")[listed[number].kind],
        "ends": [_told(one) for one in found.ends],
        "found": found,
        "form": form,
    }
    status = status_of(form)
    return space_answer(request, space, "privacy_erase.html", values, here=HERE, status=status)
