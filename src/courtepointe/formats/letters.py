"""Letters made comparable: two ways of writing a word that differ in case, accents or apostrophes meet."""

from __future__ import annotations

import unicodedata

SOFT = str.maketrans({
    "œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "’": "'", "ʼ": "'", "‑": "-", "\u00ad": "", "\u200b": "", "\ufeff": "",
})  # fmt: skip
"""Ligatures, curly apostrophes, hyphens that hold, and letters that nobody sees."""


def bare(text: str) -> str:
    """Take the accents off letters; what is joined of parts (``ﬁ``, ``①``) comes apart (NFKD)."""
    apart = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def folded(text: str) -> str:
    """Fold case, accents, ligatures, apostrophes and blanks, and keep every other mark."""
    return " ".join(bare(text.translate(SOFT).casefold()).split())
