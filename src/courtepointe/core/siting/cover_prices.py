"""Raise the Lagrangian bound of a maximal covering by a volume-like subgradient. Compiled."""

from __future__ import annotations

import numba
import numpy as np

from courtepointe.core.typing import AnyArray, Bools, Floats, Ints

compiled = numba.njit(cache=True, nogil=True, error_model="numpy")
MEMORY = 0.9
"""The part of the former direction that is kept: nine tenths, where prices of thousands of rows zigzag with less."""
FADE = 0.05
"""How fast the means of what was taken forget."""
NOTABLE = 1e-6
"""A bound that rises by less than this part of it has not risen, when the step is judged."""
SHRINK, SHORTEST = 0.8, 1e-9


@compiled
def columns_of(starts: Ints, site: AnyArray, n_sites: int) -> tuple[Ints, AnyArray]:
    """Turn rows of sites into the rows that each site reaches: where they begin, and the rows."""
    begins = np.zeros(n_sites + 1, dtype=np.int64)
    for at in range(len(site)):
        begins[site[at] + 1] += 1
    for one in range(n_sites):
        begins[one + 1] += begins[one]
    place, reached = begins[:-1].copy(), np.empty(len(site), dtype=np.int32)
    for row in range(len(starts) - 1):
        for at in range(starts[row], starts[row + 1]):
            reached[place[site[at]]] = row
            place[site[at]] += 1
    return begins, reached


@compiled
def sum_of(price: Floats, reached: AnyArray, begin: int, end: int) -> float:
    """Add up prices of some rows, in four sums: one would wait for itself."""
    one, two, three, four = 0.0, 0.0, 0.0, 0.0
    at = begin
    while at + 3 < end:
        one += price[reached[at]]
        two += price[reached[at + 1]]
        three += price[reached[at + 2]]
        four += price[reached[at + 3]]
        at += 4
    while at < end:
        one += price[reached[at]]
        at += 1
    return (one + two) + (three + four)


@compiled
def _take(worth: Floats, more: int, taken: Bools) -> float:
    """Take the ``more`` worthiest sites; give what they are worth."""
    least = np.partition(worth, len(worth) - more)[len(worth) - more]
    left, told = more, 0.0
    for one in range(len(worth)):
        taken[one] = worth[one] > least
        if taken[one]:
            told += worth[one]
            left -= 1
    for one in range(len(worth)):
        if left == 0:
            break
        if worth[one] == least:
            taken[one] = True
            told += least
            left -= 1
    return told


@compiled
def _bound(
    begins: Ints, reached: AnyArray, price: Floats, more: int, worth: Floats, taken: Bools,
    mean_taken: Floats,
) -> float:  # fmt: skip
    """Give the bound at some prices; fill what each site is worth, and which are taken."""
    told = 0.0
    for row in range(len(price)):
        told += price[row]
    for one in range(len(worth)):
        worth[one] = sum_of(price, reached, begins[one], begins[one + 1])
    told -= _take(worth, more, taken)
    for one in range(len(taken)):
        mean_taken[one] += FADE * ((1.0 if taken[one] else 0.0) - mean_taken[one])
    return told


@compiled
def _turn(
    begins: Ints, reached: AnyArray, cap: Floats, price: Floats, taken: Bools, times: AnyArray,
    heading: Floats,
) -> tuple[float, float]:  # fmt: skip
    """Turn the direction towards the subgradient; give its length squared, and what is taken costs."""
    times[:] = 0
    for one in range(len(taken)):
        if taken[one]:
            for at in range(begins[one], begins[one + 1]):
                times[reached[at]] += 1
    size, cost = 0.0, 0.0
    for row in range(len(price)):
        slope = 1.0 - times[row]
        if slope > 0.0:
            cost += cap[row]
            if price[row] >= cap[row]:
                slope = 0.0
        heading[row] = (1.0 - MEMORY) * slope + MEMORY * heading[row]
        size += heading[row] * heading[row]
    return size, cost


@compiled
def ascend_cover(
    begins: Ints, reached: AnyArray, cap: Floats, more: int, upper: float, slack: float, price: Floats,
    step: float, patience: int, rounds: int, best_price: Floats, best_worth: Floats,
    mean_taken: Floats, chosen: Bools,
) -> tuple[float, float, float]:  # fmt: skip
    """Make ``rounds`` steps from ``price``; stop early where no choice is better than the best.

    What is taken at a step is a choice too: the one that costs less than ``upper``, and the least, is left
    in ``chosen``. Fills ``best_price`` and ``best_worth`` (of the best bound) and ``mean_taken`` (how often
    each site was taken lately). Gives the best bound, the step, and what the best choice costs.

    Notes
    -----
    The direction is a mean of subgradients that forgets slowly (F. Barahona and R. Anbil, "The volume
    algorithm", 2000), the length Polyak's. Any prices between 0 and the caps give a valid bound: a choice
    pays the cap of a row that it leaves, and Σ price less the worth of its own sites counts for each row at
    most its price if it is left, and nothing if it is reached.
    """
    worth, taken = np.empty(len(mean_taken)), np.zeros(len(mean_taken), dtype=np.bool_)
    times, heading = np.zeros(len(cap), dtype=np.int32), np.zeros(len(cap))
    best, stale = -np.inf, 0
    for _ in range(rounds):
        told = _bound(begins, reached, price, more, worth, taken, mean_taken)
        stale += 1
        if told > best:
            stale = 0 if told > best + NOTABLE * abs(told) else stale
            best = told
            best_price[:] = price
            best_worth[:] = worth
        if stale >= patience:
            step, stale = step * SHRINK, 0
            price[:] = best_price
        size, cost = _turn(begins, reached, cap, price, taken, times, heading)
        if cost < upper:
            upper = cost
            chosen[:] = taken
        if best >= upper - slack or size < 1e-18:
            return best, step if size >= 1e-18 else 0.0, upper
        length = step * max(upper - told, SHORTEST * abs(upper)) / size
        for row in range(len(price)):
            price[row] = min(max(price[row] + length * heading[row], 0.0), cap[row])
    return best, step, upper


@compiled
def settle(
    starts: Ints, site: AnyArray, cap: Floats, price: Floats, number: AnyArray, opened: Bools, out: float
) -> tuple[Ints, AnyArray, Floats, Floats, AnyArray, float]:  # fmt: skip
    """Leave out what is decided, and merge the rows that have become equal.

    ``number`` gives each undecided site its new number, -1 for the decided. A row that an open site reaches
    goes, and one of no people; a row without any site left goes, and its cap into a sum. Rows that the same sites reach become one,
    with the sum of their caps, ``out`` at most, and of their prices: the bound at these prices stays.
    Gives starts, sites, caps, prices, the new number of each row or -1, and the sum.
    """
    new_starts, new_site = np.zeros(len(cap) + 1, dtype=np.int64), np.empty(len(site), np.int32)
    new_cap, new_price = np.empty(len(cap)), np.empty(len(cap))
    group = np.full(len(cap), -1, dtype=np.int32)
    n_slots = 1
    while n_slots < 2 * len(cap) + 2:
        n_slots *= 2
    slots = np.full(n_slots, -1, dtype=np.int32)
    n, left = 0, 0.0
    for row in range(len(cap)):
        if cap[row] == 0.0:
            continue
        end = _undecided(
            site, starts[row], starts[row + 1], number, opened, new_site, new_starts[n]
        )
        if end < 0:
            continue
        if end == new_starts[n]:
            left += cap[row]
            continue
        slot = _slot(new_site, new_starts, n, end, slots)
        if slots[slot] < 0:
            slots[slot] = n
            new_cap[n], new_price[n] = 0.0, 0.0
            n += 1
            new_starts[n] = end
        same = slots[slot]
        group[row] = same
        new_cap[same] = min(new_cap[same] + cap[row], out)
        new_price[same] += price[row]
    size = new_starts[n]
    return (
        new_starts[: n + 1].copy(), new_site[:size].copy(), new_cap[:n].copy(), new_price[:n].copy(),
        group, left,
    )  # fmt: skip


@compiled
def _undecided(
    site: AnyArray, begin: int, end: int, number: AnyArray, opened: Bools, held: AnyArray, at: int
) -> int:
    """Write the undecided sites of a row after each other from ``at``; give their end, -1 if one is open."""
    for place in range(begin, end):
        if opened[site[place]]:
            return -1
        if number[site[place]] >= 0:
            held[at] = number[site[place]]
            at += 1
    return at


@compiled
def _slot(held: AnyArray, starts: Ints, n: int, end: int, slots: AnyArray) -> int:
    """Find the slot of the list that begins after the ``n`` first, or a free one for it."""
    begin = starts[n]
    key = np.uint64(1469598103934665603)
    for at in range(begin, end):
        key = (key ^ np.uint64(held[at] + 1)) * np.uint64(0x9E3779B97F4A7C15)
        key ^= key >> np.uint64(29)
    slot = np.int64((key >> np.uint64(1)) & np.uint64(len(slots) - 1))
    while slots[slot] >= 0:
        other = starts[slots[slot]]
        same = starts[slots[slot] + 1] - other == end - begin
        place = 0
        while same and place < end - begin:
            same = held[other + place] == held[begin + place]
            place += 1
        if same:
            return int(slot)
        slot = (slot + 1) & (len(slots) - 1)
    return int(slot)
