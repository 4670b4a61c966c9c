"""The one gate to a programme's rows, on somebody's behalf."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from courtepointe.core.errors import NotFound, Refused
from courtepointe.engagement.programme.kinds import KINDS
from courtepointe.engagement.programme.models import Run, StageCard
from courtepointe.engagement.programme.queries.records import ROWS
from courtepointe.people.access import workspace_to
from courtepointe.people.values import Person


def run_to(right: str, slug: str, *, by: Person, now: datetime) -> Run:
    """Give the run that runs, locked, to somebody who has a right in its workspace."""
    workspace = workspace_to(right, slug, by=by, now=now)
    row = Run.objects.select_for_update().filter(workspace_id=workspace.id, closed=None).first()
    if row is None:
        raise Refused("no_programme_runs")
    return row


def card_to(right: str, slug: str, number: int, *, by: Person, now: datetime) -> StageCard:
    """Give a stage of the run that runs, locked, to somebody who has a right in its workspace."""
    run = run_to(right, slug, by=by, now=now)
    row = StageCard.objects.select_for_update().filter(run_id=run.pk, pk=number).first()
    if row is None:
        raise NotFound("unknown_stage")
    return row


def record_to(
    right: str, slug: str, kind: str, number: int, *, by: Person, now: datetime
) -> models.Model:
    """Give a record of the run that runs, locked, to somebody who has a right in its workspace."""
    run = run_to(right, slug, by=by, now=now)
    known = KINDS.get(kind)
    found = None
    if known is not None:
        kept = ROWS[known.record]._default_manager.select_for_update()
        found = kept.filter(run_id=run.pk, pk=number).first()
    if found is None:
        raise NotFound("unknown_programme_record")
    return found
