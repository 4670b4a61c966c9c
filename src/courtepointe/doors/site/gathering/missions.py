"""Missions, and calls to volunteers by skill, zone, language and time."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courtepointe.doors.site.gathering.deeds import Deed, page_of
from courtepointe.doors.site.gathering.forms import WhyForm, timed_initial
from courtepointe.doors.site.gathering.forms_of_people import CallForm, CameCountForm, MissionForm
from courtepointe.doors.site.gathering.volunteers import zone_choices
from courtepointe.doors.site.space.frame import FORM, Space, keys, space_page
from courtepointe.engagement.actions import missions as acts
from courtepointe.engagement.queries import missions as reads
from courtepointe.engagement.values.volunteers import MissionSeen, NewCall, NewMission

HERE = "space_volunteers"
FIELDS = ("title", "starts", "ends", "people_needed", "text", "zone", "place")
CALL_FIELDS = ("any_skill", "zone", "steps", "most")


def _new(typed: dict[str, Any]) -> NewMission:
    return NewMission(**{name: typed[name] for name in FIELDS}, skills=tuple(typed["skills"]))


def _asked(typed: dict[str, Any], mission: int | None) -> NewCall:
    lists: dict[str, Any] = {name: tuple(typed[name]) for name in ("skills", "languages", "slots")}
    return NewCall(**lists, **{name: typed[name] for name in CALL_FIELDS}, mission=mission)


@space_page("read", methods=FORM)
def listed(request: HttpRequest, space: Space) -> HttpResponseBase:
    """List the missions; open one."""

    def begin(typed: dict[str, Any]) -> str:
        number = acts.open_mission(space.seen.slug, _new(typed), **keys(space))
        return space.address("space_mission", number=number)

    form = partial(MissionForm, lang=space.lang, zones=zone_choices(space))
    deeds = [Deed("open", _("Open this mission"), begin, form, _("Open a mission"))]

    def draw() -> dict[str, Any]:
        return {
            "coming": reads.coming_missions(space.seen, now=space.now),
            "past": reads.past_missions(space.seen, now=space.now),
        }

    return page_of(request, space, "missions.html", deeds, draw, here=HERE)


@space_page("read", methods=FORM)
def one(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Show a mission; call volunteers for it, say that it is done."""
    seen = reads.mission(space.seen, number)
    deeds = _deeds(space, seen) if seen.state in ("open", "filled") else []

    def draw() -> dict[str, Any]:
        calls = reads.calls_of(space.seen, mission=number) if space.may("write") else ()
        return {"mission": seen, "calls": calls}

    return page_of(request, space, "mission.html", deeds, draw, here=HERE)


def _deeds(space: Space, seen: MissionSeen) -> list[Deed]:
    slug, k, number = space.seen.slug, keys(space), seen.number
    begun = timed_initial(seen.starts, seen.ends) | {
        "title": seen.title, "text": seen.text, "zone": seen.zone_number, "place": seen.place,
        "people_needed": seen.people_needed, "skills": list(seen.skills),
    }  # fmt: skip

    def call(typed: dict[str, Any]) -> str:
        return space.address("space_call", number=acts.make_call(slug, _asked(typed, number), **k))

    def count(typed: dict[str, Any]) -> str:
        found = reads.would_answer(space.seen, _asked(typed, number), now=space.now)
        return ngettext("%(n)d person would answer.", "%(n)d people would answer.", found) % {"n": found}  # fmt: skip

    def change(typed: dict[str, Any]) -> None:
        acts.change_mission(slug, number, _new(typed), **k)

    def done(typed: dict[str, Any]) -> None:
        acts.finish_mission(slug, number, typed["people_came"], **k)

    def cancel(typed: dict[str, Any]) -> None:
        acts.cancel_mission(slug, number, why=typed["why"], **k)

    asked = {"skills": list(seen.skills), "zone": seen.zone_number, "steps": 1, "most": max(seen.people_needed * 3, 5)}  # fmt: skip
    zones = zone_choices(space)
    deeds = [
        Deed("call", _("Call them"), call, partial(CallForm, lang=space.lang, zones=zones, initial=asked), _("Call volunteers"), ask=count, asking=_("Count them first")),
        Deed("change", _("Keep the change"), change, partial(MissionForm, lang=space.lang, zones=zones, initial=begun), _("Change the mission")),
        Deed("cancel", _("Call it off"), cancel, WhyForm, _("Call the mission off")),
    ]  # fmt: skip
    if seen.starts <= space.now:
        deeds.insert(
            0, Deed("done", _("It is done"), done, CameCountForm, _("Say that it is done"))
        )
    return deeds


@space_page("write", methods=FORM)
def call(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Show a call: who is called, in which order, what they said."""
    slug, k = space.seen.slug, keys(space)
    if request.method == "POST" and request.POST.get("answer") in ("yes", "no", "none"):
        told = request.POST.get("number", "")
        if told.isascii() and told.isdecimal():
            acts.note_answer(slug, int(told[:15]), request.POST["answer"], **k)
        return redirect(f"{request.path}#a{told[:15]}")

    def close(typed: dict[str, Any]) -> None:
        acts.close_call(slug, number, **k)

    seen = reads.call(space.seen, number)
    deeds = [] if seen.closed else [Deed("close", _("Close the call"), close)]
    return page_of(request, space, "call.html", deeds, lambda: {"call": seen}, here=HERE)
