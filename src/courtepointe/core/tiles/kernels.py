"""The inner loops of cutting a tile: whole numbers in, whole numbers out, without the interpreter's lock.

All compiled functions are in this one file, because the compiler's cache on disk only watches the
file of the function that is called.
"""

from __future__ import annotations

import numba
import numpy as np

from courtepointe.core.tiles.layer import FAN, Units
from courtepointe.core.typing import AnyArray, Bools, Ints

compiled = numba.njit(cache=True, nogil=True)
MOST_TRIED = 400_000
"""Pairs of edges looked at before an area is handed to GEOS."""


@compiled
def _meets(boxes: Units, place: int, west: int, north: int, east: int, south: int) -> bool:
    return bool(
        boxes[place, 0] <= east
        and boxes[place, 2] >= west
        and boxes[place, 1] <= south
        and boxes[place, 3] >= north
    )


@compiled
def found_in(
    boxes: Units, blocks: Units, tops: Units, west: int, north: int, east: int, south: int
) -> Ints:
    """List the areas whose box meets a box, in order."""
    found = np.empty(1024, dtype=np.int64)
    n = 0
    for top in range(len(tops)):
        if not _meets(tops, top, west, north, east, south):
            continue
        for block in range(top * FAN, min((top + 1) * FAN, len(blocks))):
            if not _meets(blocks, block, west, north, east, south):
                continue
            for place in range(block * FAN, min((block + 1) * FAN, len(boxes))):
                if _meets(boxes, place, west, north, east, south):
                    if n == len(found):
                        longer = np.empty(2 * n, dtype=np.int64)
                        longer[:n] = found
                        found = longer
                    found[n] = place
                    n += 1
    return found[:n]


@compiled
def _crossing(one: AnyArray, other: AnyArray, axis: int, at: int) -> int:
    """Give the other coordinate where an edge crosses a line, alike in both directions."""
    if one[axis] > other[axis] or (one[axis] == other[axis] and one[1 - axis] > other[1 - axis]):
        one, other = other, one
    part = (at - one[axis]) / (other[axis] - one[axis])
    return int(np.floor(one[1 - axis] + part * (other[1 - axis] - one[1 - axis]) + 0.5))


@compiled
def _kept_side(given: AnyArray, n: int, taken: AnyArray, axis: int, at: int, below: bool) -> int:
    """Keep of a ring what lies on one side of a line (Sutherland and Hodgman); give its points."""
    m = 0
    for place in range(n):
        one, other = given[place], given[(place + 1) % n]
        in_one = one[axis] <= at if below else one[axis] >= at
        in_other = other[axis] <= at if below else other[axis] >= at
        if in_one:
            taken[m, 0], taken[m, 1] = one[0], one[1]
            m += 1
        if in_one != in_other and one[axis] != at and other[axis] != at:
            taken[m, axis] = at
            taken[m, 1 - axis] = _crossing(one, other, axis, at)
            m += 1
    return m


@compiled
def _turn(a: AnyArray, b: AnyArray, c: AnyArray) -> int:
    """Say how three points turn: positive, negative, or zero on one line."""
    ab_x, ab_y = np.int64(b[0]) - a[0], np.int64(b[1]) - a[1]
    ac_x, ac_y = np.int64(c[0]) - a[0], np.int64(c[1]) - a[1]
    return int(ab_x * ac_y - ab_y * ac_x)


@compiled
def _straightened(ring: AnyArray, n: int) -> int:
    """Leave out, in place, points that repeat, that lie on a line, or that a spike goes out to."""
    before = n + 1
    while n < before and n > 0:
        before, m = n, 0
        for place in range(n):
            point = ring[place]
            while m >= 2 and _turn(ring[m - 2], ring[m - 1], point) == 0:
                m -= 1
            if m == 1 and ring[0, 0] == point[0] and ring[0, 1] == point[1]:
                continue
            ring[m, 0], ring[m, 1] = point[0], point[1]
            m += 1
        while m >= 3 and _turn(ring[m - 2], ring[m - 1], ring[0]) == 0:
            m -= 1
        first = 0
        while m - first >= 3 and _turn(ring[m - 1], ring[first], ring[first + 1]) == 0:
            first += 1
        n = m - first
        for place in range(n if first else 0):
            ring[place, 0], ring[place, 1] = ring[place + first, 0], ring[place + first, 1]
    return n if n >= 3 else 0


@compiled
def _cut_ring(
    points: Units, start: int, end: int, box: Ints, scratch: AnyArray, other: AnyArray
) -> int:
    """Cut a ring to a box into `scratch`; give how many points are left."""
    n = end - start
    west, east, north, south = 0, 0, 0, 0
    for place in range(n):
        x, y = points[start + place, 0], points[start + place, 1]
        scratch[place, 0], scratch[place, 1] = x, y
        west, east = west + (x < box[0]), east + (x > box[2])
        north, south = north + (y < box[1]), south + (y > box[3])
    if west + east + north + south == 0:
        return n
    if west == n or east == n or north == n or south == n:
        return 0
    n = _kept_side(scratch, n, other, 0, box[0], False)
    n = _kept_side(other, n, scratch, 0, box[2], True)
    n = _kept_side(scratch, n, other, 1, box[1], False)
    n = _kept_side(other, n, scratch, 1, box[3], True)
    return _straightened(scratch, n)


@compiled
def _on_limit(point: AnyArray, box: Ints) -> bool:
    return bool(
        point[0] == box[0] or point[0] == box[2] or point[1] == box[1] or point[1] == box[3]
    )


@compiled
def _between(a: AnyArray, b: AnyArray, c: AnyArray) -> bool:
    """Say whether a point on the line of an edge lies on the edge."""
    return bool(
        min(a[0], b[0]) <= c[0] <= max(a[0], b[0]) and min(a[1], b[1]) <= c[1] <= max(a[1], b[1])
    )


@compiled
def _touch(a: AnyArray, b: AnyArray, c: AnyArray, d: AnyArray) -> bool:
    """Say whether two edges have a point in common."""
    if max(a[0], b[0]) < min(c[0], d[0]) or max(c[0], d[0]) < min(a[0], b[0]):
        return False
    if max(a[1], b[1]) < min(c[1], d[1]) or max(c[1], d[1]) < min(a[1], b[1]):
        return False
    abc, abd, cda, cdb = _turn(a, b, c), _turn(a, b, d), _turn(c, d, a), _turn(c, d, b)
    if ((abc > 0) != (abd > 0)) and ((cda > 0) != (cdb > 0)) and abc and abd and cda and cdb:
        return True
    return (
        (abc == 0 and _between(a, b, c))
        or (abd == 0 and _between(a, b, d))
        or (cda == 0 and _between(c, d, a))
        or (cdb == 0 and _between(c, d, b))
    )


@compiled
def _doubtful(points: Units, ends: Units, first: int, last: int, begin: int, box: Ints) -> bool:
    """Say whether edges that the cut made touch others of the area: then it may not be valid."""
    tried = 0
    start = begin
    for ring in range(first, last):
        end = ends[ring]
        for place in range(start, end):
            after = place + 1 if place + 1 < end else start
            if not (_on_limit(points[place], box) or _on_limit(points[after], box)):
                continue
            other_start = begin
            for other_ring in range(first, last):
                other_end = ends[other_ring]
                for other in range(other_start, other_end):
                    next_ = other + 1 if other + 1 < other_end else other_start
                    if other in (place, after) or next_ == place:
                        continue
                    if _touch(points[place], points[after], points[other], points[next_]):
                        return True
                tried += other_end - other_start
                other_start = other_end
            if tried > MOST_TRIED:
                return True
        start = end
    return False


@compiled
def _room(
    found: Ints, boxes: Units, area_ends: Units, ring_ends: Units, box: Ints
) -> tuple[int, int, int]:
    """Count the points that an answer may have, its rings, and the points of the longest ring."""
    n_points, n_rings, longest = 0, 0, 0
    for place in found:
        first = area_ends[place - 1] if place else 0
        begin = ring_ends[first - 1] if first else 0
        its_points = ring_ends[area_ends[place] - 1] - begin
        its_rings = area_ends[place] - first
        whole = (
            boxes[place, 0] >= box[0]
            and boxes[place, 1] >= box[1]
            and boxes[place, 2] <= box[2]
            and boxes[place, 3] <= box[3]
        )
        n_points += its_points if whole else 6 * its_points + 16 * its_rings
        n_rings += its_rings
        longest = max(longest, its_points)
    return n_points, n_rings, longest


@compiled
def cut_areas(
    found: Ints,
    boxes: Units,
    area_ends: Units,
    outer: Bools,
    ring_ends: Units,
    points: Units,
    box: Ints,
) -> tuple[Ints, Units, Bools, Units, Units, Ints]:
    """Cut areas to a box.

    Gives the places of the areas that are left, where the rings of each end, which rings are
    outer, where their points end, the points from the box's corner, and the places of areas whose
    cut is doubtful: these are left out.
    """
    n_points, n_rings, longest = _room(found, boxes, area_ends, ring_ends, box)
    kept = np.empty((n_points, 2), dtype=np.int32)
    ends, outside = np.empty(n_rings, dtype=np.int32), np.empty(n_rings, dtype=np.bool_)
    left, left_ends = np.empty(len(found), dtype=np.int64), np.empty(len(found), dtype=np.int32)
    doubtful = np.empty(len(found), dtype=np.int64)
    scratch = np.empty((6 * longest + 16, 2), dtype=np.int32)
    other = np.empty((6 * longest + 16, 2), dtype=np.int32)
    at, ring_at, n_left, n_doubtful = 0, 0, 0, 0
    for place in found:
        begin, first_ring = at, ring_at
        whole = True
        shell = False
        first = area_ends[place - 1] if place else 0
        for ring in range(first, area_ends[place]):
            start = ring_ends[ring - 1] if ring else 0
            if not outer[ring] and not shell:
                continue
            n = _cut_ring(points, start, ring_ends[ring], box, scratch, other)
            if outer[ring]:
                shell = n > 0
            if n == 0:
                whole = False
                continue
            for step in range(n):
                kept[at + step, 0], kept[at + step, 1] = scratch[step, 0], scratch[step, 1]
                whole = whole and not _on_limit(scratch[step], box)
            at += n
            ends[ring_at], outside[ring_at] = at, outer[ring]
            ring_at += 1
        if ring_at == first_ring:
            continue
        if not whole and _doubtful(kept, ends, first_ring, ring_at, begin, box):
            doubtful[n_doubtful] = place
            n_doubtful += 1
            at, ring_at = begin, first_ring
            continue
        left[n_left], left_ends[n_left] = place, ring_at
        n_left += 1
    return (
        left[:n_left],
        left_ends[:n_left],
        outside[:ring_at],
        ends[:ring_at],
        kept[:at],
        doubtful[:n_doubtful],
    )
