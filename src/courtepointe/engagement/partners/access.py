"""The one gate to the network's rows, on somebody's behalf or by a link's secret."""

from __future__ import annotations

from collections.abc import Set
from datetime import datetime

from courtepointe.core.errors import NotAllowed, NotFound, Refused
from courtepointe.engagement.partners.models import Asked, Partner, Wave
from courtepointe.people.access import workspace_to
from courtepointe.people.secrets import hashed
from courtepointe.people.values import Person, WorkspaceSeen


def sees_ties(rights: Set[str]) -> bool:
    """Say whether rights let read who names whom: those who run the survey, and the evaluator."""
    return bool({"write", "trust"} & rights)


def ties_to(slug: str, *, by: Person, now: datetime) -> WorkspaceSeen:
    """Give a workspace to somebody who may read who names whom in it."""
    workspace = workspace_to("read", slug, by=by, now=now)
    if not sees_ties(workspace.rights):
        raise NotAllowed("role_needed")
    return workspace


def partner_to(slug: str, number: int, *, by: Person, now: datetime) -> Partner:
    """Give an organisation, locked, to who may write."""
    workspace = workspace_to("write", slug, by=by, now=now)
    found = Partner.objects.select_for_update().filter(workspace_id=workspace.id, pk=number)
    row = found.first()
    if row is None:
        raise NotFound("unknown_partner")
    return row


def open_wave_to(slug: str, number: int, *, by: Person, now: datetime) -> Wave:
    """Give a wave that takes answers, locked, to who may write."""
    workspace = workspace_to("write", slug, by=by, now=now)
    found = Wave.objects.select_for_update().filter(workspace_id=workspace.id, pk=number)
    row = found.first()
    if row is None:
        raise NotFound("unknown_wave")
    if row.closed is not None:
        raise Refused("wave_closed")
    return row


def asked_by_link(secret: str) -> Asked:
    """Give what a link opens, locked, while its wave takes answers."""
    found = Asked.objects.select_for_update(of=("self",)).select_related("wave", "partner")
    row = found.filter(secret=hashed(secret), workspace__closed=None).first()
    if row is None:
        raise NotFound("unknown_survey_link")
    if row.wave.closed is not None:
        raise Refused("wave_closed")
    return row
