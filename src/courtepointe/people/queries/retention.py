"""What is due to be destroyed, emptied or anonymised, by the rules that the rooms declare."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeAlias

from django.apps import apps
from django.db import models
from django.db.models import F, Min, Q, QuerySet
from django.db.models.deletion import Collector, ProtectedError, RestrictedError
from django.db.models.functions import Coalesce, Length
from django.utils.timezone import localdate

from courtepointe.core.errors import Refused
from courtepointe.people.models import Destruction, DestructionRun
from courtepointe.people.personal import Rule, declared

Rows: TypeAlias = QuerySet[Any]
LOG = 200
MOST_BETWEEN_RUNS = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Due:
    """What a rule calls for today.

    Attributes
    ----------
    oldest : date
        Since when the oldest of them counts.
    beside : tuple
        What goes with them: the kind of row, how many.
    """

    rule: Rule
    count: int
    oldest: date
    beside: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Destroyed:
    """A line of the log: never what it was."""

    because: str
    rule: str
    what: str
    then: str
    count: int
    beside: Mapping[str, int]
    by: str
    at: datetime


def field_at(model: type[models.Model], path: str) -> models.Field[Any, Any]:
    """Give the field at the end of a path of lookups."""
    first, _, rest = path.partition("__")
    field: Any = model._meta.get_field(first)
    return field_at(field.related_model, rest) if rest else field


def due_rows(rule: Rule, *, now: datetime, workspace_id: int | None = None) -> Rows:
    """Give the rows that a rule ends by now, those of a workspace where one is given."""
    model = apps.get_model(rule.model)
    held = declared().models[rule.model]
    rows: Rows = model._default_manager.filter(**rule.when)
    if rule.unless:
        rows = rows.exclude(**rule.unless)
    if workspace_id is not None:
        rows = rows.filter(**{held.workspace: workspace_id}) if held.workspace else rows.none()
    if rule.then == "kept":
        return rows.none()
    moments = [F(path) for path in rule.since]
    rows = rows.annotate(ends_from=Coalesce(*moments) if len(moments) > 1 else moments[0])
    limit: date = now - timedelta(days=rule.days)
    if not isinstance(field_at(model, rule.since[0]), models.DateTimeField):
        limit = localdate(now) - timedelta(days=rule.days)
    rows = rows.filter(ends_from__lte=limit)
    return not_empty(rows, fields_ended(rule)) if rule.then == "emptied" else rows


def fields_ended(rule: Rule) -> tuple[str, ...]:
    """Give the fields that a rule empties: those it names, else all that name it."""
    named = declared().models[rule.model].personal
    return rule.fields or tuple(name for name, one in named.items() if one.retention == rule.code)


def not_empty(rows: Rows, fields: tuple[str, ...]) -> Rows:
    """Keep the rows of which some field still says something."""
    says = Q(pk__in=())
    for number, name in enumerate(fields):
        field = rows.model._meta.get_field(name)
        if isinstance(field, models.CharField | models.TextField):
            rows = rows.annotate(**{f"long_{number}": Length(name)})
            says |= Q(**{f"long_{number}__gt": 0})
        elif field.null:
            says |= Q(**{f"{name}__isnull": False})
        else:
            says |= ~Q(**{name: field.get_default()})
    return rows.filter(says)


def keys_with(rows: Rows) -> dict[str, list[Any]]:
    """Give the keys of rows and of all that falls with them, by kind of row."""
    collector = Collector(using=rows.db, origin=rows)
    try:
        collector.collect(rows)
    except (ProtectedError, RestrictedError) as error:
        raise Refused("destruction_held_back", value=str(rows.model._meta.verbose_name)) from error
    found: dict[str, list[Any]] = {}
    for model, instances in collector.data.items():
        found.setdefault(model._meta.label_lower, []).extend(one.pk for one in instances)
    for fast in collector.fast_deletes:
        keys = found.setdefault(fast.model._meta.label_lower, [])
        keys.extend(fast.values_list("pk", flat=True))
    return {label: keys for label, keys in found.items() if keys}


def beside(rule: Rule, rows: Rows) -> dict[str, int]:
    """Count what falls with the rows of a rule, by kind; nothing where the rows stay."""
    if rule.then != "destroyed":
        return {}
    return {label: len(keys) for label, keys in keys_with(rows).items() if label != rule.model}


def due(*, now: datetime, workspace_id: int | None = None) -> tuple[Due, ...]:
    """List what is due, in the installation or in a workspace; nothing is changed."""
    return tuple(_due(now, workspace_id))


def _due(now: datetime, workspace_id: int | None) -> Iterator[Due]:
    for rule in declared().rules.values():
        if rule.by_room:
            continue
        rows = due_rows(rule, now=now, workspace_id=workspace_id)
        count = rows.count()
        if count:
            oldest = rows.aggregate(first=Min("ends_from"))["first"]
            day = localdate(oldest) if isinstance(oldest, datetime) else oldest
            yield Due(rule, count, day, tuple(sorted(beside(rule, rows).items())))


@dataclass(frozen=True, slots=True)
class LastRun:
    """When the daily destruction ran last; None where it never did. ``is_late``: more than two days ago, or never."""

    at: datetime | None
    is_late: bool


def last_run(*, now: datetime) -> LastRun:
    """Say when all that was due in the installation was ended last."""
    at = DestructionRun.objects.values_list("at", flat=True).first()
    return LastRun(at, at is None or now - at > MOST_BETWEEN_RUNS)


def destructions_of(workspace_id: int) -> tuple[Destroyed, ...]:
    """List the last 200 lines of a workspace's log of destruction, the newest first."""
    rows = Destruction.objects.filter(workspace_id=workspace_id).order_by("-pk")[:LOG]
    return tuple(
        Destroyed(
            row.because, row.rule, row.what, row.then, row.count, row.beside, row.by_name, row.at
        )
        for row in rows
    )
