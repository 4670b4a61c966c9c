"""What is typed and read of a portrait's numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from courtepointe.atlas.figures import Figure
from courtepointe.atlas.recipe.values import Words


@dataclass(frozen=True, slots=True)
class NewIndicator:
    """An indicator of the neighbourhood's own, with its goalposts and why they stand where they stand."""

    dimension: str
    name_fr: str
    unit: str
    low: float
    high: float
    why_fr: str
    polarity: int = 1
    asset: bool = True
    part: str = ""
    kind: str = "observed"
    base: str = "none"
    refreshed: str = "edition"
    name_en: str = ""
    question_fr: str = ""
    question_en: str = ""
    why_en: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class NewGoalposts:
    """Other goalposts for an indicator, and why: a new line, from today on."""

    low: float
    high: float
    why_fr: str
    why_en: str = ""
    polarity: int = 1


@dataclass(frozen=True, slots=True)
class NewObservation:
    """What somebody found of an indicator; ``group`` is empty for everybody.

    Attributes
    ----------
    value, numerator, denominator, low, high : float or None
        In the indicator's unit. A share may be given by its two counts alone.
    interval : str
        Of ``intervals``: how ``low`` and ``high`` were had.
    status : str
        Of ``statuses``: it states a value, or says why there is none.
    digest : str
        The mark of the results that it was read from; empty where somebody typed it.
    """

    period: str
    source: str
    value: float | None = None
    group: str = ""
    numerator: float | None = None
    denominator: float | None = None
    low: float | None = None
    high: float | None = None
    interval: str = "unknown"
    status: str = "counted"
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """Figures that the served atlas gave of an area, to be kept as observations.

    Attributes
    ----------
    atlas_code, area_key : str
        Of which atlas, of which area.
    pack : str
        The mark of the atlas served.
    sources : mapping of indicator to str
        Who publishes each figure, as it is told.
    """

    atlas_code: str
    area_key: str
    pack: str
    figures: Sequence[Figure]
    sources: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class GoalpostsSeen:
    """What 0 and 100 mean of an indicator, since when and why; ``low`` and ``high`` before polarity."""

    low: float
    high: float
    polarity: int
    why: Words
    since: date


@dataclass(frozen=True, slots=True)
class ObservationSeen:
    """What was found, as pages read it.

    Attributes
    ----------
    interval : str
        Where ``low`` and ``high`` come from.
    coverage : float or None
        Part of the territory's people in units with a value.
    taken, digest : str
        The release that it was read from, and the mark of the atlas or of a survey's results.
    supersedes : int or None
        Number of the one whose place it took.
    """

    number: int
    group: str
    period: str
    value: float | None
    numerator: float | None
    denominator: float | None
    low: float | None
    high: float | None
    interval: str
    status: str
    coverage: float | None
    source: str
    taken: str
    digest: str
    made: datetime
    supersedes: int | None = None


@dataclass(frozen=True, slots=True)
class IndicatorSeen:
    """An indicator of a portrait, as pages read it.

    Attributes
    ----------
    posts : GoalpostsSeen
        The newest line; ``posts_before`` are the others, the newest first.
    newest : ObservationSeen or None
        Of everybody: of the latest period, as it was last said.
    by_group : mapping of group to ObservationSeen
        The same of each group of the lens that was observed.
    flipped : bool
        Its polarity is not the one that the framework suggests.
    own : bool
        The neighbourhood's own: it is not read beside others.
    """

    number: int
    code: str
    dimension: str
    part: str
    kind: str
    source: str
    name: Words
    question: Words
    unit: str
    base: str
    asset: bool
    refreshed: str
    licence: str
    weight: float
    left_out: date | None
    left_why: str
    posts: GoalpostsSeen
    posts_before: Sequence[GoalpostsSeen]
    newest: ObservationSeen | None
    by_group: Mapping[str, ObservationSeen]
    flipped: bool
    own: bool

    @property
    def polarity(self) -> int:
        """Say whether more is better (1) or less is (-1)."""
        return self.posts.polarity

    @property
    def counts(self) -> bool:
        """Say whether it is among the chosen ones."""
        return self.left_out is None

    @property
    def has_value(self) -> bool:
        """Say whether everybody's number is there."""
        return self.newest is not None and self.newest.value is not None
