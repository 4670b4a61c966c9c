"""Draw what a photo is read by: corner marks and the sheet's QR code, as SVG of squares."""

from __future__ import annotations

import segno
import shapely

from courtepointe.core.sheets import Code
from courtepointe.core.sheets.marks import MODULES, mark_modules
from courtepointe.core.sheets.reading import QR_WORD


def mark_svg(id_: int) -> str:
    """Draw a corner mark."""
    return _squares(mark_modules(id_).tolist(), MODULES)


def qr_svg(code: Code) -> str:
    """Draw the QR code of a sheet: a word that says whose it is, and the code."""
    made = segno.make(f"{QR_WORD} {code.sheet}", error="m", boost_error=True, micro=False)
    rows = [[bool(module) for module in row] for row in made.matrix]
    return _squares(rows, len(rows))


def _squares(rows: list[list[bool]], side: int) -> str:
    """Draw squares as the outlines of what they make together: no white hair shows between them."""
    whole = shapely.union_all(
        [
            shapely.box(x, y, x + 1, y + 1)
            for y, row in enumerate(rows)
            for x, black in enumerate(row)
            if black
        ]
    )
    rings = [ring for part in shapely.get_parts(whole) for ring in (part.exterior, *part.interiors)]
    drawn = "".join(
        "M" + "L".join(f"{x:g} {y:g}" for x, y in shapely.get_coordinates(ring)[:-1]) + "z"
        for ring in rings
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" width="{side}" '
        f'height="{side}"><path d="{drawn}" fill="#000" fill-rule="evenodd"/></svg>'
    )
