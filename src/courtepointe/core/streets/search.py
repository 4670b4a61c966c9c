"""The search from all sites at once. Compiled; see ``docs/methods/streets.md``.

Nodes lie along a curve, so that a run of them is a quarter of the town: its labels stay in the
processor's near memory while it is searched; what leaves it waits for its neighbour's turn. Inside a
quarter those within a band of minutes are looked at first come, first served, and those beyond it
wait for the next band. A label is only ever replaced by a lesser one, and who gets a lesser one is
looked at again: so when nobody waits the labels are those of Dijkstra, to the last bit, whatever the
band and the quarters are; these only decide how soon.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numba
import numpy as np

from courtepointe.core.typing import AnyArray, Bools, Ints

compiled = numba.njit(cache=True, nogil=True, error_model="numpy")
NOBODY = -1
IDLE, NOW, LATER = 0, 1, 2
NOT_WAITING, LAST = -2, -1
NEXT, COUNT = 0, 1
LINE = 64
"""Bytes that a processor brings near at a time."""


class Arcs(NamedTuple):
    """The arcs of each node, where they lead and their minutes: infinite where nobody passes."""

    first: AnyArray
    to: AnyArray
    minutes: AnyArray


class Labels(NamedTuple):
    """Minutes and site of each node so far, and whether it is to be looked at."""

    far: AnyArray
    who: AnyArray
    state: AnyArray


class Several(NamedTuple):
    """Minutes and sites of each node so far, nearest first, and which of them are not passed on yet."""

    far: AnyArray
    who: AnyArray
    fresh: Bools


class Turns(NamedTuple):
    """Who waits for each quarter, as lists through ``after``, and the quarters that wait, in a ring."""

    waiting: AnyArray
    after: AnyArray
    ring: AnyArray
    queued: Bools
    tally: Ints


def search_one(
    arcs: Arcs, node: Ints, start: AnyArray, site: Ints, limit: float, band: float, bits: int
) -> tuple[AnyArray, AnyArray]:
    """Find the nearest site of every node.

    Parameters
    ----------
    arcs : Arcs
        ``first`` (n_nodes + 1,) uint32, ``to`` (n_arcs,) uint32, ``minutes`` (n_arcs,) float.
    node, start, site : (n_starts,)
        Where a site is left from, the minutes already spent there, and the site.
    limit, band : float, minutes
    bits : int
        Nodes of a quarter, as a power of 2.

    Returns
    -------
    (n_nodes,) float, (n_nodes,) int32
        Minutes (infinite beyond the limit) and site (-1 there).
    """
    # Made by numpy, which asks the system for large pages: they are looked up sooner than small ones.
    n = len(arcs.first) - 1
    far, who = np.full(n, np.inf, dtype=arcs.minutes.dtype), np.full(n, NOBODY, dtype=np.int32)
    labels = Labels(far, who, np.zeros(n, dtype=np.uint8))
    after = np.full(n, NOT_WAITING, dtype=np.int32)
    _search_all(arcs, labels, after, node, start, site, limit, band, bits)
    return far, who


@compiled
def _search_all(
    arcs: Arcs, labels: Labels, after: AnyArray, node: Ints, start: AnyArray, site: Ints,
    limit: float, band: float, bits: int,
) -> float:  # fmt: skip
    far, who, _ = labels
    n, n_quarters = len(far), ((len(far) - 1) >> bits) + 1
    turns = _turns(after, n_quarters)
    for k in range(len(node)):
        v = np.uint32(node[k])
        sooner = start[k] < far[v] or (start[k] == far[v] and site[k] < who[v])
        if sooner and start[k] <= limit:
            far[v], who[v] = start[k], site[k]
            _wait(v, v >> np.uint32(bits), turns)
    ring, later = np.empty(1 << bits, dtype=np.uint32), np.empty(1 << bits, dtype=np.uint32)
    met, total = np.zeros(n_quarters, dtype=np.bool_), 0.0
    while turns.tally[COUNT]:
        quarter = _next_turn(turns)
        if n_quarters > 1 and not met[quarter]:
            met[quarter] = True
            total += _read_over(arcs, quarter << bits, min(n, (quarter + 1) << bits))
        _search_quarter(arcs, labels, turns, quarter, ring, later, limit, band, bits)
    return total


@compiled
def _turns(after: AnyArray, n_quarters: int) -> Turns:
    return Turns(
        np.full(n_quarters, LAST, dtype=np.int32),
        after,
        np.empty(n_quarters, dtype=np.uint32),
        np.zeros(n_quarters, dtype=np.bool_),
        np.zeros(2, dtype=np.int64),
    )


@compiled
def _next_turn(turns: Turns) -> Any:
    quarter = turns.ring[turns.tally[NEXT]]
    turns.tally[NEXT] = (turns.tally[NEXT] + 1) % len(turns.ring)
    turns.tally[COUNT] -= 1
    turns.queued[quarter] = False
    return quarter


@compiled
def _wait(v: Any, quarter: Any, turns: Turns) -> None:
    """Have a node wait for its quarter's turn, and the quarter for one."""
    if turns.after[v] != NOT_WAITING:
        return
    turns.after[v] = turns.waiting[quarter]
    turns.waiting[quarter] = v
    if not turns.queued[quarter]:
        turns.queued[quarter] = True
        turns.ring[(turns.tally[NEXT] + turns.tally[COUNT]) % len(turns.ring)] = quarter
        turns.tally[COUNT] += 1


@compiled
def _come_in(quarter: int, labels: Labels, turns: Turns, later: AnyArray) -> tuple[int, float]:
    """Take those who waited for a quarter; say how many they are, and the least minutes."""
    n_later, low = 0, np.inf
    v = turns.waiting[quarter]
    turns.waiting[quarter] = LAST
    while v >= 0:
        later[n_later], labels.state[v] = v, LATER
        n_later, low = n_later + 1, min(low, labels.far[v])
        following = turns.after[v]
        turns.after[v] = NOT_WAITING
        v = following
    return n_later, low


@compiled
def next_band(
    labels: Labels, ring: AnyArray, later: AnyArray, n_later: int, upto: float
) -> tuple[int, int, float]:
    """Let in those of the next band; say how many came, how many wait on, and their least minutes."""
    n_now, kept, low = 0, 0, np.inf
    for i in range(n_later):
        v = later[i]
        if labels.state[v] != LATER:
            continue
        if labels.far[v] <= upto:
            labels.state[v], ring[n_now] = NOW, v
            n_now += 1
        else:
            low, later[kept] = min(low, labels.far[v]), v
            kept += 1
    return n_now, kept, low


@compiled
def _read_over(arcs: Arcs, low: int, high: int) -> float:
    """Read a quarter's streets in one go, which brings them near; one by one they would be waited for.

    The sum means nothing: a compiler leaves out what nobody asks for.
    """
    total = 0.0
    for v in range(low, high, LINE // 4):
        total += arcs.first[v]
    for a in range(arcs.first[low], arcs.first[high], LINE // 4):
        total += arcs.to[a]
    for a in range(arcs.first[low], arcs.first[high], LINE // 8):
        total += arcs.minutes[a]
    return total


@compiled
def _search_quarter(
    arcs: Arcs, labels: Labels, turns: Turns, quarter: int, ring: AnyArray, later: AnyArray,
    limit: float, band: float, bits: int,
) -> None:  # fmt: skip
    """Search a quarter until nobody in it waits.

    ``later`` has room for all of them: who was looked at in a band only gets lesser minutes, and so
    never comes to wait for a later band before the next.
    """
    far, who, state = labels
    one, round_, shift = np.uint32(1), np.uint32(len(ring) - 1), np.uint32(bits)
    n_later, low = _come_in(quarter, labels, turns, later)
    while n_later:
        upto = low + band
        n_now, n_later, low = next_band(labels, ring, later, n_later, upto)
        head, in_ring = np.uint32(0), np.uint32(n_now)
        while in_ring:
            u = ring[head & round_]
            head, in_ring, state[u] = head + one, in_ring - one, IDLE
            for arc in range(arcs.first[u], arcs.first[u + one]):
                v, told = arcs.to[arc], far[u] + arcs.minutes[arc]
                if told > limit or told > far[v] or (told == far[v] and who[u] >= who[v]):
                    continue
                far[v], who[v] = told, who[u]
                if (v >> shift) != quarter:
                    _wait(v, v >> shift, turns)
                elif told > upto:
                    low = min(low, told)
                    n_later += put_later(v, state, later, n_later)
                elif state[v] != NOW:
                    state[v], ring[(head + in_ring) & round_] = NOW, v
                    in_ring += one


@compiled
def put_later(v: Any, state: AnyArray, later: AnyArray, n_later: int) -> int:
    """Have a node wait for a later band; say whether it is one more."""
    if state[v] == LATER:
        return 0
    state[v], later[n_later] = LATER, v
    return 1


@compiled
def search_many(
    arcs: Arcs, node: Ints, start: AnyArray, site: Ints, n_wanted: int, limit: float, band: float,
    bits: int,
) -> tuple[AnyArray, AnyArray]:  # fmt: skip
    """Find the nearest sites of every node, each site once.

    Parameters
    ----------
    n_wanted : int
        How many; the others as of `search_one`.

    Returns
    -------
    (n_nodes, n_wanted) float, (n_nodes, n_wanted) int32
        Nearest first; infinite and -1 where there are no more within the limit.
    """
    n, n_quarters = len(arcs.first) - 1, ((len(arcs.first) - 1) >> bits) + 1
    far = np.full((n, n_wanted), np.inf, dtype=arcs.minutes.dtype)
    who, fresh = (
        np.full((n, n_wanted), NOBODY, dtype=np.int32),
        np.zeros((n, n_wanted), dtype=np.bool_),
    )
    soon = np.full(n, np.inf, dtype=arcs.minutes.dtype)
    labels = Labels(soon, np.empty(0, dtype=np.int32), np.zeros(n, dtype=np.uint8))
    several = Several(far, who, fresh)
    turns = _turns(np.full(n, NOT_WAITING, dtype=np.int32), n_quarters)
    for k in range(len(node)):
        v = np.uint32(node[k])
        if start[k] <= limit and _put_in(several, v, start[k], site[k]):
            soon[v] = min(soon[v], start[k])
            _wait(v, v >> np.uint32(bits), turns)
    ring, later = np.empty(1 << bits, dtype=np.uint32), np.empty(1 << bits, dtype=np.uint32)
    while turns.tally[COUNT]:
        quarter = _next_turn(turns)
        _quarter_of_many(arcs, labels, several, turns, quarter, ring, later, limit, band, bits)
    return far, who


@compiled
def _put_in(several: Several, v: Any, told: float, site: int) -> bool:
    """Put a site among the nearest of a node, in its place; say whether it changed anything."""
    far, who, fresh = several
    last = far.shape[1] - 1
    if told > far[v, last] or (told == far[v, last] and site >= who[v, last]):
        return False
    hole = last
    for j in range(last + 1):
        if who[v, j] == site:
            if far[v, j] <= told:
                return False
            hole = j
            break
    while hole > 0 and (
        told < far[v, hole - 1] or (told == far[v, hole - 1] and site < who[v, hole - 1])
    ):
        far[v, hole], who[v, hole] = far[v, hole - 1], who[v, hole - 1]
        fresh[v, hole] = fresh[v, hole - 1]
        hole -= 1
    far[v, hole], who[v, hole], fresh[v, hole] = told, site, True
    return True


@compiled
def _quarter_of_many(
    arcs: Arcs, labels: Labels, several: Several, turns: Turns, quarter: int, ring: AnyArray,
    later: AnyArray, limit: float, band: float, bits: int,
) -> None:  # fmt: skip
    """Search a quarter, as `_search_quarter`; each node passes on what is new of its sites."""
    soon, _, state = labels
    one, round_, shift = np.uint32(1), np.uint32(len(ring) - 1), np.uint32(bits)
    n_later, low = _come_in(quarter, labels, turns, later)
    while n_later:
        upto = low + band
        n_now, n_later, low = next_band(labels, ring, later, n_later, upto)
        head, in_ring = np.uint32(0), np.uint32(n_now)
        while in_ring:
            u = ring[head & round_]
            head, in_ring, state[u], soon[u] = head + one, in_ring - one, IDLE, np.inf
            for arc in range(arcs.first[u], arcs.first[u + one]):
                v = arcs.to[arc]
                told = _pass_on(several, u, v, arcs.minutes[arc], limit)
                if told == np.inf:
                    continue
                soon[v] = min(soon[v], told)
                if (v >> shift) != quarter:
                    _wait(v, v >> shift, turns)
                elif told > upto:
                    low = min(low, told)
                    n_later += put_later(v, state, later, n_later)
                elif state[v] != NOW:
                    state[v], ring[(head + in_ring) & round_] = NOW, v
                    in_ring += one
            several.fresh[u, :] = False


@compiled
def _pass_on(several: Several, u: Any, v: Any, minutes: float, limit: float) -> float:
    """Tell a neighbour what is new; give the least minutes that changed anything there."""
    least = np.inf
    for j in range(several.far.shape[1]):
        told = several.far[u, j] + minutes
        if told > limit or told == np.inf or told > several.far[v, several.far.shape[1] - 1]:
            break
        if several.fresh[u, j] and _put_in(several, v, told, several.who[u, j]):
            least = min(least, told)
    return least
