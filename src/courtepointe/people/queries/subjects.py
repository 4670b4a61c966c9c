"""All that a workspace holds on a person, gathered from every room that declares what it holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models

from courtepointe.atlas.recipe.values import Words
from courtepointe.people.personal import Held, declared
from courtepointe.people.queries.whom import Whom, about, acts
from courtepointe.people.sealed import SealedText


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


def dossier(workspace_id: int, whom: Whom, *, own: bool = False, now: datetime) -> Dossier:
    """Gather what is held on somebody: by their account, by a contact, by a code that stands for their name.

    With ``own``, also what the installation itself holds for them to sign in: theirs alone to read.
    """
    found, missed = [], []
    for held in declared().models.values():
        if not held.data or not (held.workspace or (own and held.about)):
            continue
        if not searchable(held, whom):
            missed.append(held.name)
        lines = tuple(_lines(held, workspace_id, whom))
        if lines:
            found.append(Kind(held.model, held.name, lines))
    return Dossier(now, tuple(found), tuple(missed))


def searchable(held: Held, whom: Whom) -> bool:
    """Say whether a person can be looked for where rows tell of persons."""
    by_account = whom.account_id is not None and bool(held.about or held.acts)
    by_contact = bool(whom.contact.strip()) and held.finds_others
    names_others = any(one.sensitivity in {"contact", "sensitive"} for one in held.data)
    return by_contact or (
        by_account and (held.finds_others or bool(held.about) or not names_others)
    )


def _lines(held: Held, workspace_id: int, whom: Whom) -> Iterator[Line]:
    for row in about(held, workspace_id, whom):
        yield Line(str(row.pk), "about", tuple(_about(held, row, whom.account_id)))
    for row in acts(held, workspace_id, whom):
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
