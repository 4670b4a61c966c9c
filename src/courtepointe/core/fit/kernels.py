"""The inner loops of the fit: surfaces cut by a limit, and a grid over an area.

Compiled, and all in this one file, because the compiler's cache on disk only watches the file of
the function that is called. See ``docs/decisions/0005-surfaces-by-edges.md``.
"""

from __future__ import annotations

import numba
import numpy as np

from courtepointe.core.typing import Codes, Floats, Ints

compiled = numba.njit(cache=True, nogil=True, error_model="numpy")
CROSSED, INSIDE, OUTSIDE = 0, 1, 2
SHIFT = 32
"""Squares outside are counted above this bit, squares inside below."""


@compiled
def turn_of(points: Floats, first: int, stop: int) -> float:
    """Say whether a ring turns to the left (1) or to the right (-1)."""
    x, y, twice = points[first, 0], points[first, 1], 0.0
    for k in range(first, stop - 1):
        left, right = points[k], points[k + 1]
        twice += (left[0] - x) * (right[1] - y) - (right[0] - x) * (left[1] - y)
    return 1.0 if twice >= 0.0 else -1.0


@compiled
def edges_of(points: Floats, rings: Ints, polygons: Ints) -> Floats:
    """Give the edges of a limit that are not upright, from west to east.

    Parameters
    ----------
    points : (n_points, 2) float
    rings : (n_rings + 1,) int
        Where in ``points`` each ring starts; the first of a polygon is its outer one.
    polygons : (n_polygons + 1,) int
        Where in ``rings`` each polygon starts.

    Returns
    -------
    (n_edges, 5) float
        West, its y, east, its y; 1 where what is under the edge counts, -1 where it is taken away.
    """
    found = np.empty((len(points), 5))
    n = 0
    for polygon in range(len(polygons) - 1):
        for ring in range(polygons[polygon], polygons[polygon + 1]):
            first, stop = rings[ring], rings[ring + 1]
            way = turn_of(points, first, stop)
            if ring != polygons[polygon]:
                way = -way
            for k in range(first, stop - 1):
                a, b = points[k], points[k + 1]
                if b[0] < a[0]:
                    found[n, 0], found[n, 1], found[n, 2], found[n, 3] = b[0], b[1], a[0], a[1]
                    found[n, 4] = way
                    n += 1
                elif b[0] > a[0]:
                    found[n, 0], found[n, 1], found[n, 2], found[n, 3] = a[0], a[1], b[0], b[1]
                    found[n, 4] = -way
                    n += 1
    return found[:n]


@compiled
def slab_of(x: float, west: float, per_metre: float, n_slabs: int) -> int:
    """Give the slab that an x lies in, the first or the last beyond them."""
    return int(min(max((x - west) * per_metre, 0.0), n_slabs - 1.0))


@compiled
def slabs_of(edges: Floats, west: float, per_metre: float, n_slabs: int) -> tuple[Ints, Ints, Ints]:
    """List the edges that lie over each of some upright slabs of equal width.

    Returns
    -------
    (n_slabs + 1,) int, (n_listed,) int, (n_edges,) int
        Where in the list each slab starts, the list, and the first slab of each edge.
    """
    starts, first = np.zeros(n_slabs + 1, np.int64), np.empty(len(edges), np.int64)
    for e in range(len(edges)):
        first[e] = slab_of(edges[e, 0], west, per_metre, n_slabs)
        for slab in range(first[e], slab_of(edges[e, 2], west, per_metre, n_slabs) + 1):
            starts[slab + 1] += 1
    for slab in range(n_slabs):
        starts[slab + 1] += starts[slab]
    listed, at = np.empty(starts[n_slabs], np.int64), starts[:-1].copy()
    for e in range(len(edges)):
        for slab in range(first[e], slab_of(edges[e, 2], west, per_metre, n_slabs) + 1):
            listed[at[slab]] = e
            at[slab] += 1
    return starts, listed, first


@compiled
def _positive(p: float, q: float) -> float:
    """Give the mean of the part above 0 of a line from p to q."""
    if p >= 0.0 and q >= 0.0:
        return (p + q) / 2.0
    if p <= 0.0 and q <= 0.0:
        return 0.0
    return p * p / (2.0 * (p - q)) if p > 0.0 else q * q / (2.0 * (q - p))


@compiled
def _under_both(ua: float, ub: float, va: float, vb: float) -> float:
    """Give the mean height above 0 that is under two lines, from ``ua`` to ``ub`` and so on."""
    da, db = ua - va, ub - vb
    if da <= 0.0 and db <= 0.0:
        return _positive(ua, ub)
    if da >= 0.0 and db >= 0.0:
        return _positive(va, vb)
    t = da / (da - db)
    w = ua + (ub - ua) * t
    if da < 0.0:
        return t * _positive(ua, w) + (1.0 - t) * _positive(w, vb)
    return t * _positive(va, w) + (1.0 - t) * _positive(w, ub)


@compiled
def _under(
    xl: float, yl: float, xr: float, yr: float, south: float, north: float,
    edges: Floats, starts: Ints, listed: Ints, first: Ints, west: float, per_metre: float,
) -> float:  # fmt: skip
    """Give the surface under an edge of a shape, above its south, that is in the area."""
    n_slabs, found = len(starts) - 1, 0.0
    wide, rise = xr - xl, yr - yl
    begin = slab_of(xl, west, per_metre, n_slabs)
    for slab in range(begin, slab_of(xr, west, per_metre, n_slabs) + 1):
        for k in range(starts[slab], starts[slab + 1]):
            e = listed[k]
            if max(first[e], begin) != slab:
                continue  # seen in an earlier slab
            ex, ey, fx, fy, way = edges[e]
            a, b = max(xl, ex), min(xr, fx)
            if b <= a or (ey <= south and fy <= south):
                continue
            ua, ub = yl + (a - xl) / wide * rise - south, yl + (b - xl) / wide * rise - south
            if ey >= north and fy >= north:
                found += way * (b - a) * (ua + ub) / 2.0
                continue
            va = ey + (a - ex) / (fx - ex) * (fy - ey) - south
            vb = ey + (b - ex) / (fx - ex) * (fy - ey) - south
            found += way * (b - a) * _under_both(ua, ub, va, vb)
    return found


@compiled
def cut_surfaces(
    points: Floats, rings: Ints, polygons: Ints, shapes: Ints, boxes: Floats,
    edges: Floats, starts: Ints, listed: Ints, first: Ints, west: float, per_metre: float,
) -> Floats:  # fmt: skip
    """Give the surface of each shape that lies in an area.

    Parameters
    ----------
    points, rings, polygons
        As in `edges_of`, of all shapes.
    shapes : (n_shapes + 1,) int
        Where in ``polygons`` each shape starts.
    boxes : (n_shapes, 4) float
    edges, starts, listed, first, west, per_metre
        The area's, as of `edges_of` and `slabs_of`.

    Returns
    -------
    (n_shapes,) float, square metres
    """
    found = np.zeros(len(shapes) - 1)
    for shape in range(len(shapes) - 1):
        south, north = boxes[shape, 1], boxes[shape, 3]
        for polygon in range(shapes[shape], shapes[shape + 1]):
            for ring in range(polygons[polygon], polygons[polygon + 1]):
                begin, stop = rings[ring], rings[ring + 1]
                turn = turn_of(points, begin, stop)
                if ring != polygons[polygon]:
                    turn = -turn
                for k in range(begin, stop - 1):
                    x1, y1, x2, y2 = points[k, 0], points[k, 1], points[k + 1, 0], points[k + 1, 1]
                    if x2 < x1:
                        found[shape] += turn * _under(
                            x2, y2, x1, y1, south, north,
                            edges, starts, listed, first, west, per_metre,
                        )  # fmt: skip
                    elif x2 > x1:
                        found[shape] -= turn * _under(
                            x1, y1, x2, y2, south, north,
                            edges, starts, listed, first, west, per_metre,
                        )  # fmt: skip
    return found


# ---------------------------------------------------------------- the grid


@compiled
def _square(at: float, n: int) -> int:
    """Give the square that a place lies in, the first or the last beyond them."""
    return int(min(max(at, 0.0), n - 1.0))


@compiled
def _mark_limit(
    points: Floats, rings: Ints, corner: Floats, per_metre: Floats, slack: float, n: int
) -> Codes:
    """Mark the squares that a limit goes through, or comes within a rounding error of."""
    marked = np.zeros((n, n), np.uint8)
    for ring in range(len(rings) - 1):
        for k in range(rings[ring], rings[ring + 1] - 1):
            ax, ay = (
                (points[k, 0] - corner[0]) * per_metre[0],
                (points[k, 1] - corner[1]) * per_metre[1],
            )
            bx = (points[k + 1, 0] - corner[0]) * per_metre[0]
            by = (points[k + 1, 1] - corner[1]) * per_metre[1]
            if bx < ax:
                ax, ay, bx, by = bx, by, ax, ay
            for column in range(_square(ax - slack, n), _square(bx + slack, n) + 1):
                low, high = min(max(ax, column), bx), max(min(bx, column + 1.0), ax)
                p, q = ay, by
                if bx > ax:
                    p = ay + (low - ax) / (bx - ax) * (by - ay)
                    q = ay + (high - ax) / (bx - ax) * (by - ay)
                for row in range(_square(min(p, q) - slack, n), _square(max(p, q) + slack, n) + 1):
                    marked[column, row] = 1
    return marked


@compiled
def _steps(edges: Floats, corner: Floats, per_metre: Floats, n: int) -> Floats:
    """Say, column by column, over how many middles of squares each edge of the area runs: (n, n + 1)."""
    steps = np.zeros((n, n + 1))
    for e in range(len(edges)):
        ex, ey, fx, fy, way = edges[e]
        ax, bx = (ex - corner[0]) * per_metre[0], (fx - corner[0]) * per_metre[0]
        ay, by = (ey - corner[1]) * per_metre[1], (fy - corner[1]) * per_metre[1]
        for column in range(_square(ax, n), _square(bx, n) + 1):
            middle = column + 0.5
            if ax <= middle < bx:
                y = ay + (middle - ax) / (bx - ax) * (by - ay)
                steps[column, int(min(max(np.ceil(y - 0.5), 0.0), n))] += way
    return steps


@compiled
def count_squares(
    points: Floats,
    rings: Ints,
    edges: Floats,
    corner: Floats,
    per_metre: Floats,
    slack: float,
    n: int,
) -> Ints:
    """Lay a grid over an area and count its squares.

    Parameters
    ----------
    points, rings, edges
        The area's limit, as in `edges_of`.
    corner : (2,) float
        Its west and south.
    per_metre : (2,) float
        Squares a metre, in x and in y.
    slack : float
        Rounding error, in squares.
    n : int
        Rows and columns.

    Returns
    -------
    (n + 1, n + 1) int
        Squares west and south of a corner: those wholly inside, and from bit `SHIFT` on those
        wholly outside.
    """
    marked = _mark_limit(points, rings, corner, per_metre, slack, n)
    steps = _steps(edges, corner, per_metre, n)
    counted = np.zeros((n + 1, n + 1), np.int64)
    for column in range(n):
        over, here = 0.0, 0
        for row in range(n - 1, -1, -1):
            over += steps[column, row + 1]
            if marked[column, row] == 0:
                marked[column, row] = 2 if over > 0.5 else 3
        for row in range(n):
            if marked[column, row] == 2:
                here += 1
            elif marked[column, row] == 3:
                here += 1 << SHIFT
            counted[column + 1, row + 1] = counted[column, row + 1] + here
    return counted


@compiled
def sort_boxes(
    boxes: Floats, counted: Ints, corner: Floats, far: Floats, per_metre: Floats, slack: float
) -> Codes:
    """Say of each box whether it is wholly `INSIDE`, wholly `OUTSIDE`, or may be `CROSSED`.

    Parameters
    ----------
    boxes : (n_boxes, 4) float
        West, south, east, north.
    counted, corner, per_metre, slack
        As of `count_squares`.
    far : (2,) float
        East and north of the area.
    """
    n, found = len(counted) - 1, np.empty(len(boxes), np.uint8)
    for box in range(len(boxes)):
        west, south, east, north = boxes[box]
        x1 = _square((west - corner[0]) * per_metre[0] - slack, n)
        y1 = _square((south - corner[1]) * per_metre[1] - slack, n)
        x2 = _square((east - corner[0]) * per_metre[0] + slack, n) + 1
        y2 = _square((north - corner[1]) * per_metre[1] + slack, n) + 1
        held = counted[x2, y2] - counted[x1, y2] - counted[x2, y1] + counted[x1, y1]
        squares = (x2 - x1) * (y2 - y1)
        within = corner[0] <= west and corner[1] <= south and east <= far[0] and north <= far[1]
        if held == squares and within:
            found[box] = INSIDE
        elif held == squares << SHIFT:
            found[box] = OUTSIDE
        else:
            found[box] = CROSSED
    return found
