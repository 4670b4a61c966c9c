"""GeoParquet 1.1: tables with shapes that any GIS opens, in longitude and latitude."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pyproj
import shapely

from courtepointe.core.typing import Floats, Shapes

DEGREES = "EPSG:4326"
ROWS_PER_GROUP = 50_000


def to_degrees(shapes: Shapes, *, metric_crs: str) -> Shapes:
    """Move metric shapes to longitude and latitude.

    Parameters
    ----------
    shapes : (n,) shapely geometries, in `metric_crs`
    """
    moves = pyproj.Transformer.from_crs(metric_crs, DEGREES, always_xy=True)
    moved: Shapes = shapely.transform(
        shapes, lambda xy: np.column_stack(moves.transform(xy[:, 0], xy[:, 1]))
    )
    return moved


def to_metres(longitude: Floats, latitude: Floats, *, metric_crs: str) -> tuple[Floats, Floats]:
    """Move points in degrees to the metric system."""
    moves = pyproj.Transformer.from_crs(DEGREES, metric_crs, always_xy=True)
    x, y = moves.transform(longitude, latitude)
    return np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)


def write_geoparquet(
    path: Path, columns: dict[str, Any], shapes: Shapes, *, about: Mapping[str, str] | None = None
) -> None:
    """Write a table with shapes in degrees.

    Parameters
    ----------
    path : path
    columns : mapping of name -> Arrow array or list
    shapes : (n,) shapely geometries, degrees, longitude first
    about : mapping of text -> text
        Releases, licences, citation: kept in the file beside the description of its shapes.
    """
    bounds = shapely.bounds(shapes)
    corners = ("xmin", "ymin", "xmax", "ymax")
    table = pa.table(
        {
            **columns,
            **{f"bbox_{corner}": bounds[:, place] for place, corner in enumerate(corners)},
            "geometry": pa.array(shapely.to_wkb(shapes, output_dimension=2), pa.binary()),
        }
    )
    table = table.replace_schema_metadata({**(about or {}), "geo": _about(shapes)})
    write_parquet(path, table)


def _about(shapes: Shapes) -> str:
    kinds = set(shapely.get_type_id(shapes).tolist())
    names = {0: "Point", 1: "LineString", 3: "Polygon", 6: "MultiPolygon"}
    column = {
        "encoding": "WKB",
        "geometry_types": sorted(names[kind] for kind in kinds),
        "crs": pyproj.CRS(DEGREES).to_json_dict(),
        "edges": "planar",
    }
    if len(shapes):
        column["bbox"] = [float(side) for side in shapely.total_bounds(shapes)]
    about = {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": column}}
    return json.dumps(about, ensure_ascii=False, sort_keys=True)


def write_parquet(path: Path, table: Any) -> None:
    """Write a table so that the same content gives the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(
        table,
        path,
        compression="zstd",
        row_group_size=ROWS_PER_GROUP,
        version="2.6",
        write_statistics=True,
    )
