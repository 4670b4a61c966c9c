"""One card a dimension, a page each: what numbers say, what people say, questions, a place to tick."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from courtepointe.core.errors import BadInput
from courtepointe.press.attestations.setting import print_paper
from courtepointe.press.numbers import date_text
from courtepointe.press.templates.values import Paper
from courtepointe.press.words import LANGUAGES, typeset

FOLDER = Path(__file__).parent
LONGEST, MOST_LINES = 420, 6
"""What a card has room for on each side; what is longer is cut at a word, and says so."""


@dataclass(frozen=True, slots=True)
class ReadingCard:
    """The card of a dimension."""

    name: str
    about: str
    numbers: str
    people: str
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadingCards:
    """The cards of a portrait.

    Attributes
    ----------
    states : tuple of str
        What is ticked, in order.
    made : date
        Of the file.
    """

    name: str
    workspace: str
    made: date
    states: tuple[str, ...]
    cards: tuple[ReadingCard, ...]

    def __post_init__(self) -> None:
        if not self.cards or not self.states:
            raise BadInput("reading_cards_empty")


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads((FOLDER / "words.toml").read_text(encoding="utf-8"))


def write_reading_cards(
    made: ReadingCards, *, lang: str, fonts: Path, paper: Paper | str = Paper.LETTER
) -> bytes:
    """Write the cards of a workshop.

    Raises
    ------
    BadInput
        ``unknown_paper``, ``unknown_language``.
    """
    if lang not in LANGUAGES:
        raise BadInput("unknown_language", value=lang, expected=", ".join(LANGUAGES))
    words = {key: typeset(entry[lang], lang=lang) for key, entry in _words().items()}
    words["made"] = words["made"].format(date=date_text(made.made.isoformat(), lang=lang))
    told = {
        "name": made.name,
        "workspace": made.workspace,
        "words": words,
        "states": list(made.states),
        "cards": [
            {
                "name": one.name,
                "about": one.about,
                "numbers": _short(one.numbers),
                "people": _short(one.people),
                "questions": list(one.questions),
            }
            for one in made.cards
        ],
    }
    return print_paper(
        str(FOLDER / "cards.typ"), told, lang=lang, made=made.made, fonts=fonts, paper=paper
    )


def _short(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    kept = "\n".join(lines[:MOST_LINES])
    if len(kept) > LONGEST:
        return f"{kept[:LONGEST].rsplit(' ', 1)[0]} […]"
    return kept if len(lines) <= MOST_LINES else f"{kept} […]"
