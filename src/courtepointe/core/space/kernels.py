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
LEAST_AHEAD, MOST_AHEAD = 16, 256
"""Deals drawn at once."""
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
def _place_at(start: Any, number: Any, n_others: Any, own: Any) -> Any:
    """Give the unit that a number of a stream draws among all others."""
    place = np.int32(((_mixed(start + STEP * number) >> HALF) * n_others) >> HALF)
    return place + np.int32(place >= own)


@compiled
def _draw_ahead(start: Any, number: int, n_others: Any, own: Any, drawn: AnyArray) -> None:
    """Draw the units of many deals, (n_places, n_deals), as if none were drawn twice for one."""
    size = np.uint64(len(drawn))
    for k in range(len(drawn)):
        row, first = drawn[k], np.uint64(number + k)
        for deal in range(row.size):
            row[deal] = _place_at(start, first + np.uint64(deal) * size, n_others, own)


@compiled
def _n_sound(drawn: AnyArray, twice: AnyArray) -> int:
    """Count the deals before the first one that has a unit twice."""
    twice[:] = False
    for k in range(1, len(drawn)):
        for j in range(k):
            row, other = drawn[k], drawn[j]
            for deal in range(row.size):
                twice[deal] |= row[deal] == other[deal]
    for deal in range(twice.size):
        if twice[deal]:
            return deal
    return twice.size


@compiled
def _sum_deals(z: Floats, weight: Floats, drawn: AnyArray, told: Floats) -> None:
    """Give the weighted sums of the first deals, as many as there is room in told."""
    told[:] = 0.0
    for k in range(weight.size):
        row, its = drawn[k], weight[k]
        for deal in range(told.size):
            told[deal] += its * z[row[deal]]


@compiled
def _deal_again(
    z: Floats, weight: Floats, start: Any, number: int, n_others: Any, own: Any, held: AnyArray
) -> tuple[float, int]:
    """Make one deal place after place, drawing anew what is drawn twice; give its sum and the next number."""
    total = 0.0
    for k in range(weight.size):
        again = True
        while again:
            held[k] = _place_at(start, np.uint64(number), n_others, own)
            number += 1
            again = False
            for j in range(k):
                again |= held[j] == held[k]
        total += weight[k] * z[held[k]]
    return total, number


@compiled
def _deal_few(z: Floats, weight: Floats, own: Any, start: Any, told: Floats) -> None:
    """Deal other units to a unit's places, as many times as there is room in told.

    Deals are drawn ahead, several at once; after one that has a unit twice, all are drawn again.
    """
    size, n_others = weight.size, np.uint64(z.size - 1)
    ahead = min(max(2 * z.size // (size * size), LEAST_AHEAD), MOST_AHEAD)
    drawn, held = np.empty((size, ahead), np.int32), np.empty(size, np.int32)
    twice = np.empty(ahead, np.bool_)
    number, done = 1, 0
    while done < told.size:
        _draw_ahead(start, number, n_others, own, drawn)
        left = told.size - done
        sound = min(_n_sound(drawn, twice), left)
        _sum_deals(z, weight, drawn, told[done : done + sound])
        done, number = done + sound, number + sound * size
        if sound < min(ahead, left):
            told[done], number = _deal_again(z, weight, start, number, n_others, own, held)
            done += 1


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
    if weight.size <= FEW and 4 * weight.size < z.size:
        _deal_few(z, weight, np.int32(own), state, told)
        return told
    deck = np.arange(z.size - 1)
    for draw in range(n_draws):
        told[draw], state = _among_many(z, weight, deck, own, state)
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
        lags, least, most = dealt(z, its, unit, seed, n_draws), lag[unit] - near, lag[unit] + near
        for draw in range(n_draws):
            above += lags[draw] >= least
            below += lags[draw] <= most
        told[place, 0], told[place, 1] = above, below
    return told
