"""Set a figure beside the same figure of an area of comparison, and say if the two differ."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from courtepointe.atlas.comparable import COMPARABLE, difference_of
from courtepointe.atlas.figures import Figure, Measure
from courtepointe.atlas.query.series_values import SeriesChange
from courtepointe.atlas.query.values import AreaIdentity, AreaKey, Compared
from courtepointe.atlas.recipe.values import Indicator, Words
from courtepointe.core.change import Statement
from courtepointe.core.compare import Difference, ratio_effect, share_effect


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
    key: AreaKey | None
    verdict: Verdict
    difference: Difference
    effect: float | None
    ref: str = ""


def compare(
    figure: Figure,
    theirs: Figure,
    *,
    indicator: Indicator,
    name: Words,
    key: AreaKey | None,
    ref: str = "",
    contains: bool = False,
) -> Comparison | None:
    """Compare two figures; None where the measure or a missing value forbids it."""
    if indicator.measure not in COMPARABLE or figure.value is None or theirs.value is None:
        return None
    gap = difference_of(figure, theirs, contains=contains)
    effect = _effect(figure.value, theirs.value, indicator)
    held = ref or str(key)
    return Comparison(figure, theirs, name, key, _verdict(gap), gap, effect, held)


def compare_with(
    figure: Figure, theirs: Figure, compared: Compared, indicator: Indicator
) -> Comparison | None:
    """Compare a figure with that of a comparator, as the comparator's kind asks."""
    if compared.kind == "past":
        change = dict(compared.changes).get(figure.indicator)
        return _changed(figure, theirs, compared, change)
    return compare(
        figure,
        theirs,
        indicator=indicator,
        name=compared.name,
        key=compared.key,
        ref=compared.ref,
        contains=compared.contains,
    )


def compare_side_by_side(
    figure: Figure,
    reference: Figure,
    *,
    indicator: Indicator,
    of: AreaIdentity,
    with_: AreaIdentity,
) -> Comparison | None:
    """Compare the figures of two areas that a reader chose, whichever of the two holds the other.

    Of areas that only overlap, nothing shared is supposed: the margin is then too wide.
    """
    name, key = with_.name, with_.key
    if of.key is not None and of.key in with_.parents:
        return compare(reference, figure, indicator=indicator, name=name, key=key, contains=True)
    contains = key is not None and key in of.parents
    return compare(figure, reference, indicator=indicator, name=name, key=key, contains=contains)


def _changed(
    figure: Figure, theirs: Figure, compared: Compared, told: SeriesChange | None
) -> Comparison | None:
    """Take what the series says of the change; counts may be set beside their own past."""
    if told is None:
        return None
    made = told.change
    wide = None if made.low is None or made.high is None else (made.high - made.low) / 2.0
    apart = made.statement in (Statement.HIGHER, Statement.LOWER)
    distinct = None if made.statement is Statement.UNKNOWN else apart
    gap = Difference(made.difference, wide, distinct)
    return Comparison(figure, theirs, compared.name, None, _verdict(gap), gap, None, compared.ref)


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
