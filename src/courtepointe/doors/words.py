"""The one table from an error's code to its sentence, HTTP status and exit code.

The sentences live in ``words_data/*.toml``, one table per code with ``fr``, ``en`` and the optional
``status`` and ``exit``. A test holds that the codes raised in the house are the codes worded.
"""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from courtepointe.core.errors import CourtepointeError
from courtepointe.press.numbers import date_text
from courtepointe.press.words import typeset

FOLDER = Path(__file__).with_name("words_data")
STATUS = {"bad_input": 400, "no_answer": 422, "not_found": 404, "refused": 409, "not_allowed": 403}
NAMES_OF_NUMBERS = frozenset(
    {"row", "line", "port", "year", "vintage", "code", "position", "characteristic", "status"}
)
GROUPING = {"fr": "\u202f", "en": ","}
EXIT = {"bad_input": 3, "no_answer": 4, "not_found": 5, "refused": 6, "not_allowed": 7}


@cache
def table() -> dict[str, dict[str, Any]]:
    """Read all words: code -> ``{fr, en, status?, exit?}``."""
    words: dict[str, dict[str, Any]] = {}
    for file in sorted(FOLDER.glob("*.toml")):
        words.update(tomllib.loads(file.read_text(encoding="utf-8")))
    return words


class _Facts(dict[str, object]):
    """Facts of an error; one that is absent is shown as a dash rather than breaking the sentence."""

    def __missing__(self, key: str) -> str:
        return "—"


def sentence(error: CourtepointeError, *, lang: str) -> str:
    """Say an error in ``"fr"`` or ``"en"``: what happened, what was kept, what to do."""
    words = table().get(error.code)
    if words is None:
        return str(error)
    facts = {name: _written(name, fact, lang) for name, fact in error.facts.items()}
    return typeset(str(words[lang]), lang=lang).format_map(_Facts(facts))


def _written(name: str, fact: object, lang: str) -> object:
    """Write a number or a day as the language does; names of numbers (years, rows, ports) stay as they are."""
    if isinstance(fact, date):
        return date_text(fact.isoformat(), lang=lang)
    if isinstance(fact, int) and not isinstance(fact, bool) and name not in NAMES_OF_NUMBERS:
        return f"{fact:,}".replace(",", GROUPING[lang]).replace("-", "−")
    if not isinstance(fact, float):
        return fact
    whole, _mark, decimals = f"{fact:,.4f}".rstrip("0").rstrip(".").replace("-", "−").partition(".")
    grouped = whole.replace(",", GROUPING[lang])
    return grouped + ("," if lang == "fr" else ".") + decimals if decimals else grouped


def status(error: CourtepointeError) -> int:
    """Give the HTTP status of an error."""
    return int(table().get(error.code, {}).get("status", STATUS.get(error.kind, 500)))


def exit_code(error: CourtepointeError) -> int:
    """Give the exit code of an error: 3 input, 4 no answer, 5 not found, 6 refused, 7 not allowed."""
    return int(table().get(error.code, {}).get("exit", EXIT.get(error.kind, 1)))
