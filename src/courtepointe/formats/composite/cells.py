"""Cells of the two tables of an index; what is wrong is told with file, row, column and value."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np

from courtepointe.core.errors import BadInput
from courtepointe.core.typing import Floats
from courtepointe.formats.tables.numbers import NOT_AVAILABLE, to_numbers
from courtepointe.formats.tables.plain import as_typed
from courtepointe.formats.tables.read import read_table
from courtepointe.formats.tables.values import Table

GAPS: Mapping[str, str] = {"NA": NOT_AVAILABLE, "NaN": NOT_AVAILABLE}
"""How R and numpy write a gap, beside the empty cell."""


def read_cells(path: Path | str) -> Table:
    """Read a table whose columns bear the names that were given before a sheet was thought of."""
    table = read_table(path)
    names = [as_typed(name.strip()) for name in table.columns]
    return replace(table, data=table.data.rename_columns(names))


def need_columns(table: Table, wanted: Collection[str]) -> None:
    """Refuse a table that lacks a column, or has it twice.

    Raises
    ------
    BadInput
        ``composite_column``, ``composite_column_twice``.
    """
    for column, _ in table.renamed:
        if column in wanted:
            raise BadInput("composite_column_twice", file=table.file, column=column)
    for column in wanted:
        if column not in table.columns:
            raise BadInput(
                "composite_column", file=table.file, column=column, value=", ".join(table.columns)
            )


def texts_of(table: Table, column: str) -> list[str]:
    """Give a column's texts without spaces around; an empty text for a gap, or an absent column.

    An apostrophe that we put before what a sheet would run is taken away again.
    """
    if column not in table.columns:
        return [""] * len(table)
    told = [as_typed((text or "").strip()) for text in table.texts(column)]
    return ["" if text in GAPS else text for text in told]


def codes_of(table: Table, column: str) -> list[str]:
    """Give a column of names that are there, each once.

    Raises
    ------
    BadInput
        ``composite_empty_cell``, ``composite_twice``.
    """
    told = texts_of(table, column)
    seen: dict[str, int] = {}
    for place, code in enumerate(told):
        if not code:
            raise empty_cell(table, place, column)
        if code in seen:
            raise BadInput(
                "composite_twice", file=table.file, row=int(table.row_numbers[place]),
                column=column, value=code, first_row=seen[code],
            )  # fmt: skip
        seen[code] = int(table.row_numbers[place])
    return told


def is_blank(table: Table, column: str) -> bool:
    """Say whether a column has neither a name nor a text: a sheet saved wider than it is."""
    return ("", column) in table.renamed and not any(texts_of(table, column))


def numbers_of(table: Table, column: str) -> Floats:
    """Give a column as numbers; NaN for a gap, and nothing else."""
    values: Floats = to_numbers(table, column, symbols=GAPS).values
    return values


def empty_cell(table: Table, place: int, column: str) -> BadInput:
    """Say which cell is empty that may not be."""
    row = int(table.row_numbers[place])
    return BadInput("composite_empty_cell", file=table.file, row=row, column=column)


def wrong_cell(table: Table, place: int, column: str, *, expected: str) -> BadInput:
    """Say which cell is wrong, what stands there and what was expected."""
    told = texts_of(table, column)[place]
    row = int(table.row_numbers[place])
    return BadInput(
        "composite_cell", file=table.file, row=row, column=column, value=told, expected=expected
    )


def table_of_numbers(table: Table, columns: Collection[str]) -> Floats:
    """Give columns side by side, (n_rows, n_columns); none give no column."""
    if not columns:
        return np.ones((len(table), 0))
    return np.column_stack([numbers_of(table, column) for column in columns])
