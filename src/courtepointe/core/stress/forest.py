"""The forest of nearest ways: each node hangs on the one that its way to a hub leads through. Compiled."""

from __future__ import annotations

from typing import NamedTuple

import numba
import numpy as np

from courtepointe.core.typing import AnyArray, Ints

compiled = numba.njit(cache=True, nogil=True, error_model="numpy")
NOBODY = -1


class Forest(NamedTuple):
    """Nodes in the order of the ways that lead to them: what hangs on a node follows it.

    Attributes
    ----------
    order : (n,) int32
        Node at each place of the order.
    place : (n,) int32
        Place of each node.
    size : (n,) int32
        How many hang on the node at each place, itself counted.
    who : (n,) int32
        Site at each place, -1 beyond the limit.
    below : (n_edges,) int32
        Place of the node that hangs on an edge; -1 where none does.
    """

    order: AnyArray
    place: AnyArray
    size: AnyArray
    who: AnyArray
    below: AnyArray


@compiled
def forest_of(
    first: AnyArray, to: AnyArray, edge: AnyArray, minutes: AnyArray, far: AnyArray, n_edges: int,
    node: Ints, start: AnyArray, site: Ints,
) -> Forest:  # fmt: skip
    """Hang each node on a way that gives it its minutes, from the site of lower number where several do."""
    n = len(far)
    order, place = np.empty(n, dtype=np.int32), np.full(n, -1, dtype=np.int32)
    size, who = np.ones(n, dtype=np.int32), np.full(n, NOBODY, dtype=np.int32)
    below, parent = np.full(n_edges, -1, dtype=np.int32), np.full(n, -1, dtype=np.int32)
    path, arc = np.empty(n, dtype=np.int32), np.empty(n, dtype=np.int64)
    count = 0
    for k in range(len(node)):
        root = node[k]
        if place[root] >= 0 or start[k] != far[root] or far[root] == np.inf:
            continue
        path[0], arc[0], height = root, first[root], 1
        place[root], order[count], who[count] = count, root, site[k]
        count += 1
        while height:
            u = path[height - 1]
            a = arc[height - 1]
            if a == first[u + 1]:
                height -= 1
                continue
            arc[height - 1] = a + 1
            v = to[a]
            if place[v] >= 0 or far[u] + minutes[a] != far[v] or far[v] == np.inf:
                continue
            place[v], order[count], who[count] = count, v, site[k]
            parent[count], below[edge[a]] = place[u], count
            path[height], arc[height] = v, first[v]
            count, height = count + 1, height + 1
    for v in range(n):
        if place[v] < 0:
            place[v], order[count] = count, v
            count += 1
    for p in range(n - 1, -1, -1):
        if parent[p] >= 0:
            size[parent[p]] += size[p]
    return Forest(order, place, size, who, below)


@compiled
def arcs_by_place(
    first: AnyArray, to: AnyArray, edge: AnyArray, minutes: AnyArray, n_edges: int, forest: Forest
) -> tuple[AnyArray, AnyArray, AnyArray, AnyArray]:
    """Give the arcs by the places of their nodes, and the two arcs of each edge."""
    n = len(forest.order)
    begins, leads = np.zeros(n + 1, dtype=np.uint32), np.empty(len(to), dtype=np.uint32)
    takes, arcs_of = np.empty_like(minutes), np.full((n_edges, 2), -1, dtype=np.int32)
    at = 0
    for p in range(n):
        u = forest.order[p]
        for a in range(first[u], first[u + 1]):
            leads[at], takes[at] = forest.place[to[a]], minutes[a]
            arcs_of[edge[a], 0 if arcs_of[edge[a], 0] < 0 else 1] = at
            at += 1
        begins[p + 1] = at
    return begins, leads, takes, arcs_of
