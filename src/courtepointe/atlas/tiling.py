"""The layers of vector tiles of one type of areas: made at a build, or when first asked for."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import shapely
from pyproj import Transformer

from courtepointe.core.tiles import MAX_ZOOM, Layer, make_layers, zoom_where_drawn
from courtepointe.core.typing import AnyArray, Shapes

WEB_MERCATOR = "EPSG:3857"


def all_layers(shapes: Shapes, *, metric_crs: str) -> Iterator[Layer]:
    """Make the layers of a type, from the nearest zoom to the first that draws it.

    Parameters
    ----------
    shapes : (n_areas,) shapely polygons or multipolygons, metric CRS
    metric_crs : str
    """
    drawn = in_web_mercator(shapes, metric_crs=metric_crs)
    first = zoom_where_drawn(shapely.area(drawn))
    return make_layers(drawn, zooms=range(first, MAX_ZOOM + 1))


def in_web_mercator(shapes: Shapes, *, metric_crs: str) -> Shapes:
    """Carry shapes from a pack's metres to Web Mercator's."""
    carrier = Transformer.from_crs(metric_crs, WEB_MERCATOR, always_xy=True)

    def carry(points: AnyArray) -> AnyArray:
        return np.column_stack(carrier.transform(points[:, 0], points[:, 1]))

    carried: Shapes = shapely.transform(shapes, carry)
    return carried
