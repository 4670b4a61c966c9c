"""CSV as the world writes it: any of four delimiters, two encodings, blank lines at the end.

Every cell stays the text it is. A row that has not the header's number of cells is refused.
"""

from __future__ import annotations

import codecs
import csv
import io
import string
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, suppress
from itertools import islice
from typing import IO, Any

import numpy as np
import pyarrow as pa

from courtepointe.core.errors import BadInput
from courtepointe.formats.tables.values import Table, distinct_names

Opener = Callable[[], IO[bytes]]
Row = list[str]

DELIMITERS = (",", ";", "\t", "|")
MARKS_AND_BLANKS = "".join(DELIMITERS) + string.whitespace
UNKNOWN_TO_CP1252 = frozenset(b"\x81\x8d\x8f\x90\x9d")
CHUNK_BYTES = 4 * 1024 * 1024
BATCH_ROWS = 50_000
SAMPLE_ROWS = 50


def read_csv(open_bytes: Opener, *, file: str, encoding: str | None = None) -> Table:
    """Read a CSV into text columns.

    Parameters
    ----------
    open_bytes : callable
        Opens the bytes from their beginning; called up to three times.
    file : str
        Name for messages.
    encoding : str, optional
        Else found: a byte-order mark, then strict UTF-8, then cp1252.

    Raises
    ------
    BadInput
        ``text_not_decodable``, ``table_without_header``, ``table_without_rows``,
        ``ragged_row``, ``broken_quotes``.
    """
    encoding = encoding or find_encoding(open_bytes, file=file)
    delimiter = _find_delimiter(open_bytes, encoding, file=file)
    records = _content(open_bytes, encoding, delimiter, file=file)
    header = next(records, None)
    if header is None:
        raise BadInput("table_without_header", file=file)
    names, renamed = distinct_names(header[1])
    batches, numbers, blanks = _columns(records, n_columns=len(names), file=file)
    if not numbers:
        raise BadInput("table_without_rows", file=file)
    data = pa.table(
        {name: pa.chunked_array(chunks) for name, chunks in zip(names, batches, strict=True)}
    )
    rows = np.array(numbers, dtype=np.int64)
    return Table(file, data, rows, encoding.removesuffix("-sig"), blanks, renamed)


def find_encoding(open_bytes: Opener, *, file: str) -> str:
    """Tell ``utf-8-sig``, ``utf-8``, ``utf-16`` or ``cp1252`` by reading every byte.

    Raises
    ------
    BadInput
        ``text_not_decodable``: neither strict UTF-8 nor cp1252.
    """
    with open_bytes() as stream:
        start = stream.read(3)
    if start.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if start[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return "utf-16"
    for encoding in ("utf-8", "cp1252"):
        if _decodes(open_bytes, encoding):
            return encoding
    row = _line_that_no_encoding_allows(open_bytes)
    raise BadInput("text_not_decodable", file=file, row=row, expected="UTF-8, cp1252")


def _line_that_no_encoding_allows(open_bytes: Opener) -> int:
    with open_bytes() as stream:
        for number, line in enumerate(stream, start=1):
            if UNKNOWN_TO_CP1252.intersection(line):
                return number
    return 1


def _decodes(open_bytes: Opener, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        with open_bytes() as stream:
            while chunk := stream.read(CHUNK_BYTES):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _records(
    open_bytes: Opener, encoding: str, delimiter: str, *, file: str
) -> Generator[tuple[int, Row], None, None]:
    """Yield every record with the line it begins at."""
    begins = 1
    try:
        with open_bytes() as raw, io.TextIOWrapper(raw, encoding=encoding, newline="") as text:
            reader = csv.reader(text, delimiter=delimiter, strict=True)
            for row in reader:
                yield begins, row
                begins = reader.line_num + 1
    except csv.Error as error:
        raise BadInput("broken_quotes", file=file, row=begins, detail=str(error)) from error
    except (UnicodeError, LookupError) as error:
        raise BadInput("text_not_decodable", file=file, row=begins, expected=encoding) from error


def _content(
    open_bytes: Opener, encoding: str, delimiter: str, *, file: str
) -> Iterator[tuple[int, Row]]:
    """Yield the header (the first record that is not blank), then all records."""
    records = _records(open_bytes, encoding, delimiter, file=file)
    for begins, row in records:
        if not is_blank(row):
            yield begins, row
            break
    yield from records


def is_blank(row: Row) -> bool:
    """Tell whether a row has no content."""
    return not any(row) or not any(cell.strip() for cell in row)


def _find_delimiter(open_bytes: Opener, encoding: str, *, file: str) -> str:
    """Choose the delimiter under which header and first rows have the most cells, all alike."""
    best, best_score = DELIMITERS[0], (False, 0)
    for delimiter in DELIMITERS:
        widths = _sample_widths(open_bytes, encoding, delimiter, file=file)
        score = (len(set(widths)) == 1 and widths[0] > 1, max(widths[:1], default=0))
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _sample_widths(open_bytes: Opener, encoding: str, delimiter: str, *, file: str) -> list[int]:
    """Count the cells of the first rows, up to where quotes break under this delimiter."""
    widths: list[int] = []
    records = _records(open_bytes, encoding, delimiter, file=file)
    with suppress(BadInput), closing(records):
        for _, row in islice(records, SAMPLE_ROWS):
            if "".join(row).strip(MARKS_AND_BLANKS):
                widths.append(len(row))
    return widths


def _columns(
    records: Iterator[tuple[int, Row]], *, n_columns: int, file: str
) -> tuple[list[list[Any]], list[int], int]:
    """Gather rows into Arrow chunks per column, with their lines and the blanks left out."""
    chunks: list[list[Any]] = [[] for _ in range(n_columns)]
    numbers: list[int] = []
    pending: list[Row] = []
    blanks = 0
    for begins, row in records:
        if is_blank(row):
            blanks += 1
            continue
        if len(row) != n_columns:
            raise BadInput("ragged_row", file=file, row=begins, found=len(row), expected=n_columns)
        pending.append(row)
        numbers.append(begins)
        if len(pending) == BATCH_ROWS:
            _flush(pending, chunks)
    _flush(pending, chunks)
    return chunks, numbers, blanks


def _flush(pending: list[Row], chunks: list[list[Any]]) -> None:
    for position, cells in enumerate(zip(*pending, strict=True)):
        chunks[position].append(pa.array(cells, pa.string()))
    pending.clear()
