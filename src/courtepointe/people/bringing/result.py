"""What a table gave: clean rows, every fault with its place, and all that was understood otherwise."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from dataclasses import field as kept
from typing import Literal

from courtepointe.core.errors import BadInput
from courtepointe.formats.workbooks import LeftOut, Value
from courtepointe.people.bringing.mapping import ColumnMatch, Matching

ROOM = "room"
"""What a fault that a room found expected: its own sentence says it."""


@dataclass(frozen=True, slots=True)
class RowRead:
    """A clean row.

    Attributes
    ----------
    number : int
        As the spreadsheet numbers it.
    values : mapping of field code -> clean value, or `CellStatus` where there is none
        One for each field that a column is.
    """

    number: int
    values: Mapping[str, object] = kept(repr=False)


@dataclass(frozen=True, slots=True)
class CellFault:
    """One cell that cannot be taken as it is.

    Attributes
    ----------
    sheet : str
    row : int
    column : str
        Its letters.
    heading : str
    field : str
        Code of the field that was expected there.
    value : Value
        What the cell holds; not told by ``repr``, for it may be personal.
    code : str
        Which fault; see ``words.toml``.
    expected : str
        Which kind of thing was expected: a `Kind`, ``unique``, or ``room`` where the sentence of the
        fault says it.
    suggestion : str
        What may be written in the cell instead; empty where nothing is likely.
    first_row : int
        Of a repeated key: the row that has it first; else 0.
    """

    sheet: str
    row: int
    column: str
    heading: str
    field: str
    value: Value = kept(repr=False)
    code: str
    expected: str
    suggestion: str = kept(default="", repr=False)
    first_row: int = 0

    @property
    def address(self) -> str:
        """The cell as a spreadsheet names it."""
        return f"{self.column}{self.row}"


@dataclass(frozen=True, slots=True)
class Understood:
    """A cell that was understood otherwise than it is written: ``5145551234``, as ``514 555-1234``.

    Attributes
    ----------
    read : object
        The clean value; `words.shown` writes it for people.
    why : str
        A code; see ``words.toml``.
    """

    row: int
    column: str
    heading: str
    field: str
    value: Value = kept(repr=False)
    read: object = kept(repr=False)
    why: str


@dataclass(frozen=True, slots=True)
class Known:
    """A clean row whose key already exists where it would go."""

    row: int
    fields: tuple[str, ...]
    key: str = kept(repr=False)


@dataclass(frozen=True, slots=True)
class Unfit:
    """A cell that is well written, and that the room cannot take: it names what the room does not hold.

    Attributes
    ----------
    row : int
    field : str
        Code of the field whose cell says it.
    code : str
        Which fault; see ``words.toml``.
    suggestion : str
        What may be written in the cell instead.
    """

    row: int
    field: str
    code: str
    suggestion: str = kept(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Caution:
    """Something to look at before going on, of a column or of the table: no fault.

    ``dates_perhaps_swapped``, ``hidden_rows_read``, ``merged_cells_filled``.
    """

    code: str
    column: str = ""
    heading: str = ""
    n: int = 0


@dataclass(frozen=True, slots=True)
class Result:
    """All that a table gave.

    Attributes
    ----------
    file, sheet, shape : str
    matching : Matching
    n_rows : int
        Rows looked at: those with nothing in any field's column are not.
    rows : tuple of RowRead
        The clean ones, in the file's order.
    faulty : tuple of RowRead
        The others, with what could be read of them: their faulty cells are left out.
    faults : tuple of CellFault
        All of them, row by row.
    understood : tuple of Understood
    known : tuple of Known
    lacking : tuple of str
        Required fields that no column is: nothing can be taken before they are.
    unmapped : tuple of ColumnMatch
        Columns that were not read.
    blank_rows : tuple of int
        Rows with nothing in any field's column.
    left_out : tuple of LeftOut
        Rows that are no records: totals, notes.
    cautions : tuple of Caution
    """

    file: str
    sheet: str
    shape: str
    matching: Matching
    n_rows: int
    rows: tuple[RowRead, ...]
    faults: tuple[CellFault, ...]
    understood: tuple[Understood, ...] = ()
    faulty: tuple[RowRead, ...] = ()
    known: tuple[Known, ...] = ()
    lacking: tuple[str, ...] = ()
    unmapped: tuple[ColumnMatch, ...] = ()
    blank_rows: tuple[int, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    cautions: tuple[Caution, ...] = ()

    @property
    def every_row(self) -> tuple[RowRead, ...]:
        """All rows, the clean ones first: what a room looks at, so that a faulty row is told whole at once."""
        return (*self.rows, *self.faulty)

    @property
    def faulty_rows(self) -> tuple[int, ...]:
        """Numbers of the rows that have a fault, in order."""
        return tuple(sorted({one.row for one in self.faults}))

    @property
    def is_clean(self) -> bool:
        """Whether every row can be taken."""
        return not self.faults and not self.lacking


def accepted(
    result: Result,
    *,
    skip_rows: Collection[int] = (),
    known: Literal["refuse", "skip", "take"] = "refuse",
) -> tuple[RowRead, ...]:
    """Give the rows to take: all of the table, but for the rows that somebody said to skip.

    Parameters
    ----------
    result : Result
    skip_rows : collection of row numbers
        Each is left out, faulty or clean.
    known : {"refuse", "skip", "take"}
        What becomes of rows whose key already exists: to take them is to change what is there.

    Raises
    ------
    BadInput
        ``bring_lacks_column``, ``bring_faulty_rows``, ``bring_known_rows``: nothing is taken then.
    """
    if result.lacking:
        raise BadInput("bring_lacks_column", file=result.file, value=", ".join(result.lacking))
    left = [row for row in result.faulty_rows if row not in skip_rows]
    if left:
        raise BadInput("bring_faulty_rows", file=result.file, found=len(left), row=left[0])
    there = {one.row for one in result.known} - set(skip_rows)
    if there and known == "refuse":
        raise BadInput("bring_known_rows", file=result.file, found=len(there), row=min(there))
    gone = set(skip_rows) | (there if known == "skip" else set())
    return tuple(row for row in result.rows if row.number not in gone)
