"""Agreement and new codes as their definitions say them: every pair, every order."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations


def slow_alpha(units: Sequence[Sequence[int]], *, ordinal: bool) -> float | None:
    """Give alpha from the codes of each unit; None where only one code is left."""
    held = [unit for unit in units if len(unit) >= 2]
    every = [code for unit in held for code in unit]
    if len(set(every)) < 2:
        return None

    def apart(one: int, other: int) -> float:
        if one == other:
            return 0.0
        if not ordinal:
            return 1.0
        low, high = sorted((one, other))
        between = sum(low <= code <= high for code in every)
        return float((between - (every.count(low) + every.count(high)) / 2) ** 2)

    def pairs(codes: Sequence[int]) -> float:
        return sum(apart(a, b) for n, a in enumerate(codes) for m, b in enumerate(codes) if n != m)

    observed = sum(pairs(unit) / (len(unit) - 1) for unit in held) / len(every)
    return 1.0 - observed / (pairs(every) / (len(every) * (len(every) - 1)))


def slow_kappa(pairs: Sequence[tuple[int, int]]) -> float | None:
    """Give kappa of two coders; None where both gave one and the same code."""
    n = len(pairs)
    observed = sum(a == b for a, b in pairs) / n
    by_chance = sum(a == b for a, _b in pairs for _a, b in pairs) / n**2
    return None if by_chance == 1.0 else (observed - by_chance) / (1.0 - by_chance)


def slow_mean(sources: Sequence[frozenset[int]]) -> list[float]:
    """Give the mean count of codes after each source, over all orders."""
    orders = list(permutations(sources))
    return [
        sum(len(frozenset().union(*order[:n])) for order in orders) / len(orders)
        for n in range(1, len(sources) + 1)
    ]
