"""Values on a map by plain loops, as the authors write them: no matrix, no shortcut."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

import shapely

Pairs = dict[tuple[int, int], float]


def slow_contiguity(shapes: Sequence[shapely.Geometry], *, rook: bool) -> Pairs:
    """Ask every pair whether it shares a point, or a line."""
    told = {}
    for i, one in enumerate(shapes):
        for j, other in enumerate(shapes):
            if i == j or not one.intersects(other):
                continue
            if not rook or one.intersection(other).length > 0.0:
                told[i, j] = 1.0
    return told


def slow_standardised(pairs: Pairs, n: int) -> Pairs:
    """Divide each weight by those of its row."""
    whole = [sum(w for (i, _), w in pairs.items() if i == row) for row in range(n)]
    return {(i, j): w / whole[i] for (i, j), w in pairs.items()}


def slow_moran(x: Sequence[float], pairs: Pairs) -> tuple[float, float, float]:
    """Give I and its variances, normal and random."""
    n, mean = len(x), sum(x) / len(x)
    z = [value - mean for value in x]
    s0 = sum(pairs.values())
    s1 = sum((w + pairs.get((j, i), 0.0)) ** 2 for (i, j), w in pairs.items())
    # A pair that is one-way is met once above, and counts for both of its ends.
    s1 += sum(w**2 for (i, j), w in pairs.items() if (j, i) not in pairs)
    s1 /= 2.0
    s2 = 0.0
    for k in range(n):
        out = sum(w for (i, _), w in pairs.items() if i == k)
        into = sum(w for (_, j), w in pairs.items() if j == k)
        s2 += (out + into) ** 2
    squares = sum(one**2 for one in z)
    value = n / s0 * sum(w * z[i] * z[j] for (i, j), w in pairs.items()) / squares
    expected = -1.0 / (n - 1)
    normal = (n**2 * s1 - n * s2 + 3 * s0**2) / ((n**2 - 1) * s0**2) - expected**2
    k = n * sum(one**4 for one in z) / squares**2
    random = (
        n * ((n**2 - 3 * n + 3) * s1 - n * s2 + 3 * s0**2)
        - k * ((n**2 - n) * s1 - 2 * n * s2 + 6 * s0**2)
    ) / ((n - 1) * (n - 2) * (n - 3) * s0**2) - expected**2
    return value, normal, random


def slow_geary(x: Sequence[float], pairs: Pairs) -> float:
    """Give C."""
    n, mean = len(x), sum(x) / len(x)
    apart = sum(w * (x[i] - x[j]) ** 2 for (i, j), w in pairs.items())
    return (n - 1) / (2 * sum(pairs.values())) * apart / sum((value - mean) ** 2 for value in x)


def slow_getis(x: Sequence[float], pairs: Pairs, *, star: bool) -> list[float]:
    """Give the standardised Gi, or Gi*, of each unit; a unit alone is given 0."""
    told = []
    for i in range(len(x)):
        near = {j: w for (row, j), w in pairs.items() if row == i}
        if not near:
            told.append(0.0)
            continue
        if star:
            near[i] = 1.0
        others = [value for j, value in enumerate(x) if star or j != i]
        m = len(others)
        mean = sum(others) / m
        spread = (sum(value**2 for value in others) / m - mean**2) ** 0.5
        w1, w2 = sum(near.values()), sum(w**2 for w in near.values())
        below = spread * ((m * w2 - w1**2) / (m - 1)) ** 0.5
        told.append((sum(w * x[j] for j, w in near.items()) - w1 * mean) / below)
    return told


def slow_local(x: Sequence[float], pairs: Pairs) -> list[float]:
    """Give local I of each unit."""
    n, mean = len(x), sum(x) / len(x)
    z = [value - mean for value in x]
    squares = sum(one**2 for one in z)
    return [
        (n - 1) * z[i] * sum(w * z[j] for (row, j), w in pairs.items() if row == i) / squares
        for i in range(n)
    ]


def slow_tails(x: Sequence[float], pairs: Pairs, unit: int) -> tuple[float, float]:
    """Give the parts of all deals of the others whose lag is at least, and at most, the unit's own."""
    weights = [(j, w) for (row, j), w in sorted(pairs.items()) if row == unit]
    own = sum(w * x[j] for j, w in weights)
    others = [value for j, value in enumerate(x) if j != unit]
    lags = [
        sum(w * value for (_, w), value in zip(weights, deal, strict=True))
        for deal in permutations(others, len(weights))
    ]
    at_least = sum(lag >= own - 1e-9 for lag in lags) / len(lags)
    return at_least, sum(lag <= own + 1e-9 for lag in lags) / len(lags)


def slow_deals(
    z: Sequence[float], weight: Sequence[float], own: int, seed: int, n_draws: int
) -> list[float]:
    """Deal others to a unit's places one after another, from its stream of splitmix64; one drawn twice again."""
    whole, step = 2**64 - 1, 0x9E3779B97F4A7C15

    def mixed(state: int) -> int:
        state = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9 & whole
        state = (state ^ (state >> 27)) * 0x94D049BB133111EB & whole
        return state ^ (state >> 31)

    state = mixed((seed + step * (own + 1)) & whole)
    others = [value for unit, value in enumerate(z) if unit != own]
    told = []
    for _ in range(n_draws):
        drawn: list[int] = []
        while len(drawn) < len(weight):
            state = (state + step) & whole
            place = ((mixed(state) >> 32) * len(others)) >> 32
            if place not in drawn:
                drawn.append(place)
        total = 0.0
        for w, place in zip(weight, drawn, strict=True):
            total += w * others[place]
        told.append(total)
    return told


def slow_smoothed(
    events: Sequence[float], people: Sequence[float], pairs: Pairs | None
) -> list[float]:
    """Draw each rate towards that of all, or of the unit and its neighbours."""
    told = []
    for i in range(len(events)):
        held = list(range(len(events)))
        if pairs is not None:
            held = [i, *(j for row, j in sorted(pairs) if row == i)]
        counted = sum(people[k] for k in held)
        if counted == 0.0:
            told.append(0.0)
            continue
        m = sum(events[k] for k in held) / counted
        some = [k for k in held if people[k] > 0.0]
        s2 = sum(people[k] * (events[k] / people[k] - m) ** 2 for k in some) / counted
        a = max(s2 - m / (counted / len(held)), 0.0)
        if people[i] == 0.0 or a == 0.0:
            told.append(m)
            continue
        weight = a / (a + m / people[i])
        told.append(weight * events[i] / people[i] + (1 - weight) * m)
    return told
