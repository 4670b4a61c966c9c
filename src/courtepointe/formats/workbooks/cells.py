"""Cells as readers give them, made plain: blanks are nothing, 12.0 is 12, midnight is a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from courtepointe.formats.tables.values import as_text
from courtepointe.formats.workbooks.values import Row, Value

WHOLE_LIMIT = 1e15
"""Above it a spreadsheet's number no longer tells its last digit."""


def tidy(value: Any) -> Value:
    """Make one cell plain."""
    told: Value = value
    if value.__class__ is str:
        return value if value and not value.isspace() else None
    if value.__class__ is float:
        if value != value or value in (float("inf"), float("-inf")):
            return None
        return int(value) if value.is_integer() and abs(value) < WHOLE_LIMIT else value
    if value.__class__ is dt.datetime and value.time() == dt.time():
        return value.date()
    return told


def tidy_rows(
    rows: Iterable[Sequence[Any]], errors: Mapping[tuple[int, int], str]
) -> tuple[Row, ...]:
    """Make rows plain, put errors back where they stood, end each row at its last filled cell.

    Parameters
    ----------
    rows : iterable of rows
        From the sheet's first row and column on.
    errors : mapping of (row, column) from 0 -> text
    """
    by_row: dict[int, dict[int, str]] = {}
    for (row, column), text in errors.items():
        by_row.setdefault(row, {})[column] = text
    told = [_tidy_row(cells, by_row.pop(number, None)) for number, cells in enumerate(rows)]
    for number in sorted(by_row):
        told += [()] * (number + 1 - len(told))
        told[number] = _tidy_row((), by_row[number])
    return tuple(told)


def _tidy_row(cells: Sequence[Any], errors: Mapping[int, str] | None) -> Row:
    # Most cells are texts that begin with a plain letter: they need no second look.
    row: list[Value] = [
        cell if cell.__class__ is str and "!" <= cell[:1] <= "~" else tidy(cell) for cell in cells
    ]
    for column, text in (errors or {}).items():
        row += [None] * (column + 1 - len(row))
        row[column] = text
    while row and row[-1] is None:
        row.pop()
    return tuple(row)


def text_of(value: Value) -> str:
    """Write a cell as text: ISO dates, ``12`` for 12.0, nothing for an empty cell."""
    if isinstance(value, dt.timedelta):
        return _length(value)
    if isinstance(value, dt.time) and value.second == 0:
        return value.strftime("%H:%M")
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        value = value.date()
    return as_text(value) or ""


def _length(value: dt.timedelta) -> str:
    minutes = round(value.total_seconds() / 60)
    return f"{minutes // 60}:{minutes % 60:02d}"
