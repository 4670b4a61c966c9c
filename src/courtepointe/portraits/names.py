"""The name that a person gives an area: any script, no control character, a bounded length."""

from __future__ import annotations

import unicodedata

from courtepointe.core.errors import BadInput
from courtepointe.portraits.values import NAME_LIMIT

REFUSED = frozenset({"Cc", "Cs", "Co", "Cn", "Zl", "Zp"})
FORMATS_KEPT = frozenset("\u200c\u200d")
"""Joiners that some scripts need; the other format characters can turn a line around."""


def clean_name(text: str) -> str:
    """Give a name fit to be kept: œ ’ – ᐃ stay as they are; spaces are made single."""
    for letter in text:
        kind = unicodedata.category(letter)
        if kind in REFUSED or (kind == "Cf" and letter not in FORMATS_KEPT):
            raise BadInput("custom_area_name_unprintable", value=f"U+{ord(letter):04X}")
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not name:
        raise BadInput("custom_area_name_empty")
    if len(name) > NAME_LIMIT:
        raise BadInput("custom_area_name_too_long", value=len(name), expected=NAME_LIMIT)
    return name
