"""The ground under each sector: a patch of its colour around its organisations, and where its name may go."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from courtepointe.core.network.values import UNSAID
from courtepointe.core.typing import Bools, Floats
from courtepointe.press.network.places import Places
from courtepointe.press.network.values import Partners
from courtepointe.press.palette import Palette

CLOSING = 3.0
"""Organisations of a sector nearer than this many rooms stand on one piece of ground."""
HEM = 6.0
SIMPLE = 0.6


@dataclass(frozen=True, slots=True)
class Patch:
    """The ground of a sector.

    Attributes
    ----------
    sector : int
    shape : polygon or multipolygon, pixels
    """

    sector: int
    shape: shapely.Geometry


def patches(places: Places, partners: Partners, *, drawn: Bools) -> tuple[Patch, ...]:
    """Lay the ground of each sector under those of its organisations that stand among the others."""
    made = []
    near = CLOSING * (2 * places.radius + 4.0) / 2
    hem = places.radius + HEM
    shown = drawn & ~places.layout.alone
    for sector in range(1, len(partners.sector_names) + 1):
        points = places.layout.positions[shown & (partners.sectors == sector)]
        if not len(points):
            continue
        held = shapely.MultiPoint(points)
        ground = held.buffer(near + hem, quad_segs=6).buffer(-near, quad_segs=6)
        made.append(Patch(sector, shapely.simplify(ground, SIMPLE)))
    return tuple(made)


def colour_of(sector: int, palette: Palette) -> str:
    """Give the colour of a sector; names stand beside the patches, so that six go round."""
    if sector == UNSAID:
        return palette.missing
    return palette.categories[(sector - 1) % len(palette.categories)]


def patch_svg(patch: Patch, palette: Palette) -> str:
    """Draw a ground."""
    rings = [ring for part in parts(patch.shape) for ring in (part.exterior, *part.interiors)]
    lines = "".join(_ring(np.round(shapely.get_coordinates(ring), 1)) for ring in rings)
    colour = colour_of(patch.sector, palette)
    return (
        f'<path class="patch" d="{lines}" fill="{colour}" fill-opacity=".13" fill-rule="evenodd"/>'
    )


def _ring(points: Floats) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points[:-1].tolist()) + "Z"


def parts(shape: shapely.Geometry) -> list[shapely.Polygon]:
    """Give the pieces of a ground, the largest first."""
    return sorted(shapely.get_parts(shape).tolist(), key=lambda part: -part.area)


def name_places(patch: Patch, size: Floats) -> Floats:
    """Give the boxes that a sector's name may take: over its largest piece, under it, beside it."""
    west, north, east, south = parts(patch.shape)[0].bounds
    wide, tall = size.tolist()
    across = [(west + east - wide) / 2, west + 4, east - wide - 4]
    made = [
        (left, top)
        for gap in (1.0, 9.0)
        for top in (north - tall - gap, south + gap)
        for left in across
    ]
    middle = (north + south - tall) / 2
    made += [(west - wide - 2, middle), (east + 2, middle)]
    made += [(left, top) for top in (north + 1, south - tall - 1) for left in across]
    return np.array([(x, y, x + wide, y + tall) for x, y in made])
