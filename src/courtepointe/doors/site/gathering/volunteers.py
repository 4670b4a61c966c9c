"""Volunteers: counts for all who read, codes for who writes, contacts for who may see them."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from courtepointe.doors.site.gathering.deeds import Deed, page_of, row_deed
from courtepointe.doors.site.gathering.forms_of_people import (
    ContactForm,
    NewVolunteerForm,
    PivotForm,
    SureForm,
    ThanksForm,
    VolunteerForm,
    ZoneForm,
)
from courtepointe.doors.site.gathering.words import offered
from courtepointe.doors.site.space.frame import FORM, Space, keys, space_page
from courtepointe.engagement.access import contact_to_read
from courtepointe.engagement.actions import volunteers as acts
from courtepointe.engagement.actions import zones as zone_acts
from courtepointe.engagement.kinds import consent_in_force
from courtepointe.engagement.queries import volunteers as reads
from courtepointe.engagement.values.volunteers import NewVolunteer, VolunteerSeen
from courtepointe.people.consents import consent_texts
from courtepointe.people.queries.consents import consents_under

HERE = "space_volunteers"
LISTS = ("skills", "languages", "slots")


def zone_choices(space: Space, *, by_name: bool = False) -> list[tuple[str, str]]:
    """Give the zones as choices, by number or by name."""
    return [(z.name if by_name else str(z.number), z.name) for z in reads.zones(space.seen)]


def _new(typed: dict[str, Any], contact: str = "") -> NewVolunteer:
    lists: dict[str, Any] = {name: tuple(typed[name]) for name in LISTS}
    return NewVolunteer(**lists, zone=typed["zone"], contact=contact)


@space_page("read", methods=FORM)
def listed(request: HttpRequest, space: Space) -> HttpResponseBase:
    """Count the volunteers; list them under their codes to who may write."""
    slug, k = space.seen.slug, keys(space)
    asked: dict[str, Any] = {
        name: request.GET.get(name, "")[:40] for name in ("skill", "language", "after")
    }

    def keep(typed: dict[str, Any]) -> str:
        code = acts.keep_volunteer(slug, _new(typed, typed["contact"]), **k)
        return space.address("space_volunteer", code=code)

    text = consent_in_force("volunteers").text.in_(space.lang)
    form = partial(NewVolunteerForm, lang=space.lang, zones=zone_choices(space, by_name=True), text=text)  # fmt: skip
    deeds = [Deed("keep", _("Keep this volunteer"), keep, form, _("Somebody volunteers"))]

    def draw() -> dict[str, Any]:
        may = space.may("write")
        whole, by_zone = reads.pivot_counts(space.seen, now=space.now)
        found = reads.volunteers(space.seen, now=space.now, **asked) if may else ()
        return {
            "counts": reads.volunteer_counts(space.seen, now=space.now),
            "pivot_whole": whole,
            "pivot_zones": by_zone,
            "found": found,
            "more": found[-1].code if len(found) == reads.PAGE else "",
            "pivots": reads.pivots(space.seen, now=space.now) if may else (),
            "asked": asked,
            "skills": offered("skills", lang=space.lang),
            "languages": offered("languages", lang=space.lang),
        }

    return page_of(request, space, "volunteers.html", deeds, draw, here=HERE)


@space_page("write", methods=FORM)
def one(request: HttpRequest, space: Space, code: str) -> HttpResponseBase:
    """Show a volunteer under their code; correct, pause, thank, or forget them."""
    seen = reads.volunteer(space.seen, code)
    shown = ""
    if request.method == "POST" and request.POST.get("do") == "show" and space.may("contacts"):
        shown = contact_to_read(space.seen.slug, code, **keys(space))
        request.method = "GET"  # the page is drawn, with the contact on it this once
    deeds = [*_what_they_say(space, seen), *_what_is_done(space, seen)]

    def draw() -> dict[str, Any]:
        given = reads.recognitions(space.seen, code=seen.code)
        held = [p for p in reads.pivots(space.seen, now=space.now) if p.volunteer == seen.code]
        noted = consents_under(space.seen.id, seen.code, on=localdate(space.now))
        texts = consent_texts()
        consents = [(one, texts[one.text].name) for one in noted if one.text in texts]
        return {"volunteer": seen, "contact": shown, "given": given, "held": held, "consents": consents}  # fmt: skip

    return page_of(request, space, "volunteer.html", deeds, draw, here=HERE)


def _what_they_say(space: Space, seen: VolunteerSeen) -> list[Deed]:
    slug, k = space.seen.slug, keys(space)
    begun = {"zone": seen.zone, "skills": seen.skills, "languages": seen.languages, "slots": seen.slots}  # fmt: skip

    def change(typed: dict[str, Any]) -> None:
        acts.change_volunteer(slug, seen.code, _new(typed), **k)

    def contact(typed: dict[str, Any]) -> None:
        acts.write_contact(slug, seen.code, typed["contact"], **k)

    form = partial(VolunteerForm, lang=space.lang, zones=zone_choices(space, by_name=True), initial=begun)  # fmt: skip
    return [
        Deed("change", _("Keep the change"), change, form, _("Correct what they say")),
        Deed("contact", _("Keep the contact"), contact, ContactForm, _("Write how to reach them"), right="contacts"),
    ]  # fmt: skip


def _what_is_done(space: Space, seen: VolunteerSeen) -> list[Deed]:
    slug, k, code, today = space.seen.slug, keys(space), seen.code, localdate(space.now)

    def pivot(typed: dict[str, Any]) -> None:
        acts.name_pivot(slug, code, typed["role"], zone=None, since=typed["since"], **k)

    def thank(typed: dict[str, Any]) -> None:
        acts.thank(slug, code, typed["kind"], text=typed["text"], given=today, **k)

    def pause(typed: dict[str, Any]) -> None:
        acts.pause_volunteer(slug, code, True, **k)

    def resume(typed: dict[str, Any]) -> None:
        acts.pause_volunteer(slug, code, False, **k)

    def renew(typed: dict[str, Any]) -> None:
        acts.renew_consent(slug, code, **k)

    def forget(typed: dict[str, Any]) -> str:
        acts.withdraw_volunteer(slug, code, **k)
        return space.address("space_volunteers")

    return [
        Deed("pivot", _("Name as pivot citizen"), pivot, partial(PivotForm, lang=space.lang, initial={"since": today}), _("Name as pivot citizen")),
        Deed("thank", _("Write the thanks"), thank, partial(ThanksForm, lang=space.lang), _("Thank")),
        Deed("resume", _("Call this person again"), resume) if seen.paused else Deed("pause", _("Do not call for a while"), pause),
        Deed("renew", _("The person agrees again, today"), renew),
        Deed("forget", _("Destroy all that is kept"), forget, SureForm, _("The person withdraws: destroy all that is kept")),
        row_deed("unpivot", _("End this role"), lambda n: acts.end_pivot(slug, n, today, **k)),
        row_deed("unthank", _("Strike out"), lambda n: acts.take_thanks_back(slug, n, **k)),
    ]  # fmt: skip


@space_page("read", methods=FORM)
def zones(request: HttpRequest, space: Space) -> HttpResponseBase:
    """List the zones and which touch which; name one."""
    slug, k = space.seen.slug, keys(space)

    def add(typed: dict[str, Any]) -> None:
        number = zone_acts.add_zone(slug, typed["name"], **k)
        zone_acts.set_touching(slug, number, [int(one) for one in typed["touches"]], **k)

    form = partial(ZoneForm, zones=zone_choices(space))
    deeds = [
        Deed("add", _("Name this zone"), add, form, _("Name a zone")),
    ]

    def draw() -> dict[str, Any]:
        held = reads.zones(space.seen)
        names = {one.number: one.name for one in held}
        return {"zones": [(one, [names[n] for n in one.touches]) for one in held]}

    return page_of(request, space, "zones.html", deeds, draw, here=HERE)
