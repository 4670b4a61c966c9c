"""What people agreed to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import models

from courtepointe.atlas.recipe.values import Words
from courtepointe.people.consents import consent_texts
from courtepointe.people.models import ConsentRecord
from courtepointe.people.personal import declared
from courtepointe.people.queries.whom import rows_in
from courtepointe.people.sealed import fingerprint

PAGE = 200


@dataclass(frozen=True, slots=True)
class ConsentSeen:
    """A consent as the officer reads it.

    Attributes
    ----------
    as_read : bool
        Whether the text of that version still is the one that was read.
    who, covers, witness, kept_at : str
        Who agreed, to what exactly, before whom, and where the paper is; empty where it was not said.
    is_over : bool
        Its last day is past.
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
    who: str
    covers: str
    witness: str
    kept_at: str
    until: date | None
    is_over: bool


@dataclass(frozen=True, slots=True)
class ConsentTold:
    """A consent as somebody notes it by hand.

    Attributes
    ----------
    text : str
        Of `courtepointe.people.consents.consent_texts`, in its last wording.
    how : str
        ``written``, or ``spoken`` before a witness.
    who : str
        A pseudonym, a volunteer's code, an address: nobody needs a name here.
    covers : str
        What exactly, in the words of the paper.
    kind, key : str
        The row that it is about; empty where it is about none.
    """

    text: str
    how: str
    lang: str
    given: date
    who: str = ""
    covers: str = ""
    until: date | None = None
    by_guardian: bool = False
    witness: str = ""
    kept_at: str = ""
    kind: str = ""
    key: str = ""


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


def has_consent(workspace_id: int, kind: str, key: object, text: str, *, on: date) -> bool:
    """Say whether whom a row tells of agrees to a text on a day: the row by its kind and its key."""
    rows = _living(workspace_id, on).filter(subject_kind=kind, subject_key=str(key), text=text)
    return rows.exists()


def consents_under(workspace_id: int, who: str, *, on: date) -> tuple[ConsentSeen, ...]:
    """List what somebody agrees to on a day, by the pseudonym or the code that it was noted under."""
    mark = fingerprint(who)
    rows = _living(workspace_id, on).filter(who_print=mark) if mark else ConsentRecord.objects.none()  # fmt: skip
    return tuple(_seen(row, on) for row in rows.select_related("noted_by").order_by("-pk"))


def _living(workspace_id: int, on: date) -> models.QuerySet[ConsentRecord]:
    rows = ConsentRecord.objects.filter(workspace_id=workspace_id, withdrawn=None)
    return rows.filter(models.Q(until=None) | models.Q(until__gte=on))


@dataclass(frozen=True, slots=True)
class ConsentsOver:
    """Consents to a text whose last day is past: what rests on them ends with the next daily destruction.

    ``kind`` is the kind of rows that they are about; empty where they are about none.
    """

    text: str
    kind: str
    count: int
    oldest: date


def consents_over(*, on: date, workspace_id: int | None = None) -> tuple[ConsentsOver, ...]:
    """List the consents that are over and not ended yet, in a workspace or in the installation."""
    rows = ConsentRecord.objects.filter(withdrawn=None, until__lt=on)
    if workspace_id is not None:
        rows = rows.filter(workspace_id=workspace_id)
    told = rows.order_by("text", "subject_kind").values_list("text", "subject_kind")
    counted = told.annotate(count=models.Count("pk"), oldest=models.Min("until"))
    return tuple(ConsentsOver(*one) for one in counted)


def subject_is_held(workspace_id: int, kind: str, key: str, text: str) -> bool:
    """Say whether a workspace holds a row on which a consent to a text may be noted."""
    held = declared().models.get(kind)
    if held is None or text not in held.agrees or not (key.isascii() and key.isdecimal()):
        return False
    return rows_in(held, workspace_id).filter(pk=int(key[:15])).exists()


def consents_of(workspace_id: int, *, on: date) -> tuple[ConsentSeen, ...]:
    """List the last 200 consents of a workspace, the newest first."""
    rows = ConsentRecord.objects.select_related("noted_by").filter(workspace_id=workspace_id)
    return tuple(_seen(row, on) for row in rows.order_by("-pk")[:PAGE])


def _seen(row: ConsentRecord, on: date) -> ConsentSeen:
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
        who=row.who,
        covers=row.covers,
        witness=row.witness,
        kept_at=row.kept_at,
        until=row.until,
        is_over=row.until is not None and row.until < on,
    )


def _hash_now(text: str, version: int) -> str:
    known = consent_texts().get(text)
    if known is None or not 1 <= version <= len(known.versions):
        return ""
    return known.versions[version - 1].hash
