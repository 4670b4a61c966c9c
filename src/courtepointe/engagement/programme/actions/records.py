"""The records of a run are kept and removed alike: what differs between kinds is in ``kinds``."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from courtepointe.core.errors import NotFound, Refused
from courtepointe.engagement.programme.access import record_to, run_to
from courtepointe.engagement.programme.kinds import checked
from courtepointe.engagement.programme.models import Question
from courtepointe.engagement.programme.queries.records import ROWS, row_names
from courtepointe.engagement.programme.values import Finding, Record
from courtepointe.people.actions import change, create, remove
from courtepointe.people.values import Person


def _plain(told: object) -> Any:
    if isinstance(told, tuple):
        return list(told)
    return told.strip() if isinstance(told, str) else told


def _question_of(record: Finding, run: int) -> None:
    if not Question.objects.filter(pk=record.question, run_id=run).exists():
        raise NotFound("unknown_programme_record")


@transaction.atomic
def keep_record(slug: str, record: Record, *, by: Person, now: datetime) -> int:
    """Keep a record of the run that runs: a new one where its number is 0, else its new values."""
    run = run_to("write", slug, by=by, now=now)
    kind = checked(record, today=localdate(now))
    names = row_names(kind.record)
    values = {held: _plain(getattr(record, name)) for name, held in names.items()}
    if isinstance(record, Finding):
        _question_of(record, run.pk)
    if record.number:
        row = record_to("write", slug, kind.code, record.number, by=by, now=now)
        return int(change(row, values, by=by, now=now).pk)
    row = ROWS[kind.record](workspace_id=run.workspace_id, run=run, **values)
    return int(create(row, by=by, now=now).pk)


@transaction.atomic
def remove_record(
    slug: str, kind: str, number: int, *, by: Person, now: datetime, why: str = ""
) -> None:
    """Remove a record of the run that runs; the history keeps what it was.

    A question that has findings stays, and is dropped instead: findings do not vanish with it.
    """
    row = record_to("write", slug, kind, number, by=by, now=now)
    if isinstance(row, Question) and row.findings.exists():
        raise Refused("question_has_findings")
    remove(row, by=by, now=now, why=why)
