"""The inner loop of local statistics: other units dealt to the places of a unit's neighbours.

Compiled. Every unit has a stream of chance of its own, so that threads change nothing.
"""

from __future__ import annotations

from typing import Any

import numba
import numpy as np

from courtepointe.core.typing import AnyArray, Floats, Ints

compiled = numba.njit(cache=True, nogil=True, error_model="numpy")
STEP = np.uint64(0x9E3779B97F4A7C15)
FEW = 48
"""Up to so many neighbours, one drawn twice is looked for among the others; above, a deck is dealt."""
HALF = np.uint64(32)
LOW = np.uint64(0xFFFFFFFF)


@compiled
def _mixed(state: Any) -> Any:
    """Give the number of a state: splitmix64 (G. L. Steele, D. Lea and C. H. Flood, OOPSLA 2014)."""
    told = state
    told = (told ^ (told >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    told = (told ^ (told >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return told ^ (told >> np.uint64(31))


@compiled
def _among_few(
    z: Floats, weight: Floats, drawn: AnyArray, own: int, state: Any
) -> tuple[float, Any]:
    """Deal other units to a unit's places; give their weighted sum and the next state."""
    n_others = np.uint64(z.size - 1)
    total = 0.0
    for k in range(weight.size):
        while True:
            state += STEP
            place = np.int64(((_mixed(state) >> HALF) * n_others) >> HALF)
            again = False
            for j in range(k):
                again |= drawn[j] == place
            if not again:
                break
        drawn[k] = place
        total += weight[k] * z[place + (place >= own)]
    return total, state


@compiled
def _among_many(
    z: Floats, weight: Floats, deck: AnyArray, own: int, state: Any
) -> tuple[float, Any]:
    """Do the same from a deck of all others, shuffled as far as is needed."""
    total = 0.0
    for k in range(weight.size):
        state += STEP
        left = np.uint64(deck.size - k)
        chosen = k + np.int64(((_mixed(state) >> HALF) * left) >> HALF)
        deck[k], deck[chosen] = deck[chosen], deck[k]
        place = deck[k]
        total += weight[k] * z[place + (place >= own)]
    return total, state


@compiled
def dealt(z: Floats, weight: Floats, own: int, seed: Any, n_draws: int) -> Floats:
    """Give the lags that a unit would have if other units were dealt to its neighbours' places.

    Parameters
    ----------
    z : (n_units,) float
    weight : (n_neighbours,) float
    own : int
        Position of the unit.
    seed : uint64
    n_draws : int

    Returns
    -------
    (n_draws,) float
    """
    told = np.empty(n_draws)
    state = _mixed(np.uint64(seed) + STEP * np.uint64(own + 1))
    few = weight.size <= FEW and 4 * weight.size < z.size
    space = np.empty(weight.size, np.int64) if few else np.arange(z.size - 1)
    for draw in range(n_draws):
        if few:
            told[draw], state = _among_few(z, weight, space, own, state)
        else:
            told[draw], state = _among_many(z, weight, space, own, state)
    return told


@compiled
def count_dealt(
    z: Floats, first: Ints, weight: Floats, lag: Floats, units: Ints, seed: Any, n_draws: int,
    near: float,
) -> AnyArray:  # fmt: skip
    """Count the dealt lags that are at least, and at most, a unit's own: (n, 2) int64.

    ``units``: positions, (n,); ``near``: lags that differ by no more are equal, as sums in another order are.
    """
    told = np.zeros((units.size, 2), np.int64)
    for place in range(units.size):
        unit = units[place]
        its = weight[first[unit] : first[unit + 1]]
        if its.size == 0:
            continue
        above = below = 0
        for one in dealt(z, its, unit, seed, n_draws):
            above += one >= lag[unit] - near
            below += one <= lag[unit] + near
        told[place, 0], told[place, 1] = above, below
    return told
