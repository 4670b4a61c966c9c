"""A list of contacts leaves only when a second person agrees: once, within 48 hours, and it is written down."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from django.db import transaction
from django.utils.module_loading import import_string

from courtepointe.core.errors import BadInput, NotAllowed, NotFound, Refused
from courtepointe.people.access import workspace_to
from courtepointe.people.actions.rows import change, create
from courtepointe.people.models import ExportRequest
from courtepointe.people.personal import Export, declared
from courtepointe.people.values import Person, WorkspaceSeen

LIFE = timedelta(hours=48)
Row: TypeAlias = Mapping[str, str]
Rows: TypeAlias = Callable[[int], Sequence[Row]]
"""A workspace's id -> its contacts, each a line: the same columns in the same order."""


@dataclass(frozen=True, slots=True)
class Taken:
    """The contacts, given once."""

    export: Export
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def _export(code: str) -> Export:
    exports = declared().exports
    if code not in exports:
        raise BadInput("unknown_export", value=code, expected=", ".join(exports) or "—")
    return exports[code]


def _rows(code: str, workspace_id: int) -> Sequence[Row]:
    read: Rows = import_string(_export(code).rows)
    return read(workspace_id)


@transaction.atomic
def ask_export(slug: str, what: str, *, why: str, by: Person, now: datetime) -> int:
    """Ask to take a declared list of contacts away; give the request's number.

    Raises
    ------
    BadInput
        ``unknown_export``, ``export_needs_a_reason``.
    Refused
        ``nothing_to_export``.
    """
    workspace = workspace_to("contacts", slug, by=by, now=now)
    reason, count = why.strip(), len(_rows(what, workspace.id))
    if not reason:
        raise BadInput("export_needs_a_reason")
    if not count:
        raise Refused("nothing_to_export")
    row = ExportRequest(
        workspace_id=workspace.id,
        what=what,
        why=reason,
        count=count,
        asked_by_id=by.id,
        asked=now,
        expires=now + LIFE,
    )
    return create(row, by=by, now=now).pk


def _second_person(slug: str, *, by: Person, now: datetime) -> WorkspaceSeen:
    """Give the workspace to whoever may agree: with the right `contacts`, or `officer`."""
    workspace = workspace_to("read", slug, by=by, now=now)
    if not workspace.rights & {"contacts", "officer"}:
        raise NotAllowed("role_needed")
    return workspace


def _waiting(number: int, workspace: WorkspaceSeen, *, now: datetime) -> ExportRequest:
    rows = ExportRequest.objects.select_for_update().filter(workspace_id=workspace.id)
    row = rows.filter(pk=number).first()
    if row is None:
        raise NotFound("unknown_export_request")
    if row.taken or row.refused or row.expires <= now:
        raise Refused("export_is_over")
    return row


@transaction.atomic
def approve_export(slug: str, number: int, *, by: Person, now: datetime) -> None:
    """Agree that somebody else takes a list of contacts away.

    Raises
    ------
    NotAllowed
        ``role_needed``; ``own_export``: nobody agrees to what they asked themselves.
    Refused
        ``export_is_over``, ``export_already_approved``.
    """
    workspace = _second_person(slug, by=by, now=now)
    row = _waiting(number, workspace, now=now)
    if row.asked_by_id == by.id:
        raise NotAllowed("own_export")
    if row.approved:
        raise Refused("export_already_approved")
    change(row, {"approved": now, "approved_by_id": by.id}, by=by, now=now)


@transaction.atomic
def refuse_export(slug: str, number: int, *, by: Person, now: datetime, why: str = "") -> None:
    """Refuse an export, or take one's own request back."""
    row = _waiting(number, _second_person(slug, by=by, now=now), now=now)
    change(row, {"refused": now}, by=by, now=now, why=why)


@transaction.atomic
def take_export(slug: str, number: int, *, by: Person, now: datetime) -> Taken:
    """Give the contacts to who asked, once.

    Raises
    ------
    NotAllowed
        ``export_of_another``.
    Refused
        ``export_not_approved``, ``export_is_over``; ``export_has_grown``: there are more contacts than
        the second person agreed to.
    """
    workspace = workspace_to("contacts", slug, by=by, now=now)
    row = _waiting(number, workspace, now=now)
    if row.asked_by_id != by.id:
        raise NotAllowed("export_of_another")
    if not row.approved:
        raise Refused("export_not_approved")
    rows = _rows(row.what, workspace.id)
    if len(rows) > row.count:
        raise Refused("export_has_grown", found=len(rows), expected=row.count)
    change(row, {"taken": now}, by=by, now=now)
    columns = tuple(rows[0]) if rows else ()
    cells = tuple(tuple(str(one.get(name, "")) for name in columns) for one in rows)
    return Taken(_export(row.what), columns, cells)
