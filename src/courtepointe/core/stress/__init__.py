"""Stress: what a network of hubs serves when hubs and streets fail, hour by hour.

See ``docs/methods/stress.md``.
"""

from courtepointe.core.stress.closures import Closures, Ground, closures_of, points_in
from courtepointe.core.stress.draws import Drawn, Why, draw
from courtepointe.core.stress.hours import N_TRIED, Town, Trials, simulate
from courtepointe.core.stress.many import (
    AGAIN_FROM,
    Base,
    Outcomes,
    base_of,
    nearest_under,
    serve_under,
)
from courtepointe.core.stress.options import (
    Estimate,
    GroupGap,
    Regrets,
    Value,
    estimate,
    gaps,
    regrets,
    value_of,
)
from courtepointe.core.stress.people import people_along, people_at_ends, people_of_areas
from courtepointe.core.stress.values import (
    HAZARDS,
    KINDS,
    Area,
    Demand,
    Disc,
    Discs,
    Effect,
    Hubs,
    Range,
    Rules,
    Scenario,
    Seeking,
)

__all__ = [
    "AGAIN_FROM",
    "HAZARDS",
    "KINDS",
    "N_TRIED",
    "Area",
    "Base",
    "Closures",
    "Demand",
    "Disc",
    "Discs",
    "Drawn",
    "Effect",
    "Estimate",
    "Ground",
    "GroupGap",
    "Hubs",
    "Outcomes",
    "Range",
    "Regrets",
    "Rules",
    "Scenario",
    "Seeking",
    "Town",
    "Trials",
    "Value",
    "Why",
    "base_of",
    "closures_of",
    "draw",
    "estimate",
    "gaps",
    "nearest_under",
    "people_along",
    "people_at_ends",
    "people_of_areas",
    "points_in",
    "regrets",
    "serve_under",
    "simulate",
    "value_of",
]
