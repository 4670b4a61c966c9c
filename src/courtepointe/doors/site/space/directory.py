"""The directory of a workspace: its list, and a record with the source of each field."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.timezone import localdate

from courtepointe.core.errors import CourtepointeError
from courtepointe.doors.served import served
from courtepointe.doors.site.space.directory_forms import (
    KINDS,
    STATES,
    CapacityForm,
    CloseForm,
    OfferForm,
    SeenByForm,
    filters_of,
    next_page,
    number_in,
)
from courtepointe.doors.site.space.frame import (
    FORM,
    Space,
    acted,
    sent,
    space_answer,
    space_page,
    status_of,
)
from courtepointe.doors.site.space.told import changes_told
from courtepointe.people.queries import changes_of_thing
from courtepointe.places.access import audience_of, entry_to_read
from courtepointe.places.actions import (
    Writing,
    close,
    count_capacity,
    decide_proposal,
    drop_capacity,
    offer_at,
    offer_no_more,
    open_again,
    review,
    show_to,
    verify,
)
from courtepointe.places.actions.parts import offered
from courtepointe.places.areas import Areas, areas_of
from courtepointe.places.queries import areas_named, languages_named, listed, named, seen_by
from courtepointe.places.values import Filters, PartTold, Seen
from courtepointe.places.words import asked, choice_word, field_word, table_word

HERE = "space_directory"


def areas_served() -> Areas | None:
    """Give the atlas's areas, to say where points lie; None where no atlas is served."""
    with suppress(CourtepointeError):
        return areas_of(served().pack)
    return None


def writing(space: Space) -> Writing:
    """Give who writes, when, and the atlas at hand."""
    return Writing(space.by, space.now, areas_served())


@space_page("read")
def listing(request: HttpRequest, space: Space) -> HttpResponseBase:
    """List the records, narrowed as the address says."""
    audience = audience_of(space.seen)
    filters = filters_of(request.GET)
    page = listed(space.seen.id, filters, audience, now=space.now, after=number_in(request.GET, "after"))  # fmt: skip
    values = {
        "page": page,
        "older": next_page(request.GET, page.after),
        **offered_filters(space.seen.id, filters, audience, lang=space.lang),
        "states": STATES,
        "new": [(one, table_word(one, lang=space.lang)) for one in KINDS],
    }
    return space_answer(request, space, "directory.html", values, here=HERE)


def offered_filters(
    workspace_id: int | None, filters: Filters, audience: Any, *, lang: str
) -> dict[str, Any]:
    """Give what a list can be narrowed by."""
    return {
        "filters": filters,
        "narrowed": filters != Filters(),
        "kinds": [(one, table_word(one, lang=lang)) for one in KINDS],
        "kind_words": {one: table_word(one, lang=lang) for one in KINDS},
        "areas": areas_named(workspace_id, audience),
        "languages": languages_named(workspace_id, audience),
        "months": ("3", "6", "12", "24"),
        "month_asked": str(filters.unverified_months or ""),
    }


def lines_of(seen: Seen | PartTold, *, lang: str) -> list[tuple[str, Any, Any]]:
    """Give the fields of a record as people read them: the word, what it says, what is known of it."""
    return [
        (field_word(one.field, lang=lang), choice_word(str(one.value), lang=lang), one)
        for one in seen.fields
    ]


def told(seen: Seen, *, lang: str) -> dict[str, Any]:
    """Give what a record's page shows, for whoever reads it."""
    return {
        "seen": seen,
        "kind_word": table_word(seen.listed.table, lang=lang),
        "lines": lines_of(seen, lang=lang),
        "parts": [
            (
                table_word(one.table, lang=lang),
                lines_of(one, lang=lang),
                one,
                bool(asked(one.table)),
            )
            for one in seen.parts
        ],
        "links": [(table_word(one.table, lang=lang), one) for one in seen.links],
    }


@space_page("read", methods=FORM)
def record(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Show a record; act on it."""
    workspace, row = entry_to_read(space.seen.slug, number, by=space.by, now=space.now)
    seen = seen_by(row, audience_of(workspace), now=space.now)
    begun = {"on": localdate(space.now), "visibility": seen.listed.visibility}
    held: dict[str, Any] = {
        "showing": SeenByForm(sent(request, "show"), initial=begun),
        "closing": CloseForm(sent(request, "close"), initial=begun),
        "counting": CapacityForm(sent(request, "count")),
        "offering": OfferForm(sent(request, "offer"), places=_places(space, seen)),
    }
    for name, act in ACTS.items():
        if done := acted(held[name], _here(act, space, number), lang=space.lang):
            return done
    if request.method == "POST" and not any(held[name].is_bound for name in ACTS):
        return _plain_act(request, space, number)
    values = {
        **held,
        **told(seen, lang=space.lang),
        "waiting": [(field_word(one.field, lang=space.lang), one) for one in seen.proposals],
        "details": [(one, table_word(one, lang=space.lang)) for one in _details(seen, space)],
        "changes": changes_told(
            changes_of_thing(space.seen.id, "places.entry", str(number), limit=8), space
        ),
    }
    status = status_of(*(held[name] for name in ACTS))
    return space_answer(request, space, "directory_record.html", values, here=HERE, status=status)


def _places(space: Space, seen: Seen) -> list[tuple[str, str]]:
    if seen.listed.table != "service" or not space.may("write"):
        return []
    return [(str(number), name) for number, _, name in named(space.seen.id, "location")]


def _details(seen: Seen, space: Space) -> Sequence[str]:
    tables = details_of(seen.listed.table)
    return [one for one in tables if one != "contact" or space.may("contacts")]


def _here(
    act: Callable[[Space, int, Mapping[str, Any]], None], space: Space, number: int
) -> Callable[[dict[str, Any]], str]:
    def done(typed: dict[str, Any]) -> str:
        act(space, number, typed)
        return space.address("space_record", number=number)

    return done


def _show(space: Space, number: int, typed: Mapping[str, Any]) -> None:
    show_to(space.seen.slug, number, typed["visibility"], writing=writing(space))


def _close(space: Space, number: int, typed: Mapping[str, Any]) -> None:
    close(space.seen.slug, number, on=typed["on"], why=typed["why"], writing=writing(space))


def _count(space: Space, number: int, typed: Mapping[str, Any]) -> None:
    count_capacity(space.seen.slug, number, **typed, writing=writing(space))


def _offer(space: Space, number: int, typed: Mapping[str, Any]) -> None:
    offer_at(space.seen.slug, number, int(typed["place"]), writing=writing(space))


ACTS: Mapping[str, Callable[[Space, int, Mapping[str, Any]], None]] = {
    "showing": _show,
    "closing": _close,
    "counting": _count,
    "offering": _offer,
}


def _plain_act(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Do what a button without a form says."""
    slug, by, do = space.seen.slug, writing(space), request.POST.get("do", "")
    which = number_in(request.POST, "which") or 0
    acts: Mapping[str, Callable[[], object]] = {
        "verify": lambda: verify(slug, number, writing=by),
        "verify_field": lambda: verify(slug, number, fields=(request.POST.get("field", ""),), writing=by),
        "open": lambda: open_again(slug, number, writing=by),
        "accept": lambda: review(slug, number, accepted=True, writing=by),
        "refuse": lambda: review(slug, number, accepted=False, writing=by),
        "take": lambda: decide_proposal(slug, which, taken=True, writing=by),
        "leave": lambda: decide_proposal(slug, which, taken=False, writing=by),
        "offer_no_more": lambda: offer_no_more(slug, which, writing=by),
        "drop": lambda: drop_capacity(slug, number, which, writing=by),
    }  # fmt: skip
    if do not in acts:
        raise Http404
    acts[do]()
    return redirect(space.address(HERE) if do == "refuse" else space.address("space_record", number=number))  # fmt: skip


def details_of(table: str) -> Sequence[str]:
    """Say which details a form can add to a kind of record."""
    return [one for one in offered(table) if asked(one)]
