"""Who may write plans: the coordinator; a member, a former member and a stranger may not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import transaction
from tests.support.plan_made import ACTION, EFFECT, PLAN, PRIORITY, RESULT, UNWRITTEN, Made, decided
from tests.support.table import NOW, Table

from courtepointe.core.errors import NotAllowed, NotFound
from courtepointe.people.models import HistoryRow
from courtepointe.people.values import Person
from courtepointe.plans.actions import actions, arriving, followed, grounds, plans, priorities
from courtepointe.plans.marks import mark_of
from courtepointe.plans.models import Action, Ground, Priority, ResiliencePlan
from courtepointe.plans.values import ArrivingAction, NewPartner
from courtepointe.portraits.readings.models import Reading

Act = Callable[[str, Made, dict[str, Any]], Any]
OTHER = replace(ACTION, statement="Autre")
WRITES: dict[str, Act] = {
    "set_priority": lambda s, m, k: priorities.set_priority(s, m.portrait, replace(PRIORITY, statement="Autre"), **k),
    "change_priority": lambda s, m, k: priorities.change_priority(s, m.priority, replace(PRIORITY, why=""), after=mark_of(Priority.objects.get()), **k),
    "end_priority": lambda s, m, k: priorities.end_priority(s, m.priority, **k),
    "write_action": lambda s, m, k: actions.write_action(s, m.portrait, OTHER, **k),
    "change_action": lambda s, m, k: actions.change_action(s, m.action, OTHER, after=mark_of(Action.objects.get()), **k),
    "move_action": lambda s, m, k: actions.move_action(s, m.action, "paused", **k),
    "take_suggestion": lambda s, m, k: actions.take_suggestion(s, m.portrait, "COM_boards", lang="fr", **k),
    "bring_actions": lambda s, m, k: arriving.bring_actions(s, m.portrait, [ArrivingAction(OTHER)], batch="b", **k),
    "add_partner": lambda s, m, k: followed.add_partner(s, m.action, NewPartner(None, "Le quai"), **k),
    "expect": lambda s, m, k: followed.expect(s, m.action, replace(EFFECT, words="Autre"), **k),
    "revise_effect": lambda s, m, k: followed.revise_effect(s, m.action, m.effect, replace(EFFECT, why="Oui"), **k),
    "note_result": lambda s, m, k: followed.note_result(s, m.action, replace(RESULT, text="Autre"), **k),
    "correct_result": lambda s, m, k: followed.correct_result(s, m.action, m.result, RESULT, why="Oui", **k),
    "ground": lambda s, m, k: grounds.ground(s, "action", m.action, "reading", Reading.objects.get().pk, **k),
    "unground": lambda s, m, k: grounds.unground(s, Ground.objects.get().pk, **k),
    "describe_plan": lambda s, m, k: plans.describe_plan(s, m.plan, replace(PLAN, title="Autre"), after=mark_of(ResiliencePlan.objects.get()), **k),
    "write_section": lambda s, m, k: plans.write_section(s, m.plan, "follow", "Chaque automne.", after=UNWRITTEN, **k),
}  # fmt: skip


@pytest.fixture
def grounded(table: Table, made: Made) -> Made:
    """Give a plan whose priority comes from a reading."""
    reading = Reading.objects.create(
        workspace_id=table.id, portrait_id=made.portrait, dimension="REL", version=1, agreement="tension",
        state="fragile", text_fr="Oui", written=NOW.date(),
    )  # fmt: skip
    keys: dict[str, Any] = {"by": table.coordinator, "now": NOW}
    grounds.ground(table.slug, "priority", made.priority, "reading", reading.pk, **keys)
    return made


def test_only_who_may_write_writes_and_every_write_is_told(table: Table, grounded: Made) -> None:
    decision = decided(table)
    writes = WRITES | {"adopt_plan": lambda s, m, k: plans.adopt_plan(s, m.plan, decision, **k)}
    people: tuple[tuple[Person, type[Exception]], ...] = (
        (table.member, NotAllowed), (table.former, NotFound), (table.stranger, NotFound),
    )  # fmt: skip
    for name, write in writes.items():
        for who, error in people:
            before = HistoryRow.objects.count()
            with pytest.raises(error):
                write(table.slug, grounded, {"by": who, "now": NOW})
            assert HistoryRow.objects.count() == before, name
        with transaction.atomic():
            before = HistoryRow.objects.count()
            write(table.slug, grounded, {"by": table.coordinator, "now": NOW})
            assert HistoryRow.objects.count() > before, name
            transaction.set_rollback(True)
