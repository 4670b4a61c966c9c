"""People within reach of the same sites are one row. Compiled."""

from __future__ import annotations

from dataclasses import dataclass

import numba
import numpy as np

from courtepointe.core.siting.rows import Rows
from courtepointe.core.typing import AnyArray, Floats, Ints

compiled = numba.njit(cache=True, nogil=True, error_model="numpy")
EMPTY = -1
FIRST_GROUPS, FIRST_ENTRIES = 1 << 12, 1 << 16


@dataclass(frozen=True, slots=True)
class Merged:
    """Which sites reach whom.

    Attributes
    ----------
    rows : Rows
        Costs are 0 within reach, caps are people: what a choice costs is who is left out. Who is reached
        by no site at all is in no row, and in ``rows.left``.
    people : (n_rows,) float
    group : (n_demand,) int32
        The row of each demand point, -1 where no site reaches it.
    """

    rows: Rows
    people: Floats
    group: AnyArray


class _Table:
    """Groups found so far: a hash table over their lists of sites, all of which grow."""

    def __init__(self, n_demand: int) -> None:
        self.slots = np.full(4 * FIRST_GROUPS, EMPTY, dtype=np.int32)
        self.starts = np.zeros(FIRST_GROUPS + 1, dtype=np.int64)
        self.site = np.empty(FIRST_ENTRIES, dtype=np.int32)
        self.people = np.zeros(FIRST_GROUPS)
        self.group = np.full(n_demand, EMPTY, dtype=np.int32)
        self.state = np.zeros(2, dtype=np.int64)

    def grow(self) -> None:
        """Double what the groups are held in, and find them all a new slot."""
        self.slots = np.full(2 * len(self.slots), EMPTY, dtype=np.int32)
        self.people = np.concatenate([self.people, np.zeros(len(self.people))])
        self.starts = np.concatenate([self.starts, np.zeros(len(self.starts) - 1, dtype=np.int64)])
        self.site = np.concatenate([self.site, np.empty(len(self.site), dtype=np.int32)])
        _slot_again(self.slots, self.starts, self.site, int(self.state[0]))

    def merged(self, n_sites: int, people: Floats) -> Merged:
        """Give the rows."""
        n, size = (int(one) for one in self.state)
        held = self.people[:n].copy()
        left = float(people[self.group == EMPTY].sum())
        rows = Rows(
            self.starts[: n + 1].copy(),
            self.site[:size].copy(),
            np.zeros(size),
            held,
            n_sites,
            left,
        )
        return Merged(rows, held, self.group)


def merge(starts: Ints, site: AnyArray, people: Floats, n_sites: int) -> Merged:
    """Merge demand points that the same sites reach.

    Parameters
    ----------
    starts : (n_demand + 1,) int
        Where each point's sites begin in ``site``.
    site : (n_pairs,) int
        Rising within a point, each once.
    people : (n_demand,) float
    n_sites : int
    """
    table, at = _Table(len(people)), 0
    site = site.astype(np.int32)
    while at < len(people):
        at = _merge_lists(
            at, starts, site, people, table.slots, table.starts, table.site, table.people, table.group,
            table.state,
        )  # fmt: skip
        if at < len(people):
            table.grow()
    return table.merged(n_sites, people)


def merge_on_plane(points: Floats, sites: Floats, people: Floats, radius: float) -> Merged:
    """Find the sites within ``radius`` of each point, in a straight line, and merge.

    Parameters
    ----------
    points : (n_demand, 2) float
    sites : (n_sites, 2) float
    people : (n_demand,) float
    radius : float
        Over 0, in the unit of the points.
    """
    low = sites.min(axis=0) - radius
    n_cells = np.minimum((sites.max(axis=0) + radius - low) // radius + 1, 2_000).astype(np.int64)
    width = (sites.max(axis=0) + radius - low) / n_cells
    cell = np.minimum((sites - low) // width, n_cells - 1).astype(np.int64)
    flat = cell[:, 0] * n_cells[1] + cell[:, 1]
    order = np.argsort(flat, kind="stable")
    ends = np.searchsorted(flat[order], np.arange(n_cells[0] * n_cells[1] + 1))
    table, at = _Table(len(points)), 0
    while at < len(points):
        at = _merge_near(
            at, points, sites[order], order.astype(np.int32), ends, low, width, n_cells, radius, people,
            table.slots, table.starts, table.site, table.people, table.group, table.state,
        )  # fmt: skip
        if at < len(points):
            table.grow()
    return table.merged(len(sites), people)


@compiled
def _hash(held: AnyArray, start: int, end: int) -> int:
    told = np.uint64(1469598103934665603)
    for at in range(start, end):
        told = (told ^ np.uint64(held[at] + 1)) * np.uint64(0x9E3779B97F4A7C15)
        told ^= told >> np.uint64(29)
    return int(told >> np.uint64(1))


@compiled
def _slot_again(slots: AnyArray, starts: Ints, site: AnyArray, n: int) -> None:
    for group in range(n):
        at = _hash(site, starts[group], starts[group + 1]) & (len(slots) - 1)
        while slots[at] != EMPTY:
            at = (at + 1) & (len(slots) - 1)
        slots[at] = group


@compiled
def _note(
    held: AnyArray, start: int, end: int, weight: float, slots: AnyArray, starts: Ints, site: AnyArray,
    people: Floats, state: Ints,
) -> int:  # fmt: skip
    """Find the group of a list of sites, or make it; add the people. -1 where no room is left."""
    size = end - start
    at = _hash(held, start, end) & (len(slots) - 1)
    while slots[at] != EMPTY:
        group = int(slots[at])
        begin = starts[group]
        if starts[group + 1] - begin == size:
            same = True
            for place in range(size):
                if site[begin + place] != held[start + place]:
                    same = False
                    break
            if same:
                people[group] += weight
                return group
        at = (at + 1) & (len(slots) - 1)
    n, used = int(state[0]), int(state[1])
    if n >= len(people) or used + size > len(site):
        return EMPTY
    site[used : used + size] = held[start:end]
    starts[n + 1] = used + size
    people[n] = weight
    slots[at] = n
    state[0], state[1] = n + 1, used + size
    return n


@compiled
def _merge_lists(
    first: int, starts: Ints, site: AnyArray, people: Floats, slots: AnyArray, group_starts: Ints,
    group_site: AnyArray, group_people: Floats, group: AnyArray, state: Ints,
) -> int:  # fmt: skip
    for row in range(first, len(people)):
        if starts[row + 1] == starts[row]:
            continue
        group[row] = _note(
            site, starts[row], starts[row + 1], people[row], slots, group_starts, group_site,
            group_people, state,
        )  # fmt: skip
        if group[row] == EMPTY:
            return row
    return len(people)


@compiled
def _merge_near(
    first: int, points: Floats, sites: Floats, number: AnyArray, ends: Ints, low: Floats,
    width: Floats, n_cells: Ints, radius: float, people: Floats, slots: AnyArray, group_starts: Ints,
    group_site: AnyArray, group_people: Floats, group: AnyArray, state: Ints,
) -> int:  # fmt: skip
    held = np.empty(len(sites), dtype=np.int32)
    reach = radius * radius
    for row in range(first, len(points)):
        x, y = points[row, 0], points[row, 1]
        size = 0
        west = max(int(np.floor((x - radius - low[0]) / width[0])), 0)
        east = min(int(np.floor((x + radius - low[0]) / width[0])), n_cells[0] - 1)
        south = max(int(np.floor((y - radius - low[1]) / width[1])), 0)
        north = min(int(np.floor((y + radius - low[1]) / width[1])), n_cells[1] - 1)
        for column in range(west, east + 1):
            if south > north:
                break
            for at in range(
                ends[column * n_cells[1] + south], ends[column * n_cells[1] + north + 1]
            ):
                if (sites[at, 0] - x) ** 2 + (sites[at, 1] - y) ** 2 <= reach:
                    # Rising order: an insertion, for the lists are short.
                    place = size
                    while place > 0 and held[place - 1] > number[at]:
                        held[place] = held[place - 1]
                        place -= 1
                    held[place] = number[at]
                    size += 1
        if size == 0:
            continue
        group[row] = _note(
            held, 0, size, people[row], slots, group_starts, group_site, group_people, state
        )
        if group[row] == EMPTY:
            return row
    return len(points)
