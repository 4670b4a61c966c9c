"""Who joins, with which roles, who leaves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from courtepointe.core.errors import BadInput, NotAllowed, NotFound, Refused
from courtepointe.people.access import (
    invitation_to_accept,
    invitation_to_revoke,
    seat_to_change,
    workspace_to,
)
from courtepointe.people.actions.accounts import open_account
from courtepointe.people.actions.privacy.ends import destroy
from courtepointe.people.actions.rows import change, create
from courtepointe.people.models import Account, Invitation, Membership, Workspace
from courtepointe.people.queries import living_seat, person_of
from courtepointe.people.roles import rights_of, roles
from courtepointe.people.secrets import hashed, new_secret
from courtepointe.people.values import Person

INVITATION_LIFE = timedelta(days=14)
MOST_WAITING = 500


def _checked(told: Iterable[str], *, may_give: frozenset[str] | None) -> list[str]:
    """Give known roles in their order; nobody gives a right that they do not have."""
    asked = set(told)
    known = [code for code in roles() if code in asked]
    if not known or asked - set(known):
        raise BadInput("roles_needed", value=", ".join(sorted(asked)), expected=", ".join(roles()))
    beyond = rights_of(known) - (may_give if may_give is not None else rights_of(known))
    if beyond:
        raise NotAllowed("right_cannot_be_given", value=", ".join(sorted(beyond)))
    return known


GIVEN_BY_WHO_INVITES = frozenset({"trust", "contacts", "officer", "write", "review", "contribute"})
"""Rights that whoever invites may give without having them: an administrator invites an evaluator."""


@transaction.atomic
def invite(
    slug: str,
    *,
    label: str,
    told_roles: Iterable[str],
    until: date | None = None,
    by: Person | None,
    now: datetime,
) -> str:
    """Invite somebody, and give the secret of the link: it is shown once, and kept as a hash.

    ``label`` says to whom the link goes (a name, an address): only who invites reads it. Without
    ``by``, the operator's command invites: the workspace has nobody yet.
    """
    if by is None:
        workspace = Workspace.objects.filter(slug=slug, closed=None).first()
        if workspace is None:
            raise NotFound("unknown_workspace")
        held, number = None, workspace.pk
        raise_if_peopled(workspace, now=now)
    else:
        seen = workspace_to("invite", slug, by=by, now=now)
        held, number = seen.rights | GIVEN_BY_WHO_INVITES, seen.id
    if until is not None and until < localdate(now):
        raise BadInput("day_has_passed", value=until)
    waiting = Invitation.objects.filter(workspace_id=number, accepted=None, revoked=None)
    if waiting.filter(expires__gt=now).count() >= MOST_WAITING:
        raise Refused("too_many_invitations", value=MOST_WAITING)
    secret = new_secret()
    row = Invitation(
        workspace_id=number,
        label=" ".join(label.split())[:254],
        roles=_checked(told_roles, may_give=held),
        until=until,
        secret=hashed(secret),
        by_id=by.id if by else None,
        made=now,
        expires=now + INVITATION_LIFE,
    )
    create(row, by=by, now=now)
    return secret


def raise_if_peopled(workspace: Workspace, *, now: datetime) -> None:
    """Refuse the operator's invitation where somebody in the workspace may invite today."""
    seats = workspace.memberships.filter(ended=None, account__is_active=True)
    seats = seats.filter(Q(until=None) | Q(until__gte=localdate(now)))
    if any("invite" in rights_of(seat.roles) for seat in seats):
        raise Refused("workspace_is_peopled", value=workspace.name)


@transaction.atomic
def revoke_invitation(slug: str, number: int, *, by: Person, now: datetime) -> None:
    """Take an invitation back."""
    row = invitation_to_revoke(slug, number, by=by, now=now)
    change(row, {"revoked": now}, by=by, now=now)


@transaction.atomic
def accept_invitation(secret: str, *, by: Person, now: datetime) -> str:
    """Join a workspace, and give its slug; who has a seat there keeps it, with the roles of both.

    Raises
    ------
    Refused
        ``last_who_may_invite``: the invitation would put an end to the seat of the last who may.
    """
    row = invitation_to_accept(secret, now=now)
    change(row, {"accepted": now, "accepted_by_id": by.id}, by=by, now=now)
    seat = Membership.objects.filter(workspace=row.workspace, account_id=by.id, ended=None).first()
    if seat is None:
        seat = Membership(
            workspace=row.workspace,
            account_id=by.id,
            roles=list(row.roles),
            joined=now,
            until=row.until,
        )
        create(seat, by=by, now=now)
    else:
        _join_again(seat, row, by=by, now=now)
    return row.workspace.slug


def _join_again(seat: Membership, row: Invitation, *, by: Person, now: datetime) -> None:
    """Give a seat what an invitation adds; neither old roles nor new ones last longer than they were given for.

    A seat whose day has passed begins anew, with the roles of the invitation alone.
    """
    over = seat.until is not None and seat.until < localdate(now)
    held = set() if over else set(seat.roles)
    both = [code for code in roles() if code in {*held, *row.roles}]
    if held <= set(row.roles):
        until = row.until
    elif set(row.roles) <= held:
        until = seat.until
    else:
        until = min((day for day in (seat.until, row.until) if day is not None), default=None)
    if until is not None and seat.until is None:
        _refuse_last(seat, now=now)
    change(seat, {"roles": both, "until": until}, by=by, now=now)


@transaction.atomic
def join_with_new_account(
    secret: str, *, email: str, name: str, password: str, lang: str, now: datetime
) -> Account:
    """Open an account and join with it: both, or neither, as nobody has an account without an invitation.

    Raises
    ------
    NotFound
        ``unknown_invitation``.
    Refused
        ``account_exists``.
    """
    invitation_to_accept(secret, now=now)
    account = open_account(email=email, name=name, password=password, lang=lang, now=now)
    accept_invitation(secret, by=person_of(account), now=now)
    return account


@transaction.atomic
def change_roles(
    slug: str,
    number: int,
    *,
    told_roles: Iterable[str],
    until: date | None,
    by: Person,
    now: datetime,
    why: str = "",
) -> None:
    """Change somebody's roles, and until when they hold them."""
    held = workspace_to("invite", slug, by=by, now=now).rights | GIVEN_BY_WHO_INVITES
    seat = seat_to_change(slug, number, by=by, now=now)
    given = _checked(told_roles, may_give=held | rights_of(seat.roles))
    if "invite" not in rights_of(given) or until is not None:
        _refuse_last(seat, now=now)
    if until is not None and until < localdate(now):
        raise BadInput("day_has_passed", value=until)
    change(seat, {"roles": given, "until": until}, by=by, now=now, why=why)


def _refuse_last(seat: Membership, *, now: datetime) -> None:
    """Refuse to take away the last person who may invite: the workspace would belong to nobody."""
    # Two who leave at once must not each count on the other.
    Workspace.objects.select_for_update().get(pk=seat.workspace_id)
    others = Membership.objects.filter(
        workspace_id=seat.workspace_id, ended=None, account__is_active=True
    ).exclude(pk=seat.pk)
    staying = others.filter(Q(until=None) | Q(until__gte=localdate(now)))
    if "invite" in rights_of(seat.roles) and not any(
        "invite" in rights_of(other.roles) for other in staying
    ):
        raise Refused("last_who_may_invite")


@transaction.atomic
def end_seat(slug: str, number: int, *, by: Person, now: datetime, why: str = "") -> None:
    """End somebody's seat at once: every page of the workspace closes to them."""
    seat = seat_to_change(slug, number, by=by, now=now)
    _refuse_last(seat, now=now)
    change(seat, {"ended": now}, by=by, now=now, why=why)


def forget_seats(rows: QuerySet[Membership], *, by: Person, now: datetime) -> dict[str, int]:
    """Destroy somebody's seats as they asked, a living one too: every page closes to them at once.

    Raises
    ------
    Refused
        ``last_who_may_invite``.
    """
    for seat in rows.filter(ended=None):
        _refuse_last(seat, now=now)
    return destroy(rows, by=by, now=now)


@transaction.atomic
def leave(slug: str, *, by: Person, now: datetime) -> None:
    """Leave a workspace."""
    workspace_to("read", slug, by=by, now=now)
    seat = living_seat(slug, by, now=now)
    if seat is not None:
        _refuse_last(seat, now=now)
        change(seat, {"ended": now}, by=by, now=now)
