"""The fixed words of documents, charts and exports, in French and in English, read from data."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from courtepointe.atlas.recipe.values import Words
from courtepointe.core.errors import BadInput

FOLDER = Path(__file__).parent
LANGUAGES: tuple[str, ...] = ("fr", "en")


@cache
def words(lang: str) -> Mapping[str, str]:
    """Read the words of a language: dotted key -> text, typeset."""
    if lang not in LANGUAGES:
        raise BadInput("unknown_language", value=lang, expected=", ".join(LANGUAGES))
    return read_words(FOLDER / f"{lang}.toml", lang=lang)


def read_words(file: Path, *, lang: str) -> Mapping[str, str]:
    """Read a file of words: dotted key -> text, typeset."""
    told = tomllib.loads(file.read_text(encoding="utf-8"))
    return {key: typeset(text, lang=lang) for key, text in _flat(told)}


def say(key: str, *, lang: str, **slots: object) -> str:
    """Give the words of a key, its slots filled."""
    text = words(lang)[key]
    return text.format(**slots) if slots else text


def knows(key: str, *, lang: str) -> bool:
    """Say whether a key has words."""
    return key in words(lang)


@lru_cache(maxsize=4096)
def typeset(text: str, *, lang: str) -> str:
    """Set apostrophes, and in French the no-break spaces that punctuation asks for.

    A colon and a percent or dollar sign take a no-break space, the semicolon and the guillemets
    a narrow one, as the Office québécois de la langue française advises.
    """
    text = text.replace("'", "’")
    if lang != "fr":
        return text
    for loose, tight in _FRENCH_SPACES:
        text = text.replace(loose, tight)
    return text


def typeset_words(fr: str, en: str) -> Words:
    """Give words in both languages as they are set: files hold plain spaces."""
    return Words(typeset(fr, lang="fr"), typeset(en, lang="en"))


_FRENCH_SPACES: tuple[tuple[str, str], ...] = (
    (" :", "\u00a0:"),
    (" %", "\u00a0%"),
    (" $", "\u00a0$"),
    (" ;", "\u202f;"),
    (" ?", "\u202f?"),
    (" !", "\u202f!"),
    ("« ", "«\u202f"),
    (" »", "\u202f»"),
)


def _flat(table: Mapping[str, Any], before: str = "") -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for key, held in table.items():
        name = f"{before}{key}"
        pairs += _flat(held, f"{name}.") if isinstance(held, dict) else [(name, str(held))]
    return pairs
