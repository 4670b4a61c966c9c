"""Which ranks are possible, and who can be told from whom."""

from __future__ import annotations

import numpy as np

from courtepointe.core.errors import BadInput
from courtepointe.core.typing import Bools, Floats, Ints


def rank_sets(low: Floats, high: Floats) -> tuple[Ints, Ints]:
    """Give the ranks that each unit may have, from intervals that all hold together.

    Parameters
    ----------
    low, high : (n_units,) float
        Simultaneous intervals: the share that they are made for is that of all holding at once.

    Returns
    -------
    least, most : (n_units,) int
        Rank 1 is that of the lowest value. For ranks of the highest first, hand over the
        intervals of the negative values.

    Raises
    ------
    BadInput
        ``composite_interval``.

    Notes
    -----
    ``rank ∈ [1 + #{j: high_j < low_k}, K − #{j: low_j > high_k}]``. Source: M. Klein, T. Wright and
    J. Wieczorek, "A joint confidence region for an overall ranking of populations", Journal of
    the Royal Statistical Society C 69 (2020), who write ≤ and ≥. Tie rule: where two intervals
    only touch, either unit may come first; so equal exact values share their ranks.
    """
    if low.shape != high.shape or not (low <= high).all():
        raise BadInput("composite_interval", value=str(low.shape), expected=str(high.shape))
    under = np.searchsorted(np.sort(high), low, side="left")
    over = len(low) - np.searchsorted(np.sort(low), high, side="right")
    return 1 + under.astype(np.int64), len(low) - over.astype(np.int64)


def simultaneous(draws: Floats, *, share: float) -> tuple[Floats, Floats]:
    """Give an interval for each unit such that a share of the draws lies in all of them at once.

    Parameters
    ----------
    draws : (n_draws, n_units) float
    share : float, above 0 and under 1

    Returns
    -------
    low, high : (n_units,) float
        The middle of the draws, and the same number of standard deviations on both sides.
    """
    middle, spread = draws.mean(axis=0), draws.std(axis=0)
    wide = np.where(spread > 0.0, spread, 1.0)
    farthest = np.zeros(len(draws))
    for unit in range(draws.shape[1]):
        np.maximum(farthest, np.abs(draws[:, unit] - middle[unit]) / wide[unit], out=farthest)
    reach = np.quantile(farthest, share, method="higher") * spread
    return middle - reach, middle + reach


def told_apart(low: Floats, high: Floats) -> Bools:
    """Say of every two units whether simultaneous intervals tell them apart.

    Returns
    -------
    (n_units, n_units) bool
        True where the two intervals do not meet; false on the diagonal.
    """
    above = low[:, None] > high[None, :]
    apart: Bools = above | above.T
    return apart


def distinguishable(one: Floats, other: Floats, *, share: float) -> bool:
    """Say whether two units that were asked for can be told apart, by their difference in each draw.

    Parameters
    ----------
    one, other : (n_draws,) float
        Scores of the same draws: what moves both does not blur what lies between them.
    share : float, above 0 and under 1

    Returns
    -------
    bool
        True where the interval of the difference leaves zero out. For one pair chosen beforehand; of
        many pairs, use `told_apart`.
    """
    tail = (1.0 - share) / 2.0
    low, high = np.quantile(one - other, (tail, 1.0 - tail))
    return bool(low > 0.0 or high < 0.0)
