"""The one gate to a workspace: a right, on somebody's behalf, or `NotFound`, `NotAllowed`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db.models import Model, QuerySet

from courtepointe.core.errors import NotAllowed, NotFound
from courtepointe.people.models import (
    Invitation,
    Membership,
    SharingAgreement,
    TableDraft,
)
from courtepointe.people.queries import living_agreement, living_seat
from courtepointe.people.queries.workspaces import seen
from courtepointe.people.roles import shared_sets
from courtepointe.people.secrets import hashed
from courtepointe.people.values import Agreement, Person, WorkspaceSeen

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Received:
    """What a workspace receives from another, as one person of the receiver may read it.

    The rights are the reader's own in their workspace, cut down to reading: an author's rights never
    cross, nor does a contact.
    """

    receiver: WorkspaceSeen
    owner_id: int
    agreement: Agreement


def workspace_to(right: str, slug: str, *, by: Person, now: datetime) -> WorkspaceSeen:
    """Give a workspace to somebody who has a right in it.

    Raises
    ------
    NotFound
        ``unknown_workspace`` for a stranger and for a former member: they are not told that it is.
    NotAllowed
        ``role_needed`` for a member whose roles do not give the right.
    """
    seat = living_seat(slug, by, now=now)
    if seat is None:
        raise NotFound("unknown_workspace")
    workspace = seen(seat)
    if right not in workspace.rights:
        raise NotAllowed("role_needed")
    return workspace


@dataclass(frozen=True, slots=True)
class Gate:
    """The gate to the rows of a room, whose kinds have a column `workspace`.

    Attributes
    ----------
    unknown : mapping of kinds of rows to str
        The code of what is said where a row of a kind is not there.
    """

    unknown: Mapping[type[Model], str]

    def only(self, rows: QuerySet[Row]) -> Row:
        """Give the first of rows, locked, or raise `NotFound`."""
        row = rows.select_for_update().first()
        if row is None:
            raise NotFound(self.unknown[rows.model])
        return row

    def row_of(self, kind: type[Row], number: int, *, workspace: int) -> Row:
        """Give a row of a workspace, locked, or raise `NotFound`: another workspace's is not told of."""
        return self.only(kind._default_manager.filter(workspace_id=workspace, pk=number))

    def to_change(
        self,
        kind: type[Row],
        slug: str,
        number: int,
        *,
        by: Person,
        now: datetime,
        right: str = "write",
    ) -> Row:
        """Give a row, locked, to somebody who may change it.

        Raises
        ------
        NotFound
            ``unknown_workspace`` for a stranger and a former member; else a word for the kind of row.
        NotAllowed
            ``role_needed``.
        """
        workspace = workspace_to(right, slug, by=by, now=now)
        return self.row_of(kind, number, workspace=workspace.id)


def received_by(slug: str, number: int, *, by: Person, now: datetime) -> Received:
    """Give what an agreement in force shows to somebody of the receiving workspace, or `NotFound`."""
    receiver = workspace_to("read", slug, by=by, now=now)
    found = living_agreement(number, receiver_id=receiver.id, now=now)
    if found is None or found[1].what not in shared_sets():
        raise NotFound("unknown_agreement")
    return Received(receiver, found[0], found[1])


def seat_to_change(slug: str, number: int, *, by: Person, now: datetime) -> Membership:
    """Give somebody's living seat, locked, to who may change it."""
    workspace = workspace_to("invite", slug, by=by, now=now)
    row = (
        Membership.objects.select_for_update()
        .filter(pk=number, workspace_id=workspace.id, ended=None)
        .first()
    )
    if row is None:
        raise NotFound("unknown_member")
    return row


def invitation_to_revoke(slug: str, number: int, *, by: Person, now: datetime) -> Invitation:
    """Give an invitation that waits, locked, to who may revoke it."""
    workspace = workspace_to("invite", slug, by=by, now=now)
    row = (
        Invitation.objects.select_for_update()
        .filter(pk=number, workspace_id=workspace.id, accepted=None, revoked=None)
        .first()
    )
    if row is None:
        raise NotFound("unknown_invitation")
    return row


def invitation_to_accept(secret: str, *, now: datetime) -> Invitation:
    """Give an invitation, locked, to who holds its secret."""
    row = (
        Invitation.objects.select_for_update()
        .filter(secret=hashed(secret), accepted=None, revoked=None, expires__gt=now)
        .filter(workspace__closed=None)
        .first()
    )
    if row is None:
        raise NotFound("unknown_invitation")
    return row


def agreement_to_answer(
    slug: str, number: int, *, side: str, by: Person, now: datetime
) -> SharingAgreement:
    """Give an agreement, locked, to somebody who may share for one of its sides: ``"owner"``, ``"receiver"``."""
    workspace = workspace_to("share", slug, by=by, now=now)
    row = (
        SharingAgreement.objects.select_for_update()
        .filter(pk=number, **{f"{side}_id": workspace.id})
        .first()
    )
    if row is None:
        raise NotFound("unknown_agreement")
    return row


def draft_to_take(slug: str, number: int, *, by: Person, now: datetime) -> TableDraft:
    """Give a file that somebody brought, locked, to that very person, who still may write."""
    workspace = workspace_to("write", slug, by=by, now=now)
    row = (
        TableDraft.objects.select_for_update()
        .filter(pk=number, workspace_id=workspace.id, by_id=by.id, expires__gt=now)
        .first()
    )
    if row is None:
        raise NotFound("unknown_draft")
    return row
