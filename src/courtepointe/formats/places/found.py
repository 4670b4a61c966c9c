"""What each kind of file gives before coordinates are judged: attributes, x and y."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from courtepointe.core.typing import Bools, Floats
from courtepointe.formats.places.values import PlaceNote
from courtepointe.formats.tables.values import Table


@dataclass(frozen=True, slots=True)
class Found:
    """Rows of a file with the coordinates they give.

    Attributes
    ----------
    attributes : Table
    x, y : (n,) float
        NaN where a row gives none.
    crs : str or None
        What the file itself says about them.
    from_surface : (n,) bool
        Rows that are lines or surfaces in the file: the point is one of theirs.
    notes : tuple of PlaceNote
    """

    attributes: Table
    x: Floats
    y: Floats
    crs: str | None
    from_surface: Bools
    notes: tuple[PlaceNote, ...] = ()

    def rows(self, kept: Bools) -> Found:
        """Keep the rows where the mask holds."""
        return Found(
            self.attributes.rows(kept),
            self.x[kept],
            self.y[kept],
            self.crs,
            self.from_surface[kept],
            self.notes,
        )


def no_surfaces(n_rows: int) -> Bools:
    """Say that every row is a point in the file."""
    return np.zeros(n_rows, dtype=np.bool_)
