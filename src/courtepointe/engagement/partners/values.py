"""What pages know of the network of partners."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from courtepointe.core.network import Trusted
from courtepointe.core.typing import Ints


@dataclass(frozen=True, slots=True)
class PartnerSeen:
    """An organisation of the list."""

    number: int
    name: str
    sector: str
    active: bool


@dataclass(frozen=True, slots=True)
class WaveSeen:
    """A wave; ``closed`` is None while it takes answers."""

    number: int
    name: str
    text_version: str
    opened: datetime
    closed: datetime | None
    n_asked: int
    n_answered: int


@dataclass(frozen=True, slots=True)
class AskedSeen:
    """An organisation in a wave: whether it has a link, when it answered, in which role."""

    number: int
    partner: int
    name: str
    sector: str
    has_link: bool
    answered: datetime | None
    role: str


@dataclass(frozen=True, slots=True)
class NewTie:
    """What an organisation says of another: levels are from 1, None where it says nothing."""

    partner: int
    kinds: tuple[str, ...] = ()
    frequency: int | None = None
    trust: int | None = None


@dataclass(frozen=True, slots=True)
class SurveyForm:
    """What a link opens: who is asked, by whom, the others of the list, and its own answer so far."""

    workspace: str
    organisation: str
    wave: str
    text_version: str
    answered: datetime | None
    role: str
    others: tuple[PartnerSeen, ...]
    said: tuple[NewTie, ...]


@dataclass(frozen=True, slots=True)
class WaveNetwork:
    """A wave as the core counts it, without any trust.

    Attributes
    ----------
    numbers : tuple of int
        Of the organisations, in the order of their positions.
    network, sectors, sector_names
        As of `courtepointe.formats.ties.numbered`.
    """

    wave: WaveSeen
    numbers: tuple[int, ...]
    names: tuple[str, ...]
    trusted: Trusted
    sectors: Ints
    sector_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PublicFigures:
    """The figures of a wave that tell of nobody: shares in steps, or none where they would tell of a few."""

    name: str
    opened: datetime
    n_asked: int
    n_answered: int
    shares: tuple[tuple[str, float], ...]
