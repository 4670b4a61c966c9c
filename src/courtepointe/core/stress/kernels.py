"""The inner loops of stress: the forest of nearest ways repaired under closures, and put back.

Compiled; see ``docs/methods/stress.md``. Who waits for which band is the rule of ``core/streets/search.py``.
The compiler's cache on disk only watches this file: what is changed there counts here once this file
is saved anew.
"""

from __future__ import annotations

from typing import NamedTuple

import numba
import numpy as np

from courtepointe.core.streets.search import IDLE, LATER, NOBODY, NOW, Labels, next_band, put_later
from courtepointe.core.typing import AnyArray, Bools, Floats, Ints

compiled = numba.njit(cache=True, nogil=True, error_model="numpy")
WHOLE = 3
"""Beside the states of the search: who lost nothing."""


class Town(NamedTuple):
    """Arcs and labels by place in the forest; where sites begin; who lives there.

    Attributes
    ----------
    first : (n + 1,) uint32; to : (n_arcs,) uint32; minutes : (n_arcs,) float
    arcs_of : (n_edges, 2) int32
        The two arcs of each edge, -1 for a loop.
    far : (n,) float; who : (n,) int32; size : (n,) int32; below : (n_edges,) int32
    starts : (n_sites + 1,) int; start_place : (n_starts,) int32; start_min : (n_starts,) float
    people : (n, n_groups) float
    """

    first: AnyArray
    to: AnyArray
    minutes: AnyArray
    arcs_of: AnyArray
    far: AnyArray
    who: AnyArray
    size: AnyArray
    below: AnyArray
    starts: Ints
    start_place: AnyArray
    start_min: AnyArray
    people: Floats


class Bench(NamedTuple):
    """What a search writes on; as at first once a scenario is undone."""

    minutes: AnyArray
    far: AnyArray
    who: AnyArray
    state: AnyArray
    ring: AnyArray
    later: AnyArray
    rim_far: AnyArray
    rim_who: AnyArray
    begin: Ints
    end: Ints


@compiled
def bench_of(town: Town) -> Bench:
    """Make what one thread writes on."""
    n, size = len(town.far), 1
    while size < n:
        size *= 2
    most = len(town.below) + len(town.start_place)
    return Bench(
        town.minutes.copy(), town.far.copy(), town.who.copy(), np.full(n, WHOLE, dtype=np.uint8),
        np.empty(size, dtype=np.uint32), np.empty(n, dtype=np.uint32),
        np.empty(n, dtype=town.far.dtype), np.empty(n, dtype=np.int32),
        np.empty(most, dtype=np.int64), np.empty(most, dtype=np.int64),
    )  # fmt: skip


@compiled
def count_many(
    town: Town, edges_first: Ints, edges: AnyArray, hubs_first: Ints, hubs: AnyArray, shut: Bools,
    which: Ints, limit: float, band: float, again_from: float, told: Floats, touched: Ints,
) -> None:  # fmt: skip
    """Count, scenario by scenario, what closures change: people, minutes, nodes touched.

    Parameters
    ----------
    edges_first, hubs_first : (n_scenarios + 1,) int
        Where the closed edges and hubs of each begin in ``edges`` and ``hubs``.
    shut : (n_sites,) bool
        All false, and so again at the end.
    which : (n,) int
        The scenarios that this thread does.
    again_from : float
        Part of the town from which all of it is searched again.
    told : (n_scenarios, n_groups, 2) float
        Written to: what is added to people reached and to their minutes.
    touched : (n_scenarios,) int
    """
    bench = bench_of(town)
    for s in which:
        closed = edges[edges_first[s] : edges_first[s + 1]]
        gone = hubs[hubs_first[s] : hubs_first[s + 1]]
        n = _repair(town, bench, closed, gone, shut, limit, band, again_from)
        touched[s] = _count(town, bench, n, told[s])
        _undo(town, bench, closed, gone, shut, n)


@compiled
def _count(town: Town, bench: Bench, n: int, told: Floats) -> int:
    """Add up what changed in runs; say how many nodes they hold."""
    before, after, people, touched = town.far, bench.far, town.people, 0
    for k in range(n):
        touched += bench.end[k] - bench.begin[k]
        for p in range(bench.begin[k], bench.end[k]):
            if before[p] == np.inf:
                continue
            reached = after[p] < np.inf
            longer = (after[p] if reached else 0.0) - before[p]
            for g in range(people.shape[1]):
                told[g, 1] += people[p, g] * longer
                if not reached:
                    told[g, 0] -= people[p, g]
    return touched


@compiled
def labels_under(
    town: Town, closed: AnyArray, gone: AnyArray, shut: Bools, limit: float, band: float,
    again_from: float, bench: Bench, far: AnyArray, who: AnyArray,
) -> int:  # fmt: skip
    """Give the labels of one scenario, by place, and undo it; say how many nodes were touched."""
    n = _repair(town, bench, closed, gone, shut, limit, band, again_from)
    touched = 0
    for k in range(n):
        touched += bench.end[k] - bench.begin[k]
    far[:], who[:] = bench.far, bench.who
    _undo(town, bench, closed, gone, shut, n)
    return touched


@compiled
def _undo(town: Town, bench: Bench, closed: AnyArray, gone: AnyArray, shut: Bools, n: int) -> None:
    """Put back what a scenario changed."""
    for k in range(n):
        for p in range(bench.begin[k], bench.end[k]):
            bench.far[p], bench.who[p], bench.state[p] = town.far[p], town.who[p], WHOLE
    for e in closed:
        for side in range(2):
            a = town.arcs_of[e, side]
            if a >= 0:
                bench.minutes[a] = town.minutes[a]
    for h in gone:
        shut[h] = False


@compiled
def _repair(
    town: Town, bench: Bench, closed: AnyArray, gone: AnyArray, shut: Bools, limit: float,
    band: float, again_from: float,
) -> int:  # fmt: skip
    """Forget what hung on what is closed, and search it again from its rim; say how many runs it is."""
    for e in closed:
        for side in range(2):
            a = town.arcs_of[e, side]
            if a >= 0:
                bench.minutes[a] = np.inf
    n = _runs(town, bench, closed, gone, shut, again_from)
    whole = n == 1 and bench.end[0] - bench.begin[0] == len(town.far)
    n_rim, low = (0, np.inf) if whole else _rim(town, bench, n, limit)
    n_rim, low = _from_sites(town, bench, shut, limit, n_rim, low)
    _search(town, bench, n_rim, low, limit, band)
    return n


@compiled
def _runs(
    town: Town, bench: Bench, closed: AnyArray, gone: AnyArray, shut: Bools, again_from: float
) -> int:
    """Find the runs of places that hung on what is closed, and forget their labels.

    Where they are more than a part ``again_from`` of the town, the whole of it is one run.
    """
    n = _fallen(town, bench, closed, gone, shut)
    bench.begin[:n].sort()
    kept, upto, touched = 0, 0, 0
    for i in range(n):
        p = bench.begin[i]
        if p < upto:
            continue
        upto = p + town.size[p]
        bench.begin[kept], bench.end[kept] = p, upto
        kept, touched = kept + 1, touched + town.size[p]
    if touched > again_from * len(town.far):
        kept, bench.begin[0], bench.end[0] = 1, 0, len(town.far)
    for k in range(kept):
        for p in range(bench.begin[k], bench.end[k]):
            bench.far[p], bench.who[p], bench.state[p] = np.inf, NOBODY, IDLE
    return kept


@compiled
def _fallen(town: Town, bench: Bench, closed: AnyArray, gone: AnyArray, shut: Bools) -> int:
    """Note the places that hung right on what is closed; say how many."""
    n = 0
    for e in closed:
        p = town.below[e]
        if p >= 0:
            bench.begin[n] = p
            n += 1
    for h in gone:
        shut[h] = True
        for k in range(town.starts[h], town.starts[h + 1]):
            p = town.start_place[k]
            if town.who[p] == h and town.start_min[k] == town.far[p]:
                bench.begin[n] = p
                n += 1
    return n


@compiled
def _rim(town: Town, bench: Bench, n: int, limit: float) -> tuple[int, float]:
    """Label those who have a neighbour that lost nothing; say how many, and the least minutes."""
    count, low, one = 0, np.inf, np.uint32(1)
    for k in range(n):
        for p in range(bench.begin[k], bench.end[k]):
            u, best, its = np.uint32(p), np.inf, NOBODY
            for a in range(town.first[u], town.first[u + one]):
                v = town.to[a]
                told = bench.far[v] + bench.minutes[a]
                if told < best or (told == best and told < np.inf and bench.who[v] < its):
                    best, its = told, bench.who[v]
            if best <= limit and best < np.inf:
                bench.later[count], bench.rim_far[count], bench.rim_who[count] = u, best, its
                count, low = count + 1, min(low, best)
    for i in range(count):
        p = bench.later[i]
        bench.far[p], bench.who[p], bench.state[p] = bench.rim_far[i], bench.rim_who[i], LATER
    return count, low


@compiled
def _from_sites(
    town: Town, bench: Bench, shut: Bools, limit: float, n_rim: int, low: float
) -> tuple[int, float]:
    """Have sites that are open begin where others were nearer."""
    for h in range(len(shut)):
        if shut[h]:
            continue
        for k in range(town.starts[h], town.starts[h + 1]):
            p, told = town.start_place[k], town.start_min[k]
            if bench.state[p] == WHOLE or told > limit or told == np.inf:
                continue
            if told < bench.far[p] or (told == bench.far[p] and h < bench.who[p]):
                bench.far[p], bench.who[p], low = told, h, min(low, told)
                n_rim += put_later(np.uint32(p), bench.state, bench.later, n_rim)
    return n_rim, low


@compiled
def _search(town: Town, bench: Bench, n_later: int, low: float, limit: float, band: float) -> None:
    """Pass labels on until nobody waits. Who lost nothing keeps what it has: closures shorten no way."""
    far, who, state, ring, later = bench.far, bench.who, bench.state, bench.ring, bench.later
    first, to, minutes, labels = town.first, town.to, bench.minutes, Labels(far, who, state)
    one, round_ = np.uint32(1), np.uint32(len(ring) - 1)
    while n_later:
        upto = low + band
        n_now, n_later, low = next_band(labels, ring, later, n_later, upto)
        head, in_ring = np.uint32(0), np.uint32(n_now)
        while in_ring:
            u = ring[head & round_]
            head, in_ring, state[u] = head + one, in_ring - one, IDLE
            for a in range(first[u], first[u + one]):
                v, told = to[a], far[u] + minutes[a]
                if told > limit or told > far[v] or (told == far[v] and who[u] >= who[v]):
                    continue
                # It would be as near, or nearer by what rounding ate: nobody would put it back.
                if state[v] == WHOLE:
                    continue
                far[v], who[v] = told, who[u]
                if told > upto:
                    low = min(low, told)
                    n_later += put_later(v, state, later, n_later)
                elif state[v] != NOW:
                    state[v], ring[(head + in_ring) & round_] = NOW, v
                    in_ring += one
