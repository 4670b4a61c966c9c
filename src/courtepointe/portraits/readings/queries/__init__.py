"""Every read of shared readings."""

from __future__ import annotations

from courtepointe.portraits.readings.queries.readings import (
    every_version,
    reading,
    readings_of,
    replies_declined,
    replies_shown,
    replies_to_review,
    validated_of,
    versions_of,
)
from courtepointe.portraits.readings.queries.workshops import workshop, workshops_of

__all__ = [
    "every_version",
    "reading",
    "readings_of",
    "replies_declined",
    "replies_shown",
    "replies_to_review",
    "validated_of",
    "versions_of",
    "workshop",
    "workshops_of",
]
