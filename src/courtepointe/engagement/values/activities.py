"""Activities, registrations, costs, attendance; and what a calendar shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from courtepointe.atlas.recipe.values import Words


@dataclass(frozen=True, slots=True)
class NewActivity:
    """An activity to hold; ``places`` is None where there is no limit."""

    kind: str
    title: str
    starts: datetime
    ends: datetime
    theme: str = ""
    text: str = ""
    place: str = ""
    access: str = ""
    places: int | None = None
    needs: tuple[str, ...] = ()
    is_open: bool = False
    closes: datetime | None = None


@dataclass(frozen=True, slots=True)
class NeedTold:
    """What some of those who register need."""

    need: str
    count: int
    language: str = ""


@dataclass(frozen=True, slots=True)
class NewRegistration:
    """Somebody registers: a first name or a pseudonym is enough."""

    name: str
    people: int = 1
    needs: tuple[NeedTold, ...] = ()
    agrees: bool = False


@dataclass(frozen=True, slots=True)
class Registered:
    """What somebody who registers is given: their secret address, once."""

    secret: str
    state: str


@dataclass(frozen=True, slots=True)
class RegistrationSeen:
    """A registration, as those who prepare the activity see it, or whoever registered."""

    number: int
    name: str
    people: int
    state: str
    needs: tuple[NeedTold, ...]
    made: datetime
    destroy_on: date


@dataclass(frozen=True, slots=True)
class Count:
    """A count to show: None where it is small and protected."""

    code: str
    count: int | None
    language: str = ""


@dataclass(frozen=True, slots=True)
class CostSeen:
    """What something costs, in Canadian dollars."""

    number: int
    kind: str
    what: str
    planned_cad: Decimal | None
    actual_cad: Decimal | None


@dataclass(frozen=True, slots=True)
class CostAlone:
    """A cost with the one thing that it is of: an activity or a session, by number and title."""

    cost: CostSeen
    activity: int | None
    session: int | None
    title: Words


@dataclass(frozen=True, slots=True)
class Costs:
    """Costs with their sums, each None where no line has one; ``actual_known`` is of how many lines."""

    lines: tuple[CostSeen, ...]
    planned_cad: Decimal | None
    actual_cad: Decimal | None
    actual_known: int


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """An activity in a list."""

    number: int
    kind: str
    theme: str
    title: str
    starts: datetime
    ends: datetime
    place: str
    state: str
    places: int | None
    is_open: bool


@dataclass(frozen=True, slots=True)
class ActivitySeen:
    """An activity, whole, but for who registered.

    Attributes
    ----------
    token : str
        Of the address by which anybody registers; empty for who may not give it out.
    confirmed, waiting : int or None
        People; None where the number is small and protected.
    """

    line: ActivityLine
    text: str
    access: str
    needs_offered: tuple[str, ...]
    closes: datetime
    token: str
    confirmed: int | None
    waiting: int | None
    needs: tuple[Count, ...]
    attendance: tuple[Count, ...]
    costs: Costs


@dataclass(frozen=True, slots=True)
class ActivityOffered:
    """An activity as anybody who holds its address sees it."""

    title: str
    kind: str
    theme: str
    text: str
    starts: datetime
    ends: datetime
    place: str
    access: str
    state: str
    needs_offered: tuple[str, ...]
    closes: datetime
    takes_names: bool
    is_full: bool
    workspace: str
    officer_title: str
    officer_contact: str


@dataclass(frozen=True, slots=True)
class Moment:
    """What a calendar shows: ``what`` is meeting, activity, session or mission."""

    uid: str
    sequence: int
    what: str
    kind: str
    number: int
    title: Words
    starts: datetime
    ends: datetime
    place: str
    state: str
    changed: datetime


@dataclass(frozen=True, slots=True)
class FeedSeen:
    """An address of the calendar; the secret itself was given once."""

    number: int
    label: str
    lang: str
    made_by: str
    by_id: int
    made: datetime
    revoked: datetime | None


@dataclass(frozen=True, slots=True)
class FeedRead:
    """What the address of a calendar gives."""

    workspace: str
    slug: str
    lang: str
    moments: tuple[Moment, ...]
