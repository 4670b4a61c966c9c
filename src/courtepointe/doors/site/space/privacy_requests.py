"""Requests of persons: written down, gathered with one click, answered within thirty days."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.timezone import localdate
from django.utils.translation import gettext

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
from courtepointe.doors.site.space.privacy import HERE, taken_away
from courtepointe.doors.site.space.privacy_forms import AnswerForm, RequestForm
from courtepointe.doors.site.space.privacy_searches import searches_told, words_of
from courtepointe.doors.site.space.values_told import Teller
from courtepointe.people.actions import answer_request, gather_for, receive_request
from courtepointe.people.actions.privacy.erased import ERASED
from courtepointe.people.fields import field_words
from courtepointe.people.personal import closed_list
from courtepointe.people.queries.requests import requests_of
from courtepointe.people.queries.subjects import Dossier, Line

FILES = ("json", "html")


@space_page("officer", methods=FORM)
def requests(request: HttpRequest, space: Space) -> HttpResponseBase:
    """List the requests; write one down."""
    begun = {"received": localdate(space.now)}
    form = RequestForm(sent(request, "receive"), lang=space.lang, initial=begun)

    def receive(typed: dict[str, Any]) -> str:
        number = receive_request(space.seen.slug, **typed, by=space.by, now=space.now)
        return space.address("space_request", number=number)

    if done := acted(form, receive, lang=space.lang):
        return done
    values = {
        "listed": requests_of(space.seen.id, now=space.now),
        "kinds": closed_list("requests"),
        "form": form,
    }
    status = status_of(form)
    return space_answer(request, space, "privacy_requests.html", values, here=HERE, status=status)


@space_page("officer", methods=FORM)
def one_request(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Show a request; answer it, or refuse it."""
    listed = {one.number: one for one in requests_of(space.seen.id, now=space.now)}
    if number not in listed:
        raise NotFound("unknown_request")
    refused = request.POST.get("answer") == "refuse"
    form = AnswerForm(sent(request, "answer"))

    def answer(typed: dict[str, Any]) -> str:
        answer_request(
            space.seen.slug, number, refused=refused, **typed, by=space.by, now=space.now
        )
        return space.address("space_requests")

    if done := acted(form, answer, lang=space.lang):
        return done
    one = listed[number]
    values = {
        "one": one,
        "asked": closed_list("requests")[one.kind],
        "erased": one.kind in ERASED,
        "searches": searches_told(space, number),
        "words": words_of(one),
        "form": form,
    }
    status = status_of(form)
    return space_answer(request, space, "privacy_request.html", values, here=HERE, status=status)


@space_page("officer", methods=("POST",))
def gather(request: HttpRequest, space: Space, number: int, ending: str) -> HttpResponseBase:
    """Gather all that the workspace holds on whom a request is about, as JSON or as a page."""
    if ending not in FILES:
        raise NotFound("no_such_page", value=request.path)
    found = gather_for(space.seen.slug, number, by=space.by, now=space.now)
    name = f"{space.seen.slug}-{number}.{ending}"
    if ending == "json":
        return taken_away(dossier_json(found, space.seen.name), name, "application/json")
    page = dossier_page(found, space.seen.name, lang=space.lang)
    return taken_away(page, name, "text/html; charset=utf-8")


def dossier_json(found: Dossier, workspace: str) -> str:
    """Write a dossier as structured data: portable, and readable by another program."""
    told = {
        "format": "courtepointe-dossier-1",
        "workspace": workspace,
        "made": found.made.isoformat(),
        "found": [
            {
                "kind": kind.model,
                "name": {"fr": kind.name.fr, "en": kind.name.en},
                "rows": [
                    {"key": line.key, "how": line.how, "fields": dict(line.fields)}
                    for line in kind.lines
                ],
            }
            for kind in found.found
        ],
        "not_searched": [{"fr": words.fr, "en": words.en} for words in found.not_searched],
    }
    return json.dumps(told, ensure_ascii=False, indent=2)


Told = list[tuple[Words, list[tuple[Line, list[tuple[Words, str]]]]]]


def dossier_told(found: Dossier, *, lang: str) -> Told:
    """Put a dossier in words: each kind, each row, each field that says something."""
    return [
        (kind.name, [(line, _fields_told(kind.model, line, lang)) for line in kind.lines])
        for kind in found.found
    ]


def _fields_told(model: str, line: Line, lang: str) -> list[tuple[Words, str]]:
    teller = _OwnTeller(lang)
    said = ((name, teller.said(model, name, value)) for name, value in line.fields)
    return [(field_words(model, name), value) for name, value in said if value]


class _OwnTeller(Teller):
    """Puts values in words for the person they are about: of accounts, only theirs is in their dossier."""

    def person(self, value: int) -> str:
        return gettext("this person")


def dossier_page(found: Dossier, workspace: str, *, lang: str) -> str:
    """Write a dossier as a page of its own, that opens without the site."""
    values = {
        "lang": lang,
        "workspace": workspace,
        "made": found.made,
        "told": dossier_told(found, lang=lang),
        "not_searched": found.not_searched,
    }
    return render_to_string("site/space/dossier.html", values)
