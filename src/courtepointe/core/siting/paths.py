"""Shortest ways between all vertices of a small network."""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from courtepointe.core.typing import Floats, Ints


def all_pairs(n_vertices: int, ends: Ints, cost: Floats) -> Floats:
    """Give the shortest way between every two vertices; inf where none leads.

    Parameters
    ----------
    n_vertices : int
    ends : (n_edges, 2) int
        An edge goes both ways; no pair comes twice.
    cost : (n_edges,) float
        Not under 0.

    Returns
    -------
    (n_vertices, n_vertices) float
    """
    # scipy takes an entry of 0 in a sparse table for no edge; the smallest number stands for it.
    kept = ends[:, 0] != ends[:, 1]
    held = np.where(cost[kept] == 0.0, np.nextafter(0.0, 1.0), cost[kept])
    table = sparse.csr_matrix(
        (held, (ends[kept, 0], ends[kept, 1])), shape=(n_vertices, n_vertices)
    )
    told: Floats = csgraph.dijkstra(table, directed=False)
    told[told < 1e-300] = 0.0
    return told
