"""Committees, elections, meetings and decisions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class NewCommittee:
    """A committee to begin; a quorum of None is the custom of its kind, 0 for none."""

    kind: str
    name: str
    begins: date
    purpose: str = ""
    quorum_percent: int | None = None


@dataclass(frozen=True, slots=True)
class NewSeat:
    """A seat to fill."""

    role: str
    since: date
    organisation: str = ""
    person: str = ""
    until: date | None = None
    votes: bool = True


@dataclass(frozen=True, slots=True)
class SeatSeen:
    """A seat and who holds it; ``person`` is a name that the committee made public to its workspace."""

    number: int
    organisation: str
    person: str
    role: str
    votes: bool
    since: date
    until: date | None

    @property
    def name(self) -> str:
        """Whose seat it is."""
        return self.organisation or self.person


@dataclass(frozen=True, slots=True)
class SeatAlone:
    """A seat with its committee; ``noted`` is at how many meetings its presence was noted."""

    seat: SeatSeen
    committee: int
    committee_name: str
    noted: int


@dataclass(frozen=True, slots=True)
class CommitteeSeen:
    """A committee; ``quorum`` is the number of voting seats that must be there today, 0 for none."""

    number: int
    kind: str
    name: str
    purpose: str
    begins: date
    ended: date | None
    quorum_percent: int
    quorum: int
    seats: tuple[SeatSeen, ...]
    former: tuple[SeatSeen, ...] = ()


@dataclass(frozen=True, slots=True)
class NewElection:
    """An election to hold."""

    title: str
    seats_open: int
    on: date
    quorum: int = 0
    meeting: int | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted on the day: people, ballots, votes by candidate. No ballot is kept.

    Attributes
    ----------
    votes : mapping of candidate's number -> votes
        Empty where there are no more candidates than seats, and they are elected without a vote.
    """

    eligible: int
    present: int
    cast: int
    spoiled: int
    votes: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class CandidateSeen:
    """Somebody who stands; ``elected`` is None until it is known."""

    number: int
    name: str
    organisation: str
    votes: int | None
    elected: bool | None


@dataclass(frozen=True, slots=True)
class ElectionSeen:
    """An election and its result: ``is_tied`` where a tie leaves seats unfilled."""

    number: int
    committee: int
    title: str
    on: date
    state: str
    seats_open: int
    quorum: int
    eligible: int | None
    present: int | None
    cast: int | None
    spoiled: int | None
    candidates: tuple[CandidateSeen, ...]
    is_tied: bool


@dataclass(frozen=True, slots=True)
class NewMeeting:
    """A meeting to call."""

    title: str
    starts: datetime
    ends: datetime
    kind: str = "regular"
    committee: int | None = None
    place: str = ""
    access: str = ""


@dataclass(frozen=True, slots=True)
class NewItem:
    """An item for an agenda."""

    title: str
    length_min: int = 0
    led_by: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class ItemSeen:
    """An item of an agenda, with its part of the minutes."""

    number: int
    title: str
    length_min: int
    led_by: str
    notes: str


@dataclass(frozen=True, slots=True)
class PresenceSeen:
    """A seat, and whether it was there."""

    seat: SeatSeen
    status: str


@dataclass(frozen=True, slots=True)
class NewDecision:
    """A decision to write down."""

    text: str
    taken: date
    changes: str = ""
    review: date | None = None
    meeting: int | None = None
    committee: int | None = None


@dataclass(frozen=True, slots=True)
class DecisionSeen:
    """A line of the register; ``label`` is its number: 2026-4."""

    number: int
    label: str
    taken: date
    text: str
    changes: str
    review: date | None
    state: str
    committee: str
    meeting: int | None
    replaces: str
    replaced_by: str
    ended: date | None
    why_ended: str


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A meeting in a list."""

    number: int
    title: str
    kind: str
    committee: str
    committee_number: int | None
    starts: datetime
    ends: datetime
    place: str
    state: str


@dataclass(frozen=True, slots=True)
class MeetingSeen:
    """A meeting, whole.

    ``quorum`` is the number of voting seats that must be there, 0 for none; ``voting_present`` how
    many were.
    """

    line: MeetingLine
    access: str
    minutes: str
    guests: int
    agenda: tuple[ItemSeen, ...]
    presence: tuple[PresenceSeen, ...]
    decisions: tuple[DecisionSeen, ...]
    quorum: int
    voting_present: int
