"""The rounding arithmetic the slow way: every outcome of every cell, in exact fractions."""

from __future__ import annotations

import math
from fractions import Fraction
from functools import cache

Z95 = 1.959963984540054


@cache
def law_of_sum(n_cells: int, base: int) -> dict[int, Fraction]:
    """Give the chance of each total error: each remainder as frequent as another, each cell apart."""
    if n_cells == 0:
        return {0: Fraction(1)}
    cell: dict[int, Fraction] = {}
    for remainder in range(base):
        up = Fraction(remainder, base)
        for error, chance in ((base - remainder, up), (-remainder, 1 - up)):
            cell[error] = cell.get(error, Fraction(0)) + chance / base
    law: dict[int, Fraction] = {}
    for so_far, chance in law_of_sum(n_cells - 1, base).items():
        for error, likely in cell.items():
            law[so_far + error] = law.get(so_far + error, Fraction(0)) + chance * likely
    return law


def chance_within(n_cells: int, base: int, limit: int) -> Fraction:
    """Give the chance that the error is no larger than a limit."""
    return sum((p for e, p in law_of_sum(n_cells, base).items() if abs(e) <= limit), Fraction(0))


def variance(base: int) -> Fraction:
    """Give the variance of one cell's error."""
    if base <= 1:
        return Fraction(0)
    return sum((p * e * e for e, p in law_of_sum(1, base).items()), Fraction(0))


@cache
def half_width(n_cells: int, base: int) -> float:
    """Give the 95 % half width for whole cells."""
    if base <= 1 or n_cells == 0:
        return 0.0
    if n_cells >= 10:
        return max(Z95 * math.sqrt(n_cells * variance(base)), half_width(9, base))
    limit = 0
    while chance_within(n_cells, base, limit) < Fraction(95, 100):
        limit += 1
    return float(limit)


def split_half_width(weights: list[float], base: int) -> float:
    """Give the 95 % half width for cells that count in part, one weight a cell."""
    weights = sorted((w for w in weights if w > 0), reverse=True)
    if not weights or base <= 1:
        return 0.0
    if weights[0] == weights[-1]:
        return weights[0] * half_width(len(weights), base)
    normal = Z95 * math.sqrt(variance(base) * sum(Fraction(w) ** 2 for w in weights))
    return max(normal, *(half_width(j, base) * w for j, w in enumerate(weights[:9], start=1)))


def few_cells_factor(base: int) -> float:
    """Give the widest exact half width in standard deviations, over 1 to 9 cells."""
    if base <= 1:
        return Z95
    return max(Z95, *(half_width(k, base) / math.sqrt(k * variance(base)) for k in range(1, 10)))
