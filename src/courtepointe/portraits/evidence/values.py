"""What is typed and read of evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from courtepointe.atlas.recipe.values import Words


@dataclass(frozen=True, slots=True)
class Consent:
    """What was agreed to, by whoever speaks in a source.

    Attributes
    ----------
    way : str
        Of ``consents.toml``; empty where nobody agreed yet.
    may_quote : bool
        Whether sentences may be quoted, beyond being counted.
    """

    way: str = ""
    day: date | None = None
    may_quote: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A photograph made ready: JPEG without what its file told, and its size in pixels."""

    content: bytes
    wide: int
    tall: int


@dataclass(frozen=True, slots=True)
class NewSource:
    """A source as it is brought.

    Attributes
    ----------
    place : str
        A zone, never an address.
    keep_until : date
        Last day of its text and its picture.
    voices : mapping of group to int
        How many people of each group of the lens speak in it.
    picture : Picture or None
        None keeps the one that is there.
    """

    kind: str
    title: str
    day: date
    text: str
    keep_until: date
    consent: Consent = Consent()
    place: str = ""
    origin: str = ""
    voices: Mapping[str, int] = field(default_factory=dict)
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class NewCoding:
    """What a coder notes of a passage.

    Attributes
    ----------
    start, end : int
        Places in the text, of whole sentences.
    what : str
        A dimension, or an own code as ``code-<number>``.
    """

    start: int
    end: int
    what: str
    direction: str
    strength: int = 2


@dataclass(frozen=True, slots=True)
class NewCode:
    """An entry that a neighbourhood adds to the codebook; ``dimension`` is empty for one beside them."""

    name_fr: str
    definition: str
    dimension: str = ""
    name_en: str = ""
    use_when: str = ""
    use_not: str = ""


@dataclass(frozen=True, slots=True)
class CodeSeen:
    """An entry of the codebook: a dimension, or what the neighbourhood added.

    Attributes
    ----------
    key : str
        What a coding names.
    number : int
        Of an own code; 0 for a dimension.
    """

    key: str
    number: int
    name: Words
    definition: Words
    use_when: str
    use_not: str
    dimension: str


@dataclass(frozen=True, slots=True)
class CodingSeen:
    """What was noted of a passage."""

    number: int
    passage: int
    start: int
    end: int
    what: str
    part: str
    direction: str
    strength: int
    note: str
    stands: bool
    made: datetime


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back: where it stood, and whether a strength came back rather than the code left."""

    start: int
    end: int
    what: str
    direction: str
    strength: int
    is_back: bool


@dataclass(frozen=True, slots=True)
class RoundSeen:
    """A second reading.

    Attributes
    ----------
    passages : tuple of int
        Numbers of the passages read twice.
    first, second : str
        Names of the coders; empty for one who left without a name.
    settled : frozenset of int
    """

    number: int
    source: int
    first_id: int | None
    second_id: int | None
    first: str
    second: str
    passages: tuple[int, ...]
    settled: frozenset[int]
    begun: datetime
    done: datetime | None


@dataclass(frozen=True, slots=True)
class SourceSeen:
    """A source, as pages read it.

    Attributes
    ----------
    is_open : bool
        Whether somebody agreed and its text is there: it may be coded.
    is_ended : bool
        Whether its text was destroyed, or its consent withdrawn.
    n_signs : int
        Length of its text.
    coders : mapping of str to int
        Codes by coder, of those who have a name.
    """

    number: int
    kind: str
    title: str
    day: date
    place: str
    origin: str
    n_signs: int
    has_picture: bool
    consent: Consent
    withdrawn: datetime | None
    keep_until: date
    voices: Mapping[str, int]
    coders: Mapping[str, int]
    n_passages: int
    rounds: tuple[RoundSeen, ...]
    is_open: bool
    is_ended: bool


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage that may be shown, with its words: whoever speaks agreed to be quoted.

    Attributes
    ----------
    direction : str
        Of the code that stands.
    kind, place, day
        Of its source; neither its title nor who speaks.
    """

    passage: int
    source: int
    text: str
    direction: str
    strength: int
    kind: str
    place: str
    day: date
