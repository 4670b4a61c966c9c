"""Where values alike lie together, and how unequal they are, as frozen answers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from courtepointe.atlas.figures import Figure
from courtepointe.atlas.query.values import AreaKey
from courtepointe.atlas.recipe.values import Words
from courtepointe.core.access import Concentration, Theil
from courtepointe.core.space import Quadrant, Spread


class WhyNot(StrEnum):
    """Why a unit is not held to be in a cluster."""

    NOTHING = ""
    """It is."""
    CHANCE = "chance"
    """Values dealt at random give as much too often."""
    INTERVAL = "interval"
    """It does not stay when values are drawn again within their intervals."""
    ERROR_UNKNOWN = "error_unknown"
    """Its value, or that of a neighbour, has an error that nobody published."""
    NO_VALUE = "no_value"
    NO_NEIGHBOUR = "no_neighbour"
    """None that touches it has a value."""


@dataclass(frozen=True, slots=True)
class ClusterUnit:
    """A unit and what may be said of it and its neighbours.

    Attributes
    ----------
    neighbours : tuple of str
        Codes of those that touch it and have a value; all that touch it where it has none.
    smoothed : float or None
        Its share or rate drawn towards that of all, in the figure's unit, where it rests on counts.
    quadrant : Quadrant
        NONE where it was not tested.
    index : float or None
        Local Moran's I.
    p, q : float or None
        Of deals at random; the least rate of false discoveries at which it is one. None: not tested.
    stays : float or None
        The part of redrawings in which it stays; None where it was not asked or cannot be known.
    """

    key: AreaKey
    name: Words
    figure: Figure
    neighbours: tuple[str, ...]
    smoothed: float | None
    quadrant: Quadrant
    index: float | None
    p: float | None
    q: float | None
    stays: float | None
    why_not: WhyNot

    @property
    def kept(self) -> bool:
        """Whether it is held to be in a cluster."""
        return self.why_not is WhyNot.NOTHING

    @property
    def unsure(self) -> bool:
        """Whether it would be in one if values had no error."""
        return self.why_not in (WhyNot.INTERVAL, WhyNot.ERROR_UNKNOWN)


@dataclass(frozen=True, slots=True)
class Clusters:
    """Where values alike lie together.

    Attributes
    ----------
    within : AreaKey or None
        The area whose units these are; None: all of the type.
    units : tuple of ClusterUnit
        In the order of their codes.
    whole : Spread
        Moran's I of all.
    p_whole : float
        The part of deals that lie as far.
    by_rates : bool
        Rates were set on one scale by how many people they rest on.
    rate : float
        The part of the clusters that may be chance.
    n_draws, n_again, n_redrawn : int
        Deals at random of each unit; of each that these leave in doubt; redrawings within intervals.
    stays_least : float
        The part of them in which a cluster must stay.
    """

    type_and_vintage: str
    indicator: str
    within: AreaKey | None
    units: tuple[ClusterUnit, ...]
    whole: Spread
    p_whole: float
    by_rates: bool
    rate: float
    n_draws: int
    n_again: int
    n_redrawn: int
    stays_least: float

    @property
    def kept(self) -> tuple[ClusterUnit, ...]:
        """Those held to be in a cluster."""
        return tuple(unit for unit in self.units if unit.kept)

    @property
    def n_tested(self) -> int:
        """How many were tested."""
        return sum(unit.p is not None for unit in self.units)

    def why(self, *reasons: WhyNot) -> tuple[ClusterUnit, ...]:
        """Those that are in none for one of some reasons."""
        return tuple(unit for unit in self.units if unit.why_not in reasons)


@dataclass(frozen=True, slots=True)
class End:
    """One end of the units in the order of their values.

    Attributes
    ----------
    value : float
        At most, or at least, this.
    counted : float
        Of the base, in units with such values.
    n_units : int
    """

    value: float
    counted: float
    n_units: int


@dataclass(frozen=True, slots=True)
class Unequal:
    """How unequal values are over units.

    Attributes
    ----------
    n_units : int
        With a value.
    base : float or None
        All that the values speak of (people, households); None: each unit counts once.
    low, high : End
        The tenth of the base in units with the lowest values, and with the highest.
    gini : float or None
        None, as are the next two, where a value is under 0, or all are 0.
    theil : Theil or None
    groups : str
        ``TYPE:VINTAGE`` that parts the units; empty where none does.
    n_groups, n_apart : int
        Groups with a unit; units in none of them, left out of the parting.
    parted : Theil or None
        Of the units in groups, with what lies between these.
    along : str
        The indicator along which values are concentrated or not; empty: none was asked.
    concentration : Concentration or None
        Of values between 0 and 1 for percents.
    n_along : int
        Units with both values.
    noise : float or None
        The part of the variance of values that their own errors make, 0 to 1; None where an error is
        unknown.
    """

    type_and_vintage: str
    indicator: str
    within: AreaKey | None
    n_units: int
    n_missing: int
    base: float | None
    low: End
    high: End
    gini: float | None
    theil: Theil | None
    groups: str
    n_groups: int
    n_apart: int
    parted: Theil | None
    along: str
    concentration: Concentration | None
    n_along: int
    noise: float | None

    @property
    def gap(self) -> float:
        """What lies between the two ends."""
        return self.high.value - self.low.value

    @property
    def between(self) -> float | None:
        """The part of Theil's T that lies between groups, 0 to 1; None where nothing can be parted."""
        if self.parted is None or self.parted.t <= 0.0:
            return None
        return min(self.parted.t_between / self.parted.t, 1.0)
