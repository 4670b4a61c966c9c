"""Put values into a few classes of equal numbers."""

from __future__ import annotations

from collections.abc import Sequence

MOST = 5


def class_limits(values: Sequence[float], *, most: int = MOST) -> tuple[tuple[float, float], ...]:
    """Give the classes of values by quantiles, as the least and greatest value each one holds.

    Equal values are never parted; fewer distinct values than classes give one class each. Every
    class holds a value, classes do not overlap, and together they hold all values.
    """
    ordered = sorted(values)
    if not ordered:
        return ()
    distinct = sorted(set(ordered))
    if len(distinct) <= most:
        return tuple((value, value) for value in distinct)
    tops = _tops(ordered, most)
    limits: list[tuple[float, float]] = []
    after: float | None = None
    for top in tops:
        inside = [v for v in distinct if (after is None or v > after) and v <= top]
        if inside:
            limits.append((inside[0], inside[-1]))
            after = top
    return tuple(limits)


def class_of(value: float, limits: Sequence[tuple[float, float]]) -> int:
    """Give the position of a value's class, from 0."""
    for position, (_, high) in enumerate(limits):
        if value <= high:
            return position
    return len(limits) - 1


def _tops(ordered: list[float], most: int) -> list[float]:
    n = len(ordered)
    return [ordered[max(0, -(-n * step // most) - 1)] for step in range(1, most + 1)]
