"""Write GeoJSON (RFC 7946) for pages and exports: short, right-handed, longitude first."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

import numpy as np
import shapely

from courtepointe.core.typing import Floats, Shapes
from courtepointe.formats.boundaries.crs import DEGREES, move_shapes


def write_geojson(
    shapes: Shapes,
    properties: Sequence[Mapping[str, object]],
    *,
    crs: str = DEGREES,
    decimals: int = 6,
) -> bytes:
    """Write shapes and their properties as a FeatureCollection.

    Parameters
    ----------
    shapes : (n,) shapely geometries
    properties : (n,) mappings
    crs : str
        Of `shapes`; they are taken to degrees.
    decimals : int
        Of a degree; six are 8 to 11 cm.

    Returns
    -------
    bytes
        UTF-8 text.

    Notes
    -----
    Shells run counterclockwise, holes clockwise. Points that rounding makes one are written once;
    a ring too small to be told at this precision keeps its unrounded points, so that no shape
    vanishes.
    """
    degrees = move_shapes(shapes, source=crs, target=DEGREES)
    texts = shapely.to_geojson(shapely.orient_polygons(_rounded(degrees, decimals)))
    parts = [
        f'{{"type":"Feature","geometry":{text or "null"},"properties":{_json(one)}}}'
        for text, one in zip(texts, properties, strict=True)
    ]
    body = ",\n".join(parts)
    return f'{{"type":"FeatureCollection","features":[\n{body}\n]}}\n'.encode()


def _json(properties: Mapping[str, object]) -> str:
    return json.dumps(dict(properties), ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _rounded(shapes: Shapes, decimals: int) -> Shapes:
    def short(points: Floats) -> Floats:
        return np.round(points, decimals)

    rounded = shapely.transform(shapes, short)
    flat = (shapely.area(rounded) == 0) & (shapely.area(shapes) > 0)
    return _without_repeats(np.where(flat, shapes, rounded))


def _without_repeats(shapes: Shapes) -> Shapes:
    """Write points that follow each other once, but for rings that would have too few left."""
    try:
        return np.asarray(shapely.remove_repeated_points(shapes), dtype=np.object_)
    except shapely.errors.GEOSException:
        if len(shapes) == 1:
            return shapes
    halves = np.array_split(shapes, 2)
    return np.concatenate([_without_repeats(half) for half in halves])
