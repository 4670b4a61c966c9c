"""Stress: what a network of hubs serves when hubs and streets fail, hour by hour.

See ``docs/methods/stress.md``.
"""

from courtepointe.core.stress.closures import Closures, Ground, closures_of, points_in
from courtepointe.core.stress.many import (
    AGAIN_FROM,
    Base,
    Outcomes,
    base_of,
    nearest_under,
    serve_under,
)
from courtepointe.core.stress.values import (
    HAZARDS,
    KINDS,
    NO_EDGE,
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
    "NO_EDGE",
    "Area",
    "Base",
    "Closures",
    "Demand",
    "Disc",
    "Discs",
    "Effect",
    "Ground",
    "Hubs",
    "Outcomes",
    "Range",
    "Rules",
    "Scenario",
    "Seeking",
    "base_of",
    "closures_of",
    "nearest_under",
    "points_in",
    "serve_under",
]
