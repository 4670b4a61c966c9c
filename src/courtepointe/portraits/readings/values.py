"""What is typed and read of shared readings, replies and workshops."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from courtepointe.atlas.recipe.values import Words
from courtepointe.portraits.resilience.values import DimensionNumbers

OPEN_FOR = timedelta(days=1)
"""A workshop that nobody closed takes no telephone any more after this."""


@dataclass(frozen=True, slots=True)
class NewReading:
    """A version of a reading as it is written.

    Attributes
    ----------
    after : int
        The version that its writer read; 0 where there was none.
    """

    number_view: str
    local_view: str
    agreement: str
    state: str
    text_fr: str = ""
    text_en: str = ""
    after: int = 0


@dataclass(frozen=True, slots=True)
class Validation:
    """Who agreed to a reading: a group in words, how many, when, at which meeting, by which decision."""

    by_whom: str
    on: date
    people: int | None = None
    meeting: int | None = None
    decision: int | None = None


Scale = frozenset[tuple[str, float, float, int, float]]
"""What a score rests on: of each indicator its code, goalposts, polarity and weight."""


@dataclass(frozen=True, slots=True)
class ScoreKept:
    """What the numbers of a dimension said when its reading was validated.

    Attributes
    ----------
    numbers : DimensionNumbers
    used : mapping of indicator to what was read of it
        Its observation, value, goalposts, polarity and weight.
    made : datetime
        When it was kept: the day on which the agreement was written down.
    """

    numbers: DimensionNumbers
    used: Mapping[str, Any]
    made: datetime

    @property
    def scale(self) -> Scale:
        """What it rests on, as two scores are compared by."""
        return frozenset(
            (code, *one["posts"], one["polarity"], one["weight"]) for code, one in self.used.items()
        )


@dataclass(frozen=True, slots=True)
class ReadingSeen:
    """A version of a reading, as pages read it.

    Attributes
    ----------
    text : Words or None
        What was written, each language standing in for the other; None where nothing was.
    superseded, validated : date or None
    meeting, decision : int or None
        Numbers of what it was validated at.
    meeting_name, decision_name : str
    kept, beside : ScoreKept or None
        What the numbers said when it was validated, all of them and those that stand beside others; None for
        a version that was not, or that was before scores were kept with it.
    """

    number: int
    dimension: str
    version: int
    number_view: str
    local_view: str
    agreement: str
    state: str
    text_fr: str
    text_en: str
    written: date
    superseded: date | None
    validated: date | None
    validated_by: str
    people: int | None
    meeting: int | None
    meeting_name: str
    decision: int | None
    decision_name: str
    kept: ScoreKept | None = None
    beside: ScoreKept | None = None

    @property
    def text(self) -> Words | None:
        """What is read together, in both languages; nothing where it was written in neither."""
        return Words.either(self.text_fr, self.text_en) if self.text_fr or self.text_en else None


@dataclass(frozen=True, slots=True)
class NewReply:
    """What a resident answers; ``told_by`` is a role, ``agreed`` the consent to be shown."""

    dimension: str
    about: str
    text: str
    told_by: str = ""
    agreed: bool = False


@dataclass(frozen=True, slots=True)
class ReplySeen:
    """A reply, as who may read it reads it."""

    number: int
    dimension: str
    about: str
    text: str
    told_by: str
    came: str
    agreed: bool
    state: str
    received: date
    why: str
    expires: date


@dataclass(frozen=True, slots=True)
class Tally:
    """Answers to a question, counted: of telephones, or of hands.

    Attributes
    ----------
    counts : mapping of state to int
        Present, fragile, absent.
    """

    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        """How many answered."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Hands:
    """Hands of a room for a dimension, as they were last counted."""

    tally: Tally
    typed: datetime
    uid: str


@dataclass(frozen=True, slots=True)
class NoteSeen:
    """What was noted of a dimension in a workshop."""

    number: int
    uid: str
    dimension: str
    text: str
    typed: datetime


@dataclass(frozen=True, slots=True)
class WorkshopSeen:
    """A workshop and what came out of it.

    Attributes
    ----------
    is_open : bool
        Whether telephones may join today: it was neither closed nor forgotten open.
    votes : mapping of dimension to Tally
        Of telephones.
    hands : mapping of dimension to Hands
        Hands that were counted last.
    """

    number: int
    portrait: int
    name: str
    code: str
    opened: datetime
    closed: datetime | None
    is_open: bool
    votes: Mapping[str, Tally]
    hands: Mapping[str, Hands]
    notes: tuple[NoteSeen, ...]

    @property
    def is_forgotten(self) -> bool:
        """Say whether its day is over and nobody closed it."""
        return self.closed is None and not self.is_open

    def tally(self, dimension: str) -> Tally:
        """Add up telephones and hands of a dimension: each person answers by one of the two."""
        hands = self.hands.get(dimension)
        held = [self.votes[dimension]] if dimension in self.votes else []
        held += [hands.tally] if hands else []
        states = {state for one in held for state in one.counts}
        return Tally({state: sum(one.counts.get(state, 0) for one in held) for state in states})


@dataclass(frozen=True, slots=True)
class JoinedDimension:
    """A dimension as a telephone shows it: its name, and what is read of it together."""

    code: str
    name: Words
    about: Words


@dataclass(frozen=True, slots=True)
class Joined:
    """An open workshop, as whoever holds its code sees it."""

    workshop: int
    workspace: str
    name: str
    code: str
    dimensions: tuple[JoinedDimension, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """What a facilitator's page kept while the network was away; ``uid`` is of that page.

    Attributes
    ----------
    kind : str
        ``note`` or ``hands``.
    counts : mapping of state to int
        Of hands.
    """

    uid: UUID
    kind: str
    dimension: str
    typed: datetime
    text: str = ""
    counts: Mapping[str, int] | None = None
