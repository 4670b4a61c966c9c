"""Read iData: one row a unit, one column an indicator."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from courtepointe.core.composite import Raw
from courtepointe.core.composite.checks import LARGEST
from courtepointe.core.errors import BadInput
from courtepointe.core.typing import Bools, Floats, Ints
from courtepointe.formats.composite.cells import (
    codes_of,
    empty_cell,
    is_blank,
    need_columns,
    read_cells,
    table_of_numbers,
    texts_of,
    wrong_cell,
)
from courtepointe.formats.composite.meta import IndexMeta
from courtepointe.formats.tables.values import Table

UNIT, NAME, TIME = "uCode", "uName", "Time"


@dataclass(frozen=True, slots=True)
class IndexData:
    """Units with their values, by position.

    Attributes
    ----------
    units, names : (n_units,) tuple of str
        Codes, and names where the file has some.
    raw : Raw
    unused : tuple of str
        Columns that iMeta does not know: nothing was read from them.
    table : Table
        As it was read.
    """

    units: tuple[str, ...]
    names: tuple[str, ...]
    raw: Raw
    unused: tuple[str, ...]
    table: Table = field(repr=False, compare=False)

    def units_of(self, some: Bools) -> list[str]:
        """Give the codes of some units, (n_units,), in their order."""
        return [unit for unit, held in zip(self.units, some, strict=True) if held]


def read_data(path: Path | str, meta: IndexMeta, *, group: str | None = None) -> IndexData:
    """Read iData with COINr's columns: ``uCode``, and one of each code of iMeta.

    Parameters
    ----------
    path : path
        CSV, XLSX or Parquet; an empty cell, ``NA`` and ``NaN`` are gaps.
    meta : IndexMeta
    group : str, optional
        The column of groups for imputation.

    Returns
    -------
    IndexData

    Raises
    ------
    BadInput
        ``composite_column``, ``composite_column_twice``, ``composite_empty_cell``, ``composite_twice``; those of tables for a cell
        that is no number.
    """
    table = read_cells(path)
    need_columns(table, (UNIT, *meta.indicators, *meta.denominators, *([group] if group else [])))
    units = codes_of(table, UNIT)
    known = {UNIT, NAME, TIME, *meta.codes, *meta.denominators, *meta.groups}
    raw = Raw(
        table_of_numbers(table, meta.indicators), meta.polarity,
        table_of_numbers(table, meta.denominators), meta.denominator_of,
        _groups(table, group) if group else None,
    )  # fmt: skip
    unused = tuple(
        column for column in table.columns if column not in known and not is_blank(table, column)
    )
    return IndexData(tuple(units), tuple(texts_of(table, NAME)), raw, unused, table)


def read_errors(path: Path | str, meta: IndexMeta, units: tuple[str, ...]) -> Floats:
    """Read standard errors of the values of iData, in a table of the same form.

    Parameters
    ----------
    path : path
        ``uCode`` and a column for each indicator that has errors; the others are taken as exact,
        and so is an empty cell.
    units : of iData

    Returns
    -------
    (n_units, n_indicators) float, 0 or more
        In the units of iData, before denominators.

    Raises
    ------
    BadInput
        ``composite_column``, ``composite_column_twice``, ``composite_error_column``,
        ``composite_cell``, ``composite_twice``, ``composite_unit_unknown``.
    """
    table = read_cells(path)
    _check_error_columns(table, meta)
    place_of = {code: place for place, code in enumerate(units)}
    told = np.zeros((len(units), len(meta.indicators)))
    places = []
    for place, code in enumerate(codes_of(table, UNIT)):
        if code not in place_of:
            raise BadInput(
                "composite_unit_unknown", file=table.file, row=int(table.row_numbers[place]),
                value=code,
            )  # fmt: skip
        places.append(place_of[code])
    for indicator, code in enumerate(meta.indicators):
        if code not in table.columns:
            continue
        column = table_of_numbers(table, (code,))[:, 0]
        for wrong in np.flatnonzero((column < 0.0) | (column > LARGEST)):
            raise wrong_cell(table, int(wrong), code, expected=f"0 – {LARGEST:g}")
        told[places, indicator] = np.nan_to_num(column)
    return told


def _check_error_columns(table: Table, meta: IndexMeta) -> None:
    """Refuse errors of what is no indicator: they would be left out in silence."""
    need_columns(table, (UNIT,))
    for column, _ in table.renamed:
        if column in meta.indicators:
            raise BadInput("composite_column_twice", file=table.file, column=column)
    beside = {UNIT, NAME, TIME, *meta.groups}
    told = [name for name in table.columns if name not in beside and any(texts_of(table, name))]
    for name in told or [""]:
        if name not in meta.indicators:
            raise BadInput(
                "composite_error_column", file=table.file, value=name or "—",
                expected=", ".join(meta.indicators),
            )  # fmt: skip


def _groups(table: Table, column: str) -> Ints:
    told = texts_of(table, column)
    for place, name in enumerate(told):
        if not name:
            raise empty_cell(table, place, column)
    known = sorted(set(told))
    return np.array([known.index(name) for name in told], dtype=np.int64)
