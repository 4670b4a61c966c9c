"""Round numbers for an axis."""

from __future__ import annotations

import math


def nice_ticks(low: float, high: float, *, most: int) -> tuple[float, ...]:
    """Give round values from low to at most high, zero or low included, no more than ``most`` steps."""
    span = high - low
    if span <= 0 or most < 1:
        return (low,)
    rough = span / most
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(m * power for m in (1.0, 2.0, 2.5, 5.0, 10.0) if m * power >= rough * 0.999)
    count = math.floor((high - low) / step + 1e-9)
    return tuple(low + step * n for n in range(count + 1))
