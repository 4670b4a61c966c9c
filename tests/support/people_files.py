"""Files as people have them, made by hand: XLS and ODS for which nothing here writes, XLSX through openpyxl."""

from __future__ import annotations

import datetime as dt
import io
import struct
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import openpyxl

SECTOR = 512
FREE, END, FAT_SECTOR = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
ERRORS = {"#N/A": 0x2A, "#DIV/0!": 0x07, "#REF!": 0x17}
OFFICE = "urn:oasis:names:tc:opendocument:xmlns"


class Percent(float):
    """A number that its sheet shows in percent: 0.12 as 12 %."""


def xlsx(
    sheets: Mapping[str, Sequence[Sequence[Any]]], finish: Callable[[Any], None] | None = None
) -> bytes:
    """Write sheets of rows with openpyxl; `finish` may then merge, hide, format."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row, start=1):
                if value is not None:
                    cell = page.cell(number, column, value)
                    if isinstance(value, str) and value in ERRORS:
                        cell.data_type = "e"
                    if isinstance(value, Percent):
                        cell.number_format = "0.0%"
    if finish is not None:
        finish(book)
    sink = io.BytesIO()
    book.save(sink)
    return sink.getvalue()


def xls(
    sheets: Mapping[str, Sequence[Sequence[Any]]],
    *,
    hidden: Sequence[str] = (),
    merged: Mapping[str, Sequence[tuple[int, int, int, int]]] | None = None,
    from_1904: bool = False,
) -> bytes:
    """Write a BIFF8 workbook in its container ([MS-XLS], [MS-CFB]): texts, numbers, days, errors."""
    bodies = [_sheet(rows, (merged or {}).get(name, ())) for name, rows in sheets.items()]
    names = [name.encode("utf-16-le") for name in sheets]
    head = _record(0x809, struct.pack("<HHHHII", 0x600, 0x05, 0x0DBB, 0x07CC, 0, 6))
    head += _record(0x22, struct.pack("<H", int(from_1904)))
    font = struct.pack("<HHHHHBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0)
    head += _record(0x31, font + b"\x05\x00Arial") * 4
    for number_format in (0, 14, 9):
        head += _record(0xE0, struct.pack("<HHH", 0, number_format, 0) + bytes(14))
    n_before = len(head) + sum(4 + 8 + len(name) for name in names) + 4
    for name, shown, start in zip(names, sheets, _starts(bodies, n_before), strict=True):
        told = struct.pack("<IBBBB", start, int(shown in hidden), 0, len(name) // 2, 1)
        head += _record(0x85, told + name)
    return _container(head + _record(0x0A, b"") + b"".join(bodies))


def _starts(bodies: Sequence[bytes], first: int) -> list[int]:
    return [first + sum(map(len, bodies[:n])) for n in range(len(bodies))]


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _sheet(rows: Sequence[Sequence[Any]], merged: Sequence[tuple[int, int, int, int]]) -> bytes:
    told = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0x0DBB, 0x07CC, 0, 6))
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            told += _cell(row, column, value)
    if merged:
        ranges = b"".join(struct.pack("<HHHH", a, c, b, d) for a, b, c, d in merged)
        told += _record(0xE5, struct.pack("<H", len(merged)) + ranges)
    return told + _record(0x0A, b"")


def _cell(row: int, column: int, value: Any) -> bytes:
    if value is None:
        return b""
    if isinstance(value, bool) or value in ERRORS:
        is_error = value in ERRORS
        code = ERRORS[value] if is_error else int(value)
        return _record(0x205, struct.pack("<HHHBB", row, column, 0, code, int(is_error)))
    if isinstance(value, dt.date):
        days = (value - dt.date(1899, 12, 30)).days
        return _record(0x203, struct.pack("<HHHd", row, column, 1, days))
    if isinstance(value, Percent):
        return _record(0x203, struct.pack("<HHHd", row, column, 2, value))
    if isinstance(value, int | float):
        return _record(0x203, struct.pack("<HHHd", row, column, 0, value))
    text = str(value).encode("utf-16-le")
    place = struct.pack("<HHHHB", row, column, 0, len(text) // 2, 1)
    return _record(0x204, place + text)


def _container(stream: bytes) -> bytes:
    """Put a stream named Workbook in a compound file of 512-byte sectors."""
    stream = stream.ljust(max(4096, -(-len(stream) // SECTOR) * SECTOR), b"\0")
    n_data = len(stream) // SECTOR
    n_fat = -(-(n_data + 2) // 126)
    chain = [FAT_SECTOR] * n_fat + [END]
    first = len(chain)
    chain += [first + n + 1 for n in range(n_data - 1)] + [END]
    chain += [FREE] * (n_fat * 128 - len(chain))
    fat = struct.pack(f"<{len(chain)}I", *chain)
    root = _entry("Root Entry", 5, child=1, start=END, size=0)
    book = _entry("Workbook", 2, child=FREE, start=first, size=len(stream))
    directory = (root + book).ljust(SECTOR, b"\0")
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, n_fat, n_fat, 0, 4096, END, 0, END, 0)
    places = list(range(n_fat)) + [FREE] * (109 - n_fat)
    return header + struct.pack("<109I", *places) + fat + directory + stream


def _entry(name: str, kind: int, *, child: int, start: int, size: int) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    told = text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text), kind, 1, FREE, FREE, child)
    return told + bytes(36) + struct.pack("<IQ", start, size)


def ods(tables: str, *, styles: str = "", settings: str = "", extra: bytes = b"") -> bytes:
    """Write an ODS of which the tables are given as XML: see `ods_table`."""
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        + " ".join(
            f'xmlns:{name}="{OFFICE}:{name}:1.0"' for name in ("office", "table", "text", "style")
        )
        + ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
        + f"<office:automatic-styles>{styles}</office:automatic-styles><office:body>"
        + f"<office:spreadsheet>{settings}{tables}</office:spreadsheet></office:body>"
        + "</office:document-content>"
    )
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        if extra:
            archive.writestr("META-INF/manifest.xml", extra)
    return sink.getvalue()


def ods_table(name: str, rows: Sequence[Sequence[Any]], *, style: str = "") -> str:
    """Write one table of rows; a str that begins with ``<`` is a cell as it stands."""
    told = f' table:style-name="{style}"' if style else ""
    body = "".join(
        f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows
    )
    return f"<table:table table:name={quoteattr(name)}{told}>{body}</table:table>"


def _ods_cell(value: Any) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, str) and value.startswith("<"):
        return value
    if isinstance(value, bool):
        return f'<table:table-cell office:value-type="boolean" office:boolean-value="{str(value).lower()}"/>'
    if isinstance(value, Percent):
        return f'<table:table-cell office:value-type="percentage" office:value="{float(value)}"/>'
    if isinstance(value, int | float):
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    if isinstance(value, dt.date):
        return (
            f'<table:table-cell office:value-type="date" office:date-value="{value.isoformat()}"/>'
        )
    return f'<table:table-cell office:value-type="string"><text:p>{escape(value)}</text:p></table:table-cell>'
