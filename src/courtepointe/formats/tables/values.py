"""A table as a frozen value: named columns, and where in the file each row stood."""

from __future__ import annotations

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
    isoformat = getattr(value, "isoformat", None)
    return str(value) if isoformat is None else str(isoformat())


def table_of(
    columns: Mapping[str, Sequence[str | None]],
    *,
    file: str,
    n_rows: int,
    first_row: int = 1,
) -> Table:
    """Make a table of texts by hand; `n_rows` matters where there is no column."""
    arrays = {name: pa.array(cells, pa.string()) for name, cells in columns.items()}
    data = pa.table(arrays) if arrays else no_columns(n_rows)
    return Table(file, data, np.arange(first_row, first_row + n_rows, dtype=np.int64))


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
