"""The one gate: a row of a workspace's hubs to whoever may change it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TypeVar

from django.db.models import Model

from courtepointe.core.errors import NotFound, Refused
from courtepointe.hubs.models import (
    AdoptedItem,
    Adoption,
    Agreement,
    Assessment,
    Capacity,
    Commitment,
    Exercise,
    Fact,
    Hub,
    Keys,
    KitItem,
    Member,
    Mode,
    Post,
)
from courtepointe.people.access import workspace_to
from courtepointe.people.values import Person

Held = TypeVar("Held", bound=Model)
UNKNOWN: Mapping[type[Model], str] = {
    AdoptedItem: "unknown_item",
    Adoption: "unknown_adoption",
    Agreement: "unknown_hub_agreement",
    Assessment: "unknown_assessment",
    Capacity: "unknown_hub_line",
    Commitment: "unknown_hub_line",
    Exercise: "unknown_hub_line",
    Fact: "unknown_hub_line",
    Hub: "unknown_hub",
    Keys: "unknown_hub_line",
    KitItem: "unknown_hub_line",
    Member: "unknown_hub_line",
    Mode: "unknown_hub_line",
    Post: "unknown_hub_line",
}


def row_of(kind: type[Held], number: int, *, workspace: int) -> Held:
    """Give a row of a workspace, locked, or raise `NotFound`: another workspace's is not told of."""
    rows = kind._default_manager.select_for_update().filter(workspace_id=workspace, pk=number)
    row = rows.first()
    if row is None:
        raise NotFound(UNKNOWN[kind])
    return row


def to_change(
    kind: type[Held], slug: str, number: int, *, by: Person, now: datetime, right: str = "write"
) -> Held:
    """Give a row, locked, to somebody who may change it.

    Raises
    ------
    NotFound
        ``unknown_workspace`` for a stranger and a former member; else a word for the kind of row.
    NotAllowed
        ``role_needed``.
    """
    workspace = workspace_to(right, slug, by=by, now=now)
    return row_of(kind, number, workspace=workspace.id)


def line_of(kind: type[Held], number: int, *, hub: Hub) -> Held:
    """Give a line of a hub, locked, or raise `NotFound`: another hub's is not told of."""
    rows = kind._default_manager.select_for_update().filter(hub=hub, pk=number)
    row = rows.first()
    if row is None:
        raise NotFound(UNKNOWN[kind])
    return row


def hub_to_fill(slug: str, number: int, *, by: Person, now: datetime) -> Hub:
    """Give a hub, locked, that is not ended; or raise as `to_change`, or `Refused` ``hub_ended``."""
    row = to_change(Hub, slug, number, by=by, now=now)
    if row.status == "ended":
        raise Refused("hub_ended")
    return row
