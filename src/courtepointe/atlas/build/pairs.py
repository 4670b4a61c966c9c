"""Which shapes of one division lie in which of another, found part by part.

Each part takes a run of the *from* shapes and, of the others, only those whose boxes it meets. A pair
belongs to the part that holds its *from* shape: one that straddles parts is found once, and
nothing is lost at their limits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from courtepointe.atlas.build import spill
from courtepointe.atlas.build.topology import parents_by_surface
from courtepointe.atlas.build.work import Desk, Part
from courtepointe.core.typing import Floats, Ints, Shapes


@dataclass(frozen=True, slots=True)
class Meeting:
    """A run of the shapes of one division, to be held against another.

    Attributes
    ----------
    from_, to : str
        The works that gathered them.
    part : Part
        Of the *from* shapes.
    least_share : float
        The least part of a shape that its parent must hold.
    """

    from_: str
    to: str
    part: Part
    least_share: float = 0.5


@dataclass(frozen=True, slots=True)
class Cuts:
    """How much of each shape lies in each area that it meets.

    Attributes
    ----------
    shape, area : (n_pairs,) int
        Positions, ordered by shape, then by area.
    share : (n_pairs,) float, 0 to 1
    """

    shape: Ints
    area: Ints
    share: Floats


def find_homes(given: Meeting, desk: Desk) -> dict[str, Any]:
    """Find the area that holds most of each shape of a run."""
    shapes, bounds, _ = spill.load_run(desk.of(given.from_), given.part)
    near, places = spill.load_near(desk.of(given.to), bounds)
    found = parents_by_surface(shapes, near, least_share=given.least_share)
    homes = np.where(found >= 0, places[found] if len(places) else -1, -1)
    spill.save_arrays(desk.out, homes=homes.astype(np.int64))
    return {}


def find_cuts(given: Meeting, desk: Desk) -> dict[str, Any]:
    """Cut the shapes of a run by the areas that they meet."""
    shapes, bounds, first = spill.load_run(desk.of(given.from_), given.part)
    near, places = spill.load_near(desk.of(given.to), bounds)
    found = cut(shapes, near)
    spill.save_arrays(
        desk.out, shape=found.shape + first, area=places[found.area], share=found.share
    )
    return {}


def load_cuts(folders: Sequence[Path]) -> Cuts:
    """Read the cuts that several parts found."""
    shape, area, share = (spill.load_array(folders, name) for name in ("shape", "area", "share"))
    return Cuts(shape, area, share)


def cut(shapes: Shapes, areas: Shapes) -> Cuts:
    """Cut shapes by areas; only those that a limit crosses are truly cut.

    Parameters
    ----------
    shapes : (n,) shapely polygons, valid
    areas : (m,) shapely polygons, valid

    Returns
    -------
    Cuts
    """
    shapely.prepare(areas)
    tree = shapely.STRtree(shapes)
    area, shape = tree.query(areas, predicate="intersects")
    order = np.lexsort((area, shape))
    area, shape = area[order].astype(np.int64), shape[order].astype(np.int64)
    whole = shapely.covers(areas[area], shapes[shape])
    share = whole.astype(np.float64)
    crossed = np.flatnonzero(~whole)
    crossed = crossed[~shapely.touches(areas[area[crossed]], shapes[shape[crossed]])]
    pieces = shapely.intersection(shapes[shape[crossed]], areas[area[crossed]])
    share[crossed] = shapely.area(pieces) / shapely.area(shapes[shape[crossed]])
    return Cuts(shape, area, np.minimum(share, 1.0))
