"""Cells met twice: the same value is read once, another value is refused."""

from __future__ import annotations

from dataclasses import dataclass, field

import numba
import numpy as np
from numpy.typing import NDArray

from courtepointe.core.errors import BadInput
from courtepointe.core.typing import AnyArray, Bools
from courtepointe.formats.census_profile.schema import MAX_ID


@dataclass(slots=True)
class SeenCells:
    """Every cell read so far, as 32 bits of its values and symbols.

    Four bytes for each geography and characteristic wanted: 46 MB for a country's 57,936
    dissemination areas and 200 characteristics.

    Attributes
    ----------
    places : (MAX_ID + 1,) int
        Characteristic id -> place in the tables.
    width : int
        Characteristics wanted.
    """

    places: AnyArray
    width: int
    _tables: dict[str, NDArray[np.uint32]] = field(default_factory=dict)
    _first: dict[str, tuple[str, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, characteristics: frozenset[int] | None) -> SeenCells:
        """Prepare for the characteristics wanted; None for all."""
        if characteristics is None:
            return cls(np.arange(MAX_ID + 1, dtype=np.int32), 0)
        places = np.zeros(MAX_ID + 1, dtype=np.int32)
        places[sorted(characteristics)] = np.arange(len(characteristics), dtype=np.int32)
        return cls(places, len(characteristics))

    def fresh(
        self, dguid: str, ids: AnyArray, hashes: AnyArray, *, rows: AnyArray, file: str
    ) -> Bools | None:
        """Tell which rows of one geography are new; None when all are.

        Raises
        ------
        BadInput
            ``census_profile_conflict``: a cell comes again with something else in it.
        """
        places = self.places[ids]
        table = self._table(dguid, int(places.max()) + 1, file=file, row=int(rows[0]))
        former = table[places]
        if not former.any() and (ids.size == 1 or bool((np.diff(ids) > 0).all())):
            table[places] = hashes
            return None
        kept = np.zeros(ids.size, dtype=np.bool_)
        for at, place in enumerate(places):
            known = table[place]
            if known and known != hashes[at]:
                raise self._conflict(dguid, int(ids[at]), file=file, row=int(rows[at]))
            kept[at] = not known
            table[place] = hashes[at]
        return kept

    def _table(self, dguid: str, least: int, *, file: str, row: int) -> NDArray[np.uint32]:
        """Give a geography's table, grown where a greater id comes."""
        table = self._tables.get(dguid)
        if table is None:
            self._first[dguid] = (file, row)
            table = self._tables[dguid] = np.zeros(max(self.width, least), dtype=np.uint32)
        elif table.size < least:
            grown = np.zeros(least, dtype=np.uint32)
            grown[: table.size] = table
            table = self._tables[dguid] = grown
        return table

    def _conflict(self, dguid: str, characteristic: int, *, file: str, row: int) -> BadInput:
        first_file, first_row = self._first[dguid]
        return BadInput(
            "census_profile_conflict",
            file=file,
            row=row,
            geography=dguid,
            characteristic=characteristic,
            first_file=first_file,
            first_row=first_row,
        )


@numba.njit(cache=True, nogil=True)
def hash_cells(bits: AnyArray, symbols: AnyArray, n_rows: int) -> AnyArray:
    """Condense each row's values and symbols to 32 bits, never 0."""
    hashes = np.empty(n_rows, np.uint32)
    for row in range(n_rows):
        mixed = np.uint64(1469598103934665603)
        for which in range(bits.shape[1]):
            mixed = (mixed ^ bits[row, which]) * np.uint64(0x9E3779B97F4A7C15)
            mixed ^= mixed >> np.uint64(29)
            mixed = (mixed ^ np.uint64(symbols[row, which])) * np.uint64(1099511628211)
        short = np.uint32(mixed >> np.uint64(32))
        hashes[row] = short if short else np.uint32(1)
    return hashes
