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
from courtepointe.places.assets.queries.public import neighbourhoods, shown_rows, shown_to_all
from courtepointe.places.assets.queries.review import (
    arriving,
    field_draft,
    field_drafts_of,
    likely_same,
    matched,
    n_waiting,
    waiting,
)
from courtepointe.places.assets.queries.workshops import (
    card,
    card_picture,
    cards_of,
    cards_to_key,
    printed_sheets,
    sheets_of,
)

__all__ = [
    "arriving",
    "card",
    "card_picture",
    "cards_of",
    "cards_to_key",
    "contributed_by",
    "contribution",
    "field_draft",
    "field_drafts_of",
    "geojson",
    "likely_same",
    "listed",
    "matched",
    "n_waiting",
    "neighbourhoods",
    "photo",
    "printed_sheets",
    "received",
    "served_needs",
    "sheets_of",
    "shown_rows",
    "shown_to_all",
    "waiting",
]
