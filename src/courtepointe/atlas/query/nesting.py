"""Which units make up which larger published units, whole: by declared parents, held by surface."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import shapely

from courtepointe.atlas.pack.values import AreaTable
from courtepointe.core.typing import Bools, Ints

SLIVER = 0.01
"""Less than this part of a unit outside its parent comes from limits drawn twice."""


@dataclass(frozen=True, slots=True)
class Nesting:
    """Units inside larger ones.

    Attributes
    ----------
    parent : (n_units,) int
        Position of the larger unit that each belongs to; -1 for none.
    n_children : (n_parents,) int
        Of how many units each larger one consists; 0 where it is not made of whole units.
    """

    parent: Ints
    n_children: Ints


def nesting(units: AreaTable, parents: AreaTable, tables: Mapping[str, AreaTable]) -> Nesting:
    """Find the larger unit of each unit, and which of the larger ones consist of whole units.

    Notes
    -----
    The declared chain of parents is followed where it leads there, else the point inside each
    unit is looked up. A larger unit is held to consist of its units only where each of them lies
    in it to within `SLIVER`, together they cover it, and no other unit reaches into it.
    """
    parent = _declared(units, parents.type_and_vintage, tables)
    if parent is None:
        parent = by_point(units, parents)
    inside = _inside(units, parents, parent)
    n_parents = len(parents)
    mine = parent[inside]
    counted = np.bincount(mine, minlength=n_parents)
    surface = np.bincount(mine, units.surface_m2[inside], minlength=n_parents)
    apart = np.abs(surface - parents.surface_m2) > SLIVER * parents.surface_m2
    apart[_reached(units, parents, np.flatnonzero(~inside))] = True
    return Nesting(np.where(inside, parent, -1), np.where(apart, 0, counted))


def _declared(units: AreaTable, target: str, tables: Mapping[str, AreaTable]) -> Ints | None:
    """Follow parents from type to type; None where the chain does not lead to the target."""
    place = np.arange(len(units))
    table = units
    while table.type_and_vintage != target:
        named = {parent.rpartition(":")[0] for parent in table.parents if parent}
        if len(named) != 1 or next(iter(named)) not in tables:
            return None
        above = tables[next(iter(named))]
        position = {code: k for k, code in enumerate(above.codes)}
        step = [position.get(parent.rpartition(":")[2], -1) for parent in table.parents]
        place = np.where(place >= 0, np.array([*step, -1], dtype=np.int64)[place], -1)
        table = above
    return place


def by_point(units: AreaTable, parents: AreaTable) -> Ints:
    """Look the point inside each unit up among the larger ones; the first where several hold it."""
    points = shapely.point_on_surface(units.shapes)
    unit, parent = shapely.STRtree(parents.shapes).query(points, predicate="intersects")
    place = np.full(len(units), len(parents), dtype=np.int64)
    np.minimum.at(place, unit, parent)
    return np.where(place == len(parents), -1, place)


def _inside(units: AreaTable, parents: AreaTable, parent: Ints) -> Bools:
    """Say which units lie whole in their parent."""
    inside = np.zeros(len(units), dtype=np.bool_)
    placed = np.flatnonzero(parent >= 0)
    holders = parents.shapes[parent[placed]]
    shapely.prepare(parents.shapes)
    inside[placed] = shapely.covers(holders, units.shapes[placed])
    crossed = placed[~inside[placed]]
    common = shapely.area(
        shapely.intersection(units.shapes[crossed], parents.shapes[parent[crossed]])
    )
    inside[crossed] = common >= (1.0 - SLIVER) * units.surface_m2[crossed]
    return inside


def _reached(units: AreaTable, parents: AreaTable, strays: Ints) -> Ints:
    """Give the larger units that units of no parent reach into."""
    shapes = units.shapes[strays]
    which, parent = shapely.STRtree(parents.shapes).query(shapes, predicate="intersects")
    common = shapely.area(shapely.intersection(shapes[which], parents.shapes[parent]))
    reaches = common > SLIVER * units.surface_m2[strays[which]]
    return np.unique(parent[reaches]).astype(np.int64)
