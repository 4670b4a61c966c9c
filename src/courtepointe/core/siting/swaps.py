"""Open sites one by one, then exchange one for another while somebody gains. Compiled."""

from __future__ import annotations

import numba
import numpy as np

from courtepointe.core.typing import AnyArray, Bools, Floats, Ints

compiled = numba.njit(cache=True, nogil=True, error_model="numpy")
NONE = -1
LEAST_GAIN = 1e-11
"""An exchange counts when it gains more than this part of the total: less is a rounding."""


@compiled
def serve(
    starts: Ints, site: AnyArray, cost: Floats, cap: Floats, opened: Bools,
    first: Floats, who: AnyArray, second: Floats,
) -> float:  # fmt: skip
    """Find the cheapest and second cheapest open site of every row; give the total cost."""
    total = 0.0
    for row in range(len(cap)):
        first[row] = second[row] = cap[row]
        who[row] = NONE
        for at in range(starts[row], starts[row + 1]):
            if opened[site[at]]:
                if who[row] == NONE:
                    who[row] = site[at]
                    first[row] = cost[at]
                else:
                    second[row] = cost[at]
                    break
        total += first[row]
    return total


@compiled
def open_greedily(
    starts: Ints,
    site: AnyArray,
    cost: Floats,
    cap: Floats,
    opened: Bools,
    allowed: Bools,
    more: int,
) -> None:
    """Open ``more`` sites, each time the one that lowers the total the most."""
    now = cap.copy()
    gain = np.zeros(len(opened))
    for row in range(len(cap)):
        for at in range(starts[row], starts[row + 1]):
            if opened[site[at]]:
                now[row] = min(now[row], cost[at])
                break
        for at in range(starts[row], starts[row + 1]):
            if cost[at] >= now[row]:
                break
            gain[site[at]] += now[row] - cost[at]
    for _ in range(more):
        best = NONE
        for one in range(len(opened)):
            if allowed[one] and not opened[one] and (best == NONE or gain[one] > gain[best]):
                best = one
        if best == NONE:
            return
        opened[best] = True
        _lower(starts, site, cost, best, now, gain)


@compiled
def _lower(
    starts: Ints, site: AnyArray, cost: Floats, opening: int, now: Floats, gain: Floats
) -> None:
    """Take out of the gains what the site that opens gives already."""
    for row in range(len(now)):
        for at in range(starts[row], starts[row + 1]):
            if cost[at] >= now[row]:
                break
            if site[at] == opening:
                fresh, old = cost[at], now[row]
                for other in range(starts[row], starts[row + 1]):
                    if cost[other] >= old:
                        break
                    gain[site[other]] -= old - max(cost[other], fresh)
                now[row] = fresh
                break


@compiled
def exchange(
    starts: Ints, site: AnyArray, cost: Floats, cap: Floats, opened: Bools, movable: Bools,
    allowed: Bools, most: int,
) -> float:  # fmt: skip
    """Exchange an open site for another while the total falls, the best exchange each time.

    ``movable`` sites may close, ``allowed`` ones may open; ``most`` exchanges at most. Gives the total.
    """
    n_sites = len(opened)
    first, second = np.empty(len(cap)), np.empty(len(cap))
    who = np.empty(len(cap), dtype=np.int32)
    gain, loss = np.empty(n_sites), np.empty(n_sites)
    slot = np.full(n_sites, NONE, dtype=np.int32)
    closing = np.flatnonzero(opened & movable)
    slot[closing] = np.arange(len(closing), dtype=np.int32)
    extra = np.empty((n_sites, len(closing)))
    total = serve(starts, site, cost, cap, opened, first, who, second)
    for _ in range(most):
        _gains(starts, site, cost, first, who, second, slot, gain, loss, extra)
        best, inside, outside = LEAST_GAIN * (1.0 + abs(total)), NONE, NONE
        for one in range(n_sites):
            if opened[one] or not allowed[one]:
                continue
            for place in range(len(closing)):
                told = gain[one] - loss[closing[place]] + extra[one, place]
                if told > best:
                    best, inside, outside = told, one, place
        if inside == NONE:
            return total
        leaving = closing[outside]
        opened[inside], opened[leaving] = True, False
        closing[outside] = inside
        slot[inside], slot[leaving] = outside, NONE
        total = serve(starts, site, cost, cap, opened, first, who, second)
    return total


@compiled
def _gains(
    starts: Ints, site: AnyArray, cost: Floats, first: Floats, who: AnyArray, second: Floats,
    slot: AnyArray, gain: Floats, loss: Floats, extra: Floats,
) -> None:  # fmt: skip
    """What opening each site gains, what closing each loses, and what is counted twice in both."""
    gain[:] = 0.0
    loss[:] = 0.0
    extra[:] = 0.0
    for row in range(len(first)):
        near, far, mine = first[row], second[row], who[row]
        place = slot[mine] if mine != NONE else NONE
        if mine != NONE:
            loss[mine] += far - near
        for at in range(starts[row], starts[row + 1]):
            if cost[at] >= near and (place == NONE or cost[at] >= far):
                break
            one = site[at]
            if cost[at] < near:
                gain[one] += near - cost[at]
            if place != NONE and cost[at] < far:
                extra[one, place] += far - max(near, cost[at])
