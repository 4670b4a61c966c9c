"""Contributions as other rooms and pages see them: frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from courtepointe.places.collecting import Clue


@dataclass(frozen=True, slots=True)
class Spot:
    """A point with its uncertainty in metres, where it is known."""

    longitude: float
    latitude: float
    accuracy_m: float | None = None


@dataclass(frozen=True, slots=True)
class PhotoSeen:
    """A photograph that the reader may see; ``people_seen`` is unknown, nobody or agreed."""

    number: int
    wide: int
    tall: int
    people_seen: str


@dataclass(frozen=True, slots=True)
class Handled:
    """Who contributed and who reviewed: for reviewers, and for the contributor.

    Attributes
    ----------
    by : str
        Empty where nobody who has an account did, or where it was withdrawn.
    refusal : str
        Why it was refused.
    merged_into : int or None
    said : mapping of question -> text
        All that was written, the title and the zone among it.
    """

    by: str
    is_own: bool
    source: str
    source_key: str
    consent_version: str
    consent_on: date
    consent_how: str
    reviewed_by: str
    reviewed: datetime | None
    refusal: str
    merged_into: int | None
    said: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ContributionSeen:
    """A contribution as one reader may see it.

    Attributes
    ----------
    title : str
        What it is called; else the beginning of what was seen.
    category, needs, open_to : tuple of str
        Codes of the lists of the forms.
    dimensions : tuple of str
        Of resilience, those that its needs or kinds speak of.
    texts : mapping of question -> text
        Without what the title says already.
    spot : Spot or None
        Never of a person.
    clues : tuple of Clue
        Empty but for reviewers.
    handled : Handled or None
        None for other readers.
    n_merged : int
        How many other contributions say the same.
    """

    number: int
    kind: str
    form: str
    state: str
    visibility: str
    title: str
    category: tuple[str, ...]
    is_person: bool
    needs: tuple[str, ...]
    open_to: tuple[str, ...]
    dimensions: tuple[str, ...]
    texts: Mapping[str, str]
    zone: str
    spot: Spot | None
    direction: str
    confidence: str
    day: date | None
    made: datetime
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    silences: Mapping[str, str] = field(default_factory=dict)
    photos: tuple[PhotoSeen, ...] = ()
    clues: tuple[Clue, ...] = ()
    handled: Handled | None = None
    n_merged: int = 0


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """A workspace that shows contributions to everyone, and how many."""

    id: int
    slug: str
    name: str
    n_shown: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is asked for; empty: everything."""

    kind: str = ""
    category: str = ""
    need: str = ""
    dimension: str = ""


@dataclass(frozen=True, slots=True)
class NeedServed:
    """What serves a need.

    Attributes
    ----------
    n_places : int
        Assets that are not people.
    people : int or None
        Skills and knowledge of people, in the whole workspace, for they have no point; None where
        they are fewer than five and not none.
    """

    need: str
    n_places: int
    people: int | None

    @property
    def is_gap(self) -> bool:
        """Whether nothing serves it."""
        return self.n_places == 0 and self.people == 0


@dataclass(frozen=True, slots=True)
class Arriving:
    """What files of filled forms would bring: counts, and what is told of them."""

    n_new: int
    n_known: int
    n_corrected: int
    n_withdrawn: int
    n_without_consent: int


@dataclass(frozen=True, slots=True)
class DraftSeen:
    """Files that wait for their person to take them in, or not."""

    number: int
    form: str
    files: tuple[str, ...]
    made: datetime


@dataclass(frozen=True, slots=True)
class SheetsSeen:
    """Sheets that were printed, how many of their cards came back, and how many are done."""

    number: int
    area: str
    made: datetime
    n_cards: int
    n_done: int


@dataclass(frozen=True, slots=True)
class CardSeen:
    """A card to key.

    Attributes
    ----------
    state : str
        ``new``; ``once``: somebody else keys it; ``differs``: two people keyed it differently;
        ``done``.
    is_mine : bool
        The reader keyed it first: a second person is needed.
    read : mapping of field -> text
        What the boxes say without doubt.
    first, second : mapping of field -> text
        Both empty until two people keyed it: the second does not see what the first keyed.
    begun : mapping of field -> text
        What the reader themselves began to key.
    """

    number: int
    sheets: int
    code: str
    state: str
    is_mine: bool
    read: Mapping[str, str]
    first: Mapping[str, str]
    second: Mapping[str, str]
    begun: Mapping[str, str] = field(default_factory=dict)
