"""The directory, as rows."""

from __future__ import annotations

from courtepointe.places.models.aside import Candidate, Proposal, Source, Waiting
from courtepointe.places.models.records import Capacity, Entry, Part

__all__ = ["Candidate", "Capacity", "Entry", "Part", "Proposal", "Source", "Waiting"]
