"""For a request, somebody is looked for in all that people wrote; the register says what was found and done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from courtepointe.atlas.recipe.values import Words
from courtepointe.core.errors import CourtepointeError, NotFound
from courtepointe.doors.site.space.frame import (
    FORM,
    Space,
    acted,
    add_fault,
    sent,
    space_answer,
    space_page,
    status_of,
)
from courtepointe.doors.site.space.privacy import HERE, kind_words
from courtepointe.doors.site.space.privacy_forms import DoneForm, SearchForm
from courtepointe.doors.site.space.rows_shown import LEADS, address_of
from courtepointe.people.actions import Looked, look_in_texts, say_what_was_done
from courtepointe.people.fields import field_words
from courtepointe.people.queries.free_texts import FoundIn, Line
from courtepointe.people.queries.requests import Asked, SearchSeen, requests_of, searches_of


@dataclass(frozen=True, slots=True)
class LineTold:
    """A row that holds what was looked for: where it is shown, in which fields."""

    line: Line
    address: str
    fields: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class SearchTold:
    """A search of the register, its counts in words."""

    search: SearchSeen
    counts: tuple[tuple[Words, int], ...]


def searches_told(space: Space, number: int) -> list[SearchTold]:
    """Tell the searches that were made for a request."""
    return [
        SearchTold(one, tuple((kind_words(model), n) for model, n in one.found.items()))
        for one in searches_of(space.seen.id, number)
    ]


@space_page("officer", methods=FORM)
def search(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Look for whom a request is about; say what was done about what was found.

    The words are sent, never part of an address: addresses are written in logs.
    """
    asked = next((one for one in requests_of(space.seen.id, now=space.now) if one.number == number), None)  # fmt: skip
    if asked is None:
        raise NotFound("unknown_request")
    begun = words_of(asked)
    looked_for = request.POST.get("words", begun) if sent(request, "search") else begun
    form = SearchForm({"words": looked_for} if sent(request, "search") else None, initial={"words": begun})  # fmt: skip
    done = DoneForm(sent(request, "done"))

    def say(typed: dict[str, Any]) -> str:
        say_what_was_done(space.seen.slug, number, typed["search"], typed["done"], by=space.by, now=space.now)  # fmt: skip
        return f"{space.address('space_request', number=number)}#searches"

    if answer := acted(done, say, lang=space.lang):
        return answer
    looked = _looked(form, space, number)
    values = {
        "one": asked,
        "form": form,
        "done": DoneForm(initial={"search": looked.number}) if looked else done,
        "looked": looked,
        "kinds": [_told(kind, space) for kind in looked.search.found] if looked else [],
    }
    status = status_of(form, done)
    return space_answer(request, space, "privacy_search.html", values, here=HERE, status=status)


def _looked(form: SearchForm, space: Space, number: int) -> Looked | None:
    if not form.is_bound or not form.is_valid():
        return None
    words = form.cleaned_data["words"]
    try:
        return look_in_texts(space.seen.slug, number, words, leads=LEADS, by=space.by, now=space.now)  # fmt: skip
    except CourtepointeError as error:
        add_fault(form, error, lang=space.lang)
        return None


def words_of(asked: Asked) -> str:
    """Give what to look for to begin with: how the request names its person, a way a line."""
    return "\n".join(dict.fromkeys(one.strip() for one in (asked.name, asked.contact, asked.email) if one.strip()))  # fmt: skip


def _told(kind: FoundIn, space: Space) -> tuple[FoundIn, list[LineTold]]:
    lines = [
        LineTold(
            line,
            address_of(space, kind.model, line.leads),
            tuple(field_words(kind.model, name) for name in line.fields),
        )
        for line in kind.lines
    ]
    return kind, lines
