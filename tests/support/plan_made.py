"""A portrait with a priority, actions, what is expected and seen of them, and a plan, for tests of plans."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils import timezone
from tests.support.resilience_made import begin
from tests.support.table import NOW, Table

from courtepointe.engagement.actions.decisions import decide
from courtepointe.engagement.values.meetings import NewDecision
from courtepointe.plans.actions import actions, followed, plans, priorities
from courtepointe.plans.marks import mark_of_section
from courtepointe.plans.values import (
    NewAction,
    NewEffect,
    NewPlan,
    NewPriority,
    NewResult,
)

DAY = timezone.localdate(NOW)
PRIORITY = NewPriority("REL", "Que personne ne reste seul pendant une panne", "REL.between", "Dit à l’assemblée de mars.")  # fmt: skip
ACTION = NewAction(
    "Réunir les organismes en un réseau d’appel", "REL", "REL.between", "fragile", "Une page par membre.",
    bearer="organisations", role="Coordination du réseau", beside="Nomme une personne qui répond la nuit.",
    beside_by="Arrondissement", means="Deux soirées, une salle", cost="to_1k", horizon="year",
    due=DAY + timedelta(days=120),
)  # fmt: skip
EFFECT = NewEffect(
    "up", words="Membres qui répondent dans l’heure", by_day=DAY + timedelta(days=200)
)
RESULT = NewResult(DAY - timedelta(days=2), "Neuf membres sur douze ont répondu en quarante minutes.", "Coordination du réseau", direction="up")  # fmt: skip
DECISION = NewDecision(text="Le plan de résilience est adopté à l’unanimité.", taken=DAY)
UNWRITTEN = mark_of_section("")
"""The mark of a section that nobody wrote."""
PLAN = NewPlan("Plan de résilience de Vieux-Moulin", date(2026, 1, 1), date(2028, 12, 31))


@dataclass(frozen=True)
class Made:
    """The numbers of what was made."""

    portrait: int
    territory: int
    priority: int
    action: int
    effect: int
    result: int
    plan: int


def make(table: Table) -> Made:
    """Write a priority, an action under way with an effect and a result, and begin the plan."""
    keys = {"by": table.coordinator, "now": NOW}
    begun = begin(table)
    priority = priorities.set_priority(table.slug, begun.portrait, PRIORITY, **keys)
    what = replace(ACTION, priority=priority)
    action = actions.write_action(table.slug, begun.portrait, what, **keys)
    actions.move_action(table.slug, action, "active", **keys)
    effect = followed.expect(table.slug, action, EFFECT, **keys)
    told = replace(RESULT, effect=effect)
    return Made(
        portrait=begun.portrait,
        territory=begun.territory,
        priority=priority,
        action=action,
        effect=effect,
        result=followed.note_result(table.slug, action, told, **keys),
        plan=plans.begin_plan(table.slug, begun.portrait, PLAN, **keys),
    )


def decided(table: Table) -> int:
    """Write the decision that adopts the plan in the register."""
    return decide(table.slug, DECISION, by=table.coordinator, now=NOW)
