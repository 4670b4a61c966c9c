"""Where a table's header is, and what its headings say, on one line, on two, or merged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from courtepointe.formats.workbooks.cells import text_of
from courtepointe.formats.workbooks.looks import Look, is_heading_row, look, ruling_look
from courtepointe.formats.workbooks.values import Merged, Row

ENOUGH_SHARE = 0.5
"""A header names at least this share of the columns that the widest row fills."""
SEARCHED_ROWS = 40
SAMPLE_ROWS = 40
MOST_LINES = 3


@dataclass(frozen=True, slots=True)
class Header:
    """A header found.

    Attributes
    ----------
    first, last : int
        Rows of the sheet, from 0; last is before first where there is no header.
    parts : mapping of column from 0 -> lines of the heading
    """

    first: int
    last: int
    parts: Mapping[int, tuple[str, ...]]


def find_header(
    rows: Sequence[Row], start: int, stop: int, merged: Sequence[Merged] = ()
) -> Header | None:
    """Find the first row of headings of a run of rows.

    Parameters
    ----------
    rows : rows of the sheet
    start, stop : int
        The run, from 0, `stop` excluded.
    merged : tuple of (first row, first column, last row, last column)

    Returns
    -------
    Header or None
        None where no row of the run is one of headings.

    Notes
    -----
    The header is the first row that names at least half as many columns as the widest row of the
    run fills, and holds labels rather than records. Lines of a title fill one or two cells.
    """
    run = range(start, min(stop, start + SEARCHED_ROWS))
    widest = max((len(filled(rows[number])) for number in run), default=0)
    least = max(min(widest, 2), widest * ENOUGH_SHARE)
    for number in run:
        columns = filled(rows[number])
        if len(columns) >= least and is_heading_row(rows[number]):
            return header_at(rows, number, merged, start=start, stop=stop)
    return None


def header_at(
    rows: Sequence[Row], number: int, merged: Sequence[Merged], *, start: int, stop: int
) -> Header:
    """Read the header of which one row is known: groups above it, more lines below it."""
    lines = [number]
    while len(lines) < MOST_LINES and lines[-1] + 1 < stop:
        if not _goes_on(rows, lines[-1], merged, stop):
            break
        lines.append(lines[-1] + 1)
    if number > start and _is_group_line(rows, number, merged):
        lines.insert(0, number - 1)
    return Header(lines[0], lines[-1], _parts(rows, lines, merged))


def filled(row: Row) -> tuple[int, ...]:
    """Give the columns that hold something."""
    return tuple([place for place, value in enumerate(row) if value is not None])


def _goes_on(rows: Sequence[Row], number: int, merged: Sequence[Merged], stop: int) -> bool:
    """Tell whether the row below a line of headings is a second line of them.

    Where merged cells are told, they decide: a heading stands over several columns that are named
    below. Else the line below must name what the first leaves blank, and itself leave blank a column
    that nearly all records fill.
    """
    over, under = filled(rows[number]), filled(rows[number + 1])
    if not under or not is_heading_row(rows[number + 1]):
        return False
    spans = [one for one in merged if one[0] <= number <= one[2] and one[3] > one[1]]
    if any(len(set(range(one[1], one[3] + 1)) & set(under)) > 1 for one in spans):
        return True
    missing = set(range(min(over), max((*over, *under)) + 1)) - set(over)
    if not missing or not missing <= set(under) or set(over) <= set(under):
        return False
    return _usually_filled(rows, set(over) - set(under), number + 2, stop)


def _usually_filled(rows: Sequence[Row], columns: set[int], start: int, stop: int) -> bool:
    body = [set(filled(row)) for row in rows[start : min(stop, start + SAMPLE_ROWS)] if row]
    n_filled = sum(len(columns & cells) for cells in body)
    return bool(body) and n_filled >= 0.9 * len(body) * len(columns)


def _is_group_line(rows: Sequence[Row], number: int, merged: Sequence[Merged]) -> bool:
    """Tell whether the row above a line of headings names groups of its columns."""
    above, columns = filled(rows[number - 1]), filled(rows[number])
    if not above or not columns or not is_heading_row(rows[number - 1]):
        return False
    if min(above) < min(columns) or max(above) > max(columns):
        return False
    whole = max(columns) - min(columns)
    if any(m[0] == m[2] == number - 1 and 0 < m[3] - m[1] < whole for m in merged):
        return len(above) > 1 or min(above) > min(columns)
    apart = any(second - first > 1 for first, second in pairwise(above))
    return apart and not any(_plain(rows[number - 1][c]).endswith(":") for c in above)


def _parts(
    rows: Sequence[Row], lines: Sequence[int], merged: Sequence[Merged]
) -> dict[int, tuple[str, ...]]:
    """Read each column's heading down the lines; a group's name stands over all its columns."""
    told: dict[int, list[str]] = {}
    last = len(lines) - 1
    columns = sorted({column for number in lines for column in filled(rows[number])})
    for place, number in enumerate(lines):
        named = {column: _plain(rows[number][column]) for column in filled(rows[number])}
        if place < last:
            below = {column for under in lines[place + 1 :] for column in filled(rows[under])}
            named = _spread(named, number, merged, below)
        for column in columns:
            text = named.get(column, "")
            if text and text not in told.setdefault(column, []):
                told[column].append(text)
    return {column: tuple(texts) for column, texts in told.items()}


def _spread(
    named: Mapping[int, str], number: int, merged: Sequence[Merged], below: set[int]
) -> dict[int, str]:
    """Let a heading stand over the columns of its merged cell, or over those unnamed to its right."""
    spans = {m[1]: m[3] for m in merged if m[0] <= number <= m[2] and m[3] > m[1]}
    if spans:
        over = {c: text for at, text in named.items() for c in range(at, spans.get(at, at) + 1)}
        return over | dict(named)
    told, current = dict(named), ""
    for column in range(min(named, default=0), max(below, default=-1) + 1):
        if column in named:
            current = named[column] if column in below else ""
        elif column in below:
            told[column] = current
    return told


def _plain(value: object) -> str:
    return " ".join(text_of(value).split())  # type: ignore[arg-type]


def same_headings(row: Row, headings: Sequence[tuple[int, str]]) -> bool:
    """Tell whether a row says the headings again, letter for letter, as printed pages do."""
    if not any(_says(row, column, text) for column, text in headings[:2]):
        return False
    said = sum(_says(row, column, text) for column, text in headings)
    return said >= max(2, 0.8 * len(headings)) or said == len(headings) == 1


def _says(row: Row, column: int, text: str) -> bool:
    value = row[column] if column < len(row) else None
    return value == text or (isinstance(value, str) and " ".join(value.split()) == text)


def stands_out(rows: Sequence[Row], number: int, stop: int) -> bool:
    """Tell whether a row names what the rows below it hold: dates, numbers, addresses under a label.

    A list of plain words does not tell: then a new table is not claimed.
    """
    row = rows[number]
    columns = filled(row)
    if len(columns) < 2 or not is_heading_row(row):
        return False
    body = [one for one in rows[number + 1 : min(stop, number + 1 + SAMPLE_ROWS)] if one]
    ruled = {
        column: ruling_look([one[column] if column < len(one) else None for one in body])
        for column in range(max((len(one) for one in body), default=0))
    }
    telling = [c for c, seen in ruled.items() if seen not in (Look.NOTHING, Look.LABEL, Look.LONG)]
    return bool(telling) and all(c in columns and look(row[c]) == Look.LABEL for c in telling)
