"""Blocks: where people live inside the units."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from courtepointe.atlas.build.keys import places_of
from courtepointe.atlas.build.topology import parents_by_surface
from courtepointe.atlas.pack.values import AreaTable, BlockTable
from courtepointe.atlas.recipe.values import FitPlan
from courtepointe.core.errors import BadInput
from courtepointe.core.typing import Floats, Ints


def build_blocks(plan: FitPlan, tables: Mapping[str, AreaTable]) -> BlockTable | None:
    """Gather the blocks of a fit plan; None where the recipe has none or they are not here.

    Raises
    ------
    BadInput
        ``block_property_unknown``, ``block_count``, ``block_unit_unknown``.
    """
    if plan.blocks is None or plan.blocks not in tables:
        return None
    table = tables[plan.blocks]
    return BlockTable(
        type_and_vintage=plan.blocks,
        shapes=table.shapes,
        people=_counts(table, plan.block_people),
        dwellings=_counts(table, plan.block_dwellings),
        unit_position={
            unit: unit_positions(table, tables[unit], plan.block_unit.get(unit))
            for unit in plan.units
            if unit in tables
        },
    )


def _property(table: AreaTable, name: str) -> tuple[str | None, ...]:
    if name not in table.properties:
        raise BadInput(
            "block_property_unknown",
            area=table.type_and_vintage,
            value=name,
            expected=", ".join(table.properties) or "the boundary keeps no property",
        )
    return table.properties[name]


def _counts(table: AreaTable, name: str | None) -> Floats:
    """Read counts; nobody where the recipe names no such property."""
    if name is None:
        return np.zeros(len(table))
    counts = np.zeros(len(table))
    for place, cell in enumerate(_property(table, name)):
        try:
            counts[place] = float(cell or "")
        except ValueError:
            counts[place] = np.nan
        if not (np.isfinite(counts[place]) and counts[place] >= 0.0):
            raise BadInput(
                "block_count",
                area=table.type_and_vintage,
                block=table.codes[place],
                column=name,
                value=cell,
            )
    return counts


def unit_positions(table: AreaTable, units: AreaTable, name: str | None) -> Ints:
    """Find the unit of each block: by its property where one is named, else by surface."""
    if name is None:
        return parents_by_surface(table.shapes, units.shapes)
    named = _property(table, name)
    places = places_of(tuple(cell or "" for cell in named), units.codes)
    if (places < 0).any():
        block = int(np.flatnonzero(places < 0)[0])
        raise BadInput(
            "block_unit_unknown",
            area=table.type_and_vintage,
            block=table.codes[block],
            column=name,
            value=named[block],
            expected=units.type_and_vintage,
        )
    return places
