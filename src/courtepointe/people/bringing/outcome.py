"""What became of one cell: a clean value, nothing, or a fault."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from courtepointe.formats.workbooks import CellStatus, Value


@dataclass(frozen=True, slots=True)
class Good:
    """A clean value.

    Attributes
    ----------
    value : object
        As `reading` says for each kind of field.
    why : str
        A code, where the cell was understood otherwise than it is written; else empty.
    """

    value: object
    why: str = ""


@dataclass(frozen=True, slots=True)
class Lacking:
    """A cell that says it holds no value, and how."""

    status: CellStatus


@dataclass(frozen=True, slots=True)
class Wrong:
    """A fault: its code, and what the person may have meant, to be written in the cell."""

    code: str
    suggestion: str = ""


Outcome = Good | Lacking | Wrong
Reader = Callable[[Value], Outcome]


@dataclass(frozen=True, slots=True)
class Setting:
    """What the readers of a column must know besides the cell.

    Attributes
    ----------
    day_first : bool or None
        How 03/04/2025 is read; None where nobody and nothing tells.
    decimal : str or None
        What a comma is in this column's numbers.
    from_1904 : bool
    today : date or None
        Dates that may not be in the future are held against it.
    country : str
        Of telephone numbers written without one.
    """

    day_first: bool | None = None
    decimal: str | None = None
    from_1904: bool = False
    today: date | None = None
    country: str = "CA"
