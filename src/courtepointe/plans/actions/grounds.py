"""What a priority or an action comes from is said, and taken back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from courtepointe.core.errors import Refused
from courtepointe.people.actions import create, remove
from courtepointe.people.values import Person
from courtepointe.plans.access import to_change
from courtepointe.plans.kinds import known
from courtepointe.plans.models import Action, Ground, Priority
from courtepointe.plans.queries.grounds import ground_row

OF: dict[str, type[Priority] | type[Action]] = {"priority": Priority, "action": Action}
"""What comes from something."""


@transaction.atomic
def ground(
    slug: str, of: str, number: int, kind: str, source: int, *, by: Person, now: datetime
) -> int:
    """Say that a priority or an action comes from a reading, or from a passage, of the same portrait."""
    row = to_change(OF[of], slug, number, by=by, now=now)
    held = ground_row(row.workspace_id, row.portrait_id, known("grounds", kind), source)
    if Ground.objects.filter(**{of: row, kind: held}).exists():
        raise Refused("action_line_twice")
    made = Ground(workspace_id=row.workspace_id, kind=kind, **{of: row, kind: held})
    return create(made, by=by, now=now).pk


@transaction.atomic
def unground(slug: str, number: int, *, by: Person, now: datetime) -> None:
    """Take back what a priority or an action was said to come from."""
    remove(to_change(Ground, slug, number, by=by, now=now), by=by, now=now)
