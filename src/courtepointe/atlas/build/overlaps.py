"""Shares between divisions that do not nest: by people or dwellings where blocks tell, by surface."""

from __future__ import annotations

from typing import Any

import numpy as np

from courtepointe.atlas.build.topology import parents_by_surface
from courtepointe.atlas.pack.values import AreaTable, BlockTable, OverlapTable
from courtepointe.core.fit import index_shapes, shares_of_division
from courtepointe.core.typing import Floats

LEAST_SHARE = 1e-6
"""Intersections that hold less of an area come from limits drawn twice."""


def build_overlap(
    from_: AreaTable, to: AreaTable, *, blocks: BlockTable | None
) -> tuple[OverlapTable, dict[str, Any]]:
    """Measure how much of each *from* area lies in each *to* area.

    Parameters
    ----------
    from_, to : AreaTable
    blocks : BlockTable or None
        People weigh where blocks count any, else dwellings; surface where there are no blocks.
    """
    units = index_shapes(from_.shapes)
    weight, counts = _weight(blocks)
    if blocks is None or counts is None:
        pairs = shares_of_division(units, to.shapes)
    else:
        pairs = shares_of_division(
            units,
            to.shapes,
            blocks=index_shapes(blocks.shapes),
            block_weight=counts,
            block_unit=parents_by_surface(blocks.shapes, from_.shapes),
        )
    kept = (pairs.surface > LEAST_SHARE) | (pairs.inside > LEAST_SHARE)
    order = np.lexsort((pairs.area[kept], pairs.unit[kept]))
    table = OverlapTable(
        from_=from_.type_and_vintage,
        to=to.type_and_vintage,
        from_position=pairs.unit[kept][order],
        to_position=pairs.area[kept][order],
        share_surface=pairs.surface[kept][order],
        share_weight=pairs.inside[kept][order],
        weight=weight,
    )
    told = {
        "from": table.from_,
        "to": table.to,
        "pairs": len(table.from_position),
        "weight": weight,
        "measured_by_surface": int(pairs.by_surface[kept].sum()),
    }
    return table, told


def _weight(blocks: BlockTable | None) -> tuple[str, Floats | None]:
    """Choose what a part is measured by."""
    if blocks is not None and blocks.people.sum() > 0.0:
        return "people", np.asarray(blocks.people)
    if blocks is not None and blocks.dwellings.sum() > 0.0:
        return "dwellings", np.asarray(blocks.dwellings)
    return "surface", None
