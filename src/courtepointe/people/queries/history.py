"""The history, as people read it: a contact is never shown in it."""

from __future__ import annotations

from collections.abc import Mapping, Set
from datetime import datetime

from django.db.models import QuerySet

from courtepointe.people.models import HistoryRow
from courtepointe.people.personal import declared
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


def _closed(rights: Set[str]) -> list[str]:
    """Name the kinds of rows whose changes are not for who has these rights."""
    held = declared().models.values()
    return [one.model for one in held if one.history and one.history not in rights]


def changes_of(
    workspace_id: int,
    *,
    before: int | None = None,
    since: datetime | None = None,
    batch: str = "",
    rights: Set[str] = frozenset(),
) -> tuple[Change, ...]:
    """List a workspace's last 50 changes, those before a number where one is given.

    What a room declares to be shown with a right alone is left out without that right.
    """
    rows = HistoryRow.objects.filter(workspace_id=workspace_id).exclude(what__in=_closed(rights))
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
