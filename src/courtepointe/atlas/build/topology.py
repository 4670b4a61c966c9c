"""How the areas of a division lie to each other and inside their parents, for the report."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely

from courtepointe.atlas.pack.values import AreaTable
from courtepointe.core import shapes as core
from courtepointe.core.typing import Ints, Shapes

LEAST_M2 = 1.0
"""Overlaps and gaps no greater than this come from rounding of coordinates."""
MOST_CHECKED = 100_000
"""Blocks of a country: drawn by one office as one mesh, and too many to compare."""
LISTED = 200
"""Pairs and gaps named one by one; the others are counted."""


def check_topology(table: AreaTable) -> dict[str, Any]:
    """Report overlaps, gaps and repeats of a division, greatest first."""
    if len(table) > MOST_CHECKED:
        return {"not_checked": f"more than {MOST_CHECKED} areas"}
    first, second, shared = overlapping(table.shapes)
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


def overlapping(shapes: Shapes) -> tuple[Ints, Ints, Any]:
    """Find pairs that share more than a rounding; nothing to find where edges match exactly."""
    if len(shapes) and shapely.coverage_is_valid(shapes):
        nothing = np.zeros(0, dtype=np.int64)
        return nothing, nothing, np.zeros(0)
    found = core.overlaps(shapes, min_m2=LEAST_M2)
    return found.first, found.second, found.area_m2


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
