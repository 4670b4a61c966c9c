"""What one more site brings nearer, when the minutes to the others are known. Compiled."""

from __future__ import annotations

from dataclasses import dataclass

import numba
import numpy as np

from courtepointe.core.errors import BadInput
from courtepointe.core.streets.nearest import Starts
from courtepointe.core.streets.values import Streets
from courtepointe.core.streets.walkers import Walk
from courtepointe.core.typing import AnyArray, Floats, Ints

compiled = numba.njit(cache=True, nogil=True, error_model="numpy")
ROOM = 256
"""Nodes that there is room for at first."""


@dataclass(frozen=True, slots=True)
class Nearer:
    """The nodes that a site is nearer to than all sites before.

    Attributes
    ----------
    node : (n_nearer,) int
        Each once, the nearest first.
    minutes : (n_nearer,) float, minutes
        To the new site.
    """

    node: Ints
    minutes: Floats

    def __len__(self) -> int:
        return len(self.node)

    def over(self, known: Floats) -> Floats:
        """Give the minutes of all nodes, (n_nodes,) float: the known ones, lowered where they are."""
        told = known.copy()
        told[self.node] = self.minutes
        return told


def nearer(streets: Streets, walk: Walk, known: Floats, starts: Starts) -> Nearer:
    """Find the nodes that new sites are strictly nearer to, and no other.

    Parameters
    ----------
    streets : Streets
    walk : Walk
        Of these streets, in double precision.
    known : (n_nodes,) float, minutes
        To the nearest of the sites before, as of `nearest`; infinite where there is none.
    starts : Starts
        Of the new sites.

    Returns
    -------
    Nearer

    Raises
    ------
    BadInput
        ``core_shape``.

    Notes
    -----
    Dijkstra's algorithm that does not go on where it would not be the first to arrive: whoever walks on
    from there is as near to the site that was. Minutes are added up along a way in the same order as
    `nearest` does, and adding never shortens: over the known ones they are, to the last bit, what a search
    from all sites at once gives. It costs what it finds, whatever the size of the town.
    """
    if known.shape != (streets.n_nodes,):
        raise BadInput("core_shape", array="known", shape=known.shape, expected=(streets.n_nodes,))
    far = known.astype(np.float64)
    start = starts.minutes.astype(np.float64)
    arcs = walk.arc_min.astype(np.float64, copy=False)
    return Nearer(*_search(streets.first, streets.to, arcs, far, starts.node, start))


@compiled
def _search(
    first: AnyArray, to: AnyArray, arc_min: Floats, far: Floats, node: Ints, start: Floats
) -> tuple[Ints, Floats]:
    """Search from the starts, with those who wait in a heap; ``far`` is written over."""
    waits, minutes, n_waiting = np.empty(ROOM, dtype=np.int64), np.empty(ROOM), 0
    met, n_met = np.empty(ROOM, dtype=np.int64), 0
    for k in range(len(node)):
        if start[k] < far[node[k]]:
            far[node[k]] = start[k]
            waits, minutes = _with_room(waits, minutes, n_waiting)
            n_waiting = _push(waits, minutes, n_waiting, int(node[k]), start[k])
    while n_waiting:
        u, told = waits[0], minutes[0]
        n_waiting = _pop(waits, minutes, n_waiting)
        if told > far[u]:
            continue
        if n_met == len(met):
            met = np.concatenate((met, np.empty_like(met)))
        met[n_met] = u
        n_met += 1
        for arc in range(first[u], first[u + 1]):
            v, sum_ = int(to[arc]), told + arc_min[arc]
            if sum_ < far[v]:
                far[v] = sum_
                waits, minutes = _with_room(waits, minutes, n_waiting)
                n_waiting = _push(waits, minutes, n_waiting, v, sum_)
    return met[:n_met].copy(), far[met[:n_met]]


@compiled
def _with_room(waits: Ints, minutes: Floats, n_waiting: int) -> tuple[Ints, Floats]:
    if n_waiting < len(waits):
        return waits, minutes
    longer = np.concatenate((waits, np.empty_like(waits)))
    return longer, np.concatenate((minutes, np.empty_like(minutes)))


@compiled
def _push(waits: Ints, minutes: Floats, n_waiting: int, node: int, told: float) -> int:
    """Put a node in the heap, the nearest on top; say how many wait."""
    at = n_waiting
    while at > 0 and told < minutes[(at - 1) // 2]:
        above = (at - 1) // 2
        waits[at], minutes[at] = waits[above], minutes[above]
        at = above
    waits[at], minutes[at] = node, told
    return n_waiting + 1


@compiled
def _pop(waits: Ints, minutes: Floats, n_waiting: int) -> int:
    """Take the top off the heap; say how many still wait."""
    last = n_waiting - 1
    node, told, at = waits[last], minutes[last], 0
    while True:
        below = 2 * at + 1
        if below >= last:
            break
        if below + 1 < last and minutes[below + 1] < minutes[below]:
            below += 1
        if told <= minutes[below]:
            break
        waits[at], minutes[at] = waits[below], minutes[below]
        at = below
    waits[at], minutes[at] = node, told
    return last
