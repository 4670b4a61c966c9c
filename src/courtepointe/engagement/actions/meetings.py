"""Meetings are called, changed, held, called off; agendas, presence and minutes are written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from courtepointe.core.errors import BadInput, Refused
from courtepointe.engagement.access import row_of, to_change
from courtepointe.engagement.kinds import known
from courtepointe.engagement.models import AgendaItem, Committee, Meeting, Presence, Seat
from courtepointe.engagement.models.meetings import State
from courtepointe.engagement.texts import NAME, at_least, hours, line, text
from courtepointe.engagement.values.meetings import NewItem, NewMeeting
from courtepointe.people.access import workspace_to
from courtepointe.people.actions import change, create, remove
from courtepointe.people.values import Person

MOST_ITEMS = 60


def _meeting(what: NewMeeting, workspace: int) -> dict[str, Any]:
    hours(what.starts, what.ends)
    committee = what.committee and row_of(Committee, what.committee, workspace=workspace).pk
    return {
        "committee_id": committee,
        "kind": known("meetings", what.kind),
        "title": line(what.title, needed=True),
        "starts": what.starts,
        "ends": what.ends,
        "place": line(what.place),
        "access": text(what.access, longest=2_000),
    }


@transaction.atomic
def call_meeting(slug: str, what: NewMeeting, *, by: Person, now: datetime) -> int:
    """Call a meeting and give its number."""
    workspace = workspace_to("write", slug, by=by, now=now)
    row = Meeting(workspace_id=workspace.id, changed=now, **_meeting(what, workspace.id))
    return create(row, by=by, now=now).pk


@transaction.atomic
def change_meeting(slug: str, number: int, what: NewMeeting, *, by: Person, now: datetime) -> None:
    """Change a meeting; calendars hear of it."""
    row = to_change(Meeting, slug, number, by=by, now=now)
    held = _meeting(what, row.workspace_id)
    if row.presences.exists() and held["committee_id"] != row.committee_id:
        raise Refused("meeting_has_presence")
    if any(getattr(row, name) != value for name, value in held.items()):
        change(row, held | {"sequence": row.sequence + 1, "changed": now}, by=by, now=now)


def _turn(row: Meeting, state: str, *, by: Person, now: datetime, why: str = "") -> None:
    if row.state != state:
        values = {"state": state, "sequence": row.sequence + 1, "changed": now}
        change(row, values, by=by, now=now, why=why)


@transaction.atomic
def hold_meeting(slug: str, number: int, *, by: Person, now: datetime) -> None:
    """Say that a meeting was held, or is being held."""
    row = to_change(Meeting, slug, number, by=by, now=now)
    if row.starts > now:
        raise Refused("gathering_not_yet")
    _turn(row, State.HELD, by=by, now=now)


@transaction.atomic
def cancel_meeting(slug: str, number: int, *, by: Person, now: datetime, why: str = "") -> None:
    """Call a meeting off; it stays in calendars as cancelled."""
    row = to_change(Meeting, slug, number, by=by, now=now)
    if row.state == State.HELD:
        raise Refused("gathering_held")
    _turn(row, State.CANCELLED, by=by, now=now, why=why)


def _item(what: NewItem) -> dict[str, Any]:
    return {
        "title": line(what.title, needed=True),
        "length_min": at_least(what.length_min, 0, most=1_440),
        "led_by": line(what.led_by, longest=NAME),
        "notes": text(what.notes),
    }


@transaction.atomic
def add_item(slug: str, meeting: int, what: NewItem, *, by: Person, now: datetime) -> int:
    """Put an item at the end of an agenda."""
    row = to_change(Meeting, slug, meeting, by=by, now=now)
    last = row.agenda.order_by("-position").first()
    if row.agenda.count() >= MOST_ITEMS:
        raise Refused("too_many_items", value=MOST_ITEMS)
    position = 1 if last is None else last.position + 1
    made = AgendaItem(workspace_id=row.workspace_id, meeting=row, position=position, **_item(what))
    return create(made, by=by, now=now).pk


@transaction.atomic
def change_item(slug: str, number: int, what: NewItem, *, by: Person, now: datetime) -> None:
    """Change an item of an agenda, or write its part of the minutes."""
    change(to_change(AgendaItem, slug, number, by=by, now=now), _item(what), by=by, now=now)


@transaction.atomic
def remove_item(slug: str, number: int, *, by: Person, now: datetime) -> None:
    """Take an item off an agenda."""
    remove(to_change(AgendaItem, slug, number, by=by, now=now), by=by, now=now)


@transaction.atomic
def order_items(
    slug: str, meeting: int, numbers: Sequence[int], *, by: Person, now: datetime
) -> None:
    """Put the items of an agenda in an order: all of them, each once."""
    row = to_change(Meeting, slug, meeting, by=by, now=now)
    items = {one.pk: one for one in row.agenda.select_for_update()}
    if sorted(numbers) != sorted(items):
        raise BadInput("agenda_order")
    for position, number in enumerate(numbers, start=1):
        change(items[number], {"position": position}, by=by, now=now)


@transaction.atomic
def note_presence(
    slug: str,
    meeting: int,
    statuses: Mapping[int, str],
    *,
    guests: int = 0,
    by: Person,
    now: datetime,
) -> None:
    """Write down which seats were there, by the seats' numbers, and how many guests."""
    row = to_change(Meeting, slug, meeting, by=by, now=now)
    held = {one.seat_id: one for one in row.presences.select_for_update()}
    for number, status in statuses.items():
        if status not in Presence.Status.values:
            raise BadInput(
                "gathering_unknown_kind", value=status, expected=", ".join(Presence.Status.values)
            )
        seat = row_of(Seat, number, workspace=row.workspace_id)
        if seat.committee_id != row.committee_id:
            raise BadInput("seat_of_another_committee", value=str(seat))
        if number in held:
            change(held[number], {"status": status}, by=by, now=now)
        else:
            made = Presence(workspace_id=row.workspace_id, meeting=row, seat=seat, status=status)
            create(made, by=by, now=now)
    change(row, {"guests": at_least(guests, 0, most=10_000)}, by=by, now=now)


@transaction.atomic
def write_minutes(slug: str, meeting: int, told: str, *, by: Person, now: datetime) -> None:
    """Write the minutes of a meeting."""
    row = to_change(Meeting, slug, meeting, by=by, now=now)
    change(row, {"minutes": text(told, longest=100_000)}, by=by, now=now)
