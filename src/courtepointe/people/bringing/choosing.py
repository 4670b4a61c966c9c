"""Which table of a workbook is meant: the visible one that fits the shape best, unless a person says."""

from __future__ import annotations

from collections.abc import Sequence

from courtepointe.core.errors import BadInput
from courtepointe.formats.workbooks import Grid
from courtepointe.people.bringing.mapping import propose_mapping
from courtepointe.people.bringing.remembered import Remembered
from courtepointe.people.bringing.shape import Shape


def best_grid(
    grids: Sequence[Grid],
    shape: Shape,
    *,
    remembered: Remembered | None = None,
    sheet: str | None = None,
    place: int | None = None,
) -> Grid:
    """Choose the table to read.

    Parameters
    ----------
    grids : sequence of Grid
        See `find_grids`.
    shape : Shape
    remembered : Remembered, optional
    sheet : str, optional
        Name of the sheet that a person means; a hidden one too.
    place : int, optional
        Which table of its sheet, from 1.

    Raises
    ------
    BadInput
        ``unknown_sheet``, ``unknown_table``; ``bring_nothing_fits`` where no column of any table is a
        field.

    Notes
    -----
    The table whose proposed mapping has the greatest sum of confidences is taken; the first of equals.
    """
    file = grids[0].file if grids else ""
    asked = [one for one in grids if (one.sheet == sheet if sheet is not None else not one.hidden)]
    if not asked and sheet is not None:
        names = ", ".join(dict.fromkeys(one.sheet for one in grids))
        raise BadInput("unknown_sheet", file=file, value=sheet, expected=names)
    if place is not None:
        places = ", ".join(str(one.place) for one in asked)
        asked = [one for one in asked if one.place == place]
        if not asked:
            raise BadInput("unknown_table", file=file, value=place, expected=places)
    scored = [(_fit(one, shape, remembered), -n) for n, one in enumerate(asked)]
    best, at = max(scored, default=(0.0, 0))
    if best <= 0.0:
        headings = ", ".join(asked[0].headings[:12]) if asked else "—"
        raise BadInput("bring_nothing_fits", file=file, value=headings, expected=shape.code)
    return asked[-at]


def _fit(grid: Grid, shape: Shape, remembered: Remembered | None) -> float:
    return sum(one.confidence for one in propose_mapping(grid, shape, remembered).columns)
