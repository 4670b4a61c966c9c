"""XLS, the workbooks of before 2007."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import xlrd
from xlrd.biffh import error_text_from_code
from xlrd.xldate import xldate_as_datetime

from courtepointe.core.errors import BadInput
from courtepointe.formats.workbooks.cells import tidy
from courtepointe.formats.workbooks.limits import Limits, check_extent
from courtepointe.formats.workbooks.percents import in_hundredths, in_percent
from courtepointe.formats.workbooks.values import Merged, Row, Sheet, Value, Workbook

LOCKED = "EncryptedPackage".encode("utf-16-le")
"""What an XLSX under a password is called inside the old container."""


def read_xls(content: bytes, *, file: str, limits: Limits) -> Workbook:
    """Read all sheets of an XLS.

    Raises
    ------
    BadInput
        ``workbook_locked``, ``broken_workbook``, ``workbook_too_wide``.
    """
    if LOCKED in content:
        raise BadInput("workbook_locked", file=file)
    try:
        with xlrd.open_workbook(
            file_contents=content, logfile=io.StringIO(), formatting_info=True, ragged_rows=True
        ) as book:
            percents = _percents(book)
            sheets = [_sheet(held, book.datemode, percents) for held in book.sheets()]
            from_1904 = bool(book.datemode)
    # xlrd meets damaged bytes with whatever its arithmetic raises: IndexError, struct.error…
    except Exception as error:
        if "encrypted" in str(error):
            raise BadInput("workbook_locked", file=file) from error
        raise BadInput("broken_workbook", file=file, detail=str(error)) from error
    for sheet in sheets:
        widest = max(map(len, sheet.rows), default=0)
        check_extent(len(sheet.rows), widest, file=file, sheet=sheet.name, limits=limits)
    return Workbook(file, "xls", tuple(sheets), from_1904=from_1904)


def _percents(book: Any) -> frozenset[int]:
    """Find the styles under which a cell is shown in percent."""
    return frozenset(
        number
        for number, style in enumerate(book.xf_list)
        if in_hundredths(book.format_map[style.format_key].format_str.encode())
    )


def _sheet(held: Any, datemode: int, percents: frozenset[int]) -> Sheet:
    rows = tuple(_row(held, number, datemode, percents) for number in range(held.nrows))
    merged: tuple[Merged, ...] = tuple(
        (first, left, last - 1, right - 1) for first, last, left, right in held.merged_cells
    )
    hidden = tuple(
        number + 1
        for number, told in sorted(held.rowinfo_map.items())
        if told.hidden and number < len(rows) and rows[number]
    )
    return Sheet(held.name, rows, held.visibility != 0, merged, hidden)


def _row(held: Any, number: int, datemode: int, percents: frozenset[int]) -> Row:
    pairs = enumerate(zip(held.row_types(number), held.row_values(number), strict=True))
    row = [
        in_percent(value)
        if kind == xlrd.XL_CELL_NUMBER and held.cell_xf_index(number, place) in percents
        else _value(kind, value, datemode)
        for place, (kind, value) in pairs
    ]
    while row and row[-1] is None:
        row.pop()
    return tuple(row)


def _value(kind: int, value: Any, datemode: int) -> Value:
    if kind == xlrd.XL_CELL_ERROR:
        return str(error_text_from_code.get(value, "#N/A"))
    if kind == xlrd.XL_CELL_BOOLEAN:
        return bool(value)
    if kind == xlrd.XL_CELL_DATE:
        return _moment(float(value), datemode)
    return tidy(value) if kind in (xlrd.XL_CELL_TEXT, xlrd.XL_CELL_NUMBER) else None


def _moment(number: float, datemode: int) -> Value:
    """Turn a day number into a day, a time of day, or both; as a number where it is no day."""
    try:
        found: dt.datetime = xldate_as_datetime(number, datemode)
    except (ValueError, OverflowError):
        return tidy(number)
    return found.time() if 0 <= number < 1 else tidy(found)
