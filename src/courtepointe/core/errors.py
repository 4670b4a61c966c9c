"""The errors of the house: a code and facts, never a sentence.

`doors/words.py` turns a code into a sentence in two languages, an HTTP status and an exit
code; a test holds that every code raised is worded, and every worded code is raised.
"""

from __future__ import annotations

from typing import Any, ClassVar


class CourtepointeError(Exception):
    """Something a person can be told about.

    Parameters
    ----------
    code : str
        A stable word, such as ``"unknown_column"``.
    **facts : object
        What the sentence needs: ``file``, ``row``, ``column``, ``value``, ``expected``...
    """

    kind: ClassVar[str] = "error"

    def __init__(self, code: str, **facts: object) -> None:
        self.code = code
        self.facts = facts
        super().__init__(code, facts)

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel between processes whole: the way of exceptions forgets named facts."""
        return _again, (type(self), self.code, self.facts)

    def __str__(self) -> str:
        told = ", ".join(f"{name}={value!r}" for name, value in self.facts.items())
        return f"{self.code}({told})"


def _again(kind: type[CourtepointeError], code: str, facts: dict[str, object]) -> CourtepointeError:
    return kind(code, **facts)


class BadInput(CourtepointeError):
    """What came in cannot be read as what it claims to be."""

    kind = "bad_input"


class NoAnswer(CourtepointeError):
    """The question is well put and has no answer."""

    kind = "no_answer"


class NotFound(CourtepointeError):
    """Nothing bears that name here."""

    kind = "not_found"


class Refused(CourtepointeError):
    """A rule forbids it."""

    kind = "refused"


class NotAllowed(CourtepointeError):
    """This person may not."""

    kind = "not_allowed"
