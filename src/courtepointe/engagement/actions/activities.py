"""Activities are planned, changed, held, called off; what they cost and how many came is written."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from courtepointe.core.errors import BadInput, Refused
from courtepointe.engagement.access import row_of, to_change
from courtepointe.engagement.actions.registrations import promote
from courtepointe.engagement.kinds import known
from courtepointe.engagement.models import Activity, AttendanceCount, Cost, TrainingSession
from courtepointe.engagement.models.meetings import State
from courtepointe.engagement.texts import NAME, at_least, codes, hours, line, text
from courtepointe.engagement.values.activities import NewActivity
from courtepointe.people.access import workspace_to
from courtepointe.people.actions import change, create, remove
from courtepointe.people.values import Person

LARGEST_CAD = Decimal("1e9")


def _activity(what: NewActivity) -> dict[str, Any]:
    hours(what.starts, what.ends)
    return {
        "kind": known("activities", what.kind),
        "theme": line(what.theme, longest=NAME),
        "title": line(what.title, needed=True),
        "text": text(what.text),
        "starts": what.starts,
        "ends": what.ends,
        "place": line(what.place),
        "access": text(what.access, longest=2_000),
        "places": None if what.places is None else at_least(what.places, 1),
        "needs": list(codes("needs", what.needs)),
        "is_open": what.is_open,
        "closes": what.closes or what.starts,
    }


@transaction.atomic
def plan_activity(slug: str, what: NewActivity, *, by: Person, now: datetime) -> int:
    """Plan an activity and give its number."""
    workspace = workspace_to("write", slug, by=by, now=now)
    token = secrets.token_urlsafe(18)
    row = Activity(workspace_id=workspace.id, token=token, changed=now, **_activity(what))
    return create(row, by=by, now=now).pk


@transaction.atomic
def change_activity(
    slug: str, number: int, what: NewActivity, *, by: Person, now: datetime
) -> None:
    """Change an activity; calendars hear of it, and who waits gets the places that are added."""
    row = to_change(Activity, slug, number, by=by, now=now)
    held = _activity(what)
    if all(getattr(row, name) == value for name, value in held.items()):
        return
    change(row, held | {"sequence": row.sequence + 1, "changed": now}, by=by, now=now)
    promote(row, by=by, now=now)


def _turn(row: Activity, state: str, *, by: Person, now: datetime, why: str = "") -> None:
    if row.state != state:
        values = {"state": state, "sequence": row.sequence + 1, "changed": now}
        change(row, values, by=by, now=now, why=why)


@transaction.atomic
def cancel_activity(slug: str, number: int, *, by: Person, now: datetime, why: str = "") -> None:
    """Call an activity off; it stays in calendars as cancelled."""
    row = to_change(Activity, slug, number, by=by, now=now)
    if row.state == State.HELD:
        raise Refused("gathering_held")
    _turn(row, State.CANCELLED, by=by, now=now, why=why)


@transaction.atomic
def renew_link(slug: str, number: int, *, by: Person, now: datetime) -> str:
    """Give an activity another address to register at; the old one leads nowhere."""
    row = to_change(Activity, slug, number, by=by, now=now)
    change(row, {"token": secrets.token_urlsafe(18)}, by=by, now=now)
    return row.token


@transaction.atomic
def count_attendance(
    slug: str, number: int, counts: Mapping[str, int], *, by: Person, now: datetime
) -> None:
    """Write down how many came, by group; the activity is held."""
    row = to_change(Activity, slug, number, by=by, now=now)
    if row.starts > now:
        raise Refused("gathering_not_yet")
    held = {one.group: one for one in row.attendance.select_for_update()}
    for group, count in counts.items():
        told = {"count": at_least(count, 0)}
        if group in held:
            change(held[group], told, by=by, now=now)
        else:
            code = known("attendance", group)
            made = AttendanceCount(workspace_id=row.workspace_id, activity=row, group=code, **told)
            create(made, by=by, now=now)
    _turn(row, State.HELD, by=by, now=now)


def _money(amount: Decimal | None, *, least: Decimal | None) -> Decimal | None:
    if amount is None:
        return None
    if (
        not amount.is_finite()
        or abs(amount) > LARGEST_CAD
        or (least is not None and amount < least)
    ):
        raise BadInput("cost_amount", value=str(amount))
    return amount.quantize(Decimal("0.01"))


def _cost(kind: str, what: str, planned: Decimal | None, actual: Decimal | None) -> dict[str, Any]:
    if planned is None and actual is None:
        raise BadInput("cost_needed")
    return {
        "kind": known("costs", kind),
        "what": line(what),
        "planned_cad": _money(planned, least=Decimal(0)),
        "actual_cad": _money(actual, least=None),
    }


@transaction.atomic
def add_cost(
    slug: str,
    kind: str,
    *,
    activity: int | None = None,
    session: int | None = None,
    what: str = "",
    planned_cad: Decimal | None = None,
    actual_cad: Decimal | None = None,
    by: Person,
    now: datetime,
) -> int:
    """Write a cost of an activity or of a session: planned, actual, or both. A refund is negative."""
    workspace = workspace_to("write", slug, by=by, now=now)
    held = _cost(kind, what, planned_cad, actual_cad)
    if (activity is None) == (session is None):
        raise BadInput("cost_of_one_thing")
    of: dict[str, Any] = (
        {"activity": row_of(Activity, activity, workspace=workspace.id)}
        if activity is not None
        else {"session": row_of(TrainingSession, session or 0, workspace=workspace.id)}
    )
    return create(Cost(workspace_id=workspace.id, **of, **held), by=by, now=now).pk


@transaction.atomic
def change_cost(
    slug: str,
    number: int,
    kind: str,
    *,
    what: str = "",
    planned_cad: Decimal | None = None,
    actual_cad: Decimal | None = None,
    by: Person,
    now: datetime,
) -> None:
    """Change a cost, or write what it was in the end."""
    row = to_change(Cost, slug, number, by=by, now=now)
    change(row, _cost(kind, what, planned_cad, actual_cad), by=by, now=now)


@transaction.atomic
def remove_cost(slug: str, number: int, *, by: Person, now: datetime) -> None:
    """Strike a cost out."""
    remove(to_change(Cost, slug, number, by=by, now=now), by=by, now=now)
