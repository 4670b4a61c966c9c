"""The quantile from bands the slow way: walk the bands one by one."""

from __future__ import annotations

import math
from fractions import Fraction

from tests.oracle.slow_rounding import Z95

Edge = float | None


def quantile(
    counts: list[float],
    edges: list[Edge],
    *,
    part: float = 0.5,
    sampled: float = 1.0,
    design_factor: float = 1.0,
    variances: list[float] | None = None,
) -> tuple[float | None, float | None, float | None, bool]:
    """Give value, low, high, and whether one of them lies in an open band."""
    whole = sum(map(Fraction, counts))
    if whole == 0:
        return None, None, None, False
    q = Fraction(part)
    variance = design_factor**2 * (1 - sampled) / sampled * part * (1 - part) / float(whole)
    moved = zip(_parts_below(counts, q * whole), variances or [0.0] * len(counts), strict=True)
    for below, own in moved:
        variance += own * (below - part) ** 2 / float(whole) ** 2
    error = Fraction(Z95 * math.sqrt(variance))
    first, last = _ends(counts, q * whole)
    at_first, at_last = _read(edges, first), _read(edges, last)
    low = _read(edges, _ends(counts, (q - error) * whole)[0])
    high = _read(edges, _ends(counts, (q + error) * whole)[1])
    value = (at_first[0] + at_last[0]) / 2
    if at_first[1] or at_last[1] or low[1] or high[1]:
        return value, None, None, True
    return value, low[0], high[0], False


def _parts_below(counts: list[float], target: Fraction) -> list[float]:
    """Give the part of each band that lies under the quantile."""
    place = _ends(counts, target)[0]
    return [float(min(max(place - band, Fraction(0)), Fraction(1))) for band in range(len(counts))]


def _ends(counts: list[float], target: Fraction) -> tuple[Fraction, Fraction]:
    """Give the first and last position (in bands) with exactly ``target`` counted below it."""
    whole = sum(map(Fraction, counts))
    target = min(max(target, Fraction(0)), whole)
    places = []
    below = Fraction(0)
    for band, count in enumerate(map(Fraction, counts)):
        if below <= target <= below + count:
            step = (target - below) / count if count else Fraction(0)
            places.append(band + step)
            if count == 0:
                places.append(Fraction(band + 1))
        below += count
    return min(places), max(places)


def _read(edges: list[Edge], place: Fraction) -> tuple[float, bool]:
    """Give the value at a position, and whether only an open band's limit could be given."""
    if place.denominator == 1 and edges[int(place)] is not None:
        return float(edges[int(place)]), False  # type: ignore[arg-type]
    band = min(int(place), len(edges) - 2)
    low, high = edges[band], edges[band + 1]
    if low is None or high is None:
        return float(high if low is None else low), True  # type: ignore[arg-type]
    return float(Fraction(low) + (place - band) * (Fraction(high) - Fraction(low))), False
