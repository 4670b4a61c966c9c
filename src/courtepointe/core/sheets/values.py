"""The layout of a sheet as a value: where everything stands, in millimetres from the upper left corner.

It is printed from this value and cut by it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from courtepointe.core.typing import Floats


class Corner(StrEnum):
    """A corner of the sheet as it is read."""

    UPPER_LEFT = "upper_left"
    UPPER_RIGHT = "upper_right"
    LOWER_RIGHT = "lower_right"
    LOWER_LEFT = "lower_left"

    @property
    def number(self) -> int:
        """Give the number printed beside its mark: 1 at the upper left, then clockwise."""
        return CORNERS.index(self) + 1


CORNERS: tuple[Corner, ...] = tuple(Corner)


class SheetKind(StrEnum):
    """What a sheet is for."""

    CARDS = "cards"
    MAP = "map"


class SheetPaper(StrEnum):
    """What a sheet is printed on."""

    A4 = "a4"
    LETTER = "letter"
    A3 = "a3"
    TABLOID = "tabloid"


SIZES_MM: dict[SheetPaper, tuple[float, float]] = {
    SheetPaper.A4: (210.0, 297.0),
    SheetPaper.LETTER: (215.9, 279.4),
    SheetPaper.A3: (297.0, 420.0),
    SheetPaper.TABLOID: (279.4, 431.8),
}
"""Width and height upright."""


@dataclass(frozen=True, slots=True)
class Box:
    """An upright rectangle in millimetres: its upper left corner and its size."""

    x: float
    y: float
    wide: float
    tall: float

    @property
    def right(self) -> float:
        """Give the right edge."""
        return self.x + self.wide

    @property
    def bottom(self) -> float:
        """Give the lower edge."""
        return self.y + self.tall

    def inset(self, by: float) -> Box:
        """Give the box smaller by some millimetres on each side; larger where negative."""
        return Box(self.x + by, self.y + by, self.wide - 2 * by, self.tall - 2 * by)

    def corners(self) -> Floats:
        """Give (4, 2) corners, clockwise from the upper left."""
        left, top, right, bottom = self.x, self.y, self.right, self.bottom
        return np.array([[left, top], [right, top], [right, bottom], [left, bottom]])


@dataclass(frozen=True, slots=True)
class Mark:
    """A square mark that is found in a photo; its id tells the layout and the corner."""

    corner: Corner
    id: int
    box: Box


@dataclass(frozen=True, slots=True)
class TickBox:
    """A box to tick: which option of which field."""

    field: str
    option: str
    box: Box


@dataclass(frozen=True, slots=True)
class WritingBox:
    """A box to write in.

    Attributes
    ----------
    box : Box
        As printed.
    ink : Box
        Where only a person's ink may be: inside the lines and under the label.
    """

    field: str
    box: Box
    ink: Box


@dataclass(frozen=True, slots=True)
class Cell:
    """A part of a sheet that is cut out: a card (``1``) or a square of the map (``C4``)."""

    name: str
    box: Box
    ticks: tuple[TickBox, ...] = ()
    writing: tuple[WritingBox, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything stands on a kind of sheet.

    Attributes
    ----------
    code : str
    number : int
        Its place among the layouts: the ids of its marks are four times that and the corner's place.
    wide, tall : float, millimetres
        As it is read: a sheet that lies is wider than tall.
    columns, rows : int
        Of its cells.
    qr : Box
        Without its quiet border.
    """

    code: str
    number: int
    kind: SheetKind
    paper: SheetPaper
    wide: float
    tall: float
    columns: int
    rows: int
    marks: tuple[Mark, ...]
    qr: Box
    cells: tuple[Cell, ...]

    @property
    def lies(self) -> bool:
        """Say whether the sheet is wider than tall."""
        return self.wide > self.tall
