"""What a person said of a file's headings, kept for the next file of its kind."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from courtepointe.core.errors import BadInput

VERSION = 1


@dataclass(frozen=True, slots=True)
class Remembered:
    """A mapping remembered.

    Attributes
    ----------
    shape : str
    headings : mapping of folded heading -> field code
        Empty where the column is left aside. See `folding.heading_keys`.
    day_first : bool or None
        How 03/04/2025 is read in this kind of file.
    """

    shape: str
    headings: Mapping[str, str]
    day_first: bool | None = None

    def to_json(self) -> str:
        """Write as JSON, headings in order: the same mapping gives the same text."""
        told = {
            "version": VERSION,
            "shape": self.shape,
            "day_first": self.day_first,
            "headings": dict(sorted(self.headings.items())),
        }
        return json.dumps(told, ensure_ascii=False, indent=1)


def read_remembered(text: str) -> Remembered:
    """Read a mapping that was remembered.

    Raises
    ------
    BadInput
        ``remembered_unreadable``.
    """
    try:
        told: Any = json.loads(text)
        headings = {str(key): str(field) for key, field in told["headings"].items()}
        shape, day_first = str(told["shape"]), told["day_first"]
        if told["version"] != VERSION or day_first not in (None, True, False):
            raise ValueError(told["version"])
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise BadInput("remembered_unreadable", detail=str(error)) from error
    return Remembered(shape, headings, day_first)
