"""What a profile is made of: a few units' values with what is known of them, and a fixed rule."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from courtepointe.core.composite.checks import check_goalposts, check_polarity, check_weights
from courtepointe.core.errors import BadInput
from courtepointe.core.rounding import Z95
from courtepointe.core.typing import Bools, Floats, Ints


class Known(IntEnum):
    """What is known of a value."""

    MISSING = 0
    EXACT = 1
    """Counted in full: its interval is not read."""
    INTERVAL = 2
    """Its 95 % interval is the one given."""
    NO_ERROR = 3
    """A value whose error nobody knows, which is not the same as no error."""


@dataclass(frozen=True, slots=True)
class Readings:
    """What was observed in each unit; one unit is one row.

    Attributes
    ----------
    value, low, high : (n_units, n_indicators) float
        In the indicator's unit. Not read where missing; low and high only where there is an
        interval, and a value may lie outside of it.
    known : (n_units, n_indicators) int
        Of `Known`.

    Raises
    ------
    BadInput
        ``composite_shape``, ``composite_known``, ``core_not_a_number``, ``core_interval_reversed``.
    """

    value: Floats
    low: Floats
    high: Floats
    known: Ints

    def __post_init__(self) -> None:
        for array in (self.low, self.high, self.known):
            if self.value.ndim != 2 or array.shape != self.value.shape:
                raise BadInput("composite_shape", value=array.shape, expected=self.value.shape)
        for wrong in self.known[~np.isin(self.known, list(Known))]:
            raise BadInput("composite_known", value=int(wrong), expected=", ".join(map(str, Known)))
        there = self.known != Known.MISSING
        if not np.isfinite(self.value[there]).all():
            raise BadInput("core_not_a_number", array="value")
        low, high = (ends[self.known == Known.INTERVAL] for ends in (self.low, self.high))
        if not (np.isfinite(low).all() and np.isfinite(high).all()):
            raise BadInput("core_not_a_number", array="low, high")
        for place in np.flatnonzero(low > high):
            raise BadInput("core_interval_reversed", low=float(low[place]), high=float(high[place]))

    @property
    def there(self) -> Bools:
        """Say where there is a value."""
        there: Bools = self.known != Known.MISSING
        return there

    @property
    def unsure(self) -> Bools:
        """Say where there is a value whose error nobody knows."""
        unsure: Bools = self.known == Known.NO_ERROR
        return unsure

    @property
    def filled(self) -> Floats:
        """Give values, with 0 where there is none."""
        return np.where(self.there, self.value, 0.0)

    def errors(self, unit: int, normal: Floats) -> Floats:
        """Turn numbers of the normal law, (n_draws, n_indicators), into errors of a unit's values."""
        sure = self.known[unit] != Known.INTERVAL
        value = self.filled[unit]
        below = np.where(sure, 0.0, np.maximum(value - self.low[unit], 0.0)) / Z95
        above = np.where(sure, 0.0, np.maximum(self.high[unit] - value, 0.0)) / Z95
        return normal * np.where(normal < 0.0, below, above)


@dataclass(frozen=True, slots=True)
class Rule:
    """How indicators become scores of dimensions, and what of it could be otherwise.

    Attributes
    ----------
    goalposts : (n_indicators, 2) float
        Low and high in the indicator's unit, before polarity: scores are 0 to 100 between them.
    polarity : (n_indicators,) int, 1 or -1
        -1 where less is better.
    weight : (n_indicators,) float, 0 or more
        Among the indicators of the same dimension; they need not sum to 1.
    dimension : (n_indicators,) int
        From 0.
    n_dimensions : int
    least_coverage : float, 0 to 1
        The part of a dimension's weight that must be known; exactly so much is enough.
    weights_by : float, 0 to under 1
        Each weight could be so much smaller or larger.
    posts_by : float, 0 to under 0.5
        Each goalpost could lie so much of their distance to either side.

    Raises
    ------
    BadInput
        ``composite_shape``, ``composite_goalposts``, ``composite_polarity``,
        ``composite_dimension``, ``composite_weight``, ``composite_weights_zero``,
        ``composite_least``, ``composite_doubt``.
    """

    goalposts: Floats
    polarity: Ints
    weight: Floats
    dimension: Ints
    n_dimensions: int
    least_coverage: float = 0.5
    weights_by: float = 0.25
    posts_by: float = 0.05

    def __post_init__(self) -> None:
        n_indicators = len(self.weight)
        check_polarity(self.polarity, n_indicators)
        check_goalposts(self.goalposts, n_indicators)
        if len(self.dimension) != n_indicators:
            raise BadInput("composite_shape", value=len(self.dimension), expected=n_indicators)
        for wrong in np.flatnonzero((self.dimension < 0) | (self.dimension >= self.n_dimensions)):
            raise BadInput(
                "composite_dimension", indicator=int(wrong), value=int(self.dimension[wrong]),
                expected=f"0-{self.n_dimensions - 1}",
            )  # fmt: skip
        check_weights(self.weight)
        whole = self.weight @ self.members
        for empty in np.flatnonzero(self.members.any(axis=0) & (whole == 0.0)):
            raise BadInput("composite_weights_zero", node=int(empty))
        self._check_shares()

    def _check_shares(self) -> None:
        if not 0.0 <= self.least_coverage <= 1.0:
            raise BadInput("composite_least", value=self.least_coverage)
        if not 0.0 <= self.weights_by < 1.0:
            raise BadInput("composite_doubt", value=self.weights_by, expected="0-1")
        if not 0.0 <= self.posts_by < 0.5:
            raise BadInput("composite_doubt", value=self.posts_by, expected="0-0.5")

    @property
    def members(self) -> Floats:
        """Say which indicators belong to which dimension, (n_indicators, n_dimensions), 1 or 0."""
        told: Floats = np.equal.outer(self.dimension, np.arange(self.n_dimensions)).astype(float)
        return told
