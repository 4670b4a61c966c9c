"""Rows that are no records: totals and notes at the bottom, lines across the table, headings said again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from courtepointe.formats.letters import folded
from courtepointe.formats.workbooks.cells import text_of
from courtepointe.formats.workbooks.header import filled
from courtepointe.formats.workbooks.looks import Look, look
from courtepointe.formats.workbooks.marks import words
from courtepointe.formats.workbooks.values import LeftOut, Merged, Row

LEAST_WIDTH = 3
"""In a table of two columns a row with one cell is a record as likely as a note."""


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(words()[name]["pattern"])


def is_total(row: Row) -> bool:
    """Tell whether a row is one of totals: its first cell says so, and the others are numbers."""
    columns = filled(row)
    if not columns or not isinstance(row[columns[0]], str):
        return False
    said = folded(text_of(row[columns[0]])).strip(" :=.")
    told = re.sub(r"[ :=]+[\d ]+$", "", said)
    alone = len(columns) == 1 and told == said
    rest = {look(row[column]) for column in columns[1:]}
    return bool(_pattern("totals").fullmatch(told)) and not alone and rest <= {Look.NUMBER, Look.NOTHING}  # fmt: skip


def is_note(row: Row, *, width: int, after_blank: bool) -> bool:
    """Tell whether a row at the bottom is a note: one text alone, set apart or marked as one."""
    columns = filled(row)
    if len(columns) != 1 or width < LEAST_WIDTH or not isinstance(row[columns[0]], str):
        return False
    return after_blank or bool(_pattern("notes").match(folded(text_of(row[columns[0]]))))


def bottom(rows: Sequence[Row], numbers: Sequence[int], *, width: int) -> tuple[LeftOut, ...]:
    """Find the totals and notes that end a table.

    Parameters
    ----------
    rows : rows of the sheet
    numbers : sequence of int
        Those of the table that hold something, from 0, in order.
    width : int
        How many columns the table has.

    Returns
    -------
    tuple of LeftOut, from the top
    """
    found: list[LeftOut] = []
    left = list(numbers)
    while left:
        number = left.pop()
        row = rows[number]
        after_blank = bool(left) and left[-1] < number - 1
        if is_total(row):
            found.append(left_out(rows, number, "total"))
        elif is_note(row, width=width, after_blank=after_blank or _ends_notes(rows, left, width)):
            found.append(left_out(rows, number, "note"))
        else:
            break
    return tuple(reversed(found))


def _ends_notes(rows: Sequence[Row], before: Sequence[int], width: int) -> bool:
    """Tell whether lone texts go up from here to a blank row: a note of several lines."""
    place = len(before) - 1
    while place > 0 and is_note(rows[before[place]], width=width, after_blank=True):
        if before[place - 1] < before[place] - 1:
            return True
        place -= 1
    return False


def crossing(
    rows: Sequence[Row], numbers: Sequence[int], merged: Sequence[Merged], *, width: int
) -> tuple[LeftOut, ...]:
    """Find the lines that cross a table: one text, merged over at least half of its columns."""
    wide = {m[0] for m in merged if m[0] == m[2] and 2 * (m[3] - m[1] + 1) >= max(width, 2)}
    return tuple(
        left_out(rows, number, "section")
        for number in numbers
        if number in wide and width >= LEAST_WIDTH and len(filled(rows[number])) == 1
    )


def left_out(rows: Sequence[Row], number: int, why: str) -> LeftOut:
    """Tell a row that is left out."""
    row = rows[number]
    return LeftOut(number + 1, why, " ".join(text_of(row[c]) for c in filled(row)))
