"""Which units stand for an area: the part of each that is inside, and the rules that decide.

*Best fit* takes a unit whole when at least half of it is inside; *as drawn* takes the part inside.
The part is measured by people or dwellings where blocks tell where they live, by surface where
they do not. See ``docs/methods/fit.md``.
"""

from courtepointe.core.fit.choose import (
    Chosen,
    Division,
    as_drawn,
    best_fit,
    best_fit_division,
    is_in,
)
from courtepointe.core.fit.index import PlacedBlocks, ShapeIndex, index_shapes, place_blocks
from courtepointe.core.fit.limit import compile_ahead
from courtepointe.core.fit.shares import (
    InsideShares,
    SharePairs,
    share_by_blocks,
    share_by_surface,
    shares_of_division,
)

__all__ = [
    "Chosen",
    "Division",
    "InsideShares",
    "PlacedBlocks",
    "ShapeIndex",
    "SharePairs",
    "as_drawn",
    "best_fit",
    "best_fit_division",
    "compile_ahead",
    "index_shapes",
    "is_in",
    "place_blocks",
    "share_by_blocks",
    "share_by_surface",
    "shares_of_division",
]
