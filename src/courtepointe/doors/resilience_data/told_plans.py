"""Priorities and actions of a portrait as data: organisations and posts, what is expected of them and what was seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from courtepointe.doors.resilience_data.gathered import Gathered
from courtepointe.doors.resilience_data.plain import both, day
from courtepointe.plans.values import ActionSeen, EffectSeen, GroundSeen, LinkSeen, ResultSeen


def priorities_told(held: Gathered) -> list[dict[str, Any]]:
    """Give the priorities that stand, with what each comes from."""
    return [
        {
            "number": one.number,
            "dimension": one.dimension,
            "part": one.part or None,
            "statement": one.statement,
            "why": one.why,
            "made": day(one.made),
            "comes_from": _grounds(held.grounds.get(("priority", one.number), ())),
        }
        for one in held.priorities
    ]


def actions_told(held: Gathered) -> list[dict[str, Any]]:
    """Give the actions, with what each comes from, is expected to move, and was seen to do."""
    return [_action(one, held.grounds.get(("action", one.line.number), ())) for one in held.actions]


def _action(one: ActionSeen, grounds: Sequence[GroundSeen]) -> dict[str, Any]:
    line = one.line
    return {
        "number": line.number,
        "priority": line.priority,
        "dimension": line.dimension,
        "part": line.part or None,
        "read": line.read or None,
        "statement": line.statement,
        "about": one.about,
        "bearer": line.bearer,
        "lead": line.lead or None,
        "partners": [{"name": each.name, "does": each.does} for each in one.partners],
        "beside": line.beside,
        "beside_by": line.beside_by,
        "means": line.means,
        "cost": line.cost or None,
        "horizon": line.horizon,
        "due": day(line.due),
        "done": day(line.done),
        "state": line.state,
        "comes_from": _grounds(grounds),
        "followed_by": [_link(each) for each in one.links],
        "effects": [_effect(each) for each in one.effects],
        "results": [_result(each) for each in one.results],
    }


def _grounds(some: Sequence[GroundSeen]) -> list[dict[str, Any]]:
    return [{"kind": one.kind, "number": one.leads} for one in some]


def _link(one: LinkSeen) -> dict[str, Any]:
    return {"kind": one.kind, "name": one.name}


def _effect(one: EffectSeen) -> dict[str, Any]:
    return {
        "number": one.number,
        "indicator": one.indicator or None,
        "name": both(one.name),
        "direction": one.direction,
        "by": day(one.by_day),
        "why": one.why,
        "replaced": one.replaced,
    }


def _result(one: ResultSeen) -> dict[str, Any]:
    return {
        "number": one.number,
        "effect": one.effect,
        "seen_on": day(one.seen_on),
        "text": one.text,
        "direction": one.direction or None,
        "seen_by": one.seen_by,
        "link": one.link or None,
        "source": one.source,
        "replaced": one.replaced,
    }
