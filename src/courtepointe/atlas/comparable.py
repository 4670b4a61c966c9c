"""Which figures may be set side by side, and what is known of their errors."""

from __future__ import annotations

from courtepointe.atlas.figures import Figure, Measure, Method, Uncertainty
from courtepointe.core.compare import Difference, Estimate, difference, difference_from_whole

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
SAMPLED = (Uncertainty.SAMPLING, Uncertainty.SAMPLING_AND_ROUNDING)


def estimate(figure: Figure) -> Estimate:
    """Give a figure's value to the core, with what is known of its error."""
    assert figure.value is not None
    unknown = figure.uncertainty is Uncertainty.UNKNOWN
    if unknown or figure.method is Method.RANGE_OF_MEDIANS:
        return Estimate(figure.value)
    exact = figure.uncertainty is Uncertainty.NONE and figure.low is None
    return Estimate(figure.value, figure.low, figure.high, exact=exact)


def difference_of(figure: Figure, theirs: Figure, *, contains: bool) -> Difference:
    """Subtract another area's figure from one; ``contains``: the other holds this area whole.

    Notes
    -----
    An area and the one that contains it share the answers of the area's people. Where both
    intervals speak of the sample, and the area's of nothing else, the shared part is the area's
    base over the whole's; elsewhere none is supposed, and the margin is too wide rather than too
    narrow. See ``docs/methods/comparison.md``.
    """
    ours, other = estimate(figure), estimate(theirs)
    if not contains:
        return difference(ours, other)
    return difference_from_whole(ours, other, shared=_shared(figure, theirs))


def _shared(figure: Figure, theirs: Figure) -> float:
    sampled = figure.uncertainty is Uncertainty.SAMPLING and theirs.uncertainty in SAMPLED
    if not sampled or figure.denominator is None or not theirs.denominator:
        return 0.0
    return min(max(figure.denominator / theirs.denominator, 0.0), 1.0)
