"""The published cells that stand for one area: of its units, and of the larger ones they make."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from courtepointe.atlas.query.units import UnitData
from courtepointe.atlas.recipe.values import Release
from courtepointe.core.aggregate import CellBlock
from courtepointe.core.typing import Bools, Codes, Ints


@dataclass(frozen=True, slots=True)
class Part:
    """Units of one type.

    Attributes
    ----------
    data : UnitData
    rows : (n_variables,) int or None
        Where the variables asked about stand in ``data``, -1 for none; None: in the same places.
    units : (n_units,) int
        Positions.
    """

    data: UnitData
    rows: Ints | None
    units: Ints

    def places(self, variables: Ints) -> Ints:
        """Give the places of variables; -1 where one is not there."""
        return variables if self.rows is None else self.rows[variables]


@dataclass(frozen=True, slots=True)
class Cells:
    """Units of several types, one type after the other, coarsest last."""

    parts: tuple[Part, ...]

    @classmethod
    def of(cls, data: UnitData, units: Ints) -> Cells:
        """Take units of one type."""
        return cls((Part(data, None, units),))

    @property
    def release(self) -> Release:
        """The release that all cells are of."""
        return self.parts[0].data.release

    @property
    def n_units(self) -> int:
        """How many units there are."""
        return sum(part.units.size for part in self.parts)

    @property
    def made_of(self) -> tuple[tuple[str, int], ...]:
        """``TYPE:VINTAGE`` and how many units of it, the larger first."""
        return tuple(
            (part.data.table.area, part.units.size)
            for part in reversed(self.parts)
            if part.units.size > 0
        )

    def known(self, variables: Ints) -> Bools:
        """Say in which units variables have a value: (n_variables, n_units)."""
        found = []
        for part in self.parts:
            places = part.places(variables)
            # A unit's cells lie together there: each is one short read.
            cells = part.data.block.known.T[part.units][:, places].T
            found.append(cells & (places >= 0)[:, None])
        return np.concatenate(found, axis=1)

    def status(self, variables: Ints, some: Ints) -> Codes:
        """Give the status of variables in some of the units; only read where it is not known."""
        return self._codes([part.data.status for part in self.parts], variables, some)

    def flags(self, variables: Ints) -> Codes:
        """Give the publisher's flags of variables in every unit: (n_variables, n_units)."""
        every = np.arange(self.n_units)
        return self._codes([part.data.flags for part in self.parts], variables, every)

    def flagged(self, variables: Ints) -> Bools:
        """Say of variables whether any unit of these types bears a flag: (n_variables,)."""
        flagged = np.zeros(variables.size, np.bool_)
        for part in self.parts:
            places = part.places(variables)
            flagged |= part.data.flagged[places] & (places >= 0)
        return flagged

    def _codes(self, tables: list[Codes], variables: Ints, some: Ints) -> Codes:
        """Read some units, given by ascending position; 0 for a variable that is not there."""
        found, start = [], 0
        for part, table in zip(self.parts, tables, strict=True):
            mine = some[(some >= start) & (some < start + part.units.size)] - start
            places = part.places(variables)
            codes = table[places[:, None], part.units[mine]]
            found.append(np.where((places >= 0)[:, None], codes, 0).astype(np.uint8))
            start += part.units.size
        return np.concatenate(found, axis=1)


def joined(blocks: list[CellBlock]) -> CellBlock:
    """Put the units of several blocks of the same variables side by side."""
    if len(blocks) == 1:
        return blocks[0]
    return CellBlock(
        values=np.concatenate([one.values for one in blocks], axis=1),
        known=np.concatenate([one.known for one in blocks], axis=1),
        variance=np.concatenate([one.variance for one in blocks], axis=1),
        lacking=np.concatenate([one.lacking for one in blocks], axis=1),
        rounded_to=blocks[0].rounded_to,
        sampled=np.logical_or.reduce([one.sampled for one in blocks]),
        people=np.concatenate([one.people for one in blocks]),
    )
