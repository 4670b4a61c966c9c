"""Activities and attendance of a sheet are taken in: all of it or nothing, as one batch that can be undone."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from courtepointe.core.errors import Refused
from courtepointe.engagement.actions.activities import _activity, _cost
from courtepointe.engagement.arriving import matched, tallied
from courtepointe.engagement.kinds import known
from courtepointe.engagement.models import (
    Activity,
    AttendanceCount,
    Cost,
    Enrolment,
    Meeting,
    Presence,
    TrainingSession,
    Volunteer,
)
from courtepointe.engagement.models.meetings import State
from courtepointe.engagement.queries.arriving import activities_there, gatherings_on
from courtepointe.engagement.queries.volunteers import codes_taken
from courtepointe.engagement.texts import at_least
from courtepointe.engagement.values.arriving import ArrivingActivity, Came, Tally
from courtepointe.people.access import workspace_to
from courtepointe.people.actions import change, create, remove
from courtepointe.people.bringing.folding import key_of
from courtepointe.people.values import Person

UNTOLD = "untold"
"""The group of those whose age a sheet does not say."""
UNSAID = "other"
"""The kind of an activity whose sheet does not say one."""
CONFIRMED = Enrolment.State.CONFIRMED


@transaction.atomic
def bring_activities(
    slug: str, arriving: Sequence[ArrivingActivity], *, by: Person, now: datetime, batch: str
) -> int:
    """Plan the activities of a sheet; one that is there under its title and hour is changed. Give how many.

    Raises
    ------
    Refused
        ``activity_called_off``; ``gathering_not_yet``
        where it counts who came to one that is to come.
    BadInput
        As `plan_activity`, `add_cost`.
    """
    workspace = workspace_to("write", slug, by=by, now=now)
    there = {(key_of(title), starts): pk for pk, title, starts, _ in activities_there(workspace.id)}
    write = _Writing(by, now, batch)
    for one in arriving:
        write.activity(workspace.id, one, there.get((key_of(one.what.title), one.what.starts)))
    return len(arriving)


@transaction.atomic
def bring_attendance(
    slug: str, rows: Sequence[Came], *, by: Person, now: datetime, batch: str
) -> int:
    """Write who was at meetings, activities and sessions; what was noted of them before is written over.

    A meeting keeps which seats were there, and how many guests; an activity keeps a count; a session
    keeps which volunteers, by their codes. No name of the sheet is kept.

    Raises
    ------
    Refused
        ``import_has_faults``: a row fits nothing that took place; nothing is written.
    """
    workspace = workspace_to("write", slug, by=by, now=now)
    there = gatherings_on(workspace.id, {row.day for row in rows})
    of, misfits = matched(rows, there, volunteers=codes_taken(workspace), now=now)
    if misfits:
        raise Refused("import_has_faults", found=len(misfits))
    write = _Writing(by, now, batch)
    for tally in tallied(rows, of):
        {"meeting": write.meeting, "activity": write.came, "session": write.session}[
            tally.gathering.what
        ](tally)
    return len(rows)


class _Writing:
    """One sheet being written."""

    def __init__(self, by: Person, now: datetime, batch: str) -> None:
        self.now = now
        self.told: dict[str, Any] = {"by": by, "now": now, "batch": batch}

    def activity(self, workspace: int, one: ArrivingActivity, number: int | None) -> None:
        """Plan an activity or change it, with its count and its cost."""
        held = _activity(one.what)
        if number is None:
            token = secrets.token_urlsafe(18)
            row = Activity(workspace_id=workspace, token=token, changed=self.now, **held)
            create(row, **self.told)
        else:
            row = Activity.objects.select_for_update().get(pk=number)
            self._renewed(row, held)
        if one.participants is not None:
            self._count(row, one.participants)
        if one.cost_cad is not None:
            self._cost(row, one)

    def _renewed(self, row: Activity, held: dict[str, Any]) -> None:
        """Change what the sheet says; what it leaves empty, and whether one may register, stay."""
        if row.state == State.CANCELLED:
            raise Refused("activity_called_off")
        kept = {"is_open", "closes", *(("kind",) if held["kind"] == UNSAID else ())}
        says = {n: v for n, v in held.items() if v not in ("", None, []) and n not in kept}
        if any(getattr(row, name) != value for name, value in says.items()):
            change(row, says | {"sequence": row.sequence + 1, "changed": self.now}, **self.told)

    def _count(self, row: Activity, count: int) -> None:
        """Write how many came in all; counts by age that were there go, lest people be counted twice."""
        if row.starts > self.now:
            raise Refused("gathering_not_yet")
        told = {"count": at_least(count, 0)}
        there = None
        for one in row.attendance.select_for_update():
            if one.group == UNTOLD:
                there = change(one, told, **self.told)
            else:
                remove(one, **self.told)
        if there is None:
            group = known("attendance", UNTOLD)
            made = AttendanceCount(workspace_id=row.workspace_id, activity=row, group=group, **told)
            create(made, **self.told)
        self._held(row)

    def _held(self, row: Activity | TrainingSession) -> None:
        if row.state != State.HELD:
            values = {"state": State.HELD, "sequence": row.sequence + 1, "changed": self.now}
            change(row, values, **self.told)

    def _cost(self, row: Activity, one: ArrivingActivity) -> None:
        is_over = row.ends <= self.now
        planned, actual = (None, one.cost_cad) if is_over else (one.cost_cad, None)
        told = _cost("other", "", planned, actual)
        there = row.costs.select_for_update().filter(kind="other", what="").first()
        if there is None:
            create(Cost(workspace_id=row.workspace_id, activity=row, **told), **self.told)
        else:
            change(there, {n: v for n, v in told.items() if v is not None}, **self.told)

    def meeting(self, tally: Tally) -> None:
        """Write which seats were there, and how many guests."""
        row = Meeting.objects.select_for_update().get(pk=tally.gathering.number)
        held = {one.seat_id: one for one in row.presences.select_for_update()}
        for seat, status in tally.seats.items():
            if seat in held:
                change(held[seat], {"status": status}, **self.told)
            else:
                made = Presence(workspace_id=row.workspace_id, meeting=row, seat_id=seat, status=status)  # fmt: skip
                create(made, **self.told)
        change(row, {"guests": at_least(tally.came, 0, most=10_000)}, **self.told)

    def came(self, tally: Tally) -> None:
        """Write how many came to an activity."""
        row = Activity.objects.select_for_update().get(pk=tally.gathering.number)
        self._count(row, tally.came)

    def session(self, tally: Tally) -> None:
        """Write which volunteers were at a session; who was there without a place has one."""
        row = TrainingSession.objects.select_for_update().get(pk=tally.gathering.number)
        held = {one.volunteer.code: one for one in row.enrolments.select_related("volunteer")}
        who = {one.code: one for one in Volunteer.objects.filter(workspace_id=row.workspace_id, code__in=tally.codes)}  # fmt: skip
        for code, attended in tally.codes.items():
            if code in held:
                place = {"state": CONFIRMED} if attended else {}
                change(held[code], {"attended": attended, **place}, **self.told)
            elif attended:
                made = Enrolment(
                    workspace_id=row.workspace_id, session=row, volunteer=who[code], state=CONFIRMED,
                    attended=True, made=self.now,
                )  # fmt: skip
                create(made, **self.told)
        self._held(row)
