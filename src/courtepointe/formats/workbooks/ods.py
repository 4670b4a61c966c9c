"""ODS, the workbooks of LibreOffice, read row by row: a repeated cell takes no more room than one.

The spelling of the format is that of OpenDocument 1.3, part 3, sections 9.1 (tables) and 19.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Any

from lxml import etree

from courtepointe.core.errors import BadInput
from courtepointe.formats import archives
from courtepointe.formats.workbooks.cells import tidy
from courtepointe.formats.workbooks.limits import Limits, check_extent
from courtepointe.formats.workbooks.percents import in_percent
from courtepointe.formats.workbooks.values import Merged, Row, Sheet, Value, Workbook

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE, TABLE, TEXT, STYLE = (
    f"{{{_OASIS}{name}:1.0}}" for name in ("office", "table", "text", "style")
)
ERROR_TYPE = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
CELLS = (TABLE + "table-cell", TABLE + "covered-table-cell")
_DURATION = re.compile(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?")


@dataclass
class _Open:
    """A sheet that is being read; blank rows wait until a row that holds something follows."""

    name: str
    hidden: bool
    rows: list[Row] = field(default_factory=list)
    merged: list[Merged] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    n_blank: int = 0
    widest: int = 0


def read_ods(content: bytes, *, file: str, limits: Limits) -> Workbook:
    """Read all sheets of an ODS.

    Raises
    ------
    BadInput
        As `archives.open_zip`; ``workbook_locked``, ``broken_workbook``, ``workbook_too_wide``.
    """
    with archives.open_zip(
        io.BytesIO(content), file=file, limit_bytes=limits.unpacked_bytes
    ) as archive:
        names = archive.namelist()
        manifest = "META-INF/manifest.xml"
        if manifest in names and b"encryption-data" in archive.read(manifest):
            raise BadInput("workbook_locked", file=file)
        with archive.open("content.xml") as stream:
            try:
                return _workbook(stream, file=file, limits=limits)
            except (etree.XMLSyntaxError, ValueError) as error:
                raise BadInput("broken_workbook", file=file, detail=str(error)) from error


def _workbook(stream: IO[bytes], *, file: str, limits: Limits) -> Workbook:
    sheets: list[Sheet] = []
    hidden_styles: set[str] = set()
    open_sheet: _Open | None = None
    from_1904 = False
    for event, node in _events(stream):
        if node.tag == STYLE + "style":
            if _hides(node):
                hidden_styles.add(node.get(STYLE + "name", ""))
        elif node.tag == TABLE + "null-date":
            from_1904 = node.get(TABLE + "date-value", "").startswith("1904")
        elif event == "start":
            if node.tag == TABLE + "table":
                hidden = node.get(TABLE + "style-name", "") in hidden_styles
                open_sheet = _Open(node.get(TABLE + "name", ""), hidden)
        elif open_sheet is not None and node.tag == TABLE + "table-row":
            _take_row(open_sheet, node, file=file, limits=limits)
            _forget(node)
        elif open_sheet is not None:
            sheets.append(_closed(open_sheet))
            open_sheet = None
    return Workbook(file, "ods", tuple(sheets), from_1904=from_1904)


def _events(stream: IO[bytes]) -> Iterator[tuple[str, Any]]:
    yield from etree.iterparse(
        stream,
        events=("start", "end"),
        tag=(TABLE + "table", TABLE + "table-row", TABLE + "null-date", STYLE + "style"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        huge_tree=False,
    )


def _hides(style: Any) -> bool:
    told = style.find(STYLE + "table-properties")
    return told is not None and told.get(TABLE + "display") == "false"


def _closed(sheet: _Open) -> Sheet:
    return Sheet(
        sheet.name, tuple(sheet.rows), sheet.hidden, tuple(sheet.merged), tuple(sheet.hidden_rows)
    )


def _forget(node: Any) -> None:
    """Let go of a row that was read, and of those before it."""
    node.clear()
    while node.getprevious() is not None:
        del node.getparent()[0]


def _take_row(sheet: _Open, node: Any, *, file: str, limits: Limits) -> None:
    """Add a row as often as it is repeated; check first that there is room for it."""
    repeated = int(node.get(TABLE + "number-rows-repeated", "1"))
    first = len(sheet.rows) + sheet.n_blank
    row = _row(node, sheet, first, file=file, limits=limits)
    if not row:
        sheet.n_blank += repeated
        return
    sheet.widest = max(sheet.widest, len(row))
    check_extent(first + repeated, sheet.widest, file=file, sheet=sheet.name, limits=limits)
    sheet.rows += [()] * sheet.n_blank + [row] * repeated
    sheet.n_blank = 0
    if node.get(TABLE + "visibility") in ("collapse", "filter"):
        sheet.hidden_rows += range(first + 1, first + repeated + 1)


def _row(node: Any, sheet: _Open, number: int, *, file: str, limits: Limits) -> Row:
    row: list[Value] = []
    n_blank = 0
    for cell in node.iterchildren(*CELLS):
        repeated = int(cell.get(TABLE + "number-columns-repeated", "1"))
        value = _value(cell) if len(cell) or cell.get(OFFICE + "value-type") else None
        place = len(row) + n_blank
        _keep_merge(sheet, cell, number, place)
        if value is None:
            n_blank += repeated
            continue
        check_extent(1, place + repeated, file=file, sheet=sheet.name, limits=limits)
        row += [None] * n_blank + [value] * repeated
        n_blank = 0
    return tuple(row)


def _keep_merge(sheet: _Open, cell: Any, row: int, column: int) -> None:
    down = int(cell.get(TABLE + "number-rows-spanned", "1"))
    along = int(cell.get(TABLE + "number-columns-spanned", "1"))
    if down > 1 or along > 1:
        sheet.merged.append((row, column, row + down - 1, column + along - 1))


def _value(cell: Any) -> Value:
    kind = cell.get(OFFICE + "value-type")
    if cell.get(ERROR_TYPE) == "error" or kind in (None, "string"):
        return tidy(cell.get(OFFICE + "string-value") or _text(cell))
    if kind == "boolean":
        return str(cell.get(OFFICE + "boolean-value")) == "true"
    if kind == "date":
        return _date(cell.get(OFFICE + "date-value", ""))
    if kind == "time":
        return _time(cell.get(OFFICE + "time-value", ""))
    value = float(cell.get(OFFICE + "value", "nan"))
    return in_percent(value) if kind == "percentage" else tidy(value)


def _date(text: str) -> Value:
    try:
        return tidy(dt.datetime.fromisoformat(text).replace(tzinfo=None))
    except ValueError:
        return tidy(text)


def _time(text: str) -> Value:
    found = _DURATION.fullmatch(text)
    if not found:
        return tidy(text)
    hours, minutes, seconds = (float(part or 0) for part in found.groups())
    length = dt.timedelta(hours=hours, minutes=minutes, seconds=seconds)
    day = dt.timedelta(days=1)
    return (dt.datetime.min + length).time() if length < day else length


def _text(cell: Any) -> str:
    """Give a cell's paragraphs, one a line; notes beside it are not among them."""
    return "\n".join("".join(_pieces(node)) for node in cell.iterchildren(TEXT + "p"))


def _pieces(node: Any) -> Iterator[str]:
    yield node.text or ""
    for child in node:
        if child.tag == TEXT + "s":
            yield " " * int(child.get(TEXT + "c", "1"))
        elif child.tag == TEXT + "line-break":
            yield "\n"
        elif child.tag == TEXT + "tab":
            yield "\t"
        else:
            yield from _pieces(child)
        yield child.tail or ""
