"""What the pages know of a sector's programme. A ``number`` of 0 is a record that is not kept yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Run:
    """A sector's run of the programme."""

    number: int
    name: str
    starts: date
    ends: date
    closed: date | None
    note: str


@dataclass(frozen=True, slots=True)
class Card:
    """A stage of the path in one sector.

    Attributes
    ----------
    stage
        A code of ``path.stages()``; empty for a stage of the sector's own, which then has ``title`` and ``asks``.
    carrier
        A role, never a name.
    due, began, done_on
        When it is due; when it really began and was done.
    last_news
        The day of its newest note, or nothing.
    stale_days, holds_days
        Days of silence after which it is asked about; days after which, once done, it is seen again.
    """

    number: int
    strand: str
    stage: str
    title: str
    asks: str
    state: str
    why_aside: str
    carrier: str
    due: date | None
    began: date | None
    done_on: date | None
    evidence: str
    last_news: date | None
    stale_days: int
    holds_days: int | None

    @property
    def is_own(self) -> bool:
        """Say whether only this sector has it."""
        return not self.stage


@dataclass(frozen=True, slots=True)
class News:
    """A note of what happened; ``corrects`` is the number of an earlier note that it sets right."""

    number: int
    card: int | None
    on: date
    text: str
    by: str
    corrects: int | None


@dataclass(frozen=True, slots=True)
class Phase:
    """A part of the chronology: planned, and as it was. ``code`` names a usual phase; else ``title`` does."""

    number: int
    code: str
    title: str
    starts: date
    ends: date
    began: date | None
    ended: date | None
    note: str


@dataclass(frozen=True, slots=True)
class Communication:
    """A line of the communications plan: what is said to whom, how, when, and what was seen after."""

    number: int
    audience: str
    message: str
    channel: str
    languages: tuple[str, ...]
    on: date | None
    carrier: str
    state: str
    sent_on: date | None
    seen_after: str


@dataclass(frozen=True, slots=True)
class Transfer:
    """An activity that hands something on to another neighbourhood."""

    number: int
    what: str
    to_whom: str
    way: str
    on: date | None
    state: str
    outcome: str
    lesson: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question that the evaluation of the programme answers."""

    number: int
    text: str
    users: str
    use: str
    method: str
    on: date | None
    carrier: str
    state: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What an evaluation found, how strongly, and what it changes."""

    number: int
    question: int
    text: str
    strength: str
    changes: str
    state: str
    on: date


@dataclass(frozen=True, slots=True)
class Risk:
    """What could keep the programme from its aim, and what is done about it."""

    number: int
    text: str
    chance: str
    weight: str
    response: str
    carrier: str
    review_on: date | None
    state: str


@dataclass(frozen=True, slots=True)
class Achievement:
    """What was achieved; who took part, as counts; how it was celebrated."""

    number: int
    title: str
    text: str
    on: date
    residents: int | None
    volunteers: int | None
    organisations: int | None
    visibility: str
    celebrated: str
    celebrated_on: date | None


Record = Phase | Communication | Transfer | Question | Finding | Risk | Achievement


@dataclass(frozen=True, slots=True)
class Sector:
    """A sector's programme as another workspace receives it: neither notes, nor evidence, nor roles."""

    id: int
    slug: str
    name: str
    run: Run | None
    cards: tuple[Card, ...]
    phases: tuple[Phase, ...]
    achievements: tuple[Achievement, ...]
