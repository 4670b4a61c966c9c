"""How personal information ends: destroyed, emptied or anonymised, in its table and in the history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet

from courtepointe.people.actions.rows import MANY, Verb, forget_in_history, told
from courtepointe.people.models import ConsentRecord, Destruction, HistoryRow
from courtepointe.people.personal import declared
from courtepointe.people.queries.retention import Rows, keys_with
from courtepointe.people.values import Person

NOBODY = "—"


def empty_of(field: models.Field[Any, Any]) -> Any:
    """Give what a field holds when it says nothing."""
    if field.null:
        return None
    return "" if isinstance(field, models.CharField | models.TextField) else field.get_default()


def _some_at_a_time(keys: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """Give keys in lots: a database takes only so many in a question."""
    for start in range(0, len(keys), MANY):
        yield keys[start : start + MANY]


def destroy(rows: Rows, *, by: Person | None, now: datetime) -> dict[str, int]:
    """Delete rows and all that falls with them, and empty what the history kept; give the counts."""
    label = rows.model._meta.label_lower
    keys = keys_with(rows)
    _tell(rows, by=by, now=now)
    for what, gone in keys.items():
        living = ConsentRecord.objects.filter(subject_kind=what, withdrawn=None)
        for some in _some_at_a_time(gone):
            forget_in_history(what, some)
            living.filter(subject_key__in=list(map(str, some))).update(withdrawn=now)
    for some in _some_at_a_time(keys.get(label, ())):
        rows.model._default_manager.filter(pk__in=some).delete()
    return {what: len(gone) for what, gone in keys.items()}


def put(rows: Rows, values: Mapping[str, Any], *, by: Person | None, now: datetime) -> int:
    """Set fields to what says nothing of anybody, in the rows and in their history; give the count.

    A text may hold ``{pk}``: the row's own number. An empty text empties its field.
    """
    label, keys = rows.model._meta.label_lower, []
    fields = {name: rows.model._meta.get_field(name) for name in values}
    _tell(rows, by=by, now=now)
    for row in list(rows):
        for name, value in values.items():
            plain = value.format(pk=row.pk) if isinstance(value, str) else value
            setattr(row, name, empty_of(fields[name]) if plain in ("", None) else plain)
        row.save(update_fields=list(values))
        keys.append(str(row.pk))
    for some in _some_at_a_time(keys):
        lines = HistoryRow.objects.filter(what=label, key__in=some)
        _strip(lines, {field.attname for field in fields.values()})
        lines.update(why="")
    return len(keys)


def _strip(rows: QuerySet[HistoryRow], names: set[str]) -> None:
    """Take fields out of lines of the history; the others stay."""
    lines = list(rows)
    for line in lines:
        line.before = {name: one for name, one in line.before.items() if name not in names}
        line.after = {name: one for name, one in line.after.items() if name not in names}
    HistoryRow.objects.bulk_update(lines, ["before", "after"], batch_size=MANY)


def unsign(rows: Rows, field: str, account_id: int) -> int:
    """Take the name of who wrote off rows, which stay, and off their history; give the count.

    ``<field>_name`` goes with ``field``: a dash stands for it, as an empty one is the operator's.
    """
    model = rows.model
    known = {one.name for one in model._meta.concrete_fields}
    name, attname = f"{field}_name", model._meta.get_field(field).attname
    keys = list(map(str, rows.values_list("pk", flat=True)))
    values = {field: None} | ({name: NOBODY} if name in known else {})
    model._default_manager.filter(pk__in=rows.order_by().values("pk")).update(**values)
    of_kind = HistoryRow.objects.filter(what=model._meta.label_lower)
    for some in _some_at_a_time(keys):
        lines = of_kind.filter(key__in=some)
        wrote = Q(**{f"before__{attname}": account_id}) | Q(**{f"after__{attname}": account_id})
        _strip(lines.filter(wrote), {attname, name})
    return len(keys)


def _tell(rows: Rows, *, by: Person | None, now: datetime) -> None:
    """Say in the history that something ended, without what it was; a framework's rows have none."""
    if not declared().models[rows.model._meta.label_lower].workspace or rows.model is HistoryRow:
        return
    lines = (
        told(row, Verb.DESTROYED, by=by, now=now, why="", batch="", before={}, after={})
        for row in rows
    )
    HistoryRow.objects.bulk_create(lines, batch_size=MANY)


def log(
    workspace_id: int | None,
    *,
    because: str,
    what: str,
    then: str,
    counts: Mapping[str, int],
    by: Person | None,
    now: datetime,
    rule: str = "",
) -> Destruction:
    """Write a line of the log: the kind, the count, what fell beside; never the content."""
    return Destruction.objects.create(
        workspace_id=workspace_id,
        because=because,
        rule=rule,
        what=what,
        then=then,
        count=counts.get(what, 0),
        beside={kind: count for kind, count in counts.items() if kind != what},
        by_id=by.id if by else None,
        by_name=by.name if by else "",
        at=now,
    )
