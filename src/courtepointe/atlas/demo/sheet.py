"""The cells of a Census Profile, being filled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from courtepointe.atlas.demo.characteristics import Published
from courtepointe.core.typing import AnyArray, Bools, Floats, Ints
from courtepointe.formats.census_profile.layout import VALUES
from courtepointe.formats.census_profile.symbols import SYMBOLS

COUNT, COUNT_LOW, COUNT_HIGH, RATE, RATE_LOW, RATE_HIGH = range(0, 18, 3)
"""Where three cells begin among the 18: total, men+, women+."""
NOT_APPLICABLE = SYMBOLS.index("...")
NOT_AVAILABLE = SYMBOLS.index("..")
CONFIDENTIAL = SYMBOLS.index("x")
UNRELIABLE = SYMBOLS.index("F")
WITH_CAUTION = SYMBOLS.index("E")


@dataclass(frozen=True, slots=True)
class Level:
    """The areas of one level in one region.

    Attributes
    ----------
    prefix : str
        What their DGUID begins with, ``2021S0512``.
    name_en, name_fr : str
        The publisher's word for the level.
    codes, names : (n_areas,) tuple of str
    of_block : (n_blocks,) int
    of_da : (n_das,) int
        The area that holds each dissemination area.
    surface_m2 : (n_areas,) float
    """

    prefix: str
    name_en: str
    name_fr: str
    codes: tuple[str, ...]
    names: tuple[str, ...]
    of_block: Ints
    of_da: Ints
    surface_m2: Floats

    def __len__(self) -> int:
        return len(self.codes)


class Sheet:
    """All cells of one level: filled form after form, then hidden where they must be.

    Attributes
    ----------
    values : (18, n_areas, n_characteristics) float
    symbols : (18, n_areas, n_characteristics) uint8
    """

    def __init__(self, n_areas: int, characteristics: Sequence[Published]) -> None:
        shape = (len(VALUES), n_areas, len(characteristics))
        self.characteristics = tuple(characteristics)
        self.values: Floats = np.full(shape, np.nan)
        self.symbols: AnyArray = np.full(shape, NOT_APPLICABLE, dtype=np.uint8)
        self.place = {one.id: k for k, one in enumerate(characteristics)}

    def put(self, first: int, at: int | Ints, cells: Floats) -> None:
        """Fill cells of some characteristics from the column of their totals on.

        Parameters
        ----------
        first : int
            `COUNT` ... `RATE_HIGH`.
        at : int or (m,) int
            Places of characteristics.
        cells : (n_areas,) or (n_areas, m) or (n_areas, m, 3) float
            NaN: not applicable.
        """
        places = np.atleast_1d(at)
        shaped = cells.reshape(len(cells), len(places), -1)
        for sex in range(shaped.shape[2]):
            some = shaped[:, :, sex]
            self.values[first + sex][:, places] = some
            known = np.where(np.isnan(some), NOT_APPLICABLE, 0)
            self.symbols[first + sex][:, places] = known

    def mark(self, first: int, at: int | Ints, symbol: int, where: Bools) -> None:
        """Put a symbol beside values that stand, the bounds included.

        Parameters
        ----------
        where : (n_areas, m, n_sexes) bool
        """
        places = np.atleast_1d(at)
        for sex in range(where.shape[2]):
            for part in (first, first + 3, first + 6):
                some = self.symbols[part + sex][:, places]
                known = ~np.isnan(self.values[part + sex][:, places])
                some[where[:, :, sex] & known] = symbol
                self.symbols[part + sex][:, places] = some

    def hide(self, areas: Bools, places: Bools, symbol: int) -> None:
        """Take away the values of some areas for some characteristics; ``...`` stays.

        Parameters
        ----------
        areas : (n_areas,) bool
        places : (n_characteristics,) bool
        """
        here = areas[:, None] & places[None, :]
        for part in range(len(VALUES)):
            told = here & ~np.isnan(self.values[part])
            told |= here & (self.symbols[part] != NOT_APPLICABLE)
            self.values[part][told] = np.nan
            self.symbols[part][told] = symbol


def per_cent(above: Floats, below: Floats) -> Floats:
    """Divide, to a tenth of a percent; NaN where there is nobody to divide by."""
    rate = np.divide(above, below, out=np.full(above.shape, np.nan), where=below > 0)
    tenths: Floats = np.round(100.0 * rate, 1)
    return tenths
