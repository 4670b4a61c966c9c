"""Read iMeta: the tree of an index, its weights, directions and denominators."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from courtepointe.core.composite import Tree
from courtepointe.core.composite.gaps import NO_DENOMINATOR
from courtepointe.core.composite.values import TOP
from courtepointe.core.errors import BadInput
from courtepointe.core.typing import Floats, Ints
from courtepointe.formats.composite.cells import (
    codes_of,
    need_columns,
    numbers_of,
    read_cells,
    texts_of,
    wrong_cell,
)
from courtepointe.formats.composite.named import named
from courtepointe.formats.tables.values import Table

NEEDED = ("Level", "iCode", "Direction", "Weight", "Parent", "Type")
TYPES = ("Indicator", "Aggregate", "Group", "Denominator", "Other")
IN_TREE = ("Indicator", "Aggregate")


@dataclass(frozen=True, slots=True)
class IndexMeta:
    """What an index is made of, by position, and the names of the positions.

    Attributes
    ----------
    codes, names, units : (n_nodes,) tuple of str
        Indicators first, then level by level; names and units may be empty.
    tree : Tree
    polarity : (n_indicators,) int, 1 or -1
    denominators : tuple of str
        Codes of columns of iData.
    denominator_of : (n_indicators,) int
    groups : tuple of str
    table : Table
        As it was read, with what no index needs.
    """

    codes: tuple[str, ...]
    names: tuple[str, ...]
    units: tuple[str, ...]
    tree: Tree
    polarity: Ints
    denominators: tuple[str, ...]
    denominator_of: Ints
    groups: tuple[str, ...]
    table: Table = field(repr=False, compare=False)

    @property
    def indicators(self) -> tuple[str, ...]:
        """Codes of the first level."""
        return self.codes[: self.tree.n_indicators]


def read_meta(path: Path | str) -> IndexMeta:
    """Read iMeta with COINr's columns: ``Level, iCode, Direction, Weight, Parent, Type``.

    Parameters
    ----------
    path : path
        CSV, XLSX or Parquet. ``iName``, ``Unit`` and ``Denominator`` may stand beside them.

    Returns
    -------
    IndexMeta

    Raises
    ------
    BadInput
        ``composite_column``, ``composite_column_twice``, ``composite_cell``,
        ``composite_empty_cell``, ``composite_twice``, ``composite_no_index``,
        ``composite_two_tops``, ``composite_parent``, ``composite_direction``,
        ``composite_no_denominator``; those of `Tree` and of tables. Nothing is half read.
    """
    table = read_cells(path)
    need_columns(table, NEEDED)
    codes = codes_of(table, "iCode")
    kinds = _kinds(table)
    levels = _levels(table, kinds)
    rows = [place for place, kind in enumerate(kinds) if kind in IN_TREE]
    rows.sort(key=lambda place: levels[place])
    n_indicators = sum(kinds[place] == "Indicator" for place in rows)
    tops = [place for place in rows if not texts_of(table, "Parent")[place]]
    if not n_indicators or len(rows) == n_indicators or not tops:
        raise BadInput("composite_no_index", file=table.file)
    for place in tops[:-1]:
        raise BadInput(
            "composite_two_tops", file=table.file, row=int(table.row_numbers[place]),
            value=codes[place], expected=codes[tops[-1]],
        )  # fmt: skip
    own = tuple(codes[place] for place in rows)
    denominators = [code for code, kind in zip(codes, kinds, strict=True) if kind == "Denominator"]
    with named(codes=own):
        tree = Tree(
            n_indicators, _parents(table, rows, levels), _weights(table, rows),
            _directions(table, rows, n_indicators),
        )  # fmt: skip
    names, units = texts_of(table, "iName"), texts_of(table, "Unit")
    return IndexMeta(
        own, tuple(names[place] for place in rows), tuple(units[place] for place in rows), tree,
        _polarity(table, rows[:n_indicators]), tuple(denominators),
        _denominator_of(table, rows[:n_indicators], denominators),
        tuple(code for code, kind in zip(codes, kinds, strict=True) if kind == "Group"), table,
    )  # fmt: skip


def _kinds(table: Table) -> list[str]:
    told = texts_of(table, "Type")
    for place, kind in enumerate(told):
        if kind not in TYPES:
            raise wrong_cell(table, place, "Type", expected=", ".join(TYPES))
    return told


def _levels(table: Table, kinds: list[str]) -> Floats:
    told = numbers_of(table, "Level")
    for place, kind in enumerate(kinds):
        if kind == "Indicator" and told[place] != 1:
            raise wrong_cell(table, place, "Level", expected="1")
        if kind == "Aggregate" and not (told[place] >= 2 and told[place] == int(told[place])):
            raise wrong_cell(table, place, "Level", expected="2, 3…")
    return told


def _parents(table: Table, rows: list[int], levels: Floats) -> Ints:
    codes, told = texts_of(table, "iCode"), texts_of(table, "Parent")
    place_of = {codes[row]: place for place, row in enumerate(rows)}
    found = np.full(len(rows), TOP, dtype=np.int64)
    for place, row in enumerate(rows):
        if not told[row]:
            continue
        parent = place_of.get(told[row], TOP)
        if parent == TOP or levels[rows[parent]] != levels[row] + 1:
            raise BadInput(
                "composite_parent", file=table.file, row=int(table.row_numbers[row]),
                column="Parent", value=told[row], level=int(levels[row]) + 1,
            )  # fmt: skip
        found[place] = parent
    return found


def _weights(table: Table, rows: list[int]) -> Floats:
    told = numbers_of(table, "Weight")
    for row in rows:
        if not told[row] >= 0.0:
            raise wrong_cell(table, row, "Weight", expected="≥ 0")
    return told[rows]


def _polarity(table: Table, rows: list[int]) -> Ints:
    told = numbers_of(table, "Direction")
    for row in rows:
        if told[row] not in (-1.0, 1.0):
            raise BadInput(
                "composite_direction", file=table.file, row=int(table.row_numbers[row]),
                column="Direction", value=texts_of(table, "Direction")[row],
            )  # fmt: skip
    return told[rows].astype(np.int64)


def _directions(table: Table, rows: list[int], n_indicators: int) -> Ints:
    """Read the directions of aggregates, 1 where none is written; indicators have their polarity."""
    told = numbers_of(table, "Direction")
    for row in rows[n_indicators:]:
        if not np.isnan(told[row]) and told[row] not in (-1.0, 1.0):
            raise wrong_cell(table, row, "Direction", expected="1, -1")
    found = np.where(told[rows] < 0.0, -1, 1)
    found[:n_indicators] = 1
    return found.astype(np.int64)


def _denominator_of(table: Table, rows: list[int], denominators: list[str]) -> Ints:
    told = texts_of(table, "Denominator")
    found = np.full(len(rows), NO_DENOMINATOR, dtype=np.int64)
    for place, row in enumerate(rows):
        if told[row] and told[row] not in denominators:
            raise BadInput(
                "composite_no_denominator", file=table.file, row=int(table.row_numbers[row]),
                column="Denominator", value=told[row],
            )  # fmt: skip
        if told[row]:
            found[place] = denominators.index(told[row])
    return found
