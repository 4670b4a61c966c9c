"""Requests of persons: received, gathered, answered within thirty days, or refused with a reason."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from courtepointe.core.errors import BadInput, NotFound, Refused
from courtepointe.people.access import workspace_to
from courtepointe.people.actions.rows import change, create
from courtepointe.people.models import SubjectRequest
from courtepointe.people.personal import closed_list
from courtepointe.people.queries.requests import holders_of
from courtepointe.people.queries.subjects import Dossier, dossier
from courtepointe.people.queries.whom import asked_by
from courtepointe.people.sealed import fingerprint
from courtepointe.people.values import Person

DAYS = 30
"""The law's delay to answer (chapter P-39.1, section 32)."""
LONGEST = 4_000


def _kind(kind: str) -> str:
    kinds = closed_list("requests")
    if kind not in kinds:
        raise BadInput("unknown_request_kind", value=kind, expected=", ".join(kinds))
    return kind


@transaction.atomic
def receive_request(
    slug: str,
    kind: str,
    *,
    name: str,
    contact: str,
    detail: str,
    received: date,
    by: Person,
    now: datetime,
) -> int:
    """Write down a request that came on paper, by telephone or by mail; give its number."""
    workspace = workspace_to("officer", slug, by=by, now=now)
    plain = " ".join(name.split())
    if not plain:
        raise BadInput("name_needed", value="", expected=120)
    if received > localdate(now):
        raise BadInput("day_to_come", value=received)
    return _write(workspace.id, kind, plain, contact, detail, received, None, by=by, now=now)


@transaction.atomic
def ask_about_me(workspace_id: int, kind: str, *, detail: str, by: Person, now: datetime) -> int:
    """Ask, for oneself, a workspace in which one has or had a seat; give the request's number.

    Raises
    ------
    NotFound
        ``unknown_workspace``: this person never had a seat there.
    Refused
        ``request_already_open``.
    """
    if workspace_id not in {one.id for one in holders_of(by.id, now=now)}:
        raise NotFound("unknown_workspace")
    same = SubjectRequest.objects.filter(workspace_id=workspace_id, account_id=by.id)
    if same.filter(kind=_kind(kind), state=SubjectRequest.State.OPEN).exists():
        raise Refused("request_already_open")
    today = localdate(now)
    return _write(workspace_id, kind, by.name, "", detail, today, by.id, by=by, now=now)


def _write(
    workspace_id: int,
    kind: str,
    name: str,
    contact: str,
    detail: str,
    received: date,
    account_id: int | None,
    *,
    by: Person,
    now: datetime,
) -> int:
    row = SubjectRequest(
        workspace_id=workspace_id,
        kind=_kind(kind),
        account_id=account_id,
        name=name[:120],
        contact=contact.strip()[:254],
        contact_print=fingerprint(contact),
        detail=detail.strip()[:LONGEST],
        received=received,
        due=received + timedelta(days=DAYS),
        noted_by_id=by.id,
    )
    return create(row, by=by, now=now).pk


def request_of(slug: str, number: int, *, by: Person, now: datetime) -> SubjectRequest:
    """Give a request, locked, to the officer, or `NotFound` ``unknown_request``."""
    workspace = workspace_to("officer", slug, by=by, now=now)
    rows = SubjectRequest.objects.select_for_update().filter(workspace_id=workspace.id)
    row = rows.filter(pk=number).first()
    if row is None:
        raise NotFound("unknown_request")
    return row


def request_to_answer(slug: str, number: int, *, by: Person, now: datetime) -> SubjectRequest:
    """Give a request that waits for its answer, locked, to the officer; else `Refused` ``request_already_answered``."""
    row = request_of(slug, number, by=by, now=now)
    if row.state != SubjectRequest.State.OPEN:
        raise Refused("request_already_answered")
    return row


@transaction.atomic
def gather_for(slug: str, number: int, *, by: Person, now: datetime) -> Dossier:
    """Gather all that the workspace holds on whom a request is about; the history says that it was."""
    row = request_of(slug, number, by=by, now=now)
    change(row, {"gathered": now}, by=by, now=now)
    return dossier(row.workspace_id, asked_by(row), now=now)


@transaction.atomic
def answer_request(
    slug: str, number: int, *, refused: bool, reason: str, by: Person, now: datetime
) -> None:
    """Say that a request was answered, or refused: the law wants the reason written.

    Raises
    ------
    BadInput
        ``refusal_needs_a_reason``.
    Refused
        ``request_already_answered``.
    """
    row = request_to_answer(slug, number, by=by, now=now)
    if refused and not reason.strip():
        raise BadInput("refusal_needs_a_reason")
    state = SubjectRequest.State.REFUSED if refused else SubjectRequest.State.ANSWERED
    values = {"state": state, "reason": reason.strip()[:LONGEST], "answered": now, "answered_by_id": by.id}  # fmt: skip
    change(row, values, by=by, now=now)
