"""Who reaches a site, which and how soon: the nearest, the nearest few."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from courtepointe.core.errors import BadInput
from courtepointe.core.streets import search
from courtepointe.core.streets.bands import band_of, quarter_bits
from courtepointe.core.streets.snap import Snapped
from courtepointe.core.streets.values import Streets
from courtepointe.core.streets.walkers import Walk
from courtepointe.core.typing import AnyArray, Floats, Ints

NOBODY = search.NOBODY
"""The site of a node that reaches none."""


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
    check_limit(limit_min)
    arcs = arcs_of(streets, walk)
    start = starts.minutes.astype(walk.arc_min.dtype)
    bits = quarter_bits(streets.n_nodes, starts.n_sites)
    return Nearest(
        *search.search_one(
            arcs, starts.node, start, starts.site, limit_min, band_of(walk, limit_min), bits
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
    check_limit(limit_min)
    if n_wanted < 1:
        raise BadInput("streets_wanted", value=n_wanted)
    start = starts.minutes.astype(walk.arc_min.dtype)
    bits = quarter_bits(streets.n_nodes, starts.n_sites)
    return Nearest(
        *search.search_many(
            arcs_of(streets, walk), starts.node, start, starts.site, n_wanted, limit_min,
            band_of(walk, limit_min), bits,
        )
    )  # fmt: skip


def arcs_of(streets: Streets, walk: Walk) -> search.Arcs:
    """Give the searches the arcs of each node and their minutes."""
    return search.Arcs(streets.first, streets.to, walk.arc_min)


def check_limit(limit_min: float) -> None:
    """See that a limit is some minutes.

    Raises
    ------
    BadInput
        ``streets_limit``.
    """
    if not limit_min > 0.0:
        raise BadInput("streets_limit", value=limit_min)
