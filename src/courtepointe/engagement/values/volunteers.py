"""Volunteers, pivot citizens, missions, calls, thanks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from courtepointe.core.errors import BadInput
from courtepointe.engagement.values.activities import Count


@dataclass(frozen=True, slots=True)
class NewVolunteer:
    """A volunteer to keep, with their consent.

    Attributes
    ----------
    contact : str
        Empty where they call in by themselves.
    zone : str
        A zone's code or name; empty where they gave none.
    row : int
        Of the sheet that they came from; 0 where there is none.
    code : str
        The code that they have already; one is drawn where it is empty.
    """

    skills: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    slots: tuple[str, ...] = ()
    zone: str = ""
    contact: str = ""
    consented: date | None = None
    row: int = 0
    code: str = ""


@dataclass(frozen=True, slots=True)
class Brought:
    """What came of volunteers that were brought together: all of them, or faults and none."""

    made: int
    codes: tuple[str, ...]
    faults: tuple[BadInput, ...]
    batch: str


@dataclass(frozen=True, slots=True)
class VolunteerSeen:
    """A volunteer under their code, without their contact."""

    code: str
    zone: str
    skills: tuple[str, ...]
    languages: tuple[str, ...]
    slots: tuple[str, ...]
    consented: date
    keep_until: date
    paused: bool
    last_called: date | None
    has_contact: bool


@dataclass(frozen=True, slots=True)
class VolunteerCounts:
    """How many, protected: a count is None where it is small or would give a small one away."""

    all: int | None
    by_skill: tuple[Count, ...]
    by_language: tuple[Count, ...]
    by_slot: tuple[Count, ...]
    by_zone: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class ZoneSeen:
    """A zone, and those that it touches, by number."""

    number: int
    code: str
    name: str
    touches: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ZoneAlone:
    """A zone with how many are in it, and how many calls went to it."""

    zone: ZoneSeen
    volunteers: int
    pivots: int
    missions: int
    calls: int

    @property
    def is_empty(self) -> bool:
        """Whether it can be removed."""
        return not (self.volunteers or self.pivots or self.missions or self.calls)


@dataclass(frozen=True, slots=True)
class PivotSeen:
    """A pivot citizen: ``training`` is none, enrolled, valid or expired."""

    number: int
    volunteer: str
    role: str
    zone: str
    since: date
    until: date | None
    training: str
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class NewMission:
    """A mission to do."""

    title: str
    starts: datetime
    ends: datetime
    people_needed: int
    text: str = ""
    zone: int | None = None
    place: str = ""
    skills: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MissionSeen:
    """A mission; ``yes`` is how many said that they come."""

    number: int
    title: str
    text: str
    zone: str
    zone_number: int | None
    place: str
    starts: datetime
    ends: datetime
    people_needed: int
    skills: tuple[str, ...]
    state: str
    yes: int
    people_came: int | None


@dataclass(frozen=True, slots=True)
class NewCall:
    """A call to make; what is empty is not asked. ``steps``: how many zones further than the zone."""

    skills: tuple[str, ...] = ()
    any_skill: bool = False
    languages: tuple[str, ...] = ()
    slots: tuple[str, ...] = ()
    zone: int | None = None
    steps: int = 0
    most: int = 20
    mission: int | None = None


@dataclass(frozen=True, slots=True)
class AnswerSeen:
    """A volunteer who was called, in their place."""

    number: int
    volunteer: str
    zone: str
    languages: tuple[str, ...]
    answer: str
    has_contact: bool


@dataclass(frozen=True, slots=True)
class CallSeen:
    """A call: by whom, for what, who was called, what they said."""

    number: int
    asked: NewCall
    zone: str
    mission: str
    by: str
    made: datetime
    closed: datetime | None
    found: int
    called: int
    yes: int
    no: int
    none: int
    answers: tuple[AnswerSeen, ...]


@dataclass(frozen=True, slots=True)
class RecognitionSeen:
    """Thanks that were given."""

    number: int
    volunteer: str
    kind: str
    text: str
    mission: str
    given: date
