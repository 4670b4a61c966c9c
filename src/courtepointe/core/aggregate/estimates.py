"""What an area's units say together: one estimate, or a table of them by area and quantity."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from courtepointe.core.intervals import UNCERTAINTIES, Uncertainty
from courtepointe.core.typing import Bools, Floats, Ints

COVERAGE_CAUTION = 0.90
"""Below this part of the area's people in published units, read with caution."""
COVERAGE_LEAST = 0.70
"""Below this part, no value is given at all."""
SLACK = 1e-9
"""A coverage this near to a threshold has reached it."""


class Answer(StrEnum):
    """Whether there is a value, or why there is none."""

    GIVEN = "given"
    NOTHING_KNOWN = "nothing_known"
    """No unit of the area has all the cells it takes."""
    TOO_LITTLE_COVERED = "too_little_covered"
    """Published units hold less than `COVERAGE_LEAST` of the area's people."""
    UNDEFINED = "undefined"
    """The base is zero: a share of nobody."""


ANSWERS: tuple[Answer, ...] = tuple(Answer)
"""Position of an answer in arrays of codes."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """One quantity of one area.

    Attributes
    ----------
    value : float or None
        None unless ``answer`` is given; also None for a range of medians.
    low, high : float or None
        The 95 % interval, cut at the quantity's floor and, for a proportion, at its scale; for a
        range of medians the least and the greatest. None where ``uncertainty`` is ``none`` or
        ``unknown``, or an end lies in an open band.
    half_width : float or None
        Half of the interval before it was cut; 0 for ``none``, None for ``unknown`` and medians.
    uncertainty : Uncertainty
    answer : Answer
    coverage : float or None
        Part of the area's people (0-1) who live in units with all cells known; None without units.
    n_units, n_units_missing : int
    n_units_without_interval : int
        Units used whose sampled cells lack a published interval.
    numerator, denominator : float or None
        What was divided by what, over the same units; None for sums and medians.
    open_band : bool
        A median, or an end of its interval, lies in an open band.
    """

    value: float | None
    low: float | None
    high: float | None
    half_width: float | None
    uncertainty: Uncertainty
    answer: Answer
    coverage: float | None
    n_units: int
    n_units_missing: int
    n_units_without_interval: int = 0
    numerator: float | None = None
    denominator: float | None = None
    open_band: bool = False

    @property
    def needs_caution(self) -> bool:
        """Whether a value is given and rests on too few of the people to be read plainly."""
        if self.answer is not Answer.GIVEN or self.coverage is None:
            return False
        return self.coverage < COVERAGE_CAUTION - SLACK


@dataclass(frozen=True, slots=True)
class Estimates:
    """Quantities of areas, as arrays of shape (n_areas, n_quantities).

    Attributes
    ----------
    value, low, high, half_width, coverage, numerator, denominator : float
        0 where there is none, see the masks.
    answer, uncertainty : int
        Positions in `ANSWERS` and `UNCERTAINTIES`.
    has_value, has_interval, has_half_width, has_parts, open_band : bool
    n_missing, n_lacking : int
    n_units : (n_areas,) int
    """

    value: Floats
    low: Floats
    high: Floats
    half_width: Floats
    coverage: Floats
    numerator: Floats
    denominator: Floats
    answer: Ints
    uncertainty: Ints
    has_value: Bools
    has_interval: Bools
    has_half_width: Bools
    has_parts: Bools
    open_band: Bools
    n_missing: Ints
    n_lacking: Ints
    n_units: Ints

    def of_area(self, area: int) -> tuple[Estimate, ...]:
        """Give the estimates of one area, in the order of the quantities."""
        n_units = int(self.n_units[area])
        rows = zip(
            _or_none(self.value[area], self.has_value[area]),
            _or_none(self.low[area], self.has_interval[area]),
            _or_none(self.high[area], self.has_interval[area]),
            _or_none(self.half_width[area], self.has_half_width[area]),
            [UNCERTAINTIES[code] for code in self.uncertainty[area].tolist()],
            [ANSWERS[code] for code in self.answer[area].tolist()],
            self.coverage[area].tolist() if n_units else [None] * self.value.shape[1],
            [n_units] * self.value.shape[1],
            self.n_missing[area].tolist(),
            self.n_lacking[area].tolist(),
            _or_none(self.numerator[area], self.has_parts[area]),
            _or_none(self.denominator[area], self.has_parts[area]),
            self.open_band[area].tolist(),
            strict=True,
        )
        return tuple(Estimate(*row) for row in rows)


def _or_none(numbers: Floats, there: Bools) -> list[float | None]:
    """Give plain numbers, None where there is none."""
    pairs = zip(numbers.tolist(), there.tolist(), strict=True)
    return [number if known else None for number, known in pairs]
