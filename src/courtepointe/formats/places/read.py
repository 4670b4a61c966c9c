"""Read places: one point in degrees for each, and a note for each that has none."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import shapely

from courtepointe.core.errors import BadInput
from courtepointe.core.typing import Bools, Floats, Ints
from courtepointe.formats import archives
from courtepointe.formats.boundaries.crs import DEGREES, known_crs, move_points
from courtepointe.formats.boundaries.layers import read_layer
from courtepointe.formats.boundaries.values import Layer
from courtepointe.formats.places.found import Found, no_surfaces
from courtepointe.formats.places.json_text import read_json_places
from courtepointe.formats.places.values import PlaceFile, PlaceNote
from courtepointe.formats.tables.numbers import to_numbers
from courtepointe.formats.tables.read import read_table
from courtepointe.formats.tables.sql import matching
from courtepointe.formats.tables.values import Table

DEFAULT_CRS = "EPSG:4326"


def read_places(
    path: Path | str,
    *,
    longitude: str | None = None,
    latitude: str | None = None,
    crs: str = DEFAULT_CRS,
    where: str | None = None,
    encoding: str | None = None,
) -> PlaceFile:
    """Read a file of places.

    Parameters
    ----------
    path : path
        GeoJSON; CSV, XLSX or Parquet with two columns of coordinates; an Overpass answer or
        another JSON list of points; GeoPackage, Shapefile or KML.
    longitude, latitude : str, optional
        Names of the columns that hold x and y; needed for tables.
    crs : str
        Of those columns. A file's own declaration stands unless another than the default is given.
    where : str, optional
        Keep rows whose SQL condition on (text) columns holds.
    encoding : str, optional
        Of a CSV.

    Returns
    -------
    PlaceFile

    Raises
    ------
    BadInput
        Naming file and row; ``no_place_located`` where no row has a usable position.
    """
    found = _found(Path(path), longitude, latitude, crs, encoding)
    if where is not None:
        kept = matching(found.attributes, where)
        if not kept.any():
            raise BadInput("no_features_where", file=found.attributes.file, value=where)
        found = found.rows(kept)
    source = crs if crs != DEFAULT_CRS or found.crs is None else found.crs
    return _located(found, source)


def _found(
    path: Path, longitude: str | None, latitude: str | None, crs: str, encoding: str | None
) -> Found:
    path = archives.check_file(path)
    start = archives.first_bytes(path).removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith((b"{", b"[")):
        archives.check_file(path, limit_bytes=archives.MEMORY_LIMIT_BYTES)
        return read_json_places(
            path.read_bytes(), file=path.name, longitude=longitude, latitude=latitude
        )
    if longitude is not None and latitude is not None:
        table = read_table(path, encoding=encoding)
        return _from_table(table, longitude, latitude, crs)
    if path.suffix.lower() in (".csv", ".tsv", ".txt", ".xlsx", ".json"):
        raise BadInput("coordinate_columns", file=path.name)
    return _from_layer(read_layer(path))


def _from_table(table: Table, longitude: str, latitude: str, crs: str) -> Found:
    x = _coordinates(table, longitude, crs)
    y = _coordinates(table, latitude, crs)
    return Found(table, x, y, None, no_surfaces(len(table)))


def _coordinates(table: Table, column: str, crs: str) -> Floats:
    """Read a column of coordinates; ``-73,561`` can only be degrees, never thousands of them."""
    try:
        return to_numbers(table, column).values
    except BadInput as error:
        if error.code != "ambiguous_number" or not known_crs(crs).is_geographic:
            raise
    return to_numbers(table, column, decimal=",").values


def _from_layer(layer: Layer) -> Found:
    points, from_surface = layer.shapes.copy(), shapely.get_type_id(layer.shapes) > 0
    points[from_surface] = shapely.point_on_surface(points[from_surface])
    x, y = shapely.get_x(points), shapely.get_y(points)
    notes = tuple(PlaceNote("engine", 0, note) for note in layer.notes)
    return Found(layer.attributes, x, y, layer.crs, from_surface, notes)


def _located(found: Found, source: str) -> PlaceFile:
    """Keep rows with a usable position, in degrees, and note every other one."""
    file, rows = found.attributes.file, found.attributes.row_numbers
    given = np.isfinite(found.x) & np.isfinite(found.y)
    nowhere = given & (found.x == 0) & (found.y == 0)
    points = np.column_stack([found.x, found.y])
    sane = given & ~nowhere & _in_range(points, source)
    degrees = np.full(points.shape, np.nan)
    degrees[sane] = move_points(points[sane], source=source, target=DEGREES)
    usable = sane & np.isfinite(degrees).all(axis=1) & _in_range(degrees, DEGREES)
    if not usable.any():
        _refuse_swapped(points[given], source, file)
        raise BadInput("no_place_located", file=file, found=len(rows), crs=source)
    notes = (
        *found.notes,
        *_row_notes("no_coordinates", ~given, points, rows),
        *_row_notes("null_island", nowhere, points, rows),
        *_row_notes("out_of_range", given & ~nowhere & ~usable, points, rows),
        *_count_note("point_of_a_surface", usable & found.from_surface),
    )
    lon, lat = degrees[usable].T.copy()
    left_out = int(np.count_nonzero(~usable))
    return PlaceFile(found.attributes.rows(usable), lon, lat, left_out, notes)


def _in_range(points: Floats, crs: str) -> Bools:
    if not known_crs(crs).is_geographic:
        return np.asarray(np.isfinite(points).all(axis=1))
    return np.asarray((np.abs(points[:, 0]) <= 180.0) & (np.abs(points[:, 1]) <= 90.0))


def _refuse_swapped(points: Floats, source: str, file: str) -> None:
    """Say so when every row would be right with its coordinates the other way round."""
    if len(points) and known_crs(source).is_geographic and _in_range(points[:, ::-1], source).all():
        value = f"{points[0, 0]:.6g}, {points[0, 1]:.6g}"
        raise BadInput("coordinates_swapped", file=file, row=1, value=value, crs=source)


def _row_notes(code: str, which: Bools, points: Floats, rows: Ints) -> tuple[PlaceNote, ...]:
    return tuple(
        PlaceNote(code, int(rows[place]), f"{points[place, 0]:.8g}, {points[place, 1]:.8g}")
        for place in np.flatnonzero(which)
    )


def _count_note(code: str, which: Bools) -> tuple[PlaceNote, ...]:
    count = int(np.count_nonzero(which))
    return (PlaceNote(code, 0, str(count)),) if count > 0 else ()
