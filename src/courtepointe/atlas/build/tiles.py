"""Prepare vector tiles of a division, so that no visitor waits for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from courtepointe.atlas.build import spill
from courtepointe.atlas.build.work import PACK, Desk
from courtepointe.atlas.pack import layout
from courtepointe.atlas.pack.shapes import read_shapes
from courtepointe.atlas.pack.write import PackWriter
from courtepointe.atlas.tiling import all_layers
from courtepointe.core.typing import Shapes


@dataclass(frozen=True, slots=True)
class Tiling:
    """A division to be laid out for tiles.

    Attributes
    ----------
    area : str
        ``TYPE:VINTAGE``.
    table, checked : str
        The works that gathered its areas, and that settled its overlaps where there are some.
    """

    area: str
    table: str
    checked: str
    metric_crs: str


def lay_out(given: Tiling, desk: Desk) -> dict[str, Any]:
    """Write the layers of all zooms that draw the division."""
    writer = PackWriter(desk.out / PACK, given.metric_crs)
    writer.add_tiles(given.area, all_layers(_shapes(given, desk), metric_crs=given.metric_crs))
    return {"index": writer.index}


def _shapes(given: Tiling, desk: Desk) -> Shapes:
    """Give the shapes as maps draw them: each piece of land once."""
    if "resolved" in desk.told(given.checked):
        return read_shapes(desk.of(given.checked) / PACK / layout.resolved_file(given.area))
    return spill.load_areas(desk.of(given.table), type_and_vintage=given.area).shapes
