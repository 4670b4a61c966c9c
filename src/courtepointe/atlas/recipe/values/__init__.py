"""What a recipe declares, as frozen values. `read.py` makes them from TOML, or says why not.

The tables of the TOML file bear the names of these classes' plurals, the keys the names of the
fields; `docs/recipes.md` is the guide for people. Words in two languages are `{fr = "", en = ""}`.
"""

from __future__ import annotations

from courtepointe.atlas.recipe.values.areas import AreaType, Boundary, FitPlan, KeyRule, Overlap
from courtepointe.atlas.recipe.values.comparison import (
    Comparator,
    PeerGroup,
    Polarity,
    StandOut,
    Target,
)
from courtepointe.atlas.recipe.values.indicators import (
    Band,
    ChartPlan,
    Indicator,
    MapClasses,
    Reconciliation,
    Section,
    Universe,
)
from courtepointe.atlas.recipe.values.places import PlaceCategory, PlaceLayer
from courtepointe.atlas.recipe.values.protection import Protection
from courtepointe.atlas.recipe.values.releases import Recall, Release, Variable
from courtepointe.atlas.recipe.values.sources import Licence, Source, Steward, Words
from courtepointe.atlas.recipe.values.streets import StreetPlan
from courtepointe.atlas.recipe.values.time import Break, Correspondence
from courtepointe.atlas.recipe.values.whole import Recipe

__all__ = [
    "AreaType",
    "Band",
    "Boundary",
    "Break",
    "ChartPlan",
    "Comparator",
    "Correspondence",
    "FitPlan",
    "Indicator",
    "KeyRule",
    "Licence",
    "MapClasses",
    "Overlap",
    "PeerGroup",
    "PlaceCategory",
    "PlaceLayer",
    "Polarity",
    "Protection",
    "Recall",
    "Recipe",
    "Reconciliation",
    "Release",
    "Section",
    "Source",
    "StandOut",
    "Steward",
    "StreetPlan",
    "Target",
    "Universe",
    "Variable",
    "Words",
]
