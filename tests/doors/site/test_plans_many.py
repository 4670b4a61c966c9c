"""The pages of a plan of many actions ask as many questions of the database as those of a plan of a few."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from tests.support.directory import ORGANISATION, entry
from tests.support.evidence_made import brought, coded
from tests.support.hub_made import form
from tests.support.plan_made import ACTION, PRIORITY, RESULT, Made, make
from tests.support.readings_made import written
from tests.support.table import NOW, QUICK, Table, table_and_around
from tests.support.visits import signed_in

from courtepointe.atlas.recipe.values import Words
from courtepointe.hubs.models import Hub
from courtepointe.plans.actions import actions, followed, grounds, priorities
from courtepointe.plans.queries.others import actions_shown
from courtepointe.plans.values import NewEffect, NewPartner
from courtepointe.portraits.evidence.models import Passage
from courtepointe.portraits.readings.actions import write_reading
from courtepointe.portraits.readings.models import Reading
from courtepointe.portraits.resilience.actions import add_indicator
from courtepointe.portraits.resilience.models import Indicator
from courtepointe.portraits.resilience.numbers import NewIndicator

MORE = 4


@pytest.fixture
def table(db: None, settings: Any) -> Table:
    settings.PASSWORD_HASHERS = QUICK
    return table_and_around()


@pytest.fixture
def made(table: Table) -> Made:
    """Give a plan beside all that an action can be tied to."""
    made = make(table)
    form(table)
    keys: dict[str, Any] = {"by": table.coordinator, "now": NOW}
    coded(table, brought(table, made.portrait), 2, "REL", "fragility")
    write_reading(table.slug, made.portrait, "REL", written(), **keys)
    own = NewIndicator(
        "REL", "Portes ouvertes", "count", 0.0, 9.0, "Comptées.", name_en="Open doors"
    )
    add_indicator(table.slug, made.portrait, own, **keys)
    return made


def tied(table: Table, made: Made, name: str) -> int:
    """Write an action under way that is tied to all that it can be tied to."""
    keys: dict[str, Any] = {"by": table.coordinator, "now": NOW}
    host, hub = entry(ORGANISATION).pk, Hub.objects.get(workspace_id=table.id).pk
    indicator = Indicator.objects.get(name_fr="Portes ouvertes")
    reading = Reading.objects.get(portrait_id=made.portrait).pk
    first = priorities.set_priority(table.slug, made.portrait, replace(PRIORITY, statement=name), **keys)  # fmt: skip
    what = replace(ACTION, statement=name, priority=first, lead=host, role="")
    number = actions.write_action(table.slug, made.portrait, what, **keys)
    actions.move_action(table.slug, number, "active", **keys)
    followed.add_partner(table.slug, number, NewPartner(host, does="Ouvre"), **keys)
    followed.link_action(table.slug, number, "hub", hub, **keys)
    effect = followed.expect(table.slug, number, NewEffect("up", indicator=indicator.code), **keys)
    followed.note_result(table.slug, number, replace(RESULT, effect=effect), **keys)
    for of, which in (("action", number), ("priority", first)):
        grounds.ground(table.slug, of, which, "reading", reading, **keys)
        grounds.ground(table.slug, of, which, "passage", Passage.objects.get().pk, **keys)
    return number


def costs(client: Client, table: Table, made: Made, number: int) -> dict[str, int]:
    """Count the questions of each page, asked again so that nothing is read for the first time."""
    pages: dict[str, dict[str, object]] = {
        "space_plan": {}, "space_priorities": {}, "space_suggestions": {}, "space_plans": {},
        "space_priority": {"number": made.priority}, "space_action": {"number": number},
        "space_resilience_plan": {"number": made.plan},
        "space_resilience_plan_file": {"number": made.plan, "ending": "html"},
        "space_thread": {"kind": "action", "number": number},
        "space_resilience_dimension": {"number": made.portrait, "code": "REL"},
    }  # fmt: skip
    found = {}
    for name, where in pages.items():
        with translation.override("en"):
            address = reverse(name, kwargs={"slug": table.slug, **where})
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200, name
        found[name] = len(asked)
    with CaptureQueriesContext(connection) as asked:
        told = actions_shown(table.id)
    found["shown to others"] = len(asked)
    assert {one.effects[0].name for one in told} >= {Words("Portes ouvertes", "Open doors")}
    return found


def test_pages_ask_as_many_questions_of_a_few_actions_as_of_many(table: Table, made: Made) -> None:
    number, client = tied(table, made, "Première"), signed_in(table.coordinator)
    few = costs(client, table, made, number)
    for n in range(MORE):
        tied(table, made, f"Action {n}")
    assert costs(client, table, made, number) == few
    assert few["space_resilience_plan"] <= 40
