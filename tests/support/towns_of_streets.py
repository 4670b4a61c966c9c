"""Made-up streets: a grid with gaps, jitter, dead ends, crescents; and their slow search."""

from __future__ import annotations

import heapq
from dataclasses import dataclass

import numpy as np

from courtepointe.core.streets import Streets, streets_of
from courtepointe.core.typing import Floats, Ints


@dataclass(frozen=True)
class Town:
    """Raw arrays of nodes and edges."""

    points: Floats
    from_node: Ints
    to_node: Ints
    length_m: Floats

    def streets(self) -> Streets:
        return streets_of(self.points, self.from_node, self.to_node, self.length_m)


def town(side: int, *, seed: int, kept: float = 0.75) -> Town:
    """Draw a grid of some 100 m, its nodes shuffled, with part of its streets and a few odd ones."""
    chance = np.random.default_rng(seed)
    n = side * side
    grid = np.stack(np.meshgrid(np.arange(side), np.arange(side)), -1).reshape(-1, 2) * 100.0
    number = np.arange(n).reshape(side, side)
    pairs = np.concatenate(
        [
            np.stack([number[:, :-1].ravel(), number[:, 1:].ravel()], axis=1),
            np.stack([number[:-1].ravel(), number[1:].ravel()], axis=1),
            chance.integers(0, n, (3, 2)),  # a bridge or two; perhaps a crescent
        ]
    )
    pairs = pairs[(chance.random(len(pairs)) < kept) | (np.arange(len(pairs)) == 0)]
    shuffled = chance.permutation(n)
    points = np.empty((n, 2))
    points[shuffled] = grid + chance.uniform(-30.0, 30.0, (n, 2))
    ends = shuffled[pairs]
    straight = np.hypot(*(points[ends[:, 0]] - points[ends[:, 1]]).T)
    # Bends make streets longer than straight lines; some nodes are at one place.
    length = np.where(
        chance.random(len(ends)) < 0.03, 0.0, straight * chance.uniform(1, 1.4, len(ends))
    )
    turned = chance.random(len(ends)) < 0.5
    return Town(
        points,
        np.where(turned, ends[:, 1], ends[:, 0]).astype(np.int64),
        np.where(turned, ends[:, 0], ends[:, 1]).astype(np.int64),
        length,
    )


def slow_minutes(
    n_nodes: int, edges: list[tuple[int, int, float]], starts: list[tuple[int, float]]
) -> list[float]:
    """Search from some starts with the plainest of Dijkstras, over lists."""
    ways: list[list[tuple[int, float]]] = [[] for _ in range(n_nodes)]
    for one, other, minutes in edges:
        ways[one].append((other, minutes))
        ways[other].append((one, minutes))
    told = [float("inf")] * n_nodes
    heap = [(minutes, node) for node, minutes in starts]
    heapq.heapify(heap)
    while heap:
        minutes, node = heapq.heappop(heap)
        if told[node] <= minutes:
            continue
        told[node] = minutes
        for other, more in ways[node]:
            if minutes + more < told[other]:
                heapq.heappush(heap, (minutes + more, other))
    return told
