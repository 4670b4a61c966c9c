"""What everyone may see of a hub: never keys, posts, commitments, the text of an agreement, a verifier."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from courtepointe.core.autonomy import Autonomy
from courtepointe.core.readiness import Part, State

PARTS = ("exercise", "power", "place", "capacities")
"""Parts of readiness that are told to everyone: the others tell who holds a key, or who does what."""


@dataclass(frozen=True, slots=True)
class NewPage:
    """What somebody adds for everyone: when the hub is open and how to get there, in words."""

    opening: str = ""
    arriving: str = ""


@dataclass(frozen=True, slots=True)
class PageSeen:
    """A hub's page as its workspace sees it; ``since`` is None while it is closed."""

    name: str
    told: NewPage
    since: datetime | None
    by_name: str


@dataclass(frozen=True, slots=True)
class PublicCapacity:
    """How many a hub can take of something, and how much this count still holds.

    Attributes
    ----------
    confidence : float or None
        From 1 on the day of the verification, half of it after each half-life; None: never verified.
    """

    code: str
    maximum: int
    available: int | None
    verified_on: date | None
    half_life_days: int
    confidence: float | None
    state: State


@dataclass(frozen=True, slots=True)
class PublicFact:
    """Whether the place has something, and when somebody looked."""

    code: str
    has: bool
    verified_on: date


@dataclass(frozen=True, slots=True)
class PublicPlace:
    """A place that the hub stands on, which the directory shows to everyone.

    Attributes
    ----------
    uid : str
        The directory's identifier.
    point : (float, float) or None
        Longitude and latitude.
    """

    uid: str
    name: str
    address: str
    point: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class PublicHub:
    """A hub that a person of its workspace showed to everyone.

    Attributes
    ----------
    name : str
        The end of its address.
    title : str
        Its own name; empty where it could tell who somebody is.
    host : str
        Empty where the directory does not show the organisation to everyone.
    opens : tuple of str
        What makes it open in a disruption, a criterion a line.
    parts : tuple of Part
        Of `PARTS`, those that the level aimed at asks.
    autonomy : mapping of season to Autonomy
    is_by_hour : bool
        Whether that is told for the hour at which it is shortest.
    since : datetime
        When it was shown.
    """

    name: str
    title: str
    workspace: str
    form: str
    status: str
    aim: str
    reached: str
    about: str
    serves: str
    host: str
    link: str
    opening: str
    arriving: str
    opens: tuple[str, ...]
    places: tuple[PublicPlace, ...]
    capacities: tuple[PublicCapacity, ...]
    facts: tuple[PublicFact, ...]
    parts: tuple[Part, ...]
    autonomy: Mapping[str, Autonomy]
    is_by_hour: bool
    tested_on: date | None
    since: datetime
