"""A quantity of one area through time: points, what breaks between them, how much it changed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from courtepointe.atlas.figures import Figure
from courtepointe.atlas.recipe.values import Words
from courtepointe.core.change import Change


class Carried(StrEnum):
    """How a release came to speak of the area."""

    OWN_UNITS = "own_units"
    """Its units are those of the geography that the series is on."""
    SAME_LIMITS = "same_limits"
    """Its units are of another vintage, and go whole into the area."""
    SPLIT_UNITS = "split_units"
    """Some of its units are divided by the area's limits: a part is counted."""


class BreakKind(StrEnum):
    """What differs between two points."""

    CONCEPT = "concept"
    UNIVERSE = "universe"
    METHOD = "method"
    LIMITS = "limits"
    """Units were split between the vintages: the earlier value is partly estimated."""


@dataclass(frozen=True, slots=True)
class SeriesPoint:
    """The quantity at one period.

    Attributes
    ----------
    period : str
        What year the answers speak of.
    unit_type : str
        ``TYPE:VINTAGE`` of the units that the value was fitted on.
    figure : Figure
        Fitted on units of its own vintage; its status says why where it has no value.
    carried : Carried
    correspondence : str or None
        Where the units are of another vintage, how they were brought over: ``official``
        (the publisher's file) or ``blocks``.
    """

    period: str
    unit_type: str
    figure: Figure
    carried: Carried
    correspondence: str | None = None


@dataclass(frozen=True, slots=True)
class SeriesBreak:
    """Something that changed between two periods besides the people.

    Attributes
    ----------
    comparable : bool
        Whether the two values may be subtracted nevertheless.
    words : Words or None
        The recipe's; None for limits, which are told from the figures.
    """

    kind: BreakKind
    before: str
    after: str
    comparable: bool
    words: Words | None = None


@dataclass(frozen=True, slots=True)
class SeriesChange:
    """How much the quantity changed between two points.

    Attributes
    ----------
    before, after : str
        Periods.
    unit : str
        Of the difference: ``points`` for shares, else the figure's.
    """

    before: str
    after: str
    unit: str
    change: Change


@dataclass(frozen=True, slots=True)
class Series:
    """A quantity of one area through time, the earliest point first.

    Attributes
    ----------
    on : str
        ``TYPE:VINTAGE`` of the geography that all points are brought to.
    changes : tuple of SeriesChange
        Between neighbouring points with values that may be subtracted.
    """

    indicator: str
    on: str
    points: tuple[SeriesPoint, ...]
    breaks: tuple[SeriesBreak, ...]
    changes: tuple[SeriesChange, ...]

    @property
    def has_past(self) -> bool:
        """Whether two points at least have values."""
        return sum(1 for point in self.points if point.figure.status.has_value) > 1

    @property
    def last_change(self) -> SeriesChange | None:
        """The change that leads to the latest point, or None."""
        return self.changes[-1] if self.changes else None
