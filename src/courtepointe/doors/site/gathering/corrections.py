"""One line put right: a seat of a committee, a cost, a training, a zone; or removed, where nothing rests on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from functools import partial
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courtepointe.atlas.recipe.values import Words
from courtepointe.doors.site.gathering.deeds import Deed, page_of, row_deed
from courtepointe.doors.site.gathering.forms import SeatForm
from courtepointe.doors.site.gathering.forms_of_people import CostForm, CourseForm, ZoneForm
from courtepointe.doors.site.gathering.words import named
from courtepointe.doors.site.space.frame import FORM, Space, keys, space_page
from courtepointe.engagement.actions import activities, committees, trainings, zones
from courtepointe.engagement.queries import activities as activity_reads
from courtepointe.engagement.queries import committees as committee_reads
from courtepointe.engagement.queries import trainings as training_reads
from courtepointe.engagement.queries import volunteers as volunteer_reads
from courtepointe.engagement.values.meetings import NewSeat
from courtepointe.engagement.values.trainings import CourseAlone, NewCourse
from courtepointe.engagement.values.volunteers import ZoneAlone


def _page(
    request: HttpRequest,
    space: Space,
    deeds: Sequence[Deed],
    *,
    title: str,
    back: tuple[str, str],
    said: Sequence[str] = (),
    here: str,
) -> HttpResponseBase:
    """Draw the page: what it is of, what rests on it, what may be done."""
    values = {"title": title, "back": back[0], "back_title": back[1], "said": said}
    return page_of(request, space, "correct.html", deeds, lambda: values, here=here)


@space_page("write", methods=FORM)
def seat(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Correct a seat of a committee, end its term, or remove one that was written by mistake."""
    slug, k, seen = space.seen.slug, keys(space), committee_reads.seat(space.seen, number)
    back = space.address("space_committee", number=seen.committee)

    def change(typed: dict[str, Any]) -> str:
        committees.change_seat(slug, number, NewSeat(**typed), **k)
        return back

    def remove(typed: dict[str, Any]) -> str:
        committees.remove_seat(slug, number, **k)
        return back

    form = partial(SeatForm, lang=space.lang, initial=asdict(seen.seat))
    deeds = [Deed("change", _("Keep the change"), change, form, _("Correct the seat"))]
    if not seen.noted:
        deeds.append(Deed("remove", _("Remove: it was written by mistake"), remove))
    return _page(
        request, space, deeds, title=seen.seat.name, back=(back, seen.committee_name),
        said=[_noted(seen.noted)], here="space_meetings",
    )  # fmt: skip


def _noted(n: int) -> str:
    if not n:
        return _("No meeting noted its presence: nothing rests on this seat.")
    return ngettext(
        "Its presence was noted at %(n)d meeting: the seat stays on record. To end its term, give its last day.",
        "Its presence was noted at %(n)d meetings: the seat stays on record. To end its term, give its last day.",
        n,
    ) % {"n": n}


def cost_deeds(
    space: Space, *, activity: int | None = None, session: int | None = None
) -> list[Deed]:
    """Give what is done with the costs of an activity or of a session, by its number."""
    slug, k = space.seen.slug, keys(space)
    of: dict[str, Any] = {"activity": activity, "session": session}

    def write(typed: dict[str, Any]) -> None:
        activities.add_cost(slug, typed.pop("kind"), **of, **typed, **k)

    form = partial(CostForm, lang=space.lang)
    return [
        Deed("cost", _("Write this cost"), write, form, _("Write a cost")),
        row_deed("uncost", _("Strike out"), lambda n: activities.remove_cost(slug, n, **k)),
    ]


@space_page("write", methods=FORM)
def cost(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Correct a cost of an activity or of a session, or write what it was in the end."""
    seen = activity_reads.cost(space.seen, number)
    name, of = ("space_activity", seen.activity) if seen.activity else ("space_session", seen.session)  # fmt: skip
    back = space.address(name, number=of)

    def change(typed: dict[str, Any]) -> str:
        activities.change_cost(space.seen.slug, number, typed.pop("kind"), **typed, **keys(space))
        return f"{back}#costs"

    form = partial(CostForm, lang=space.lang, initial=asdict(seen.cost))
    deeds = [Deed("change", _("Keep the change"), change, form, _("Correct the cost"))]
    kind = named("costs", lang=space.lang).get(seen.cost.kind, seen.cost.kind)
    here = "space_activities" if seen.activity else "space_trainings"
    title = seen.cost.what or kind[:1].upper() + kind[1:]
    return _page(request, space, deeds, title=title, back=(back, seen.title.in_(space.lang)), here=here)  # fmt: skip


@space_page("write", methods=FORM)
def course(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Correct a training of one's own; what was attested keeps its words."""
    seen = training_reads.course(space.seen, number)
    title = seen.course.title.in_(space.lang)
    back = (space.address("space_trainings"), _("Trainings"))
    return _page(
        request, space, _of_course(space, seen), title=title, back=back,
        said=_resting_on(seen), here="space_trainings",
    )  # fmt: skip


def _of_course(space: Space, seen: CourseAlone) -> list[Deed]:
    slug, k, held = space.seen.slug, keys(space), seen.course
    back, number = space.address("space_trainings"), held.number

    def change(typed: dict[str, Any]) -> str:
        title = Words(typed["title_fr"], typed["title_en"])
        told = (typed["level"], typed["hours"], typed["months"])
        what = NewCourse(title, *told, held.skills, held.learnt_fr, held.learnt_en)
        trainings.change_course(slug, number, what, **k)
        return back

    def retire(typed: dict[str, Any]) -> str:
        trainings.retire_course(slug, number, localdate(space.now), **k)
        return back

    def remove(typed: dict[str, Any]) -> str:
        trainings.remove_course(slug, number, **k)
        return back

    begun = asdict(held) | {"title_fr": held.title.fr, "title_en": held.title.en}
    form = partial(CourseForm, lang=space.lang, initial=begun)
    deeds = []
    if not held.catalogue_code and not (held.retired and seen.attestations):
        deeds.append(Deed("change", _("Keep the change"), change, form, _("Correct the training")))
    if held.retired is None:
        deeds.append(Deed("retire", _("Offer it no more"), retire))
    if not seen.sessions and not seen.attestations:
        deeds.append(Deed("remove", _("Remove: it was written by mistake"), remove))
    return deeds


def _resting_on(seen: CourseAlone) -> list[str]:
    if not seen.sessions and not seen.attestations:
        return [_("Nothing rests on this training: no session, no attestation.")]
    said = []
    if seen.course.catalogue_code:
        said.append(_("This training is of the catalogue: its words are the same everywhere."))
    if seen.sessions:
        said.append(ngettext("%(n)d session of it was planned.", "%(n)d sessions of it were planned.", seen.sessions) % {"n": seen.sessions})  # fmt: skip
    if seen.attestations:
        said.append(ngettext("%(n)d attestation rests on it, and keeps its words.", "%(n)d attestations rest on it, and keep its words.", seen.attestations) % {"n": seen.attestations})  # fmt: skip
        if not seen.course.catalogue_code and seen.course.retired is None:
            said.append(_("A change offers the training under its new words, with its sessions to come; the old words are offered no more."))  # fmt: skip
    return said


@space_page("write", methods=FORM)
def zone(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Rename a zone, say which zones it touches, or remove it where nobody is in it."""
    slug, k, seen = space.seen.slug, keys(space), volunteer_reads.zone(space.seen, number)
    back = space.address("space_zones")

    def change(typed: dict[str, Any]) -> str:
        zones.change_zone(slug, number, typed["name"], map(int, typed["touches"]), **k)
        return back

    def drop(typed: dict[str, Any]) -> str:
        zones.drop_zone(slug, number, **k)
        return back

    others = [(str(one.number), one.name) for one in volunteer_reads.zones(space.seen) if one.number != number]  # fmt: skip
    begun = {"name": seen.zone.name, "touches": [str(one) for one in seen.zone.touches]}
    form = partial(ZoneForm, zones=others, initial=begun)
    deeds = [Deed("change", _("Keep the change"), change, form, _("Correct the zone"))]
    if seen.is_empty:
        deeds.append(Deed("drop", _("Remove the zone"), drop))
    return _page(
        request, space, deeds, title=seen.zone.name, back=(back, _("Zones")),
        said=_in_zone(seen), here="space_volunteers",
    )  # fmt: skip


def _in_zone(seen: ZoneAlone) -> list[str]:
    if seen.is_empty:
        return [_("Nobody is in this zone, and no call went to it.")]
    told = (
        (seen.volunteers, ngettext("%(n)d volunteer", "%(n)d volunteers", seen.volunteers)),
        (seen.pivots, ngettext("%(n)d role of pivot citizen", "%(n)d roles of pivot citizens", seen.pivots)),
        (seen.missions, ngettext("%(n)d mission", "%(n)d missions", seen.missions)),
        (seen.calls, ngettext("%(n)d call", "%(n)d calls", seen.calls)),
    )  # fmt: skip
    names = ", ".join(words % {"n": n} for n, words in told if n)
    return [_("In this zone: %(names)s. It stays while it is in use.") % {"names": names}]
