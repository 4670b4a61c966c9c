"""How the areas of a division lie to each other and inside their parents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from courtepointe.atlas.build import spill
from courtepointe.atlas.build.work import PACK, Desk
from courtepointe.atlas.pack.values import AreaTable
from courtepointe.atlas.pack.write import PackWriter
from courtepointe.core import shapes as core
from courtepointe.core.typing import Ints, Shapes

LEAST_M2 = 1.0
"""Overlaps and gaps no greater than this come from rounding of coordinates."""
MOST_CHECKED = 100_000
"""Blocks of a country: drawn by one office as one mesh, and too many to compare."""
LISTED = 200
"""Pairs and gaps named one by one; the others are counted."""


@dataclass(frozen=True, slots=True)
class Checking:
    """A division to be looked at.

    Attributes
    ----------
    area : str
        ``TYPE:VINTAGE``.
    table : str
        The work that gathered its areas.
    resolved : bool
        Whether overlaps are to be settled, so that nobody is counted twice as drawn.
    """

    area: str
    table: str
    metric_crs: str
    resolved: bool


def check(given: Checking, desk: Desk) -> dict[str, Any]:
    """Report overlaps, gaps and repeats of a division; settle its overlaps."""
    table = spill.load_areas(desk.of(given.table), type_and_vintage=given.area)
    if len(table) > MOST_CHECKED:
        return {"told": {"not_checked": f"more than {MOST_CHECKED} areas"}}
    found = overlapping(table.shapes)
    told = topology(table, found)
    if not given.resolved or told["overlaps"]["pairs"] == 0:
        return {"told": told}
    resolved = core.resolve_overlaps(table.shapes, found=found)
    writer = PackWriter(desk.out / PACK, given.metric_crs)
    writer.add_division(given.area, resolved.shapes)
    lost = {"area": given.area, "m2": round(float(resolved.lost_m2.sum()), 1)}
    return {"told": told, "resolved": lost, "index": writer.index}


def topology(table: AreaTable, found: core.Overlaps) -> dict[str, Any]:
    """Report overlaps, gaps and repeats of a division, greatest first."""
    told = found.area_m2 > LEAST_M2
    first, second, shared = found.first[told], found.second[told], found.area_m2[told]
    order = np.argsort(-shared, kind="stable")
    gaps = core.gaps(table.shapes, min_m2=LEAST_M2)
    same_first, same_second = core.duplicates(table.shapes)
    return {
        "overlaps": {
            "pairs": len(shared),
            "m2": _round(shared.sum()),
            "share_of_surface": float(shared.sum() / table.surface_m2.sum()),
            "list": [
                {"a": table.codes[first[i]], "b": table.codes[second[i]], "m2": _round(shared[i])}
                for i in order[:LISTED]
            ],
        },
        "gaps": {
            "count": len(gaps),
            "m2": _round(gaps.area_m2.sum()),
            "list": [{"m2": _round(area)} for area in gaps.area_m2[:LISTED]],
        },
        "same_shape": [
            {"a": table.codes[a], "b": table.codes[b]}
            for a, b in zip(same_first, same_second, strict=True)
        ],
    }


def overlapping(shapes: Shapes) -> core.Overlaps:
    """Find pairs that share surface; nothing to find where edges match exactly."""
    if len(shapes) and shapely.coverage_is_valid(shapes):
        nothing = np.zeros(0, dtype=np.int64)
        return core.Overlaps(nothing, nothing, np.zeros(0))
    return core.overlaps(shapes)


def _round(m2: float) -> float:
    return round(float(m2), 1)


def parents_by_surface(shapes: Shapes, parents: Shapes, *, least_share: float = 0.5) -> Ints:
    """Find for each shape the parent that holds most of it.

    Parameters
    ----------
    shapes : (n,) shapely polygons
    parents : (m,) shapely polygons
    least_share : float, 0 to 1

    Returns
    -------
    (n,) int
        -1 where no parent holds at least that part of a shape's surface; of equals the lowest.
    """
    shapely.prepare(parents)
    child, parent = shapely.STRtree(parents).query(shapes, predicate="intersects")
    best = np.full(len(shapes), -1, dtype=np.int64)
    # In an order that does not hang on which other shapes are asked about.
    order = np.lexsort((parent, child))
    child, parent = child[order], parent[order]
    inside = shapely.contains(parents[parent], shapes[child])
    best[child[inside][::-1]] = parent[inside][::-1]
    open_ = best[child] < 0
    child, parent = child[open_], parent[open_]
    shared = shapely.area(shapely.intersection(shapes[child], parents[parent]))
    enough = shared >= least_share * shapely.area(shapes[child])
    child, parent, shared = child[enough], parent[enough], shared[enough]
    order = np.lexsort((-parent, shared))
    best[child[order]] = parent[order]
    return best
