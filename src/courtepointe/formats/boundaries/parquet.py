"""GeoParquet: the geometry column that the file's own description names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pyproj

from courtepointe.core.errors import BadInput
from courtepointe.core.typing import Shapes
from courtepointe.formats.boundaries.engine import shapes_of
from courtepointe.formats.boundaries.values import Layer
from courtepointe.formats.tables.values import Table, distinct_names, no_columns, texts_of

DEFAULT_CRS = "OGC:CRS84"


def read_geoparquet(path: Path, *, file: str) -> Layer:
    """Read a GeoParquet file whose geometry is well-known binary.

    Raises
    ------
    BadInput
        ``broken_parquet``, ``geoparquet_without_geometry``, ``geoparquet_encoding``,
        ``no_features``, ``shape_broken``.
    """
    try:
        data = pq.read_table(path)
    except (pa.ArrowException, OSError) as error:
        raise BadInput("broken_parquet", file=file, detail=str(error)) from error
    if data.num_rows == 0:
        raise BadInput("no_features", file=file)
    name, described = _description(data, file=file)
    wkb = _binary(data.column(name), described, file=file)
    covering = described.get("covering", {}).get("bbox", {}).get("xmin", ["bbox"])[0]
    fields = data.drop_columns([c for c in {name, covering} if c in data.column_names])
    names, renamed = distinct_names(fields.column_names)
    texts = texts_of(fields.rename_columns(list(names))) if names else no_columns(data.num_rows)
    rows = np.arange(1, data.num_rows + 1, dtype=np.int64)
    table = Table(file, texts, rows, None, 0, renamed)
    return Layer(table, shapes_of(wkb, file=file), _crs(described))


def _description(data: Any, *, file: str) -> tuple[str, dict[str, Any]]:
    try:
        geo = json.loads((data.schema.metadata or {})[b"geo"])
        name = geo["primary_column"]
        return str(name), dict(geo["columns"][name])
    except (KeyError, TypeError, ValueError) as error:
        raise BadInput("geoparquet_without_geometry", file=file) from error


def _binary(cells: Any, described: dict[str, Any], *, file: str) -> Shapes:
    encoding = described.get("encoding", "WKB")
    if encoding != "WKB":
        raise BadInput("geoparquet_encoding", file=file, found=encoding, expected="WKB")
    return np.array(cells.to_pylist(), dtype=np.object_)


def _crs(described: dict[str, Any]) -> str | None:
    """Give the file's system: CRS84 where it says nothing, none where it says null."""
    declared = described.get("crs", DEFAULT_CRS)
    if declared is None:
        return None
    return declared if isinstance(declared, str) else pyproj.CRS.from_json_dict(declared).to_wkt()
