"""Lists of words as data: a file each in a room's folder, its codes in the order in which they are offered."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from courtepointe.atlas.recipe.values import Words
from courtepointe.core.errors import BadInput
from courtepointe.press.words import typeset_words


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists of a room.

    Attributes
    ----------
    folder : Path
        Holds ``<name>.toml``, a table a code, with ``fr`` and ``en``.
    unknown : str
        The code of what is said of a code that a list has not.
    """

    folder: Path
    unknown: str

    def data(self, name: str) -> Mapping[str, Any]:
        """Give all that a list's file says, read once."""
        return entries(self.folder / f"{name}.toml")

    def words_of(self, name: str) -> Mapping[str, Words]:
        """Give a list's codes with their words, in the order in which they are offered."""
        return worded(self.folder / f"{name}.toml")

    def known(self, name: str, code: str) -> str:
        """Give a code that its list has, or raise `BadInput` with the room's code of the unknown."""
        return held(code, self.words_of(name), unknown=self.unknown)


def held(code: str, codes: Collection[str], *, unknown: str) -> str:
    """Give a code that is among some, or raise `BadInput` with the code of the unknown."""
    if code not in codes:
        raise BadInput(unknown, value=code, expected=", ".join(codes))
    return code


@cache
def entries(file: Path) -> Mapping[str, Any]:
    """Give all that a file says, read once."""
    return tomllib.loads(file.read_text(encoding="utf-8"))


@cache
def worded(file: Path) -> Mapping[str, Words]:
    """Give a file's codes with their words, in their order."""
    return {code: in_both(entry) for code, entry in entries(file).items()}


def in_both(entry: Mapping[str, Any], name: str = "") -> Words:
    """Give what an entry says in both languages: of itself, or ``<name>_fr`` and ``<name>_en``."""
    before = f"{name}_" if name else ""
    return typeset_words(str(entry[f"{before}fr"]), str(entry[f"{before}en"]))


def each_in_both(entry: Mapping[str, Any], name: str = "") -> tuple[Words, ...]:
    """Give the lines of an entry in both languages, named as `in_both` does, as many in one as in the other."""
    before = f"{name}_" if name else ""
    return tuple(
        typeset_words(fr, en)
        for fr, en in zip(entry[f"{before}fr"], entry[f"{before}en"], strict=True)
    )
