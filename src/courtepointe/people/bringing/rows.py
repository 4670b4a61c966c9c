"""Read all rows of a table: every cell, every fault, not only the first."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from courtepointe.core.errors import BadInput
from courtepointe.formats.workbooks import Grid, Value
from courtepointe.people.bringing.cautions import cautions_of
from courtepointe.people.bringing.evidence import setting_of
from courtepointe.people.bringing.keys import known_rows, repeated
from courtepointe.people.bringing.mapping import ColumnMatch, Matching
from courtepointe.people.bringing.outcome import Good, Outcome, Reader, Wrong
from courtepointe.people.bringing.reading import reader_of
from courtepointe.people.bringing.result import CellFault, Result, RowRead, Understood
from courtepointe.people.bringing.shape import Field, Shape

Existing = Mapping[tuple[str, ...], Collection[str]]
"""For each key of a shape (its fields), the keys that exist: see `keys.key_of_row`."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A column read: what became of each of its cells."""

    match: ColumnMatch
    field: Field
    cells: Sequence[Value]
    outcomes: Sequence[Outcome]


def read_rows(
    grid: Grid,
    matching: Matching,
    shape: Shape,
    *,
    existing: Existing | None = None,
    today: date | None = None,
    country: str = "CA",
) -> Result:
    """Read and check every cell that a field is.

    Parameters
    ----------
    grid : Grid
    matching : Matching
    shape : Shape
    existing : mapping of key fields -> keys, optional
        What is already there.
    today : date, optional
        Dates of a field that lies in the past are held against it.
    country : str
        Of telephone numbers without one.

    Raises
    ------
    BadInput
        ``matching_other_shape``; ``matching_other_table`` where the columns are not the grid's.
    """
    _check(grid, matching, shape)
    fields = shape.by_code
    columns = [
        _read_column(grid, one, fields[one.field], matching, today=today, country=country)
        for one in matching.columns
        if one.field
    ]
    filled = [any(value is not None for value in cells) for cells in _rows(columns, len(grid))]
    faults = [fault for column in columns for fault in _faults(grid, column, filled)]
    every = _rows_read(grid, columns, filled)
    wrong = {fault.row for fault in faults}
    in_order = sorted(every, key=lambda row: row.number in wrong)
    twice = tuple(repeated(grid, shape, in_order, matching))
    gone = wrong | {fault.row for fault in twice}
    rows = tuple(row for row in every if row.number not in gone)
    return Result(
        grid.file, grid.sheet, shape.code, matching,
        n_rows=sum(filled),
        rows=rows,
        faults=tuple(sorted((*faults, *twice), key=lambda one: (one.row, len(one.column), one.column))),
        understood=tuple(one for column in columns for one in _understood(grid, column, filled)),
        faulty=tuple(row for row in every if row.number in gone),
        known=tuple(known_rows(shape, rows, existing or {})),
        lacking=tuple(field.code for field in matching.lacking(shape)),
        unmapped=tuple(one for one in matching.columns if not one.field),
        blank_rows=tuple(n for n, is_filled in zip(grid.row_numbers, filled, strict=True) if not is_filled),
        left_out=grid.left_out,
        cautions=tuple(cautions_of(grid, [(one.match, one.field, one.cells) for one in columns])),
    )  # fmt: skip


def _check(grid: Grid, matching: Matching, shape: Shape) -> None:
    if matching.shape != shape.code:
        raise BadInput("matching_other_shape", value=matching.shape, expected=shape.code)
    letters = tuple(column.letters for column in grid.columns)
    unknown = [
        one.field for one in matching.columns if one.field and one.field not in shape.by_code
    ]
    if tuple(one.letters for one in matching.columns) != letters or unknown:
        told = ", ".join(unknown) or ", ".join(one.letters for one in matching.columns)
        raise BadInput("matching_other_table", file=grid.file, value=told)


def _read_column(
    grid: Grid, match: ColumnMatch, field: Field, matching: Matching, *, today: date | None, country: str
) -> _Read:  # fmt: skip
    cells = grid.values(match.place)
    setting = setting_of(field, cells, grid, day_first=matching.day_first, today=today, country=country)  # fmt: skip
    return _Read(match, field, cells, _each_once(cells, reader_of(field, setting)))


def _each_once(cells: Sequence[Value], read: Reader) -> list[Outcome]:
    """Read the cells, each different one once; 1, 1.0 and True are different."""
    seen: dict[object, Outcome] = {}
    outcomes = []
    for value in cells:
        key: object = value if value.__class__ is str else (value.__class__, value)
        found = seen.get(key)
        if found is None:
            found = seen[key] = read(value)
        outcomes.append(found)
    return outcomes


def _rows(columns: Sequence[_Read], n_rows: int) -> Iterator[tuple[Value, ...]]:
    if not columns:
        return iter([()] * n_rows)
    return zip(*(column.cells for column in columns), strict=True)


def _faults(grid: Grid, column: _Read, filled: Sequence[bool]) -> Iterator[CellFault]:
    match, field = column.match, column.field
    for place, outcome in enumerate(column.outcomes):
        if isinstance(outcome, Wrong) and filled[place]:
            yield CellFault(
                grid.sheet, grid.row_numbers[place], match.letters, match.heading, field.code,
                column.cells[place], outcome.code, field.kind.value, outcome.suggestion,
            )  # fmt: skip


def _understood(grid: Grid, column: _Read, filled: Sequence[bool]) -> Iterator[Understood]:
    match = column.match
    for place, outcome in enumerate(column.outcomes):
        if isinstance(outcome, Good) and outcome.why and filled[place]:
            yield Understood(
                grid.row_numbers[place], match.letters, match.heading, column.field.code,
                column.cells[place], outcome.value, outcome.why,
            )  # fmt: skip


def _rows_read(grid: Grid, columns: Sequence[_Read], filled: Sequence[bool]) -> tuple[RowRead, ...]:
    """Give the rows that hold something, without their faulty cells."""
    codes = [column.field.code for column in columns]
    told = [column.outcomes for column in columns]
    return tuple(
        RowRead(
            grid.row_numbers[place],
            {
                code: outcome.value if isinstance(outcome, Good) else outcome.status
                for code, outcome in zip(codes, outcomes, strict=True)
                if not isinstance(outcome, Wrong)
            },
        )
        for place, outcomes in enumerate(zip(*told, strict=True))
        if filled[place]
    )
