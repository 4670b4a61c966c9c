"""A table as a frozen value: named columns, and where in the file each row stood."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa

from courtepointe.core.errors import BadInput
from courtepointe.core.typing import Bools, Ints


@dataclass(frozen=True, slots=True)
class Table:
    """Columns read from a file.

    Attributes
    ----------
    file : str
        The file's name, for messages.
    data : pyarrow.Table
        Text columns, as written in the file, where it holds text (CSV, XLSX, attributes of
        shapes); the file's own types where it is Parquet.
    row_numbers : (n_rows,) int
        Where a row begins: line of the text, row of the sheet, or count of features from 1.
    encoding : str or None
        ``utf-8``, ``cp1252``...; None where the format fixes it.
    n_blank_rows : int
        Rows without any content, which are left out.
    renamed : tuple of (str, str)
        Column names as in the file, and as here: repeated names become ``NAME_2``,
        empty ones ``column_7``.
    """

    file: str
    data: Any
    row_numbers: Ints
    encoding: str | None = None
    n_blank_rows: int = 0
    renamed: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if self.data.num_rows != len(self.row_numbers):
            raise ValueError("a table has one row number for each of its rows")

    def __len__(self) -> int:
        return int(self.data.num_rows)

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns, in the file's order."""
        return tuple(self.data.column_names)

    def column(self, name: str) -> Any:
        """Give one column as an Arrow array, or raise `BadInput` ``unknown_column``."""
        if name not in self.columns:
            raise BadInput(
                "unknown_column", file=self.file, column=name, expected=", ".join(self.columns)
            )
        return self.data.column(name)

    def texts(self, name: str) -> tuple[str | None, ...]:
        """Give one column as texts; None where the file has no value at all."""
        return tuple(as_text(value) for value in self.column(name).to_pylist())

    def rows(self, kept: Bools) -> Table:
        """Keep the rows where the mask holds."""
        data = self.data.filter(pa.array(kept))
        return replace(self, data=data, row_numbers=self.row_numbers[kept])


def as_text(value: object) -> str | None:
    """Write a cell as text: ``12`` for 12.0, ISO dates, ``true`` and ``false``."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    if isinstance(value, bytes):
        return value.hex()
    isoformat = getattr(value, "isoformat", None)
    return str(value) if isoformat is None else str(isoformat())


def texts_of(data: Any) -> Any:
    """Write every column of an Arrow table as text."""
    return pa.table({name: _text_column(data.column(name)) for name in data.column_names})


def _text_column(cells: Any) -> Any:
    if pa.types.is_string(cells.type):
        return cells
    if pa.types.is_integer(cells.type) or pa.types.is_large_string(cells.type):
        return cells.cast(pa.string())
    return pa.array([as_text(cell) for cell in cells.to_pylist()], pa.string())


def table_of(
    columns: Mapping[str, Sequence[str | None]],
    *,
    file: str,
    n_rows: int,
    rows: Sequence[int] | None = None,
) -> Table:
    """Make a table of texts by hand; `n_rows` matters where there is no column.

    Rows are numbered from 1 unless `rows` numbers them.
    """
    arrays = {name: pa.array(cells, pa.string()) for name, cells in columns.items()}
    data = pa.table(arrays) if arrays else no_columns(n_rows)
    numbers = range(1, n_rows + 1) if rows is None else rows
    return Table(file, data, np.array(numbers, dtype=np.int64))


def no_columns(n_rows: int) -> Any:
    """Give an Arrow table that has rows and no column."""
    return pa.table({"_": pa.nulls(n_rows)}).select([])


def distinct_names(
    names: Iterable[str],
) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Give every column a name of its own, and say which were changed.

    Returns
    -------
    names : tuple of str
    renamed : tuple of (as in the file, as here)
    """
    wanted = [name.strip() for name in names]
    taken = set(wanted)
    seen: set[str] = set()
    given: list[str] = []
    renamed: list[tuple[str, str]] = []
    for position, name in enumerate(wanted, start=1):
        here = name or f"column_{position}"
        if here in seen:
            here = _next_free(here, taken | seen)
        if here != name:
            renamed.append((name, here))
        seen.add(here)
        given.append(here)
    return tuple(given), tuple(renamed)


def _next_free(name: str, taken: set[str]) -> str:
    place = 2
    while f"{name}_{place}" in taken:
        place += 1
    return f"{name}_{place}"
