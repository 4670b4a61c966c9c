"""Write iData and iMeta of an index that somebody else may compute, from plain values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from courtepointe.formats.composite.data import NAME, UNIT
from courtepointe.formats.composite.written import csv_bytes

META = ("Level", "iCode", "iName", "Direction", "Weight", "Parent", "Type", "Unit")


@dataclass(frozen=True, slots=True)
class Node:
    """A line of iMeta.

    Attributes
    ----------
    level : int
        1 for an indicator.
    direction : int
        1 where more is better, -1 where less is.
    parent : str
        Empty for the top.
    kind : str
        ``Indicator``, ``Aggregate``, or ``Other`` for what stands in iData and in no tree.
    """

    level: int
    code: str
    name: str
    direction: int
    weight: float
    parent: str
    kind: str
    unit: str = ""


def meta_file(nodes: Iterable[Node]) -> bytes:
    """Write iMeta, which `read_meta` reads.

    Parameters
    ----------
    nodes : iterable of Node
        One of them without a parent.

    Returns
    -------
    bytes
        CSV in UTF-8, a gap as an empty cell.
    """
    rows = (
        (one.level, one.code, one.name, one.direction, float(one.weight), one.parent, one.kind, one.unit)
        for one in nodes
    )  # fmt: skip
    return csv_bytes(META, rows)


def data_file(
    codes: Sequence[str], units: Iterable[tuple[str, str, Mapping[str, float | None]]]
) -> bytes:
    """Write iData, which `read_data` reads with iMeta.

    Parameters
    ----------
    codes : sequence of str
        Of the columns.
    units : iterable of (code, name, mapping of column to value)
        A column that a unit lacks is a gap.

    Returns
    -------
    bytes
        CSV in UTF-8, a gap as an empty cell.
    """
    rows = (
        [code, name, *(_cell(values.get(column)) for column in codes)]
        for code, name, values in units
    )
    return csv_bytes((UNIT, NAME, *codes), rows)


def _cell(value: float | None) -> float | str:
    return "" if value is None else float(value)
