"""Street corners: a lattice bent by hills and shore, the same wherever two regions meet."""

from __future__ import annotations

from functools import cache

import numpy as np
from pyproj import Transformer

from courtepointe.atlas.demo.chance import noise
from courtepointe.atlas.demo.plan import Region
from courtepointe.core.typing import Floats, Ints

METRIC_CRS = "EPSG:32188"
ORIGIN_DEGREES = (-72.078, 48.578)
"""The middle of lac Saint-Jean, where there is only water: nobody can mistake the city for a place."""
TURN = np.deg2rad(-24.0)
WAVES = ((300.0, 9000.0), (90.0, 4100.0), (24.0, 1900.0))
"""Height and length in metres; their slopes add to under a half, so the lattice never folds."""
TRIBUTARY = 0.64
"""The column of cells that is water, as a share of a region's width."""
ROWS_AND_COLUMNS = 4096


@cache
def _origin() -> tuple[float, float]:
    x, y = Transformer.from_crs("EPSG:4326", METRIC_CRS, always_xy=True).transform(*ORIGIN_DEGREES)
    return float(np.round(x, -1)), float(np.round(y, -1))


@cache
def _lines(seed: int) -> tuple[Floats, Floats]:
    """Give the distance of each street from the corner of the country, eastwards and northwards."""
    k = np.arange(ROWS_AND_COLUMNS, dtype=np.int64)
    across = 82.0 + 46.0 * noise(k, k * 0 + 71, seed=seed)
    along = 118.0 + 74.0 * noise(k, k * 0 + 72, seed=seed)
    return np.r_[0.0, across.cumsum()], np.r_[0.0, along.cumsum()]


def corners(i: Ints, j: Ints, *, seed: int) -> Floats:
    """Place lattice nodes.

    Parameters
    ----------
    i, j : (n,) int
        Column and row of each node on the lattice of the whole country.

    Returns
    -------
    (n, 2) float, metres in the metric system
    """
    across, along = _lines(seed)
    x = across[i] + 16.0 * (noise(i, j, seed=seed) - 0.5)
    y = along[j] + 16.0 * (noise(j + 7919, i, seed=seed) - 0.5)
    return bend(np.column_stack([x, y]), seed=seed)


def bend(points: Floats, *, seed: int) -> Floats:
    """Bend straight metres from the corner of the country to the city's own streets.

    Parameters
    ----------
    points : (n, 2) float, metres

    Returns
    -------
    (n, 2) float, metres in the metric system
    """
    x, y = points[:, 0].copy(), points[:, 1].copy()
    phases = 2 * np.pi * noise(np.arange(6), np.arange(6) * 0 + 9, seed=seed)
    for wave, (height, length) in enumerate(WAVES):
        along_x = np.sin(2 * np.pi * points[:, 1] / length + phases[2 * wave])
        along_y = np.sin(2 * np.pi * points[:, 0] / length + phases[2 * wave + 1])
        x += height * 0.5 * along_x
        y += height * along_y
    east, north = _origin()
    cos, sin = np.cos(TURN), np.sin(TURN)
    return np.column_stack([east + cos * x - sin * y, north + sin * x + cos * y])


def middle(region: Region, u: float, v: float, *, seed: int) -> Floats:
    """Place a point given by its share of the region's width and height.

    Returns
    -------
    (2,) float, metres in the metric system
    """
    across, along = _lines(seed)
    x0, x1 = across[[region.i0, region.i0 + region.nx]]
    y0, y1 = along[[region.j0, region.j0 + region.ny]]
    point: Floats = bend(np.array([[x0 + u * (x1 - x0), y0 + v * (y1 - y0)]]), seed=seed)[0]
    return point
