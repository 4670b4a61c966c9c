"""The quantile from bands the slow way: walk the bands one by one."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

from tests.oracle.slow_rounding import Z95

Edge = float | None
Read = tuple[float | None, float | None, float | None, bool]
"""Value, low, high, and whether one of them lies in an open band."""


def quantile(
    counts: list[float],
    edges: list[Edge],
    *,
    part: float = 0.5,
    sampled: float = 1.0,
    design_factor: float = 1.0,
    variances: list[float] | None = None,
) -> Read:
    """Read a quantile."""
    whole = sum(map(Fraction, counts))
    if whole == 0:
        return None, None, None, False
    q = Fraction(part).limit_denominator(1000)  # 0.4 is two fifths, a tie with a band
    errors = {"sampled": sampled, "design_factor": design_factor, "variances": variances}
    variance = covariance(counts, edges, part, part, **errors)
    error = Fraction(Z95 * math.sqrt(variance)) / whole
    first, last = _ends(counts, q * whole)
    at_first, at_last = _read(edges, counts, first), _read(edges, counts, last)
    low = _read(edges, counts, _ends(counts, (q - error) * whole)[0])
    high = _read(edges, counts, _ends(counts, (q + error) * whole)[1])
    value = (at_first[0] + at_last[0]) / 2
    if at_first[1] or at_last[1] or low[1] or high[1]:
        return value, None, None, True
    return value, low[0], high[0], False


def covariance(
    counts: list[float],
    edges: list[Edge],
    first: float,
    second: float,
    *,
    sampled: float,
    design_factor: float,
    variances: list[float] | None,
) -> float:
    """Give the covariance of the errors of the counts under two quantiles, the first not the lower."""
    whole = sum(map(Fraction, counts))
    targets = [Fraction(part).limit_denominator(1000) * whole for part in (first, second)]
    under = [_parts_below(counts, target) for target in targets]
    turned = [_turned(edges, counts, target) for target in targets]
    own = variances or [0.0] * len(counts)
    found = 0.0
    for band, count in enumerate(counts):
        sample = design_factor**2 * (1 - sampled) / sampled * count
        moves = [under[k][band] - part + turned[k][band] for k, part in enumerate((first, second))]
        found += (own[band] + sample) * moves[0] * moves[1]
        found += count * under[1][band] * (1 - under[0][band])
    bends = [_bent(edges, counts, target) for target in targets]
    if bends[0][0] == bends[1][0]:
        found += bends[0][1] * bends[1][1]
    return found


def ratio(
    counts: list[float],
    edges: list[Edge],
    *,
    part: float,
    below: float,
    sampled: float = 1.0,
    design_factor: float = 1.0,
    variances: list[float] | None = None,
) -> Read:
    """Divide a quantile by a lower one; widths are those of logarithms, less what they share."""
    errors = {"sampled": sampled, "design_factor": design_factor, "variances": variances}
    upper = quantile(counts, edges, part=part, **errors)
    lower = quantile(counts, edges, part=below, **errors)
    if upper[0] is None or lower[0] is None or lower[0] <= 0:
        return None, None, None, upper[3] or lower[3]
    value = upper[0] / lower[0]
    ends = [*upper[1:3], *lower[1:3]]
    if upper[3] or lower[3] or any(end is None or end <= 0 for end in ends):
        return value, None, None, True
    logs = [math.log(end) for end in ends if end is not None]
    a, b = (logs[1] - logs[0]) / 2, (logs[3] - logs[2]) / 2
    both = covariance(counts, edges, part, part, **errors)
    both *= covariance(counts, edges, below, below, **errors)
    shared = covariance(counts, edges, part, below, **errors)
    r = shared / math.sqrt(both) if both > 0 else 0.0
    half = math.sqrt(max(a * a + b * b - 2 * r * a * b, 0.0))
    return value, value * math.exp(-half), value * math.exp(half), False


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


def _turned(edges: list[Edge], counts: list[float], target: Fraction) -> list[float]:
    """Add a little to each band in turn: how far does the count below move by the lean alone?"""
    place = _ends(counts, target)[0]
    band = min(int(place), len(counts) - 1)
    k = lean(edges, counts, band)
    if place in (band, band + 1) or abs(k) >= 1 or not _is_closed(edges, band):
        return [0.0] * len(counts)
    x = _width_reached(float(place - band), float(k))
    moved = []
    for other in range(len(counts)):
        little = Fraction(counts[band]) / 10**9
        more, less = [Fraction(c) for c in counts], [Fraction(c) for c in counts]
        more[other] += little
        less[other] -= little
        turn = (lean(edges, more, band) - lean(edges, less, band)) / (2 * little)
        moved.append(counts[band] * (x * x - x) * float(turn))
    return moved


def _bent(edges: list[Edge], counts: list[float], target: Fraction) -> tuple[int, float]:
    """Give the band of a quantile, and the standard error of the count below by a bent density."""
    place = _ends(counts, target)[0]
    band = min(int(place), len(counts) - 1)
    if place in (band, band + 1) or not all(_is_closed(edges, band + k) for k in (-1, 0, 1)):
        return band, 0.0
    x = _width_reached(float(place - band), float(lean(edges, counts, band)))
    slopes = [
        (_density(edges, counts, other) - _density(edges, counts, band))
        / (_middle(edges, other) - _middle(edges, band))
        for other in (band - 1, band + 1)
    ]
    one_side_only = counts[band] * abs(slopes[1] - slopes[0]) / _density(edges, counts, band)
    return band, 1.25 * float(one_side_only * _width(edges, band) / 2) * (x - x * x)


def _read(edges: list[Edge], counts: list[float], place: Fraction) -> tuple[float, bool]:
    """Give the value at a position, and whether only an open band's limit could be given."""
    if place.denominator == 1 and edges[int(place)] is not None:
        return float(edges[int(place)]), False  # type: ignore[arg-type]
    band = min(int(place), len(edges) - 2)
    low, high = edges[band], edges[band + 1]
    if low is None or high is None:
        return float(high if low is None else low), True  # type: ignore[arg-type]
    return low + _width_reached(float(place - band), lean(edges, counts, band)) * (
        high - low
    ), False


def _width_reached(part: float, k: float) -> float:
    """Halve the band until the line of density has the part of its people below."""
    low, high = 0.0, 1.0
    for _ in range(80):
        middle = (low + high) / 2
        if middle * (1 - k) + k * middle * middle < part:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def lean(edges: list[Edge], counts: Sequence[float | Fraction], band: int) -> Fraction:
    """Give how the density of a band rises, from its closed neighbours."""
    near = [other for other in (band - 1, band, band + 1) if _is_closed(edges, other)]
    if counts[band] == 0 or band not in near or len(near) == 1:
        return Fraction(0)
    first, last = near[0], near[-1]
    slope = _density(edges, counts, last) - _density(edges, counts, first)
    slope /= _middle(edges, last) - _middle(edges, first)
    half = _width(edges, band) / 2
    return max(Fraction(-1), min(Fraction(1), slope * half / _density(edges, counts, band)))


def _is_closed(edges: list[Edge], band: int) -> bool:
    return 0 <= band < len(edges) - 1 and None not in (edges[band], edges[band + 1])


def _width(edges: list[Edge], band: int) -> Fraction:
    low, high = edges[band], edges[band + 1]
    assert low is not None and high is not None
    return Fraction(high) - Fraction(low)


def _density(edges: list[Edge], counts: Sequence[float | Fraction], band: int) -> Fraction:
    return Fraction(counts[band]) / _width(edges, band)


def _middle(edges: list[Edge], band: int) -> Fraction:
    low = edges[band]
    assert low is not None
    return Fraction(low) + _width(edges, band) / 2
