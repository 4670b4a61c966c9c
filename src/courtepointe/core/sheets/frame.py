"""The squares of a printed map on the ground, in metres."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

import numpy as np

from courtepointe.core.errors import BadInput
from courtepointe.core.sheets.layouts import COLUMN_LETTERS
from courtepointe.core.sheets.values import Layout
from courtepointe.core.typing import Floats

SIDES_M = (
    *range(50, 500, 10),
    *range(500, 1000, 25),
    *range(1000, 3000, 100),
    *range(3000, 50_001, 500),
)
"""Sides of a square, round enough to be said."""
AROUND = 0.02
"""White kept around an area, as a share of its size."""
TYPED = re.compile(
    r"^(?:(?P<letter>[A-Z])0*(?P<number>\d{1,2})|0*(?P<first>\d{1,2})(?P<last>[A-Z]))$"
)
FULL_WIDTH = re.compile(r"[\s\-‐‑–—.·/]+")


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a map's grid lies on the ground.

    Attributes
    ----------
    west, north : float, metres of the map's coordinate system
        The upper left corner of square A1.
    side : float, metres
        Of a square.
    columns, rows : int
    """

    west: float
    north: float
    side: float
    columns: int
    rows: int

    @property
    def uncertainty_m(self) -> float:
        """Give the farthest that a point of a square lies from its middle."""
        return self.side * math.sqrt(2) / 2

    def names(self) -> tuple[str, ...]:
        """Name the squares, row by row."""
        return tuple(
            f"{COLUMN_LETTERS[column]}{row + 1}"
            for row in range(self.rows)
            for column in range(self.columns)
        )

    def square(self, name: str) -> str:
        """Read the name of a square as a person writes it: ``c4``, ``C 4``, ``4C``.

        Raises
        ------
        BadInput
            ``map_square`` where the map has none of that name.
        """
        found = TYPED.match(FULL_WIDTH.sub("", name).upper())
        if found:
            letter = found["letter"] or found["last"]
            number = int(found["number"] or found["first"])
            if letter in COLUMN_LETTERS[: self.columns] and 1 <= number <= self.rows:
                return f"{letter}{number}"
        last = f"{COLUMN_LETTERS[self.columns - 1]}{self.rows}"
        raise BadInput("map_square", value=name, expected=f"A1 – {last}")

    def corners(self, name: str) -> Floats:
        """Give (4, 2) metres of a square's corners, clockwise from the north-west."""
        told = self.square(name)
        column, row = COLUMN_LETTERS.index(told[0]), int(told[1:]) - 1
        west, north = self.west + column * self.side, self.north - row * self.side
        east, south = west + self.side, north - self.side
        return np.array([[west, north], [east, north], [east, south], [west, south]])

    def square_at(self, x: float, y: float) -> str | None:
        """Name the square that a point in metres lies in; None outside the grid."""
        column, row = (
            math.floor((x - self.west) / self.side),
            math.floor((self.north - y) / self.side),
        )
        if 0 <= column < self.columns and 0 <= row < self.rows:
            return f"{COLUMN_LETTERS[column]}{row + 1}"
        return None


def frame_around(bounds: tuple[float, float, float, float], layout: Layout) -> Frame:
    """Lay a map's grid over bounds, in squares of the least round side, the area in its middle.

    Parameters
    ----------
    bounds : (west, south, east, north), metres
    layout : Layout
        Of a map.

    Raises
    ------
    BadInput
        ``map_too_large`` where the largest squares would not hold it.
    """
    west, south, east, north = bounds
    wide, tall = (east - west) * (1 + 2 * AROUND), (north - south) * (1 + 2 * AROUND)
    least = max(wide / layout.columns, tall / layout.rows)
    side = next((float(side) for side in SIDES_M if side >= least), None)
    if side is None:
        most = SIDES_M[-1] * layout.columns // 1000
        raise BadInput("map_too_large", value=round(max(wide, tall) / 1000), expected=most)
    left = (west + east) / 2 - side * layout.columns / 2
    top = (south + north) / 2 + side * layout.rows / 2
    return Frame(left, top, side, layout.columns, layout.rows)
