"""Shares between divisions that do not nest: by people or dwellings where blocks tell, by surface."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from courtepointe.atlas.build.topology import parents_by_surface
from courtepointe.atlas.pack.values import AreaTable, BlockTable, OverlapTable
from courtepointe.core.typing import Floats, Ints, Shapes

LEAST_SHARE = 1e-6
"""Intersections that hold less of an area come from limits drawn twice."""


@dataclass(frozen=True, slots=True)
class _Parts:
    """How much of each shape lies in each area that it meets.

    Attributes
    ----------
    shape, area : (n_pairs,) int
    share : (n_pairs,) float, 0 to 1
    """

    shape: Ints
    area: Ints
    share: Floats


def build_overlap(
    from_: AreaTable, to: AreaTable, *, blocks: BlockTable | None
) -> tuple[OverlapTable, dict[str, Any]]:
    """Measure how much of each *from* area lies in each *to* area.

    Parameters
    ----------
    from_, to : AreaTable
    blocks : BlockTable or None
        People weigh where blocks count any, else dwellings; surface where there are no blocks.

    Notes
    -----
    A *from* area of whom no block holds anybody is measured by surface; the report counts them.
    """
    surface = _parts(from_.shapes, to.shapes)
    weight, counts = _weight(blocks)
    by_surface = np.ones(len(from_), dtype=np.bool_)
    share = surface
    if blocks is not None and counts is not None:
        share, by_surface = _by_blocks(from_, to, blocks, counts)
    table = _table(from_, to, surface, _joined(share, surface, by_surface), weight)
    return table, {
        "from": table.from_,
        "to": table.to,
        "pairs": len(table.from_position),
        "weight": weight,
        "measured_by_surface": int(by_surface.sum()),
    }


def _weight(blocks: BlockTable | None) -> tuple[str, Floats | None]:
    """Choose what a part is measured by."""
    if blocks is not None and blocks.people.sum() > 0.0:
        return "people", np.asarray(blocks.people)
    if blocks is not None and blocks.dwellings.sum() > 0.0:
        return "dwellings", np.asarray(blocks.dwellings)
    return "surface", None


def _parts(shapes: Shapes, areas: Shapes) -> _Parts:
    """Cut shapes by areas; only those that a limit crosses are truly cut."""
    shapely.prepare(areas)
    tree = shapely.STRtree(shapes)
    area, shape = tree.query(areas, predicate="intersects")
    whole_area, whole_shape = tree.query(areas, predicate="covers")
    whole = np.isin(area * len(shapes) + shape, whole_area * len(shapes) + whole_shape)
    share = whole.astype(np.float64)
    crossed = np.flatnonzero(~whole)
    crossed = crossed[~shapely.touches(areas[area[crossed]], shapes[shape[crossed]])]
    cut = shapely.intersection(shapes[shape[crossed]], areas[area[crossed]])
    share[crossed] = shapely.area(cut) / shapely.area(shapes[shape[crossed]])
    return _Parts(shape, area, np.minimum(share, 1.0))


def _by_blocks(
    from_: AreaTable, to: AreaTable, blocks: BlockTable, counts: Floats
) -> tuple[_Parts, Any]:
    """Add up who lives in the blocks of each *from* area, by *to* area."""
    home = parents_by_surface(blocks.shapes, from_.shapes)
    placed = home >= 0
    people = np.bincount(home[placed], counts[placed], minlength=len(from_))
    parts = _parts(blocks.shapes, to.shapes)
    kept = placed[parts.shape]
    block, area = parts.shape[kept], parts.area[kept]
    pair, which = np.unique(home[block] * len(to) + area, return_inverse=True)
    inside = np.bincount(which, counts[block] * parts.share[kept], minlength=len(pair))
    of, nobody = pair // len(to), people <= 0.0
    share = np.minimum(inside / np.where(nobody, 1.0, people)[of], 1.0)
    return _Parts(of, pair % len(to), share), nobody


def _joined(share: _Parts, surface: _Parts, by_surface: Any) -> _Parts:
    """Take the share by weight, and by surface for the areas where nobody is counted."""
    weighed, measured = ~by_surface[share.shape], by_surface[surface.shape]
    return _Parts(
        np.concatenate([share.shape[weighed], surface.shape[measured]]),
        np.concatenate([share.area[weighed], surface.area[measured]]),
        np.concatenate([share.share[weighed], surface.share[measured]]),
    )


def _table(
    from_: AreaTable, to: AreaTable, surface: _Parts, share: _Parts, weight: str
) -> OverlapTable:
    """Lay both shares side by side, a row for each pair that either knows."""
    keys = [one.shape * len(to) + one.area for one in (surface, share)]
    pairs = np.unique(np.concatenate(keys))
    columns = []
    for key, one in zip(keys, (surface, share), strict=True):
        column = np.zeros(len(pairs))
        column[np.searchsorted(pairs, key)] = one.share
        columns.append(column)
    kept = (columns[0] > LEAST_SHARE) | (columns[1] > LEAST_SHARE)
    return OverlapTable(
        from_=from_.type_and_vintage,
        to=to.type_and_vintage,
        from_position=(pairs // len(to))[kept],
        to_position=(pairs % len(to))[kept],
        share_surface=columns[0][kept],
        share_weight=columns[1][kept],
        weight=weight,
    )
