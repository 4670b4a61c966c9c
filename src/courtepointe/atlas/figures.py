"""The one object behind every number: on screen, in charts, in sentences and in exports.

A figure without a status cannot exist; a figure with a value it may not have cannot exist.
Vocabulary: SDMX's observation status, Statistics Canada's symbols; see ``docs/glossary.md``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from enum import StrEnum

from courtepointe.atlas.reliability import Reliability, reliability_of
from courtepointe.core.errors import BadInput
from courtepointe.core.rounding import Z95


class Status(StrEnum):
    """Why a figure has a value, or has none. A true zero is a value."""

    PUBLISHED = "published"
    """The publisher's own value for exactly this area."""
    AGGREGATED = "aggregated"
    """Computed by us from published units."""
    SUPPRESSED = "suppressed"
    """The publisher keeps it confidential (symbol x)."""
    UNRELIABLE = "unreliable"
    """The publisher holds it too unreliable to be published (symbol F)."""
    NOT_AVAILABLE = "not_available"
    """The publisher has no value here (symbols .. and .), or too much of it is missing."""
    NOT_APPLICABLE = "not_applicable"
    """The question makes no sense here (symbol ...), such as a share of nobody."""
    NOT_LOADED = "not_loaded"
    """The recipe knows the file that would fill it, and the file was not given."""

    @property
    def has_value(self) -> bool:
        """Whether a figure of this status states something."""
        return self in (Status.PUBLISHED, Status.AGGREGATED)


class Uncertainty(StrEnum):
    """What ``low`` and ``high`` account for."""

    NONE = "none"
    """Counted in full and not rounded."""
    ROUNDING = "rounding"
    SAMPLING = "sampling"
    SAMPLING_AND_ROUNDING = "sampling_and_rounding"
    UNKNOWN = "unknown"
    """Sampled, and the publisher's intervals are not here: no bar is drawn."""


class Method(StrEnum):
    """How the value was had."""

    PUBLISHED = "published"
    CUSTOM_TABULATION = "custom_tabulation"
    """The publisher's own value, tabulated on order for exactly this area."""
    SUM = "sum"
    RATIO_OF_SUMS = "ratio_of_sums"
    WEIGHTED_MEAN = "weighted_mean"
    MEDIAN_FROM_BANDS = "median_from_bands"
    QUANTILE_FROM_BANDS = "quantile_from_bands"
    RATIO_OF_QUANTILES = "ratio_of_quantiles"
    RANGE_OF_MEDIANS = "range_of_medians"
    """No value: ``low`` and ``high`` are the least and the greatest of the units' medians."""
    BLOCK_COUNTS = "block_counts"
    """The publisher's counts of the blocks chosen, added up."""
    COUNTED = "counted"
    """Places counted inside the area."""
    TARGET = "target"
    """A number that somebody decided to aim for: nothing was counted."""
    NOT_COMPUTED = "not_computed"


class Measure(StrEnum):
    """What kind of quantity an indicator is."""

    COUNT = "count"
    SHARE = "share"
    RATE = "rate"
    MEAN = "mean"
    MEDIAN = "median"
    QUANTILE = "quantile"
    RATIO = "ratio"
    INDEX = "index"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of one area, with all that a reader may ask about it.

    Attributes
    ----------
    indicator : str
        A stable word of the recipe, such as ``"low_income_lim_at_share"``.
    value : float or None
        In ``unit``; shares are in percent (0-100). None where there is none to state.
    low, high : float or None
        The 95 % interval, or the range of the units' medians (see ``method``).
    unit : str
        ``persons``, ``households``, ``dwellings``, ``percent``, ``cad``, ``years``, ``km2``,
        ``persons_per_km2``, ``places``...
    coverage : float or None
        Share of the area's people (0-1) who live in units with a published value.
    n_units, n_units_missing : int
        Units the area is made of for this figure; those of them without a value.
    made_of : tuple of (str, int)
        ``TYPE:VINTAGE`` of the published units that were added up, and how many of each: complete
        groups of units stand as the larger unit that they make.
    sources : tuple of str
        Codes of the recipe's sources that the value rests on.
    release, period : str or None
        The edition the value was read from, and what its date means (``"2021"``, ``"2020"``).
    numerator, denominator : float or None
        For shares and means: what was divided by what, on the same units.
    missing : tuple of (Status, int)
        Units without a value, by reason.
    cautions : tuple of str
        Codes of what to know when reading: ``partial_coverage``, ``use_with_caution``,
        ``revised``, ``interpolated``, ``few_units``, ``open_band``.
    filled_by : str or None
        For ``not_loaded``: the source that would fill it.
    """

    indicator: str
    value: float | None
    unit: str
    status: Status
    method: Method
    low: float | None = None
    high: float | None = None
    uncertainty: Uncertainty = Uncertainty.NONE
    coverage: float | None = None
    n_units: int = 0
    n_units_missing: int = 0
    sources: tuple[str, ...] = ()
    release: str | None = None
    period: str | None = None
    numerator: float | None = None
    denominator: float | None = None
    missing: tuple[tuple[Status, int], ...] = ()
    cautions: tuple[str, ...] = field(default=())
    filled_by: str | None = None
    made_of: tuple[tuple[str, int], ...] = ()

    def __post_init__(self) -> None:
        for name in ("value", "low", "high", "coverage", "numerator", "denominator"):
            number = getattr(self, name)
            if number is not None and not math.isfinite(number):
                raise BadInput("figure_not_finite", indicator=self.indicator, field=name)
        if self.value is not None and not self.status.has_value:
            raise BadInput("figure_value_without_right", indicator=self.indicator)
        ranged = self.method is Method.RANGE_OF_MEDIANS and self.low is not None
        if self.status.has_value and self.value is None and not ranged:
            raise BadInput("figure_status_without_value", indicator=self.indicator)
        if (self.low is None) != (self.high is None):
            raise BadInput("figure_half_interval", indicator=self.indicator)
        if self.low is not None and self.high is not None and self.low > self.high:
            raise BadInput("figure_interval_reversed", indicator=self.indicator)

    @property
    def cv(self) -> float | None:
        """The coefficient of variation in percent, read from the longer side of the interval.

        None where there is no interval, or the value is 0.
        """
        if self.value is None or self.low is None or self.high is None or self.value == 0.0:
            return None
        half = max(self.value - self.low, self.high - self.value)
        return 100.0 * half / Z95 / abs(self.value)

    @property
    def reliability(self) -> Reliability | None:
        """The class of reliability by the coefficient of variation; None where there is none."""
        return None if self.cv is None else reliability_of(self.cv)
