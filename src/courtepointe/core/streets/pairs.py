"""All nodes within a limit of each site."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from courtepointe.core.streets import balls
from courtepointe.core.streets.bands import band_of
from courtepointe.core.streets.nearest import Starts, arcs_of, check_limit
from courtepointe.core.streets.values import Streets
from courtepointe.core.streets.walkers import Walk
from courtepointe.core.typing import AnyArray, Ints

SITES_OF_A_PART = 100
"""Fewer are searched before a second thread has begun."""
PARTS_OF_A_THREAD = 4
"""For some sites reach many more than others."""
Found = tuple[Ints, AnyArray, AnyArray]


@dataclass(frozen=True, slots=True)
class Pairs:
    """All nodes within a limit of each site.

    Attributes
    ----------
    first : (n_sites + 1,) int
        Where the pairs of each site begin.
    node : (n_pairs,) int32
        Those of a site in no order that means anything, each once.
    minutes : (n_pairs,) float, minutes
    """

    first: Ints
    node: AnyArray
    minutes: AnyArray

    def __len__(self) -> int:
        return len(self.node)

    @property
    def site(self) -> Ints:
        """The site of each pair, (n_pairs,) int."""
        told: Ints = np.repeat(np.arange(len(self.first) - 1), np.diff(self.first))
        return told


def pairs_within(
    streets: Streets, walk: Walk, starts: Starts, limit_min: float, *, n_threads: int = 2
) -> Pairs:
    """Find all nodes within a limit of each site, searching from each site.

    Parameters
    ----------
    streets : Streets
    walk : Walk
    starts : Starts
    limit_min : float, minutes
    n_threads : int

    Returns
    -------
    Pairs
        The same whatever the threads. A site that nobody reaches has none.

    Raises
    ------
    BadInput
        ``streets_limit``.
    """
    check_limit(limit_min)
    begins = np.searchsorted(starts.site, np.arange(starts.n_sites + 1)).astype(np.int64)
    arcs, band = arcs_of(streets, walk), band_of(walk, limit_min)
    start = starts.minutes.astype(walk.arc_min.dtype)
    n_parts = max(1, min(PARTS_OF_A_THREAD * n_threads, starts.n_sites // SITES_OF_A_PART))
    # Sites that are neighbours along the curve are searched one after the other.
    turns = np.array_split(_turn(starts, begins), n_parts)

    def search(turn: Ints) -> Found:
        return balls.search_each(arcs, begins, starts.node, start, turn, limit_min, band)

    with ThreadPoolExecutor(n_threads) as pool:
        return _by_site(turns, list(pool.map(search, turns)), pool)


def _turn(starts: Starts, begins: Ints) -> Ints:
    where = np.zeros(starts.n_sites, dtype=np.int64)
    has = begins[1:] > begins[:-1]
    where[has] = starts.node[begins[:-1][has]]
    return np.argsort(where, kind="stable")


def _by_site(turns: list[Ints], found: list[Found], pool: ThreadPoolExecutor) -> Pairs:
    """Put pairs that were found turn by turn in the order of the sites."""
    counts = np.zeros(sum(map(len, turns)) + 1, dtype=np.int64)
    for turn, (begins, _, _) in zip(turns, found, strict=True):
        counts[turn + 1] = np.diff(begins)
    first = np.cumsum(counts)
    node = np.empty(first[-1], dtype=np.int32)
    minutes = np.empty(first[-1], dtype=found[0][2].dtype)

    def put(turn: Ints, its: Found) -> None:
        balls.put_by_site(turn, *its, first, node, minutes)

    list(pool.map(put, turns, found))
    return Pairs(first, node, minutes)
