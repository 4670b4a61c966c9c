"""Evidence, as rows."""

from __future__ import annotations

from courtepointe.portraits.evidence.models.coding import Code, Coding, Passage, Round
from courtepointe.portraits.evidence.models.sources import Source

__all__ = ["Code", "Coding", "Passage", "Round", "Source"]
