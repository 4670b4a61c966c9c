"""Polygons as arrays: mend them, and find where they overlap, leave gaps or repeat.

Everything is vectorised over (n,) arrays of shapely geometries in a plane whose unit is the metre.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from courtepointe.core.typing import Bools, Floats, Ints, Shapes

POLYGON, MULTIPOLYGON, COLLECTION = 3, 6, 7
MEETINGS_SAMPLE = 128


@dataclass(frozen=True, slots=True)
class Repaired:
    """Shapes made valid.

    Attributes
    ----------
    shapes : (n,) shapely polygons or multipolygons
        Valid; empty where nothing with a surface was left.
    changed : (n,) bool
    reasons : (n,) str
        What was wrong and where; empty text where nothing was.
    """

    shapes: Shapes
    changed: Bools
    reasons: NDArray[np.str_]


@dataclass(frozen=True, slots=True)
class Overlaps:
    """Pairs of shapes that share surface.

    Attributes
    ----------
    first, second : (n_pairs,) int
        Positions, ``first < second``, ordered.
    area_m2 : (n_pairs,) float, square metres
    """

    first: Ints
    second: Ints
    area_m2: Floats

    def __len__(self) -> int:
        return len(self.first)


@dataclass(frozen=True, slots=True)
class Gaps:
    """Holes inside the union of the shapes: slivers between neighbours, or true enclaves.

    Attributes
    ----------
    shapes : (n_gaps,) shapely polygons, greatest first
    area_m2 : (n_gaps,) float, square metres
    """

    shapes: Shapes
    area_m2: Floats

    def __len__(self) -> int:
        return len(self.shapes)


@dataclass(frozen=True, slots=True)
class Resolved:
    """Shapes that share no surface any more.

    Attributes
    ----------
    shapes : (n,) shapely polygons or multipolygons
        Each overlap belongs to the shape of lower position.
    lost_m2 : (n,) float, square metres
        What each shape gave up.
    """

    shapes: Shapes
    lost_m2: Floats


def repair(shapes: Shapes) -> Repaired:
    """Make shapes valid and keep their surfaces only.

    Parameters
    ----------
    shapes : (n,) shapely geometries, none of them missing

    Returns
    -------
    Repaired

    Notes
    -----
    By GEOS's *structure* method: rings that enclose are shells, rings enclosed are holes, so that
    a polygon which repeats a part of itself keeps it, and a bow tie becomes its two wings.
    Lines and points that come out of it are dropped.
    """
    changed = ~shapely.is_valid(shapes)
    mended = shapes.copy()
    reasons = np.full(len(shapes), "", dtype="<U200")
    if changed.any():
        reasons[changed] = shapely.is_valid_reason(shapes[changed])
        made = shapely.make_valid(shapes[changed], method="structure", keep_collapsed=False)
        mended[changed] = surfaces(made)
    return Repaired(mended, changed, reasons)


def surfaces(shapes: Shapes) -> Shapes:
    """Keep of each shape the polygons only; an empty multipolygon where there is none.

    Parameters
    ----------
    shapes : (n,) shapely geometries

    Returns
    -------
    (n,) shapely polygons or multipolygons
    """
    kept = shapes.copy()
    kinds = shapely.get_type_id(shapes)
    for place in np.flatnonzero((kinds != POLYGON) & (kinds != MULTIPOLYGON)):
        parts = _parts(shapes[place])
        polygons = parts[shapely.get_type_id(parts) == POLYGON]
        kept[place] = polygons[0] if len(polygons) == 1 else shapely.multipolygons(polygons)
    return kept


def _parts(shape: object) -> Shapes:
    """Take a shape apart, collections inside collections too."""
    parts = shapely.get_parts(shape)
    while np.isin(shapely.get_type_id(parts), (MULTIPOLYGON, COLLECTION)).any():
        parts = shapely.get_parts(parts)
    return np.asarray(parts, dtype=np.object_)


def overlaps(shapes: Shapes, *, min_m2: float = 0.0) -> Overlaps:
    """Find all pairs of shapes that share more than a surface.

    Parameters
    ----------
    shapes : (n,) shapely polygons, valid
    min_m2 : float, square metres
        Pairs that share no more than this are left out.

    Returns
    -------
    Overlaps
    """
    first, second = _meeting_pairs(shapes)
    shared = shapely.area(shapely.intersection(shapes[first], shapes[second]))
    kept = shared > min_m2
    return Overlaps(first[kept], second[kept], shared[kept])


def _meeting_pairs(shapes: Shapes) -> tuple[Ints, Ints]:
    """List pairs whose insides meet, in order; neighbours that only touch are not among them.

    Of two shapes that overlap, at least one has an edge that breaks the rules of a coverage. Most
    divisions have few such edges, so only those shapes are compared with their neighbours.
    """
    if len(shapes) == 0:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    suspects = np.flatnonzero(~shapely.is_empty(shapely.coverage_invalid_edges(shapes)))
    shapely.prepare(shapes[suspects])
    tree = shapely.STRtree(shapes)
    place, other = tree.query(shapes[suspects], predicate="intersects")
    one = suspects[place]
    pairs = np.column_stack([np.minimum(one, other), np.maximum(one, other)])[one != other]
    pairs = np.unique(pairs, axis=0).astype(np.int64)
    first, second = pairs[:, 0], pairs[:, 1]
    inside = ~shapely.touches(shapes[first], shapes[second])
    return first[inside], second[inside]


def gaps(shapes: Shapes, *, min_m2: float = 0.0) -> Gaps:
    """Find the holes that the shapes leave between them.

    Parameters
    ----------
    shapes : (n,) shapely polygons, valid
    min_m2 : float, square metres
        Holes no greater than this are left out.

    Returns
    -------
    Gaps
        Greatest first; ties by their westernmost, then southernmost limit.

    Notes
    -----
    A hole may be wanted: a town enclosed by another has one. The surface tells which to look at.
    """
    whole = _union(shapes)
    polygons = shapely.get_parts(whole)
    rings, owner = shapely.get_rings(polygons, return_index=True)
    inner = np.r_[False, owner[1:] == owner[:-1]] if len(rings) else np.zeros(0, dtype=bool)
    holes = shapely.polygons(rings[inner])
    areas = shapely.area(holes)
    bounds = shapely.bounds(holes).reshape(-1, 4)
    order = np.lexsort((bounds[:, 1], bounds[:, 0], -areas))
    order = order[areas[order] > min_m2]
    return Gaps(holes[order], areas[order])


def _union(shapes: Shapes) -> object:
    """Unite shapes, by the fast road where no edges cross."""
    if len(shapes) and shapely.coverage_is_valid(shapes):
        return shapely.coverage_union_all(shapes)
    return shapely.union_all(shapes)


def edge_meetings(shapes: Shapes) -> tuple[float, float]:
    """Estimate how many edges lie near one another, before anything slow is tried on them.

    Parameters
    ----------
    shapes : (n,) shapely polygons, perhaps invalid, with finite coordinates

    Returns
    -------
    met : float
        Edges whose box meets the box of an edge, on average over the edges that are asked.
    pairs : float
        That many times the number of edges.

    Notes
    -----
    At most some 256 edges are asked, evenly spaced. An honest outline's edge meets itself and its
    two neighbours; a scribble's meets a part of them all.
    """
    rings = shapely.get_rings(shapely.get_parts(shapes))
    points, ring = shapely.get_coordinates(rings, return_index=True)
    joined = ring[1:] == ring[:-1]
    start, end = points[:-1][joined], points[1:][joined]
    if len(start) == 0:
        return 0.0, 0.0
    low, high = np.minimum(start, end), np.maximum(start, end)
    edges = shapely.box(low[:, 0], low[:, 1], high[:, 0], high[:, 1])
    asked = edges[:: max(1, len(edges) // MEETINGS_SAMPLE)]
    met = shapely.STRtree(edges).query(asked).shape[1] / len(asked)
    return met, met * len(edges)


def duplicates(shapes: Shapes) -> tuple[Ints, Ints]:
    """Find shapes that repeat an earlier one, wherever their rings begin.

    Parameters
    ----------
    shapes : (n,) shapely geometries

    Returns
    -------
    first, second : (n_pairs,) int
        Positions: ``second`` repeats ``first``, the earliest of its likes; ordered by ``second``.
    """
    if len(shapes) == 0:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    keys = shapely.to_wkb(shapely.normalize(shapes), output_dimension=2).astype(object)
    earliest: dict[bytes, int] = {}
    firsts = np.array([earliest.setdefault(key, i) for i, key in enumerate(keys)], dtype=np.int64)
    second = np.flatnonzero(firsts != np.arange(len(shapes))).astype(np.int64)
    return firsts[second], second


def resolve_overlaps(shapes: Shapes, *, found: Overlaps | None = None) -> Resolved:
    """Give every overlap to the shape of lower position, so that no ground is counted twice.

    Parameters
    ----------
    shapes : (n,) shapely polygons, valid
    found : Overlaps, optional
        All of them, where `overlaps` has been asked before.

    Returns
    -------
    Resolved
        A shape that lies wholly under earlier ones comes out empty.
    """
    found = overlaps(shapes) if found is None else found
    resolved = shapes.copy()
    by_second = np.argsort(found.second, kind="stable")
    places, starts = np.unique(found.second[by_second], return_index=True)
    lower = np.split(found.first[by_second], starts[1:])
    for place, firsts in zip(places, lower, strict=False):
        earlier = shapely.union_all(shapes[firsts])
        left = surfaces(np.array([shapely.difference(shapes[place], earlier)], dtype=np.object_))
        resolved[place] = left[0]
    lost = shapely.area(shapes) - shapely.area(resolved)
    return Resolved(resolved, np.maximum(lost, 0.0))
