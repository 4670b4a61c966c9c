"""Write names inside areas, only where they fit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Any

import shapely

from courtepointe.press.charts.text import width
from courtepointe.press.maps.paths import Plate

SIZE = 11.5
LINE = 13.0
WORDS = re.compile(r"(?<=[-–/ ])")


@dataclass(frozen=True, slots=True)
class PlacedName:
    """Lines of a name around the middle of an area, in pixels."""

    lines: tuple[str, ...]
    x: float
    y: float


def placed_name(label: str, shape: Any, *, on: Plate) -> PlacedName | None:
    """Place a name at the middle of the widest disc inside its area; None where it does not fit."""
    circle = shapely.maximum_inscribed_circle(shape)
    if circle.is_empty:
        return None
    middle = circle.coords[0]
    for lines in _breaks(label):
        if _fits(lines, middle, shape, on):
            x, y = on.point(*middle)
            return PlacedName(lines, round(x, 1), round(y, 1))
    return None


def _breaks(label: str) -> list[tuple[str, ...]]:
    """Give the name on one line, then broken at spaces and after hyphens; a word is never cut."""
    words = [w for w in WORDS.split(label) if w.strip()]
    made: list[tuple[str, ...]] = [(label,)]
    for cuts in range(1, min(3, len(words))):
        made += [_joined(words, places) for places in combinations(range(1, len(words)), cuts)]
    return sorted(made, key=lambda lines: (len(lines), max(width(line, SIZE) for line in lines)))


def _joined(words: list[str], places: tuple[int, ...]) -> tuple[str, ...]:
    ends = (0, *places, len(words))
    lines = ("".join(words[a:b]).strip() for a, b in pairwise(ends))
    return tuple(lines)


def _fits(lines: tuple[str, ...], middle: tuple[float, ...], shape: Any, on: Plate) -> bool:
    half_wide = max(width(line, SIZE) for line in lines) / 2 / on.scale
    half_tall = len(lines) * LINE / 2 / on.scale
    x, y = middle[0], middle[1]
    box = shapely.box(x - half_wide, y - half_tall, x + half_wide, y + half_tall)
    return bool(shape.contains(box))
