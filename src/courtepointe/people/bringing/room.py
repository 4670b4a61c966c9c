"""What the room that takes rows in finds in them, told by the cell as any other fault is."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from courtepointe.formats.workbooks import Grid
from courtepointe.people.bringing.result import ROOM, CellFault, Known, Result, Unfit


def looked_at(
    result: Result, grid: Grid, *, unfit: Iterable[Unfit] = (), known: Collection[int] = ()
) -> Result:
    """Add what a room found to a result: rows that it cannot take are no longer clean.

    Parameters
    ----------
    result : Result
    grid : Grid
        Of which it was read.
    unfit : iterable of Unfit
        Of any row; of a cell that has a fault already, the first one is enough.
    known : collection of row numbers
        Rows that say what the room holds already; of the clean ones it is told.
    """
    places = {number: place for place, number in enumerate(grid.row_numbers)}
    told_already = {(one.row, one.field) for one in result.faults}
    faults = tuple(
        _fault(result, grid, places[one.row], one)
        for one in unfit
        if (one.row, one.field) not in told_already
    )
    gone = {one.row for one in (*result.faults, *faults)}
    told = {one.row: one for one in result.known} | {n: Known(n, (), "") for n in known}
    return replace(
        result,
        rows=tuple(row for row in result.rows if row.number not in gone),
        faulty=tuple(
            sorted(
                (row for row in result.every_row if row.number in gone), key=lambda one: one.number
            )
        ),
        faults=tuple(
            sorted(
                (*result.faults, *faults), key=lambda one: (one.row, len(one.column), one.column)
            )
        ),
        known=tuple(one for row, one in sorted(told.items()) if row not in gone),
    )


def _fault(result: Result, grid: Grid, place: int, one: Unfit) -> CellFault:
    """Give the fault its cell; where no column says the field, that of the first column that is read."""
    columns = [column for column in result.matching.columns if column.field]
    column = next((at for at in columns if at.field == one.field), columns[0])
    value = grid.rows[place][column.place]
    return CellFault(
        grid.sheet, one.row, column.letters, column.heading, column.field, value, one.code, ROOM,
        one.suggestion,
    )  # fmt: skip
