"""The limits of quarters, as communities draw them: smooth lines that follow no block."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import shapely

from courtepointe.core.typing import Floats, Shapes

SWAY = 0.055
"""How far a limit strays from a straight line, as a share of its length."""
STEP_M = 25.0
OVERLAP_M = 7.0


def limits_of(centres: Floats, land: Shapes, works: Shapes, *, rng: np.random.Generator) -> Shapes:
    """Draw the limits of quarters around their centres.

    Parameters
    ----------
    centres : (n_quarters, 2) float, metres
    land : (n_blocks,) shapely polygons
    works : (n,) shapely polygons
        Industrial land: most of it is in no quarter.

    Returns
    -------
    (n_quarters,) shapely polygons or multipolygons, metres

    Notes
    -----
    As in real files, one quarter overlaps its neighbours by some metres, and one shape crosses
    itself: readers must cope, and say so.
    """
    shore = shapely.union_all(land).buffer(75.0).buffer(-45.0)
    cells = _cells(centres, shapely.envelope(shore.buffer(2000.0)))
    swayed = _swayed(cells, rng=rng)
    if len(works):
        shore = shore.difference(shapely.union_all(works).buffer(-30.0).buffer(-60.0).buffer(60.0))
    shapes = np.array([_whole(shape.intersection(shore)) for shape in swayed], dtype=object)
    shapes[0] = _whole(shapes[0].buffer(OVERLAP_M).intersection(shore))
    return shapes


def _cells(centres: Floats, frame: shapely.Geometry) -> Shapes:
    """Give each centre the ground nearest to it."""
    if len(centres) == 1:
        return np.array([frame], dtype=object)
    made = shapely.voronoi_polygons(shapely.multipoints(centres), extend_to=frame)
    cells = shapely.intersection(shapely.get_parts(made), frame)
    tree = shapely.STRtree(cells)
    holder = tree.query(shapely.points(centres), predicate="intersects")
    ordered = np.empty(len(centres), dtype=object)
    ordered[holder[0]] = cells[holder[1]]
    return ordered


def _swayed(cells: Shapes, *, rng: np.random.Generator) -> Shapes:
    """Replace every straight side by a swaying one, the same for both neighbours."""
    drawn: dict[tuple[float, ...], Floats] = {}
    shapes = []
    for cell in cells:
        ring = np.round(shapely.get_coordinates(cell), 3)
        lines = [_side(a, b, drawn, rng=rng) for a, b in pairwise(ring)]
        shapes.append(shapely.make_valid(shapely.polygons(np.vstack(lines))))
    return np.array(shapes, dtype=object)


def _side(
    a: Floats, b: Floats, drawn: dict[tuple[float, ...], Floats], *, rng: np.random.Generator
) -> Floats:
    ends = sorted([tuple(a.tolist()), tuple(b.tolist())])
    key = (*ends[0], *ends[1])
    if key not in drawn:
        drawn[key] = _sway(np.array(ends[0]), np.array(ends[1]), rng=rng)
    line = drawn[key]
    return line[:-1] if np.array_equal(line[0], a) else line[::-1][:-1]


def _sway(a: Floats, b: Floats, *, rng: np.random.Generator) -> Floats:
    length = float(np.hypot(*(b - a)))
    t = np.linspace(0.0, 1.0, max(2, int(length / STEP_M)))
    waves = sum(rng.normal() / k * np.sin(np.pi * k * t + 0.0) for k in range(1, 7))
    across = np.array([a[1] - b[1], b[0] - a[0]]) / max(length, 1.0)
    away = SWAY * min(length, 3000.0) * waves * np.sin(np.pi * t) ** 0.5
    line: Floats = a + t[:, None] * (b - a) + away[:, None] * across
    line[0], line[-1] = a, b
    return line


def _whole(shape: shapely.Geometry) -> shapely.Geometry:
    """Keep the parts that are more than a sliver, with coordinates to the decimetre."""
    parts = [p for p in shapely.get_parts(shape) if p.geom_type == "Polygon" and p.area > 4000.0]
    parts = [shapely.Polygon(p.exterior) for p in parts]
    kept = parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)
    return shapely.transform(kept, lambda xy: np.round(xy, 1))


def spiked(shape: shapely.Geometry) -> shapely.Geometry:
    """Make a polygon's outline cross itself by a metre, as a slip of the hand does."""
    parts = list(shapely.get_parts(shape))
    ring = shapely.get_coordinates(parts[0].exterior)
    k = len(ring) // 3
    ahead = ring[k + 1] - ring[k]
    ahead = ahead / np.hypot(*ahead)
    across = np.array([-ahead[1], ahead[0]])
    loop = np.array([ring[k] + 4 * ahead + across, ring[k] + 2 * ahead - across])
    swapped = np.array([ring[k] + 4 * ahead - across, ring[k] + 2 * ahead + across])
    path = np.vstack([ring[: k + 1], loop[:1], swapped[:1], swapped[1:], loop[1:], ring[k + 1 :]])
    parts[0] = shapely.Polygon(path)
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)
