"""What the crawler plants of plans: a priority, an action with its result, a plan."""

from __future__ import annotations

from dataclasses import replace

from django.utils import timezone
from tests.support.examples import Planted
from tests.support.plan_made import ACTION, EFFECT, PLAN, PRIORITY, RESULT
from tests.support.table import Table

from courtepointe.people.models import WorkspaceTerritory
from courtepointe.plans.actions import actions, followed, plans, priorities
from courtepointe.portraits.resilience.actions import begin_portrait
from courtepointe.portraits.resilience.values import NewPortrait

STATEMENT = "Tenir le réseau d’appel du canal"
SEEN = "Neuf membres du canal ont répondu."


def plant(table: Table) -> Planted:
    """Write one of each on a portrait of the workspace's first territory."""
    territory = WorkspaceTerritory.objects.filter(workspace__slug=table.slug).first()
    when = {"by": table.coordinator, "now": timezone.now()}
    about = begin_portrait(
        table.slug, NewPortrait("Portrait du plan", territory and territory.pk), **when
    )
    priority = priorities.set_priority(table.slug, about, PRIORITY, **when)
    what = replace(ACTION, statement=STATEMENT, priority=priority)
    action = actions.write_action(table.slug, about, what, **when)
    actions.move_action(table.slug, action, "active", **when)
    followed.expect(table.slug, action, EFFECT, **when)
    followed.note_result(table.slug, action, replace(RESULT, text=SEEN), **when)
    ids: dict[str, object] = {
        "space_action.number": action,
        "space_priority.number": priority,
        "space_resilience_plan.number": plans.begin_plan(table.slug, about, PLAN, **when),
        "space_thread.kind": "action",
        "space_thread.number": action,
        "space_resilience_plan_file.ending": "html",
    }
    ids["space_resilience_plan_file.number"] = ids["space_resilience_plan.number"]
    return Planted(ids, private=(STATEMENT, SEEN, PRIORITY.statement))
