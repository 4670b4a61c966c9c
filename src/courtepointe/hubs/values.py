"""Hubs as pages and actions know them: what is written, and the same with the row's number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from courtepointe.atlas.recipe.values import Words
from courtepointe.core.autonomy import Autonomy
from courtepointe.core.readiness import Readiness
from courtepointe.hubs.shown import PageSeen

Told = TypeVar("Told")


@dataclass(frozen=True, slots=True)
class Row(Generic[Told]):
    """What a row says, and its number."""

    number: int
    told: Told


@dataclass(frozen=True, slots=True)
class NewHub:
    """A hub; ``host`` is the number of an organisation of the directory, ``territory`` of a territory."""

    form: str
    name: str
    aim: str
    status: str
    about: str = ""
    way: str = ""
    host: int | None = None
    territory: int | None = None
    serves: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class NewMember:
    """A place, an organisation or a vehicle; ``record`` is the directory's number where it knows it."""

    kind: str
    record: int | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class NewCommitment:
    """What a member does in a mode; ``role`` is the post that answers for it, never a name."""

    mode: str
    text: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class NewAgreement:
    """An agreement; ``until`` is None where it has no end."""

    partner: str
    signed: date
    until: date | None = None
    about: str = ""


@dataclass(frozen=True, slots=True)
class NewCapacity:
    """How many a hub can take; ``available`` is None where nobody counted what is free."""

    code: str
    maximum: int
    available: int | None = None
    verified_on: date | None = None
    verifier: str = ""


@dataclass(frozen=True, slots=True)
class NewFact:
    """Whether the place has something."""

    code: str
    has: bool
    verified_on: date
    verifier: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class NewUse:
    """What draws power from one hour of the day to another."""

    name: str
    from_h: int
    to_h: int
    load_kw: float


@dataclass(frozen=True, slots=True)
class NewPower:
    """Power, as `courtepointe.hubs.models.Power` keeps it; ``uses`` in place of ``load_kw``, or none."""

    load_kw: float | None = None
    battery_kwh: float | None = None
    depth_percent: int = 80
    efficiency_percent: int = 90
    sun_kwp: float | None = None
    generator_kw: float | None = None
    fuel_h: float | None = None
    tested_on: date | None = None
    tested_h: float | None = None
    verifier: str = ""
    uses: tuple[NewUse, ...] = ()


@dataclass(frozen=True, slots=True)
class NewKeys:
    """How many keys a role holds."""

    role: str
    count: int
    verified_on: date | None = None


@dataclass(frozen=True, slots=True)
class NewPost:
    """How many hold a role, how many are trained; None: not known."""

    role: str
    filled: int | None = None
    trained: int | None = None
    verified_on: date | None = None


@dataclass(frozen=True, slots=True)
class NewMode:
    """What starts a mode; ``decides`` is a role, ``decided_by`` the post outside of the hub, if any."""

    mode: str
    criteria: str
    decides: str
    decided_by: str = ""


@dataclass(frozen=True, slots=True)
class NewKitItem:
    """A line of the box: of the catalogue by ``code``, or one's own by ``name``."""

    code: str
    name: str
    wanted: int
    check_days: int


@dataclass(frozen=True, slots=True)
class KitCheck:
    """Somebody looked at a line of the box."""

    held: int
    checked_on: date
    verifier: str
    expires: date | None = None


@dataclass(frozen=True, slots=True)
class KitSeen:
    """A line of the box with its last check; ``late`` says that it is time to look again."""

    code: str
    name: str
    wanted: int
    check_days: int
    held: int | None
    expires: date | None
    checked_on: date | None
    verifier: str
    late: bool


@dataclass(frozen=True, slots=True)
class NewExercise:
    """A hub was opened; ``people`` and ``lag_min`` are None where nobody counted."""

    held: date
    scenario: str
    is_real: bool = False
    people: int | None = None
    lag_min: int | None = None
    lessons: str = ""


@dataclass(frozen=True, slots=True)
class MemberSeen:
    """What a hub stands on; ``record`` is the directory's number, None where it does not know it.

    ``uid`` is the directory's identifier where anyone may see the record.
    """

    kind: str
    name: str
    record: int | None
    address: str
    uid: str
    commitments: tuple[Row[NewCommitment], ...]


@dataclass(frozen=True, slots=True)
class HubLine:
    """A hub in a list: the level that is reached, and those of its parts that ask for care."""

    number: int
    name: str
    form: str
    status: str
    aim: str
    reached: str
    host: str
    serves: str
    lacking: tuple[str, ...]
    fading: tuple[str, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HubSeen:
    """A hub, all of it.

    Attributes
    ----------
    by_level : mapping of str to Readiness
        Against what each level asks.
    autonomy : mapping of str to Autonomy
        By season; empty where nothing of power is written. Where the load is written by hour, that of the
        hour at which it is shortest.
    by_hour : mapping of str to (24,) tuple of Autonomy
        By season and hour at which the network fails; empty where the load is not written by hour.
    page : PageSeen or None
        What is shown to everyone; None where it never was.
    """

    number: int
    told: NewHub
    host: str
    territory: str
    members: tuple[Row[MemberSeen], ...]
    agreements: tuple[Row[NewAgreement], ...]
    agreements_ended: tuple[Row[NewAgreement], ...]
    capacities: tuple[Row[NewCapacity], ...]
    facts: tuple[Row[NewFact], ...]
    power: NewPower | None
    keys: tuple[Row[NewKeys], ...]
    posts: tuple[Row[NewPost], ...]
    modes: tuple[Row[NewMode], ...]
    kit: tuple[Row[KitSeen], ...]
    exercises: tuple[Row[NewExercise], ...]
    adoptions: tuple[tuple[str, int], ...]
    by_level: Mapping[str, Readiness]
    reached: str
    autonomy: Mapping[str, Autonomy]
    by_hour: Mapping[str, tuple[Autonomy, ...]]
    page: PageSeen | None


@dataclass(frozen=True, slots=True)
class ItemSeen:
    """A line of an adopted checklist: ``model`` is what the model says, None for one's own line."""

    code: str
    model: Words | None
    text: Words
    own_text: str
    dropped: str
    done_on: date | None

    @property
    def state(self) -> str:
        """Whether it is kept as it is, said otherwise, left out, or one's own."""
        if self.dropped:
            return "dropped"
        if self.model is None:
            return "added"
        return "adapted" if self.own_text else "kept"


@dataclass(frozen=True, slots=True)
class AdoptionSeen:
    """A model that a hub adopted; ``missing`` are lines that the model gained since."""

    number: int
    hub: int
    hub_name: str
    code: str
    adopted: date
    items: tuple[Row[ItemSeen], ...]
    missing: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class CandidateSeen:
    """A place of the directory that could hold a hub: what is known, and what is missing.

    ``floor_m2`` and ``surplus_m2`` come from its capacity in square metres; ``step_free`` is None
    where nothing is said; ``hubs`` are those that already stand on it.
    """

    record: int
    name: str
    address: str
    area: str
    floor_m2: int | None
    surplus_m2: int | None
    seats: int | None
    has_hours: bool
    step_free: bool | None
    verified_on: date | None
    hubs: tuple[str, ...]
    has_point: bool

    @property
    def missing(self) -> tuple[str, ...]:
        """Codes of what nobody wrote of it."""
        told = {
            "floor": self.floor_m2 is not None,
            "surplus": self.surplus_m2 is not None,
            "seats": self.seats is not None,
            "hours": self.has_hours,
            "steps": self.step_free is not None,
            "verified": self.verified_on is not None,
        }
        return tuple(code for code, known in told.items() if not known)


@dataclass(frozen=True, slots=True)
class CandidatePage:
    """Some candidates, and after which the next ones come; None where there are none."""

    rows: tuple[CandidateSeen, ...]
    after: int | None


@dataclass(frozen=True, slots=True)
class Spread:
    """What a question's answers say, without an average.

    Attributes
    ----------
    low_median, high_median : str
        The two middle answers: the same one where their count is odd or they agree. Empty where they
        differ and fewer than ten people answered.
    first, last : str
        The weakest and the strongest answers of the middle half; empty under twenty answers.
    counts : mapping of str to int or None
        How many gave each answer; None where the count is small and protected.
    """

    question: str
    low_median: str
    high_median: str
    first: str
    last: str
    counts: Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class AssessmentSeen:
    """A round: ``sheets`` is None, and nothing is told, until five people answered.

    ``mine`` says whether the person who looks has answered.
    """

    number: int
    name: str
    opened: date
    closed: date | None
    sheets: int | None
    mine: bool
    spreads: tuple[Spread, ...]
