"""Every read of resilience portraits."""

from __future__ import annotations

from courtepointe.portraits.resilience.queries.portraits import (
    dimension_names,
    dimensions_of,
    known_dimension,
    own_parts,
    portrait,
    portraits,
)

__all__ = [
    "dimension_names",
    "dimensions_of",
    "known_dimension",
    "own_parts",
    "portrait",
    "portraits",
]
