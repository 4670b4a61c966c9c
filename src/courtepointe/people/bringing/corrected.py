"""A person's own file back, with every faulty cell coloured, noted and listed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from courtepointe.formats.workbooks import Sheet, Workbook, position_of, text_of
from courtepointe.people.bringing.result import CellFault, Result
from courtepointe.people.bringing.shape import Shape
from courtepointe.people.bringing.words import (
    LANGUAGES,
    expected_text,
    fault_text,
    quoted,
    say,
    whole_text,
)
from courtepointe.people.bringing.written import free_name, looks, put, width_for, written
from courtepointe.press.numbers import number
from courtepointe.press.palette import LIGHT

MOST_NOTES = 2_000
"""A spreadsheet with more notes than that opens slowly."""
MOST_MERGED_CELLS = 20_000
SAMPLE_ROWS = 100
WIDTHS = (10, 24, 30, 46, 46, 30)
COLUMNS = ("cell", "heading", "value", "fault", "expected", "suggestion")


def write_corrected(workbook: Workbook, result: Result, shape: Shape, *, lang: str) -> bytes:
    """Write a person's file as XLSX, its faulty cells coloured and noted, and a sheet that lists them.

    Parameters
    ----------
    workbook : Workbook
        As it was read. Values and merged cells are kept where they stood; other looks and formulas
        are not.
    result : Result
    shape : Shape
    lang : {"fr", "en"}

    Returns
    -------
    bytes
        Brought again once corrected, the file is read like any other: our sheet is no table of the
        shape, and is replaced by the next one.
    """
    return written(lambda book: _fill(book, workbook, result, shape, lang))


def _fill(book: Any, workbook: Workbook, result: Result, shape: Shape, lang: str) -> None:
    ours = {say("sheet", "faults", lang=one) for one in LANGUAGES}
    title = say("sheet", "faults", lang=lang)
    names: dict[str, str] = {}
    for sheet in workbook.sheets:
        if sheet.name not in ours:
            names[sheet.name] = free_name(sheet.name or shape.said(lang), (*names.values(), *ours))
    listed = book.add_worksheet(title) if not names else None
    for sheet in workbook.sheets:
        if sheet.name in names:
            faults = result.faults if sheet.name == result.sheet else ()
            _write_sheet(book, names[sheet.name], sheet, faults, shape, lang)
    listed = listed or book.add_worksheet(title)
    _write_list(book, listed, result, shape, lang, names.get(result.sheet, ""))


def _write_sheet(
    book: Any, name: str, sheet: Sheet, faults: Sequence[CellFault], shape: Shape, lang: str
) -> None:
    page = book.add_worksheet(name)
    plain = looks(book, {})
    wrong = looks(book, {"bg_color": LIGHT.caution_ground, "font_color": LIGHT.caution, "border": 1, "border_color": LIGHT.caution})  # fmt: skip
    marked = {(fault.row - 1, position_of(fault.column)) for fault in faults}
    _merge(page, sheet)
    for row, values in enumerate(sheet.rows):
        for column, value in enumerate(values):
            look = wrong if (row, column) in marked else plain
            put(page, row, column, value, look(value))
    for row, column in marked:
        if column >= len(sheet.rows[row]):
            put(page, row, column, None, wrong(None))
    for place, text in _notes(faults[:MOST_NOTES], shape, lang).items():
        page.write_comment(*place, text, {"x_scale": 2.2, "y_scale": 1.6, "author": "Courtepointe"})
    for column, width in enumerate(_widths(sheet)):
        page.set_column(column, column, width)
    if sheet.hidden:
        page.hide()


def _merge(page: Any, sheet: Sheet) -> None:
    """Merge cells again, where they are few and do not overlap."""
    covered: set[tuple[int, int]] = set()
    for first, left, last, right in sheet.merged:
        if (last - first + 1) * (right - left + 1) > MOST_MERGED_CELLS - len(covered):
            continue
        cells = {(row, column) for row in range(first, last + 1) for column in range(left, right + 1)}  # fmt: skip
        if len(cells) > 1 and not cells & covered:
            covered |= cells
            page.merge_range(first, left, last, right, "")


def _notes(faults: Sequence[CellFault], shape: Shape, lang: str) -> Mapping[tuple[int, int], str]:
    notes: dict[tuple[int, int], str] = {}
    for fault in faults:
        place = (fault.row - 1, position_of(fault.column))
        text = whole_text(fault, shape, lang=lang)
        notes[place] = f"{notes[place]}\n{text}" if place in notes else text
    return notes


def _widths(sheet: Sheet) -> list[int]:
    sample = [row for row in sheet.rows[:SAMPLE_ROWS] if len(row) > 1]
    n_columns = max(map(len, sample), default=0)
    return [
        width_for(text_of(row[column]) for row in sample if column < len(row))
        for column in range(n_columns)
    ]


def _write_list(
    book: Any, page: Any, result: Result, shape: Shape, lang: str, sheet_name: str
) -> None:
    """List all faults, each beside a link to its cell."""
    head = book.add_format({"bold": True, "bg_color": LIGHT.raised, "border": 1, "border_color": LIGHT.rule})  # fmt: skip
    body = book.add_format({"text_wrap": True, "valign": "top", "border": 1, "border_color": LIGHT.rule})  # fmt: skip
    link = book.add_format({"font_color": LIGHT.accent, "underline": 1, "valign": "top", "border": 1, "border_color": LIGHT.rule})  # fmt: skip
    page.hide_gridlines(2)
    for column, width in enumerate(WIDTHS):
        page.set_column(column, column, width)
    row = _write_about(book, page, result, shape, lang)
    for column, key in enumerate(COLUMNS):
        page.write_string(row, column, say("sheet", key, lang=lang), head)
    page.freeze_panes(row + 1, 0)
    for fault in result.faults:
        row += 1
        address = f"internal:'{sheet_name.replace(chr(39), chr(39) * 2)}'!{fault.address}"
        if row < 60_000 and sheet_name:
            page.write_url(row, 0, address, link, fault.address)
        else:
            page.write_string(row, 0, fault.address, body)
        told = (
            fault.heading, quoted(fault.value), fault_text(fault, shape, lang=lang),
            expected_text(fault, shape, lang=lang), fault.suggestion,
        )  # fmt: skip
        for column, text in enumerate(told, start=1):
            page.write_string(row, column, text, body)
    page.activate()
    page.set_first_sheet()


def _write_about(book: Any, page: Any, result: Result, shape: Shape, lang: str) -> int:
    """Write what the sheet is; give the row where its table begins."""
    title = book.add_format({"bold": True, "font_size": 15, "font_color": LIGHT.accent})
    n = number(len(result.faults), lang=lang)
    page.write_string(0, 0, say("sheet", "title", lang=lang, n=n), title)
    lines = [say("sheet", "about", lang=lang)]
    if result.lacking:
        fields = ", ".join(shape.by_code[code].said(lang) for code in result.lacking)
        lines.append(say("sheet", "lacking", lang=lang, fields=fields))
    if len(result.faults) > MOST_NOTES:
        lines.append(say("sheet", "more", lang=lang, n=number(MOST_NOTES, lang=lang)))
    for row, line in enumerate(lines, start=1):
        page.write_string(row, 0, line)
    return len(lines) + 2
