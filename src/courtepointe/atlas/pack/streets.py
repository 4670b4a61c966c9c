"""Streets on disk: two tables that any GIS opens, and the metric lines beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import shapely
from shapely.errors import ShapelyError

from courtepointe.atlas.pack import layout
from courtepointe.atlas.pack.geoparquet import to_degrees, write_geoparquet
from courtepointe.atlas.pack.shapes import read_shapes, write_shapes
from courtepointe.atlas.pack.values import StreetTable
from courtepointe.core.errors import BadInput, CourtepointeError
from courtepointe.core.streets import Streets, Tidied, streets_of
from courtepointe.core.typing import AnyArray

ABOUT = ("source", "file", "kind", "n_joined", "n_lost_points", "n_other_lengths")


def write_street_table(folder: Path, table: StreetTable, *, metric_crs: str) -> dict[str, Any]:
    """Write streets, and give what the index says of them.

    Parameters
    ----------
    folder : Path
        Of the pack.
    table : StreetTable
    metric_crs : str

    Notes
    -----
    Nodes are numbered as they were given: their order along Hilbert's curve follows from their places, and
    is found again when the pack is opened.
    """
    streets = table.streets
    _write_nodes(folder / layout.STREET_NODES, streets, metric_crs)
    lines = streets.lines()
    write_geoparquet(
        folder / layout.STREETS, _columns(streets), to_degrees(lines, metric_crs=metric_crs)
    )
    write_shapes(folder / layout.STREET_LINES, lines)
    return {
        **{name: getattr(table, name) for name in ABOUT},
        "given": streets.n_edges + len(streets.left_out),
        "tidied": asdict(streets.tidied),
    }


def _write_nodes(path: Path, streets: Streets, metric_crs: str) -> None:
    points = streets.given_points
    columns = {
        "node": pa.array(np.arange(len(points)), pa.int32()),
        "x_m": pa.array(points[:, 0], pa.float64()),
        "y_m": pa.array(points[:, 1], pa.float64()),
    }
    write_geoparquet(path, columns, to_degrees(shapely.points(points), metric_crs=metric_crs))


def _columns(streets: Streets) -> dict[str, Any]:
    """Give the columns of the streets; none for what no file told."""
    columns = {
        "row": pa.array(streets.row, pa.int64()),
        "from_node": pa.array(streets.given[streets.from_node], pa.int32()),
        "to_node": pa.array(streets.given[streets.to_node], pa.int32()),
        "length_m": pa.array(streets.length_m, pa.float64()),
    }
    if streets.slope_percent is not None:
        columns["slope_percent"] = pa.array(
            streets.slope_percent, pa.float64(), mask=np.isnan(streets.slope_percent)
        )
    if streets.stairs is not None:
        columns["stairs"] = pa.array(streets.stairs, pa.bool_())
    return columns


def read_street_table(folder: Path, entry: Mapping[str, Any]) -> StreetTable:
    """Read what `write_street_table` wrote: the same graph, to the last bit.

    Parameters
    ----------
    folder : Path
        Of the pack.
    entry : mapping
        What the index says.

    Raises
    ------
    BadInput
        ``pack_broken``, naming the file.
    """
    nodes = _read(folder, layout.STREET_NODES)
    edges = _read(folder, layout.STREETS)
    try:
        streets = _graph(folder, nodes, edges, entry)
    except (OSError, ValueError, KeyError, ShapelyError, CourtepointeError) as error:
        raise _broken(folder, layout.STREETS, error) from error
    return StreetTable(streets=streets, **{name: entry[name] for name in ABOUT})


def _read(folder: Path, name: str) -> dict[str, AnyArray]:
    """Read the columns of a table but for its shapes; an empty number is not a number."""
    try:
        file = pq.ParquetFile(folder / name)
        wanted = [one for one in file.schema_arrow.names if not one.startswith(("bbox_", "geom"))]
        table = file.read(columns=wanted)
    except (OSError, ValueError) as error:
        raise _broken(folder, name, error) from error
    return {one: table.column(one).to_numpy() for one in wanted}


def _broken(folder: Path, name: str, error: Exception) -> BadInput:
    return BadInput("pack_broken", folder=folder.name, file=name, found=str(error))


def _graph(
    folder: Path,
    nodes: Mapping[str, AnyArray],
    edges: Mapping[str, AnyArray],
    entry: Mapping[str, Any],
) -> Streets:
    stairs = edges.get("stairs")
    streets = streets_of(
        np.stack([nodes["x_m"], nodes["y_m"]], axis=1),
        edges["from_node"],
        edges["to_node"],
        edges["length_m"],
        slope_percent=edges.get("slope_percent"),
        stairs=None if stairs is None else stairs.astype(np.bool_),
        shapes=read_shapes(folder / layout.STREET_LINES),
    )
    # What was odd was left out before it was written: it is told here, and not found again.
    left_out = np.setdiff1d(np.arange(entry["given"]), edges["row"], assume_unique=True)
    return replace(streets, left_out=left_out, tidied=Tidied(**entry["tidied"]))
