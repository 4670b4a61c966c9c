"""Incidents of confidentiality: every one is written down, whatever its risk."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from courtepointe.core.errors import BadInput, NotFound
from courtepointe.people.access import workspace_to
from courtepointe.people.actions.rows import change, create
from courtepointe.people.models import Incident
from courtepointe.people.queries.incidents import IncidentTold
from courtepointe.people.values import Person


def _checked(told: IncidentTold, *, now: datetime) -> dict[str, Any]:
    if not told.what.strip():
        raise BadInput("incident_needs_words")
    today = localdate(now)
    for day in (told.discovered, told.cai_told, told.people_told):
        if day is not None and day > today:
            raise BadInput("day_to_come", value=day)
    return {
        name: value.strip() if isinstance(value, str) else value
        for name, value in asdict(told).items()
    }


@transaction.atomic
def note_incident(slug: str, told: IncidentTold, *, by: Person, now: datetime) -> int:
    """Write an incident in the register; give its number."""
    workspace = workspace_to("officer", slug, by=by, now=now)
    row = Incident(
        workspace_id=workspace.id, noted=now, noted_by_id=by.id, **_checked(told, now=now)
    )
    return create(row, by=by, now=now).pk


@transaction.atomic
def change_incident(
    slug: str, number: int, told: IncidentTold, *, by: Person, now: datetime
) -> None:
    """Complete or correct what the register says; the history keeps what it said."""
    workspace = workspace_to("officer", slug, by=by, now=now)
    row = Incident.objects.select_for_update().filter(pk=number, workspace_id=workspace.id).first()
    if row is None:
        raise NotFound("unknown_incident")
    change(row, _checked(told, now=now), by=by, now=now)
