"""Where values lie: neighbours, whether values alike gather, where, and how sure that is.

See ``docs/methods/space.md``. How unequal values are is counted in `core.access.equity`; how many of many tests
may be held up, in `core.multiplicity`.
"""

from courtepointe.core.space.hot import gathered
from courtepointe.core.space.local import Local, Quadrant, local_moran
from courtepointe.core.space.near import contiguity, nearest, within_distance
from courtepointe.core.space.neighbours import Neighbours, Sums, from_pairs
from courtepointe.core.space.rates import Smoothed, Standardised, smoothed, standardised
from courtepointe.core.space.surviving import surviving
from courtepointe.core.space.whole import Spread, geary, getis_ord, moran, moran_dealt

__all__ = [
    "Local",
    "Neighbours",
    "Quadrant",
    "Smoothed",
    "Spread",
    "Standardised",
    "Sums",
    "contiguity",
    "from_pairs",
    "gathered",
    "geary",
    "getis_ord",
    "local_moran",
    "moran",
    "moran_dealt",
    "nearest",
    "smoothed",
    "standardised",
    "surviving",
    "within_distance",
]
