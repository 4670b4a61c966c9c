"""One cell to one answer, by the kind of its question."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from courtepointe.formats.submissions.folded import folded, parted_labels
from courtepointe.formats.submissions.moments import read_day, read_hour, read_moment
from courtepointe.formats.submissions.points import line_of, point_of, point_of_parts
from courtepointe.formats.submissions.scope import CHOICE, WHOLE, Asked
from courtepointe.formats.submissions.values import MISSING, Answer, AnswerStatus, Value
from courtepointe.formats.tables.values import as_text
from courtepointe.formats.xlsform.values import OTHER

YES = frozenset({"1", "true", "1.0", "oui", "yes"})
ABSENT = frozenset({"", "n/a"})
"""What is nothing: older exports of Kobo write n/a where nothing was sent."""
DECIMAL = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
DECIMAL_COMMA = re.compile(r"[+-]?\d+,(\d{1,2}|\d{4,})")
"""A comma before three digits could part thousands."""
SHOWN = 12
EXPECTED: Mapping[str, str] = {
    "integer": "12", "decimal": "3.5", "date": "2026-03-31", "time": "14:30:00",
    "moment": "2026-03-31T14:30:00-04:00", "point": "45.5088 -73.5540 0 5",
    "line": "45.5088 -73.5540 0 5; 45.5090 -73.5551 0 5", "text": "…", "file": "photo.jpg",
}  # fmt: skip


class UnreadableError(ValueError):
    """A cell that is not what its question asks for.

    Parameters
    ----------
    heading, value, expected : str
    """

    def __init__(self, heading: str, value: str, expected: str) -> None:
        super().__init__(heading, value, expected)
        self.heading, self.value, self.expected = heading, value, expected


@dataclass(frozen=True, slots=True)
class Pieces:
    """The cells that tell of one question: the whole, parts of a point, one for each choice."""

    cells: Mapping[tuple[str, str], tuple[str, Any]]
    """By (part, choice): the heading, and the cell."""

    def text(self, part: str) -> str:
        """Give a part as text; empty where it says nothing."""
        told = self.cells.get((part, ""), ("", ""))[1]
        text = (as_text(told) or "").strip()
        return "" if text.casefold() in ABSENT and part != WHOLE else text

    def heading(self) -> str:
        """Give a heading to name in a message."""
        return next(iter(self.cells.values()))[0]


@cache
def statuses() -> Mapping[str, AnswerStatus]:
    """Give the names of choices that say why there is no answer."""
    text = Path(__file__).with_name("statuses.toml").read_text(encoding="utf-8")
    told: dict[str, list[str]] = tomllib.loads(text)
    return {name: AnswerStatus(status) for status, names in told.items() for name in names}


def answer_to(asked: Asked, pieces: Pieces) -> Answer:
    """Read the answer to a question.

    Parameters
    ----------
    asked : Asked
    pieces : Pieces

    Raises
    ------
    UnreadableError
        Where a cell is not of the question's kind.
    """
    answer = asked.question.spec.answer
    if answer in ("nothing", "personal"):
        return MISSING
    if answer == "many":
        return _named(_chosen(asked, pieces))
    whole = pieces.cells.get((WHOLE, ""), ("", None))[1]
    if answer in ("point", "line") and isinstance(whole, dict | list):
        return _given(_read(pieces, lambda: READERS[answer](whole), str(whole), answer))
    text = pieces.text(WHOLE)
    if answer == "point" and not text:
        return _given(_read(pieces, lambda: point_of_parts(pieces.text), "…", answer))
    if not text or _is_absent(asked, text):
        return MISSING
    if answer == "one":
        name = _choice_named(asked, text, pieces)
        status = statuses().get(name)
        return Answer(status) if status is not None else _given(name)
    return _given(_read(pieces, lambda: READERS[answer](text), text, answer))


def _read(pieces: Pieces, read: Callable[[], Value | None], text: str, answer: str) -> Value | None:
    try:
        return read()
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise UnreadableError(pieces.heading(), text, EXPECTED[answer]) from error


def _given(value: Value | None) -> Answer:
    return MISSING if value is None else Answer(AnswerStatus.GIVEN, value)


def _is_absent(asked: Asked, text: str) -> bool:
    """Tell whether a cell only says that nothing was sent."""
    if text.casefold() not in ABSENT or asked.question.spec.answer == "text":
        return False
    return text not in [choice.name for choice in asked.choices]


def _integer(text: str) -> int:
    number = _decimal(text)
    if not number.is_integer():
        raise ValueError(text)
    return int(number)


def _decimal(text: str) -> float:
    if DECIMAL_COMMA.fullmatch(text):
        text = text.replace(",", ".")
    if not DECIMAL.fullmatch(text):
        raise ValueError(text)
    return float(text)


READERS: Mapping[str, Callable[[Any], Value]] = {
    "text": str, "file": str, "integer": _integer, "decimal": _decimal, "date": read_day,
    "time": read_hour, "moment": read_moment, "point": point_of, "line": line_of,
}  # fmt: skip


def _named(names: Sequence[str]) -> Answer:
    """Make an answer of several names; one that only says why there is none has its status."""
    if not names:
        return MISSING
    if len(names) == 1 and names[0] in statuses():
        return Answer(statuses()[names[0]])
    return Answer(AnswerStatus.GIVEN, tuple(names))


def _choice_named(asked: Asked, text: str, pieces: Pieces) -> str:
    names = [choice.name for choice in asked.choices]
    free = asked.question.spec.filed or asked.question.choices.startswith("${")
    if text in names or free or (asked.question.or_other and text == OTHER):
        return text
    alike = asked.labels.get(folded(text))
    if alike is None:
        raise UnreadableError(pieces.heading(), text, _shown(names))
    return alike


def _shown(names: Iterable[str]) -> str:
    some = list(names)
    return ", ".join(some[:SHOWN]) + (" …" if len(some) > SHOWN else "")


def _chosen(asked: Asked, pieces: Pieces) -> list[str]:
    """Give the names that were chosen, in the form's order; of a rank, in the answer's."""
    names = [choice.name for choice in asked.choices]
    words = pieces.text(WHOLE).split()
    ticked = _ticked(pieces)
    if asked.question.spec.filed or (words and all(word in (*names, OTHER) for word in words)):
        chosen = words
    elif ticked is not None:
        chosen = ticked
    elif not words or _is_absent(asked, pieces.text(WHOLE)):
        chosen = []
    else:
        parted = parted_labels(pieces.text(WHOLE), asked.labels)
        if parted is None:
            raise UnreadableError(pieces.heading(), pieces.text(WHOLE), _shown(names))
        chosen = list(parted)
    if asked.question.kind == "rank" or asked.question.spec.filed:
        return list(dict.fromkeys(chosen))
    return [name for name in (*names, OTHER) if name in chosen]


def _ticked(pieces: Pieces) -> list[str] | None:
    """Give the choices whose own column says yes; None where there are no such columns."""
    told = {choice: cell for (part, choice), (_, cell) in pieces.cells.items() if part == CHOICE}
    if not told:
        return None
    return [name for name, cell in told.items() if (as_text(cell) or "").strip().casefold() in YES]
