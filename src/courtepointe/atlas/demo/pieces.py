"""The ground of a region: corners, the pieces of land between them, and what each piece is for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from courtepointe.atlas.demo.chance import noise
from courtepointe.atlas.demo.lattice import TRIBUTARY, corners, middle
from courtepointe.atlas.demo.plan import Region
from courtepointe.core.typing import Bools, Floats, Ints


class Land(IntEnum):
    """What a piece of land is for."""

    HOMES = 0
    MOUNTAIN = 1
    INDUSTRY = 2
    PARK = 3
    ISLAND = 4


@dataclass(frozen=True, slots=True)
class Ground:
    """The land of a region before it is grouped into blocks.

    Attributes
    ----------
    points : (n_nodes, 2) float, metres
    rings : (n_pieces, 4) int
        Nodes of each piece, counter-clockwise; a triangle repeats its last node.
    column, row : (n_pieces,) int
        Lattice position; the island's pieces have columns of their own, from 1,000 on.
    land : (n_pieces,) int
        A `Land`.
    u, v : (n_pieces,) float
        Share of the region's width and height; the island's are below the shore.
    """

    points: Floats
    rings: Ints
    column: Ints
    row: Ints
    land: Ints
    u: Floats
    v: Floats


def ground_of(region: Region, *, seed: int) -> Ground:
    """Lay out a region: cells, the diagonal avenue, the mountain, the works, the island."""
    main = _mainland(region, seed=seed)
    return _with_island(main, region, seed=seed) if region.alone else main


def tributary_column(region: Region) -> int:
    """Give the column of cells that is water."""
    return int(TRIBUTARY * region.nx)


def _mainland(region: Region, *, seed: int) -> Ground:
    nx, ny = region.nx, region.ny
    i, j = (a.ravel() for a in np.meshgrid(np.arange(nx + 1), np.arange(ny + 1), indexing="ij"))
    points = np.round(corners(i + region.i0, j + region.j0, seed=seed), 2)
    column, row = (a.ravel() for a in np.meshgrid(np.arange(nx), np.arange(ny), indexing="ij"))
    kept = column != tributary_column(region)
    if region.alone:
        kept &= ~_outside((column + 0.5) / nx, (row + 0.5) / ny, column, row, seed=seed)
    column, row = column[kept], row[kept]
    node = column * (ny + 1) + row
    rings = np.column_stack([node, node + ny + 1, node + ny + 2, node + 1])
    cut = on_avenue(region, column, row)
    lower, upper = rings[cut][:, [0, 1, 2, 2]], rings[cut][:, [0, 2, 3, 3]]
    rings = np.r_[rings[~cut], lower, upper]
    column, row = (np.r_[a[~cut], a[cut], a[cut]] for a in (column, row))
    u, v = (column + 0.5) / nx, (row + 0.5) / ny
    land = _purpose(u, v, column + region.i0, row + region.j0, seed=seed)
    return Ground(points, rings.astype(np.int64), column, row, land, u, v)


def _outside(u: Floats, v: Floats, column: Ints, row: Ints, *, seed: int) -> Bools:
    """Cut the northern corners away, raggedly: a municipal limit is no rectangle."""
    wobble = 0.08 * (noise(column // 3, row // 3, seed=seed + 1) - 0.5)
    far = np.abs(2 * u - 1) ** 4 + np.maximum(0.0, v - 0.25) ** 3 * 2.2 + wobble
    outside: Bools = far > 1.18
    return outside


def on_avenue(region: Region, column: Ints, row: Ints) -> Bools:
    """Tell which cells the diagonal avenue crosses, from the harbour to the north-east."""
    start = int(0.2 * region.nx)
    crossed: Bools = (column - start == row) & (column < tributary_column(region))
    return crossed


def _purpose(u: Floats, v: Floats, column: Ints, row: Ints, *, seed: int) -> Ints:
    land = np.full(len(u), Land.HOMES, dtype=np.int64)
    luck = noise(column, row, seed=seed + 2)
    land[luck < 0.018] = Land.PARK
    bumpy = 1 + 0.16 * np.sin(9 * u + 5 * v)
    hill = ((u - 0.33) / 0.155) ** 2 + ((v - 0.66) / 0.165) ** 2 < bumpy
    land[hill] = Land.MOUNTAIN
    land[(u > 0.72) & (v < 0.20)] = Land.INDUSTRY
    return land


def _with_island(main: Ground, region: Region, *, seed: int) -> Ground:
    """Add an island below the shore: a square bent into an almond, its own small streets."""
    wide, tall = (8, 4) if region.n_das >= 40 else (4, 2)
    s, t = (a.ravel() for a in np.meshgrid(np.arange(wide + 1), np.arange(tall + 1), indexing="ij"))
    points = np.round(_almond(region, s / wide, t / tall, wide * 72.0, tall * 62.0, seed=seed), 2)
    column, row = (a.ravel() for a in np.meshgrid(np.arange(wide), np.arange(tall), indexing="ij"))
    node = len(main.points) + column * (tall + 1) + row
    rings = np.column_stack([node, node + tall + 1, node + tall + 2, node + 1])
    edge = (column == 0) | (column == wide - 1)
    land = np.where(edge, Land.PARK, Land.ISLAND).astype(np.int64)
    u = np.full(len(column), 0.42)
    return Ground(
        np.vstack([main.points, points]),
        np.vstack([main.rings, rings]),
        np.r_[main.column, column + 1000],
        np.r_[main.row, row],
        np.r_[main.land, land],
        np.r_[main.u, u],
        np.r_[main.v, u - 0.5],
    )


def _almond(
    region: Region, s: Floats, t: Floats, length: float, height: float, *, seed: int
) -> Floats:
    """Bend a unit square into an island that lies along the shore."""
    shore = middle(region, 0.42, 0.0, seed=seed)
    ahead = middle(region, 0.47, 0.0, seed=seed) - shore
    ahead /= np.hypot(*ahead)
    away = np.array([ahead[1], -ahead[0]])
    a, b = 2 * s - 1, 2 * t - 1
    x = length * a * np.sqrt(1 - 0.35 * b**2)
    y = height * b * np.sqrt(1 - 0.75 * a**2) * (1 + 0.12 * np.sin(5 * s))
    centre = shore + away * (height + 260.0)
    almond: Floats = centre + x[:, None] * ahead + y[:, None] * away
    return almond
