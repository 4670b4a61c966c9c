"""What the office forms share: a face that every office program has, and the properties of a file."""

from __future__ import annotations

from typing import Any

from courtepointe.press.publication.told import stamp
from courtepointe.press.publication.values import Publication

FACE = "Calibri"
"""What every office program has, or draws with letters of the same width."""
LONGEST = 255
"""Letters that a property of an office file may hold."""


def tell_properties(told: Any, made: Publication) -> None:
    """Write the core properties of a Word document or a presentation."""
    told.title, told.subject, told.author = made.title[:LONGEST], made.kind, "Courtepointe"
    told.comments, told.keywords = made.foot[:LONGEST], made.pack_hash
    told.language, told.last_modified_by = f"{made.lang}-CA", "Courtepointe"
    told.created = told.modified = stamp(made)
