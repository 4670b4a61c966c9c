"""Questions as they are asked, and what counts as an answer to them. Pure: no database."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from courtepointe.core.errors import BadInput
from courtepointe.engagement.texts import text as clean_text

Texts: TypeAlias = Mapping[str, str]
"""A text in each language, by the language's code."""
Given: TypeAlias = Mapping[str, Any]
"""Answers by the code of their question: a code, codes, a number, a text, or a status."""
STATUSES = ("not_known", "no_answer")
"""Why there is no answer: never one like the others."""
CHOSEN = frozenset({"one", "scale"})
CLOSED = CHOSEN | {"several"}
LONGEST_TEXT = 500
GREATEST = 1_000_000
SHOWN = 40
BLANKS = re.compile(r"\s")
DECIMAL = re.compile(r"[0-9]+([.,][0-9]+)?")
GROUPED = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
"""Twelve hundred to some, a little over one to others."""


@dataclass(frozen=True, slots=True)
class Option:
    """An answer that is offered.

    Attributes
    ----------
    yes : bool
        Whether it counts in the share of the question.
    groups : tuple of str
        Groups of the lens that somebody who gives it is counted in.
    """

    code: str
    texts: Texts
    yes: bool = False
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A question.

    Attributes
    ----------
    kind : str
        Of ``kinds.toml``.
    about : bool
        Whether it asks about who answers.
    when : (question, answer) or None
        It is asked only of those who gave that answer to that question before it.
    number : int
        Of its row; 0 for one of the bank.
    """

    code: str
    dimension: str
    part: str
    kind: str
    texts: Texts
    options: tuple[Option, ...] = ()
    about: bool = False
    when: tuple[str, str] | None = None
    number: int = 0

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of its answers, in their order."""
        return tuple(one.code for one in self.options)

    @property
    def yes(self) -> frozenset[str]:
        """The codes of the answers that count in its share."""
        return frozenset(one.code for one in self.options if one.yes)


def lacking(asked: Asked, lang: str) -> int:
    """Say how many texts of a question a language lacks."""
    texts = [asked.texts, *(one.texts for one in asked.options)]
    return sum(not one.get(lang, "").strip() for one in texts)


def is_asked(asked: Asked, given: Given) -> bool:
    """Say whether a question is asked of somebody who gave these answers before it."""
    if asked.when is None:
        return True
    said = given.get(asked.when[0])
    return asked.when[1] in said if isinstance(said, list) else said == asked.when[1]


def checked(questions: Sequence[Asked], given: Given) -> dict[str, Any]:
    """Give the answers that hold, by question; what was left empty or was not asked is not there.

    Raises
    ------
    BadInput
        ``survey_answer_unknown`` with the question, the value and what was expected: an answer that was not
        offered, a question that the survey does not ask; ``survey_answer_number``: a number that is none, or may be
        read as two; ``gathering_text_too_long``.
    """
    strange = given.keys() - {one.code for one in questions}
    if strange:
        raise _unknown(min(strange), "", ", ".join(one.code for one in questions))
    held: dict[str, Any] = {}
    for one in questions:
        value = given.get(one.code)
        if value in (None, "", [], ()) or not is_asked(one, held):
            continue
        held[one.code] = _one(one, value)
    return held


def _one(asked: Asked, value: Any) -> Any:
    if asked.kind == "several":
        return _several(asked, value)
    if isinstance(value, str) and value in STATUSES:
        return value
    if asked.kind in CHOSEN:
        if value not in asked.codes:
            raise _unknown(asked.code, value, ", ".join((*asked.codes, *STATUSES)))
        return value
    if asked.kind == "number":
        return _number(asked, value)
    return clean_text(str(value), longest=LONGEST_TEXT)


def _several(asked: Asked, value: Any) -> list[str] | str:
    told = [value] if isinstance(value, str) else list(value)
    for one in told:
        if one not in (*asked.codes, *STATUSES):
            raise _unknown(asked.code, one, ", ".join((*asked.codes, *STATUSES)))
    chosen = [code for code in asked.codes if code in told]
    # Somebody who ticks an answer and « I don't know » besides said the answer.
    return chosen or next(status for status in STATUSES if status in told)


def _number(asked: Asked, value: Any) -> float:
    plain = BLANKS.sub("", value) if isinstance(value, str) else value
    if isinstance(plain, str) and (GROUPED.fullmatch(plain) or not DECIMAL.fullmatch(plain)):
        raise _no_number(asked, value)
    try:
        number = float(plain.replace(",", ".") if isinstance(plain, str) else plain)
    except (TypeError, ValueError):
        raise _no_number(asked, value) from None
    if not 0 <= number <= GREATEST:
        raise _no_number(asked, value)
    return number


def _no_number(asked: Asked, value: object) -> BadInput:
    told = str(value)[:SHOWN]
    return BadInput("survey_answer_number", column=asked.code, value=told, expected=GREATEST)


def _unknown(question: str, value: object, expected: str) -> BadInput:
    told = str(value)[:SHOWN]
    return BadInput("survey_answer_unknown", column=question, value=told, expected=expected)
