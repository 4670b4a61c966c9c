"""Text as spreadsheets export it: any of four delimiters, four encodings, rows of any length.

A publisher's table is refused where a row is ragged (`courtepointe.formats.tables`); a person's is
not: titles above the header and notes below it are rows too. The bytes and the quotes must be right.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable
from itertools import islice

from courtepointe.core.errors import BadInput
from courtepointe.formats.tables.csv_text import DELIMITERS, find_encoding
from courtepointe.formats.workbooks.limits import Limits, check_extent
from courtepointe.formats.workbooks.values import Row, Sheet, Workbook

SAMPLE_ROWS = 200
SAMPLE_LETTERS = 200_000
_SEP = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)


def read_text(content: bytes, *, file: str, limits: Limits) -> Workbook:
    """Read a CSV or TSV; every cell is a text, and a row's number is that which a spreadsheet shows.

    Raises
    ------
    BadInput
        ``text_not_decodable``, ``broken_quotes``, ``workbook_too_wide``.

    Notes
    -----
    The delimiter is the one under which the most rows of the first 200 have the same number of
    cells, more than one; ``sep=;`` on the first line, as Excel writes it, decides by itself. That
    line is then no row: Excel does not show it.
    """
    encoding = find_encoding(lambda: io.BytesIO(content), file=file)
    text = _decoded(content, encoding, file)
    said = _SEP.match(text)
    delimiter = said[1] if said else _delimiter(text)
    text = text[said.end() :] if said else text
    rows = _rows(text, delimiter, file=file, limits=limits)
    sheet = Sheet("", rows)
    return Workbook(file, "text", (sheet,), encoding.removesuffix("-sig"), delimiter)


def _decoded(content: bytes, encoding: str, file: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        raise BadInput("text_not_decodable", file=file, row=row, expected=encoding) from error


def _rows(text: str, delimiter: str, *, file: str, limits: Limits) -> tuple[Row, ...]:
    rows: list[Row] = []
    widest = 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            rows.append(_trimmed(cells))
            widest = max(widest, len(rows[-1]))
            check_extent(len(rows), widest, file=file, sheet="", limits=limits)
    except csv.Error as error:
        raise BadInput("broken_quotes", file=file, row=len(rows) + 1, detail=str(error)) from error
    return tuple(rows)


def _trimmed(cells: list[str]) -> Row:
    """Make blanks nothing, and end the row at its last cell that holds something."""
    row: list[str | None] = [cell if cell and not cell.isspace() else None for cell in cells]
    while row and row[-1] is None:
        row.pop()
    return tuple(row)


def _delimiter(text: str) -> str:
    """Choose the delimiter under which the most rows are alike, then the one that cuts the most."""
    best, best_score = DELIMITERS[0], (0, 0)
    for delimiter in DELIMITERS:
        widths = Counter(len(row) for row in _sample(text, delimiter) if len(row) > 1)
        if widths:
            width, n_rows = max(widths.items(), key=lambda item: (item[1], item[0]))
            best, best_score = max(
                (best, best_score), (delimiter, (n_rows, width)), key=lambda pair: pair[1]
            )
    return best


def _sample(text: str, delimiter: str) -> Iterable[list[str]]:
    """Give the first rows, up to where quotes break under this delimiter."""
    reader = csv.reader(
        io.StringIO(text[:SAMPLE_LETTERS], newline=""), delimiter=delimiter, strict=True
    )
    rows = []
    try:
        for row in islice(reader, SAMPLE_ROWS):
            rows.append(row)
    except csv.Error:
        return rows
    return rows
