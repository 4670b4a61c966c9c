"""Streets for people on foot: who reaches a site, which and how soon, for each kind of walker.

Nodes and edges become a graph once (`streets_of`), a walker gives each street its minutes (`walk`), and
every question is a search from the sites. See ``docs/methods/streets.md``.
"""

from courtepointe.core.streets.bands import band_of
from courtepointe.core.streets.build import streets_of
from courtepointe.core.streets.catchment import (
    Reached,
    catchments,
    pieces_of_streets,
    reached,
)
from courtepointe.core.streets.nearer import Nearer, nearer
from courtepointe.core.streets.nearest import (
    NOBODY,
    Nearest,
    Starts,
    nearest,
    nearest_several,
    starts_at,
    starts_from,
)
from courtepointe.core.streets.pairs import Pairs, pairs_within
from courtepointe.core.streets.places import nearest_of_places
from courtepointe.core.streets.snap import LIMIT_M, NOWHERE, Snapped, snap
from courtepointe.core.streets.table import minutes_table
from courtepointe.core.streets.values import Pieces, Streets, Tidied, pieces
from courtepointe.core.streets.walkers import (
    WALKERS,
    Walk,
    Walker,
    single_bound,
    slope_factor,
    walk,
)

__all__ = [
    "LIMIT_M",
    "NOBODY",
    "NOWHERE",
    "WALKERS",
    "Nearer",
    "Nearest",
    "Pairs",
    "Pieces",
    "Reached",
    "Snapped",
    "Starts",
    "Streets",
    "Tidied",
    "Walk",
    "Walker",
    "band_of",
    "catchments",
    "minutes_table",
    "nearer",
    "nearest",
    "nearest_of_places",
    "nearest_several",
    "pairs_within",
    "pieces",
    "pieces_of_streets",
    "reached",
    "single_bound",
    "slope_factor",
    "snap",
    "starts_at",
    "starts_from",
    "streets_of",
    "walk",
]
