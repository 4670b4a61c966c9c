"""What crosses between workspaces, and who answers for the money."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from courtepointe.people.models import FiduciaryPeriod, SharingAgreement
from courtepointe.people.values import Agreement, Fiduciary

ACCEPTED = SharingAgreement.State.ACCEPTED


def _on(rows: QuerySet[SharingAgreement], on: date) -> QuerySet[SharingAgreement]:
    return rows.filter(state=ACCEPTED, since__lte=on, until__gte=on).filter(
        owner__closed=None, receiver__closed=None
    )


def _agreement(row: SharingAgreement, *, on: date) -> Agreement:
    past = row.until < on and row.state in (ACCEPTED, SharingAgreement.State.OFFERED)
    return Agreement(
        number=row.pk,
        owner=row.owner.name,
        owner_slug=row.owner.slug,
        receiver=row.receiver.name,
        receiver_slug=row.receiver.slug,
        what=row.what,
        purpose=row.purpose,
        since=row.since,
        until=row.until,
        state="expired" if past else row.state,
        offered_by=row.offered_by.name,
        answered_by=row.answered_by.name if row.answered_by else "",
        revoked_by=row.revoked_by.name if row.revoked_by else "",
        why_revoked=row.why_revoked,
    )


def _all() -> QuerySet[SharingAgreement]:
    return SharingAgreement.objects.select_related(
        "owner", "receiver", "offered_by", "answered_by", "revoked_by"
    )


def agreements_of(workspace_id: int, *, now: datetime) -> tuple[Agreement, ...]:
    """List the agreements of which a workspace is a side, the newest first."""
    rows = _all().filter(Q(owner_id=workspace_id) | Q(receiver_id=workspace_id))
    return tuple(_agreement(row, on=localdate(now)) for row in rows.order_by("-offered", "-pk"))


def living_agreement(
    number: int, *, receiver_id: int, now: datetime
) -> tuple[int, Agreement] | None:
    """Find an agreement in force today of which a workspace is the receiver; the owner's id first."""
    row = _on(_all(), localdate(now)).filter(pk=number, receiver_id=receiver_id).first()
    return None if row is None else (row.owner.pk, _agreement(row, on=localdate(now)))


def sets_received(receiver_id: int, what: str, *, now: datetime) -> frozenset[int]:
    """Say which workspaces show a set to a workspace today, by their ids."""
    rows = _on(SharingAgreement.objects.all(), localdate(now))
    return frozenset(
        rows.filter(receiver_id=receiver_id, what=what).values_list("owner_id", flat=True)
    )


def _fiduciary(row: FiduciaryPeriod) -> Fiduciary:
    return Fiduciary(row.pk, row.name, row.registration, row.since, row.until, row.note)


def fiduciaries_of(workspace_id: int) -> tuple[Fiduciary, ...]:
    """List who answered for a collective's money, the newest first."""
    rows = FiduciaryPeriod.objects.filter(workspace_id=workspace_id).order_by("-since")
    return tuple(map(_fiduciary, rows))


def fiduciary_on(workspace_id: int, on: date) -> Fiduciary | None:
    """Say who answers for a collective's money on a day."""
    rows = FiduciaryPeriod.objects.filter(workspace_id=workspace_id, since__lte=on)
    row = rows.filter(Q(until=None) | Q(until__gte=on)).order_by("-since").first()
    return None if row is None else _fiduciary(row)
