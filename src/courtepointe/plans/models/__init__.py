"""Priorities, actions with what is expected and what was seen, plans, as rows."""

from __future__ import annotations

from courtepointe.plans.models.actions import Action, ActionLink, ActionPartner
from courtepointe.plans.models.effects import Effect, Result
from courtepointe.plans.models.grounds import Ground
from courtepointe.plans.models.plans import PlanText, ResiliencePlan
from courtepointe.plans.models.priorities import Priority

__all__ = [
    "Action",
    "ActionLink",
    "ActionPartner",
    "Effect",
    "Ground",
    "PlanText",
    "Priority",
    "ResiliencePlan",
    "Result",
]
