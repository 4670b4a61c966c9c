"""Parquet: the columns with the types that the file declares."""

from __future__ import annotations

from typing import IO

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from courtepointe.core.errors import BadInput
from courtepointe.formats.tables.values import Table, distinct_names


def read_parquet(stream: IO[bytes], *, file: str) -> Table:
    """Read a Parquet file whole.

    Raises
    ------
    BadInput
        ``broken_parquet``, ``table_without_rows``.
    """
    try:
        data = pq.read_table(pa.PythonFile(stream, mode="r"))
    except (pa.ArrowException, OSError) as error:
        raise BadInput("broken_parquet", file=file, detail=str(error)) from error
    if data.num_rows == 0:
        raise BadInput("table_without_rows", file=file)
    names, renamed = distinct_names(data.column_names)
    rows = np.arange(1, data.num_rows + 1, dtype=np.int64)
    return Table(file, data.rename_columns(list(names)), rows, None, 0, renamed)
