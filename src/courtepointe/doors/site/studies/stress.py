"""Asking what holds when things fail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.timezone import localdate

from courtepointe.doors.served import served
from courtepointe.doors.site.hubs.reach_asked import counted_first
from courtepointe.doors.site.space.frame import (
    FORM,
    Space,
    acted,
    keys,
    space_answer,
    space_page,
    status_of,
)
from courtepointe.doors.site.studies.frame import HERE, PAGES
from courtepointe.doors.site.studies.jobs import send
from courtepointe.doors.site.studies.stress_begun import assumed_of, begun
from courtepointe.doors.site.studies.stress_form import NO, YES, StressForm
from courtepointe.doors.site.studies.stress_words import (
    scenario_name,
    scenario_words,
)
from courtepointe.formats.scenarios import SHIPPED
from courtepointe.hubs.actions.studies import ask_study
from courtepointe.hubs.queries.sites import PointSeen, SiteSeen, placed_places, sites
from courtepointe.hubs.queries.stood import hub_spots, place_spot
from courtepointe.hubs.studies.stress_values import (
    ADD,
    MOST_OPTIONS,
    POWER,
    SEATS,
    StressAsked,
    StressAssumed,
    StressOption,
)
from courtepointe.people.queries import territories_of
from courtepointe.press.numbers import date_text


@space_page("write", methods=FORM)
def ask(request: HttpRequest, space: Space) -> HttpResponseBase:
    """Ask what holds when things fail; the study is answered beside, and its page tells how far it is."""
    hubs, places = sites(space.seen), placed_places(space.seen)
    before = begun(request, space)
    first: dict[str, Any] = {"hubs": counted_first(hubs), "scenarios": SHIPPED[:1]} | before
    sent = request.POST if request.method == "POST" else None
    spots = hub_spots(hubs)
    form = StressForm(sent, sites=hubs, places=places, spots=spots, lang=space.lang, initial=first)

    def act(typed: dict[str, Any]) -> str:
        told = _asked(space, typed, hubs, places)
        title = typed["title"] or _title(typed, space.lang)
        made = ask_study(
            space.seen.slug, "stress", title, told.told(), send=send, seed=typed["seed"], **keys(space)
        )  # fmt: skip
        return space.address("space_study", number=made)

    gone = acted(form, act, lang=space.lang)
    if gone is not None:
        return gone
    told = [scenario_words(code, lang=space.lang) for code in SHIPPED]
    values = {"form": form, "told": told, "n_hubs": len(hubs), "begun": bool(before)}
    return space_answer(request, space, f"{PAGES}stress.html", values, here=HERE, status=status_of(form))  # fmt: skip


def _title(typed: Mapping[str, Any], lang: str) -> str:
    names = ", ".join(scenario_name(code, lang=lang) for code in typed["scenarios"])
    return f"{names} · {date_text(localdate().isoformat(), lang=lang)}"[:200]


def _asked(
    space: Space, typed: Mapping[str, Any], hubs: tuple[SiteSeen, ...], places: tuple[PointSeen, ...]
) -> StressAsked:  # fmt: skip
    """Make the question: hubs and places as they are known now."""
    chosen = [one for one in hubs if one.number in (typed.get("hubs") or ())]
    code = served().pack.recipe.code
    held = territories_of(space.seen.id, on=localdate(space.now))
    options = (_option(typed, n, hubs, places) for n in range(1, MOST_OPTIONS + 1))
    return StressAsked(
        scenarios=tuple(typed["scenarios"]), hubs=hub_spots(chosen),
        options=tuple(one for one in options if one is not None),
        assumed={one: _assumed(typed, one) for one in typed["scenarios"]},
        territories=tuple((one.name, one.area_key) for one in held if one.atlas_code == code),
        n_draws=typed["draws"], lost=tuple(one.name for one in chosen if not one.points),
    )  # fmt: skip


def _assumed(typed: Mapping[str, Any], scenario: str) -> StressAssumed:
    """Give what is assumed where nobody knows: as typed, else as the scenario has it."""
    own = assumed_of(scenario)

    def chosen(name: str, default: bool) -> bool:
        return {YES: True, NO: False}.get(typed[name], default)

    def told(name: str, default: float) -> float:
        return default if typed[name] is None else float(typed[name])

    return StressAssumed(
        told("seats", own.seats), told("hours", own.autonomy_h), int(told("staff", own.staff)),
        chosen("has", own.has), chosen("dry", own.dry),
    )  # fmt: skip


def _option(
    typed: Mapping[str, Any], n: int, hubs: tuple[SiteSeen, ...], places: tuple[PointSeen, ...]
) -> StressOption | None:
    change = typed[f"change_{n}"]
    if not change:
        return None
    hours, seats = typed[f"hours_{n}"], typed[f"seats_{n}"]
    if change == ADD:
        place = next(one for one in places if one.number == typed[f"place_{n}"])
        spot = place_spot(place, seats=seats, autonomy_h=hours)
        return StressOption(change, place.name, place=spot)
    hub = next(one for one in hubs if one.number == typed[f"hub_{n}"])
    amount = {POWER: hours, SEATS: seats}.get(change)
    return StressOption(change, hub.name, hub.number, amount=amount)
