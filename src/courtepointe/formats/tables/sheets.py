"""Workbooks: the cells of one sheet as text."""

from __future__ import annotations

import datetime as dt
import io

import numpy as np
import pyarrow as pa
import python_calamine as calamine

from courtepointe.core.errors import BadInput
from courtepointe.formats.tables.values import Table, as_text, distinct_names


def read_sheet(content: bytes, *, file: str, sheet: str | None = None) -> Table:
    """Read one sheet: its first row with content is the header.

    Parameters
    ----------
    content : bytes
        Of an XLSX, XLS or ODS workbook.
    file : str
        Name for messages.
    sheet : str, optional
        Needed where several sheets have content.

    Raises
    ------
    BadInput
        ``broken_workbook``, ``unknown_sheet``, ``which_sheet``, ``table_without_header``,
        ``table_without_rows``, ``ragged_row``.
    """
    try:
        workbook = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        cells = _chosen(workbook, sheet, file=file)
    except calamine.CalamineError as error:
        raise BadInput("broken_workbook", file=file, detail=str(error)) from error
    numbered = [(i, row) for i, row in enumerate(cells, start=1) if any(c != "" for c in row)]
    if not numbered:
        raise BadInput("table_without_header", file=file)
    first, header = numbered[0]
    names, renamed = distinct_names(_cell(name) for name in header)
    body = numbered[1:]
    if not body:
        raise BadInput("table_without_rows", file=file)
    columns = zip(*([_cell(c) for c in row] for _, row in body), strict=True)
    arrays = [pa.array(column, pa.string()) for column in columns]
    rows = np.array([row for row, _ in body], dtype=np.int64)
    blanks = len(cells) - (first - 1) - len(numbered)
    return Table(file, pa.table(arrays, names=list(names)), rows, None, blanks, renamed)


def _chosen(
    workbook: calamine.CalamineWorkbook, sheet: str | None, *, file: str
) -> list[list[object]]:
    names = workbook.sheet_names
    if sheet is not None and sheet not in names:
        raise BadInput("unknown_sheet", file=file, value=sheet, expected=", ".join(names))
    wanted = names if sheet is None else [sheet]
    filled: dict[str, list[list[object]]] = {}
    for name in wanted:
        cells: list[list[object]] = workbook.get_sheet_by_name(name).to_python(  # type: ignore[assignment]
            skip_empty_area=False
        )
        if any(cell != "" for row in cells for cell in row):
            filled[name] = cells
    if len(filled) > 1:
        raise BadInput("which_sheet", file=file, found=", ".join(filled))
    return next(iter(filled.values()), [])


def _cell(value: object) -> str:
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        value = value.date()
    return as_text(value) or ""
