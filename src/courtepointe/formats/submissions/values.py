"""What people answered on their telephones, as plain frozen values."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any, TypeAlias


class AnswerStatus(StrEnum):
    """Why there is a value, or why there is none."""

    GIVEN = "given"
    NOT_KNOWN = "not_known"
    NOT_APPLICABLE = "not_applicable"
    NO_ANSWER = "no_answer"
    MISSING = "missing"
    """Not asked, or left empty: nobody said anything."""


@dataclass(frozen=True, slots=True)
class GeoPoint:
    """A point as a telephone measured it, or as a hand placed it.

    Attributes
    ----------
    longitude, latitude : float, degrees (WGS 84)
    accuracy_m : float or None, metres
        None where it is not known, or where the point was placed by hand (which telephones write
        as 0).
    altitude_m : float or None, metres
    """

    longitude: float
    latitude: float
    accuracy_m: float | None = None
    altitude_m: float | None = None

    def __post_init__(self) -> None:
        if not (-180 <= self.longitude <= 180 and -90 <= self.latitude <= 90):
            raise ValueError("a point lies on the earth")

    @property
    def is_nowhere(self) -> bool:
        """Whether it is 0, 0: what a telephone writes that found nothing."""
        return self.longitude == 0 and self.latitude == 0


Value: TypeAlias = (
    str | int | float | date | datetime | time | GeoPoint | tuple[str, ...] | tuple[GeoPoint, ...]
)


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer.

    Attributes
    ----------
    status : AnswerStatus
    value : Value or None
        None exactly where the status has none; of a multiple choice, the names that were chosen,
        in the form's order.
    """

    status: AnswerStatus
    value: Value | None = None

    def __post_init__(self) -> None:
        if (self.status is AnswerStatus.GIVEN) != (self.value is not None):
            raise ValueError("an answer has a value exactly where one was given")


MISSING = Answer(AnswerStatus.MISSING)


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled form, or one turn of a repeat.

    Attributes
    ----------
    answers : mapping of path -> Answer
        By the question's address inside the form, or inside the repeat: ``where/point``. What is
        missing is not here.
    repeats : mapping of path -> tuple of Filled
        By the repeat's address in the form, in the order in which they were filled.
    """

    answers: Mapping[str, Answer] = field(default_factory=dict)
    repeats: Mapping[str, tuple[Filled, ...]] = field(default_factory=dict)

    def answer(self, path: str) -> Answer:
        """Give an answer; missing where nothing was said."""
        return self.answers.get(path, MISSING)

    def value(self, path: str) -> Value | None:
        """Give the value of an answer, None where none was given."""
        return self.answer(path).value

    def turns(self, path: str) -> tuple[Filled, ...]:
        """Give the turns of a repeat."""
        return self.repeats.get(path, ())

    def plain(self) -> dict[str, Any]:
        """Write it as JSON can: a mapping, whose order does not depend on that of the columns."""
        told: dict[str, Any] = {
            path: plain_answer(self.answers[path]) for path in sorted(self.answers)
        }
        repeats = {
            path: [one.plain() for one in self.repeats[path]] for path in sorted(self.repeats)
        }
        return {"answers": told, **({"repeats": repeats} if repeats else {})}


def plain_answer(answer: Answer) -> Any:
    """Write an answer as JSON can: its value, or its status where it has none."""
    if answer.value is None:
        return {"status": str(answer.status)}
    return {"value": _plain_value(answer.value)}


def _plain_value(value: Value) -> Any:
    if isinstance(value, GeoPoint):
        told = {"lon": value.longitude, "lat": value.latitude}
        more = {"accuracy_m": value.accuracy_m, "altitude_m": value.altitude_m}
        return told | {name: number for name, number in more.items() if number is not None}
    if isinstance(value, tuple):
        return [_plain_value(one) for one in value]
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    return value


@dataclass(frozen=True, slots=True)
class Submission:
    """One filled form as it was sent, or one telling of it.

    Attributes
    ----------
    instance_id : str
        ``uuid:…``, the same in every export.
    version_id : str
        That of the version which this is: another one where it was corrected in the place that
        keeps it under its first identifier.
    content : Filled
    form_id, form_version : str
        As the submission says; empty where it does not.
    also : frozenset of str
        Identifier of its first version, where it is a later one.
    replaces : frozenset of str
        Identifiers of what it is a correction of.
    edits : int
        How many times it was corrected where it is kept, as far as that is told.
    submitted : datetime or None
        When it was first received; a time without zone is that of the export.
    media : frozenset of str
        Names of photographs and other files that belong to it.
    where : str
        File and row, for messages.
    """

    instance_id: str
    content: Filled
    version_id: str = ""
    form_id: str = ""
    form_version: str = ""
    also: frozenset[str] = frozenset()
    replaces: frozenset[str] = frozenset()
    edits: int = 0
    submitted: datetime | None = None
    media: frozenset[str] = frozenset()
    where: str = field(default="", compare=False)

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells it from any other: its identifier, its version, what it says."""
        return self.instance_id, self.version, self.told

    @property
    def told(self) -> str:
        """What it says, as one text: two submissions say the same exactly where these are equal."""
        return json.dumps(self.content.plain(), ensure_ascii=False, sort_keys=True)

    @property
    def ids(self) -> frozenset[str]:
        """All identifiers that it goes by."""
        return self.also | {self.instance_id, self.version}

    @property
    def version(self) -> str:
        """The identifier of the version that this is."""
        return self.version_id or self.instance_id
