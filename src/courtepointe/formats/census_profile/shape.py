"""What the compiled pass is told of a file, and what it gives."""

from __future__ import annotations

from typing import NamedTuple

from courtepointe.core.typing import AnyArray


class Line(NamedTuple):
    """What a line is made of.

    Attributes
    ----------
    separator : int
        A byte.
    n_columns, id_column, dguid_column : int
    n_head : int
        Fields to cut before a line is known to be wanted or not.
    """

    separator: int
    n_columns: int
    id_column: int
    dguid_column: int
    n_head: int


class Shape(NamedTuple):
    """What the lines of a file are made of, and which are wanted.

    Attributes
    ----------
    line : Line
    geo_columns : (8,) int
        Year, DGUID, code, level, name, TNR short, TNR long, quality flag.
    value_columns : (n_values,) int
    wanted : (schema.MAX_ID + 1,) bool
        By characteristic id.
    prefixes, lengths : (n, longest) uint8, (n,) int
        DGUID prefixes, none for all.
    """

    line: Line
    geo_columns: AnyArray
    value_columns: AnyArray
    wanted: AnyArray
    prefixes: AnyArray
    lengths: AnyArray


class Found(NamedTuple):
    """What is read of the wanted lines.

    Attributes
    ----------
    values : (n_lines, n_values) float
        NaN where a cell is empty.
    symbols : (n_lines, n_values) uint8
        Places in ``symbols.SYMBOLS``.
    ids, lines, runs : (n_lines,) int32
        Characteristic, line within the text from 1, and which run of lines of one geography.
    bounds : (n_lines, 8, 2) int64
        For each run, where its geography's fields stand in the text.
    """

    values: AnyArray
    symbols: AnyArray
    ids: AnyArray
    lines: AnyArray
    runs: AnyArray
    bounds: AnyArray
