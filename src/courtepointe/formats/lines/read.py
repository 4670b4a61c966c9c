"""Read a layer of lines with the names that are written along them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely

from courtepointe.core.errors import BadInput
from courtepointe.core.typing import Bools, Shapes
from courtepointe.formats.boundaries import Layer, list_layers, read_layer
from courtepointe.formats.boundaries.crs import check_coordinates, move_shapes
from courtepointe.formats.tables import Table

NAME_COLUMNS = ("NOM_VOIE", "ODONYME", "NOM_RUE", "name", "NAME", "Name", "nom", "NOM", "Nom")
"""Columns that publishers write the names of streets in, tried in order."""
KIND_COLUMNS = ("highway", "fclass", "TYP_VOIE")
MAIN_KINDS = frozenset(
    ("motorway", "trunk", "primary", "secondary", "main", "boulevard", "artère", "rue principale")
)


@dataclass(frozen=True, slots=True)
class NamedLines:
    """Lines in metres, and what they are called.

    Attributes
    ----------
    shapes : (n,) shapely lines or multilines
    names : (n,) tuple of str
        Empty where a line has no name.
    main : (n,) bool
        Ways that carry through traffic, where the file tells.
    """

    shapes: Shapes
    names: tuple[str, ...]
    main: Bools


def read_lines(path: Path | str, *, to_crs: str, names: str | None = None) -> NamedLines:
    """Read lines: GeoPackage, GeoJSON, TopoJSON, GeoParquet or a zipped Shapefile.

    Parameters
    ----------
    path : path
    to_crs : str
        A metric coordinate system.
    names : str, optional
        The column of the names; else the first of some usual ones, or none.

    Raises
    ------
    BadInput
        ``lines_none``; ``lines_name_column``; ``crs_missing``; as `read_layer`.
    """
    layer = _lines_of(Path(path))
    file, rows = layer.attributes.file, layer.attributes.row_numbers
    if layer.crs is None:
        raise BadInput("crs_missing", file=file, expected="EPSG:4326, EPSG:32188")
    check_coordinates(layer.shapes, source=layer.crs, target=to_crs, rows=rows, file=file)
    return NamedLines(
        move_shapes(layer.shapes, source=layer.crs, target=to_crs),
        _names(layer.attributes, names),
        _main(layer.attributes),
    )


def _lines_of(path: Path) -> Layer:
    """Give the lines of the first layer that has some."""
    listed = list_layers(path)
    for name in listed:
        read = read_layer(path, layer=name if len(listed) > 1 else None)
        shapes = read.shapes
        kept = np.asarray(
            (shapely.get_dimensions(shapes) == 1) & ~shapely.is_empty(shapes), dtype=np.bool_
        )
        if kept.any():
            return Layer(read.attributes.rows(kept), shapes[kept], read.crs, read.notes)
    raise BadInput("lines_none", file=path.name, value=", ".join(listed))


def _names(table: Table, column: str | None) -> tuple[str, ...]:
    if column is not None and column not in table.columns:
        raise BadInput(
            "lines_name_column", file=table.file, value=column, expected=", ".join(table.columns)
        )
    found = column or next((one for one in NAME_COLUMNS if one in table.columns), None)
    if found is None:
        return ("",) * len(table)
    return tuple(" ".join((cell or "").split()) for cell in table.texts(found))


def _main(table: Table) -> Bools:
    found = next((one for one in KIND_COLUMNS if one in table.columns), None)
    if found is None:
        return np.zeros(len(table), dtype=np.bool_)
    return np.array(
        [(c or "").casefold() in MAIN_KINDS for c in table.texts(found)], dtype=np.bool_
    )
