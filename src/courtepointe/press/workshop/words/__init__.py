"""The words of workshop sheets, in French and in English, read from data."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from courtepointe.core.errors import BadInput
from courtepointe.press.words import LANGUAGES, typeset

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class GuidePart:
    """A part of the facilitator's guide: a heading and what to do."""

    title: str
    items: tuple[str, ...]


@cache
def _read(lang: str) -> Mapping[str, Any]:
    if lang not in LANGUAGES:
        raise BadInput("unknown_language", value=lang, expected=", ".join(LANGUAGES))
    return tomllib.loads((FOLDER / f"{lang}.toml").read_text(encoding="utf-8"))


def sheet_words(group: str, *, lang: str) -> Mapping[str, str]:
    """Give the words of a group by their key, typeset: ``class``, ``visibility``, ``field``…"""
    told = _read(lang)[group].items()
    return {key: typeset(text, lang=lang) for key, text in told if isinstance(text, str)}


def say_sheet(key: str, *, lang: str, **slots: object) -> str:
    """Give the words of a dotted key, its slots filled."""
    group, _, name = key.partition(".")
    text = sheet_words(group, lang=lang)[name]
    return text.format(**slots) if slots else text


def guide_parts(*, lang: str) -> tuple[GuidePart, ...]:
    """Give the parts of the facilitator's guide."""
    return tuple(
        GuidePart(
            typeset(part["title"], lang=lang),
            tuple(typeset(item, lang=lang) for item in part["items"]),
        )
        for part in _read(lang)["guide"]["part"]
    )
