"""The one gate: a row of a workspace's hubs to whoever may change it."""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

from django.db.models import Model

from courtepointe.core.errors import Refused
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
    Study,
)
from courtepointe.people.access import Gate
from courtepointe.people.values import Person

Held = TypeVar("Held", bound=Model)
GATE = Gate(
    {
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
        Study: "unknown_study",
    }
)


row_of, to_change = GATE.row_of, GATE.to_change


def line_of(kind: type[Held], number: int, *, hub: Hub) -> Held:
    """Give a line of a hub, locked, or raise `NotFound`: another hub's is not told of."""
    return GATE.only(kind._default_manager.filter(hub=hub, pk=number))


def hub_to_fill(slug: str, number: int, *, by: Person, now: datetime) -> Hub:
    """Give a hub, locked, that is not ended; or raise as `to_change`, or `Refused` ``hub_ended``."""
    row = to_change(Hub, slug, number, by=by, now=now)
    if row.status == "ended":
        raise Refused("hub_ended")
    return row
