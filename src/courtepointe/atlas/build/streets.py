"""The streets that people walk: read, looked at, copied into the pack."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from courtepointe.atlas.build.sources import FoundSource
from courtepointe.atlas.build.work import PACK, Desk
from courtepointe.atlas.pack.values import StreetTable
from courtepointe.atlas.pack.write import PackWriter
from courtepointe.atlas.recipe.values import StreetPlan
from courtepointe.core.streets import pieces
from courtepointe.formats.streets import read_streets


@dataclass(frozen=True, slots=True)
class StreetReading:
    """Streets to be read."""

    plan: StreetPlan
    source: FoundSource
    metric_crs: str


def read_the_streets(given: StreetReading, desk: Desk) -> dict[str, Any]:
    """Read the streets, and write them.

    Raises
    ------
    BadInput
        ``source_several_files``; all that the readers refuse.
    """
    table = build_streets(given.plan, given.source, metric_crs=given.metric_crs)
    writer = PackWriter(desk.out / PACK, given.metric_crs)
    writer.add_streets(table)
    return {"told": told_of(table), "index": writer.index}


def build_streets(plan: StreetPlan, source: FoundSource, *, metric_crs: str) -> StreetTable:
    """Read the streets of a source.

    Parameters
    ----------
    plan : StreetPlan
    source : FoundSource
    metric_crs : str
    """
    read = read_streets(
        source.one_path(),
        to_crs=metric_crs,
        layer=plan.layer,
        where=plan.where,
        stairs=plan.stairs,
        slope=plan.slope,
    )
    return StreetTable(
        plan.source,
        read.streets,
        read.file,
        read.kind,
        read.n_joined,
        read.n_lost_points,
        read.n_other_lengths,
    )


def told_of(table: StreetTable) -> dict[str, Any]:
    """Say what the streets are, and what was odd in them: facts, not faults.

    Parameters
    ----------
    table : StreetTable

    Returns
    -------
    dict
        ``stairs`` and ``slopes`` count the streets that are stairs and those whose slope is known; None
        where no column tells. ``pieces`` counts the parts that no street joins, and
        ``largest_piece_km`` measures the one of most nodes.
    """
    streets = table.streets
    held = pieces(streets)
    slope, stairs = streets.slope_percent, streets.stairs
    return {
        "source": table.source,
        "file": table.file,
        "kind": table.kind,
        "nodes": streets.n_nodes,
        "edges": streets.n_edges,
        "km": round(float(streets.length_m.sum()) / 1_000.0, 3),
        "pieces": len(held),
        "largest_piece_km": round(float(held.length_m[0]) / 1_000.0, 3),
        "stairs": None if stairs is None else int(stairs.sum()),
        "slopes": None if slope is None else int((~np.isnan(slope)).sum()),
        "joined_ends": table.n_joined,
        "lost_points": table.n_lost_points,
        "lengths_unlike_drawing": table.n_other_lengths,
        **asdict(streets.tidied),
    }
