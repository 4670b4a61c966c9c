"""People agree to a text, and withdraw: what a withdrawal does is declared with the text."""

from __future__ import annotations

from datetime import datetime

from django.apps import apps
from django.db import models, transaction

from courtepointe.core.errors import BadInput, NotFound, Refused
from courtepointe.people.access import workspace_to
from courtepointe.people.actions.privacy.ends import destroy, log, put
from courtepointe.people.actions.rows import change, create
from courtepointe.people.consents import ConsentText, consent_texts
from courtepointe.people.models import ConsentRecord, Destruction
from courtepointe.people.personal import declared
from courtepointe.people.values import Person


@transaction.atomic
def note_consent(
    workspace_id: int,
    subject: models.Model,
    text: str,
    *,
    how: str,
    lang: str,
    by: Person | None,
    now: datetime,
    by_guardian: bool = False,
) -> int:
    """Keep that whom a row tells of agreed to a text as it reads today; give the record's number.

    The room whose row it is has passed the gate. Who agreed already agrees still: the older record stays.

    Raises
    ------
    BadInput
        ``unknown_consent_text``, ``unknown_way_to_consent``.
    """
    known = _text(text)
    if how not in set(ConsentRecord.How):
        raise BadInput(
            "unknown_way_to_consent", value=how, expected=", ".join(ConsentRecord.How.values)
        )
    of_one = _living(workspace_id, subject._meta.label_lower, str(subject.pk), text)
    held = of_one.first()
    if held is not None and held.version == known.last.number:
        return held.pk
    if held is not None:
        change(held, {"withdrawn": now, "withdrawn_by_id": by.id if by else None}, by=by, now=now)
    row = ConsentRecord(
        workspace_id=workspace_id,
        subject_kind=subject._meta.label_lower,
        subject_key=str(subject.pk),
        text=text,
        version=known.last.number,
        text_hash=known.last.hash,
        lang=lang,
        how=how,
        by_guardian=by_guardian,
        given=now,
        noted_by_id=by.id if by else None,
    )
    return create(row, by=by, now=now).pk


def _text(code: str) -> ConsentText:
    texts = consent_texts()
    if code not in texts:
        raise BadInput("unknown_consent_text", value=code, expected=", ".join(texts))
    return texts[code]


def _living(
    workspace_id: int, kind: str, key: str, text: str
) -> models.QuerySet[ConsentRecord, ConsentRecord]:
    rows = ConsentRecord.objects.select_for_update().filter(workspace_id=workspace_id, text=text)
    return rows.filter(subject_kind=kind, subject_key=key, withdrawn=None)


@transaction.atomic
def withdraw_consent_of(
    workspace_id: int, subject: models.Model, text: str, *, by: Person | None, now: datetime
) -> None:
    """Withdraw a consent from the room whose row it is, which has passed the gate."""
    row = _living(workspace_id, subject._meta.label_lower, str(subject.pk), text).first()
    if row is None:
        raise Refused("no_living_consent")
    _withdraw(row, by=by, now=now)


@transaction.atomic
def withdraw_consent(slug: str, number: int, *, by: Person, now: datetime) -> None:
    """Withdraw a consent as the officer was asked to; its declared consequence follows at once."""
    workspace = workspace_to("officer", slug, by=by, now=now)
    rows = ConsentRecord.objects.select_for_update().filter(workspace_id=workspace.id)
    row = rows.filter(pk=number).first()
    if row is None:
        raise NotFound("unknown_consent")
    if row.withdrawn is not None:
        raise Refused("no_living_consent")
    _withdraw(row, by=by, now=now)


def _withdraw(row: ConsentRecord, *, by: Person | None, now: datetime) -> None:
    change(row, {"withdrawn": now, "withdrawn_by_id": by.id if by else None}, by=by, now=now)
    held = declared().models.get(row.subject_kind)
    if held is None or not held.workspace:
        return
    model = apps.get_model(row.subject_kind)
    rows = model._default_manager.filter(**{"pk": row.subject_key, held.workspace: row.workspace_id})  # fmt: skip
    then = _text(row.text).withdrawal
    emptied = {name: "" for name, datum in held.personal.items() if datum.consent == row.text}
    if then == "destroyed":
        counts = destroy(rows, by=by, now=now)
    else:
        counts = {row.subject_kind: put(rows, emptied, by=by, now=now) if emptied else 0}
    if counts.get(row.subject_kind):
        log(
            row.workspace_id,
            because=Destruction.Because.WITHDRAWAL, rule=row.text, what=row.subject_kind,
            then=then, counts=counts, by=by, now=now,
        )  # fmt: skip
