"""XLSX: measured first, read by calamine, then given back what calamine leaves out.

calamine makes room for the whole rectangle between a sheet's first cell and its last, and reads
``#N/A`` as nothing. So the sheets' own text is looked through before: how far it reaches, where it
holds errors, which rows are hidden, which numbers are shown in percent.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from html import unescape

import python_calamine as calamine

from courtepointe.core.errors import BadInput
from courtepointe.formats import archives
from courtepointe.formats.workbooks.cells import tidy_rows
from courtepointe.formats.workbooks.limits import Limits, check_extent
from courtepointe.formats.workbooks.percents import (
    STYLES,
    percent_cells,
    percent_styles,
    shown,
)
from courtepointe.formats.workbooks.values import Sheet, Workbook, position_of

WORKBOOK = "xl/workbook.xml"
STRINGS = "xl/sharedStrings.xml"
SHEET_DATA = b"sheetData"
_CELL = re.compile(
    rb"<(?:\w+:)?c(?=[\s>])(?:[^>]*?\sr\s*=\s*[\"']([A-Za-z]+)([0-9]+)[\"'])?[^>]*(?<!/)>(?!\s*</)"
)
_ERROR = re.compile(
    rb"<(?:\w+:)?c\b(?=[^>]*\st\s*=\s*[\"']e[\"'])[^>]*?\sr\s*=\s*[\"']([A-Z]+)([0-9]+)[\"'][^>]*(?<!/)>"
    rb"(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]*)<",
    re.DOTALL,
)
_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*?\sr\s*=\s*[\"']([0-9]+)[\"'][^>]*>")
_OPEN_QUOTE = re.compile(rb"<(?:\w+:)?c\s[^<>]*=\s*(?:\"[^\"<>]*|'[^'<>]*)>")
"""A cell's tag that seems to end inside a quote: XML allows it, no spreadsheet writes it."""
_ROW_BEGINS = re.compile(rb"<(?:\w+:)?row(?=[\s>])")
_HIDDEN = re.compile(rb"\shidden\s*=\s*[\"'](?:1|true)[\"']")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\b[^>]*>")
_ATTRIBUTE = re.compile(rb"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_FROM_1904 = re.compile(rb"<(?:\w+:)?workbookPr\b[^>]*\sdate1904\s*=\s*[\"'](?:1|true)[\"']")


@dataclass(frozen=True, slots=True)
class _Measured:
    """What a sheet's text says before it is read."""

    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: tuple[int, ...] = ()
    percents: frozenset[tuple[int, int]] = frozenset()


def read_xlsx(content: bytes, *, file: str, limits: Limits) -> Workbook:
    """Read all sheets of an XLSX.

    Raises
    ------
    BadInput
        ``zip_bomb``, ``zip_too_large``, ``zip_broken``…: as `archives.open_zip`;
        ``workbook_too_wide``, ``broken_workbook``, ``not_a_table``.
    """
    with archives.open_zip(
        io.BytesIO(content), file=file, limit_bytes=limits.unpacked_bytes
    ) as archive:
        _check_names(archive.namelist(), file)
        from_1904 = _FROM_1904.search(archive.read(WORKBOOK)) is not None
        parts = _parts(archive)
        names = {part: name for name, part in parts}
        styles = percent_styles(archive.read(STYLES)) if STYLES in archive.namelist() else ()
        by_part = {
            part: replace(
                _measured(text, file=file, sheet=names.get(part, part), limits=limits),
                percents=percent_cells(text, styles),
            )
            for part, text in _texts_of_sheets(archive)
        }
        measured = [by_part.get(part, _Measured()) for _, part in parts]
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = tuple(
            _sheet(book, number, told, measured[number] if number < len(measured) else _Measured())
            for number, told in enumerate(book.sheets_metadata)
            if told.typ == calamine.SheetTypeEnum.WorkSheet
        )
    except calamine.CalamineError as error:
        raise BadInput("broken_workbook", file=file, detail=str(error)) from error
    return Workbook(file, "xlsx", sheets, from_1904=from_1904)


def _sheet(
    book: calamine.CalamineWorkbook,
    number: int,
    told: calamine.SheetMetadata,
    measured: _Measured,
) -> Sheet:
    held = book.get_sheet_by_index(number)
    rows = tidy_rows(held.to_python(skip_empty_area=False), measured.errors)
    rows = shown(rows, measured.percents)
    merged = tuple((*start, *end) for start, end in held.merged_cell_ranges or ())
    hidden = told.visible != calamine.SheetVisibleEnum.Visible
    return Sheet(told.name, rows, hidden, merged, measured.hidden_rows)


def _check_names(names: list[str], file: str) -> None:
    """Refuse what two readers may read differently: an archive with one name twice."""
    if WORKBOOK not in names:
        raise BadInput("not_a_table", file=file, expected="XLSX, XLS, ODS, CSV")
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise BadInput("broken_workbook", file=file, detail=f"{twice} ×2")


def _texts_of_sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """Give every part that holds a sheet, whether the workbook names it or not."""
    for name in archive.namelist():
        if name.lower().endswith(".xml") and name != STRINGS:
            text = archive.read(name)
            if SHEET_DATA in text:
                yield name, text


def _parts(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    """Give the name of each sheet and its part, in the workbook's order."""
    relations = "xl/_rels/workbook.xml.rels"
    targets = {}
    if relations in archive.namelist():
        for told in map(_attributes, _RELATION.findall(archive.read(relations))):
            target = told.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            targets[told.get("Id", "")] = posixpath.normpath(path)
    parts = []
    for told in map(_attributes, _SHEET.findall(archive.read(WORKBOOK))):
        link = next((at for name, at in told.items() if name.endswith(":id")), "")
        parts.append((unescape(told.get("name", "")), targets.get(link, "")))
    return parts


def _attributes(tag: bytes) -> dict[str, str]:
    return {
        name.decode(): (first or second).decode("utf-8", "replace")
        for name, first, second in _ATTRIBUTE.findall(tag)
    }


def _measured(text: bytes, *, file: str, sheet: str, limits: Limits) -> _Measured:
    """Measure a sheet by its cells that hold something, and keep what calamine leaves out.

    A cell that does not say where it stands comes after the one before it: where there are any, a
    row counts as far as it says itself, and its cells as many as its tags could be.
    """
    found = _CELL.findall(text)
    names, told_rows = map(set, zip(*found, strict=True)) if found else (set(), set())
    unplaced = b"" in names
    columns = {position_of(name.decode().upper()) for name in names if name}
    numbers = {int(row) for row in told_rows if row}
    tags = _ROW.finditer(text) if unplaced or b"hidden" in text else ()
    rows = [(int(row[1]), row[0]) for row in tags]
    n_rows, n_columns = max(numbers, default=0), max(columns, default=-1) + 1
    if unplaced:
        if _OPEN_QUOTE.search(text):
            raise BadInput("broken_workbook", file=file, detail=f"{sheet}: > in a quote")
        pieces = _ROW_BEGINS.split(text)[1:]
        n_rows = max(n_rows, len(pieces), *(number for number, _ in rows))
        n_columns = max(n_columns, *(piece.count(b"<") for piece in pieces))
    check_extent(n_rows, n_columns, file=file, sheet=sheet, limits=limits)
    errors = {}
    if b'"e"' in text or b"'e'" in text:
        errors = {
            (int(row) - 1, position_of(name.decode())): told.decode("utf-8", "replace")
            for name, row, told in _ERROR.findall(text)
        }
    hidden = (number for number, tag in rows if _HIDDEN.search(tag))
    return _Measured(errors, tuple(number for number in hidden if number in numbers))
