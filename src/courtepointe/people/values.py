"""What the other rooms know of people: who acts, in which workspace, with which rights."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Person:
    """Who acts: an account that signed in."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class WorkspaceSeen:
    """A workspace as one person sees it.

    Attributes
    ----------
    roles, rights
        Of that person, today; both are empty where it is seen through an agreement alone.
    """

    id: int
    slug: str
    name: str
    kind: str
    roles: frozenset[str]
    rights: frozenset[str]


@dataclass(frozen=True, slots=True)
class Territory:
    """An area of an atlas on which a workspace stands, since when and until when."""

    number: int
    atlas_code: str
    area_key: str
    name: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Workspace:
    """What a workspace's settings say."""

    id: int
    slug: str
    name: str
    kind: str
    purpose: str
    is_legal_person: bool
    officer_title: str
    officer_contact: str
    created: datetime
    closed: datetime | None


@dataclass(frozen=True, slots=True)
class Member:
    """A person's seat in a workspace."""

    number: int
    person: Person
    roles: tuple[str, ...]
    joined: datetime
    until: date | None
    ended: datetime | None
    is_protected: bool


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation that waits for its answer; its address is known only to who received it."""

    number: int
    label: str
    roles: tuple[str, ...]
    until: date | None
    by: str
    made: datetime
    expires: datetime


@dataclass(frozen=True, slots=True)
class Offered:
    """An invitation as who opens it reads it."""

    workspace: str
    kind: str
    roles: tuple[str, ...]
    by: str
    expires: datetime


@dataclass(frozen=True, slots=True)
class Fiduciary:
    """The organisation that answers for the money of a collective without legal personality."""

    number: int
    name: str
    registration: str
    since: date
    until: date | None
    note: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """Who shows what to whom, for what, until when.

    ``state`` is offered, accepted, declined, revoked or expired.
    """

    number: int
    owner: str
    owner_slug: str
    receiver: str
    receiver_slug: str
    what: str
    purpose: str
    since: date
    until: date
    state: str
    offered_by: str
    answered_by: str
    revoked_by: str
    why_revoked: str


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the history: who wrote what, when, why, before and after.

    Attributes
    ----------
    fields : tuple of (name, before, after)
        Values as JSON keeps them; contacts and secrets are already hidden.
    """

    number: int
    what: str
    key: str
    verb: str
    by: str
    at: datetime
    why: str
    fields: tuple[tuple[str, Any, Any], ...]
    batch: str
