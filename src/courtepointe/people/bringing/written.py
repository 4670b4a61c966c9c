"""What the workbooks that we write have in common: cells as they are, never formulas, names that are free."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Callable, Iterable
from typing import Any

import xlsxwriter

from courtepointe.formats.workbooks import Value, text_of
from courtepointe.press.forms.settled import settled

LONGEST_NAME = 31
LONGEST_CELL = 32_767
"""Characters that a cell of a spreadsheet holds."""
WIDEST, NARROWEST = 44, 8
STAMP = dt.datetime(2000, 1, 1)
FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
FORMATS = {
    dt.datetime: "yyyy-mm-dd hh:mm", dt.date: "yyyy-mm-dd", dt.time: "hh:mm", dt.timedelta: "[h]:mm"
}  # fmt: skip


def written(fill: Callable[[Any], None]) -> bytes:
    """Make a workbook; the same content gives the same bytes."""
    out = io.BytesIO()
    # Nothing that a person wrote may become a formula or a link.
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
              "strings_to_numbers": False}
    )  # fmt: skip
    book.set_properties({"author": "Courtepointe", "created": STAMP})
    fill(book)
    book.close()
    return settled(out.getvalue())


def put(sheet: Any, row: int, column: int, value: Value, look: Any) -> None:
    """Write a cell as what it is."""
    if value is None:
        if look is not None:
            sheet.write_blank(row, column, None, look)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value, look)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value, look)
    elif isinstance(value, dt.date | dt.time | dt.timedelta):
        _put_moment(sheet, row, column, value, look)
    else:
        sheet.write_string(row, column, value[:LONGEST_CELL], look)


def _put_moment(sheet: Any, row: int, column: int, value: Any, look: Any) -> None:
    """Write a day or a time; before 1900, which a spreadsheet does not know, as text."""
    if isinstance(value, dt.date) and value.year < 1900:
        sheet.write_string(row, column, text_of(value), look)
    else:
        sheet.write_datetime(row, column, value, look)


def looks(book: Any, style: dict[str, Any]) -> Callable[[Value], Any]:
    """Give the look of a cell by what it holds, in a style."""
    plain = book.add_format(style) if style else None
    made = {kind: book.add_format(style | {"num_format": text}) for kind, text in FORMATS.items()}
    return lambda value: made.get(type(value), plain)


def free_name(wanted: str, taken: Iterable[str]) -> str:
    """Give a sheet a name that a spreadsheet allows and that no other sheet has."""
    clean = FORBIDDEN.sub(" ", wanted).strip(" '")[:LONGEST_NAME] or "1"
    lower = {name.lower() for name in taken}
    free, n = clean, 2
    while free.lower() in lower:
        ending = f" {n}"
        free, n = clean[: LONGEST_NAME - len(ending)] + ending, n + 1
    return free


def width_for(texts: Iterable[str]) -> int:
    """Give a column's width for its texts."""
    longest = max((len(line) for text in texts for line in text.split("\n")), default=0)
    return min(WIDEST, max(NARROWEST, longest + 2))
