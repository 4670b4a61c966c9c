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

    def row(self, variable: int) -> int:
        """Give the place of a variable; -1 where it is not there."""
        return variable if self.rows is None else int(self.rows[variable])


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

    def known(self, variable: int) -> Bools:
        """Say in which units a variable has a value: (n_units,)."""
        found = []
        for part in self.parts:
            row = part.row(variable)
            none = np.zeros(part.units.size, np.bool_)
            found.append(none if row < 0 else part.data.block.known[row, part.units])
        return np.concatenate(found)

    def status(self, variable: int) -> Codes:
        """Give the status of a variable in every unit; only read where it is not known."""
        return self._codes("status", variable)

    def flags(self, variable: int) -> Codes:
        """Give the publisher's flags of a variable in every unit."""
        return self._codes("flags", variable)

    def flagged(self, variable: int) -> bool:
        """Whether any unit of these types bears a flag for the variable."""
        rows = ((part.data, part.row(variable)) for part in self.parts)
        return any(row >= 0 and bool(data.flagged[row]) for data, row in rows)

    def _codes(self, name: str, variable: int) -> Codes:
        found = []
        for part in self.parts:
            row = part.row(variable)
            none = np.zeros(part.units.size, np.uint8)
            found.append(none if row < 0 else getattr(part.data, name)[row, part.units])
        return np.concatenate(found)


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
