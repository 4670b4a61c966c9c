"""How every row of a workspace is written: saved, and told in the history, or neither."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection, models, transaction

from courtepointe.people.models import HistoryRow, Workspace
from courtepointe.people.sealed import SealedText, WithSeal, seal
from courtepointe.people.values import Person

Row = TypeVar("Row", bound=models.Model)
Verb = HistoryRow.Verb
MANY = 1_000


def new_batch() -> str:
    """Name a batch of writes that can be read, and undone, together."""
    return secrets.token_urlsafe(12)


def kept(field: models.Field[Any, Any], value: object) -> Any:
    """Give a field's value as the history keeps it: what JSON holds; a contact stays sealed."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(field, SealedText):
        return {"sealed": seal(value)}
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return {"bytes": len(value)}
    return value if isinstance(value, str | list | dict) else str(value)


def fields_of(row: models.Model) -> dict[str, Any]:
    """Give all of a row, as the history keeps it."""
    return {
        field.attname: kept(field, getattr(row, field.attname))
        for field in row._meta.concrete_fields
        if not field.primary_key
    }


def _workspace_of(row: models.Model) -> int | None:
    """Say whose history tells of a row: its workspace's; an agreement's, its owner's."""
    if isinstance(row, Workspace):
        return row.pk
    found: int | None = getattr(row, "workspace_id", getattr(row, "owner_id", None))
    return found


def told(
    row: models.Model,
    verb: str,
    *,
    by: Person | None,
    now: datetime,
    why: str,
    batch: str,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
) -> HistoryRow:
    """Make the line of the history that tells a write; it is not saved yet."""
    return HistoryRow(
        workspace_id=_workspace_of(row),
        what=row._meta.label_lower,
        key=str(row.pk),
        verb=verb,
        by_id=by.id if by else None,
        by_name=by.name if by else "",
        at=now,
        why=why,
        before=dict(before),
        after=dict(after),
        batch=batch,
    )


@transaction.atomic
def create(row: Row, *, by: Person | None, now: datetime, why: str = "", batch: str = "") -> Row:
    """Save a new row and tell it."""
    row.save(force_insert=True)
    after = fields_of(row)
    told(row, Verb.CREATED, by=by, now=now, why=why, batch=batch, before={}, after=after).save()
    return row


@transaction.atomic
def create_many(
    rows: Sequence[Row], *, by: Person, now: datetime, why: str = "", batch: str = ""
) -> list[Row]:
    """Save new rows of one kind together, and tell each."""
    if not rows:
        return []
    _seal_once(rows)
    saved = type(rows[0])._default_manager.bulk_create(rows, batch_size=MANY)
    first = told(saved[0], Verb.CREATED, by=by, now=now, why=why, batch=batch, before={}, after={})
    _tell_many(saved, first)
    return saved


def _seal_once(rows: Sequence[models.Model]) -> None:
    """Have the table and the history hold one seal of each contact: sealing is what costs."""
    names = [one.attname for one in rows[0]._meta.concrete_fields if isinstance(one, SealedText)]
    for row in rows if names else ():
        for name in names:
            if (value := getattr(row, name)) is not None:
                setattr(row, name, WithSeal(value))


def _tell_many(rows: Sequence[models.Model], first: HistoryRow) -> None:
    """Save a line for each row: as the first's, but for its workspace, its key and what it holds.

    What the lines share is made ready for the database once; `bulk_create` does so for each.
    """
    fields = [one for one in HistoryRow._meta.concrete_fields if not one.primary_key]
    shared = {one.attname: _ready(one, getattr(first, one.attname)) for one in fields}
    after = HistoryRow._meta.get_field("after")
    lines = [
        {
            **shared,
            "workspace_id": _workspace_of(row),
            "key": str(row.pk),
            "after": _ready(after, fields_of(row)),
        }
        for row in rows
    ]
    name = connection.ops.quote_name
    columns = ", ".join(name(str(one.column)) for one in fields)
    into = f"{connection.ops.insert_statement()} {name(HistoryRow._meta.db_table)} ({columns})"
    places = ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        cursor.executemany(f"{into} VALUES ({places})", [tuple(one.values()) for one in lines])


def _ready(field: models.Field[Any, Any], value: object) -> Any:
    return field.get_db_prep_save(value, connection)


@transaction.atomic
def change(
    row: Row,
    values: Mapping[str, Any],
    *,
    by: Person | None,
    now: datetime,
    why: str = "",
    batch: str = "",
) -> Row:
    """Set fields of a row; what does not differ is neither written nor told."""
    names = [row._meta.get_field(name).attname for name in values]  # type: ignore[union-attr]
    was = fields_of(row)
    plain = {name: getattr(row, name) for name in names}
    for name, value in values.items():
        setattr(row, name, value)
    differ = [name for name in names if getattr(row, name) != plain[name]]
    if not differ:
        return row
    row.save(update_fields=[f for f in values if row._meta.get_field(f).attname in differ])  # type: ignore[union-attr]
    now_is = fields_of(row)
    before, after = ({name: of[name] for name in differ} for of in (was, now_is))
    told(row, Verb.CHANGED, by=by, now=now, why=why, batch=batch, before=before, after=after).save()
    return row


@transaction.atomic
def remove(
    row: models.Model, *, by: Person | None, now: datetime, why: str = "", batch: str = ""
) -> None:
    """Delete a row; the history keeps what it was, so that it can be given back."""
    line = told(
        row, Verb.REMOVED, by=by, now=now, why=why, batch=batch, before=fields_of(row), after={}
    )
    row.delete()
    line.save()


def forget_in_history(what: str, keys: Iterable[object]) -> int:
    """Empty the lines that tell of things destroyed by law; who and when stay. Gives their count."""
    rows = HistoryRow.objects.filter(what=what, key__in=[str(key) for key in keys])
    return rows.update(before={}, after={}, why="")
