"""Every read of contributions."""

from __future__ import annotations

from courtepointe.places.assets.queries.gaps import served_needs
from courtepointe.places.assets.queries.listed import (
    contributed_by,
    contribution,
    geojson,
    listed,
    photo,
    received,
)
from courtepointe.places.assets.queries.review import (
    arriving,
    field_draft,
    field_drafts_of,
    likely_same,
    matched,
    n_waiting,
    waiting,
)

__all__ = [
    "arriving",
    "contributed_by",
    "contribution",
    "field_draft",
    "field_drafts_of",
    "geojson",
    "likely_same",
    "listed",
    "matched",
    "n_waiting",
    "photo",
    "received",
    "served_needs",
    "waiting",
]
