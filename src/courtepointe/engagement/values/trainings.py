"""Trainings, sessions, enrolments, attestations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from courtepointe.atlas.recipe.values import Words


@dataclass(frozen=True, slots=True)
class NewCourse:
    """A training of a workspace's own; ``months`` is 0 where its attestation does not expire."""

    title: Words
    level: str
    hours: Decimal
    months: int
    skills: tuple[str, ...] = ()
    learnt_fr: tuple[str, ...] = ()
    learnt_en: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CourseSeen:
    """A training that a workspace gives."""

    number: int
    catalogue_code: str
    title: Words
    level: str
    hours: Decimal
    months: int
    skills: tuple[str, ...]
    learnt_fr: tuple[str, ...]
    learnt_en: tuple[str, ...]
    retired: date | None


@dataclass(frozen=True, slots=True)
class CourseAlone:
    """A training with what rests on it: sessions that were planned, attestations that were issued."""

    course: CourseSeen
    sessions: int
    attestations: int


@dataclass(frozen=True, slots=True)
class NewSession:
    """A session to give."""

    course: int
    starts: datetime
    ends: datetime
    language: str
    places: int
    place: str = ""
    access: str = ""


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session in a list; ``enrolled`` and ``waiting`` are None where they are small and protected."""

    number: int
    course: CourseSeen
    starts: datetime
    ends: datetime
    place: str
    access: str
    language: str
    places: int
    state: str
    enrolled: int | None
    waiting: int | None


@dataclass(frozen=True, slots=True)
class EnrolmentSeen:
    """A volunteer of a session, under their code; ``attestation`` is a code, empty where there is none."""

    number: int
    volunteer: str
    state: str
    attended: bool | None
    attestation: str
    attestation_state: str


@dataclass(frozen=True, slots=True)
class AttestationSeen:
    """An attestation, as the workspace that issued it sees it."""

    number: int
    code: str
    course: CourseSeen
    attended: date
    issued: date
    until: date | None
    state: str
    why_withdrawn: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What anybody is told of a code: valid, expired or withdrawn, and which training. No name."""

    code: str
    state: str
    title: Words
    level: str
    issuer: str
    attended: date
    issued: date
    until: date | None
    withdrawn: date | None
