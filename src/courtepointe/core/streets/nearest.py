"""Who reaches a site, which and how soon: the nearest, the nearest few, all within a limit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from courtepointe.core.errors import BadInput
from courtepointe.core.streets import balls, search
from courtepointe.core.streets.snap import Snapped
from courtepointe.core.streets.values import Streets
from courtepointe.core.streets.walkers import Walk
from courtepointe.core.typing import AnyArray, Floats, Ints

NOBODY = search.NOBODY
"""The site of a node that reaches none."""
QUARTER_BITS = 15
"""32,768 nodes: their labels and arcs fit the second cache of a common processor."""
SITES_OF_A_QUARTER = 8
"""Where quarters have fewer sites than this, what crosses their limits costs more than caches save."""
BAND = 12.0
"""Bands of minutes are this many times the mean street, of some."""
SAMPLE = 4_096


@dataclass(frozen=True, slots=True)
class Starts:
    """Where the sites are left from.

    Attributes
    ----------
    node : (n_starts,) int
        Positions in the streets' nodes.
    minutes : (n_starts,) float, minutes
        Spent between the site and the node.
    site : (n_starts,) int
        In rising order.
    n_sites : int
    """

    node: Ints
    minutes: Floats
    site: Ints
    n_sites: int


def starts_at(streets: Streets, nodes: AnyArray) -> Starts:
    """Place each site at a node.

    Parameters
    ----------
    streets : Streets
    nodes : (n_sites,) int
        Positions in the streets' nodes (see `Streets.place`).

    Returns
    -------
    Starts

    Raises
    ------
    BadInput
        ``streets_no_site``, ``streets_site_node``.
    """
    if len(nodes) == 0:
        raise BadInput("streets_no_site")
    outside = (nodes < 0) | (nodes >= streets.n_nodes)
    if outside.any():
        place = int(np.flatnonzero(outside)[0])
        raise BadInput(
            "streets_site_node", site=place, value=int(nodes[place]), expected=streets.n_nodes
        )
    n = len(nodes)
    return Starts(nodes.astype(np.int64), np.zeros(n), np.arange(n), n)


def starts_from(streets: Streets, walk: Walk, sites: Snapped) -> Starts:
    """Place each site along its street: it is left by both ends.

    Parameters
    ----------
    streets : Streets
    walk : Walk
    sites : Snapped
        None of them too far; the way from the door to the street counts at the walker's pace.

    Returns
    -------
    Starts
        Two a site.

    Raises
    ------
    BadInput
        ``streets_no_site``, ``streets_too_far``.
    """
    sites.check()
    if len(sites.edge) == 0:
        raise BadInput("streets_no_site")
    along = walk.edge_min[sites.edge]
    # Nobody walks a street that is closed, not even its first metre.
    before = np.where(np.isfinite(along), along, 0.0) * sites.along
    after = np.where(np.isfinite(along), along, 0.0) - before
    shut = np.where(np.isfinite(along), 0.0, np.inf)
    to_street = sites.away_m / walk.metres_per_minute + shut
    node = np.stack([streets.from_node[sites.edge], streets.to_node[sites.edge]], axis=1)
    minutes = np.stack([to_street + before, to_street + after], axis=1)
    n = len(sites.edge)
    return Starts(node.ravel().astype(np.int64), minutes.ravel(), np.repeat(np.arange(n), 2), n)


@dataclass(frozen=True, slots=True)
class Nearest:
    """The nearest site of every node.

    Attributes
    ----------
    minutes : (n_nodes,) or (n_nodes, k) float64 or float32, minutes
        Nearest first; infinite where none is within the limit.
    site : (n_nodes,) or (n_nodes, k) int32
        `NOBODY` there. Of sites equally far, the one of lower number.
    """

    minutes: AnyArray
    site: AnyArray


def nearest(streets: Streets, walk: Walk, starts: Starts, *, limit_min: float = np.inf) -> Nearest:
    """Find the nearest site of every node, in one search from all sites at once.

    Parameters
    ----------
    streets : Streets
    walk : Walk
        Of these streets; its precision is that of the answer.
    starts : Starts
    limit_min : float, minutes
        Nobody is followed beyond.

    Returns
    -------
    Nearest
        (n_nodes,) arrays. In double precision the minutes are those of Dijkstra's algorithm to the last
        bit, whatever the order of nodes; single precision is within `single_bound`.

    Raises
    ------
    BadInput
        ``streets_limit``.
    """
    _check_limit(limit_min)
    arcs = _arcs(streets, walk)
    start = starts.minutes.astype(walk.arc_min.dtype)
    bits = _quarter_bits(streets.n_nodes, starts.n_sites)
    return Nearest(
        *search.search_one(
            arcs, starts.node, start, starts.site, limit_min, _band(walk, limit_min), bits
        )
    )


def nearest_several(
    streets: Streets, walk: Walk, starts: Starts, n_wanted: int, *, limit_min: float = np.inf
) -> Nearest:
    """Find the nearest few sites of every node, each site once.

    Parameters
    ----------
    n_wanted : int
        How many; the others as of `nearest`.

    Returns
    -------
    Nearest
        (n_nodes, n_wanted) arrays.

    Raises
    ------
    BadInput
        ``streets_limit``, ``streets_wanted``.

    Notes
    -----
    A node passes on its own nearest sites only: the way to a site that is among the *k* nearest here
    leads through nodes where it is among them too.
    """
    _check_limit(limit_min)
    if n_wanted < 1:
        raise BadInput("streets_wanted", value=n_wanted)
    start = starts.minutes.astype(walk.arc_min.dtype)
    bits = _quarter_bits(streets.n_nodes, starts.n_sites)
    return Nearest(
        *search.search_many(
            _arcs(streets, walk), starts.node, start, starts.site, n_wanted, limit_min,
            _band(walk, limit_min), bits,
        )
    )  # fmt: skip


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


def pairs_within(streets: Streets, walk: Walk, starts: Starts, limit_min: float) -> Pairs:
    """Find all nodes within a limit of each site, searching from each site.

    Parameters
    ----------
    streets : Streets
    walk : Walk
    starts : Starts
    limit_min : float, minutes

    Returns
    -------
    Pairs
        A site that nobody reaches has none.

    Raises
    ------
    BadInput
        ``streets_limit``.
    """
    _check_limit(limit_min)
    begins = np.searchsorted(starts.site, np.arange(starts.n_sites + 1)).astype(np.int64)
    # Sites that are neighbours along the curve are searched one after the other.
    turn = _turn(starts, begins)
    start = starts.minutes.astype(walk.arc_min.dtype)
    first, node, minutes = balls.search_each(
        _arcs(streets, walk), begins, starts.node, start, turn, limit_min, _band(walk, limit_min)
    )
    return Pairs(*balls.by_site(turn, first, node, minutes))


def _turn(starts: Starts, begins: Ints) -> Ints:
    where = np.zeros(starts.n_sites, dtype=np.int64)
    has = begins[1:] > begins[:-1]
    where[has] = starts.node[begins[:-1][has]]
    return np.argsort(where, kind="stable")


def _arcs(streets: Streets, walk: Walk) -> search.Arcs:
    return search.Arcs(streets.first, streets.to, walk.arc_min)


def _check_limit(limit_min: float) -> None:
    if not limit_min > 0.0:
        raise BadInput("streets_limit", value=limit_min)


def _band(walk: Walk, limit_min: float) -> float:
    """Say how many minutes wide a band is; it decides how soon the answer comes, never the answer."""
    some = walk.edge_min[:: max(1, len(walk.edge_min) // SAMPLE)]
    some = some[np.isfinite(some)]
    mean = float(some.mean()) if len(some) else 0.0
    return min(max(BAND * mean, 1e-6), limit_min)


def _quarter_bits(n_nodes: int, n_sites: int) -> int:
    """Say how large quarters are: the whole town where sites are too few for its quarters."""
    if n_sites << QUARTER_BITS >= SITES_OF_A_QUARTER * n_nodes:
        return QUARTER_BITS
    return max(QUARTER_BITS, int(n_nodes).bit_length())
