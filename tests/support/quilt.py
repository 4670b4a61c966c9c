"""A quilt of areas that share bent limits, in Web Mercator's metres: for tests of tiles."""

from __future__ import annotations

import numpy as np
import shapely

from courtepointe.core.tiles import WORLD_M, Tile

WEST, SOUTH = -8_200_000.0, 5_680_000.0
"""Near 45 degrees north."""
STEPS = 6


def quilt(*, side_m: float, across: int = 12, seed: int = 7) -> np.ndarray:
    """Give across x across areas whose limits bend by a few percent of their length."""
    rng = np.random.default_rng(seed)
    corners = np.stack(np.meshgrid(np.arange(across + 1.0), np.arange(across + 1.0)), axis=-1)
    corners += rng.uniform(-0.2, 0.2, corners.shape)
    flat = limits(corners[:, :-1], corners[:, 1:], rng)
    upright = limits(corners[:-1], corners[1:], rng)
    rings = [
        np.concatenate([
            flat[row, column], upright[row, column + 1],
            flat[row + 1, column][::-1], upright[row, column][::-1],
        ])
        for row in range(across) for column in range(across)
    ]  # fmt: skip
    shapes: np.ndarray = np.array(
        [shapely.Polygon(ring * side_m + (WEST, SOUTH)) for ring in rings], dtype=object
    )
    assert shapely.is_valid(shapes).all()
    return shapes


def limits(start: np.ndarray, end: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Bend the lines between corners."""
    parts = np.linspace(0, 1, STEPS + 1)[:, None]
    along = (end - start)[..., None, :]
    off = rng.uniform(-0.05, 0.05, (*along.shape[:2], STEPS + 1, 1))
    off[..., [0, -1], :] = 0.0
    across = np.stack([-along[..., 1], along[..., 0]], axis=-1)
    found: np.ndarray = start[..., None, :] + along * parts + across * off
    return found


def tiles_over(shapes: np.ndarray, zoom: int) -> list[Tile]:
    """List the tiles that the box around shapes meets."""
    west, south, east, north = shapely.total_bounds(shapes)
    side = WORLD_M / 2**zoom
    columns = range(int((west + WORLD_M / 2) // side), int((east + WORLD_M / 2) // side) + 1)
    rows = range(int((WORLD_M / 2 - north) // side), int((WORLD_M / 2 - south) // side) + 1)
    return [Tile(zoom, column, row) for column in columns for row in rows]
