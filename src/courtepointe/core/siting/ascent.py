"""Raise the Lagrangian bound of a siting problem by a deflected subgradient. Compiled."""

from __future__ import annotations

import numba
import numpy as np

from courtepointe.core.typing import AnyArray, Bools, Floats, Ints

compiled = numba.njit(cache=True, nogil=True, error_model="numpy")
MEMORY = 0.3
"""The part of the former direction that is kept in the next one."""
FADE = 0.05
"""How fast the means of what was taken forget."""
NOTABLE = 1e-6
"""A bound that rises by less than this part of it has not risen, when the step is judged."""
LEAST_STEP = 1e-4


@compiled
def bound_at(
    starts: Ints, site: AnyArray, cost: Floats, price: Floats, more: int, worth: Floats, taken: Bools
) -> float:  # fmt: skip
    """Give the bound at given prices; fill what each site is worth, and which ``more`` are taken."""
    worth[:] = 0.0
    told = 0.0
    for row in range(len(price)):
        most = price[row]
        told += most
        for at in range(starts[row], starts[row + 1]):
            if cost[at] >= most:
                break
            worth[site[at]] += most - cost[at]
    taken[:] = False
    if more <= 0:
        return told
    least = np.partition(worth, len(worth) - more)[len(worth) - more]
    left = more
    for one in range(len(worth)):
        if worth[one] > least:
            taken[one] = True
            told -= worth[one]
            left -= 1
    for one in range(len(worth)):
        if left == 0:
            break
        if worth[one] == least:
            taken[one] = True
            told -= worth[one]
            left -= 1
    return told


@compiled
def turn(
    starts: Ints, site: AnyArray, cost: Floats, cap: Floats, price: Floats, taken: Bools,
    heading: Floats,
) -> float:  # fmt: skip
    """Turn the direction towards the subgradient; give its length squared."""
    size = 0.0
    for row in range(len(price)):
        slope = 1.0
        for at in range(starts[row], starts[row + 1]):
            if cost[at] >= price[row]:
                break
            if taken[site[at]]:
                slope -= 1.0
        if slope > 0.0 and price[row] >= cap[row]:
            slope = 0.0
        heading[row] = (1.0 - MEMORY) * slope + MEMORY * heading[row]
        size += heading[row] * heading[row]
    return size


@compiled
def ascend(
    starts: Ints, site: AnyArray, cost: Floats, cap: Floats, more: int, upper: float, enough: float,
    price: Floats, step: float, patience: int, rounds: int, best: float, best_price: Floats,
    best_worth: Floats, mean_taken: Floats, heading: Floats,
) -> tuple[float, float]:  # fmt: skip
    """Make ``rounds`` steps of the subgradient from ``price``; stop early past ``enough``.

    Fills ``best_price`` and ``best_worth`` (of the best bound), ``mean_taken`` (how often each site was
    taken lately), ``heading`` (the direction). Gives the best bound and the step.
    """
    worth, taken = np.empty(len(mean_taken)), np.empty(len(mean_taken), dtype=np.bool_)
    stale = 0
    for _ in range(rounds):
        told = bound_at(starts, site, cost, price, more, worth, taken)
        for one in range(len(taken)):
            mean_taken[one] += FADE * ((1.0 if taken[one] else 0.0) - mean_taken[one])
        stale += 1
        if told > best:
            if told > best + NOTABLE * abs(told):
                stale = 0
            best = told
            best_price[:] = price
            best_worth[:] = worth
        if best >= enough or step < LEAST_STEP:
            return best, step
        if stale >= patience:
            step *= 0.6
            stale = 0
            price[:] = best_price
        size = turn(starts, site, cost, cap, price, taken, heading)
        if size < 1e-18:
            return best, 0.0
        length = step * max(upper - told, NOTABLE * abs(upper)) / size
        for row in range(len(price)):
            price[row] = min(max(price[row] + length * heading[row], 0.0), cap[row])
    return best, step


@compiled
def thin(
    starts: Ints, site: AnyArray, cost: Floats, cap: Floats, number: AnyArray, opened: Bools
) -> tuple[Ints, AnyArray, Floats, Floats, Ints, float]:
    """Leave out what is decided: closed sites, and all that a row has beyond an open one.

    ``number`` gives each undecided site its new number, -1 for the decided. The cost of the nearest
    open site becomes the cap of its row; a row without any site left goes, and its cap into a sum.
    Gives starts, sites, costs and caps, the rows that stay, and that sum.
    """
    n = len(cap)
    new_starts = np.zeros(n + 1, dtype=np.int64)
    new_site = np.empty(len(site), dtype=np.int32)
    new_cost = np.empty(len(cost))
    new_cap = np.empty(n)
    kept = np.empty(n, dtype=np.int64)
    rows, size, left = 0, 0, 0.0
    for row in range(n):
        most = cap[row]
        for at in range(starts[row], starts[row + 1]):
            if opened[site[at]]:
                most = min(most, cost[at])
                break
            if number[site[at]] >= 0 and cost[at] < most:
                new_site[size] = number[site[at]]
                new_cost[size] = cost[at]
                size += 1
        if size == new_starts[rows]:
            left += most
            continue
        new_cap[rows] = most
        kept[rows] = row
        rows += 1
        new_starts[rows] = size
    return (
        new_starts[: rows + 1].copy(), new_site[:size].copy(), new_cost[:size].copy(),
        new_cap[:rows].copy(), kept[:rows].copy(), left,
    )  # fmt: skip


@compiled
def trim(
    starts: Ints, site: AnyArray, cost: Floats, cap: Floats, price: Floats, short: Floats, gap: float,
    out: float,
) -> tuple[Ints, AnyArray, Floats, Floats]:  # fmt: skip
    """Leave out entries that nothing better than the best can use.

    A row served at ``cost`` by a site adds at least what that lies over its price, and ``short`` of the
    site, to the bound: where the two reach ``gap`` the entry goes. A cap that goes so becomes ``out``.
    """
    n = len(cap)
    new_starts = np.zeros(n + 1, dtype=np.int64)
    new_site, new_cost = np.empty(len(site), dtype=np.int32), np.empty(len(cost))
    new_cap = cap.copy()
    size = 0
    for row in range(n):
        for at in range(starts[row], starts[row + 1]):
            if max(cost[at] - price[row], 0.0) + short[site[at]] < gap:
                new_site[size], new_cost[size] = site[at], cost[at]
                size += 1
        new_starts[row + 1] = size
        if cap[row] - price[row] >= gap:
            new_cap[row] = out
    return new_starts, new_site[:size].copy(), new_cost[:size].copy(), new_cap
