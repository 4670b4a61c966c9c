"""Where the next sites should go, proven: who has the least to go, who is within reach, who has the farthest.

Positions in, positions out: callers hold the names of sites and of places. The core has no clock: a
`Watch` says when to stop, and an answer that is not proven says how far it may be from the best.
"""

from courtepointe.core.siting.covers import backup_cover, max_cover_on_budget
from courtepointe.core.siting.kolm_pollak import equivalent, kappa_of, kolm_pollak_median
from courtepointe.core.siting.max_cover import (
    max_cover,
    max_cover_of_pairs,
    max_cover_on_plane,
)
from courtepointe.core.siting.p_center import p_center
from courtepointe.core.siting.p_median import p_median, p_median_on_plane
from courtepointe.core.siting.paths import all_pairs
from courtepointe.core.siting.regret import Regret, Scenario, min_regret
from courtepointe.core.siting.room import capacitated_cover
from courtepointe.core.siting.set_cover import set_cover, set_cover_on_plane
from courtepointe.core.siting.solved import Solved
from courtepointe.core.siting.values import Answer, Goal, Reasons, Rounding, Terms, Watch

__all__ = [
    "Answer",
    "Goal",
    "Reasons",
    "Regret",
    "Rounding",
    "Scenario",
    "Solved",
    "Terms",
    "Watch",
    "all_pairs",
    "backup_cover",
    "capacitated_cover",
    "equivalent",
    "kappa_of",
    "kolm_pollak_median",
    "max_cover",
    "max_cover_of_pairs",
    "max_cover_on_budget",
    "max_cover_on_plane",
    "min_regret",
    "p_center",
    "p_median",
    "p_median_on_plane",
    "set_cover",
    "set_cover_on_plane",
]
