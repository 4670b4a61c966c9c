"""Blocks: pieces of land joined where no street runs between them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from courtepointe.atlas.demo.chance import noise
from courtepointe.atlas.demo.pieces import Ground, Land
from courtepointe.atlas.demo.plan import Region
from courtepointe.core.typing import Floats, Ints, Shapes


@dataclass(frozen=True, slots=True)
class Edges:
    """The sides of the pieces.

    Attributes
    ----------
    nodes : (n_edges, 2) int
        Ends, the smaller first.
    left, right : (n_edges,) int
        The pieces on either side; ``right`` is -1 along water and the region's limit.
    """

    nodes: Ints
    left: Ints
    right: Ints


@dataclass(frozen=True, slots=True)
class Blocks:
    """The blocks of a region.

    Attributes
    ----------
    shapes : (n_blocks,) shapely polygons, metres
    x, y : (n_blocks,) float, metres
        A point inside.
    surface_m2 : (n_blocks,) float
    u, v : (n_blocks,) float
        Share of the region's width and height.
    land : (n_blocks,) int
    of_piece : (n_pieces,) int
        The block of each piece.
    beside : (n_pairs, 2) int
        Blocks that share a street.
    """

    shapes: Shapes
    x: Floats
    y: Floats
    surface_m2: Floats
    u: Floats
    v: Floats
    land: Ints
    of_piece: Ints
    beside: Ints

    def __len__(self) -> int:
        return len(self.land)


def edges_of(ground: Ground) -> Edges:
    """Find the sides of all pieces, once each, with what lies on either side."""
    rings = ground.rings
    ends = np.stack([rings, np.roll(rings, -1, axis=1)], axis=2).reshape(-1, 2)
    owner = np.repeat(np.arange(len(rings)), 4)
    real = ends[:, 0] != ends[:, 1]
    ends, owner = np.sort(ends[real], axis=1), owner[real]
    order = np.lexsort((owner, ends[:, 1], ends[:, 0]))
    ends, owner = ends[order], owner[order]
    first = np.r_[True, (ends[1:] != ends[:-1]).any(axis=1)]
    at = np.flatnonzero(first)
    paired = np.r_[~first[1:], False][at]
    right = np.where(paired, owner[np.minimum(at + 1, len(owner) - 1)], -1)
    return Edges(ends[at], owner[at], right)


def blocks_of(ground: Ground, edges: Edges, region: Region, *, seed: int) -> Blocks:
    """Join pieces into blocks: long blocks among houses, wide ones at the works, a few on the hill."""
    joined = _joined(ground, edges, region, seed=seed)
    pairs = (np.ones(int(joined.sum())), (edges.left[joined], edges.right[joined]))
    n = len(ground.land)
    _, label = connected_components(coo_matrix(pairs, shape=(n, n)), directed=False)
    label = _renumbered(label.astype(np.int64), ground)
    shapes = _shapes(ground, label)
    inside = shapely.point_on_surface(shapes)
    first = np.unique(label, return_index=True)[1]
    return Blocks(
        shapes,
        shapely.get_x(inside),
        shapely.get_y(inside),
        shapely.area(shapes),
        _mean(ground.u, label),
        _mean(ground.v, label),
        ground.land[first],
        label,
        _beside(edges, label),
    )


def _joined(ground: Ground, edges: Edges, region: Region, *, seed: int) -> np.ndarray:
    """Tell the sides along which no street runs."""
    left, right = edges.left, np.maximum(edges.right, 0)
    same = (edges.right >= 0) & (ground.land[left] == ground.land[right])
    land = ground.land[left]
    side_by_side = ground.row[left] == ground.row[right]
    first = np.minimum(ground.column[left], ground.column[right])
    luck = noise(first + region.i0, ground.row[left] + region.j0, seed=seed + 3)
    far = np.hypot(ground.u[left] - 0.45, ground.v[left] - 0.1)
    homes = side_by_side & (luck < 0.06 + 0.28 * np.clip(far - 0.25, 0, 1)) & (first % 2 == 0)
    homes &= ground.column[left] != ground.column[right]
    works = (ground.column[left] // 3 == ground.column[right] // 3) & (
        ground.row[left] // 2 == ground.row[right] // 2
    )
    hill = _sector(ground, left) == _sector(ground, right)
    wanted = np.select(
        [land == Land.HOMES, land == Land.INDUSTRY, land == Land.MOUNTAIN, land == Land.PARK],
        [homes, works, hill, np.ones_like(homes)],
        default=False,
    )
    joined: np.ndarray = same & wanted
    return joined


def _sector(ground: Ground, piece: Ints) -> Ints:
    angle = np.arctan2(ground.v[piece] - 0.66, ground.u[piece] - 0.33)
    return np.floor((angle + np.pi) / (np.pi / 2.5)).astype(np.int64)


def _renumbered(label: Ints, ground: Ground) -> Ints:
    """Number blocks row by row of the lattice, so that neighbours bear near numbers."""
    order = np.lexsort((ground.column, ground.row))
    firsts = np.full(label.max() + 1, len(label))
    np.minimum.at(firsts, label[order], np.arange(len(label)))
    rank = np.empty_like(firsts)
    rank[np.argsort(firsts)] = np.arange(len(firsts))
    return rank[label].astype(np.int64)


def _shapes(ground: Ground, label: Ints) -> Shapes:
    coordinates = ground.points[ground.rings]
    closed = np.concatenate([coordinates, coordinates[:, :1]], axis=1)
    pieces = shapely.polygons(closed)
    triangle = ground.rings[:, 2] == ground.rings[:, 3]
    pieces[triangle] = shapely.polygons(closed[triangle][:, [0, 1, 2, 4]])
    order = np.argsort(label, kind="stable")
    groups = np.split(order, np.flatnonzero(np.diff(label[order])) + 1)
    shapes = [pieces[g[0]] if len(g) == 1 else shapely.union_all(pieces[g]) for g in groups]
    return np.array(shapes, dtype=object)


def _mean(values: Floats, label: Ints) -> Floats:
    means: Floats = np.bincount(label, values) / np.bincount(label)
    return means


def _beside(edges: Edges, label: Ints) -> Ints:
    met = edges.right >= 0
    pairs = np.column_stack([label[edges.left[met]], label[edges.right[met]]])
    pairs = np.sort(pairs[pairs[:, 0] != pairs[:, 1]], axis=1)
    beside: Ints = np.unique(pairs, axis=0)
    return beside
