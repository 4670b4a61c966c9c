"""What is destroyed by law: the rows, what hangs on them, and what the history said of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Model, QuerySet

from courtepointe.people.actions import forget_in_history
from courtepointe.people.actions.rows import MANY, told
from courtepointe.people.models import HistoryRow
from courtepointe.people.values import Person


@transaction.atomic
def destroy(
    rows: Sequence[Model],
    *,
    hanging: Iterable[QuerySet[Model]] = (),
    by: Person | None,
    now: datetime,
    why: str,
) -> int:
    """Destroy rows of one kind, with those that hang on them; give how many.

    The history keeps that they were, who destroyed them, when and why; nothing of what they held.
    """
    if not rows:
        return 0
    for some in hanging:
        forget_in_history(some.model._meta.label_lower, some.values_list("pk", flat=True))
        some.delete()
    kind = type(rows[0])
    keys = [row.pk for row in rows]
    forget_in_history(kind._meta.label_lower, keys)
    lines = [
        told(row, HistoryRow.Verb.DESTROYED, by=by, now=now, why=why, batch="", before={}, after={})
        for row in rows
    ]
    HistoryRow.objects.bulk_create(lines, batch_size=MANY)
    for place in range(0, len(keys), MANY):
        kind._default_manager.filter(pk__in=keys[place : place + MANY]).delete()
    return len(keys)
