"""Every read of resilience portraits."""

from __future__ import annotations

from courtepointe.portraits.resilience.queries.indicators import (
    by_dimension,
    every_observation,
    indicator_of,
    indicators_of,
    marks_of,
    observations_of,
    still_suggested,
)
from courtepointe.portraits.resilience.queries.numbers import last_kept, numbers_of, numbers_seen
from courtepointe.portraits.resilience.queries.portraits import (
    dimension_names,
    dimensions_of,
    known_dimension,
    own_parts,
    portrait,
    portraits,
)

__all__ = [
    "by_dimension",
    "dimension_names",
    "dimensions_of",
    "every_observation",
    "indicator_of",
    "indicators_of",
    "known_dimension",
    "last_kept",
    "marks_of",
    "numbers_of",
    "numbers_seen",
    "observations_of",
    "own_parts",
    "portrait",
    "portraits",
    "still_suggested",
]
