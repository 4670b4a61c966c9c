"""A shape from outside, held to be a surface on this earth before anything is asked of it."""

from __future__ import annotations

import numpy as np
import shapely
from pyproj import Transformer

from courtepointe.atlas.query.areas import moved
from courtepointe.core.errors import BadInput
from courtepointe.core.shapes import repair

SURFACES = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)
MOST_POINTS = 200_000
"""More points than any limit drawn by people or published for a neighbourhood has."""


def shape_in_metres(shape: shapely.Geometry, transformer: Transformer | None) -> shapely.Geometry:
    """Check a shape in longitude and latitude, and carry it to the pack's metres.

    Parameters
    ----------
    shape : shapely polygon or multipolygon
    transformer : Transformer or None
        From degrees to metres; None: the shape is in metres already.

    Raises
    ------
    BadInput
        ``area_shape_empty``, ``area_shape_not_surface``, ``area_shape_too_detailed``,
        ``area_shape_not_degrees``, ``area_shape_invalid``.
    """
    if shape is None or shapely.is_empty(shape):
        raise BadInput("area_shape_empty")
    if shapely.get_type_id(shape) not in SURFACES:
        raise BadInput("area_shape_not_surface", value=shape.geom_type)
    flat = shapely.force_2d(shape)
    _check_points(flat, furthest=(180.0, 90.0) if transformer else (np.inf, np.inf))
    if not shapely.is_valid(flat):
        raise BadInput("area_shape_invalid", value=shapely.is_valid_reason(flat))
    shapes = np.array([flat], dtype=object)
    mended = repair(moved(shapes, transformer) if transformer else shapes).shapes[0]
    if shapely.is_empty(mended) or not shapely.area(mended) > 0.0:
        raise BadInput("area_shape_empty")
    return mended


def _check_points(shape: shapely.Geometry, *, furthest: tuple[float, float]) -> None:
    points = shapely.get_coordinates(shape)
    if len(points) > MOST_POINTS:
        raise BadInput("area_shape_too_detailed", value=len(points), expected=MOST_POINTS)
    inside = np.isfinite(points) & (np.abs(points) <= furthest)
    if not inside.all():
        longitude, latitude = points[~inside.all(axis=1)][0].tolist()
        raise BadInput("area_shape_not_degrees", value=f"{longitude}, {latitude}")
