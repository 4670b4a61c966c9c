"""What is typed and read of resilience portraits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from courtepointe.atlas.recipe.values import Words
from courtepointe.people.values import Territory


@dataclass(frozen=True, slots=True)
class NewPortrait:
    """A portrait as it is begun; ``territory`` is a number of the workspace's territories."""

    name: str
    territory: int | None
    about: str = ""


@dataclass(frozen=True, slots=True)
class NewOwnPart:
    """What a neighbourhood adds; ``dimension`` is empty for a dimension of its own."""

    dimension: str
    name_fr: str
    name_en: str = ""
    about_fr: str = ""
    about_en: str = ""


@dataclass(frozen=True, slots=True)
class OwnPartSeen:
    """What a neighbourhood added to the framework, by the number that it is withdrawn with."""

    number: int
    dimension: str
    name: Words


@dataclass(frozen=True, slots=True)
class PortraitSeen:
    """A resilience portrait, as pages read it.

    Attributes
    ----------
    territory : Territory or None
        Nothing where the workspace no longer has it.
    follows, followed_by : int or None
        Numbers of the editions before and after.
    """

    number: int
    workspace: int
    uid: str
    name: str
    about: str
    territory: Territory | None
    framework: str
    begun: date
    closed: date | None
    follows: int | None
    followed_by: int | None

    @property
    def is_open(self) -> bool:
        """Say whether it still takes what people bring."""
        return self.closed is None


@dataclass(frozen=True, slots=True)
class Score:
    """What the numbers of a dimension say together, on 0 to 100, with its interval.

    Attributes
    ----------
    due_data, due_missing, due_method : float
        Half-widths that each cause alone would leave.
    coverage : float
        Share of the chosen indicators that have a value.
    """

    value: float
    low: float
    high: float
    due_data: float
    due_missing: float
    due_method: float
    coverage: float


@dataclass(frozen=True, slots=True)
class DimensionNumbers:
    """What the numbers say of a dimension.

    Attributes
    ----------
    score : Score or None
        Nothing where ``why`` says so: ``no_indicator``, ``weights`` (all are zero), ``coverage``.
    n_assets, n_lacks : int
        Chosen indicators that tell of what is there, and of what is not.
    n_no_error : int
        Values in use whose error nobody knows: the interval of the score is then too narrow.
    """

    dimension: str
    score: Score | None
    why: str
    n_used: int
    n_missing: int
    n_assets: int
    n_lacks: int
    n_no_error: int = 0

    def kept(self) -> dict[str, Any]:
        """Give what is kept of it, as JSON holds it; the dimension stands beside."""
        told = asdict(self)
        del told["dimension"]
        return told

    @classmethod
    def of_kept(cls, dimension: str, kept: Mapping[str, Any]) -> DimensionNumbers:
        """Give back what was kept of a dimension."""
        held = dict(kept)
        score = held.pop("score")
        return cls(dimension, score and Score(**score), **held)


@dataclass(frozen=True, slots=True)
class DimensionVoices:
    """What people say of a dimension, counted: passages that were coded to it.

    Attributes
    ----------
    strengths, fragilities, contradictions : int
        Passages by direction, each counted once.
    n_sources : int
        Independent sources that they come from.
    groups : mapping of group to int
        In how many of those sources a group of the lens speaks; how many people of it is not told.
    newest : date or None
        Day of the newest source.
    """

    dimension: str
    strengths: int
    fragilities: int
    contradictions: int
    n_sources: int
    groups: Mapping[str, int]
    newest: date | None
