"""Who stands between others: betweenness, and the openings of one's own partners (Burt)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from courtepointe.core.network.shape import graph_of
from courtepointe.core.typing import Bools, Floats, Ints

ALIKE = 9
"""Decimals of a betweenness; two that agree so far are equal."""


@dataclass(frozen=True, slots=True)
class Brokers:
    """Who stands between others, from the ties of one network.

    Attributes
    ----------
    n_partners : (n_nodes,) int
    betweenness : (n_nodes,) float, 0 to 1
        The part of all pairs of others whose shortest ways pass through it; a pair of which some
        do counts in part.
    effective_size : (n_nodes,) float
        Partners, less the partners that these have on average among themselves.
    constraint : (n_nodes,) float
        How much its partners are tied to each other; low is open. Both say nothing of an
        organisation without a partner: they are 0 there, and ``n_partners`` says so.
    """

    n_partners: Ints
    betweenness: Floats
    effective_size: Floats
    constraint: Floats


def brokers(tied: Bools) -> Brokers:
    """Bounded who stands between others.

    Parameters
    ----------
    tied : (n_nodes, n_nodes) bool, symmetric

    Notes
    -----
    Betweenness: L. C. Freeman, "A set of measures of centrality based on betweenness", Sociometry 40
    (1977), computed by igraph (U. Brandes, 2001), over (n - 1)(n - 2) / 2 pairs; to 9 decimals, so
    that equal organisations are equal. Constraint and effective size: R. S. Burt, Structural
    Holes (1992), for ties that are there or not; effective size in the form of S. P. Borgatti,
    "Structural holes: unpacking Burt's redundancy measures", Connections 20 (1997): n - 2 t / n.
    """
    made = graph_of(tied)
    n_partners = tied.sum(axis=1).astype(np.int64)
    linked = n_partners > 0
    constraint = np.zeros(len(tied))
    if linked.any():
        places = np.flatnonzero(linked)
        constraint[places] = made.constraint(vertices=places.tolist())
    return Brokers(n_partners, betweenness(tied), _effective_size(tied, n_partners), constraint)


def betweenness(tied: Bools) -> Floats:
    """Give the part of all pairs of others whose shortest ways pass through each organisation."""
    n = len(tied)
    pairs = (n - 1) * (n - 2) / 2
    if pairs == 0:
        return np.zeros(n)
    raw = np.array(graph_of(tied).betweenness(directed=False), dtype=np.float64)
    told: Floats = np.round(raw / pairs, ALIKE)
    return told


def among_partners(tied: Bools) -> Ints:
    """Count the ties that the partners of each organisation have among themselves."""
    held = tied.astype(np.float32)
    told: Ints = (np.einsum("ij,ij->i", held @ held, held) / 2).round().astype(np.int64)
    return told


def _effective_size(tied: Bools, n_partners: Ints) -> Floats:
    some = np.maximum(n_partners, 1)
    told: Floats = n_partners - 2.0 * among_partners(tied) / some
    return told


def effective_size_bounds(certain: Bools, possible: Bools) -> tuple[Floats, Floats]:
    """Bound the effective size of each organisation over all networks between two.

    Returns
    -------
    low, high : (n_nodes,) float
        A bound only, over the answers that give it a partner; 0 where none do.

    Notes
    -----
    With k partners, at most all k (k - 1) / 2 ties and at most the possible ones are among them; at
    least those that are certain among the certain partners.
    """
    least, most = certain.sum(axis=1), possible.sum(axis=1)
    fewest, many = among_partners(certain), among_partners(possible)
    high = most - 2.0 * fewest / np.maximum(most, 1)
    low = np.zeros(len(least))
    for node in np.flatnonzero(most > 0).tolist():
        sizes = np.arange(max(int(least[node]), 1), int(most[node]) + 1, dtype=np.float64)
        low[node] = np.maximum(1.0, sizes - 2.0 * many[node] / sizes).min()
    return low, np.where(most > 0, high, 0.0)


def foremost(betweenness: Floats, *, most: int) -> Ints:
    """Choose the organisations that stand between the most others.

    Returns
    -------
    (n_chosen,) int
        In the order of their numbers, which is no rank. Only those that stand between some; never
        more than ``most``; organisations that are equal are all chosen or none of them is.
    """
    values = np.sort(betweenness[betweenness > 0.0])[::-1]
    if len(values) > most:
        values = values[:most][values[:most] > values[most]]
    if not len(values):
        return np.zeros(0, dtype=np.int64)
    return np.flatnonzero(betweenness >= values[-1]).astype(np.int64)
