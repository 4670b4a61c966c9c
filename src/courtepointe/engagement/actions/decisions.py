"""Decisions are taken, revised, confirmed, ended: never rewritten."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from courtepointe.core.errors import BadInput, Refused
from courtepointe.engagement.access import row_of, to_change
from courtepointe.engagement.models import Committee, Decision, Meeting
from courtepointe.engagement.texts import line, text
from courtepointe.engagement.values.meetings import NewDecision
from courtepointe.people.access import workspace_to
from courtepointe.people.actions import change, create
from courtepointe.people.models import Workspace
from courtepointe.people.values import Person


def _decision(workspace: int, what: NewDecision) -> Decision:
    if what.review is not None and what.review < what.taken:
        raise BadInput("ends_before_it_begins", value=what.review, expected=what.taken)
    Workspace.objects.select_for_update().get(pk=workspace)  # numbers follow each other
    meeting = row_of(Meeting, what.meeting, workspace=workspace) if what.meeting else None
    committee = (
        row_of(Committee, what.committee, workspace=workspace).pk if what.committee else None
    )
    year = what.taken.year
    told = Decision.objects.filter(workspace_id=workspace, year=year)
    last = told.aggregate(last=Max("number"))["last"] or 0
    return Decision(
        workspace_id=workspace,
        meeting=meeting,
        committee_id=committee or (meeting.committee_id if meeting else None),
        year=year,
        number=last + 1,
        taken=what.taken,
        text=text(what.text, longest=5_000, needed=True),
        changes=text(what.changes, longest=2_000),
        review=what.review,
    )


@transaction.atomic
def decide(slug: str, what: NewDecision, *, by: Person, now: datetime) -> int:
    """Write a decision in the register, under the next number of its year."""
    workspace = workspace_to("write", slug, by=by, now=now)
    return create(_decision(workspace.id, what), by=by, now=now).pk


def _in_force(slug: str, number: int, *, by: Person, now: datetime) -> Decision:
    row = to_change(Decision, slug, number, by=by, now=now)
    if row.state != Decision.State.IN_FORCE:
        raise Refused("decision_ended", value=str(row))
    return row


@transaction.atomic
def revise_decision(slug: str, number: int, what: NewDecision, *, by: Person, now: datetime) -> int:
    """Replace a decision by another; the old one stays, with what replaced it."""
    row = _in_force(slug, number, by=by, now=now)
    if what.taken < row.taken:
        raise BadInput("ends_before_it_begins", value=what.taken, expected=row.taken)
    made = _decision(row.workspace_id, what)
    made.replaces = row
    made.committee_id = made.committee_id or row.committee_id
    create(made, by=by, now=now)
    ended = {"state": Decision.State.REVISED, "ended": what.taken}
    change(row, ended, by=by, now=now)
    return made.pk


@transaction.atomic
def keep_decision(
    slug: str, number: int, *, review: date | None, by: Person, now: datetime, why: str = ""
) -> None:
    """Say that a decision was looked at and holds, until it is looked at again."""
    row = _in_force(slug, number, by=by, now=now)
    if review is not None and review < row.taken:
        raise BadInput("ends_before_it_begins", value=review, expected=row.taken)
    change(row, {"review": review}, by=by, now=now, why=line(why, longest=400))


@transaction.atomic
def end_decision(slug: str, number: int, on: date, *, by: Person, now: datetime, why: str) -> None:
    """End a decision, and say why."""
    row = _in_force(slug, number, by=by, now=now)
    if on < row.taken:
        raise BadInput("ends_before_it_begins", value=on, expected=row.taken)
    reason = text(why, longest=2_000, needed=True)
    ended = {"state": Decision.State.ENDED, "ended": on, "why_ended": reason}
    change(row, ended, by=by, now=now)
