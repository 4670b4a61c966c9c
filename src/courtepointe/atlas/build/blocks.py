"""Blocks: where people live inside the units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from courtepointe.atlas.build import spill
from courtepointe.atlas.build.keys import places_of
from courtepointe.atlas.build.work import PACK, Desk
from courtepointe.atlas.pack.values import AreaTable
from courtepointe.atlas.pack.write import PackWriter
from courtepointe.core.errors import BadInput
from courtepointe.core.typing import Floats, Ints


@dataclass(frozen=True, slots=True)
class Counting:
    """The blocks of a fit plan.

    Attributes
    ----------
    blocks : str
        ``TYPE:VINTAGE``.
    table : str
        The work that gathered them.
    people, dwellings : str or None
        Their properties that hold the counts.
    units : tuple of (str, str, str or None)
        ``TYPE:VINTAGE`` of units, the work that gathered them, and the property of a block that
        names its unit.
    homes : mapping of str -> tuple of str
        ``TYPE:VINTAGE`` of units that no property names -> the works that placed blocks in them.
    """

    blocks: str
    table: str
    metric_crs: str
    people: str | None
    dwellings: str | None
    units: tuple[tuple[str, str, str | None], ...]
    homes: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Counts:
    """Who lives in the blocks.

    Attributes
    ----------
    people, dwellings : (n_blocks,) float
    """

    people: Floats
    dwellings: Floats

    def weight(self) -> tuple[str, Floats | None]:
        """Choose what a part of an area is measured by: people, else dwellings, else surface."""
        if self.people.sum() > 0.0:
            return "people", self.people
        if self.dwellings.sum() > 0.0:
            return "dwellings", self.dwellings
        return "surface", None


def count_blocks(given: Counting, desk: Desk) -> dict[str, Any]:
    """Read the blocks' counts, and find the unit of each.

    Raises
    ------
    BadInput
        ``block_property_unknown``, ``block_count``, ``block_unit_unknown``.
    """
    folder = desk.of(given.table)
    table = spill.load_areas(folder, type_and_vintage=given.blocks, with_shapes=False)
    people, dwellings = _counts(table, given.people), _counts(table, given.dwellings)
    positions = {}
    for unit, work, named in given.units:
        if named is None:
            homes = [desk.of(name) for name in given.homes[unit]]
            positions[unit] = spill.load_array(homes, "homes")
        else:
            codes = spill.load_codes(desk.of(work))
            positions[unit] = units_named(table, named, codes=codes, units=unit)
    spill.save_arrays(desk.out, people=people, dwellings=dwellings)
    for unit, position in positions.items():
        np.save(desk.out / _unit_file(unit), position)
    writer = PackWriter(desk.out / PACK, given.metric_crs)
    writer.add_blocks(given.blocks, people, dwellings, unit_position=positions)
    return {"index": writer.index}


def load_counts(folder: Path) -> Counts:
    """Read who lives in the blocks."""
    return Counts(np.load(folder / "people.npy"), np.load(folder / "dwellings.npy"))


def load_units(folder: Path, unit: str) -> Ints | None:
    """Read the unit of each block; None where units of that type were not asked for."""
    path = folder / _unit_file(unit)
    return np.asarray(np.load(path), dtype=np.int64) if path.is_file() else None


def _unit_file(unit: str) -> str:
    return f"unit@{unit.replace(':', '@')}.npy"


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
    counts = np.zeros(len(table))
    if name is None:
        return counts
    for place, cell in enumerate(_property(table, name)):
        try:
            counts[place] = float(cell or "")
        except ValueError:
            counts[place] = np.nan
        if not 0.0 <= counts[place] < np.inf:
            raise BadInput(
                "block_count",
                area=table.type_and_vintage,
                block=table.codes[place],
                column=name,
                value=cell,
            )
    return counts


def units_named(table: AreaTable, name: str, *, codes: tuple[str, ...], units: str) -> Ints:
    """Find the unit of each block by the property that names it.

    Parameters
    ----------
    table : AreaTable
        Of the blocks.
    name : str
        Of the property.
    codes : tuple of str
        Of the units.
    units : str
        ``TYPE:VINTAGE`` of the units.

    Raises
    ------
    BadInput
        ``block_property_unknown``, ``block_unit_unknown``.
    """
    named = _property(table, name)
    places = places_of(tuple(cell or "" for cell in named), codes)
    if (places < 0).any():
        block = int(np.flatnonzero(places < 0)[0])
        raise BadInput(
            "block_unit_unknown",
            area=table.type_and_vintage,
            block=table.codes[block],
            column=name,
            value=named[block],
            expected=units,
        )
    return places
