"""Shared readings, as rows."""

from __future__ import annotations

from courtepointe.portraits.readings.models.readings import KeptScore, Reading, Reply
from courtepointe.portraits.readings.models.workshops import (
    HandsCounted,
    VoteCast,
    VoteCount,
    Workshop,
    WorkshopNote,
)

__all__ = [
    "HandsCounted",
    "KeptScore",
    "Reading",
    "Reply",
    "VoteCast",
    "VoteCount",
    "Workshop",
    "WorkshopNote",
]
