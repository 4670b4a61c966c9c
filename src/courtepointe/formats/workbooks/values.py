"""A workbook as people have it: sheets of typed cells, and the tables that stand in them.

Places are told as people see them: the sheet's name, the row's number from 1, the column's letters.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import Enum

Value = str | int | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta | None
"""What a cell holds; None where it holds nothing. A whole number is an int, midnight a date."""
Row = tuple[Value, ...]
Merged = tuple[int, int, int, int]
"""First row, first column, last row, last column: positions from 0, all included."""


class CellStatus(Enum):
    """What a cell says: a value, or why there is none. No text: nobody takes *empty* for a word."""

    VALUE = "value"
    EMPTY = "empty"
    NOT_AVAILABLE = "not_available"
    NOT_APPLICABLE = "not_applicable"
    DASH = "dash"
    UNKNOWN = "unknown"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet, from its first row and first column on.

    Attributes
    ----------
    name : str
        Empty for a text file.
    rows : tuple of rows
        Each ends at its last cell that holds something.
    hidden : bool
        Whether its author put it out of sight.
    merged : tuple of (first row, first column, last row, last column), from 0
        Empty where the format does not tell.
    hidden_rows : tuple of int
        Numbers of the rows that a filter or a hand put out of sight, where the format tells.
    """

    name: str
    rows: tuple[Row, ...]
    hidden: bool = False
    merged: tuple[Merged, ...] = ()
    hidden_rows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Workbook:
    """A file read whole.

    Attributes
    ----------
    file : str
        Its name, for messages.
    kind : str
        ``xlsx``, ``xls``, ``ods`` or ``text``.
    sheets : tuple of Sheet
    encoding, delimiter : str
        Of a text file; else empty.
    from_1904 : bool
        Whether its day numbers count from 1904, as those of old Macintosh files do.
    """

    file: str
    kind: str
    sheets: tuple[Sheet, ...]
    encoding: str = ""
    delimiter: str = ""
    from_1904: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes
    ----------
    position : int
        In the sheet, from 0.
    parts : tuple of str
        Lines of its heading, the widest first; empty where it has none.
    """

    position: int
    parts: tuple[str, ...] = ()

    @property
    def letters(self) -> str:
        """The column as a spreadsheet names it."""
        return letters(self.position)

    @property
    def heading(self) -> str:
        """The heading on one line."""
        return " / ".join(self.parts)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that is no record: ``total``, ``note``, ``section`` or ``header_again``."""

    row: int
    why: str
    text: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with its place."""

    sheet: str
    row: int
    letters: str
    value: Value
    status: CellStatus

    @property
    def address(self) -> str:
        """The cell as a spreadsheet names it: ``B12``."""
        return f"{self.letters}{self.row}"


@dataclass(frozen=True, slots=True)
class Grid:
    """One table of a sheet.

    Attributes
    ----------
    file, sheet : str
    hidden : bool
        Whether its sheet is out of sight.
    place : int
        Which table of its sheet, from 1.
    titles : tuple of str
        What is written above the header.
    header_rows : tuple of int
        Numbers of the rows of the header; empty where there is none.
    columns : (n_columns,) tuple of Column
    row_numbers : (n_rows,) tuple of int
        As the spreadsheet numbers them.
    rows : (n_rows,) tuple of (n_columns,) tuple
        Blank rows are not among them.
    left_out : tuple of LeftOut
        Rows that are no records.
    filled_down : tuple of (row number, position in the sheet)
        Cells that take the value of the merged cell that covers them.
    hidden_rows : tuple of int
        Rows of the table that are out of sight; they are read all the same.
    from_1904 : bool
    """

    file: str
    sheet: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    row_numbers: tuple[int, ...]
    header_rows: tuple[int, ...] = ()
    titles: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    filled_down: tuple[tuple[int, int], ...] = ()
    hidden_rows: tuple[int, ...] = ()
    hidden: bool = False
    place: int = 1
    from_1904: bool = False

    def __post_init__(self) -> None:
        if len(self.rows) != len(self.row_numbers):
            raise ValueError("a grid has one number for each of its rows")
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("each row of a grid has one cell for each of its columns")

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def headings(self) -> tuple[str, ...]:
        """The columns' headings, in their order."""
        return tuple(column.heading for column in self.columns)

    def values(self, column: int) -> Row:
        """Give one column's cells, by its place among `columns`."""
        return tuple(row[column] for row in self.rows)


def letters(position: int) -> str:
    """Name a column as a spreadsheet does.

    Parameters
    ----------
    position : int
        From 0: 0 is ``A``, 26 is ``AA``.
    """
    told, left = "", position + 1
    while left:
        left, place = divmod(left - 1, 26)
        told = chr(ord("A") + place) + told
    return told


def position_of(letters: str) -> int:
    """Give the position, from 0, of a column that is named by its letters."""
    position = 0
    for letter in letters:
        position = position * 26 + ord(letter) - ord("A") + 1
    return position - 1
