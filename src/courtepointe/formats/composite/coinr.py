"""Write iData and iMeta back as COINr reads them: CSV in UTF-8, a dot in numbers, NA for a gap."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from courtepointe.formats.composite.cells import numbers_of, texts_of
from courtepointe.formats.composite.data import IndexData
from courtepointe.formats.composite.meta import IndexMeta
from courtepointe.formats.composite.written import csv_bytes
from courtepointe.formats.tables.values import Table

NUMBERS = ("Level", "Direction", "Weight", "Target")
GAP = "NA"
WHOLE = 2.0**53
"""From here on a float does not hold every whole number."""


def coinr_files(meta: IndexMeta, data: IndexData) -> dict[str, bytes]:
    """Write both tables with all their columns and rows, in their order.

    Parameters
    ----------
    meta : IndexMeta
    data : IndexData

    Returns
    -------
    dict of file name -> bytes
        ``iData.csv`` and ``iMeta.csv``: `read_meta` and `read_data` read the same from them, and
        writing that again gives the same bytes.
    """
    numbers = (*meta.indicators, *meta.denominators)
    return {
        "iData.csv": _table(data.table, numbers),
        "iMeta.csv": _table(meta.table, NUMBERS),
    }


def _table(table: Table, numbers: Collection[str]) -> bytes:
    columns = [
        [_number(one) for one in numbers_of(table, name)]
        if name in numbers
        else [text or GAP for text in texts_of(table, name)]
        for name in table.columns
    ]
    return csv_bytes(table.columns, zip(*columns, strict=True))


def _number(told: float) -> float | int | str:
    """Give a number as it is written: whole ones without a point, a gap as NA."""
    if np.isnan(told):
        return GAP
    return int(told) if told == int(told) and abs(told) < WHOLE else float(told)
