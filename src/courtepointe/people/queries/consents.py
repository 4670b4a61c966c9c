"""What people agreed to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import models

from courtepointe.atlas.recipe.values import Words
from courtepointe.people.consents import consent_texts
from courtepointe.people.models import ConsentRecord

PAGE = 200


@dataclass(frozen=True, slots=True)
class ConsentSeen:
    """A consent as the officer reads it.

    Attributes
    ----------
    as_read : bool
        Whether the text of that version still is the one that was read.
    """

    number: int
    subject_kind: str
    subject_key: str
    text: str
    version: int
    how: str
    by_guardian: bool
    given: datetime
    noted_by: str
    withdrawn: datetime | None
    as_read: bool


@dataclass(frozen=True, slots=True)
class ConsentCount:
    """Consents that a room keeps beside what they let it keep: how many, to which wording, until when.

    Attributes
    ----------
    kind : str
        The kind of rows that rests on them.
    text : Words or None
        What was read; None where the version is known no more.
    living, withdrawn : int
        ``withdrawn`` is 0 where a withdrawal leaves nothing.
    first, last : date
        When the oldest, and the newest, of the living was given.
    next_end : date or None
        When the first of the living ends; None where nothing but a withdrawal ends them.
    """

    kind: str
    version: str
    text: Words | None
    living: int
    withdrawn: int
    first: date | None
    last: date | None
    next_end: date | None


def has_consent(workspace_id: int, subject: models.Model, text: str) -> bool:
    """Say whether whom a row tells of agrees to a text today."""
    rows = ConsentRecord.objects.filter(workspace_id=workspace_id, text=text, withdrawn=None)
    kind = subject._meta.label_lower
    return rows.filter(subject_kind=kind, subject_key=str(subject.pk)).exists()


def consents_of(workspace_id: int) -> tuple[ConsentSeen, ...]:
    """List the last 200 consents of a workspace, the newest first."""
    rows = ConsentRecord.objects.select_related("noted_by").filter(workspace_id=workspace_id)
    return tuple(map(_seen, rows.order_by("-pk")[:PAGE]))


def _seen(row: ConsentRecord) -> ConsentSeen:
    return ConsentSeen(
        number=row.pk,
        subject_kind=row.subject_kind,
        subject_key=row.subject_key,
        text=row.text,
        version=row.version,
        how=row.how,
        by_guardian=row.by_guardian,
        given=row.given,
        noted_by=row.noted_by.name if row.noted_by else "",
        withdrawn=row.withdrawn,
        as_read=_hash_now(row.text, row.version) == row.text_hash,
    )


def _hash_now(text: str, version: int) -> str:
    known = consent_texts().get(text)
    if known is None or not 1 <= version <= len(known.versions):
        return ""
    return known.versions[version - 1].hash
