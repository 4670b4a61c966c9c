"""Missions are opened, changed, done; volunteers are called, and answer."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from courtepointe.core.errors import BadInput, Refused
from courtepointe.engagement.access import row_of, to_change
from courtepointe.engagement.models import Call, CallAnswer, Mission, Volunteer, Zone
from courtepointe.engagement.queries.arrays import answering
from courtepointe.engagement.texts import at_least, codes, hours, line, text
from courtepointe.engagement.values.volunteers import NewCall, NewMission
from courtepointe.people.access import workspace_to
from courtepointe.people.actions import change, create, create_many
from courtepointe.people.values import Person

MOST_CALLED = 2_000
FURTHEST = 10
LIVING = (Mission.State.OPEN, Mission.State.FILLED)


def _mission(what: NewMission, workspace: int) -> dict[str, Any]:
    hours(what.starts, what.ends)
    return {
        "title": line(what.title, needed=True),
        "text": text(what.text),
        "zone_id": what.zone and row_of(Zone, what.zone, workspace=workspace).pk,
        "place": line(what.place),
        "starts": what.starts,
        "ends": what.ends,
        "people_needed": at_least(what.people_needed, 1, most=10_000),
        "skills": list(codes("skills", what.skills)),
    }


@transaction.atomic
def open_mission(slug: str, what: NewMission, *, by: Person, now: datetime) -> int:
    """Open a mission; give its number."""
    workspace = workspace_to("write", slug, by=by, now=now)
    row = Mission(workspace_id=workspace.id, changed=now, **_mission(what, workspace.id))
    return create(row, by=by, now=now).pk


@transaction.atomic
def change_mission(slug: str, number: int, what: NewMission, *, by: Person, now: datetime) -> None:
    """Change a mission that is not over; calendars hear of it."""
    row = _living(slug, number, by=by, now=now)
    held = _mission(what, row.workspace_id)
    if any(getattr(row, name) != value for name, value in held.items()):
        change(row, held | {"sequence": row.sequence + 1, "changed": now}, by=by, now=now)
    _fill(row, by=by, now=now)


def _living(slug: str, number: int, *, by: Person, now: datetime) -> Mission:
    row = to_change(Mission, slug, number, by=by, now=now)
    if row.state not in LIVING:
        raise Refused("mission_over")
    return row


@transaction.atomic
def finish_mission(slug: str, number: int, people_came: int, *, by: Person, now: datetime) -> None:
    """Say that a mission is done, and how many came."""
    row = _living(slug, number, by=by, now=now)
    if row.starts > now:
        raise Refused("gathering_not_yet")
    held = {"state": Mission.State.DONE, "people_came": at_least(people_came, 0, most=10_000)}
    change(row, held | {"changed": now}, by=by, now=now)
    _close_calls(row, by=by, now=now)


@transaction.atomic
def cancel_mission(slug: str, number: int, *, by: Person, now: datetime, why: str = "") -> None:
    """Call a mission off; it stays in calendars as cancelled."""
    row = _living(slug, number, by=by, now=now)
    held = {"state": Mission.State.CANCELLED, "sequence": row.sequence + 1, "changed": now}
    change(row, held, by=by, now=now, why=why)
    _close_calls(row, by=by, now=now)


def _close_calls(row: Mission, *, by: Person, now: datetime) -> None:
    for call in row.calls.filter(closed=None):
        change(call, {"closed": now}, by=by, now=now)


@transaction.atomic
def make_call(slug: str, what: NewCall, *, by: Person, now: datetime) -> int:
    """Call the volunteers who answer to what is asked, those called least recently first.

    Raises
    ------
    Refused
        ``nobody_answers``, ``mission_over``.
    BadInput
        ``gathering_number``, ``gathering_unknown_kind``.
    """
    workspace = workspace_to("write", slug, by=by, now=now)
    mission = row_of(Mission, what.mission, workspace=workspace.id) if what.mission else None
    if mission is not None and mission.state not in LIVING:
        raise Refused("mission_over")
    zone = row_of(Zone, what.zone, workspace=workspace.id) if what.zone else None
    at_least(what.most, 1, most=MOST_CALLED)
    at_least(what.steps, 0, most=FURTHEST)
    for name in ("skills", "languages", "slots"):
        codes(name, getattr(what, name))
    found = answering(workspace.id, what, today=localdate(now))
    if not found.ids:
        raise Refused("nobody_answers")
    call = Call(
        workspace_id=workspace.id, mission=mission, zone=zone, by_id=by.id, by_name=by.name, made=now,
        skills=list(what.skills), any_skill=what.any_skill, languages=list(what.languages),
        slots=list(what.slots), steps=what.steps, most=what.most, found=found.in_all,
    )  # fmt: skip
    create(call, by=by, now=now)
    answers = [
        CallAnswer(workspace_id=workspace.id, call=call, volunteer_id=one, place=place)
        for place, one in enumerate(found.ids, start=1)
    ]
    create_many(answers, by=by, now=now)
    # The call's own lines of history tell of it: this is only the day by which the next one is put in order.
    Volunteer.objects.filter(pk__in=found.ids).update(last_called=localdate(now))
    return call.pk


@transaction.atomic
def note_answer(slug: str, number: int, answer: str, *, by: Person, now: datetime) -> None:
    """Write down what a volunteer who was called said; a mission with enough people is filled."""
    row = to_change(CallAnswer, slug, number, by=by, now=now)
    if row.call.closed is not None:
        raise Refused("call_closed")
    if answer not in CallAnswer.Answer.values:
        raise BadInput(
            "gathering_unknown_kind", value=answer, expected=", ".join(CallAnswer.Answer.values)
        )
    when = None if answer == CallAnswer.Answer.NONE else now
    change(row, {"answer": answer, "answered": when}, by=by, now=now)
    if row.call.mission is not None:
        _fill(row.call.mission, by=by, now=now)


def _fill(row: Mission, *, by: Person, now: datetime) -> None:
    come = CallAnswer.objects.filter(call__mission=row, answer="yes").values("volunteer").distinct()
    enough = come.count() >= row.people_needed
    if row.state in LIVING:
        state = Mission.State.FILLED if enough else Mission.State.OPEN
        change(row, {"state": state}, by=by, now=now)


@transaction.atomic
def close_call(slug: str, number: int, *, by: Person, now: datetime) -> None:
    """Close a call: answers are written no more."""
    row = to_change(Call, slug, number, by=by, now=now)
    change(row, {"closed": row.closed or now}, by=by, now=now)
