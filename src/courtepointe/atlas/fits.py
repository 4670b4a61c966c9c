"""How well the units of a release stand for an area as it is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FitMethod(StrEnum):
    """The rule that decides which units stand for an area."""

    EXACT = "exact"
    """The area is a published unit, or a whole number of them by its own definition."""
    BEST_FIT = "best_fit"
    """A unit is in when at least half of its people or dwellings are inside."""
    BEST_FIT_BLOCKS = "best_fit_blocks"
    """A block is in when at least half of its surface is inside; a unit counts by its blocks."""
    AS_DRAWN = "as_drawn"
    """Units that the limit crosses are split."""


class FitWeight(StrEnum):
    """What a unit's inside part is measured by."""

    PEOPLE = "people"
    DWELLINGS = "dwellings"
    SURFACE = "surface"
    """No blocks here: people are taken as spread evenly over the unit's surface."""


@dataclass(frozen=True, slots=True)
class Fit:
    """The fit of an area on one set of units: shown before any number.

    Attributes
    ----------
    unit_type : str
        ``TYPE:VINTAGE`` of the units.
    unit_codes : tuple of str
        The units that are in, ordered by code.
    unit_shares : tuple of float
        For each of them the share that counts: 1 under best fit and exact, (0, 1] as drawn; by
        blocks the share of its weight in the blocks chosen.
    inside_shares : tuple of float
        For each of them the share of its weight that lies inside the area as drawn.
    out_codes : tuple of str
        Units that the area touches and that stay out.
    units_partial : int
        Of the units in, those that the limit crosses (inside share under 1).
    population_share_inside : float or None
        Of the people counted, the share who live inside the area as drawn; 1 as drawn.
        None where no unit is in, or people are not known.
    surface_share_covered : float
        Share of the drawn surface that lies on the units of the atlas at all.
    blocks_in, blocks_out : int or None
        By blocks: how many are in, and how many the area touches that stay out.
    """

    method: FitMethod
    weight: FitWeight
    unit_type: str
    unit_codes: tuple[str, ...]
    unit_shares: tuple[float, ...]
    inside_shares: tuple[float, ...]
    out_codes: tuple[str, ...]
    units_partial: int
    population_share_inside: float | None
    surface_share_covered: float
    blocks_in: int | None = None
    blocks_out: int | None = None

    @property
    def units_in(self) -> int:
        """How many units are in."""
        return len(self.unit_codes)

    @property
    def units_touching_out(self) -> int:
        """How many units are touched and stay out."""
        return len(self.out_codes)
