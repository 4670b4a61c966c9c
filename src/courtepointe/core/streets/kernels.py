"""The inner loops that make a graph of streets: order along a curve, lists of arcs, pieces.

Compiled. All in this one file, because the compiler's cache on disk only watches the file of the
function that is called.
"""

from __future__ import annotations

from typing import Any

import numba
import numpy as np

from courtepointe.core.typing import AnyArray, Bools, Floats

compiled = numba.njit(cache=True, nogil=True, error_model="numpy")
CURVE_BITS = 11
"""The curve passes through 2^11 squares each way: as many as a country has crossings."""
DIGIT = 1 << CURVE_BITS
FINE, NOT_A_NUMBER, BELOW_ZERO, OUTSIDE = 0, 1, 2, 3


@compiled
def fault_of(
    from_node: AnyArray, to_node: AnyArray, length_m: Floats, n_nodes: int
) -> tuple[int, int]:
    """Find the first edge that cannot be one: what is wrong with it, and its position."""
    for i in range(len(from_node)):
        if not (0 <= from_node[i] < n_nodes) or not (0 <= to_node[i] < n_nodes):
            return OUTSIDE, i
        if not np.isfinite(length_m[i]):
            return NOT_A_NUMBER, i
        if length_m[i] < 0.0:
            return BELOW_ZERO, i
    return FINE, -1


@compiled
def extent_of(points: Floats) -> tuple[int, float, float, float]:
    """Measure where points lie: the first that is nowhere (-1), the west, the south, the longer side."""
    west = south = np.inf
    east = north = -np.inf
    for i in range(len(points)):
        x, y = points[i, 0], points[i, 1]
        if not (np.isfinite(x) and np.isfinite(y)):
            return i, west, south, 0.0
        west, east = min(west, x), max(east, x)
        south, north = min(south, y), max(north, y)
    return -1, west, south, max(east - west, north - south)


@compiled
def curve_order(
    points: Floats, west: float, south: float, side: float
) -> tuple[AnyArray, AnyArray]:
    """Order points along Hilbert's curve, those of one square as they were given.

    Returns
    -------
    (n,) int32, (n,) int32
        The point at each place of the order; the place of each point.
    """
    n = len(points)
    keys = np.empty(n, dtype=np.uint32)
    scale = (DIGIT - 1) / side if side > 0.0 else 0.0
    for i in range(n):
        x = np.uint32((points[i, 0] - west) * scale)
        y = np.uint32((points[i, 1] - south) * scale)
        keys[i] = _along(x, y)
    half, order = np.empty(n, dtype=np.int32), np.empty(n, dtype=np.int32)
    counts = np.zeros((2, DIGIT + 1), dtype=np.int64)
    for i in range(n):
        counts[0, (keys[i] & (DIGIT - 1)) + 1] += 1
        counts[1, (keys[i] >> CURVE_BITS) + 1] += 1
    for digit in range(DIGIT):
        counts[0, digit + 1] += counts[0, digit]
        counts[1, digit + 1] += counts[1, digit]
    for i in range(n):
        digit = keys[i] & (DIGIT - 1)
        half[counts[0, digit]] = i
        counts[0, digit] += 1
    place = np.empty(n, dtype=np.int32)
    for j in range(n):
        i = half[j]
        digit = keys[i] >> CURVE_BITS
        order[counts[1, digit]] = i
        place[i] = counts[1, digit]
        counts[1, digit] += 1
    return order, place


@compiled
def _along(x: Any, y: Any) -> Any:
    """Say where on Hilbert's curve a square is."""
    told = np.uint32(0)
    bit = np.uint32(DIGIT >> 1)
    while bit > 0:
        right = np.uint32((x & bit) != 0)
        up = np.uint32((y & bit) != 0)
        told = (told << np.uint32(2)) | ((np.uint32(3) * right) ^ up)
        if up == 0:
            if right == 1:
                x, y = np.uint32(DIGIT - 1) - x, np.uint32(DIGIT - 1) - y
            x, y = y, x
        bit >>= np.uint32(1)
    return told


@compiled
def renumbered(nodes: AnyArray, place: AnyArray) -> AnyArray:
    """Give the ends of edges by their place along the curve."""
    told = np.empty(len(nodes), dtype=np.int32)
    for i in range(len(nodes)):
        told[i] = place[nodes[i]]
    return told


@compiled
def arcs_of(
    from_node: AnyArray, to_node: AnyArray, n_nodes: int
) -> tuple[AnyArray, AnyArray, AnyArray]:
    """List for each node the arcs that leave it, both ways of each edge; loops leave nowhere.

    Returns
    -------
    (n_nodes + 1,) uint32, (n_arcs,) uint32, (n_arcs,) uint32
        Where the arcs of each node begin, the node each leads to, the edge it is a way of.
    """
    first = np.zeros(n_nodes + 2, dtype=np.uint32)
    for i in range(len(from_node)):
        if from_node[i] != to_node[i]:
            first[from_node[i] + 2] += 1
            first[to_node[i] + 2] += 1
    for node in range(n_nodes):
        first[node + 2] += first[node + 1]
    to = np.empty(first[n_nodes + 1], dtype=np.uint32)
    edge = np.empty(first[n_nodes + 1], dtype=np.uint32)
    for i in range(len(from_node)):
        u, v = from_node[i], to_node[i]
        if u != v:
            a, b = first[u + 1], first[v + 1]
            to[a], edge[a] = v, i
            to[b], edge[b] = u, i
            first[u + 1] += 1
            first[v + 1] += 1
    return first[:-1], to, edge


@compiled
def repeated_edges(
    first: AnyArray, to: AnyArray, edge: AnyArray, length_m: Floats, slope: Floats, stairs: Bools
) -> Bools:
    """Mark the edges that say again what an earlier one said: ends, length, slope and stairs.

    ``slope`` and ``stairs`` may have no rows, where the file does not tell.
    """
    marked = np.zeros(len(length_m), dtype=np.bool_)
    for node in range(len(first) - 1):
        for a in range(first[node] + 1, first[node + 1]):
            if to[a] < node:
                continue
            for b in range(first[node], a):
                i, j = edge[b], edge[a]
                if to[b] != to[a] or length_m[i] != length_m[j]:
                    continue
                if len(stairs) and stairs[i] != stairs[j]:
                    continue
                if len(slope) and abs(slope[i]) != abs(slope[j]):
                    continue
                marked[j] = True
                break
    return marked


@compiled
def pieces_of(first: AnyArray, to: AnyArray, edge: AnyArray, open_: Bools) -> tuple[AnyArray, int]:
    """Number the pieces that nodes hold together in, over edges that are open."""
    n = len(first) - 1
    piece = np.full(n, -1, dtype=np.int32)
    stack = np.empty(n, dtype=np.int32)
    count = 0
    for start in range(n):
        if piece[start] >= 0:
            continue
        piece[start], stack[0], height = count, start, 1
        while height:
            height -= 1
            node = stack[height]
            for a in range(first[node], first[node + 1]):
                there = to[a]
                if piece[there] < 0 and open_[edge[a]]:
                    piece[there], stack[height] = count, there
                    height += 1
        count += 1
    return piece, count
