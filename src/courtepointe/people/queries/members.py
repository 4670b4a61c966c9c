"""Who is in a workspace, and who is asked to join."""

from __future__ import annotations

from collections.abc import Set
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db.models import Q
from django.utils.timezone import localdate

from courtepointe.people.models import Invitation, Membership
from courtepointe.people.queries.whom import holds_contact
from courtepointe.people.secrets import hashed
from courtepointe.people.values import Invited, Member, Offered, Person

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def living_seat(slug: str, by: Person, *, now: datetime) -> Membership | None:
    """Find a person's seat in an open workspace, as of today."""
    return (
        Membership.objects.select_related("workspace")
        .filter(workspace__slug=slug, workspace__closed=None)
        .filter(account_id=by.id, account__is_active=True, ended=None)
        .filter(Q(until=None) | Q(until__gte=localdate(now)))
        .first()
    )


def protected(accounts: Set[int]) -> frozenset[int]:
    """Say which accounts have a passkey or a second factor."""
    rows = Authenticator.objects.filter(user_id__in=accounts, type__in=FACTORS)
    return frozenset(rows.values_list("user_id", flat=True))


def members_of(workspace_id: int, *, former: bool = False) -> tuple[Member, ...]:
    """List who has a seat, by name; or who had one."""
    rows = Membership.objects.select_related("account").filter(workspace_id=workspace_id)
    rows = rows.filter(ended__isnull=not former).order_by("account__name", "pk")
    safe = protected({row.account.pk for row in rows})
    return tuple(
        Member(
            number=row.pk,
            person=Person(row.account.pk, row.account.name),
            roles=tuple(row.roles),
            joined=row.joined,
            until=row.until,
            ended=row.ended,
            is_protected=row.account.pk in safe,
        )
        for row in rows
    )


def _name(row: Invitation) -> str:
    return row.by.name if row.by else ""


def invitations_waiting(workspace_id: int, *, now: datetime) -> tuple[Invited, ...]:
    """List the invitations that may still be accepted, the newest first."""
    rows = Invitation.objects.select_related("by").filter(
        workspace_id=workspace_id, accepted=None, revoked=None, expires__gt=now
    )
    return tuple(
        Invited(row.pk, row.label, tuple(row.roles), row.until, _name(row), row.made, row.expires)
        for row in rows.order_by("-made")
    )


def invitation_for(secret: str, *, now: datetime) -> Offered | None:
    """Read an invitation by the secret of its link, while it may be accepted."""
    row = (
        Invitation.objects.select_related("by", "workspace")
        .filter(secret=hashed(secret), accepted=None, revoked=None, expires__gt=now)
        .filter(workspace__closed=None)
        .first()
    )
    if row is None:
        return None
    return Offered(
        row.workspace.name, row.workspace.kind, tuple(row.roles), _name(row), row.expires
    )


def joined_by(secret: str, by: Person, *, now: datetime) -> str | None:
    """Give the slug of the workspace that somebody joined by an invitation, while their seat is alive."""
    row = (
        Invitation.objects.select_related("workspace")
        .filter(secret=hashed(secret), accepted_by_id=by.id)
        .first()
    )
    seat = row and living_seat(row.workspace.slug, by, now=now)
    return seat.workspace.slug if seat else None


def invitations_naming(workspace_id: int, contact: str) -> frozenset[int]:
    """Give the keys of the invitations that say a contact where they say whose link it is."""
    rows = Invitation.objects.filter(workspace_id=workspace_id).values_list("pk", "label")
    return frozenset(key for key, label in rows.iterator() if holds_contact([label], contact))
