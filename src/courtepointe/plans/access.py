"""The one gate: a row of a workspace's plans to whoever may change it."""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

from django.db.models import Model

from courtepointe.core.errors import Refused
from courtepointe.people.access import Gate
from courtepointe.people.values import Person
from courtepointe.plans.models import (
    Action,
    ActionLink,
    ActionPartner,
    Effect,
    Ground,
    Priority,
    ResiliencePlan,
    Result,
)

Held = TypeVar("Held", bound=Model)
GATE = Gate(
    {
        Action: "unknown_action",
        ActionLink: "unknown_action_line",
        ActionPartner: "unknown_action_line",
        Effect: "unknown_action_line",
        Ground: "unknown_action_line",
        Priority: "unknown_priority",
        ResiliencePlan: "unknown_plan",
        Result: "unknown_action_line",
    }
)
row_of, to_change = GATE.row_of, GATE.to_change


def line_of(kind: type[Held], number: int, *, action: Action) -> Held:
    """Give a line of an action, locked, or raise `NotFound`: another action's is not told of."""
    return GATE.only(kind._default_manager.filter(action=action, pk=number))


def plan_to_write(slug: str, number: int, *, by: Person, now: datetime) -> ResiliencePlan:
    """Give a plan, locked, that is a draft; or raise as `to_change`, or `Refused` ``plan_not_draft``."""
    row = to_change(ResiliencePlan, slug, number, by=by, now=now)
    if row.state != "draft":
        raise Refused("plan_not_draft")
    return row
