"""The tests behind clusters: values on one scale, deals at random, false discoveries, redrawings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from courtepointe.atlas.comparable import estimate
from courtepointe.atlas.figures import Figure
from courtepointe.atlas.query.cluster_values import WhyNot
from courtepointe.atlas.recipe.values import Indicator
from courtepointe.core.intervals import sampling_variance
from courtepointe.core.multiplicity import adjusted
from courtepointe.core.space import (
    Local,
    Neighbours,
    Spread,
    local_moran,
    moran,
    moran_dealt,
    smoothed,
    standardised,
    surviving,
)
from courtepointe.core.typing import Bools, Floats, Ints

RATE = 0.05
STAYS = 0.95
DRAWS, AGAIN, REDRAWN = 999, 9_999, 499
SEED = 20_210_511
"""Whoever asks again gets the same answer."""
THREADS = 2


@dataclass(frozen=True, slots=True)
class Scaled:
    """Values of units as they are tested.

    Attributes
    ----------
    value, error : (n_units,) float
        With their standard errors; 0 where there is none, or none is known.
    error_known : (n_units,) bool
    smoothed : (n_units,) float or None
        Shares drawn towards that of all, in the indicator's unit; None where values are tested as they are.
    """

    value: Floats
    error: Floats
    error_known: Bools
    smoothed: Floats | None


@dataclass(frozen=True, slots=True)
class Tests:
    """What the tests say: (n_units,) each.

    Attributes
    ----------
    quadrant : int, of `Quadrant`
    p, q : float
    stays : float
        0 where it was not asked.
    """

    whole: Spread
    p_whole: float
    smoothed: Floats | None
    quadrant: Ints
    index: Floats
    p: Floats
    q: Floats
    stays: Floats
    why_not: tuple[WhyNot, ...]


def scaled(figures: Sequence[Figure], indicator: Indicator) -> Scaled:
    """Set figures on one scale: shares of counts by how many people they rest on.

    Parameters
    ----------
    figures : (n_units,) sequence of Figure
        All with a value.
    indicator : Indicator
    """
    value = np.array([figure.value for figure in figures], dtype=np.float64)
    error, known = errors_of(figures)
    counts = counts_of(figures, indicator)
    if counts is None:
        return Scaled(value, error, known, None)
    events, people = counts
    told = standardised(events, people, subset=True)
    smooth = smoothed(events, people).rate * indicator.scale
    return Scaled(told.value, error / indicator.scale / told.scale, known, smooth)


def counts_of(figures: Sequence[Figure], indicator: Indicator) -> tuple[Floats, Floats] | None:
    """Give what shares were divided from, where they are shares of counts and all are known."""
    parts = [(f.numerator, f.denominator) for f in figures]
    shares = indicator.unit == "percent" and indicator.aggregation == "ratio_of_sums"
    if not shares or any(above is None or not below for above, below in parts):
        return None
    events, people = np.array(parts, dtype=np.float64).T
    # Rounded at random, a part may pass its whole.
    return np.minimum(events, people), people


def errors_of(figures: Sequence[Figure]) -> tuple[Floats, Bools]:
    """Give the standard errors of values, 0 where there is none or none is known, and which are known."""
    told = [estimate(figure) for figure in figures]
    known = np.array([one.error_known for one in told], dtype=np.bool_)
    low = np.array([one.value if one.low is None else one.low for one in told])
    high = np.array([one.value if one.high is None else one.high for one in told])
    return np.sqrt(sampling_variance(low, high, np.ones(len(told), np.bool_))), known


def tests_of(values: Scaled, neighbours: Neighbours) -> Tests:
    """Test each unit and all of them.

    Parameters
    ----------
    values : Scaled
    neighbours : Neighbours
        Among units with a value; binary.

    Raises
    ------
    NoAnswer
        ``space_all_equal``, ``space_no_pairs``, ``space_too_few``.
    """
    rng = np.random.default_rng(SEED)
    means = neighbours.standardised()
    whole = moran(values.value, means)
    p_whole = moran_dealt(values.value, means, rng=rng, n_draws=DRAWS)
    local = local_moran(
        values.value, means, rng=rng, n_draws=DRAWS, n_again=AGAIN, n_threads=THREADS
    )
    tested, p = local.tested, local.p_value
    q = np.ones(p.size)
    q[tested] = adjusted(p[tested])
    found = np.flatnonzero(tested & (q <= RATE))
    stays = np.zeros(p.size)
    if found.size:
        stays[found] = surviving(
            values.value, values.error, means, local,
            at=found, cut=float(p[found].max()), rng=rng, n_draws=REDRAWN,
            n_threads=THREADS,
        )  # fmt: skip
    why_not = _why_not(values, neighbours, local, q, stays)
    return Tests(whole, p_whole, values.smoothed, local.quadrant, local.index, p, q, stays, why_not)


def _why_not(
    values: Scaled, neighbours: Neighbours, local: Local, q: Floats, stays: Floats
) -> tuple[WhyNot, ...]:
    """Say of each unit what keeps it out; the first reason of all that hold."""
    unknown = ~values.error_known
    unknown |= neighbours.summed(unknown[neighbours.unit].astype(np.float64)) > 0.0
    reasons = (
        (~local.tested, WhyNot.NO_NEIGHBOUR),
        (q > RATE, WhyNot.CHANCE),
        (unknown, WhyNot.ERROR_UNKNOWN),
        (stays < STAYS, WhyNot.INTERVAL),
        (np.ones(q.size, np.bool_), WhyNot.NOTHING),
    )
    first = np.argmax([holds for holds, _ in reasons], axis=0)
    return tuple(reasons[place][1] for place in first.tolist())
