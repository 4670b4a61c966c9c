"""Meetings from their call to their minutes: on the page, on paper, on a projector."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courtepointe.doors.faces import paper_faces
from courtepointe.doors.site.gathering.deeds import Deed, page_of, row_deed
from courtepointe.doors.site.gathering.forms import (
    DecisionForm,
    ItemForm,
    MeetingForm,
    MinutesForm,
    PresenceForm,
    WhyForm,
    committee_choices,
    timed_initial,
)
from courtepointe.doors.site.gathering.words import named, states, when
from courtepointe.doors.site.space.frame import FORM, Space, keys, space_answer, space_page
from courtepointe.engagement.actions import meetings as acts
from courtepointe.engagement.actions.decisions import decide
from courtepointe.engagement.queries import meetings as reads
from courtepointe.engagement.queries.committees import committees
from courtepointe.engagement.values.meetings import (
    ItemSeen,
    MeetingSeen,
    NewDecision,
    NewItem,
    NewMeeting,
)
from courtepointe.press.attestations import (
    AgendaLine,
    DecisionLine,
    MeetingSheet,
    PresenceLine,
    write_meeting_sheet,
)

HERE = "space_meetings"
MEETING_FIELDS = ("title", "starts", "ends", "kind", "committee", "place", "access")


def _choices(space: Space) -> list[tuple[str, str]]:
    living = [one for one in committees(space.seen, now=space.now) if one.ended is None]
    return committee_choices({one.number: one.name for one in living})


def _new(typed: dict[str, Any]) -> NewMeeting:
    return NewMeeting(**{name: typed[name] for name in MEETING_FIELDS})


@space_page("read", methods=FORM)
def listed(request: HttpRequest, space: Space) -> HttpResponseBase:
    """List the meetings and what is due for review; call a meeting."""

    def call(typed: dict[str, Any]) -> str:
        number = acts.call_meeting(space.seen.slug, _new(typed), **keys(space))
        return space.address("space_meeting", number=number)

    form = partial(MeetingForm, lang=space.lang, committees=_choices(space))
    deeds = [Deed("call", _("Call this meeting"), call, form, _("Call a meeting"))]

    def draw() -> dict[str, Any]:
        return {
            "coming": reads.coming_meetings(space.seen, now=space.now),
            "past": reads.past_meetings(space.seen, now=space.now),
            "due": reads.due_for_review(space.seen, now=space.now),
            "today": localdate(space.now),
        }

    return page_of(request, space, "meetings.html", deeds, draw, here=HERE)


@space_page("read", methods=FORM)
def one(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Show a meeting; write its agenda, presence, minutes, decisions."""
    seen = reads.meeting(space.seen, number)
    deeds = [*_of_items(space, seen), *_of_the_day(space, seen), *_of_the_call(space, seen)]
    return page_of(request, space, "meeting.html", deeds, lambda: {"meeting": seen}, here=HERE)


def _of_items(space: Space, seen: MeetingSeen) -> list[Deed]:
    slug, k, number = space.seen.slug, keys(space), seen.line.number

    def add(typed: dict[str, Any]) -> None:
        acts.add_item(slug, number, NewItem(**typed), **k)

    def raise_item(item: int) -> None:
        order = [one.number for one in seen.agenda]
        place = order.index(item) if item in order else 0
        if place:
            order[place - 1], order[place] = order[place], order[place - 1]
            acts.order_items(slug, number, order, **k)

    changes = [_change_item(space, item) for item in seen.agenda]
    return [
        Deed("add", _("Add this item"), add, ItemForm, _("Add an item to the agenda")),
        row_deed("raise", _("Move up"), raise_item),
        row_deed("strike", _("Remove"), lambda n: acts.remove_item(slug, n, **k)),
        *changes,
    ]


def _change_item(space: Space, item: ItemSeen) -> Deed:
    def change(typed: dict[str, Any]) -> None:
        acts.change_item(space.seen.slug, item.number, NewItem(**typed), **keys(space))

    begun = {"title": item.title, "length_min": item.length_min, "led_by": item.led_by, "notes": item.notes}  # fmt: skip
    title = _("Notes on “%(item)s”") % {"item": item.title}
    return Deed(f"item{item.number}", _("Keep the notes"), change, partial(ItemForm, initial=begun), title)  # fmt: skip


def _of_the_day(space: Space, seen: MeetingSeen) -> list[Deed]:
    slug, k, number = space.seen.slug, keys(space), seen.line.number

    def presence(typed: dict[str, Any]) -> None:
        told = {int(n.removeprefix("seat_")): v for n, v in typed.items() if n.startswith("seat_")}
        acts.note_presence(slug, number, told, guests=typed["guests"], **k)

    def minutes(typed: dict[str, Any]) -> None:
        acts.write_minutes(slug, number, typed["minutes"], **k)

    def take(typed: dict[str, Any]) -> None:
        decide(slug, NewDecision(**typed, meeting=number), **k)

    form = partial(PresenceForm, presence=seen.presence, words=dict(states()), initial={"guests": seen.guests})  # fmt: skip
    taken = partial(DecisionForm, initial={"taken": localdate(seen.line.starts)})
    return [
        Deed("presence", _("Keep the presence"), presence, form, _("Note who is there")),
        Deed("minutes", _("Keep the minutes"), minutes, partial(MinutesForm, initial={"minutes": seen.minutes}), _("Write the minutes")),
        Deed("decide", _("Write this decision down"), take, taken, _("Write a decision down")),
    ]  # fmt: skip


def _of_the_call(space: Space, seen: MeetingSeen) -> list[Deed]:
    slug, k, line = space.seen.slug, keys(space), seen.line
    begun = timed_initial(line.starts, line.ends) | {
        "kind": line.kind, "committee": line.committee_number, "title": line.title, "place": line.place, "access": seen.access,
    }  # fmt: skip

    def change(typed: dict[str, Any]) -> None:
        acts.change_meeting(slug, line.number, _new(typed), **k)

    def hold(typed: dict[str, Any]) -> None:
        acts.hold_meeting(slug, line.number, **k)

    def cancel(typed: dict[str, Any]) -> None:
        acts.cancel_meeting(slug, line.number, why=typed["why"], **k)

    own = committee_choices(
        {line.committee_number: line.committee} if line.committee_number else {}
    )
    choices = list(
        dict([*own, *_choices(space)]).items()
    )  # a committee that ended keeps its meetings
    form = partial(MeetingForm, lang=space.lang, committees=choices, initial=begun)
    deeds = [Deed("change", _("Keep the change"), change, form, _("Change the day, the place, the title"))]  # fmt: skip
    if line.state == "planned":
        deeds.append(Deed("cancel", _("Call it off"), cancel, WhyForm, _("Call the meeting off")))
    if line.state == "planned" and line.starts <= space.now:
        deeds.insert(0, Deed("hold", _("It was held"), hold))
    return deeds


@space_page("read")
def projector(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Show a meeting in large letters: the agenda, then what was decided."""
    values = {"meeting": reads.meeting(space.seen, number)}
    return space_answer(request, space, "../gathering/projector.html", values, here=HERE)


@space_page("read")
def sheet(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Give a meeting on paper: an agenda and a list to sign, or minutes."""
    made = sheet_of(space, reads.meeting(space.seen, number))
    content = write_meeting_sheet(made, lang=space.lang, fonts=paper_faces())
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="rencontre-{number}.pdf"'
    return response


def sheet_of(space: Space, seen: MeetingSeen) -> MeetingSheet:
    """Set a meeting as its paper says it."""
    line, lang = seen.line, space.lang
    voting = ngettext("%(n)d voting seat", "%(n)d voting seats", seen.quorum)
    quorum = voting % {"n": seen.quorum} if seen.quorum else ""
    roles = named("seat_roles", lang=lang)
    return MeetingSheet(
        title=line.title,
        kind=line.committee or named("meetings", lang=lang).get(line.kind, line.kind),
        workspace=space.seen.name,
        mark=space.seen.slug,
        when=when(line.starts, line.ends, lang=lang),
        where=line.place,
        state=line.state,
        made=localdate(space.now),
        agenda=tuple(AgendaLine(i.title, i.length_min, i.led_by, _paragraphs(i.notes)) for i in seen.agenda),
        presence=tuple(PresenceLine(p.seat.name, roles.get(p.seat.role, ""), p.status) for p in seen.presence),
        decisions=tuple(DecisionLine(d.label, d.text, d.changes, d.review) for d in seen.decisions),
        minutes=_paragraphs(seen.minutes),
        quorum=quorum,
        access=seen.access,
    )  # fmt: skip


def _paragraphs(told: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in told.split("\n\n") if part.strip())
