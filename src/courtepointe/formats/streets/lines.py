"""Street lines of a layer (GeoPackage, GeoJSON, Shapefile…) as a graph: lines that share an end meet."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import shapely
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial import KDTree

from courtepointe.core.errors import BadInput
from courtepointe.core.typing import Bools, Floats, Ints, Shapes
from courtepointe.formats.boundaries import Layer, list_layers, read_layer
from courtepointe.formats.boundaries.crs import check_coordinates, move_shapes
from courtepointe.formats.streets.values import Drawn, StreetFile, check_metric, lengths
from courtepointe.formats.tables import Table, matching

JOINED_M = 0.05
"""Ends as near as this are one crossing: publishers round coordinates to centimetres."""
KIND_COLUMNS = ("highway", "fclass")
STAIRS = "steps"
LINE, MULTILINE = 1, 5


def read_street_lines(
    path: Path | str,
    *,
    to_crs: str,
    layer: str | None = None,
    where: str | None = None,
    stairs: str | None = None,
    slope: str | None = None,
    joined_m: float = JOINED_M,
) -> StreetFile:
    """Read a layer of lines as streets.

    Parameters
    ----------
    path : path
        GeoPackage, GeoJSON, TopoJSON, Shapefile, GeoParquet, also zipped.
    to_crs : str
        A coordinate system in metres.
    layer : str, optional
        Else the only layer of lines.
    where : str, optional
        An SQL condition over columns: only lines for which it holds are read.
    stairs : str, optional
        An SQL condition over columns that holds for stairs; else those that ``highway`` or ``fclass``
        names *steps*.
    slope : str, optional
        The column of slopes, in percent; an empty cell is not known.
    joined_m : float, metres

    Returns
    -------
    StreetFile
        Lines meet at their ends only: one that passes over another does not meet it (a bridge).
        Lengths are those of the drawing, in the plane of ``to_crs``.

    Raises
    ------
    BadInput
        ``streets_layers``, ``streets_line``, ``streets_column``, ``streets_cell``,
        ``streets_not_metres``, ``crs_missing``, ``no_features_where``; as `read_layer`, `matching` and
        `streets_of`.
    """
    check_metric(to_crs)
    path = Path(path)
    read, layer = _layer_of_lines(path, layer)
    read = _where(read, where)
    rows, file = read.attributes.row_numbers, read.attributes.file
    _check_lines(read, layer=layer)
    if read.crs is None:
        raise BadInput("crs_missing", file=file, expected="EPSG:4326, EPSG:32188")
    check_coordinates(read.shapes, source=read.crs, target=to_crs, rows=rows, file=file)
    moved = move_shapes(read.shapes, source=read.crs, target=to_crs)
    parts, owner = shapely.get_parts(moved, return_index=True)
    points, ends, n_joined = _nodes(parts, joined_m)
    drawn = Drawn(
        points, ends[0], ends[1], parts, lengths(parts),
        _slopes(read.attributes, slope, layer=layer)[owner],
        _stairs(read.attributes, stairs)[owner], stairs is not None,
    )  # fmt: skip
    return StreetFile(drawn.graph(), file, "lines", n_joined=n_joined)


def _layer_of_lines(path: Path, layer: str | None) -> tuple[Layer, str]:
    """Read the layer that is named, or the only one that has lines."""
    names = list_layers(path)
    if layer is not None:
        return read_layer(path, layer=layer), layer
    found = []
    for name in names:
        read = read_layer(path, layer=name if len(names) > 1 else None)
        if np.isin(shapely.get_type_id(read.shapes), (LINE, MULTILINE)).any():
            found.append((read, name))
    if len(found) != 1:
        raise BadInput("streets_layers", file=path.name, n=len(found), value=", ".join(names))
    return found[0]


def _where(read: Layer, condition: str | None) -> Layer:
    """Keep the lines for which a condition holds."""
    if condition is None:
        return read
    kept = matching(read.attributes, condition)
    if not kept.any():
        raise BadInput("no_features_where", file=read.attributes.file, value=condition)
    return Layer(read.attributes.rows(kept), read.shapes[kept], read.crs, read.notes)


def _check_lines(read: Layer, *, layer: str) -> None:
    kinds = shapely.get_type_id(read.shapes)
    odd = ~np.isin(kinds, (LINE, MULTILINE)) | shapely.is_empty(read.shapes)
    if not odd.any():
        return
    place = int(np.flatnonzero(odd)[0])
    shape = read.shapes[place]
    raise BadInput(
        "streets_line", file=read.attributes.file, layer=layer,
        row=int(read.attributes.row_numbers[place]),
        value="—" if shape is None else shape.wkt[:60],
    )  # fmt: skip


def _nodes(parts: Shapes, joined_m: float) -> tuple[Floats, tuple[Ints, Ints], int]:
    """Number the ends of lines, those near one another alike; move nothing but the ends."""
    ends = [shapely.get_coordinates(shapely.get_point(parts, place)) for place in (0, -1)]
    points, number = np.unique(np.concatenate(ends), axis=0, return_inverse=True)
    number = number.ravel()
    near = KDTree(points).query_pairs(joined_m, output_type="ndarray")
    links = coo_matrix((np.ones(len(near)), (near[:, 0], near[:, 1])), shape=(len(points),) * 2)
    n_nodes, node = connected_components(links, directed=False)
    _, first = np.unique(node, return_index=True)
    number = node[number].astype(np.int64)
    return points[first], (number[: len(parts)], number[len(parts) :]), len(points) - n_nodes


def _stairs(table: Table, condition: str | None) -> Bools:
    if condition is not None:
        return matching(table, condition)
    found = next((one for one in KIND_COLUMNS if one in table.columns), None)
    if found is None:
        return np.zeros(len(table), dtype=np.bool_)
    return np.array([(cell or "").strip() == STAIRS for cell in table.texts(found)], dtype=np.bool_)


def _slopes(table: Table, column: str | None, *, layer: str) -> Floats:
    if column is None:
        return np.full(len(table), np.nan)
    if column not in table.columns:
        raise BadInput(
            "streets_column", file=table.file, layer=layer, value=column,
            expected=", ".join(table.columns),
        )  # fmt: skip
    told = np.full(len(table), np.nan)
    for place, cell in enumerate(table.texts(column)):
        if cell is None or not cell.strip():
            continue
        try:
            told[place] = float(cell.strip().replace(",", ".").removesuffix("%"))
        except ValueError:
            told[place] = np.inf
        if not np.isfinite(told[place]):
            raise BadInput(
                "streets_cell", file=table.file, layer=layer, column=column, value=cell[:60],
                row=int(table.row_numbers[place]),
            )  # fmt: skip
    return told
