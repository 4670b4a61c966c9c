"""The history, as people read it: a contact is never shown in it."""

from __future__ import annotations

from collections.abc import Mapping, Set
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import QuerySet

from courtepointe.people.fields import called
from courtepointe.people.models import HistoryRow
from courtepointe.people.personal import declared
from courtepointe.people.values import Change

PAGE = 50
EMPTY: tuple[object, ...] = (None, "", [], {})


HIDDEN = "•••"
NEVER = frozenset({"contact", "secret"})
"""Sensitivities of fields that no history shows, sealed or not."""


def _names(what: str) -> Mapping[str, str]:
    """Give the names of the fields of a kind of rows by what the history calls them; a row's may be gone."""
    try:
        kept = apps.get_model(what)._meta.concrete_fields
    except (LookupError, ValueError):
        return {}
    return {field.attname: field.name for field in kept}


def _hidden(what: str) -> frozenset[str]:
    held = declared().models.get(what)
    told = held.personal.items() if held else ()
    return frozenset(name for name, datum in told if datum.sensitivity in NEVER)


def _shown(value: Any, *, hide: bool) -> Any:
    """Give what may be read of a value: a contact never, a file not, and of what holds others only that it does."""
    if isinstance(value, Mapping) and "sealed" in value:
        return HIDDEN if value["sealed"] else ""
    return HIDDEN if hide and value not in EMPTY else value


def _change(row: HistoryRow) -> Change:
    names, never = _names(row.what), _hidden(row.what)
    kept = dict.fromkeys([*row.before, *row.after])
    return Change(
        number=row.pk,
        what=row.what,
        key=row.key,
        verb=row.verb,
        by=row.by_name,
        at=row.at,
        why=row.why,
        fields=tuple(
            (
                names.get(one, one),
                _shown(row.before.get(one), hide=names.get(one, one) in never),
                _shown(row.after.get(one), hide=names.get(one, one) in never),
            )
            for one in kept
        ),
        batch=row.batch,
    )


def _page(rows: QuerySet[HistoryRow], before: int | None, limit: int) -> tuple[Change, ...]:
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return tuple(map(_change, rows.order_by("-pk")[:limit]))


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
    limit: int = PAGE,
) -> tuple[Change, ...]:
    """List a workspace's last changes, 50 at most, those before a number where one is given.

    What a room declares to be shown with a right alone is left out without that right.
    """
    rows = HistoryRow.objects.filter(workspace_id=workspace_id).exclude(what__in=_closed(rights))
    if since is not None:
        rows = rows.filter(at__gte=since)
    if batch:
        rows = rows.filter(batch=batch)
    return _page(rows, before, limit)


def changes_of_thing(
    workspace_id: int, what: str, key: str, *, before: int | None = None, limit: int = PAGE
) -> tuple[Change, ...]:
    """List the last changes of one thing, 50 at most."""
    rows = HistoryRow.objects.filter(workspace_id=workspace_id, what=what, key=key)
    return _page(rows, before, limit)


def row_names(workspace_id: int, model: str, keys: Set[int]) -> Mapping[int, str]:
    """Give the names of rows of a workspace, by their keys; nothing where no room says by which field.

    The names of workspaces are no secret on their installation.
    """
    field, held = called().named.get(model), declared().models.get(model)
    if field is None or held is None:
        return {}
    rows = apps.get_model(model)._default_manager.filter(pk__in=keys)
    if held.workspace != "pk":
        rows = rows.filter(**{held.workspace: workspace_id})
    return dict(rows.values_list("pk", field))
