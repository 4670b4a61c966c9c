"""Workspaces, and where they stand."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q
from django.utils.timezone import localdate

from courtepointe.people import models
from courtepointe.people.roles import rights_of
from courtepointe.people.values import Person, Territory, Workspace, WorkspaceSeen


def workspace_value(row: models.Workspace) -> Workspace:
    """Give a workspace's row as a value."""
    return Workspace(
        id=row.pk,
        slug=row.slug,
        name=row.name,
        kind=row.kind,
        purpose=row.purpose,
        is_legal_person=row.is_legal_person,
        officer_title=row.officer_title,
        officer_contact=row.officer_contact,
        created=row.created,
        closed=row.closed,
    )


def workspace_named(slug: str) -> Workspace | None:
    """Find a workspace that is open."""
    row = models.Workspace.objects.filter(slug=slug, closed=None).first()
    return None if row is None else workspace_value(row)


def workspaces_of(by: Person, *, now: datetime) -> tuple[WorkspaceSeen, ...]:
    """List the workspaces in which a person has a seat today, by name."""
    seats = (
        models.Membership.objects.select_related("workspace")
        .filter(account_id=by.id, ended=None, workspace__closed=None, account__is_active=True)
        .filter(Q(until=None) | Q(until__gte=localdate(now)))
        .order_by("workspace__name")
    )
    return tuple(seen(seat) for seat in seats)


def seen(seat: models.Membership) -> WorkspaceSeen:
    """Give a workspace as the person of a seat sees it."""
    return WorkspaceSeen(
        id=seat.workspace.pk,
        slug=seat.workspace.slug,
        name=seat.workspace.name,
        kind=seat.workspace.kind,
        roles=frozenset(seat.roles),
        rights=rights_of(seat.roles),
    )


def territories_of(workspace_id: int, *, on: date | None = None) -> tuple[Territory, ...]:
    """List a workspace's territories, those of a day where one is given."""
    rows = models.WorkspaceTerritory.objects.filter(workspace_id=workspace_id).order_by("name")
    if on is not None:
        rows = rows.filter(since__lte=on).filter(Q(until=None) | Q(until__gte=on))
    return tuple(
        Territory(row.pk, row.atlas_code, row.area_key, row.name, row.since, row.until)
        for row in rows
    )


def workspaces_to_share_with(workspace_id: int) -> tuple[Workspace, ...]:
    """List the other open workspaces of the installation, by name: their names are no secret there."""
    rows = models.Workspace.objects.filter(closed=None).exclude(pk=workspace_id).order_by("name")
    return tuple(map(workspace_value, rows))


def any_open() -> bool:
    """Say whether the installation has a workspace."""
    return models.Workspace.objects.filter(closed=None).exists()
