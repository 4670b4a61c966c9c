"""A run begins with every stage of the path, changes its days, and is closed."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from courtepointe.core.errors import BadInput, Refused
from courtepointe.engagement.programme.access import run_to
from courtepointe.engagement.programme.days import near, past
from courtepointe.engagement.programme.models import Phase, Run, StageCard
from courtepointe.engagement.programme.path import stages, usual_due, usual_spans
from courtepointe.engagement.programme.queries import missing_stages
from courtepointe.people.access import workspace_to
from courtepointe.people.actions import change, create, create_many, new_batch
from courtepointe.people.values import Person


def _name(told: str) -> str:
    plain = " ".join(told.split())
    if not plain:
        raise BadInput("programme_field_needed", column="name")
    return plain[:160]


def _days(starts: date, ends: date) -> None:
    near(starts, ends)
    if ends <= starts:
        raise BadInput("ends_before_it_begins", value=ends, expected=starts)


@transaction.atomic
def begin_run(
    slug: str,
    *,
    name: str,
    starts: date,
    ends: date,
    note: str = "",
    usual_dates: bool = True,
    by: Person,
    now: datetime,
) -> int:
    """Begin a run: a card for every stage; with the usual dates, a due day for each, and the phases."""
    workspace = workspace_to("write", slug, by=by, now=now)
    _days(starts, ends)
    if Run.objects.filter(workspace_id=workspace.id, closed=None).exists():
        raise Refused("a_programme_runs")
    batch = new_batch()
    run = Run(
        workspace_id=workspace.id, name=_name(name), starts=starts, ends=ends, note=note.strip()
    )
    create(run, by=by, now=now, batch=batch)
    _lay_stages(run, tuple(stages()), usual_dates=usual_dates, by=by, now=now, batch=batch)
    if usual_dates:
        spans = usual_spans(starts=starts, ends=ends)
        phases = [
            Phase(workspace_id=workspace.id, run=run, code=code, starts=first, ends=last)
            for code, (first, last) in spans.items()
        ]
        create_many(phases, by=by, now=now, batch=batch)
    return run.pk


def _lay_stages(
    run: Run,
    codes: tuple[str, ...],
    *,
    usual_dates: bool,
    by: Person,
    now: datetime,
    batch: str = "",
) -> None:
    due = usual_due(starts=run.starts, ends=run.ends) if usual_dates else {}
    order = {code: i for i, code in enumerate(stages())}
    cards = [
        StageCard(
            workspace_id=run.workspace_id,
            run=run,
            strand=stages()[code].strand,
            stage=code,
            position=order[code],
            due=due.get(code),
        )
        for code in codes
    ]
    create_many(cards, by=by, now=now, batch=batch)


@transaction.atomic
def add_missing_stages(slug: str, *, by: Person, now: datetime) -> int:
    """Add the stages that the path gained since the run began; give their count."""
    run = run_to("write", slug, by=by, now=now)
    missing = missing_stages(run.pk)
    _lay_stages(run, missing, usual_dates=False, by=by, now=now)
    return len(missing)


@transaction.atomic
def change_run(
    slug: str, *, name: str, starts: date, ends: date, note: str, by: Person, now: datetime
) -> None:
    """Rename a run or move its days; what is due keeps its own."""
    run = run_to("write", slug, by=by, now=now)
    _days(starts, ends)
    values = {"name": _name(name), "starts": starts, "ends": ends, "note": note.strip()}
    change(run, values, by=by, now=now)


@transaction.atomic
def close_run(slug: str, *, on: date, by: Person, now: datetime) -> None:
    """Close a run: it can be read, and no longer be written."""
    run = run_to("write", slug, by=by, now=now)
    past(on, today=localdate(now))
    if on < run.starts:
        raise BadInput("ends_before_it_begins", value=on, expected=run.starts)
    change(run, {"closed": on}, by=by, now=now)
