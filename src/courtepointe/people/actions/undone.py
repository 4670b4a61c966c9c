"""An import is undone: what it made is removed, what it changed is as before; all of it, or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from itertools import groupby
from typing import Any

from django.apps import apps
from django.db import models, transaction

from courtepointe.core.errors import NotFound, Refused
from courtepointe.people.access import workspace_to
from courtepointe.people.actions.rows import MANY, fields_of, told
from courtepointe.people.models import HistoryRow, RememberedHeadings
from courtepointe.people.sealed import SealedText, unseal
from courtepointe.people.values import Person

Verb = HistoryRow.Verb
HEADINGS = RememberedHeadings._meta.label_lower


@transaction.atomic
def undo_batch(slug: str, batch: str, *, by: Person, now: datetime, why: str = "") -> int:
    """Undo all the writes of a batch, the last first; give how many things were put back.

    Raises
    ------
    NotFound
        No such batch in this workspace.
    Refused
        ``changed_since``: somebody wrote on one of its things since; ``batch_closed``: what it was brought
        into is closed, and changes no more. Nothing is undone.
    """
    workspace = workspace_to("write", slug, by=by, now=now)
    lines = list(
        HistoryRow.objects.select_for_update()
        .filter(workspace_id=workspace.id, batch=batch)
        .exclude(batch="")
        .order_by("-pk")
    )
    if not lines:
        raise NotFound("unknown_batch")
    if any(line.verb == Verb.UNDONE for line in lines):
        raise Refused("batch_already_undone")
    lines = _without_headings_learnt_again(lines)
    _refuse_what_changed(lines)
    _refuse_what_is_closed(lines)
    for (verb, what), some in groupby(lines, key=lambda line: (line.verb, line.what)):
        if verb == Verb.CREATED:
            _take_away(what, list(some), by=by, now=now, why=why)
        else:
            for line in some:
                _put_back(line, by=by, now=now, why=why)
    return len({(line.what, line.key) for line in lines})


def _without_headings_learnt_again(lines: list[HistoryRow]) -> list[HistoryRow]:
    """Leave out the headings that a later import taught again: they are no data of this one.

    Else nobody could undo an import once another table of its kind was brought.
    """
    heads = {line.key: line.pk for line in lines if line.what == HEADINGS}
    later = HistoryRow.objects.filter(what=HEADINGS, key__in=heads, pk__gt=min(heads.values(), default=0))  # fmt: skip
    taught = {key for key, number in later.values_list("key", "pk") if number > heads[key]}
    return [line for line in lines if line.what != HEADINGS or line.key not in taught]


def _refuse_what_changed(lines: list[HistoryRow]) -> None:
    if not lines:
        return
    last = {(line.what, line.key): line.pk for line in reversed(lines)}
    kinds = {what for what, _ in last}
    since = HistoryRow.objects.filter(what__in=kinds, pk__gt=min(last.values())).exclude(
        pk__in=[line.pk for line in lines]
    )
    touched = {
        (what, key)
        for what, key, number in since.values_list("what", "key", "pk")
        if number > last.get((what, key), number)
    }
    if touched:
        raise Refused("changed_since", found=len(touched))


def _refuse_what_is_closed(lines: list[HistoryRow]) -> None:
    """Leave alone what stands in something that is closed, by the way to it that a model names in ``CLOSES_WITH``."""
    for what in {line.what for line in lines}:
        model = apps.get_model(what)
        way = getattr(model, "CLOSES_WITH", "")
        keys = [line.key for line in lines if line.what == what]
        if way and model._default_manager.filter(pk__in=keys, **{f"{way}__isnull": False}).exists():
            raise Refused("batch_closed")


def _take_away(what: str, lines: list[HistoryRow], *, by: Person, now: datetime, why: str) -> None:
    """Remove the things of one kind that lines in a row say were made, many at a time."""
    rows = apps.get_model(what)._default_manager
    for start in range(0, len(lines), MANY):
        some = lines[start : start + MANY]
        there = {str(key): row for key, row in rows.in_bulk([line.key for line in some]).items()}
        made = [(line, there[line.key]) for line in some if line.key in there]
        HistoryRow.objects.bulk_create(
            _line(row, line, by=by, now=now, why=why, before=fields_of(row), after={})
            for line, row in made
        )
        try:
            rows.filter(pk__in=[row.pk for _, row in made]).delete()
        except models.RestrictedError as error:
            raise Refused("changed_since", found=len(error.restricted_objects)) from error


def _put_back(line: HistoryRow, *, by: Person, now: datetime, why: str) -> None:
    model = apps.get_model(line.what)
    row = model._default_manager.filter(pk=line.key).first()
    if line.verb == Verb.CHANGED and row is not None:
        was = fields_of(row)
        _set(row, line.before)
        row.save()
        before = _only(was, line.before)
        _line(row, line, by=by, now=now, why=why, before=before, after=line.before).save()
    elif line.verb == Verb.REMOVED and row is None:
        row = model(pk=line.key)
        _set(row, line.before)
        row.save(force_insert=True)
        _line(row, line, by=by, now=now, why=why, before={}, after=line.before).save()


def _only(values: Mapping[str, Any], names: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name in names}


def _set(row: models.Model, values: Mapping[str, Any]) -> None:
    for field in row._meta.concrete_fields:
        if field.attname not in values:
            continue
        value = values[field.attname]
        if isinstance(field, SealedText):
            value = None if value is None else unseal(value["sealed"])
        elif not isinstance(field, models.JSONField | models.ForeignKey):
            value = field.to_python(value)
        setattr(row, field.attname, value)


def _line(
    row: models.Model,
    line: HistoryRow,
    *,
    by: Person,
    now: datetime,
    why: str,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
) -> HistoryRow:
    """Make the line that tells what was put back; it is not saved yet."""
    new = told(
        row, Verb.UNDONE, by=by, now=now, why=why, batch=line.batch, before=before, after=after
    )
    new.key = line.key
    return new
