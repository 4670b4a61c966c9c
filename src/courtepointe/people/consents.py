"""Texts that people agree to: data in two languages, in versions that are never edited.

Each room may ship `<room>/data/consent_texts.toml`. What a person read is kept by its version and its hash,
so that a text that was edited after all is seen.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from courtepointe.atlas.recipe.values import Words
from courtepointe.core.errors import BadInput
from courtepointe.people.personal import files_named

ENDS = ("destroyed", "emptied")


@dataclass(frozen=True, slots=True)
class ConsentVersion:
    """One wording of a text."""

    number: int
    words: Words

    @property
    def hash(self) -> str:
        """SHA-256 of both languages: what a record keeps of what was read."""
        return hashlib.sha256(f"{self.words.fr}\0{self.words.en}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class ConsentText:
    """A text in its versions.

    Attributes
    ----------
    withdrawal : str
        What a withdrawal does to whom it was about: ``destroyed`` (the row), ``emptied`` (the fields
        that name this text as their consent in `personal.toml`).
    """

    code: str
    name: Words
    withdrawal: str
    versions: tuple[ConsentVersion, ...]

    @property
    def last(self) -> ConsentVersion:
        """The wording that is read today."""
        return self.versions[-1]


@cache
def consent_texts() -> Mapping[str, ConsentText]:
    """Read the texts of all rooms."""
    return read_texts(files_named("consent_texts.toml"))


def names() -> Mapping[str, Words]:
    """Name the texts, by their codes."""
    return {code: text.name for code, text in consent_texts().items()}


def read_texts(files: Iterable[Path]) -> Mapping[str, ConsentText]:
    """Read texts, or raise `BadInput` that says which one is wrong."""
    found: dict[str, ConsentText] = {}
    for file in files:
        for code, entry in tomllib.loads(file.read_text(encoding="utf-8")).items():
            if code in found:
                raise BadInput("declared_twice", file=file.name, value=code)
            found[code] = _text(code, entry, file)
    return found


def _text(code: str, entry: Mapping[str, Any], file: Path) -> ConsentText:
    versions = tuple(
        ConsentVersion(number, Words(one["fr"], one["en"]))
        for number, one in enumerate(entry["version"], start=1)
    )
    if entry["withdrawal"] not in ENDS:
        raise BadInput(
            "declared_word_unknown",
            file=file.name,
            value=entry["withdrawal"],
            expected=", ".join(ENDS),
        )
    return ConsentText(code, Words(entry["fr"], entry["en"]), entry["withdrawal"], versions)
