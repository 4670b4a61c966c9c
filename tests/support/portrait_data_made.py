"""A portrait in which every room holds something, for tests of what leaves as data."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from tests.support.evidence_made import brought, coded
from tests.support.plan_made import ACTION, DAY, PRIORITY, RESULT
from tests.support.readings_made import validated, written
from tests.support.resilience_made import begin
from tests.support.table import NOW, Table

from courtepointe.plans.actions import actions, followed, grounds, priorities
from courtepointe.plans.values import NewEffect
from courtepointe.portraits.readings import actions as readings
from courtepointe.portraits.readings.values import NewReply
from courtepointe.portraits.resilience.actions import (
    add_indicator,
    add_own_part,
    choose_indicators,
    leave_indicator,
    move_goalposts,
    observe,
)
from courtepointe.portraits.resilience.models import Indicator
from courtepointe.portraits.resilience.numbers import NewGoalposts, NewIndicator, NewObservation
from courtepointe.portraits.resilience.values import NewOwnPart

ODD = "=Cœur d’îlot – ᐃᓄᒃᑎᑐᑦ @ruelle"
"""A name that a spreadsheet would run, with letters that few files keep."""
CODES = ("SBE.health", "SBE.oldest", "RES.low_income", "RES.employment", "PRE.plan", "CON.memory")
NEVER = "CON.memory"
FEW = "+3 personnes, à garder"
"""The source of what tells of a few people."""


@dataclass(frozen=True)
class Whole:
    """The numbers of what was made."""

    portrait: int
    indicators: dict[str, int]
    own: int
    action: int
    priority: int
    reading: int


def whole(table: Table) -> Whole:
    """Fill a portrait: indicators, groups, voices, readings, a reply, a priority and an action."""
    k: dict[str, Any] = {"by": table.coordinator, "now": NOW}
    begun = begin(table)
    number = begun.portrait
    add_own_part(table.slug, NewOwnPart("", ODD), **k)
    choose_indicators(table.slug, number, CODES, **k)
    held = dict(Indicator.objects.filter(portrait=number).values_list("code", "pk"))
    own = add_indicator(table.slug, number, NewIndicator("CON", ODD, "count", 0, 12, "-1 par pont", part="CON.base"), **k)  # fmt: skip
    _observed(table, held, own, k)
    leave_indicator(table.slug, held["RES.employment"], "Trop vieux", **k)
    move_goalposts(table.slug, held["RES.low_income"], NewGoalposts(5, 45, "Après l’assemblée"), **k)  # fmt: skip
    source = brought(table, number)
    coded(table, source, 0, "REL")
    coded(table, source, 2, "COM", "fragility")
    first = readings.write_reading(table.slug, number, "REL", written(), **k)
    validated(table, first)
    readings.write_reading(table.slug, number, "REL", written(after=1, text_fr=ODD), **k)
    reply = NewReply("REL", "reading", "Chez nous, c’est autrement.", "une aînée", agreed=True)
    readings.show_reply(table.slug, readings.add_reply(table.slug, number, reply, **k), **k)
    priority = priorities.set_priority(table.slug, number, PRIORITY, **k)
    action = actions.write_action(table.slug, number, replace(ACTION, priority=priority), **k)
    actions.move_action(table.slug, action, "active", **k)
    effect = followed.expect(table.slug, action, NewEffect("up", indicator="SBE.health", by_day=DAY), **k)  # fmt: skip
    followed.note_result(table.slug, action, replace(RESULT, effect=effect), **k)
    grounds.ground(table.slug, "priority", priority, "reading", first, **k)
    return Whole(number, held, own, action, priority, first)


def _observed(table: Table, held: dict[str, int], own: int, k: dict[str, Any]) -> None:
    def said(indicator: int, *told: Any, **more: Any) -> None:
        observe(table.slug, indicator, NewObservation(*told, **more), **k)

    said(held["SBE.health"], "2025", "Sondage d’ici", 55.0, low=50.0, high=60.0, interval="given")
    said(held["SBE.health"], "2026", "=1+1", numerator=120.0, denominator=200.0, low=53.0, high=67.0, interval="given")  # fmt: skip
    said(held["SBE.health"], "2026", "@Sondage d’ici", numerator=130.0, denominator=200.0, low=58.0, high=72.0, interval="given")  # fmt: skip
    said(held["SBE.health"], "2026", "Sondage d’ici", numerator=24.0, denominator=60.0, group="seniors")  # fmt: skip
    said(held["SBE.health"], "2026", FEW, numerator=3.0, denominator=40.0, group="tenants")
    said(held["SBE.oldest"], "2026", "Ici", 3.0, interval="exact")
    said(held["RES.low_income"], "2026", "Ici", 30.0, low=25.0, high=35.0, interval="given")
    said(held["PRE.plan"], "2026", "Ici", status="not_available")
    said(own, "2026-05", "Marche du 12 mai", 5.0, interval="exact")
