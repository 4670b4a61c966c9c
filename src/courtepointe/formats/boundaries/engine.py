"""GDAL, kept at home: it opens local files of a kind that is already known, and nothing else."""

from __future__ import annotations

import struct
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pyogrio.errors
import shapely
from pyproj import network

from courtepointe.core.errors import BadInput
from courtepointe.core.typing import Shapes
from courtepointe.formats.boundaries import kinds
from courtepointe.formats.boundaries.values import Layer
from courtepointe.formats.tables.values import Table, distinct_names, no_columns, texts_of

Run = tuple[int, int]
"""Positions of the first feature that is wanted and of the first after it that is not."""

DRIVERS = {
    kinds.GEOJSON: "GeoJSON",
    kinds.TOPOJSON: "TopoJSON",
    kinds.GEOPACKAGE: "GPKG",
    kinds.SHAPEFILE: "ESRI Shapefile",
}
OPEN_OPTIONS: dict[str, dict[str, str]] = {
    kinds.GEOJSON: {
        "DATE_AS_STRING": "YES",
        "FLATTEN_NESTED_ATTRIBUTES": "YES",
        "NESTED_ATTRIBUTE_SEPARATOR": ".",
    },
}
IN_RUNS = (kinds.SHAPEFILE, kinds.GEOPACKAGE)
"""Kinds of which a run of features is read without parsing those before it."""
UNSAID_CRS = {kinds.TOPOJSON: "OGC:CRS84"}
"""A topology has no place to name its system; metres in it are refused by their size."""
ENGINE_ERRORS = (
    pyogrio.errors.DataSourceError,
    pyogrio.errors.DataLayerError,
    pyogrio.errors.FeatureError,
    pyogrio.errors.GeometryError,
)
SHAPEFILE_PARTS = (".shx", ".dbf")
SHAPE_HEADER_BYTES = 100

pyogrio.set_gdal_config_options(
    {
        "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": "{none}",
        "GDAL_HTTP_CONNECTTIMEOUT": 1,
        "GDAL_HTTP_MAX_RETRY": 0,
        "OGR_SQLITE_LOAD_EXTENSIONS": "NO",
        "PROJ_NETWORK": "OFF",
    }
)
network.set_network_enabled(active=False)  # type: ignore[attr-defined]


def layer_names(path: Path, kind: str, *, file: str) -> tuple[str, ...]:
    """List the layers that have shapes."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # told again, and kept, when the layer is read
        try:
            found = pyogrio.list_layers(str(path.resolve()))
        except pyogrio.errors.DataSourceError as error:
            raise _broken(kind, file, error) from error
    return tuple(str(name) for name, geometry in found if geometry is not None)


def read_with_engine(
    path: Path, kind: str, *, layer: str | None, file: str, rows: Run | None = None
) -> Layer:
    """Read one layer, or a run of its features.

    Parameters
    ----------
    path : path
        Of a local file; its name must not be one that a stranger chose.
    kind : str
        What `kind_of` said.
    layer : str or None
        Needed where several have shapes.
    file : str
        The name to use in messages.
    rows : Run, optional
        Of a kind of `IN_RUNS`.

    Raises
    ------
    BadInput
        ``boundary_file_broken``, ``unknown_layer``, ``which_layer``, ``no_features``,
        ``shapefile_incomplete``, ``shape_broken``.
    """
    if kind == kinds.SHAPEFILE:
        check_shapefile(path, file=file)
    options = OPEN_OPTIONS.get(kind, {})
    encoding = shapefile_encoding(path) if kind == kinds.SHAPEFILE else None
    with warnings.catch_warnings(record=True) as remarks:
        warnings.simplefilter("always")
        try:
            name = _layer_name(path, kind, layer, file=file)
            source = str(path.resolve())
            first, wanted = _run(rows)
            meta, data = pyogrio.raw.read_arrow(
                source, layer=name, encoding=encoding, **wanted, **options
            )
        except ENGINE_ERRORS as error:
            raise _broken(kind, file, error) from error
    notes = tuple(dict.fromkeys(str(remark.message) for remark in remarks))
    crs = meta["crs"] or UNSAID_CRS.get(kind)
    return _layer(meta, data, crs=crs, file=file, notes=notes, first=first)


def count_features(path: Path, kind: str, *, layer: str | None, file: str) -> int | None:
    """Count the features of a layer; None where a run of them cannot be read alone.

    Raises
    ------
    BadInput
        As `read_with_engine`.
    """
    if kind not in IN_RUNS:
        return None
    if kind == kinds.SHAPEFILE:
        check_shapefile(path, file=file)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # told again, and kept, when the layer is read
        try:
            name = _layer_name(path, kind, layer, file=file)
            return int(pyogrio.read_info(str(path.resolve()), layer=name)["features"])
        except ENGINE_ERRORS as error:
            raise _broken(kind, file, error) from error


def _run(rows: Run | None) -> tuple[int, dict[str, int]]:
    """Say which features to read: how many stand before, and what the engine is told."""
    if rows is None:
        return 0, {}
    return rows[0], {"skip_features": rows[0], "max_features": rows[1] - rows[0]}


def _layer_name(path: Path, kind: str, layer: str | None, *, file: str) -> str | None:
    """Choose the layer, and see that the driver is the one that the content calls for.

    GeoJSON has one layer, and its kind was told by its content; each look would parse it whole.
    """
    if kind == kinds.GEOJSON and layer is None:
        return None
    name = choose_layer(layer_names(path, kind, file=file), layer, file=file)
    driver = pyogrio.read_info(str(path.resolve()), layer=name)["driver"]
    if driver != DRIVERS[kind]:
        raise BadInput("not_what_its_name_says", file=file, found=driver, expected=kind)
    return name


def choose_layer(names: tuple[str, ...], layer: str | None, *, file: str) -> str:
    """Choose the layer that is named, or the only one."""
    if layer is not None and layer not in names:
        raise BadInput("unknown_layer", file=file, value=layer, expected=", ".join(names))
    if layer is not None:
        return layer
    if not names:
        raise BadInput("no_features", file=file)
    if len(names) > 1:
        raise BadInput("which_layer", file=file, found=", ".join(names))
    return names[0]


def _layer(
    meta: dict[str, Any],
    data: Any,
    *,
    crs: str | None,
    file: str,
    notes: tuple[str, ...],
    first: int,
) -> Layer:
    if data.num_rows == 0:
        raise BadInput("no_features", file=file)
    geometry = meta["geometry_name"] or "wkb_geometry"
    wkb = np.array(data.column(geometry).to_pylist(), dtype=np.object_)
    rows = np.arange(first + 1, first + data.num_rows + 1, dtype=np.int64)
    fields = data.drop_columns([geometry])
    names, renamed = distinct_names(fields.column_names)
    texts = texts_of(fields.rename_columns(list(names))) if names else no_columns(len(rows))
    table = Table(file, texts, rows, meta["encoding"], 0, renamed)
    return Layer(table, shapes_of(wkb, file=file, first=first), crs, notes)


def shapes_of(wkb: Shapes, *, file: str, first: int = 0) -> Shapes:
    """Read well-known binary; a broken shape is named by its row.

    Raises
    ------
    BadInput
        ``shape_broken``.
    """
    try:
        return np.asarray(shapely.from_wkb(wkb), dtype=np.object_)
    except (shapely.errors.GEOSException, TypeError):
        read = shapely.from_wkb(wkb, on_invalid="ignore")
    had = np.array([one is not None for one in wkb])
    row = int(np.flatnonzero(had & shapely.is_missing(read))[0]) + first + 1
    raise BadInput("shape_broken", file=file, row=row)


def _broken(kind: str, file: str, error: Exception) -> BadInput:
    return BadInput("boundary_file_broken", file=file, expected=kind, detail=str(error)[:300])


def sibling(path: Path, suffix: str) -> Path | None:
    """Find the file of the same stem with another suffix, in whatever case."""
    for other in path.parent.iterdir():
        if other.stem == path.stem and other.suffix.lower() == suffix:
            return other
    return None


def check_shapefile(path: Path, *, file: str) -> None:
    """See that a Shapefile has its parts, and as many bytes as its header says.

    Raises
    ------
    BadInput
        ``shapefile_incomplete``, ``boundary_file_broken``: the engine would read a file that was
        cut as if nothing were missing.
    """
    missing = [suffix for suffix in SHAPEFILE_PARTS if sibling(path, suffix) is None]
    if missing:
        raise BadInput("shapefile_incomplete", file=file, expected=", ".join(missing))
    with path.open("rb") as stream:
        header = stream.read(SHAPE_HEADER_BYTES)
    announced = 2 * struct.unpack(">i", header[24:28])[0] if len(header) >= 28 else -1
    found = path.stat().st_size
    if found != announced:
        detail = f"{found} ≠ {announced} bytes"
        raise BadInput("boundary_file_broken", file=file, expected=kinds.SHAPEFILE, detail=detail)
    _check_dbf(path, file=file)


def _check_dbf(path: Path, *, file: str) -> None:
    dbf, shx = sibling(path, ".dbf"), sibling(path, ".shx")
    assert dbf is not None and shx is not None
    with dbf.open("rb") as stream:
        header = stream.read(12)
    if len(header) < 12:
        raise BadInput("shapefile_incomplete", file=file, expected=".dbf")
    rows, start, width = struct.unpack("<IHH", header[4:12])
    shapes = (shx.stat().st_size - SHAPE_HEADER_BYTES) // 8
    if dbf.stat().st_size < start + rows * width or rows != shapes:
        detail = f".shx {shapes} ≠ .dbf {rows}"
        raise BadInput("boundary_file_broken", file=file, expected=kinds.SHAPEFILE, detail=detail)


def shapefile_encoding(path: Path) -> str | None:
    """Tell how attributes are encoded where no .cpg does: UTF-8 if all bytes allow, else cp1252."""
    dbf = sibling(path, ".dbf")
    if sibling(path, ".cpg") is not None or dbf is None:
        return None
    content = dbf.read_bytes()
    start = struct.unpack("<H", content[8:10])[0]
    try:
        content[start:].decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"
