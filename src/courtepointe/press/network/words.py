"""The sentences of the network of partners, in French and in English, read from data."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from courtepointe.core.errors import BadInput
from courtepointe.press.numbers import is_one, number
from courtepointe.press.words import LANGUAGES, read_words

FOLDER = Path(__file__).parent


@cache
def phrases(lang: str) -> Mapping[str, str]:
    """Read the phrases of a language: dotted key -> text, typeset."""
    if lang not in LANGUAGES:
        raise BadInput("unknown_language", value=lang, expected=", ".join(LANGUAGES))
    return read_words(FOLDER / f"{lang}.toml", lang=lang)


def tell(key: str, *, lang: str, **slots: object) -> str:
    """Give the phrase of a key, its slots filled."""
    return phrases(lang)[key].format(**slots)


def tell_count(key: str, count: int, *, lang: str, **slots: object) -> str:
    """Give the ``_one`` or ``_many`` phrase of a key for a whole count."""
    form = "one" if is_one(count, lang=lang) else "many"
    return tell(f"{key}_{form}", lang=lang, n=number(count, lang=lang), **slots)
