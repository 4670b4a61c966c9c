"""Optimal runs the slow way: every last run tried, every sum of squares added up anew, in fractions."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise


def squares(values: Sequence[float], weights: Sequence[float]) -> Fraction:
    """Add up the weighted squares of the ways to the mean."""
    exact = [Fraction(v) for v in values]
    heavy = [Fraction(w) for w in weights]
    mean = sum((w * v for v, w in zip(exact, heavy, strict=True)), Fraction()) / sum(heavy)
    return sum((w * (v - mean) ** 2 for v, w in zip(exact, heavy, strict=True)), Fraction())


def cost_of(values: Sequence[float], weights: Sequence[float], ends: Sequence[int]) -> Fraction:
    """Add up the squares within the runs that end at the given positions."""
    cuts = [0, *(end + 1 for end in ends)]
    return sum((squares(values[a:b], weights[a:b]) for a, b in pairwise(cuts)), Fraction())


def least_cost(values: Sequence[float], weights: Sequence[float], number: int) -> Fraction:
    """Give the least sum of squares of values in a number of runs, in O(k n²) tries."""
    n_values = len(values)
    least = [squares(values[: i + 1], weights[: i + 1]) for i in range(n_values)]
    for run in range(1, number):
        least = [
            Fraction()
            if i < run
            else min(
                least[j - 1] + squares(values[j : i + 1], weights[j : i + 1])
                for j in range(run, i + 1)
            )
            for i in range(n_values)
        ]
    return least[-1]
