"""Headings and choices made comparable: case, accents, ligatures and punctuation folded."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from courtepointe.atlas.query.spelling import all_tokens

JUST_MARKS = str.maketrans({"·": "", "#": " no ", "№": " no ", "°": "o"})


@lru_cache(maxsize=65_536)
def key_of(text: str) -> str:
    """Fold a text to what is compared: ``"N° de téléphone :"`` becomes ``no de telephone``.

    A text in another script than ours (ᐃᓄᒃᑎᑐᑦ) keeps its letters, without marks or blanks around.
    """
    tokens = all_tokens(text.translate(JUST_MARKS))
    letters = sum(letter.isalpha() for letter in text)
    if letters and 2 * sum(map(len, tokens)) < letters:
        return " ".join(unicodedata.normalize("NFKC", text).casefold().split()).strip(" :*.?")
    return " ".join(tokens)


def heading_keys(headings: Iterable[str]) -> tuple[str, ...]:
    """Fold headings so that each is another: the second *Téléphone* of a table is ``telephone#2``."""
    seen: Counter[str] = Counter()
    keys = []
    for heading in headings:
        key = key_of(heading)
        seen[key] += 1
        keys.append(key if seen[key] == 1 else f"{key}#{seen[key]}")
    return tuple(keys)


def fingerprint(headings: Iterable[str]) -> str:
    """Tell a kind of file by its headings, in whatever order: 16 hexadecimal digits of SHA-256."""
    text = "\n".join(sorted(heading_keys(headings)))
    return hashlib.sha256(text.encode()).hexdigest()[:16]
