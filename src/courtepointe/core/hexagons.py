"""One hexagon for each area: where areas go on a grid so that neighbours stay neighbours."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import shapely
from scipy.optimize import linear_sum_assignment
from scipy.spatial import cKDTree

from courtepointe.core.errors import NoAnswer
from courtepointe.core.typing import Floats, Ints, Shapes

MOST = 1200
"""More hexagons than this could not be read, nor laid out while somebody waits."""
SMALL = 150
"""Of no more areas than this several grids are tried."""
TOUCH = 1.0
"""Areas that share less than this length of limit meet at a corner only."""
ROUNDS = 60
PASSES = 6
NEAR = 2.2
"""Cells within this many widths of an area may take it."""
AROUND = ((1, 0), (0, 1), (-1, 1), (-1, 0), (0, -1), (1, -1))


_Cell: TypeAlias = tuple[int, int]
_Centres: TypeAlias = dict[_Cell, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class HexagonLayout:
    """Where each area's hexagon is.

    Attributes
    ----------
    centres : (n_areas, 2) float, in the unit of the areas
    width : float
        Between the centres of two cells that touch.
    kept : float, 0 to 1
        Part of the pairs of neighbours whose hexagons touch; 1 where there is no pair.
    moved : float
        Mean way from an area's middle to its hexagon's.
    """

    centres: Floats
    width: float
    kept: float
    moved: float


def neighbours_of(shapes: Shapes) -> Ints:
    """Give (n_pairs, 2) positions of areas that share a limit, not only a corner; lower first."""
    tree = shapely.STRtree(shapes)
    first, second = tree.query(shapes, predicate="intersects")
    once = first < second
    pairs = np.column_stack([first[once], second[once]])
    if not len(pairs):
        return pairs.astype(np.int64)
    shared = shapely.intersection(shapes[pairs[:, 0]], shapes[pairs[:, 1]])
    along = (shapely.length(shared) >= TOUCH) | (shapely.area(shared) > 0.0)
    found: Ints = pairs[along].astype(np.int64)
    return found


def layout_of(shapes: Shapes) -> HexagonLayout:
    """Lay the hexagons of areas out around their middles; see `hexagon_layout`."""
    pairs = neighbours_of(shapes) if len(shapes) <= MOST else np.zeros((0, 2), dtype=np.int64)
    return hexagon_layout(shapely.get_coordinates(shapely.centroid(shapes)), pairs)


def hexagon_shapes(layout: HexagonLayout, *, filled: float = 0.96) -> Shapes:
    """Give the hexagons of a layout, a point on top; ``filled`` is their part of a cell's width."""
    reach = layout.width / math.sqrt(3) * filled
    turns = np.pi / 6 + np.arange(6) * np.pi / 3
    corners = np.column_stack([np.cos(turns), np.sin(turns)]) * reach
    made: Shapes = shapely.polygons(layout.centres[:, None, :] + corners[None, :, :])
    return made


def hexagon_layout(middles: Floats, pairs: Ints) -> HexagonLayout:
    """Give every area a cell of a hexagonal grid near its place.

    Parameters
    ----------
    middles : (n_areas, 2) float, metres
    pairs : (n_pairs, 2) int
        Neighbours, from `neighbours_of`.

    Returns
    -------
    HexagonLayout
        The same areas in the same order give the same layout.

    Raises
    ------
    NoAnswer
        ``hexagons_too_many`` over 1,200 areas; ``hexagons_too_few`` under 2.

    Notes
    -----
    Middles are spread until each has room (neighbours drawn together, those that overlap pushed
    apart), then cells are given by an optimal assignment (Crouse 2016, `linear_sum_assignment`)
    that minimises the sum of squared ways. Last, two cells are exchanged while that keeps more
    neighbours together, or as many with less way. Of small divisions several grids are tried and
    the one that keeps most is taken. See ``docs/methods/maps.md``.
    """
    n_areas = len(middles)
    if n_areas > MOST:
        raise NoAnswer("hexagons_too_many", value=n_areas, expected=MOST)
    if n_areas < 2:
        raise NoAnswer("hexagons_too_few", value=n_areas, expected=2)
    width = _width(middles)
    spread = _spread(middles, pairs, width)
    shifts = [(0.0, 0.0)]
    if n_areas <= SMALL:
        shifts = [(x / 3, y / 3) for x in range(3) for y in range(3)]
    best: HexagonLayout | None = None
    for shift in shifts:
        found = _on_grid(spread, middles, pairs, width, shift)
        if best is None or (-found.kept, found.moved) < (-best.kept, best.moved):
            best = found
    assert best is not None
    return best


def _width(middles: Floats) -> float:
    """Give cells the surface that areas have on average, in the hull of their middles."""
    hull = shapely.convex_hull(shapely.MultiPoint(middles))
    n_areas = len(middles)
    extent = float(np.ptp(middles, axis=0).max())
    reach = extent / max(math.sqrt(n_areas), 1.0) / 2
    surface = float(shapely.area(shapely.buffer(hull, reach)))
    return math.sqrt(max(surface, 1e-9) / n_areas / (math.sqrt(3) / 2))


def _spread(middles: Floats, pairs: Ints, width: float) -> Floats:
    """Push middles apart until each has a cell's room; neighbours hold on to one another."""
    places = middles.copy()
    n_areas = len(places)
    for round_ in range(ROUNDS):
        force = np.zeros_like(places)
        close = cKDTree(places).query_pairs(width, output_type="ndarray")
        if len(close):
            _pull(force, places, close, width, 0.5)
        if len(pairs):
            _pull(force, places, pairs, width, 0.12)
        weight = 1.0 - round_ / ROUNDS * 0.5
        count = np.bincount(close.ravel(), minlength=n_areas) if len(close) else 0
        places += weight * force / np.maximum(1.0, np.asarray(count) / 2)[..., None]
    return places


def _pull(force: Floats, places: Floats, pairs: Ints, width: float, strength: float) -> None:
    """Move pairs towards the distance of two cells that touch."""
    gap = places[pairs[:, 1]] - places[pairs[:, 0]]
    far = np.hypot(gap[:, 0], gap[:, 1])
    # Two middles at one place part along a line that depends on their positions only.
    alike = far < 1e-9
    gap[alike] = np.column_stack([np.cos(pairs[alike, 1]), np.sin(pairs[alike, 1])])
    way = gap / np.where(alike, 1.0, far)[:, None] * ((far - width) * strength / 2)[:, None]
    np.add.at(force, pairs[:, 0], way)
    np.add.at(force, pairs[:, 1], -way)


def _on_grid(
    spread: Floats, middles: Floats, pairs: Ints, width: float, shift: tuple[float, float]
) -> HexagonLayout:
    cells, centres = _cells(spread, width, shift)
    chosen = assign(spread, centres)
    axial = cells[chosen]
    placed = _exchanged(axial, spread, pairs, centres, cells)
    centre_of = {tuple(cell): place for place, cell in enumerate(cells.tolist())}
    at = np.array([centre_of[tuple(cell)] for cell in placed.tolist()])
    where = centres[at]
    kept = float(_touch(placed, pairs).mean()) if len(pairs) else 1.0
    moved = float(np.hypot(*(where - middles).T).mean())
    return HexagonLayout(where, width, kept, moved)


def _cells(places: Floats, width: float, shift: tuple[float, float]) -> tuple[Ints, Floats]:
    """Give the cells near any place: (n_cells, 2) axial coordinates and centres, top at a point."""
    tall = width * math.sqrt(3) / 2
    west, south = places.min(axis=0) - 2 * width
    east, north = places.max(axis=0) + 2 * width
    rows = np.arange(math.ceil((north - south) / tall) + 1)
    columns = np.arange(-rows.size, math.ceil((east - west) / width) + 1)
    q, r = (grid.ravel() for grid in np.meshgrid(columns, rows))
    x = west + (q + r / 2 + shift[0]) * width
    y = south + (r + shift[1]) * tall
    centres = np.column_stack([x, y])
    near, _ = cKDTree(places).query(centres, distance_upper_bound=NEAR * width)
    held = np.isfinite(near)
    return np.column_stack([q, r])[held], centres[held]


def assign(places: Floats, centres: Floats) -> Ints:
    """Give each place a cell of its own with the least sum of squared ways: (n_places,) positions."""
    gap = places[:, None, :] - centres[None, :, :]
    _, chosen = linear_sum_assignment((gap * gap).sum(axis=2))
    found: Ints = chosen.astype(np.int64)
    return found


def _touch(axial: Ints, pairs: Ints) -> Ints:
    """Say of each pair, as 0 or 1, whether its cells touch."""
    step = axial[pairs[:, 1]] - axial[pairs[:, 0]]
    far = np.maximum(np.abs(step).max(axis=1), np.abs(step.sum(axis=1)))
    touching: Ints = (far == 1).astype(np.int64)
    return touching


class _Board:
    """Cells being exchanged: where each area is, and whose each cell is."""

    def __init__(self, axial: Ints, spread: Floats, pairs: Ints, centre: _Centres) -> None:
        self.at = [(int(q), int(r)) for q, r in axial]
        self.owner = {cell: area for area, cell in enumerate(self.at)}
        self.near: list[list[int]] = [[] for _ in self.at]
        for a, b in pairs.tolist():
            self.near[a].append(b)
            self.near[b].append(a)
        self.spread = spread.tolist()
        self.centre = centre

    def kept(self, area: int, cell: _Cell, moved: dict[int, _Cell]) -> int:
        """Count the neighbours of an area that would touch it at a cell."""
        count = 0
        for other in self.near[area]:
            q, r = moved.get(other, self.at[other])
            dq, dr = q - cell[0], r - cell[1]
            count += max(abs(dq), abs(dr), abs(dq + dr)) == 1
        return count

    def way(self, area: int, cell: _Cell) -> float:
        """Give the square of the way from an area's place to a cell."""
        x, y = self.centre[cell]
        return float((x - self.spread[area][0]) ** 2 + (y - self.spread[area][1]) ** 2)

    def offer(self, area: int, cell: _Cell) -> bool:
        """Move an area to a cell, its owner to the area's, if that is better; say whether it was."""
        here, other = self.at[area], self.owner.get(cell)
        moved = {area: cell} | ({} if other is None else {other: here})
        before, after = self.kept(area, here, {}), self.kept(area, cell, moved)
        longer = self.way(area, cell) - self.way(area, here)
        if other is not None:
            before += self.kept(other, cell, {})
            after += self.kept(other, here, moved)
            longer += self.way(other, here) - self.way(other, cell)
        if (after, -longer) <= (before, 1e-6):
            return False
        self.owner.pop(here)
        for one, place in moved.items():
            self.at[one] = place
            self.owner[place] = one
        return True

    def offers(self) -> bool:
        """Offer every area the six cells around it; say whether any was taken."""
        changed = False
        for area in range(len(self.at)):
            for dq, dr in AROUND:
                q, r = self.at[area]
                cell = (q + dq, r + dr)
                if cell in self.centre:
                    changed |= self.offer(area, cell)
        return changed


def _exchanged(axial: Ints, spread: Floats, pairs: Ints, centres: Floats, cells: Ints) -> Ints:
    """Exchange cells that touch, or move into an empty one, while more neighbours stay together."""
    centre = {
        (q, r): (x, y) for (q, r), (x, y) in zip(cells.tolist(), centres.tolist(), strict=True)
    }
    board = _Board(axial, spread, pairs, centre)
    for _ in range(PASSES):
        if not board.offers():
            break
    return np.array(board.at, dtype=np.int64)
