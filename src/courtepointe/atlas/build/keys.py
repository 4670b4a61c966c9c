"""Take codes and names out of a table by the rules of a recipe."""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from courtepointe.atlas.recipe.values import KeyRule
from courtepointe.core.errors import BadInput
from courtepointe.core.typing import Ints
from courtepointe.formats.tables import Table, take_keys

BLANKS = re.compile(r"[ \t\r\n]{2,}|[\t\r\n]")


def column_of(table: Table, wanted: str) -> str:
    """Give the first of the alternatives of ``A | B`` that a table has.

    Raises
    ------
    BadInput
        ``unknown_column``.
    """
    if wanted in table.columns:
        return wanted
    for name in wanted.split("|"):
        if name.strip() in table.columns:
            return name.strip()
    table.column(wanted)
    return wanted


def keys_of(table: Table, rule: KeyRule) -> tuple[str, ...]:
    """Take the key of every row, or refuse the first row without one."""
    return take_keys(
        table,
        column=column_of(table, rule.column),
        pattern=rule.pattern,
        prefix=rule.prefix,
        pad=rule.pad,
    )


def names_of(table: Table, rule: KeyRule, *, codes: tuple[str, ...]) -> tuple[str, ...]:
    """Take the name of every row as written, doubled blanks apart; the code where it is empty."""
    cells = table.texts(column_of(table, rule.column))
    pattern = re.compile(rule.pattern) if rule.pattern else None
    return tuple(
        _name(cell, pattern, rule.prefix) or code for cell, code in zip(cells, codes, strict=True)
    )


def _name(cell: str | None, pattern: re.Pattern[str] | None, prefix: str) -> str:
    found = pattern.search(cell or "") if pattern else None
    if pattern is not None:
        cell = found.group(1) if found else ""
    tidy = BLANKS.sub(" ", cell or "").strip()
    return prefix + tidy if tidy else ""


def places_of(keys: tuple[str, ...], codes: tuple[str, ...]) -> Ints:
    """Find each key among the codes.

    Returns
    -------
    (n_keys,) int
        -1 where a key is none of the codes.
    """
    found = pc.index_in(pa.array(keys, pa.string()), value_set=pa.array(codes, pa.string()))
    return np.asarray(found.fill_null(-1).to_numpy(zero_copy_only=False), dtype=np.int64)


def refuse_repeats(table: Table, keys: tuple[str, ...], *, code: str, area: str) -> None:
    """Refuse a key that two rows share, naming both rows."""
    first: dict[str, int] = {}
    for place, key in enumerate(keys):
        if key in first:
            facts = {
                "file": table.file,
                "row": int(table.row_numbers[place]),
                "first_row": int(table.row_numbers[first[key]]),
                "value": key,
                "area": area,
            }
            if code == "area_code_repeated":
                raise BadInput("area_code_repeated", **facts)
            raise BadInput("release_row_repeated", **facts)
        first[key] = place
