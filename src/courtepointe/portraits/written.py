"""Portraits that people write in, and their editions, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from courtepointe.atlas.recipe.values import Words
from courtepointe.core.errors import BadInput

LONGEST_TEXT = 4_000
LONGEST_BY = 120
MOST_PARAGRAPHS, MOST_PHOTOS = 60, 12
MOST_ANCHORS = 3
KINDS = ("text", "quote", "photo")
EDITION, PORTRAIT = "edition", "portrait"
"""Kinds of users of releases."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo made ready: JPEG, and its size in pixels."""

    content: bytes
    wide: int
    tall: int


@dataclass(frozen=True, slots=True)
class Read:
    """A figure as it reads now, in both languages."""

    indicator: str
    shown: Words


@dataclass(frozen=True, slots=True)
class Written:
    """What a person gives for a paragraph.

    Attributes
    ----------
    section : str
        Code; empty: at the beginning.
    text : Words
        One of the two may be empty. Of a photo: what it shows.
    anchors : tuple of Read
        The figures that it rests on.
    photo : Picture or None
        None where a paragraph that has its photo is written again.

    Raises
    ------
    BadInput
        ``paragraph_kind``, ``paragraph_empty``, ``paragraph_too_long``, ``paragraph_by_too_long``,
        ``paragraph_anchors``.
    """

    section: str
    kind: str
    text: Words
    by: str = ""
    anchors: tuple[Read, ...] = ()
    photo: Picture | None = None

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise BadInput("paragraph_kind", value=self.kind, expected=", ".join(KINDS))
        if not (self.text.fr.strip() or self.text.en.strip()):
            raise BadInput("paragraph_empty")
        longest = max(len(self.text.fr), len(self.text.en))
        if longest > LONGEST_TEXT:
            raise BadInput("paragraph_too_long", value=longest, expected=LONGEST_TEXT)
        if len(self.by) > LONGEST_BY:
            raise BadInput("paragraph_by_too_long", value=len(self.by), expected=LONGEST_BY)
        if len(self.anchors) > MOST_ANCHORS:
            raise BadInput("paragraph_anchors", value=len(self.anchors), expected=MOST_ANCHORS)


@dataclass(frozen=True, slots=True)
class KeptParagraph:
    """A paragraph as it was kept; ``anchors`` as its figures read then."""

    number: int
    section: str
    kind: str
    text: Words
    by: str
    anchors: tuple[Read, ...]
    photo: Picture | None
    written: datetime


@dataclass(frozen=True, slots=True)
class KeptPortrait:
    """A portrait that people write in.

    Attributes
    ----------
    area_key, custom_token : str
        One of them: an official area, or one that somebody drew.
    """

    token: str
    atlas_code: str
    area_key: str
    custom_token: str
    template: str
    sections: tuple[str, ...]
    paper: str
    paragraphs: tuple[KeptParagraph, ...]
    changed: datetime
    expires: datetime


@dataclass(frozen=True, slots=True)
class KeptEdition:
    """An edition, without its files.

    Attributes
    ----------
    inputs_hash : str
        SHA-256 of all that it was made of.
    method : str
        The version of the code that made it.
    """

    slug: str
    number: int
    title: Words
    template: str
    pack_hash: str
    inputs_hash: str
    releases: tuple[str, ...]
    method: str
    made: datetime
    withdrawn: datetime | None
    forms: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class NewEdition:
    """What is published: ``files`` by language and form."""

    title: Words
    template: str
    atlas_code: str
    pack_hash: str
    inputs_hash: str
    releases: tuple[str, ...]
    method: str
    files: dict[tuple[str, str], bytes]
