"""Streets: the sides of blocks, bridges over the water, paths on the mountain."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from courtepointe.atlas.demo.identity import words
from courtepointe.atlas.demo.pieces import Land, on_avenue, tributary_column
from courtepointe.atlas.demo.region import Made
from courtepointe.core.typing import AnyArray, Bools, Ints, Shapes

BRIDGE_EVERY = 5
STAIRS_SHARE = 0.25


@dataclass(frozen=True, slots=True)
class Streets:
    """The street network of a region, broken at every corner.

    Attributes
    ----------
    lines : (n,) shapely lines, metres
    start, end : (n,) int
        Corners.
    kind : (n,) int
        0 street, 1 avenue, 2 main street, 3 path, 4 bridge.
    way : (n,) int
        0 both ways, 1 along the line only, -1 against it only.
    stairs : (n,) bool
    name : (n,) str
    """

    lines: Shapes
    start: Ints
    end: Ints
    kind: Ints
    way: Ints
    stairs: Bools
    name: AnyArray


KINDS = ("rue", "avenue", "artère", "sentier", "pont")


def streets_of(made: Made, *, rng: np.random.Generator) -> Streets:
    """Draw the network: every side of a block is a street, and the mountain has its paths."""
    ends, left, right = made.edges.nodes, made.edges.left, made.edges.right
    block = made.blocks.of_piece
    inside = (right >= 0) & (block[left] == block[np.maximum(right, 0)])
    hill = made.ground.land[left] == Land.MOUNTAIN
    path = inside & hill & (rng.random(len(left)) < 0.35)
    kept = ~inside | path
    ends, path = ends[kept], path[kept]
    bridges = _bridges(made)
    path = np.r_[path, np.zeros(len(bridges), dtype=bool)]
    bridge = np.r_[np.zeros(len(ends), dtype=bool), np.ones(len(bridges), dtype=bool)]
    ends = np.vstack([ends, bridges])
    lines = shapely.linestrings(made.ground.points[ends])
    kind, name = _names(made, ends, path, bridge)
    way = _ways(made, ends, kind, rng=rng)
    stairs = path & (rng.random(len(path)) < STAIRS_SHARE)
    return Streets(lines, ends[:, 0], ends[:, 1], kind, way, stairs, name)


def _bridges(made: Made) -> Ints:
    """Join the banks of the tributary every few streets, and the island to the shore."""
    ny, column = made.region.ny, tributary_column(made.region)
    row = np.arange(0, ny + 1, BRIDGE_EVERY)
    across = np.column_stack([column * (ny + 1) + row, (column + 1) * (ny + 1) + row])
    on_land = np.zeros(len(made.ground.points), dtype=bool)
    on_land[made.ground.rings.ravel()] = True
    across = across[on_land[across].all(axis=1)]
    island = np.flatnonzero(made.blocks.v < 0)
    if len(island) == 0:
        return across
    of_island = np.unique(made.ground.rings[made.ground.v < 0])
    of_main = np.unique(made.ground.rings[made.ground.v >= 0])
    points = made.ground.points
    apart = np.hypot(*(points[of_island][:, None] - points[of_main][None]).transpose(2, 0, 1))
    a, b = np.unravel_index(int(apart.argmin()), apart.shape)
    return np.vstack([across, [[of_main[b], of_island[a]]]]).astype(np.int64)


def _names(made: Made, ends: Ints, path: Bools, bridge: Bools) -> tuple[Ints, AnyArray]:
    """Name streets by row and avenues by column, as a grid does."""
    known = words()["streets"]
    ny = made.region.ny
    main = (made.region.nx + 1) * (ny + 1)
    column, row = ends[:, 0] // (ny + 1), ends[:, 0] % (ny + 1)
    step = ends[:, 1] - ends[:, 0]
    along = step == 1
    diagonal = (step == ny + 2) & on_avenue(made.region, column, row)
    avenues = np.array([f"Avenue {name}" for name in known["avenues"]], dtype=object)
    streets = np.array([f"Rue {name}" for name in known["rues"]], dtype=object)
    name = np.where(along, avenues[column % len(avenues)], streets[row % len(streets)])
    shore = (row == 0) & ~along & (ends[:, 0] < main)
    name[shore] = known["shore"]
    island = ends[:, 0] >= main
    name[island] = "Chemin de l’Île"
    name[diagonal] = known["avenue"]
    name[path] = "Sentier de la montagne"
    name[bridge] = known["bridge"]
    every = (along & (column % 6 == 0)) | (~along & (row % 7 == 0)) | diagonal | shore
    kind = np.select([bridge, path, every & ~island, along], [4, 3, 2, 1], 0)
    return kind.astype(np.int64), name


def _ways(made: Made, ends: Ints, kind: Ints, *, rng: np.random.Generator) -> Ints:
    """Make whole small streets one-way, now one way, now the other."""
    ny = made.region.ny
    along = ends[:, 1] - ends[:, 0] == 1
    line = np.where(along, ends[:, 0] // (ny + 1), 5000 + ends[:, 0] % (ny + 1))
    luck = rng.random(int(line.max()) + 1)[line]
    single = (luck < 0.45) & (kind <= 1)
    return np.where(single, np.where(line % 2 == 0, 1, -1), 0)
