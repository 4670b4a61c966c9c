"""Units of a pack, ready to be asked: their shapes, their people, and what releases say of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from courtepointe.atlas.figures import Status
from courtepointe.atlas.fits import FitWeight
from courtepointe.atlas.pack.values import STATUS_CODE, AreaTable, Pack, ReleaseTable
from courtepointe.atlas.recipe.values import Release, Variable
from courtepointe.core.aggregate import CellBlock
from courtepointe.core.fit import PlacedBlocks, ShapeIndex, index_shapes, place_blocks
from courtepointe.core.typing import Bools, Codes, Floats, Ints

WITH_VALUE = (STATUS_CODE[Status.PUBLISHED], STATUS_CODE[Status.AGGREGATED])


@dataclass(frozen=True, slots=True)
class UnitSet:
    """The units of one type.

    Attributes
    ----------
    people : (n_units,) float, persons
        0 where not known.
    people_known : (n_units,) bool
    blocks : PlacedBlocks or None
        None: people are taken as spread evenly over a unit's surface.
    weight : FitWeight
        What the part of a unit inside an area is measured by.
    """

    table: AreaTable
    index: ShapeIndex
    people: Floats
    people_known: Bools
    blocks: PlacedBlocks | None
    weight: FitWeight

    @property
    def type_and_vintage(self) -> str:
        """``TYPE:VINTAGE``."""
        return self.table.type_and_vintage

    def weighing(self, positions: Ints) -> Floats:
        """Give people at positions, the mean of all units where they are not known."""
        known = self.people[self.people_known]
        stand_in = float(known.mean()) if known.sum() > 0.0 else 1.0
        return np.where(self.people_known, self.people, stand_in)[positions]

    def codes(self, positions: Ints) -> tuple[str, ...]:
        """Give the codes at positions."""
        return tuple(map(self.table.codes.__getitem__, positions.tolist()))


@dataclass(frozen=True, slots=True)
class UnitData:
    """What one release says of the units of one type.

    Attributes
    ----------
    block : CellBlock
        Of all its variables, in the order of the table.
    rows : mapping of variable -> position
    status, flags : (n_variables, n_units) uint8
        The table's own.
    flagged : (n_variables,) bool
        Whether any unit bears a flag for the variable.
    """

    release: Release
    table: ReleaseTable
    block: CellBlock
    rows: dict[str, int]
    declared: dict[str, Variable]
    status: Codes
    flags: Codes
    flagged: Bools


def index_blocks(pack: Pack) -> ShapeIndex | None:
    """Prepare the blocks' shapes, once for all unit types."""
    return None if pack.blocks is None else index_shapes(pack.blocks.shapes, valid=True)


def index_units(pack: Pack, type_and_vintage: str, block_index: ShapeIndex | None) -> UnitSet:
    """Prepare the units of one type."""
    table = pack.area_tables[type_and_vintage]
    blocks, weight = _blocks(pack, type_and_vintage, block_index)
    people, known = _people(pack, type_and_vintage)
    return UnitSet(table, index_shapes(table.shapes, valid=True), people, known, blocks, weight)


def _blocks(
    pack: Pack, type_and_vintage: str, index: ShapeIndex | None
) -> tuple[PlacedBlocks | None, FitWeight]:
    weight = FitWeight(pack.recipe.fit.weight)
    table = pack.blocks
    if table is None or index is None or weight is FitWeight.SURFACE:
        return None, FitWeight.SURFACE
    unit = table.unit_position.get(type_and_vintage)
    if unit is None:
        return None, FitWeight.SURFACE
    counted = table.people if weight is FitWeight.PEOPLE else table.dwellings
    n_units = len(pack.area_tables[type_and_vintage])
    return place_blocks(index, counted, unit, n_units=n_units), weight


def _people(pack: Pack, type_and_vintage: str) -> tuple[Floats, Bools]:
    """Give the people of each unit from the first release that knows them, else from blocks."""
    n_units = len(pack.area_tables[type_and_vintage])
    people, known = np.zeros(n_units), np.zeros(n_units, dtype=np.bool_)
    for release in pack.recipe.releases:
        table = pack.release_tables.get((release.code, type_and_vintage))
        if table is None or release.custom_tabulation:
            continue
        if pack.recipe.fit.people not in table.variables:
            continue
        row = table.variables.index(pack.recipe.fit.people)
        new = ~known & np.isin(table.status[row], WITH_VALUE)
        people[new] = table.values[row][new]
        known |= new
    if pack.blocks is not None and type_and_vintage in pack.blocks.unit_position:
        unit = pack.blocks.unit_position[type_and_vintage]
        placed = unit >= 0
        counted = np.bincount(unit[placed], pack.blocks.people[placed], minlength=n_units)
        lived = np.bincount(unit[placed], minlength=n_units) > 0
        people[~known & lived] = counted[~known & lived]
        known |= lived
    return people, known


def read_units(table: ReleaseTable, release: Release, units: UnitSet) -> UnitData:
    """Prepare what a release says of the units of one type."""
    declared = {variable.code: variable for variable in release.variables}
    variables = [declared.get(code, Variable(code)) for code in table.variables]
    known = np.isin(table.status, WITH_VALUE)
    block = CellBlock.of(
        values=table.values,
        known=known,
        people=units.people,
        people_known=units.people_known,
        low=table.low,
        high=table.high,
        has_interval=known & np.isfinite(table.low) & np.isfinite(table.high),
        rounded_to=np.array([v.rounded_to for v in variables], dtype=np.int64),
        sampled=np.array([v.sampled for v in variables], dtype=np.bool_),
        steps=np.array([v.step for v in variables], dtype=np.float64),
    )
    rows = {code: row for row, code in enumerate(table.variables)}
    # Mapped from disk, but as plain arrays: a memory map looks every slice over.
    status, flags = np.asarray(table.status), np.asarray(table.flags)
    return UnitData(
        release=release,
        table=table,
        block=block,
        rows=rows,
        declared=declared,
        status=status,
        flags=flags,
        flagged=np.asarray(flags.any(axis=1)),
    )
