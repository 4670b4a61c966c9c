"""Read boundaries: one layer of polygons, valid, in the coordinate system that is asked for."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import shapely

from courtepointe.core import shapes as core
from courtepointe.core.errors import BadInput
from courtepointe.core.typing import Ints, Shapes
from courtepointe.formats.boundaries.crs import (
    check_coordinates,
    crs_name,
    known_crs,
    move_shapes,
)
from courtepointe.formats.boundaries.engine import Run
from courtepointe.formats.boundaries.layers import read_layer
from courtepointe.formats.boundaries.values import BoundaryFile, Layer, Repair
from courtepointe.formats.tables.sql import matching


def read_boundaries(
    path: Path | str,
    *,
    to_crs: str,
    layer: str | None = None,
    crs: str | None = None,
    where: str | None = None,
    file: str | None = None,
    rows: Run | None = None,
) -> BoundaryFile:
    """Read a file of boundaries.

    Parameters
    ----------
    path : path
        GeoJSON, TopoJSON, GeoPackage, Shapefile, GeoParquet or KML; also zipped, or KMZ.
    to_crs : str
        Coordinate system of the answer; a metric one where surfaces are to be square metres.
    layer : str, optional
        Needed where several have shapes.
    crs : str, optional
        What the file's system is, where it does not say or says wrongly.
    where : str, optional
        Keep rows whose SQL condition on (text) columns holds; with `rows`, perhaps none.
    file : str, optional
        The name to use in messages, where the path is not the one that people know.
    rows : (int, int), optional
        The run of features to read, of a file of which `unpacked` counts them.

    Returns
    -------
    BoundaryFile

    Raises
    ------
    BadInput
        Naming file and row: a shape that is missing, empty or no polygon; coordinates that
        cannot be of the file's system; a file without a system; a broken file.

    Notes
    -----
    Rules: ``docs/methods/boundaries.md``. Longitude (or x) always comes first, whatever
    the authority's axis order. Validity is judged after the change of system.
    """
    read = read_layer(path, layer=layer, file=file, rows=rows)
    return polygons_of(_where(read, where, some=rows is None), crs=crs, to_crs=to_crs)


def _where(layer: Layer, condition: str | None, *, some: bool) -> Layer:
    if condition is None:
        return layer
    kept = matching(layer.attributes, condition)
    if some and not kept.any():
        raise BadInput("no_features_where", file=layer.attributes.file, value=condition)
    return Layer(layer.attributes.rows(kept), layer.shapes[kept], layer.crs, layer.notes)


def polygons_of(layer: Layer, *, crs: str | None, to_crs: str) -> BoundaryFile:
    """Turn a layer into valid polygons in another system, with a record of what was done."""
    file, rows = layer.attributes.file, layer.attributes.row_numbers
    source = crs or layer.crs
    if source is None:
        raise BadInput("crs_missing", file=file, expected="EPSG:4326, EPSG:32188")
    polygons = _only_polygons(layer.shapes, rows=rows, file=file)
    check_coordinates(polygons, source=source, target=to_crs, rows=rows, file=file)
    heights = shapely.has_z(polygons) | shapely.has_m(polygons)
    moved = move_shapes(polygons, source=source, target=to_crs)
    shapes, repairs = _repaired(moved, rows=rows, file=file)
    return BoundaryFile(
        attributes=layer.attributes,
        shapes=shapes,
        crs=to_crs,
        source_crs=crs_name(known_crs(source)),
        repairs=repairs,
        n_heights_dropped=int(np.count_nonzero(heights)),
        notes=layer.notes,
    )


def _only_polygons(shapes: Shapes, *, rows: Ints, file: str) -> Shapes:
    """Refuse what is no surface, naming the first such row."""
    nothing = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    if nothing.any():
        row = int(rows[np.flatnonzero(nothing)[0]])
        raise BadInput("shape_empty", file=file, row=row, found=int(nothing.sum()))
    kinds = shapely.get_type_id(shapes)
    polygons = core.surfaces(shapes)
    collections = (kinds == core.COLLECTION) & (shapely.get_dimensions(shapes) == 2)
    whole = collections & (_n_parts(shapes) == shapely.get_num_geometries(polygons))
    good = np.isin(kinds, (core.POLYGON, core.MULTIPOLYGON)) | whole
    if not good.all():
        place = np.flatnonzero(~good)[0]
        kind = shapes[place].geom_type
        raise BadInput("shape_not_polygon", file=file, row=int(rows[place]), found=kind)
    return polygons


def _n_parts(shapes: Shapes) -> Ints:
    """Count the parts of a shape, those of multipolygons inside collections too."""
    parts, owner = shapely.get_parts(shapes, return_index=True)
    deep = shapely.get_num_geometries(parts)
    return np.bincount(owner, weights=deep, minlength=len(shapes)).astype(np.int64)


def _repaired(shapes: Shapes, *, rows: Ints, file: str) -> tuple[Shapes, tuple[Repair, ...]]:
    mended = core.repair(shapes)
    gone = shapely.is_empty(mended.shapes)
    if gone.any():
        row = int(rows[np.flatnonzero(gone)[0]])
        raise BadInput("shape_empty", file=file, row=row, found=int(gone.sum()))
    places = np.flatnonzero(mended.changed)
    before = shapely.area(shapes[places])
    after = shapely.area(mended.shapes[places])
    repairs = tuple(
        Repair(int(place), int(rows[place]), str(mended.reasons[place]), float(b), float(a))
        for place, b, a in zip(places, before, after, strict=True)
    )
    return mended.shapes, repairs
