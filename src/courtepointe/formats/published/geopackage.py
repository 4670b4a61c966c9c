"""A GeoPackage of one layer, with what must be said of it inside the file."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely
from pyogrio.raw import write

from courtepointe.core.typing import AnyArray, Shapes

pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": "2000-01-01T00:00:00.000Z"})
"""Files tell no time: the same figures give the same bytes."""


def write_geopackage(
    layer: str, columns: Mapping[str, list[Any]], shapes: Shapes, *, about: Mapping[str, str]
) -> bytes:
    """Write areas with their columns.

    Parameters
    ----------
    layer : str
    columns : mapping of name -> (n,) list of text, numbers or None
        None is written as NULL; a column of numbers is one of reals.
    shapes : (n,) shapely polygons or multipolygons, degrees, longitude first
    about : mapping of text -> text
        Title, releases, licences, citation: kept as the file's own metadata.

    Returns
    -------
    bytes

    Notes
    -----
    GeoPackage 1.3 through GDAL; a spatial index is inside.
    """
    many = np.array([shapely.to_wkb(_several(shape)) for shape in shapes], dtype=object)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "areas.gpkg"
        write(
            path,
            geometry=many,
            field_data=[_field(column) for column in columns.values()],
            fields=np.array(list(columns), dtype=object),
            layer=layer,
            driver="GPKG",
            geometry_type="MultiPolygon",
            crs="EPSG:4326",
            dataset_metadata=dict(about),
            layer_metadata=dict(about),
        )
        return path.read_bytes()


def _several(shape: shapely.Geometry) -> shapely.Geometry:
    """Give every area as several polygons: a layer has one kind of geometry."""
    return shape if shape.geom_type == "MultiPolygon" else shapely.MultiPolygon([shape])


def _field(column: list[Any]) -> AnyArray:
    if all(held is None or isinstance(held, int | float) for held in column):
        return np.array([np.nan if held is None else held for held in column], dtype=np.float64)
    return np.array([None if held is None else str(held) for held in column], dtype=object)
