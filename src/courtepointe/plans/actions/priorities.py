"""Priorities are written, said otherwise, set aside."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from courtepointe.core.errors import Refused
from courtepointe.engagement.texts import line, text
from courtepointe.people.actions import change, create
from courtepointe.people.values import Person
from courtepointe.plans.access import to_change
from courtepointe.plans.actions.overwriting import overwrite
from courtepointe.plans.models import Priority
from courtepointe.plans.values import NewPriority
from courtepointe.portraits.resilience.access import to_change as portrait_to_change
from courtepointe.portraits.resilience.models import ResiliencePortrait
from courtepointe.portraits.resilience.queries import known_dimension


def _priority(what: NewPriority, workspace: int) -> dict[str, Any]:
    known_dimension(workspace, what.dimension, what.part)
    return {
        "dimension": what.dimension,
        "part": what.part,
        "statement": line(what.statement, longest=400, needed=True),
        "why": text(what.why, longest=4_000),
    }


@transaction.atomic
def set_priority(slug: str, portrait: int, what: NewPriority, *, by: Person, now: datetime) -> int:
    """Write a priority of a portrait and give its number.

    Raises
    ------
    Refused
        ``priority_twice``: the portrait has it already.
    """
    held = portrait_to_change(ResiliencePortrait, slug, portrait, by=by, now=now)
    told = _priority(what, held.workspace_id)
    same = Priority.objects.filter(portrait=held, ended=None, dimension=told["dimension"])
    if same.filter(statement=told["statement"]).exists():
        raise Refused("priority_twice")
    row = Priority(workspace_id=held.workspace_id, portrait=held, made=localdate(now), **told)
    return create(row, by=by, now=now).pk


@transaction.atomic
def change_priority(
    slug: str, number: int, what: NewPriority, *, after: str, by: Person, now: datetime
) -> None:
    """Say a priority otherwise; ``after`` is the mark of what its writer read. Raises as `overwrite`."""
    row = to_change(Priority, slug, number, by=by, now=now)
    overwrite(row, _priority(what, row.workspace_id), after=after, by=by, now=now)


@transaction.atomic
def end_priority(slug: str, number: int, *, by: Person, now: datetime) -> None:
    """Set a priority aside; its actions stay."""
    row = to_change(Priority, slug, number, by=by, now=now)
    if row.ended is None:
        change(row, {"ended": localdate(now)}, by=by, now=now)
