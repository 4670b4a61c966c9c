"""Sources: the list, one to add, one to correct, to withdraw, to have read a second time."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from courtepointe.doors.site.evidence.forms import GROUP, RoundForm, SourceForm
from courtepointe.doors.site.evidence.frame import HERE, PAGES, groups_in, named
from courtepointe.doors.site.gathering.deeds import Deed, page_of, row_deed
from courtepointe.doors.site.resilience.frame import portrait_answer
from courtepointe.doors.site.security import takes_photos
from courtepointe.doors.site.space.frame import (
    FORM,
    Space,
    acted,
    keys,
    space_answer,
    space_page,
    status_of,
)
from courtepointe.people.consents import consent_texts
from courtepointe.portraits.evidence import actions, queries
from courtepointe.portraits.evidence.lists import CONSENT
from courtepointe.portraits.evidence.values import SourceSeen
from courtepointe.portraits.resilience.queries import portrait

KEPT_YEARS = 2
"""How long a text is proposed to be kept."""
LAST_DAY = 28
"""Of its month, whatever today is: whoever only reads is told until when, and not on which day somebody spoke."""


@space_page("read")
def listed(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """List the sources of a portrait with their state."""
    held = portrait(space.seen, number)
    found = queries.sources(space.seen, number)
    readings = {one.number for one in found if _mine(space, one)}
    values = {
        "sources": found,
        "to_read": readings,
        "kinds": named("kinds", lang=space.lang),
        "consents": named("consents", lang=space.lang),
    }
    return portrait_answer(request, space, f"{PAGES}sources.html", held, values)


def _mine(space: Space, one: SourceSeen) -> bool:
    return any(reading.done is None and reading.second_id == space.by.id for reading in one.rounds)


def proposed_days(today: date) -> dict[str, date]:
    """Give the days that a source brought today begins with."""
    return {"day": today, "keep_until": today.replace(year=today.year + KEPT_YEARS, day=LAST_DAY)}


@takes_photos
@space_page("write", methods=FORM)
def add(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Bring a source."""
    held = portrait(space.seen, number)
    form = _source_form(request, space, proposed_days(localdate(space.now)))

    def bring(_typed: dict[str, Any]) -> str:
        made = actions.add_source(space.seen.slug, number, form.source(), **keys(space))
        return space.address("space_evidence_source", number=number, source=made)

    if done := acted(form, bring, lang=space.lang):
        return done
    values = {"portrait": held, "form": form, "agreed_text": consent_texts()[CONSENT].last.words}
    return space_answer(
        request, space, f"{PAGES}add.html", values, here=HERE, status=status_of(form)
    )


def _source_form(request: HttpRequest, space: Space, begun: dict[str, Any]) -> SourceForm:
    posted = request.method == "POST" and request.POST.get("do", "keep") == "keep"
    return SourceForm(
        request.POST if posted else None,
        request.FILES if posted else None,
        lang=space.lang,
        initial=begun,
        auto_id="keep_%s",
    )


@takes_photos
@space_page("read", methods=FORM)
def one(request: HttpRequest, space: Space, number: int, source: int) -> HttpResponseBase:
    """Show a source: its state, who coded it; correct it, withdraw it, have it read a second time."""
    held, seen = portrait(space.seen, number), queries.source(space.seen, number, source)
    may_change = space.may("write") and held.is_open and not seen.is_ended
    form = _source_form(request, space, _begun(space, seen)) if may_change else None

    def correct(_typed: dict[str, Any]) -> str:
        assert form is not None
        actions.correct_source(space.seen.slug, source, form.source(), **keys(space))
        return request.path

    if form is not None and (done := acted(form, correct, lang=space.lang)):
        return done

    def draw() -> dict[str, Any]:
        return {
            "portrait": held,
            "source": queries.source(space.seen, number, source),
            "form": form,
            "kinds": named("kinds", lang=space.lang),
            "consents": named("consents", lang=space.lang),
            "voices": groups_in(seen, space=space),
            "agreed_text": consent_texts()[CONSENT].last.words,
            "may_code": seen.is_open and held.is_open and space.may("contribute"),
        }

    deeds = _deeds(space, seen, is_open=held.is_open)
    if form is not None and request.POST.get("do", "") == "keep":
        # The form of the source has faults: what was typed stays, and no deed was asked.
        return space_answer(
            request, space, f"{PAGES}source.html", {**draw(), "below": [], "deeds": {}},
            here=HERE, status=status_of(form),
        )  # fmt: skip
    return page_of(request, space, f"{PAGES}source.html", deeds, draw, here=HERE)


def _begun(space: Space, seen: SourceSeen) -> dict[str, Any]:
    counts = {f"{GROUP}{code}": count for code, count in seen.voices.items()}
    return {
        "kind": seen.kind, "title": seen.title, "day": seen.day, "place": seen.place,
        "origin": seen.origin, "text": queries.text_of(space.seen, seen.number),
        "way": seen.consent.way, "consent_day": seen.consent.day,
        "may_quote": seen.consent.may_quote, "keep_until": seen.keep_until, **counts,
    }  # fmt: skip


def _deeds(space: Space, seen: SourceSeen, *, is_open: bool) -> list[Deed]:
    slug, k = space.seen.slug, keys(space)

    def begin(typed: dict[str, Any]) -> None:
        actions.begin_round(slug, seen.number, second=typed["second"], most=typed["most"] or 0, **k)

    def withdraw(_typed: dict[str, Any]) -> None:
        actions.withdraw_source(slug, seen.number, **k)

    def finish(number: int) -> None:
        actions.finish_round(slug, number, **k)

    deeds = [row_deed("finish", _("This reading is finished"), finish, right="contribute")]
    coders = queries.coders_of(space.seen.id, now=space.now)
    if seen.is_open and is_open and seen.coders and all(one.done for one in seen.rounds):
        form = partial(RoundForm, coders=coders)
        deeds.append(Deed("round", _("Ask for this second reading"), begin, form, _("Have it read a second time")))  # fmt: skip
    if seen.withdrawn is None:
        deeds.append(Deed("withdraw", _("Withdraw, and destroy the text"), withdraw, title=_("Withdraw this source")))  # fmt: skip
    return deeds


@space_page("contribute")
def photo(request: HttpRequest, space: Space, number: int, source: int) -> HttpResponseBase:
    """Give the photograph of a source to whoever may code it."""
    queries.source(space.seen, number, source)
    picture = queries.picture_of(space.seen, source)
    return HttpResponse(picture.content, content_type="image/jpeg")
