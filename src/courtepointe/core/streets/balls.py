"""The search round each site in turn. Compiled; see ``docs/methods/streets.md``.

The compiler's cache on disk only watches this file: what is changed in ``search.py`` of what is taken
from there counts here once this file is saved anew.
"""

from __future__ import annotations

import numba
import numpy as np

from courtepointe.core.streets.search import IDLE, NOW, Arcs, Labels, next_band, put_later
from courtepointe.core.typing import AnyArray, Ints

compiled = numba.njit(cache=True, nogil=True, error_model="numpy")
DONE = 3
"""Beside the states of ``search.py``: met, and not waiting. Here `IDLE` is who was not met yet."""
ROOM = 64
"""Nodes of a site that there is room for at first."""


@compiled
def search_each(
    arcs: Arcs, starts: Ints, node: Ints, start: AnyArray, turn: Ints, limit: float, band: float
) -> tuple[Ints, AnyArray, AnyArray]:
    """Find all nodes within a limit of each site, one site after the other.

    Parameters
    ----------
    starts : (n_sites + 1,) int
        Where in ``node`` and ``start`` those of each site begin.
    turn : (n_sites,) int
        The order in which the sites are searched: neighbours after one another.
    limit, band : float, minutes

    Returns
    -------
    (n_sites + 1,) int, (n_pairs,) int32, (n_pairs,) float
        Where the pairs of each *turn* begin, their nodes, their minutes.

    Notes
    -----
    Only what a search touched is put back before the next: it costs what it finds, whatever the
    size of the town.
    """
    n, size = len(arcs.first) - 1, 1
    while size < n:
        size *= 2
    # As long as the town, but only what is written to becomes memory: nothing is filled beforehand.
    far, state = np.empty(n, dtype=arcs.minutes.dtype), np.zeros(n, dtype=np.uint8)
    met, later = np.empty(n, dtype=np.uint32), np.empty(n, dtype=np.uint32)
    ring, first = np.empty(size, dtype=np.uint32), np.zeros(len(turn) + 1, dtype=np.int64)
    nodes = np.empty(ROOM * len(turn), dtype=np.int32)
    minutes = np.empty(ROOM * len(turn), dtype=far.dtype)
    for k in range(len(turn)):
        n_met, n_later, low = 0, 0, np.inf
        for i in range(starts[turn[k]], starts[turn[k] + 1]):
            v = np.uint32(node[i])
            if start[i] <= limit and (state[v] == IDLE or start[i] < far[v]):
                if state[v] == IDLE:
                    met[n_met] = v
                    n_met += 1
                far[v], low = start[i], min(low, start[i])
                n_later += put_later(v, state, later, n_later)
        n_met = _search_ball(arcs, far, state, met, n_met, ring, later, n_later, low, limit, band)
        first[k + 1] = first[k] + n_met
        if first[k + 1] > len(nodes):
            nodes, minutes = _longer(nodes, first[k + 1]), _longer(minutes, first[k + 1])
        for i in range(n_met):
            nodes[first[k] + i], minutes[first[k] + i] = met[i], far[met[i]]
            state[met[i]] = IDLE
    return first, nodes[: first[-1]], minutes[: first[-1]]


@compiled
def by_site(
    turn: Ints, first: Ints, nodes: AnyArray, minutes: AnyArray
) -> tuple[Ints, AnyArray, AnyArray]:
    """Put pairs that were found turn by turn in the order of the sites.

    Returns
    -------
    (n_sites + 1,) int, (n_pairs,) int32, (n_pairs,) float
    """
    begins = np.zeros(len(first), dtype=np.int64)
    for k in range(len(turn)):
        begins[turn[k] + 1] = first[k + 1] - first[k]
    begins = np.cumsum(begins)
    placed, told = np.empty_like(nodes), np.empty_like(minutes)
    for k in range(len(turn)):
        low, high = begins[turn[k]], begins[turn[k] + 1]
        placed[low:high] = nodes[first[k] : first[k + 1]]
        told[low:high] = minutes[first[k] : first[k + 1]]
    return begins, placed, told


@compiled
def _longer(held: AnyArray, n_wanted: int) -> AnyArray:
    """Give an array at least twice as long, which begins as this one."""
    longer = np.empty(max(2 * len(held), n_wanted), dtype=held.dtype)
    longer[: len(held)] = held
    return longer


@compiled
def _search_ball(
    arcs: Arcs, far: AnyArray, state: AnyArray, met: AnyArray, n_met: int, ring: AnyArray,
    later: AnyArray, n_later: int, low: float, limit: float, band: float,
) -> int:  # fmt: skip
    """Search round one site until nobody waits; say how many were met."""
    labels = Labels(far, np.empty(0, dtype=np.int32), state)
    one, round_ = np.uint32(1), np.uint32(len(ring) - 1)
    while n_later:
        upto = low + band
        n_now, n_later, low = next_band(labels, ring, later, n_later, upto)
        head, in_ring = np.uint32(0), np.uint32(n_now)
        while in_ring:
            u = ring[head & round_]
            head, in_ring, state[u] = head + one, in_ring - one, DONE
            for arc in range(arcs.first[u], arcs.first[u + one]):
                v, told = arcs.to[arc], far[u] + arcs.minutes[arc]
                if told > limit or told == np.inf or (state[v] != IDLE and told >= far[v]):
                    continue
                if state[v] == IDLE:
                    met[n_met] = v
                    n_met += 1
                far[v] = told
                if told > upto:
                    low = min(low, told)
                    n_later += put_later(v, state, later, n_later)
                elif state[v] != NOW:
                    state[v], ring[(head + in_ring) & round_] = NOW, v
                    in_ring += one
    return n_met
