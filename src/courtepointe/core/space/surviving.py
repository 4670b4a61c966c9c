"""Whether a local cluster stands when values are drawn again within their intervals."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np

from courtepointe.core.errors import BadInput
from courtepointe.core.space.checks import (
    check_draws,
    check_finite,
    check_length,
    check_not_negative,
)
from courtepointe.core.space.local import PARTS_OF_A_THREAD, Local, dealt_lags, quadrants
from courtepointe.core.space.neighbours import Neighbours
from courtepointe.core.typing import Floats, Ints

BLOCK = 64


def surviving(
    values: Floats,
    errors: Floats,
    neighbours: Neighbours,
    local: Local,
    *,
    at: Ints,
    cut: float,
    rng: np.random.Generator,
    n_draws: int,
    n_threads: int = 1,
) -> Floats:
    """Give the part of redrawings in which units stay clusters of the same kind.

    Parameters
    ----------
    values, errors : (n_units,) float
        Errors are standard ones; 0 for a full count.
    neighbours : Neighbours
    local : Local
        Of these values and neighbours.
    at : (n_at,) int
        Units that are clusters: their p is not above the cut.
    cut : float, above 0 to 1
        The p up to which a unit is one.
    rng : numpy Generator
    n_draws : int, above 0
    n_threads : int
        They change nothing but the time.

    Returns
    -------
    (n_at,) float, 0 to 1
        1 where no value has an error.

    Raises
    ------
    BadInput
        ``core_shape``, ``core_not_a_number``, ``space_negative``, ``space_draws``, ``space_cut``.

    Notes
    -----
    Every value is drawn anew from a normal law around itself, apart from the others. In a drawing a unit
    stays if it is in the same quadrant and its lag, less what is expected and over its standard deviation
    when others are dealt, is beyond the deal that the cut allows: the deals are those of `local`, and keep
    their shape though not their place nor their width. What was seen holds its error once already and
    each drawing adds it again: the test is severe rather than lenient.
    """
    check_length("errors", errors, neighbours.n_units)
    check_finite("errors", errors)
    check_not_negative(errors)
    check_draws(n_draws)
    limits = _limits(values, neighbours, local, at, cut, n_threads)
    weights = neighbours.matrix()
    high = local.at_least[at] <= local.at_most[at]
    stays = np.zeros(at.size)
    for begin in range(0, n_draws, BLOCK):
        n = min(BLOCK, n_draws - begin)
        drawn = values[:, None] + errors[:, None] * rng.standard_normal((values.size, n))
        drawn -= drawn.mean(axis=0)
        lags = weights @ drawn
        told = _beside(drawn, lags, neighbours, at)
        beyond = np.where(high[:, None], told > limits[:, None], told < limits[:, None])
        same = quadrants(drawn[at], lags[at]) == local.quadrant[at][:, None]
        stays += (beyond & same).sum(axis=1)
    return stays / n_draws


def _beside(z: Floats, lags: Floats, neighbours: Neighbours, at: Ints) -> Floats:
    """Give lags as standard deviations from what is expected when all others are dealt.

    Parameters
    ----------
    z, lags : (n_units, n_draws) float
        Deviations from the mean.

    Returns
    -------
    (n_at, n_draws) float
    """
    mean, deviation = _dealt(z, neighbours, at)
    told: Floats = np.divide(
        lags[at] - mean, deviation, out=np.zeros((at.size, z.shape[1])), where=deviation > 0.0
    )
    return told


def _dealt(z: Floats, neighbours: Neighbours, at: Ints) -> tuple[Floats, Floats]:
    """Give mean and standard deviation of the lags of units when others are dealt without returning."""
    n_others = len(z) - 1.0
    weights = neighbours.summed(neighbours.weight)[at, None]
    squares = neighbours.summed(np.square(neighbours.weight))[at, None]
    mean = -z[at] / n_others
    spread = (np.square(z).sum(axis=0) - np.square(z[at])) / n_others - np.square(mean)
    left = np.maximum(squares - np.square(weights) / n_others, 0.0) * n_others / (n_others - 1.0)
    return weights * mean, np.sqrt(np.maximum(spread, 0.0) * left)


def _limits(
    values: Floats, neighbours: Neighbours, local: Local, at: Ints, cut: float, n_threads: int
) -> Floats:
    """Give the standardised lag that a unit must be beyond, on its own side: (n_at,)."""
    allowed = np.floor(cut * (local.n_draws[at] + 1) / 2.0 + 1e-9).astype(np.int64) - 1
    if not ((allowed >= 0) & (allowed < local.n_draws[at])).all():
        raise BadInput("space_cut", value=cut)
    z = values - values.mean()
    high = local.at_least[at] <= local.at_most[at]
    place = np.where(high, local.n_draws[at] - 1 - allowed, allowed)

    def limits(some: Ints) -> list[float]:
        return [
            float(np.partition(dealt_lags(z, neighbours, local, int(at[k])), place[k])[place[k]])
            for k in some
        ]

    mean, deviation = _dealt(z[:, None], neighbours, at)
    parts = np.array_split(np.arange(at.size), max(1, min(PARTS_OF_A_THREAD * n_threads, at.size)))
    with ThreadPoolExecutor(n_threads) as pool:
        told = np.array([one for part in pool.map(limits, parts) for one in part])
    width = np.where(deviation[:, 0] > 0.0, deviation[:, 0], 1.0)
    return (told - mean[:, 0]) / width
