"""The words that files of ties are written in, and how cells are understood by them."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from courtepointe.formats.letters import folded

FILE = Path(__file__).with_name("vocabulary.toml")
LANGUAGES = ("fr", "en")
UNSEEN = frozenset({"Cc", "Cs", "Cn"})


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words in both languages.

    Attributes
    ----------
    headings : mapping of field -> folded headings
        Of both files: ``name``, ``from``...
    written : mapping of language -> field -> heading
    kinds : mapping of code -> language -> words
    frequencies, trusts : mapping of language -> words, the least first
    yes, no : folded words
    answers : mapping of language -> (yes, no)
    """

    headings: Mapping[str, tuple[str, ...]]
    written: Mapping[str, Mapping[str, str]]
    kinds: Mapping[str, Mapping[str, str]]
    frequencies: Mapping[str, tuple[str, ...]]
    trusts: Mapping[str, tuple[str, ...]]
    yes: frozenset[str]
    no: frozenset[str]
    answers: Mapping[str, tuple[str, str]]

    def field_of(self, heading: str, fields: Iterable[str]) -> str | None:
        """Say which of some fields a heading names, or None."""
        told = folded(heading)
        return next((one for one in fields if told in self.headings[one]), None)

    def kind(self, cell: str) -> str | None:
        """Say which kind a cell names, by its code or its words; None where it names none."""
        told = folded(cell)
        for code, words in self.kinds.items():
            if told in {folded(code), *map(folded, words.values())}:
                return code
        return None

    def level(self, cell: str, levels: Mapping[str, tuple[str, ...]]) -> int | None:
        """Say which level a cell names, by its number or its words; None where it names none."""
        told = folded(cell).removesuffix(".0")
        n_levels = len(next(iter(levels.values())))
        if told.isascii() and told.isdigit():
            return int(told) if 1 <= int(told) <= n_levels else None
        for words in levels.values():
            for place, word in enumerate(words, start=1):
                if folded(word) == told:
                    return place
        return None

    def answer(self, cell: str) -> bool | None:
        """Say yes or no; None for neither."""
        told = folded(cell)
        return True if told in self.yes else False if told in self.no else None


def cleaned(text: str | None) -> str:
    """Take the letters that nobody sees out of a cell, and the spaces around it."""
    shown = (" " if letter in "\t\r\n\v\f" else letter for letter in text or "")
    kept = (letter for letter in shown if unicodedata.category(letter) not in UNSEEN)
    return "".join(kept).strip()


@cache
def vocabulary() -> Vocabulary:
    """Read the shipped words."""
    return read_vocabulary(FILE.read_text(encoding="utf-8"))


def read_vocabulary(text: str) -> Vocabulary:
    """Read words from TOML, laid out as the shipped ones."""
    held = tomllib.loads(text)
    fields: dict[str, Any] = held["organisations"] | held["ties"]
    return Vocabulary(
        headings={
            name: tuple(folded(one) for listed in (told["fr"], told["en"]) for one in listed)
            for name, told in fields.items()
        },
        written={
            lang: {name: told[lang][0] for name, told in fields.items()} for lang in LANGUAGES
        },
        kinds=held["kinds"],
        frequencies={lang: tuple(held["frequencies"][lang]) for lang in LANGUAGES},
        trusts={lang: tuple(held["trusts"][lang]) for lang in LANGUAGES},
        yes=frozenset(map(folded, held["answers"]["yes"])),
        no=frozenset(map(folded, held["answers"]["no"])),
        answers={lang: tuple(told) for lang, told in held["answers"]["written"].items()},
    )
