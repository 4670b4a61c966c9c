"""Map data: small shapes in longitude and latitude whose shared limits stay shared."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from pyproj import Transformer

from courtepointe.atlas.pack.values import AreaTable
from courtepointe.atlas.query.areas import moved
from courtepointe.core.coverage import coverage_of
from courtepointe.core.typing import AnyArray, Shapes

DECIMALS = 5
"""A hundred-thousandth of a degree is about a metre."""


def map_shapes(
    table: AreaTable, shapes: Shapes, transformer: Transformer, *, tolerance_m: float
) -> dict[str, Any]:
    """Give the areas of a type as a GeoJSON feature collection.

    Parameters
    ----------
    table : AreaTable
    shapes : (n_areas,) shapely, metric CRS
        The table's own, or those of the division with overlaps resolved.
    transformer : from metres to longitude and latitude
    tolerance_m : float, metres
        Bends smaller than about this are left out; 0 keeps every point.

    Returns
    -------
    dict
        Feature ids are the areas' positions; properties ``key``, ``code``, ``fr``, ``en``.
    """
    drawn = moved(simplified(shapes, tolerance_m=tolerance_m), transformer)
    features = [
        {
            "type": "Feature",
            "id": place,
            "properties": {
                "key": f"{table.type_and_vintage}:{code}",
                "code": code,
                "fr": table.names_fr[place],
                "en": table.names_en[place],
            },
            "geometry": geometry(drawn[place]),
        }
        for place, code in enumerate(table.codes)
    ]
    return {"type": "FeatureCollection", "features": features}


def simplified(shapes: Shapes, *, tolerance_m: float) -> Shapes:
    """Leave out small bends, alike on both sides of a shared limit.

    Parameters
    ----------
    shapes : (n,) shapely polygons, valid, metres
    tolerance_m : float

    Returns
    -------
    (n,) shapely polygons or multipolygons

    Notes
    -----
    By Visvalingam and Whyatt's areas over the whole coverage. Where the shapes are no coverage
    (their limits cross by centimetres), their lines are noded first and each piece goes to the
    area of lowest position that holds it; should that fail, each is simplified by itself.
    """
    if tolerance_m <= 0.0 or len(shapes) == 0:
        return shapes
    coverage = coverage_of(shapes)
    if coverage is not None:
        simple: Shapes = shapely.coverage_simplify(coverage, tolerance_m)
    else:
        simple = shapely.simplify(shapes, tolerance_m, preserve_topology=True)
    kept: Shapes = np.where(shapely.is_empty(simple), shapes, simple)
    return kept


def geometry(shape: shapely.Geometry) -> dict[str, Any]:
    """Write one shape as GeoJSON, coordinates rounded, repeated points dropped."""
    parts = [_rings(part) for part in shapely.get_parts(shape)]
    kept = [part for part in parts if part]
    if len(kept) == 1:
        return {"type": "Polygon", "coordinates": kept[0]}
    return {"type": "MultiPolygon", "coordinates": kept}


def _rings(polygon: shapely.Polygon) -> list[list[list[float]]]:
    shell = _ring(shapely.get_coordinates(polygon.exterior))
    if not shell:
        return []
    holes = [_ring(shapely.get_coordinates(ring)) for ring in polygon.interiors]
    return [shell, *(hole for hole in holes if hole)]


def _ring(points: AnyArray) -> list[list[float]]:
    rounded = np.round(points, DECIMALS)
    moves = np.r_[True, (rounded[1:] != rounded[:-1]).any(axis=1)]
    kept: list[list[float]] = rounded[moves].tolist()
    return kept if len(kept) >= 4 else []
