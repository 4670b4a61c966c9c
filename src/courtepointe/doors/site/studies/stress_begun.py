"""Beginning with what another study of stress asked: a form filled as it was, to be changed."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from courtepointe.doors.site.space.frame import Space
from courtepointe.doors.site.studies.frame import study_named
from courtepointe.doors.site.studies.stress_form import NO, YES
from courtepointe.doors.site.studies.stress_words import shipped
from courtepointe.hubs.studies.stress_values import (
    ADD,
    POWER,
    SEATS,
    StressAsked,
    StressAssumed,
    StressOption,
    stress_asked,
)


def assumed_of(scenario: str) -> StressAssumed:
    """Give what a scenario itself assumes of a hub of which nobody knows more."""
    file = shipped(scenario)
    own = file.hubs
    needed = {one.trait for one in file.scenario.effects if one.trait}
    return StressAssumed(own.capacity, own.autonomy_h, own.staff, needed <= own.traits, own.dry)


def begun(request: HttpRequest, space: Space) -> dict[str, Any]:
    """Give what the form begins with, where the address names a study; nothing else."""
    kept = study_named(request, space, "stress")
    if kept is None:
        return {}
    asked = stress_asked(kept.asked)
    told: dict[str, Any] = {
        "scenarios": list(asked.scenarios), "hubs": [one.number for one in asked.hubs],
        "draws": asked.n_draws, "seed": kept.seed,
        "title": _("%(title)s, otherwise") % {"title": kept.title}, **_typed(asked),
    }  # fmt: skip
    for n, option in enumerate(asked.options, start=1):
        told |= {f"{name}_{n}": value for name, value in _option(option).items()}
    return told


def _typed(asked: StressAsked) -> dict[str, Any]:
    """Give the assumptions that a person typed: those that are not the scenario's own."""
    told: dict[str, Any] = {}
    for code in asked.scenarios:
        kept, own = asked.assumed[code], assumed_of(code)
        for field, name in (("seats", "seats"), ("autonomy_h", "hours"), ("staff", "staff")):
            if getattr(kept, field) != getattr(own, field):
                told[name] = getattr(kept, field)
        for name in ("has", "dry"):
            if getattr(kept, name) != getattr(own, name):
                told[name] = YES if getattr(kept, name) else NO
    return told


def _option(one: StressOption) -> dict[str, Any]:
    if one.change == ADD and one.place is not None:
        place = one.place
        return {"change": ADD, "place": place.number, "hours": place.autonomy_h, "seats": place.seats}  # fmt: skip
    hours, seats = (one.amount if one.change == its else None for its in (POWER, SEATS))
    return {"change": one.change, "hub": one.hub, "hours": hours, "seats": seats}
