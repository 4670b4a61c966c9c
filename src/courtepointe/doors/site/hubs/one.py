"""A hub: its readiness and why; what it stands on and who runs it; what it holds."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from courtepointe.core.readiness import State
from courtepointe.doors.site.gathering.deeds import Deed, page_of, row_deed
from courtepointe.doors.site.hubs import forms
from courtepointe.doors.site.hubs.frame import (
    HERE,
    PAGES,
    hub_choices,
    kit_choices,
    numbered,
    records,
)
from courtepointe.doors.site.hubs.power_told import by_hour_told
from courtepointe.doors.site.hubs.shown import is_shown, shown_deeds
from courtepointe.doors.site.hubs.telling import asks
from courtepointe.doors.site.space.frame import FORM, Space, keys, space_page
from courtepointe.hubs import values
from courtepointe.hubs.actions import adopted, held, hubs, run
from courtepointe.hubs.kinds import about, asked_of, criteria_of_modes, hub_models
from courtepointe.hubs.queries.hubs import hub
from courtepointe.hubs.values import HubSeen


@space_page("read", methods=FORM)
def one(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Show a hub's readiness, part by part, and why; change what it says, adopt a model."""
    seen = hub(space.seen, number, now=space.now)
    slug, k = space.seen.slug, keys(space)

    def change(typed: dict[str, Any]) -> None:
        hubs.change_hub(slug, number, values.NewHub(**typed), **k)

    def adopt(typed: dict[str, Any]) -> str:
        made = adopted.adopt(slug, number, typed["code"], **k)
        return space.address("space_hub_adopted", number=made)

    left = [code for code in hub_models() if code not in dict(seen.adoptions)]
    models = [(code, hub_models()[code].name.in_(space.lang)) for code in left]
    form = partial(forms.HubForm, **hub_choices(space, seen), initial=asdict(seen.told))
    deeds = [
        Deed("change", _("Keep the change"), change, form, _("Change what the hub says of itself")),
        Deed("adopt", _("Adopt this model"), adopt, partial(forms.AdoptForm, models=models), _("Adopt a model")),
        *shown_deeds(space, seen),
    ]  # fmt: skip
    return page_of(
        request, space, f"{PAGES}hub.html", deeds, lambda: _drawn(space, number), here=HERE
    )


def _drawn(space: Space, number: int) -> dict[str, Any]:
    seen = hub(space.seen, number, now=space.now)
    aimed = [part for part in seen.by_level[seen.told.aim].parts if part.state != State.NOT_ASKED]
    return {
        "hub": seen,
        "has_link": bool(seen.told.link) or is_shown(seen) or any(one.told.uid for one in seen.members),
        "page": seen.page if is_shown(seen) else None,
        "parts": aimed,
        "not_asked": [p for p in seen.by_level[seen.told.aim].parts if p.state == State.NOT_ASKED],
        "levels": [
            (level, found.is_met, about("levels")[level].in_(space.lang), asks(asked_of(seen.told.form)[level], lang=space.lang))
            for level, found in seen.by_level.items()
        ],
        "adopted": [(code, made, hub_models()[code].name.in_(space.lang)) for code, made in seen.adoptions if code in hub_models()],
    }  # fmt: skip


@space_page("read", methods=FORM)
def people(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Show what a hub stands on and how it is run: members, agreements, keys, roles, modes, exercises."""
    seen = hub(space.seen, number, now=space.now)
    deeds = [*_of_members(space, seen), *_of_running(space, seen)]

    def draw() -> dict[str, Any]:
        return {
            "hub": hub(space.seen, number, now=space.now),
            "criteria": {c: [one.in_(space.lang) for one in told] for c, told in criteria_of_modes().items()},
        }  # fmt: skip

    return page_of(request, space, f"{PAGES}people.html", deeds, draw, here=HERE)


def _of_members(space: Space, seen: HubSeen) -> list[Deed]:
    slug, k, number, today = space.seen.slug, keys(space), seen.number, localdate(space.now)

    def add(typed: dict[str, Any]) -> None:
        hubs.add_member(slug, number, values.NewMember(**typed), **k)

    def commit(typed: dict[str, Any]) -> None:
        hubs.commit(slug, number, typed.pop("member"), values.NewCommitment(**typed), **k)

    def agree(typed: dict[str, Any]) -> None:
        hubs.agree(slug, number, values.NewAgreement(**typed), **k)

    places = records(space, "location", "organization") if space.may("write") else []
    members = numbered((one.number, one.told.name) for one in seen.members)
    member = partial(
        forms.MemberForm, lang=space.lang, records=places, initial={"kind": "location"}
    )
    promise = partial(forms.CommitmentForm, lang=space.lang, members=members)
    deal = partial(forms.HubAgreementForm, initial={"signed": today, "partner": seen.host})
    return [
        Deed("member", _("Add it to the hub"), add, member, _("Add a place, an organisation or a vehicle")),
        Deed("commit", _("Keep this commitment"), commit, promise, _("Write what a member does")),
        Deed("agree", _("Keep this agreement"), agree, deal, _("Write an agreement down")),
        row_deed("drop_member", _("Take off the hub"), lambda n: hubs.drop_member(slug, number, n, **k)),
        row_deed("uncommit", _("Take back"), lambda n: hubs.uncommit(slug, number, n, **k)),
        row_deed("end_agreement", _("End this agreement today"), lambda n: hubs.end_agreement(slug, number, n, today, **k)),
    ]  # fmt: skip


def _of_running(space: Space, seen: HubSeen) -> list[Deed]:
    slug, k, number, today = space.seen.slug, keys(space), seen.number, localdate(space.now)

    def count(typed: dict[str, Any]) -> None:
        run.count_keys(slug, number, values.NewKeys(**typed), **k)

    def fill(typed: dict[str, Any]) -> None:
        run.fill_post(slug, number, values.NewPost(**typed), **k)

    def write(typed: dict[str, Any]) -> None:
        run.write_mode(slug, number, values.NewMode(**typed), **k)

    def note(typed: dict[str, Any]) -> None:
        run.note_exercise(slug, number, values.NewExercise(**typed), **k)

    def dated(form: Any, **initial: Any) -> Any:
        return partial(form, lang=space.lang, initial={"verified_on": today, **initial})

    return [
        Deed("keys", _("Keep this count"), count, dated(forms.KeysForm), _("Count the keys of a role")),
        Deed("post", _("Keep this count"), fill, dated(forms.PostForm), _("Say how many hold a role")),
        Deed("mode", _("Keep this mode"), write, dated(forms.ModeForm, mode="disruption"), _("Write what starts a mode")),
        Deed("exercise", _("Keep this exercise"), note, partial(forms.ExerciseForm, initial={"held": today}), _("Write an exercise or an opening down")),
        row_deed("strike", _("Strike"), lambda n: run.strike_exercise(slug, number, n, **k)),
    ]  # fmt: skip


@space_page("read", methods=FORM)
def equipment(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Show what a hub holds: capacities, its place, its power, its box."""
    seen = hub(space.seen, number, now=space.now)
    deeds = [*_of_place(space, seen), *_of_kit(space, seen)]

    def draw() -> dict[str, Any]:
        found = hub(space.seen, number, now=space.now)
        return {"hub": found, "by_hour": by_hour_told(found.by_hour, lang=space.lang)}

    return page_of(request, space, f"{PAGES}equipment.html", deeds, draw, here=HERE)


def _of_place(space: Space, seen: HubSeen) -> list[Deed]:
    slug, k, number, today = space.seen.slug, keys(space), seen.number, localdate(space.now)

    def count(typed: dict[str, Any]) -> None:
        held.count_capacity(slug, number, values.NewCapacity(**typed), **k)

    def look(typed: dict[str, Any]) -> None:
        held.note_fact(slug, number, values.NewFact(**typed), **k)

    def power(typed: dict[str, Any]) -> None:
        held.note_power(slug, number, values.NewPower(**typed), **k)

    begun = {} if seen.power is None else asdict(seen.power)
    return [
        Deed("capacity", _("Keep this capacity"), count, partial(forms.CapacityForm, lang=space.lang, initial={"verified_on": today}), _("Count a capacity")),
        Deed("fact", _("Keep this"), look, partial(forms.FactForm, lang=space.lang, initial={"verified_on": today}), _("Say what the place has")),
        Deed("power", _("Keep this"), power, partial(forms.PowerForm, lang=space.lang, initial=begun), _("Write the hub’s power")),
        row_deed("drop_capacity", _("Count it no more"), lambda n: held.drop_capacity(slug, number, n, **k)),
        row_deed("forget_fact", _("Not known any more"), lambda n: held.forget_fact(slug, number, n, **k)),
    ]  # fmt: skip


def _of_kit(space: Space, seen: HubSeen) -> list[Deed]:
    slug, k, number, today = space.seen.slug, keys(space), seen.number, localdate(space.now)

    def begin(typed: dict[str, Any]) -> None:
        held.begin_kit(slug, number, **k)

    def check(typed: dict[str, Any]) -> None:
        held.check_kit(slug, number, typed.pop("number"), values.KitCheck(**typed), **k)

    def check_all(typed: dict[str, Any]) -> None:
        held.check_all_kit(slug, number, values.KitCheck(0, **typed), **k)

    def put(typed: dict[str, Any]) -> None:
        held.put_kit_item(slug, number, values.NewKitItem(**typed), **k)

    own = Deed("put", _("Keep this line"), put, partial(forms.KitItemForm, lang=space.lang), _("Add or change a line of the box"))  # fmt: skip
    start = Deed("box", _("Begin with the usual box"), begin)
    if not seen.kit:
        return [start, own]
    items = kit_choices(seen, lang=space.lang)
    begun = {"checked_on": today}
    return [
        Deed("check", _("Keep this check"), check, partial(forms.CheckForm, lang=space.lang, items=items, initial=begun), _("Look at a line of the box")),
        Deed("check_all", _("All that is wanted is there"), check_all, partial(forms.CheckAllForm, lang=space.lang, initial=begun), _("Say that the box is complete")),
        own,
        start,
        row_deed("drop_item", _("Take out"), lambda n: held.drop_kit_item(slug, number, n, **k)),
    ]  # fmt: skip
