"""Workshops on a portrait: opened, run, closed; what came out of each."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from functools import partial
from typing import Any
from uuid import uuid4

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from courtepointe.doors.site.gathering.deeds import Deed, page_of
from courtepointe.doors.site.readings.forms import HandsForm, NoteForm, WorkshopForm
from courtepointe.doors.site.readings.frame import PAGES
from courtepointe.doors.site.readings.telling import vote_told
from courtepointe.doors.site.resilience.frame import HERE, dimension_choices
from courtepointe.doors.site.space.frame import FORM, Space, keys, space_page
from courtepointe.portraits.readings.actions import close_workshop, keep_entries, open_workshop
from courtepointe.portraits.readings.kinds import VOTED
from courtepointe.portraits.readings.queries import workshop as workshop_seen
from courtepointe.portraits.readings.queries import workshops_of
from courtepointe.portraits.readings.values import Entry, WorkshopSeen
from courtepointe.portraits.resilience.queries import dimension_names
from courtepointe.portraits.resilience.queries import portrait as portrait_seen
from courtepointe.press.attestations.attestation import qr_svg


@space_page("read", methods=FORM)
def listed(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """List the workshops on a portrait; open one."""
    portrait = portrait_seen(space.seen, number)

    def open_it(typed: dict[str, Any]) -> str:
        made = open_workshop(space.seen.slug, number, typed["name"], **keys(space))
        return space.address("space_reading_workshop", number=made)

    deeds = [Deed("open", _("Open this workshop"), open_it, WorkshopForm, _("Open a workshop"))]

    def draw() -> dict[str, Any]:
        return {"portrait": portrait, "workshops": workshops_of(portrait, now=space.now)}

    return page_of(
        request, space, f"{PAGES}workshops.html", deeds if portrait.is_open else [], draw, here=HERE
    )


@space_page("read", methods=FORM)
def one(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Show a workshop: how to join it, how people answered, what was noted; type what was on paper; close it."""
    seen = workshop_seen(space.seen, number, now=space.now)
    portrait = portrait_seen(space.seen, seen.portrait)
    link = request.build_absolute_uri(reverse("workshop_vote", args=[seen.code]))

    def draw() -> dict[str, Any]:
        held = workshop_seen(space.seen, number, now=space.now)
        names = {code: words.in_(space.lang) for code, words in dimension_names(space.seen.id).items()}  # fmt: skip
        answers = [
            (names[code], told)
            for code in names
            if (told := vote_told(held.tally(code), lang=space.lang)) is not None
        ]
        return {
            "portrait": portrait,
            "workshop": held,
            "answers": answers,
            "notes": [(names.get(one.dimension, one.dimension), one) for one in held.notes],
            "link": link,
            "qr": f"data:image/svg+xml;base64,{b64encode(qr_svg(link).encode()).decode()}",
        }

    return page_of(request, space, f"{PAGES}workshop.html", _deeds(space, seen), draw, here=HERE)


def _deeds(space: Space, seen: WorkshopSeen) -> Sequence[Deed]:
    def keep(entry: Entry) -> None:
        (error,) = keep_entries(space.seen.slug, seen.number, [entry], **keys(space)).values()
        if error is not None:
            raise error

    def hands(typed: dict[str, Any]) -> None:
        counts = {state: typed[state] for state in VOTED}
        keep(Entry(uuid4(), "hands", typed["dimension"], space.now, counts=counts))

    def note(typed: dict[str, Any]) -> None:
        keep(Entry(uuid4(), "note", typed["dimension"], space.now, text=typed["text"]))

    def close(_typed: dict[str, Any]) -> None:
        close_workshop(space.seen.slug, seen.number, **keys(space))

    offered = dimension_choices(space)
    form = partial(HandsForm, dimensions=offered, lang=space.lang)
    deeds = [
        Deed("hands", _("Keep this count"), hands, form, _("Type hands that were counted")),
        Deed("note", _("Keep this note"), note, partial(NoteForm, dimensions=offered), _("Type a note")),
    ]  # fmt: skip
    if seen.closed is None:
        deeds.append(Deed("close", _("Close the workshop"), close, title=_("Close the workshop")))
    return deeds
