"""A made-up country of half a million blocks that share their limits: small in cities, huge in the north.

Blocks are the cells of points strewn around 180 cities of very unequal size, their limits bent;
larger areas are unions of blocks. Coordinates are metres of Statistics Canada's Lambert system.
The same seed gives the same country.
"""

from __future__ import annotations

import numpy as np
import shapely
from scipy.spatial import Voronoi, cKDTree

SEED = 20211011
BLOCKS = 500_000
LEVELS = {"area": 57_936, "tract": 6_200, "division": 293}
WEST, SOUTH, EAST, NORTH = 3_700_000.0, 700_000.0, 8_900_000.0, 4_300_000.0
STEPS = 4
APART = 25.0
CITIES = 180


def country(n_blocks: int = BLOCKS) -> dict[str, np.ndarray]:
    """Give the shapes of each level, the coarsest first; larger levels shrink with the blocks."""
    rng = np.random.default_rng(SEED)
    blocks, middles = cells(strewn(rng, n_blocks), rng)
    made = {"block": blocks}
    below, holders = blocks, middles
    for name, wanted in LEVELS.items():
        n_groups = max(4, round(wanted * n_blocks / BLOCKS))
        seeds = holders[rng.choice(len(holders), size=min(n_groups, len(holders)), replace=False)]
        _, owner = cKDTree(seeds).query(holders)
        below = grouped(below, owner)
        holders = shapely.get_coordinates(shapely.centroid(below))
        made[name] = below
    return dict(reversed(made.items()))


def strewn(rng: np.random.Generator, n: int) -> np.ndarray:
    """Strew points: nine in ten around cities, the rest over the whole country."""
    low, high = (WEST, SOUTH), (EAST, SOUTH + 0.3 * (NORTH - SOUTH))
    centres = rng.uniform(low, high, (CITIES, 2))
    size = 1.0 / np.arange(1, CITIES + 1)
    near = int(0.9 * n)
    city = rng.choice(CITIES, size=near, p=size / size.sum())
    radius = 45_000.0 * size[city] ** 0.5
    spread = rng.standard_normal((near, 2)) * (radius * rng.exponential(0.35, near))[:, None]
    rural = rng.uniform((WEST, SOUTH), (EAST, NORTH), (n - near, 2))
    rural[:, 1] = SOUTH + (NORTH - SOUTH) * ((rural[:, 1] - SOUTH) / (NORTH - SOUTH)) ** 2.5
    points = np.concatenate([centres[city] + spread, rural])
    edge = 1_000.0
    return np.clip(points, (WEST + edge, SOUTH + edge), (EAST - edge, NORTH - edge))


def cells(points: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Give the cells of points inside the country, bent, and the points that hold one."""
    # No two nearer than a house's width: such cells would be nothing but rounding.
    _, kept = np.unique(np.floor(points / APART), axis=0, return_index=True)
    points = points[rng.permutation(kept)]
    ring = np.linspace(0, 2 * np.pi, 120, endpoint=False)
    middle, reach = ((WEST + EAST) / 2, (SOUTH + NORTH) / 2), (4_200_000.0, 3_100_000.0)
    guard = middle + np.stack([np.cos(ring), np.sin(ring)], 1) * reach
    held = Voronoi(np.concatenate([points, guard]))
    bends, straight = bent(rng, held)
    of_point: list[list[int]] = [[] for _ in range(len(points) + len(guard))]
    for ridge, (one, other) in enumerate(held.ridge_points.tolist()):
        of_point[one].append(ridge)
        of_point[other].append(ridge)
    shapes = np.empty(len(points), dtype=object)
    again = np.arange(len(points))
    while len(again):
        shapes[again] = polygons([walked(held, bends, of_point[place]) for place in again.tolist()])
        wrong = again[~shapely.is_valid(shapes[again])]
        # A limit that bends into another one becomes straight, for both of its cells.
        ridges = [ridge for place in wrong.tolist() for ridge in of_point[place]]
        bends[ridges] = straight[ridges]
        again = np.unique(held.ridge_points[ridges]) if ridges else wrong
        again = again[again < len(points)]
    return shapes, points


def polygons(rings: list[np.ndarray]) -> np.ndarray:
    """Make polygons of closed rings."""
    lengths = [len(one) for one in rings]
    lines = shapely.linearrings(
        np.concatenate(rings), indices=np.repeat(np.arange(len(rings)), lengths)
    )
    made: np.ndarray = shapely.polygons(lines)
    return made


def bent(rng: np.random.Generator, held: Voronoi) -> tuple[np.ndarray, np.ndarray]:
    """Give each limit points between its ends: off the straight line by a few percent, and on it."""
    ends = held.vertices[np.asarray(held.ridge_vertices)]
    along = ends[:, 1] - ends[:, 0]
    across = np.stack([-along[:, 1], along[:, 0]], axis=1)
    parts = np.arange(1, STEPS)[None, :, None] / STEPS
    off = rng.uniform(-0.04, 0.04, (len(ends), STEPS - 1))[..., None]
    straight = ends[:, :1] + along[:, None] * parts
    return straight + across[:, None] * off, straight


def walked(held: Voronoi, bends: np.ndarray, ridges: list[int]) -> np.ndarray:
    """Walk around a cell from limit to limit."""
    following: dict[int, list[tuple[int, int]]] = {}
    for ridge in ridges:
        one, other = held.ridge_vertices[ridge]
        following.setdefault(one, []).append((other, ridge))
        following.setdefault(other, []).append((one, ridge))
    start = at = held.ridge_vertices[ridges[0]][0]
    points, last = [], -1
    while True:
        after, ridge = next(step for step in following[at] if step[1] != last)
        points.append(held.vertices[at][None])
        bend = bends[ridge]
        points.append(bend if held.ridge_vertices[ridge][0] == at else bend[::-1])
        at, last = after, ridge
        if at == start:
            break
    ring = np.concatenate(points)
    return np.concatenate([ring, ring[:1]])


def grouped(shapes: np.ndarray, owner: np.ndarray) -> np.ndarray:
    """Unite shapes by the group that owns them."""
    order = np.argsort(owner, kind="stable")
    _, starts = np.unique(owner[order], return_index=True)
    united = [shapely.coverage_union_all(some) for some in np.split(shapes[order], starts[1:])]
    return np.array(united, dtype=object)
