"""Dots that stand for people: how many in each unit, and where."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from courtepointe.core.errors import BadInput
from courtepointe.core.typing import Floats, Ints, Shapes

TRIES = 64
"""A dot that falls outside of its shape this often is put at a point inside."""
GOLDEN = np.uint64(0x9E3779B97F4A7C15)
STEPS = 2 * TRIES


def apportion(counts: Floats, *, total: int) -> Ints:
    """Share whole dots out in proportion to counts, by largest remainders.

    Parameters
    ----------
    counts : (n_units,) float, at least 0
    total : int

    Returns
    -------
    (n_units,) int
        Adds up to ``total``; each unit has its exact share rounded down or up. Units without a
        count have none. All 0 where no unit has a count.

    Raises
    ------
    BadInput
        ``dot_counts`` where a count is negative or not finite, or the total negative.

    Notes
    -----
    Hamilton's method (1792). Of equal remainders the first unit is served first.
    """
    if total < 0 or not np.isfinite(counts).all() or (counts < 0.0).any():
        raise BadInput("dot_counts", value=total)
    everything = float(counts.sum())
    if everything <= 0.0 or total == 0:
        return np.zeros(counts.size, dtype=np.int64)
    exact = counts * (total / everything)
    # Counts that divide evenly must not lose a dot to the last bit of a division.
    exact = np.where(np.abs(exact - np.rint(exact)) < 1e-9, np.rint(exact), exact)
    dots = np.floor(exact).astype(np.int64)
    left = total - int(dots.sum())
    first = np.argsort(-(exact - dots), kind="stable")
    dots[first[:left]] += 1
    return dots


def apportion_within(counts: Floats, *, group: Ints, totals: Ints) -> Ints:
    """Share each group's dots out over its members by largest remainders.

    Parameters
    ----------
    counts : (n_members,) float
    group : (n_members,) int
        Position of each member's group.
    totals : (n_groups,) int

    Returns
    -------
    (n_members,) int
        A group whose members have no count loses its dots: the caller sees to it before.
    """
    dots = np.zeros(counts.size, dtype=np.int64)
    order = np.argsort(group, kind="stable")
    bounds = np.searchsorted(group[order], np.arange(totals.size + 1))
    for one in np.flatnonzero(totals > 0).tolist():
        mine = order[bounds[one] : bounds[one + 1]]
        dots[mine] = apportion(counts[mine], total=int(totals[one]))
    return dots


def scatter(shapes: Shapes, dots: Ints, *, seeds: NDArray[np.uint64]) -> tuple[Floats, Ints]:
    """Put dots at random inside shapes; the same seed puts the same dots.

    Parameters
    ----------
    shapes : (n_units,) shapely polygons or multipolygons
    dots : (n_units,) int
    seeds : (n_units,) uint64
        One for each shape: what happens in one moves no dot of another.

    Returns
    -------
    (n_dots, 2) float
    (n_dots,) int
        Position of the shape of each.

    Notes
    -----
    Even over the surface, by rejection from the box around each shape. Numbers come from the
    splitmix64 generator (Steele, Lea and Flood 2014) of seed, dot and try, without a state.
    """
    owner = np.repeat(np.arange(shapes.size), dots)
    rank = np.arange(owner.size) - np.repeat(np.cumsum(dots) - dots, dots)
    west, south, east, north = shapely.bounds(shapes).T
    shapely.prepare(shapes)
    points = np.zeros((owner.size, 2))
    waiting = np.arange(owner.size)
    for attempt in range(TRIES):
        if not waiting.size:
            break
        unit = owner[waiting]
        place = (rank[waiting] * STEPS + 2 * attempt).astype(np.uint64)
        x = west[unit] + _fraction(seeds[unit], place) * (east - west)[unit]
        y = south[unit] + _fraction(seeds[unit], place + np.uint64(1)) * (north - south)[unit]
        inside = shapely.contains_xy(shapes[unit], x, y)
        points[waiting[inside]] = np.column_stack([x[inside], y[inside]])
        waiting = waiting[~inside]
    if waiting.size:
        points[waiting] = shapely.get_coordinates(shapely.point_on_surface(shapes[owner[waiting]]))
    return points, owner


def _fraction(seeds: NDArray[np.uint64], place: NDArray[np.uint64]) -> Floats:
    """Give the number of a seed's stream at a place, from 0 to under 1."""
    with np.errstate(over="ignore"):
        mixed = seeds + (place + np.uint64(1)) * GOLDEN
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        mixed = mixed ^ (mixed >> np.uint64(31))
    fraction: Floats = (mixed >> np.uint64(11)).astype(np.float64) * 2.0**-53
    return fraction
