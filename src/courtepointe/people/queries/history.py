"""The history, as people read it: a contact is never shown in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db.models import QuerySet

from courtepointe.people.models import HistoryRow
from courtepointe.people.values import Change

PAGE = 50


def _shown(value: object) -> str:
    if isinstance(value, Mapping):
        return "•••" if "sealed" in value else "…"
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)


def _change(row: HistoryRow) -> Change:
    names = list(dict.fromkeys([*row.before, *row.after]))
    return Change(
        number=row.pk,
        what=row.what,
        key=row.key,
        verb=row.verb,
        by=row.by_name,
        at=row.at,
        why=row.why,
        fields=tuple(
            (name, _shown(row.before.get(name)), _shown(row.after.get(name))) for name in names
        ),
        batch=row.batch,
    )


def _page(rows: QuerySet[HistoryRow], before: int | None) -> tuple[Change, ...]:
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return tuple(map(_change, rows.order_by("-pk")[:PAGE]))


def changes_of(
    workspace_id: int,
    *,
    before: int | None = None,
    since: datetime | None = None,
    batch: str = "",
) -> tuple[Change, ...]:
    """List a workspace's last 50 changes, those before a number where one is given."""
    rows = HistoryRow.objects.filter(workspace_id=workspace_id)
    if since is not None:
        rows = rows.filter(at__gte=since)
    if batch:
        rows = rows.filter(batch=batch)
    return _page(rows, before)


def changes_of_thing(
    workspace_id: int, what: str, key: str, *, before: int | None = None
) -> tuple[Change, ...]:
    """List the last 50 changes of one thing."""
    rows = HistoryRow.objects.filter(workspace_id=workspace_id, what=what, key=key)
    return _page(rows, before)
