"""The sheets of a workbook that somebody brings, as rows of text that know where they stood."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import python_calamine as calamine

from courtepointe.core.errors import BadInput
from courtepointe.formats import archives
from courtepointe.formats.tables.values import as_text

LIMIT_BYTES = 64 * archives.MEGABYTE
NAMES = ("survey", "choices", "settings")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row with content.

    Attributes
    ----------
    number : int
        As the spreadsheet shows it.
    cells : mapping of heading -> text
        Filled cells only, blanks around them cut.
    """

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its headings in their order, and its rows."""

    name: str
    headings: tuple[str, ...] = ()
    rows: tuple[SheetRow, ...] = field(default=())


def read_sheets(path: Path) -> tuple[Mapping[str, Sheet], tuple[str, ...]]:
    """Read the sheets of a form, and name the others.

    Parameters
    ----------
    path : Path
        XLSX or XLS.

    Raises
    ------
    BadInput
        As `courtepointe.formats.archives.check_file`; ``broken_workbook``;
        ``xlsform_sheet_missing`` without a sheet ``survey``.
    """
    path = archives.check_file(path, limit_bytes=LIMIT_BYTES)
    if archives.is_zip(path):
        with archives.open_zip(path, limit_bytes=8 * LIMIT_BYTES):
            pass
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))
        named = {name.strip().casefold(): name for name in book.sheet_names}
        held = {
            name: _sheet(name, book.get_sheet_by_name(named[name]).to_python(skip_empty_area=False))
            for name in NAMES
            if name in named
        }
    except calamine.CalamineError as error:
        raise BadInput("broken_workbook", file=path.name, detail=str(error)) from error
    if "survey" not in held:
        found = ", ".join(book.sheet_names)
        raise BadInput("xlsform_sheet_missing", file=path.name, value="survey", found=found)
    others = tuple(name for plain, name in named.items() if plain not in NAMES)
    return held, others


def _sheet(name: str, cells: Sequence[Sequence[object]]) -> Sheet:
    headings: tuple[str, ...] = ()
    rows = []
    for number, row in enumerate(cells, start=1):
        texts = [(as_text(cell) or "").strip() for cell in row]
        if not any(texts):
            continue
        if not headings:
            headings = tuple(texts)
            continue
        filled = {head: text for head, text in zip(headings, texts, strict=False) if head and text}
        if filled:
            rows.append(SheetRow(number, filled))
    return Sheet(name, tuple(filter(None, headings)), tuple(rows))
