"""How searches are cut up: bands of minutes and quarters of the town. No answer depends on it."""

from __future__ import annotations

from courtepointe.core.streets.walkers import Walk

QUARTER_BITS = 15
"""32,768 nodes: their labels and arcs fit the second cache of a common processor."""
SITES_OF_A_QUARTER = 8
"""Where quarters have fewer sites than this, what crosses their limits costs more than caches save."""
BAND = 12.0
"""Bands of minutes are this many times the mean street, of some."""
LEAST_BAND_MIN = 1e-6
SAMPLE = 4_096


def band_of(walk: Walk, limit_min: float) -> float:
    """Say how many minutes wide a band is.

    Parameters
    ----------
    walk : Walk
    limit_min : float, minutes

    Returns
    -------
    float, minutes
        It decides how soon an answer comes, never the answer.
    """
    some = walk.edge_min[:: max(1, len(walk.edge_min) // SAMPLE)]
    some = some[some < float("inf")]
    mean = float(some.mean()) if len(some) else 0.0
    return min(max(BAND * mean, LEAST_BAND_MIN), limit_min)


def quarter_bits(n_nodes: int, n_sites: int) -> int:
    """Say how large quarters are, as a power of 2: the whole town where sites are too few for its quarters.

    Parameters
    ----------
    n_nodes, n_sites : int

    Returns
    -------
    int
    """
    if n_sites << QUARTER_BITS >= SITES_OF_A_QUARTER * n_nodes:
        return QUARTER_BITS
    return max(QUARTER_BITS, int(n_nodes).bit_length())
