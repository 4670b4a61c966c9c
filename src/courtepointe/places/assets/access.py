"""The gate to contributions: reviewers to all of a workspace, whoever contributed to their own."""

from __future__ import annotations

from datetime import datetime

from courtepointe.core.errors import NotFound
from courtepointe.people.access import workspace_to
from courtepointe.people.values import Person, WorkspaceSeen
from courtepointe.places.assets.models import (
    Contribution,
    ContributionPhoto,
    FieldDraft,
    PrintedSheets,
    SheetCard,
)


def contribution_to_review(slug: str, number: int, *, by: Person, now: datetime) -> Contribution:
    """Give a contribution that is not withdrawn, locked, to who may review."""
    workspace = workspace_to("review", slug, by=by, now=now)
    row = (
        Contribution.objects.select_for_update()
        .filter(pk=number, workspace_id=workspace.id)
        .exclude(state=Contribution.State.WITHDRAWN)
        .first()
    )
    if row is None:
        raise NotFound("unknown_contribution")
    return row


def own_contribution(number: int, *, by: Person) -> Contribution:
    """Give a contribution, locked, to who contributed it: a member still, or not any more."""
    row = Contribution.objects.select_for_update().filter(pk=number, by_id=by.id).first()
    if row is None:
        raise NotFound("unknown_contribution")
    return row


def photo_to_review(slug: str, number: int, *, by: Person, now: datetime) -> ContributionPhoto:
    """Give a photograph, locked, to who may review."""
    workspace = workspace_to("review", slug, by=by, now=now)
    row = (
        ContributionPhoto.objects.select_for_update()
        .filter(pk=number, workspace_id=workspace.id)
        .first()
    )
    if row is None:
        raise NotFound("unknown_contribution")
    return row


def field_draft_to_take(slug: str, number: int, *, by: Person, now: datetime) -> FieldDraft:
    """Give files that somebody brought, locked, to that very person, who still may write."""
    workspace: WorkspaceSeen = workspace_to("write", slug, by=by, now=now)
    row = (
        FieldDraft.objects.select_for_update()
        .filter(pk=number, workspace_id=workspace.id, by_id=by.id, expires__gt=now)
        .first()
    )
    if row is None:
        raise NotFound("unknown_draft")
    return row


def sheets_to(right: str, slug: str, number: int, *, by: Person, now: datetime) -> PrintedSheets:
    """Give sheets that were printed to somebody who has a right."""
    workspace = workspace_to(right, slug, by=by, now=now)
    row = PrintedSheets.objects.filter(pk=number, workspace_id=workspace.id).first()
    if row is None:
        raise NotFound("unknown_sheets")
    return row


def card_to(right: str, slug: str, number: int, *, by: Person, now: datetime) -> SheetCard:
    """Give a card that is not done, locked, to somebody who has a right."""
    workspace = workspace_to(right, slug, by=by, now=now)
    row = (
        SheetCard.objects.select_for_update(of=("self",))
        .select_related("sheets")
        .filter(pk=number, workspace_id=workspace.id, is_done=False)
        .first()
    )
    if row is None:
        raise NotFound("unknown_sheets")
    return row
