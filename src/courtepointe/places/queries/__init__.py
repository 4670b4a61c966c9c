"""Every read of the directory."""

from __future__ import annotations

from courtepointe.places.queries.directories import (
    capacities_held,
    directory_of,
    held_records,
    imports_waiting,
)
from courtepointe.places.queries.listing import (
    areas_named,
    languages_named,
    listed,
    named,
    public_rows,
)
from courtepointe.places.queries.pairs import pair_counts, pairs_to_decide
from courtepointe.places.queries.records import seen_by

__all__ = [
    "areas_named",
    "capacities_held",
    "directory_of",
    "held_records",
    "imports_waiting",
    "languages_named",
    "listed",
    "named",
    "pair_counts",
    "pairs_to_decide",
    "public_rows",
    "seen_by",
]
