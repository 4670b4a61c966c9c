"""All that a workspace holds on a person, gathered from every room that declares what it holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q

from courtepointe.atlas.recipe.values import Words
from courtepointe.people.personal import Held, declared
from courtepointe.people.sealed import SealedText, fingerprint


@dataclass(frozen=True, slots=True)
class Line:
    """A row that tells of the person (``about``), or that they wrote (``acts``): then its days alone."""

    key: str
    how: str
    fields: tuple[tuple[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of rows."""

    model: str
    name: Words
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """What was found, and what could not be searched.

    Attributes
    ----------
    not_searched : tuple of Words
        Kinds of rows with personal information in which this person cannot be looked for.
    """

    made: datetime
    found: tuple[Kind, ...]
    not_searched: tuple[Words, ...]


def dossier(
    workspace_id: int,
    *,
    account_id: int | None = None,
    contact: str = "",
    own: bool = False,
    now: datetime,
) -> Dossier:
    """Gather what is held on somebody: by their account, by the fingerprint of a contact, or by both.

    With ``own``, also what the installation itself holds for them to sign in: theirs alone to read.
    """
    found, missed = [], []
    for held in declared().models.values():
        if not held.data or not (held.workspace or (own and held.about)):
            continue
        if not _searchable(held, account_id, contact):
            missed.append(held.name)
        lines = tuple(_lines(held, workspace_id, account_id, fingerprint(contact)))
        if lines:
            found.append(Kind(held.model, held.name, lines))
    return Dossier(now, tuple(found), tuple(missed))


def _searchable(held: Held, account_id: int | None, contact: str) -> bool:
    """Say whether a person can be looked for where rows tell of persons."""
    by_account = account_id is not None and bool(held.about or held.acts)
    by_contact = bool(contact) and bool(held.prints)
    names_others = any(one.sensitivity in {"contact", "sensitive"} for one in held.data)
    return by_contact or (by_account and (bool(held.prints or held.about) or not names_others))


def _lines(held: Held, workspace_id: int, account_id: int | None, mark: str) -> Iterator[Line]:
    model = apps.get_model(held.model)
    rows = model._default_manager.all()
    if held.workspace:
        rows = rows.filter(**{held.workspace: workspace_id})
    about, acts = Q(pk__in=()), Q(pk__in=())
    if account_id is not None:
        for path in held.about:
            about |= Q(**{path: account_id})
        for path in held.acts:
            acts |= Q(**{path: account_id})
    if mark:
        for name in held.prints:
            about |= Q(**{name: mark})
    for row in rows.filter(about).distinct().order_by("pk"):
        yield Line(str(row.pk), "about", tuple(_about(held, row, account_id)))
    for row in rows.filter(acts & ~about).distinct().order_by("pk"):
        yield Line(str(row.pk), "acts", tuple(_days(row)))


def _about(held: Held, row: models.Model, account_id: int | None) -> Iterator[tuple[str, Any]]:
    """Give all that a row says, except secrets, the workspace, and who else wrote it."""
    for field in row._meta.concrete_fields:
        datum = held.personal.get(field.name)
        hidden = field.primary_key or field.name == "workspace" or field.name in held.prints
        if hidden or (datum is not None and datum.sensitivity == "secret"):
            continue
        if field.name in held.acts and getattr(row, field.attname) != account_id:
            continue
        yield field.name, told_value(field, getattr(row, field.attname))


def _days(row: models.Model) -> Iterator[tuple[str, Any]]:
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if isinstance(field, models.DateField) and value is not None:
            yield field.name, value.isoformat()
    if hasattr(row, "what") and not isinstance(row._meta.get_field("what"), SealedText):
        yield "what", str(row.what)


def told_value(field: models.Field[Any, Any], value: Any) -> Any:
    """Give a value as JSON holds it, sealed texts open."""
    if value is None or isinstance(value, bool | int | float | str | list | Mapping):
        return value
    if isinstance(value, bytes | memoryview):
        return {"bytes": len(value)}
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
