"""People agree to a text, and withdraw: what a withdrawal does is declared with the text."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils.timezone import localdate, make_aware

from courtepointe.core.errors import BadInput, NotFound, Refused
from courtepointe.people.access import workspace_to
from courtepointe.people.actions.privacy.ends import destroy, log, put
from courtepointe.people.actions.rows import change, create
from courtepointe.people.consents import ConsentText, consent_texts
from courtepointe.people.models import ConsentRecord, Destruction
from courtepointe.people.personal import declared
from courtepointe.people.queries.consents import ConsentTold, subject_is_held
from courtepointe.people.sealed import fingerprint
from courtepointe.people.values import Person

BY_HAND = (ConsentRecord.How.WRITTEN, ConsentRecord.How.SPOKEN)
LONGEST = 500


@transaction.atomic
def note_consent(slug: str, told: ConsentTold, *, by: Person, now: datetime) -> int:
    """Note that somebody agreed, on paper or before a witness, to a text as it reads today; give its number.

    Who agreed already and agrees again has one record, which says the newest; the history keeps what it said.

    Raises
    ------
    BadInput
        ``unknown_consent_text``, ``unknown_way_to_consent``, ``consent_needs_who``, ``consent_needs_place``,
        ``consent_needs_witness``, ``day_to_come``, ``consent_ends_before_it_begins``.
    NotFound
        ``unknown_consent_subject``
    """
    workspace = workspace_to("officer", slug, by=by, now=now)
    known = _text(told.text)
    _check(told, now=now)
    if told.kind and not subject_is_held(workspace.id, told.kind, told.key, told.text):
        raise NotFound("unknown_consent_subject")
    values = _values(told, known) | {"noted_by_id": by.id}
    same = ConsentRecord.objects.select_for_update().filter(
        workspace_id=workspace.id, text=told.text, withdrawn=None,
        subject_kind=told.kind, subject_key=told.key, who_print=fingerprint(told.who),
    )  # fmt: skip
    held = same.first()
    if held is not None:
        return change(held, values, by=by, now=now).pk
    return create(ConsentRecord(workspace_id=workspace.id, **values), by=by, now=now).pk


def _check(told: ConsentTold, *, now: datetime) -> None:
    if told.how not in BY_HAND:
        raise BadInput("unknown_way_to_consent", value=told.how, expected=", ".join(BY_HAND))
    if not told.who.strip():
        raise BadInput("consent_needs_who")
    if told.how == ConsentRecord.How.WRITTEN and not told.kept_at.strip():
        raise BadInput("consent_needs_place")
    if told.how == ConsentRecord.How.SPOKEN and not told.witness.strip():
        raise BadInput("consent_needs_witness")
    if told.given > localdate(now):
        raise BadInput("day_to_come", value=told.given)
    if told.until is not None and told.until < told.given:
        raise BadInput("consent_ends_before_it_begins", value=told.until, expected=told.given)


def _values(told: ConsentTold, known: ConsentText) -> dict[str, Any]:
    return {
        "subject_kind": told.kind,
        "subject_key": told.key,
        "who": told.who.strip()[:LONGEST],
        "who_print": fingerprint(told.who),
        "covers": told.covers.strip()[:LONGEST],
        "text": told.text,
        "version": known.last.number,
        "text_hash": known.last.hash,
        "lang": told.lang,
        "how": told.how,
        "by_guardian": told.by_guardian,
        "witness": told.witness.strip()[:LONGEST],
        "kept_at": told.kept_at.strip()[:LONGEST],
        "given": make_aware(datetime.combine(told.given, time(12))),
        "until": told.until,
    }


def _text(code: str) -> ConsentText:
    texts = consent_texts()
    if code not in texts:
        raise BadInput("unknown_consent_text", value=code, expected=", ".join(texts))
    return texts[code]


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


def end_consents(*, now: datetime) -> int:
    """Withdraw the consents whose last day is past: what rested on them ends as if their person had; give the count."""
    over = ConsentRecord.objects.select_for_update().filter(
        withdrawn=None, until__lt=localdate(now)
    )
    rows = list(over)
    for row in rows:
        _withdraw(row, by=None, now=now, because=Destruction.Because.RETENTION)
    return len(rows)


def _withdraw(
    row: ConsentRecord, *, by: Person | None, now: datetime,
    because: str = Destruction.Because.WITHDRAWAL,
) -> None:  # fmt: skip
    change(row, {"withdrawn": now, "withdrawn_by_id": by.id if by else None}, by=by, now=now)
    held = declared().models.get(row.subject_kind)
    if held is None or not held.workspace:
        return
    model = apps.get_model(row.subject_kind)
    rows = model._default_manager.filter(**{"pk": row.subject_key, held.workspace: row.workspace_id})  # fmt: skip
    then = held.on_withdrawal or _text(row.text).withdrawal
    emptied = {name: "" for name, datum in held.personal.items() if datum.consent == row.text}
    if then == "destroyed":
        counts = destroy(rows, by=by, now=now)
    else:
        counts = {row.subject_kind: put(rows, emptied, by=by, now=now) if emptied else 0}
    if counts.get(row.subject_kind):
        log(
            row.workspace_id,
            because=because, rule=row.text, what=row.subject_kind,
            then=then, counts=counts, by=by, now=now,
        )  # fmt: skip
