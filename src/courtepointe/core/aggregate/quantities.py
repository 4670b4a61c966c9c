"""What is asked of the units: which variables, and the rule that carries them to an area."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from courtepointe.core.bands import Bands
from courtepointe.core.errors import BadInput


class Rule(StrEnum):
    """How units' cells become an area's figure."""

    SUM = "sum"
    RATIO_OF_SUMS = "ratio_of_sums"
    WEIGHTED_MEAN = "weighted_mean"
    RANGE_OF_MEDIANS = "range_of_medians"
    MEDIAN_FROM_BANDS = "median_from_bands"
    QUANTILE_FROM_BANDS = "quantile_from_bands"
    RATIO_OF_QUANTILES = "ratio_of_quantiles"


BANDED = (Rule.MEDIAN_FROM_BANDS, Rule.QUANTILE_FROM_BANDS, Rule.RATIO_OF_QUANTILES)


@dataclass(frozen=True, slots=True)
class Quantity:
    """One figure to be computed; make it with the functions below.

    Attributes
    ----------
    rule : Rule
    numerator : tuple of int
        Positions of variables in the block, added up. The mean or the median itself for
        ``WEIGHTED_MEAN`` and ``RANGE_OF_MEDIANS``; the bands, lowest first, for those of
        ``BANDED``.
    denominator : tuple of int
        Positions of variables added up: the base of a ratio or of a mean.
    scale : float
        100 for shares in percent.
    subset : bool
        Those of the numerator are among those of the denominator: a proportion, 0 to 1.
    floor : float or None
        No interval goes below it.
    bands : Bands or None
    bands_below : Bands or None
        The same bands with the lower quantile, for ``RATIO_OF_QUANTILES``.
    """

    rule: Rule
    numerator: tuple[int, ...]
    denominator: tuple[int, ...] = ()
    scale: float = 1.0
    subset: bool = False
    floor: float | None = 0.0
    bands: Bands | None = None
    bands_below: Bands | None = None

    def __post_init__(self) -> None:
        based = self.rule in (Rule.RATIO_OF_SUMS, Rule.WEIGHTED_MEAN)
        single = self.rule in (Rule.WEIGHTED_MEAN, Rule.RANGE_OF_MEDIANS)
        banded = self.rule in BANDED
        compared = self.rule is Rule.RATIO_OF_QUANTILES
        if not self.numerator or based != bool(self.denominator):
            raise BadInput("core_quantity", rule=self.rule.value, problem="variables")
        if single and len(self.numerator) != 1:
            raise BadInput("core_quantity", rule=self.rule.value, problem="one variable")
        if banded != (self.bands is not None):
            raise BadInput("core_quantity", rule=self.rule.value, problem="bands")
        if compared != (self.bands_below is not None):
            raise BadInput("core_quantity", rule=self.rule.value, problem="bands")
        if self.bands is not None and len(self.bands.edges) != len(self.numerator) + 1:
            raise BadInput("core_quantity", rule=self.rule.value, problem="bands")

    @property
    def variables(self) -> tuple[int, ...]:
        """Every variable it reads."""
        return self.numerator + self.denominator

    def on(self, places: Mapping[int, int]) -> Quantity:
        """Give the same of a block whose variables are elsewhere: their new positions by the old."""
        return replace(
            self,
            numerator=tuple(places[variable] for variable in self.numerator),
            denominator=tuple(places[variable] for variable in self.denominator),
        )


def total(*variables: int, scale: float = 1.0) -> Quantity:
    """Ask for the sum of variables over the units."""
    return Quantity(Rule.SUM, variables, scale=scale)


def share(
    numerator: tuple[int, ...], denominator: tuple[int, ...], *, scale: float = 100.0
) -> Quantity:
    """Ask for the part that some make of a whole that holds them, in percent."""
    return Quantity(Rule.RATIO_OF_SUMS, numerator, denominator, scale, subset=True)


def ratio(
    numerator: tuple[int, ...], denominator: tuple[int, ...], *, scale: float = 1.0
) -> Quantity:
    """Ask for one sum over another that need not hold it: a density, a rate."""
    return Quantity(Rule.RATIO_OF_SUMS, numerator, denominator, scale)


def mean(variable: int, base: tuple[int, ...], *, scale: float = 1.0) -> Quantity:
    """Ask for the mean of units' means, weighted by who they are means of."""
    return Quantity(Rule.WEIGHTED_MEAN, (variable,), base, scale, floor=None)


def median_range(variable: int) -> Quantity:
    """Ask for the least and the greatest of the units' medians: a median is never averaged."""
    return Quantity(Rule.RANGE_OF_MEDIANS, (variable,), floor=None)


def median(variables: tuple[int, ...], bands: Bands) -> Quantity:
    """Ask for the median that the units' bands, added up, give by interpolation."""
    return Quantity(Rule.MEDIAN_FROM_BANDS, variables, floor=None, bands=bands)


def quantile(variables: tuple[int, ...], bands: Bands) -> Quantity:
    """Ask for the quantile of ``bands`` that the units' bands, added up, give."""
    return Quantity(Rule.QUANTILE_FROM_BANDS, variables, floor=None, bands=bands)


def quantile_ratio(variables: tuple[int, ...], bands: Bands, below: Bands) -> Quantity:
    """Ask for an upper quantile over a lower one, such as P90/P10, from the units' bands."""
    return Quantity(Rule.RATIO_OF_QUANTILES, variables, floor=None, bands=bands, bands_below=below)
