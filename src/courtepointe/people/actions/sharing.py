"""What a workspace shows to another is agreed by both; either ends it. Who answers for the money."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate

from courtepointe.core.errors import BadInput, NotFound, Refused
from courtepointe.people.access import agreement_to_answer, workspace_to
from courtepointe.people.actions.rows import change, create
from courtepointe.people.models import FiduciaryPeriod, SharingAgreement, Workspace
from courtepointe.people.roles import shared_sets
from courtepointe.people.values import Person

State = SharingAgreement.State


@transaction.atomic
def offer_agreement(
    slug: str,
    *,
    receiver: str,
    what: str,
    purpose: str,
    since: date,
    until: date,
    by: Person,
    now: datetime,
) -> int:
    """Offer to show a set to another workspace, for a purpose and until a day; give its number."""
    owner = workspace_to("share", slug, by=by, now=now)
    other = Workspace.objects.filter(slug=receiver, closed=None).exclude(pk=owner.id).first()
    if other is None:
        raise NotFound("unknown_receiver")
    if what not in shared_sets():
        raise BadInput("unknown_set", value=what, expected=", ".join(shared_sets()))
    if not purpose.strip():
        raise BadInput("purpose_needed")
    if until < max(since, localdate(now)):
        raise BadInput("ends_before_it_begins", value=until, expected=max(since, localdate(now)))
    _refuse_twin(owner.id, other.pk, what, since=since, until=until)
    row = SharingAgreement(
        owner_id=owner.id,
        receiver=other,
        what=what,
        purpose=purpose.strip(),
        since=since,
        until=until,
        offered_by_id=by.id,
        offered=now,
    )
    create(row, by=by, now=now)
    return row.pk


def _refuse_twin(owner_id: int, receiver_id: int, what: str, *, since: date, until: date) -> None:
    """Refuse to offer what is offered, or agreed, over the same days: the form was sent twice, or forgotten."""
    Workspace.objects.select_for_update().get(pk=owner_id)
    same = SharingAgreement.objects.filter(owner_id=owner_id, receiver_id=receiver_id, what=what)
    same = same.filter(
        state__in=(State.OFFERED, State.ACCEPTED), since__lte=until, until__gte=since
    )
    if same.exists():
        raise Refused("agreement_already_offered")


@transaction.atomic
def answer_agreement(slug: str, number: int, *, accepted: bool, by: Person, now: datetime) -> None:
    """Accept or decline what another workspace offers to show."""
    row = agreement_to_answer(slug, number, side="receiver", by=by, now=now)
    if row.state != State.OFFERED or row.until < localdate(now):
        raise Refused("agreement_already_answered")
    state = State.ACCEPTED if accepted else State.DECLINED
    change(row, {"state": state, "answered_by_id": by.id, "answered": now}, by=by, now=now)


@transaction.atomic
def revoke_agreement(
    slug: str, number: int, *, side: str, why: str, by: Person, now: datetime
) -> None:
    """End an agreement at once, on either side; what was seen is no longer shown."""
    if side not in ("owner", "receiver"):
        raise NotFound("unknown_agreement")
    row = agreement_to_answer(slug, number, side=side, by=by, now=now)
    if row.state not in (State.OFFERED, State.ACCEPTED):
        raise Refused("agreement_already_ended")
    ended = {"state": State.REVOKED, "revoked_by_id": by.id, "revoked": now, "why_revoked": why}
    change(row, ended, by=by, now=now, why=why)


@transaction.atomic
def name_fiduciary(
    slug: str,
    *,
    name: str,
    registration: str,
    since: date,
    until: date | None,
    note: str,
    by: Person,
    now: datetime,
) -> None:
    """Say who answers for a collective's money, over a time that no other covers."""
    workspace = workspace_to("settings", slug, by=by, now=now)
    plain = " ".join(name.split())
    if not plain:
        raise BadInput("fiduciary_name_needed")
    if until is not None and until < since:
        raise BadInput("ends_before_it_begins", value=until, expected=since)
    _refuse_overlap(workspace.id, since=since, until=until)
    row = FiduciaryPeriod(
        workspace_id=workspace.id,
        name=plain[:200],
        registration=registration.strip()[:40],
        since=since,
        until=until,
        note=note.strip(),
    )
    create(row, by=by, now=now)


@transaction.atomic
def end_fiduciary(slug: str, number: int, *, until: date, by: Person, now: datetime) -> None:
    """Say on which day a fiduciary stopped answering for the money."""
    workspace = workspace_to("settings", slug, by=by, now=now)
    row = FiduciaryPeriod.objects.filter(pk=number, workspace_id=workspace.id).first()
    if row is None:
        raise NotFound("unknown_fiduciary")
    if until < row.since:
        raise BadInput("ends_before_it_begins", value=until, expected=row.since)
    _refuse_overlap(workspace.id, since=row.since, until=until, but=row.pk)
    change(row, {"until": until}, by=by, now=now)


def _refuse_overlap(workspace_id: int, *, since: date, until: date | None, but: int = 0) -> None:
    """Hold that one organisation at a time answers for the money."""
    Workspace.objects.select_for_update().get(pk=workspace_id)
    beside = FiduciaryPeriod.objects.filter(workspace_id=workspace_id).exclude(pk=but)
    beside = beside.filter(Q(until=None) | Q(until__gte=since))
    if until is not None:
        beside = beside.filter(since__lte=until)
    other = beside.first()
    if other is not None:
        raise Refused("fiduciaries_overlap", value=other.name, since=other.since)
