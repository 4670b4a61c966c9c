"""Keys: the text that names a row's area, taken from a column by a pattern."""

from __future__ import annotations

import re

import pyarrow as pa

from courtepointe.core.errors import BadInput
from courtepointe.formats.tables.values import Table


def take_keys(
    table: Table,
    *,
    column: str,
    pattern: str | None = None,
    prefix: str = "",
    pad: int = 0,
) -> tuple[str, ...]:
    """Take the key of every row.

    Parameters
    ----------
    table : Table
    column : str
    pattern : str, optional
        A regular expression searched in the cell; its first group (or, without a group, all
        that it matches) is the key. Without a pattern the whole cell is, blanks around it cut.
    prefix : str
        Put before.
    pad : int
        Zeros are put before (under the prefix) up to this many characters.

    Returns
    -------
    (n_rows,) tuple of str

    Raises
    ------
    BadInput
        ``unknown_column``, ``broken_pattern``, ``key_not_found`` (an empty cell, or one that the
        pattern does not match), ``key_is_a_number`` (a floating-point column: 4620001.00 and
        4620001 would be one).
    """
    if pa.types.is_floating(table.column(column).type):
        raise BadInput("key_is_a_number", file=table.file, column=column)
    expression = _compiled(pattern)
    keys = []
    for row, cell in zip(table.row_numbers, table.texts(column), strict=True):
        key = _key(cell, expression)
        if not key:
            raise BadInput(
                "key_not_found", file=table.file, row=int(row), column=column, value=cell or "",
                expected=pattern or ".+",
            )  # fmt: skip
        keys.append(prefix + key.zfill(pad))
    return tuple(keys)


def _compiled(pattern: str | None) -> re.Pattern[str]:
    try:
        return re.compile(r"\S(?:.*\S)?" if pattern is None else pattern)
    except re.error as error:
        raise BadInput("broken_pattern", value=pattern, detail=str(error)) from error


def _key(cell: str | None, expression: re.Pattern[str]) -> str | None:
    found = expression.search(cell or "")
    if found is None:
        return None
    key = found.group(1 if expression.groups else 0)
    return str(key).strip() if key is not None else None
