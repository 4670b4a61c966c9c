"""A graph of streets for people on foot, as frozen arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from courtepointe.core.errors import BadInput
from courtepointe.core.streets.kernels import pieces_of
from courtepointe.core.typing import AnyArray, Bools, Floats, Shapes


@dataclass(frozen=True, slots=True)
class Tidied:
    """What was found in the edges that were given, and what was done about it.

    Attributes
    ----------
    n_without_length : int
        Edges of 0 m between two nodes: kept, the two are at one place.
    n_loops : int
        Edges from a node back to it: kept, one may live there; no way leads over them.
    n_points : int
        Edges of 0 m from a node to itself: left out.
    n_repeated : int
        Edges that say again what an earlier one said (ends, length, slope, stairs): left out. Two
        edges of different lengths between the same nodes are two streets.
    """

    n_without_length: int = 0
    n_loops: int = 0
    n_points: int = 0
    n_repeated: int = 0


@dataclass(frozen=True, slots=True)
class Streets:
    """Streets as nodes and edges, with the arcs of each node. One-way signs do not bind on foot.

    Attributes
    ----------
    given_points : (n_nodes, 2) float, metres
        As they were given; `points` has them in the nodes' order.
    given : (n_nodes,) int32
        The number that each node had when it was given: take arrays of nodes by it. Nodes are in the
        order of Hilbert's curve, so that neighbours are near in memory.
    from_node, to_node : (n_edges,) int32
        Nodes, by their position in that order.
    length_m : (n_edges,) float, metres
    slope_percent : (n_edges,) float or None
        Rise from ``from_node`` to ``to_node``; NaN where it is not known. None where no file told.
    stairs : (n_edges,) bool or None
    shapes : (n_edges,) shapely lines or None
        From ``from_node`` to ``to_node``; None where streets are straight.
    left_out : (n_left_out,) int
        Positions, among the edges given, of those that are left out.
    first : (n_nodes + 1,) uint32; to, edge : (n_arcs,) uint32
        Where the arcs of each node begin, the node each leads to, the edge it is a way of.
    tidied : Tidied
    """

    given_points: Floats
    given: AnyArray
    from_node: AnyArray
    to_node: AnyArray
    length_m: Floats
    slope_percent: Floats | None
    stairs: Bools | None
    shapes: Shapes | None
    left_out: AnyArray
    first: AnyArray
    to: AnyArray
    edge: AnyArray
    tidied: Tidied

    @property
    def n_nodes(self) -> int:
        """Number of nodes."""
        return len(self.given)

    @property
    def n_edges(self) -> int:
        """Number of edges."""
        return len(self.length_m)

    @property
    def points(self) -> Floats:
        """Places of the nodes, (n_nodes, 2) float, metres."""
        told: Floats = self.given_points[self.given]
        return told

    @property
    def row(self) -> AnyArray:
        """Position of each edge among those given, (n_edges,) int."""
        return np.delete(np.arange(self.n_edges + len(self.left_out)), self.left_out)

    def place(self) -> AnyArray:
        """Give the position of each node by the number that it had when it was given."""
        told = np.empty(self.n_nodes, dtype=np.int32)
        told[self.given] = np.arange(self.n_nodes, dtype=np.int32)
        return told

    def lines(self, edges: AnyArray | None = None) -> Shapes:
        """Draw edges, all or those named: (n,) shapely lines, in metres."""
        wanted = np.arange(self.n_edges) if edges is None else edges
        if self.shapes is not None:
            return self.shapes[wanted]
        ends = np.stack(
            [
                self.given_points[self.given[nodes[wanted]]]
                for nodes in (self.from_node, self.to_node)
            ],
            axis=1,
        )
        return np.asarray(shapely.linestrings(ends), dtype=np.object_)


@dataclass(frozen=True, slots=True)
class Pieces:
    """Streets that hold together, and those that do not.

    Attributes
    ----------
    of_node : (n_nodes,) int32
        Piece of each node, the piece of most nodes first.
    n_nodes : (n_pieces,) int
    length_m : (n_pieces,) float, metres
    """

    of_node: AnyArray
    n_nodes: AnyArray
    length_m: Floats

    def __len__(self) -> int:
        return len(self.n_nodes)


def pieces(streets: Streets, *, passable: Bools | None = None) -> Pieces:
    """Find which nodes can reach one another.

    Parameters
    ----------
    streets : Streets
    passable : (n_edges,) bool, optional
        Edges that one may walk; else all.

    Returns
    -------
    Pieces

    Raises
    ------
    BadInput
        ``core_shape``.
    """
    open_ = np.ones(streets.n_edges, dtype=np.bool_) if passable is None else passable
    if open_.shape != (streets.n_edges,):
        raise BadInput(
            "core_shape", array="passable", shape=open_.shape, expected=(streets.n_edges,)
        )
    found, n_pieces = pieces_of(streets.first, streets.to, streets.edge, open_)
    sizes = np.bincount(found, minlength=n_pieces)
    order = np.argsort(-sizes, kind="stable")
    rank = np.empty(n_pieces, dtype=np.int32)
    rank[order] = np.arange(n_pieces, dtype=np.int32)
    of_node = rank[found]
    lengths: Floats = np.bincount(
        of_node[streets.from_node[open_]], streets.length_m[open_], minlength=n_pieces
    ).astype(np.float64)
    return Pieces(of_node, sizes[order], lengths)
