"""Set a figure beside the same figure of an area of comparison, and say if the two differ."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from courtepointe.atlas.figures import Figure, Measure, Method, Uncertainty
from courtepointe.atlas.query.values import AreaKey
from courtepointe.atlas.recipe.values import Indicator, Words
from courtepointe.core.compare import (
    Difference,
    Estimate,
    difference,
    ratio_effect,
    share_effect,
)

COMPARABLE = frozenset(
    {
        Measure.SHARE,
        Measure.RATE,
        Measure.MEAN,
        Measure.MEDIAN,
        Measure.QUANTILE,
        Measure.RATIO,
        Measure.INDEX,
    }
)
"""A count of a part and a count of the whole say nothing side by side."""


class Verdict(StrEnum):
    """What may be said of the difference between two figures."""

    DISTINCT = "distinct"
    SAME = "same"
    EQUAL = "equal"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A figure beside its comparator's.

    ``effect`` is a size without unit, positive where the area's figure is the greater; None where
    no scale fits. It orders highlights and is never shown.
    """

    figure: Figure
    theirs: Figure
    name: Words
    key: AreaKey
    verdict: Verdict
    difference: Difference
    effect: float | None


def compare(
    figure: Figure, theirs: Figure, *, indicator: Indicator, name: Words, key: AreaKey
) -> Comparison | None:
    """Compare two figures; None where the measure or a missing value forbids it."""
    if indicator.measure not in COMPARABLE or figure.value is None or theirs.value is None:
        return None
    gap = difference(estimate(figure), estimate(theirs))
    effect = _effect(figure.value, theirs.value, indicator)
    return Comparison(figure, theirs, name, key, _verdict(gap), gap, effect)


def estimate(figure: Figure) -> Estimate:
    """Give a figure's value to the core, with what is known of its error."""
    assert figure.value is not None
    unknown = figure.uncertainty is Uncertainty.UNKNOWN
    if unknown or figure.method is Method.RANGE_OF_MEDIANS:
        return Estimate(figure.value)
    exact = figure.uncertainty is Uncertainty.NONE and figure.low is None
    return Estimate(figure.value, figure.low, figure.high, exact=exact)


def _verdict(gap: Difference) -> Verdict:
    if gap.distinguishable is None:
        return Verdict.UNKNOWN
    if gap.distinguishable:
        return Verdict.DISTINCT
    return Verdict.EQUAL if gap.difference == 0 else Verdict.SAME


def _effect(value: float, theirs: float, indicator: Indicator) -> float | None:
    if indicator.unit == "percent":
        inside = 0.0 <= value <= 100.0 and 0.0 <= theirs <= 100.0
        return share_effect(value, theirs) if inside else ratio_effect(value, theirs)
    if indicator.measure in (Measure.MEAN, Measure.MEDIAN, Measure.QUANTILE):
        return ratio_effect(value, theirs)
    return None
