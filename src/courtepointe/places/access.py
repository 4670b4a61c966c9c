"""The one gate to the records of a directory."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, QuerySet

from courtepointe.core.errors import NotFound
from courtepointe.formats.hsds import Record
from courtepointe.people.access import received_by, workspace_to
from courtepointe.people.values import Person, WorkspaceSeen
from courtepointe.places.models import Candidate, Entry, Part, Proposal, Waiting
from courtepointe.places.private import of_a_contact
from courtepointe.places.values import PARTNERS, Audience

DIRECTORY = "directory"
"""The set of a sharing agreement that shows a directory."""


def audience_of(seen: WorkspaceSeen) -> Audience:
    """Say what a member sees of their workspace's directory."""
    return Audience(None, contacts="contacts" in seen.rights, names=True)


def entry_to_read(
    slug: str, number: int, *, by: Person, now: datetime
) -> tuple[WorkspaceSeen, Entry]:
    """Give a record of a workspace to one of its members."""
    return _entry("read", slug, number, by=by, now=now, locked=False)


def entry_to_change(
    right: str, slug: str, number: int, *, by: Person, now: datetime
) -> tuple[WorkspaceSeen, Entry]:
    """Give a record, locked, to who has a right in its workspace."""
    return _entry(right, slug, number, by=by, now=now, locked=True)


def _entry(
    right: str, slug: str, number: int, *, by: Person, now: datetime, locked: bool
) -> tuple[WorkspaceSeen, Entry]:
    workspace = workspace_to(right, slug, by=by, now=now)
    rows = Entry.objects.select_for_update() if locked else Entry.objects.all()
    row = rows.filter(pk=number, workspace_id=workspace.id).first()
    if row is None:
        raise NotFound("unknown_record")
    return workspace, row


def part_to_change(
    right: str, slug: str, number: int, *, by: Person, now: datetime
) -> tuple[WorkspaceSeen, Part]:
    """Give a detail of a record, locked, to who has a right in its workspace."""
    workspace = workspace_to(right, slug, by=by, now=now)
    row = (
        Part.objects.select_for_update(of=("self",))
        .select_related("holder")
        .filter(pk=number, workspace_id=workspace.id)
        .first()
    )
    # Who may not see contacts is not told which details are one.
    hidden = row is not None and of_a_contact(Record(row.table, row.values))
    if row is None or (hidden and "contacts" not in workspace.rights):
        raise NotFound("unknown_record")
    return workspace, row


def proposal_to_decide(slug: str, number: int, *, by: Person, now: datetime) -> Proposal:
    """Give a proposal that waits, locked, to who may review."""
    workspace = workspace_to("review", slug, by=by, now=now)
    row = (
        Proposal.objects.select_for_update(of=("self",))
        .select_related("holder", "part")
        .filter(pk=number, workspace_id=workspace.id, state=Proposal.State.OPEN)
        .first()
    )
    if row is None:
        raise NotFound("unknown_proposal")
    return row


def candidate_to_decide(
    slug: str, number: int, *, by: Person, now: datetime
) -> tuple[WorkspaceSeen, Candidate]:
    """Give a pair, locked, to who may write."""
    workspace = workspace_to("write", slug, by=by, now=now)
    row = Candidate.objects.select_for_update().filter(pk=number, workspace_id=workspace.id).first()
    if row is None:
        raise NotFound("unknown_pair")
    return workspace, row


def waiting_import(
    slug: str, number: int, *, by: Person, now: datetime
) -> tuple[WorkspaceSeen, Waiting]:
    """Give an import that waits to who sent it."""
    workspace = workspace_to("write", slug, by=by, now=now)
    row = Waiting.objects.filter(pk=number, workspace_id=workspace.id, by_id=by.id).first()
    if row is None:
        raise NotFound("unknown_import")
    return workspace, row


def received_directory(
    slug: str, number: int, *, by: Person, now: datetime
) -> tuple[int, Audience]:
    """Give whose directory an agreement shows, and what of it: never a contact."""
    found = received_by(slug, number, by=by, now=now)
    if found.agreement.what != DIRECTORY:
        raise NotFound("unknown_agreement")
    return found.owner_id, PARTNERS


def received_entry(
    slug: str, number: int, record: int, *, by: Person, now: datetime
) -> tuple[Entry, Audience]:
    """Give a record that an agreement shows."""
    owner, audience = received_directory(slug, number, by=by, now=now)
    row = _shown(audience).filter(pk=record, workspace_id=owner).first()
    if row is None:
        raise NotFound("unknown_record")
    return row, audience


def public_entry(uid: str, audience: Audience) -> Entry:
    """Give a record that anyone may see; where several workspaces show it, the one verified last."""
    rows = _shown(audience).filter(uid=uid, workspace__closed=None)
    row = (
        rows.select_related("workspace")
        .order_by(F("verified_on").desc(nulls_last=True), "pk")
        .first()
    )
    if row is None:
        raise NotFound("unknown_record")
    return row


def _shown(audience: Audience) -> QuerySet[Entry]:
    return Entry.objects.filter(
        visibility__in=audience.visibilities or (), awaits_review=False, closed=None
    )
