"""The tables of a workbook: where each begins and ends, what its columns are called, what is no record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from courtepointe.core.errors import BadInput
from courtepointe.formats.letters import folded
from courtepointe.formats.workbooks.cells import text_of
from courtepointe.formats.workbooks.header import (
    Header,
    filled,
    find_header,
    header_at,
    same_headings,
    stands_out,
)
from courtepointe.formats.workbooks.tail import bottom, crossing, left_out
from courtepointe.formats.workbooks.values import (
    Column,
    Grid,
    Merged,
    Row,
    Sheet,
    Value,
    Workbook,
)

MOST_TITLE_LINES = 4
TITLE_WIDTH = 2
"""Lines that fill at most this many cells may be a title, above a wider table."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A table in a sheet: rows from 0, titles and body in order."""

    titles: tuple[int, ...]
    header: Header | None
    body: tuple[int, ...]


def find_grids(
    workbook: Workbook, *, header_rows: Mapping[str, int] | None = None
) -> tuple[Grid, ...]:
    """Find the tables of all sheets.

    Parameters
    ----------
    workbook : Workbook
    header_rows : mapping of sheet name -> row number from 1, optional
        Where a person says that a sheet's header is; all that stands below it is then one table.

    Returns
    -------
    tuple of Grid
        In the order of the sheets; those of hidden sheets are told as hidden.

    Raises
    ------
    BadInput
        ``unknown_sheet``, ``unknown_row`` for a header that is not there; ``table_without_header``
        where no sheet holds anything.

    Notes
    -----
    In a sheet, tables are set apart by blank rows. What follows blank rows is a table of its own
    only where its first row *names* what stands below it (dates, numbers, addresses, under a label
    each), so that a list with blank rows between its parts stays one list. Tables side by side are
    told apart only where they repeat each other's headings.
    """
    wanted = dict(header_rows or {})
    known = {sheet.name: sheet for sheet in workbook.sheets}
    for name, number in wanted.items():
        _check_header(workbook, known.get(name), name, number)
    grids = [
        grid
        for sheet in workbook.sheets
        for grid in _grids_of(workbook, sheet, wanted.get(sheet.name))
    ]
    if not grids:
        raise BadInput("table_without_header", file=workbook.file)
    return tuple(grids)


def _check_header(workbook: Workbook, sheet: Sheet | None, name: str, number: int) -> None:
    if sheet is None:
        names = ", ".join(one.name for one in workbook.sheets)
        raise BadInput("unknown_sheet", file=workbook.file, value=name, expected=names)
    if not 1 <= number <= len(sheet.rows) or not filled(sheet.rows[number - 1]):
        raise BadInput("header_row_blank", file=workbook.file, sheet=name or "—", row=number)


def _grids_of(workbook: Workbook, sheet: Sheet, header_row: int | None) -> Iterator[Grid]:
    tables = _one_table(sheet, header_row) if header_row else _tables(sheet)
    place = 0
    for found in tables:
        for grid in _side_by_side(_grid(workbook, sheet, found)):
            place += 1
            yield replace(grid, place=place)


def _one_table(sheet: Sheet, header_row: int) -> list[_Found]:
    number = header_row - 1
    stop = len(sheet.rows)
    header = header_at(sheet.rows, number, sheet.merged, start=0, stop=stop)
    titles = tuple(n for n in range(header.first) if sheet.rows[n])
    body = tuple(n for n in range(header.last + 1, stop) if sheet.rows[n])
    return [_Found(titles, header, body)]


def _runs(rows: Sequence[Row]) -> list[tuple[int, int]]:
    """Give the runs of rows between blank rows, the end excluded."""
    runs: list[tuple[int, int]] = []
    start = None
    for number, row in enumerate((*rows, ())):
        if row and start is None:
            start = number
        elif not row and start is not None:
            runs.append((start, number))
            start = None
    return runs


def _tables(sheet: Sheet) -> list[_Found]:
    """Cut a sheet into tables."""
    rows, tables = sheet.rows, []
    titles: list[int] = []
    header: Header | None = None
    body: list[int] = []
    begun = False
    runs = _runs(rows)
    for place, (start, stop) in enumerate(runs):
        if begun and (new := _new_table(rows, start, stop, runs[place + 1 :])) is None:
            body += range(start, stop)
            continue
        if begun:
            tables.append(_Found(tuple(titles), header, tuple(body)))
            titles, header, body = [], None, []
            header = header_at(rows, new or start, sheet.merged, start=start, stop=stop)
        elif _only_titles(rows, start, stop, runs[place + 1 :]):
            titles += range(start, stop)
            continue
        else:
            header = find_header(rows, start, stop, sheet.merged)
        first = start if header is None else header.first
        titles += range(start, first)
        body = list(range(start if header is None else header.last + 1, stop))
        begun = True
    if begun:
        tables.append(_Found(tuple(titles), header, tuple(body)))
    return tables


def _only_titles(
    rows: Sequence[Row], start: int, stop: int, later: Sequence[tuple[int, int]]
) -> bool:
    """Tell whether a run is no more than lines of a title above a wider table."""
    widest = max(len(filled(row)) for row in rows[start:stop])
    below = max((len(filled(r)) for a, b in later for r in rows[a : min(b, a + 50)]), default=0)
    return widest <= TITLE_WIDTH < below


def _new_table(
    rows: Sequence[Row], start: int, stop: int, later: Sequence[tuple[int, int]]
) -> int | None:
    """Give the row of headings of the new table that a run begins, if it begins one."""
    number = start
    while number < min(stop, start + MOST_TITLE_LINES) and len(filled(rows[number])) == 1:
        number += 1
    if number == stop:
        return None
    end = later[0][1] if number + 1 == stop and later else stop
    return number if stands_out(rows, number, end) else None


def _grid(workbook: Workbook, sheet: Sheet, found: _Found) -> Grid:
    """Make a grid of a table: columns, records, and what is left out."""
    rows, header = sheet.rows, found.header
    parts = dict(header.parts) if header else {}
    body = [number for number in found.body if rows[number]]
    heads = [(column, texts[-1]) for column, texts in parts.items() if texts]
    again = [n for n in body if heads and same_headings(rows[n], heads)]
    out = [left_out(rows, number, "header_again") for number in again]
    body = [number for number in body if number not in set(again)]
    held = {number: filled(rows[number]) for number in body}
    used = sorted(set(parts).union(*held.values()))
    out += crossing(rows, body, sheet.merged, width=len(used))
    out += bottom(rows, body, width=len(used))
    gone = {one.row for one in out}
    kept = [number for number in body if number + 1 not in gone]
    in_use = set(parts).union(*(held[number] for number in kept))
    columns = tuple(Column(c, parts.get(c, ())) for c in used if c in in_use)
    cells, filled_down = _records(rows, kept, columns, sheet.merged)
    numbers = tuple(number + 1 for number in kept)
    return Grid(
        workbook.file, sheet.name, columns, cells, numbers,
        header_rows=tuple(range(header.first + 1, header.last + 2)) if header else (),
        titles=tuple(_line(rows[number]) for number in found.titles if rows[number]),
        left_out=tuple(sorted(out, key=lambda one: one.row)),
        filled_down=filled_down,
        hidden_rows=tuple(sorted(set(numbers) & set(sheet.hidden_rows))),
        hidden=sheet.hidden,
        from_1904=workbook.from_1904,
    )  # fmt: skip


def _records(
    rows: Sequence[Row], kept: Sequence[int], columns: Sequence[Column], merged: Sequence[Merged]
) -> tuple[tuple[Row, ...], tuple[tuple[int, int], ...]]:
    """Take the records' cells; a cell merged downwards stands for each of its rows."""
    covered = _covered(rows, set(kept), merged)
    positions = [column.position for column in columns]
    cells = tuple(_cut(rows[number], positions) for number in kept)
    if not covered:
        return cells, ()
    told = tuple(
        tuple(
            covered.get((number, position), value)
            for position, value in zip(positions, row, strict=True)
        )
        for number, row in zip(kept, cells, strict=True)
    )
    return told, tuple((number + 1, column) for number, column in sorted(covered))


def _cut(row: Row, positions: Sequence[int]) -> Row:
    n_cells = len(row)
    return tuple([row[place] if place < n_cells else None for place in positions])


def _covered(
    rows: Sequence[Row], kept: set[int], merged: Sequence[Merged]
) -> dict[tuple[int, int], Value]:
    """Give the value of the cells that a merged cell of one column covers."""
    told: dict[tuple[int, int], Value] = {}
    for first, left, last, right in merged:
        if left != right or first not in kept or left >= len(rows[first]):
            continue
        for number in range(first + 1, last + 1):
            if number in kept:
                told[number, left] = rows[first][left]
    return told


def _line(row: Row) -> str:
    return " ".join(text_of(row[column]) for column in filled(row))


def _side_by_side(grid: Grid) -> list[Grid]:
    """Cut a grid where its headings begin again after a blank column."""
    groups: list[list[int]] = []
    for place, column in enumerate(grid.columns):
        apart = place and column.position - grid.columns[place - 1].position > 1
        if not groups or apart:
            groups.append([])
        groups[-1].append(place)
    if len(groups) < 2 or not _repeat(grid, groups):
        return [grid]
    return [_part(grid, group) for group in groups]


def _repeat(grid: Grid, groups: Sequence[Sequence[int]]) -> bool:
    named = [{folded(grid.columns[n].heading) for n in group} - {""} for group in groups]
    return all(
        len(one) > 1 and 2 * len(one & named[0]) >= min(len(one), len(named[0])) for one in named
    )


def _part(grid: Grid, group: Sequence[int]) -> Grid:
    held = [n for n, row in enumerate(grid.rows) if any(row[c] is not None for c in group)]
    return replace(
        grid,
        columns=tuple(grid.columns[place] for place in group),
        rows=tuple(tuple(grid.rows[n][place] for place in group) for n in held),
        row_numbers=tuple(grid.row_numbers[n] for n in held),
    )
