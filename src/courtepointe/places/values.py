"""What pages and other rooms know of the directory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Audience:
    """For whom the directory is read.

    Attributes
    ----------
    visibilities : tuple of str or None
        Records that may be seen; None: all, those that wait for a review and the closed ones too.
    contacts : bool
        Whether contact persons are seen.
    names : bool
        Whether it is said which person verified; else only that one did.
    """

    visibilities: tuple[str, ...] | None
    contacts: bool = False
    names: bool = False


PARTNERS = Audience(("partners", "public"))
PUBLIC = Audience(("public",))


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed by; empty: by nothing.

    Attributes
    ----------
    state : str
        ``closed``, ``review``, ``unlocated``, ``disagrees``, ``proposals``.
    unverified_months : int or None
        Nothing of the record was verified for that long.
    """

    q: str = ""
    kind: str = ""
    area: str = ""
    language: str = ""
    open_now: bool = False
    accessible: bool = False
    unverified_months: int | None = None
    state: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """A record as a list shows it."""

    number: int
    uid: str
    table: str
    name: str
    description: str
    address: str
    area_name: str
    verified_on: date | None
    visibility: str
    awaits_review: bool
    closed: date | None
    is_located: bool
    disagrees: bool


@dataclass(frozen=True, slots=True)
class Page:
    """Some records of a list, and where the next ones begin; None where there are none."""

    rows: tuple[Listed, ...]
    after: int | None


@dataclass(frozen=True, slots=True)
class FieldTold:
    """A field with what it says, who said it, and who verified it when.

    Attributes
    ----------
    source : str
        Empty where a person wrote it.
    """

    field: str
    value: Any
    source: str
    said_on: date | None
    said_by: str
    verified_on: date | None
    verified_by: str
    is_private: bool = False


@dataclass(frozen=True, slots=True)
class PartTold:
    """A detail of a record."""

    number: int
    table: str
    fields: tuple[FieldTold, ...]

    @property
    def values(self) -> Mapping[str, Any]:
        """What it says, by field."""
        return {one.field: one.value for one in self.fields}


@dataclass(frozen=True, slots=True)
class CapacityTold:
    """How many a record can take."""

    number: int
    unit: str
    maximum: int
    available: int | None
    verified_on: date | None
    verified_by: str


@dataclass(frozen=True, slots=True)
class Proposed:
    """A value that waits for a person's word."""

    number: int
    field: str
    before: str
    value: str
    source: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Linked:
    """Another record that this one belongs to, or that belongs to it."""

    number: int
    uid: str
    table: str
    name: str
    through: int | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """A record as somebody may see it."""

    listed: Listed
    area_key: str
    label: str
    fields: tuple[FieldTold, ...]
    parts: tuple[PartTold, ...]
    capacities: tuple[CapacityTold, ...]
    links: tuple[Linked, ...]
    proposals: tuple[Proposed, ...] = ()
    workspace: str = ""
    is_open: bool | None = None
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Side:
    """One record of a pair."""

    number: int
    uid: str
    name: str
    address: str
    phone: str
    description: str
    source: str
    verified_on: date | None


@dataclass(frozen=True, slots=True)
class PairTold:
    """Two records that may be one, side by side, and why."""

    number: int
    table: str
    first: Side
    second: Side
    probability: float
    distance_m: float | None
    reasons: tuple[tuple[str, str], ...]
    decision: str
