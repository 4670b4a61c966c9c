"""What a siting question holds fast, and what its answer is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from courtepointe.core.errors import BadInput
from courtepointe.core.typing import Bools, Floats, Ints


class Goal(StrEnum):
    """What the sites are chosen for. A person chooses it, and it is shown."""

    P_MEDIAN = "p_median"
    """The least distance over all people."""
    MAX_COVER = "max_cover"
    """The most people within reach."""
    BACKUP_COVER = "backup_cover"
    """The most people within reach of several."""
    CAPACITATED_COVER = "capacitated_cover"
    """The most people within reach who find room."""
    SET_COVER = "set_cover"
    """The fewest sites, or the least cost, that leave nobody out of reach."""
    P_CENTER = "p_center"
    """The least distance of whoever has the farthest to go."""
    KOLM_POLLAK = "kolm_pollak"
    """The least equally-distributed equivalent distance: long ways weigh more."""
    MIN_REGRET = "min_regret"
    """The least that is lost, in the worst scenario, against the best choice for that scenario."""


class Rounding(StrEnum):
    """What becomes of a straight distance."""

    NONE = "none"
    FLOOR = "floor"
    """Rounded down, as published optima of p-medians on TSPLIB points are."""
    NEAREST = "nearest"
    """To the nearest whole number, as TSPLIB itself does."""

    def of(self, far: Floats) -> Floats:
        """Round distances."""
        if self is Rounding.NONE:
            return far
        told: Floats = np.floor(far if self is Rounding.FLOOR else far + 0.5)
        return told

    def reach(self, limit: float) -> float:
        """Give the radius of which the rounded distance is within a limit."""
        if self is Rounding.NONE:
            return limit
        past = np.floor(limit) + (1.0 if self is Rounding.FLOOR else 0.5)
        return float(np.nextafter(past, 0.0))


def _go_on() -> bool:
    return True


def _tell(objective: float, bound: float) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Watch:
    """How long to go on, and whom to tell: the core has no clock.

    Attributes
    ----------
    go_on : function
        Asked often; False ends the search with what it has.
    tell : function
        Told the objective and the bound as they move.
    """

    go_on: Callable[[], bool] = _go_on
    tell: Callable[[float, float], None] = _tell


def _none() -> Ints:
    return np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Terms:
    """What is settled before sites are chosen, by positions.

    Attributes
    ----------
    n_sites : int
        How many candidates there are, existing ones included.
    forced : (n_forced,) int
        To be among those that open; each counts as one that opens.
    forbidden : (n_forbidden,) int
    existing : (n_existing,) int
        Open already; they serve people and are not counted among those that open.

    Raises
    ------
    BadInput
        ``siting_position``, ``siting_site_twice``, ``siting_forced_and_forbidden``.
    """

    n_sites: int
    forced: Ints = field(default_factory=_none)
    forbidden: Ints = field(default_factory=_none)
    existing: Ints = field(default_factory=_none)

    def __post_init__(self) -> None:
        for told in (self.forced, self.forbidden, self.existing):
            outside = told[(told < 0) | (told >= self.n_sites)]
            if outside.size:
                raise BadInput("siting_position", value=int(outside[0]), expected=self.n_sites)
        both = np.intersect1d(np.concatenate([self.forced, self.existing]), self.forbidden)
        if both.size:
            raise BadInput("siting_forced_and_forbidden", value=int(both[0]))
        held, times = np.unique(np.concatenate([self.forced, self.existing]), return_counts=True)
        if (times > 1).any():
            raise BadInput("siting_site_twice", value=int(held[times > 1][0]))

    @property
    def opened(self) -> Bools:
        """Say which sites are open whatever is chosen: (n_sites,) bool."""
        told = np.zeros(self.n_sites, dtype=np.bool_)
        told[self.forced] = told[self.existing] = True
        return told

    @property
    def closed(self) -> Bools:
        """Say which sites may not open: (n_sites,) bool."""
        told = np.zeros(self.n_sites, dtype=np.bool_)
        told[self.forbidden] = True
        return told

    def n_open(self, more: int) -> int:
        """Say how many are open when ``more`` open, or what is wrong with that number.

        Raises
        ------
        BadInput
            ``siting_too_few``, ``siting_too_many``.
        """
        least = max(1 - len(self.existing), len(self.forced))
        if more < least:
            raise BadInput("siting_too_few", value=more, expected=least)
        most = self.n_sites - len(self.existing) - len(np.unique(self.forbidden))
        if more > most:
            raise BadInput("siting_too_many", value=more, expected=most)
        return more + len(self.existing)


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why each site is among those chosen, in people; in the order of ``Answer.sites``.

    Attributes
    ----------
    people : (n_open,) float
        Whom it serves: those to whom it is the nearest, or who find room there; for coverage all who
        are within its reach, some of whom are in reach of others too.
    lost : (n_open,) float
        By how much the objective worsens if it closes and no other opens; inf where somebody would
        then reach none. At least so much where only the nearest sites of each row are held.
    """

    people: Floats
    lost: Floats


@dataclass(frozen=True, slots=True)
class Answer:
    """Sites, and what is proven of them.

    Attributes
    ----------
    goal : Goal
    objective : float
        In the unit of the goal: people times distance, people, sites or cost, distance.
    bound : float
        No choice under the same terms does better than this; the objective itself where proven.
    proven : bool
    sites : (n_open,) int
        Positions, rising; forced and existing ones among them.
    served_by : (n_rows,) int
        Position of the site that serves each row of people, -1 where none does.
    reasons : Reasons
    alternatives : tuple of (n_open,) int
        Other choices that are exactly as good.
    every_alternative : bool
        There is no other that is as good; else there may be.
    terms : Terms
    """

    goal: Goal
    objective: float
    bound: float
    proven: bool
    sites: Ints
    served_by: Ints
    reasons: Reasons
    alternatives: tuple[Ints, ...]
    every_alternative: bool
    terms: Terms

    @property
    def gap(self) -> float:
        """Say how far from proven it is, as a part of the objective: 0 where proven."""
        if self.proven:
            return 0.0
        return abs(self.objective - self.bound) / max(abs(self.objective), 1e-300)
