"""The shape of a network: how many pieces, who is alone, how much it hangs on one, its core."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import igraph
import numpy as np
import scipy.sparse as sp
from scipy.sparse.csgraph import connected_components

from courtepointe.core.network.possible import between
from courtepointe.core.network.values import Between, Bounded, Bounds, Network, Reading, Rule
from courtepointe.core.typing import Bools, Ints

Counted: TypeAlias = Callable[[Bools], float]


@dataclass(frozen=True, slots=True)
class Pieces:
    """Organisations that ties hold together, directly or not.

    Attributes
    ----------
    of : (n_nodes,) int
        The piece of each: 0 for the largest, then by size; of equal ones the one whose first
        organisation comes first.
    sizes : (n_pieces,) int
    """

    of: Ints
    sizes: Ints


def pieces(tied: Bools) -> Pieces:
    """Give the components of a network, whatever the direction of its ties."""
    _, label = connected_components(sp.csr_matrix(tied), directed=False)
    found, first, where, sizes = np.unique(
        label, return_index=True, return_inverse=True, return_counts=True
    )
    order = np.lexsort([first, -sizes])
    place = np.empty(len(found), dtype=np.int64)
    place[order] = np.arange(len(found))
    return Pieces(place[where], sizes[order])


def in_largest(network: Network) -> Bounded:
    """Give the part of organisations that the largest piece holds; ties can only raise it."""

    def of(tied: Bools) -> float:
        return float(pieces(tied).sizes[0] / len(tied))

    return _rising(network, of)


def n_pieces(network: Network) -> Bounded:
    """Count the pieces; ties can only lower it."""
    return _falling(network, lambda tied: float(len(pieces(tied).sizes)))


def n_alone(network: Network) -> Bounded:
    """Count the organisations without any partner; ties can only lower it."""
    return _falling(network, lambda tied: float((~tied.any(axis=1)).sum()))


def _rising(network: Network, of: Counted) -> Bounded:
    ends = _both_ends(network, of)
    low, high, ruled = ends
    return Bounded(low, True, Bounds(low, high), Bounds(low, ruled))


def _falling(network: Network, of: Counted) -> Bounded:
    named, low, ruled = _both_ends(network, of)
    return Bounded(named, False, Bounds(low, named), Bounds(ruled, named))


def _both_ends(network: Network, of: Counted) -> tuple[float, float, float]:
    spans = [between(network, rule=rule) for rule in Rule]
    return of(spans[0].certain), of(spans[0].possible), of(spans[1].possible)


def centralisation(network: Network) -> Bounded:
    """Give Freeman's degree centralisation: 0 where all have as many partners, 1 for a star.

    Returns
    -------
    Bounded
        The value is that of the named ties. The highest is exact, the lowest a bound only. None
        for fewer than three organisations.

    Notes
    -----
    L. C. Freeman, "Centrality in social networks: conceptual clarification", Social Networks 1
    (1978). With D the most partners, m the ties: (n D - 2 m) / ((n - 1) (n - 2)). A tie of the one
    with the most raises it, any other lowers it: the highest gives one organisation all its open
    ties and the others none among them. For the lowest, no organisation may pass a limit D and m is
    at most half the sum of what each may have under it; the least over all D.
    """
    spans = [between(network, rule=rule) for rule in Rule]
    certain = spans[0].certain
    n = len(certain)
    if n < 3:
        return Bounded(None, False, Bounds(None, None), Bounds(None, None))
    value = _spread(n, int(certain.sum(axis=1).max()), int(certain.sum()))
    bounds = [_centralisation_bounds(span) for span in spans]
    return Bounded(value, False, bounds[0], bounds[1])


def _spread(n: int, most: int, ends: int) -> float:
    return (n * most - ends) / ((n - 1) * (n - 2))


def _centralisation_bounds(span: Between) -> Bounds:
    n = span.n_nodes
    least, most = span.certain.sum(axis=1), span.possible.sum(axis=1)
    high = max(
        _spread(n, int(b), int(least.sum() + 2 * (b - a)))
        for a, b in zip(least.tolist(), most.tolist(), strict=True)
    )
    low = high
    for limit in range(int(least.max()), int(most.max()) + 1):
        ends = int(np.minimum(most, limit).sum()) // 2 * 2
        low = min(low, max(0.0, _spread(n, limit, ends)))
    return Bounds(low, high, exact=not span.open.any())


def cores(tied: Bools) -> Ints:
    """Give how deep in the core each organisation stands.

    Returns
    -------
    (n_nodes,) int
        The greatest k such that it belongs to a group of whom each has at least k partners in the
        group. A tie more never lowers it: of the certain ties and of the possible ones it is the
        exact lowest and highest of each organisation.

    Notes
    -----
    The k-cores of S. B. Seidman, "Network structure and minimum degree", Social Networks 5 (1983).
    """
    made = graph_of(tied)
    return np.array(made.coreness(), dtype=np.int64)


def core_bounds(network: Network) -> tuple[Ints, Ints]:
    """Give the lowest and the highest core of each organisation over any answers."""
    span = between(network, reading=Reading.EITHER)
    return cores(span.certain), cores(span.possible)


def graph_of(tied: Bools) -> igraph.Graph:
    """Make igraph's undirected graph of a symmetric table."""
    ends = np.argwhere(np.triu(tied)).astype(np.int32)
    return igraph.Graph(n=len(tied), edges=ends)
