"""Asking where the next hubs could stand."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from courtepointe.atlas.query.groups_on_foot import groups_named, groups_on
from courtepointe.core.errors import CourtepointeError
from courtepointe.doors.served import served
from courtepointe.doors.site.hubs.reach_asked import counted_first
from courtepointe.doors.site.space.directory_forms import number_in
from courtepointe.doors.site.space.frame import (
    FORM,
    Space,
    acted,
    keys,
    space_answer,
    space_page,
    status_of,
)
from courtepointe.doors.site.studies.frame import HERE, PAGES, study_named
from courtepointe.doors.site.studies.goals import GOAL_WORDS
from courtepointe.doors.site.studies.jobs import send
from courtepointe.doors.site.studies.siting_form import SitingForm
from courtepointe.hubs.actions.studies import ask_study
from courtepointe.hubs.queries.possible import possible_places, spots_of, standing_of
from courtepointe.hubs.queries.sites import placed_places, sites
from courtepointe.hubs.studies.values import BUDGET, COUNTED, FORCED, REFUSED, SitingAsked
from courtepointe.people.queries import territories_of
from courtepointe.press.numbers import date_text
from courtepointe.press.words import typeset

MOST_DIGITS = 12
"""Of the number of a place."""


@space_page("write", methods=FORM)
def ask(request: HttpRequest, space: Space) -> HttpResponseBase:
    """Ask where the next hubs could stand; the study is answered beside, and its page tells how far it is."""
    hubs, places = sites(space.seen), placed_places(space.seen)
    begun = {"hubs": counted_first(hubs)} | _begun(request, space)
    sent = request.POST if request.method == "POST" else None
    kept = [*begun.get("held", ()), *begun.get("refused", ())]
    if sent is not None:
        kept += [int(one) for name in ("held", "refused") for one in sent.getlist(name) if one.isdecimal() and len(one) < MOST_DIGITS]  # fmt: skip
    form = SitingForm(
        sent,
        sites=hubs,
        places=places,
        lang=space.lang,
        kept=kept,
        groups=_groups(space.lang),
        initial=begun,
    )

    def act(typed: dict[str, Any]) -> str:
        told = _asked(space, typed)
        title = typed["title"] or _title(typed, space.lang)
        made = ask_study(space.seen.slug, "siting", title, told.told(), send=send, **keys(space))
        return space.address("space_study", number=made)

    gone = acted(form, act, lang=space.lang)
    if gone is not None:
        return gone
    values = {"form": form, "n_places": len(places)}
    return space_answer(request, space, f"{PAGES}siting.html", values, here=HERE, status=status_of(form))  # fmt: skip


def _title(typed: dict[str, Any], lang: str) -> str:
    day = date_text(localdate().isoformat(), lang=lang)
    return f"{GOAL_WORDS[typed['goal']].name} · {day}"


def _asked(space: Space, typed: dict[str, Any]) -> SitingAsked:
    """Make the question: places and hubs as they are now, by their names and points."""
    goal = typed["goal"]
    hubs = [one for one in sites(space.seen) if one.number in (typed.get("hubs") or [])]
    # A place where a hub that counts stands is no second one: its neighbours would be told of two.
    stands = {number for one in hubs for number in one.places}
    found = possible_places(space.seen, among=typed["among"], search=typed["search"])
    places = [one for one in found if one.number not in stands]
    held, refused = typed.get("held") or [], typed.get("refused") or []
    named = {one.number for one in places}
    # What is held is among them whatever the search says.
    lost = [one for one in placed_places(space.seen) if one.number in set(held) - named]
    spots = spots_of((*places, *lost), held=held, refused=refused, price=typed["price"], seats=typed["seats"])  # fmt: skip
    territories = _territories(space)
    return SitingAsked(
        goal=goal, walker=typed["walker"], limit_min=typed["limit"],
        n_open=typed["n_open"] if goal in COUNTED else None,
        budget=typed["budget"] if goal == BUDGET else None, sites=spots,
        standing=standing_of(hubs, seats=typed["seats"]), territories=territories,
        most_minutes=typed["minutes"], among=typed["among"], search=typed["search"],
        who=typed["who"], who_name=dict(_groups(space.lang)).get(typed["who"], ""),
    )  # fmt: skip


def _groups(lang: str) -> list[tuple[str, str]]:
    """Offer the groups that the atlas counts where people are placed."""
    try:
        held = served()
        ground = None if held.pack.recipe.fit.people is None else held.atlas.dot_ground(held.pack.recipe.fit.people)  # fmt: skip
    except CourtepointeError:
        return []
    found = () if ground is None else groups_on(held.atlas, ground, groups_named())
    return [(one.code, typeset(one.label.in_(lang), lang=lang)) for one in found]


def _territories(space: Space) -> tuple[tuple[str, str], ...]:
    """Give the workspace's territories that are of the atlas that is served."""
    code = served().pack.recipe.code
    held = territories_of(space.seen.id, on=localdate(space.now))
    return tuple((one.name, one.area_key) for one in held if one.atlas_code == code)


def _begun(request: HttpRequest, space: Space) -> dict[str, Any]:
    """Begin with what another study asked, and a place to hold or to refuse of its answer."""
    kept = study_named(request, space, "siting")
    if kept is None:
        return {}
    asked = kept.asked
    begun: dict[str, Any] = {
        name: asked[name]
        for name in ("goal", "walker", "n_open", "budget", "who", "among", "search")
    }
    begun["limit"], begun["minutes"] = asked["limit_min"], asked["most_minutes"]
    for name, code in (("held", FORCED), ("refused", REFUSED)):
        begun[name] = [one["number"] for one in asked["sites"] if one["held"] == code]
        more = number_in(request.GET, {"held": "hold", "refused": "refuse"}[name])
        if more is not None:
            begun[name].append(more)
    # The same hubs count, and places are worth the same, or the two answers could not be compared.
    begun["hubs"] = list(dict.fromkeys(one["number"] for one in asked["standing"]))
    begun["price"] = next(
        (one["price"] for one in asked["sites"] if one["price"] is not None), None
    )
    return {name: value for name, value in begun.items() if value is not None} | {"title": _("%(title)s, otherwise") % {"title": kept.title}}  # fmt: skip
