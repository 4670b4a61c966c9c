"""Activities: what is planned, who comes, what is needed, what it costs."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from courtepointe.doors.site.gathering.corrections import cost_deeds
from courtepointe.doors.site.gathering.deeds import Deed, page_of, row_deed
from courtepointe.doors.site.gathering.forms import WhyForm, timed_initial
from courtepointe.doors.site.gathering.forms_of_people import ActivityForm, AttendanceForm
from courtepointe.doors.site.gathering.words import named
from courtepointe.doors.site.space.frame import FORM, Space, keys, space_page
from courtepointe.engagement.actions import activities as acts
from courtepointe.engagement.actions.registrations import strike_registration
from courtepointe.engagement.queries import activities as reads
from courtepointe.engagement.values.activities import ActivitySeen, NewActivity

HERE = "space_activities"
FIELDS = ("kind", "title", "starts", "ends", "theme", "text", "place", "access", "places", "is_open")  # fmt: skip


def _new(typed: dict[str, Any]) -> NewActivity:
    return NewActivity(**{name: typed[name] for name in FIELDS}, needs=tuple(typed["needs"]))


@space_page("read", methods=FORM)
def listed(request: HttpRequest, space: Space) -> HttpResponseBase:
    """List the activities; plan one."""

    def plan(typed: dict[str, Any]) -> str:
        number = acts.plan_activity(space.seen.slug, _new(typed), by=space.by, now=space.now)
        return space.address("space_activity", number=number)

    form = partial(ActivityForm, lang=space.lang)
    deeds = [Deed("plan", _("Plan this activity"), plan, form, _("Plan an activity"))]

    def draw() -> dict[str, Any]:
        return {
            "coming": reads.coming_activities(space.seen, now=space.now),
            "past": reads.past_activities(space.seen, now=space.now),
        }

    return page_of(request, space, "activities.html", deeds, draw, here=HERE)


@space_page("read", methods=FORM)
def one(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Show an activity: its needs and costs; its registrations to who prepares it."""
    seen = reads.activity(space.seen, number)
    deeds = [*_of_the_day(space, seen), *_of_the_plan(space, seen)]

    def draw() -> dict[str, Any]:
        link = reverse("join_activity", args=[seen.token]) if seen.token else ""
        return {
            "activity": seen,
            "link": request.build_absolute_uri(link) if link and seen.line.is_open else "",
            "registrations": reads.registrations_of(space.seen, number)
            if space.may("write")
            else (),
        }

    return page_of(request, space, "activity.html", deeds, draw, here=HERE)


def _of_the_day(space: Space, seen: ActivitySeen) -> list[Deed]:
    slug, number = space.seen.slug, seen.line.number
    k = keys(space)

    def count(typed: dict[str, Any]) -> None:
        told = {group: n for group, n in typed.items() if n is not None}
        acts.count_attendance(slug, number, told, **k)

    begun = {one.code: one.count for one in seen.attendance}
    groups = partial(AttendanceForm, groups=named("attendance", lang=space.lang), initial=begun)
    deeds = [
        *cost_deeds(space, activity=number),
        row_deed("strike", _("Take off the list"), lambda n: strike_registration(slug, n, **k)),
    ]  # fmt: skip
    if seen.line.starts <= space.now and seen.line.state != "cancelled":
        deeds.insert(0, Deed("count", _("Keep the counts"), count, groups, _("How many came")))
    return deeds


def _of_the_plan(space: Space, seen: ActivitySeen) -> list[Deed]:
    slug, line = space.seen.slug, seen.line
    k = keys(space)
    begun = timed_initial(line.starts, line.ends) | {
        "kind": line.kind, "theme": line.theme, "title": line.title, "text": seen.text, "place": line.place,
        "access": seen.access, "places": line.places, "needs": list(seen.needs_offered), "is_open": line.is_open,
    }  # fmt: skip

    def change(typed: dict[str, Any]) -> None:
        acts.change_activity(slug, line.number, _new(typed), **k)

    def cancel(typed: dict[str, Any]) -> None:
        acts.cancel_activity(slug, line.number, why=typed["why"], **k)

    def renew(typed: dict[str, Any]) -> None:
        acts.renew_link(slug, line.number, **k)

    form = partial(ActivityForm, lang=space.lang, initial=begun)
    deeds = [Deed("change", _("Keep the change"), change, form, _("Change the activity"))]
    if line.is_open:
        deeds.append(Deed("renew", _("Give the activity another link"), renew))
    if line.state == "planned":
        deeds.append(Deed("cancel", _("Call it off"), cancel, WhyForm, _("Call the activity off")))
    return deeds
