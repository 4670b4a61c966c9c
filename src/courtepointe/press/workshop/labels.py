"""Write names on a map where there is room: along streets, beside landmarks, in neighbouring areas."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from courtepointe.press.charts.text import width

STRAIGHT = 6.0
"""How far a street may bend under its name, in tenths of a millimetre."""
STEP = 40.0
AROUND = 3.0
APART = 700.0
"""Between two writings of one street's name."""
TWICE = 2


@dataclass(frozen=True, slots=True)
class Label:
    """A name that is written: its middle in tenths of a millimetre, its size, its turn in degrees."""

    text: str
    x: float
    y: float
    size: float
    turn: float = 0.0
    anchor: str = "middle"


@dataclass(slots=True)
class Room:
    """What is already written on a map."""

    taken: list[Any] = field(default_factory=list)

    def take(self, shape: Any) -> None:
        """Keep a place."""
        self.taken.append(shape)

    def is_free(self, shape: Any) -> bool:
        """Say whether nothing is written there."""
        return not any(shape.intersects(other) for other in self.taken)

    def ask(self, shape: Any) -> bool:
        """Take a place where it is free, and say whether it was."""
        if not self.is_free(shape):
            return False
        self.take(shape)
        return True


def beside(
    name: str, at: tuple[float, float], *, size: float, gap: float, room: Room, within: Any
) -> Label | None:
    """Write a name right of a point, left of it, below or above it, where there is room."""
    x, y = at
    wide = width(name, size)
    ways = (
        (x + gap, y, "start", x + gap, y - size / 2),
        (x - gap, y, "end", x - gap - wide, y - size / 2),
        (x, y + gap + size / 2, "middle", x - wide / 2, y + gap),
        (x, y - gap - size / 2, "middle", x - wide / 2, y - gap - size),
    )
    for text_x, text_y, anchor, left, top in ways:
        box = shapely.box(left - AROUND, top - AROUND, left + wide + AROUND, top + size + AROUND)
        if within.contains(box) and room.ask(box):
            return Label(name, text_x, text_y, size, 0.0, anchor)
    return None


def along(
    names: Sequence[str], shapes: NDArray[Any], *, size: float, room: Room, within: Any
) -> list[Label]:
    """Write the names of streets along them, the longest streets first.

    Parameters
    ----------
    names : sequence of (n,) str
    shapes : (n,) shapely lines, tenths of a millimetre
    size : float, tenths of a millimetre
    room : Room
    within : shapely polygon
        The part of the map that may be written on.
    """
    of: dict[str, list[Any]] = {}
    for name, shape in zip(names, shapes, strict=True):
        if name:
            of.setdefault(name, []).append(shape)
    merged = {name: _merged(held, within) for name, held in of.items()}
    order = sorted(merged, key=lambda name: (-sum(line.length for line in merged[name]), name))
    found: list[Label] = []
    for name in order:
        found += _written(name, merged[name], size=size, room=room, within=within)
    return found


def _merged(shapes: Iterable[Any], within: Any) -> list[Any]:
    """Join the pieces of a street into lines, the longest first."""
    joined = shapely.line_merge(shapely.union_all(list(shapes)).intersection(within))
    lines = [one for one in shapely.get_parts(joined) if one.geom_type == "LineString"]
    return sorted(lines, key=lambda line: -float(line.length))


def _written(
    name: str, lines: Sequence[Any], *, size: float, room: Room, within: Any
) -> list[Label]:
    found: list[Label] = []
    wide = width(name, size)
    for line in lines:
        for start in _starts(line.length, wide):
            label = _at(name, line, start, wide, size)
            if label is None or any(_gap(label, other) < APART for other in found):
                continue
            box = _turned(label, wide)
            if within.contains(box) and room.ask(box):
                found.append(label)
                if len(found) == TWICE:
                    return found
    return found


def _starts(length: float, wide: float) -> list[float]:
    """Give where a name may begin on a line, the middle first."""
    spare = length - wide - 2 * AROUND
    if spare < 0:
        return []
    steps = np.arange(0.0, spare + STEP, STEP).clip(max=spare) + AROUND
    middle = AROUND + spare / 2
    ordered: list[float] = sorted({middle, *steps.tolist()}, key=lambda at: abs(at - middle))
    return ordered


def _at(name: str, line: Any, start: float, wide: float, size: float) -> Label | None:
    """Write a name on the part of a line that begins there; None where the line bends."""
    points = shapely.get_coordinates(
        shapely.line_interpolate_point(line, np.linspace(start, start + wide, 9))
    )
    chord = points[-1] - points[0]
    long = float(np.hypot(*chord))
    if long < wide * 0.97:
        return None
    away = points - points[0]
    off = np.abs(chord[0] * away[:, 1] - chord[1] * away[:, 0]) / long
    if float(off.max()) > STRAIGHT:
        return None
    turn = math.degrees(math.atan2(chord[1], chord[0]))
    turn = (turn + 90.0) % 180.0 - 90.0
    middle = (points[0] + points[-1]) / 2
    return Label(name, float(middle[0]), float(middle[1]), size, turn)


def _gap(one: Label, other: Label) -> float:
    return math.hypot(one.x - other.x, one.y - other.y)


def _turned(label: Label, wide: float) -> Any:
    """Give the rectangle that a label covers."""
    half, tall = wide / 2 + AROUND, label.size / 2
    corners = np.array([[-half, -tall], [half, -tall], [half, tall], [-half, tall]])
    angle = math.radians(label.turn)
    spin = np.array([[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]])
    return shapely.Polygon(corners @ spin + [label.x, label.y])
