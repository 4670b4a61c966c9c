"""Weights and intervals of surveys, the slow way: cells counted in loops, ends of intervals searched."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np


def rake(
    of: Sequence[Sequence[int]], people: Sequence[Sequence[float]], rounds: int = 2_000
) -> list[float]:
    """Fit the table of all crossings to its margins, one sum at a time, and give each person their cell's weight."""
    keys = list(zip(*of, strict=True))
    table = {key: float(keys.count(key)) for key in keys}
    n = float(len(keys))
    for _ in range(rounds):
        for axis, counts in enumerate(people):
            there = {key[axis] for key in table}
            whole = sum(counts[c] for c in there)
            for category in there:
                held = sum(v for key, v in table.items() if key[axis] == category)
                for key in table:
                    if key[axis] == category:
                        table[key] *= counts[category] / whole * n / held
    return [table[key] / keys.count(key) for key in keys]


def wilson(share: float, n: float, z: float) -> tuple[float, float]:
    """Search the shares that the score test does not refuse."""

    def refused(p: float) -> bool:
        return abs(share - p) > z * math.sqrt(p * (1.0 - p) / n)

    return _edge(refused, 0.0, share), _edge(
        lambda p: refused(1.0 - p), 0.0, 1.0 - share, flip=True
    )


def _edge(
    refused: Callable[[float], bool], low: float, high: float, *, flip: bool = False
) -> float:
    if not refused(low):
        return 1.0 - low if flip else low
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if refused(middle) else (low, middle)
    return 1.0 - high if flip else high


def kish(weights: Sequence[float]) -> float:
    """Divide the variance of the plain mean of one by that of the weighted mean of one."""
    whole = sum(weights)
    return 1.0 / sum((w / whole) ** 2 for w in weights)


def median(places: Sequence[int], weights: Sequence[float]) -> int:
    """Lay whole weights out as so many people and take the middle one, the lower of two."""
    laid = sorted(p for p, w in zip(places, weights, strict=True) for _ in range(int(w)))
    return laid[(len(laid) - 1) // 2]


def bootstrap_median(
    places: np.ndarray, weights: np.ndarray, *, rng: np.random.Generator, draws: int = 2_000
) -> tuple[int, int]:
    """Draw people again and again; give the middle 95 % of the medians."""
    found = []
    for _ in range(draws):
        drawn = rng.integers(0, places.size, places.size)
        order = np.argsort(places[drawn], kind="stable")
        under = np.cumsum(weights[drawn][order]) / weights[drawn].sum()
        found.append(int(places[drawn][order][np.argmax(under >= 0.5 - 1e-12)]))
    low, high = np.quantile(found, [0.025, 0.975])
    return int(low), int(high)
