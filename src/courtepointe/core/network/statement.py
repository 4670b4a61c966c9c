"""The figures of one wave, and what missing answers do to each: what sentences are written from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from courtepointe.core.network.brokers import betweenness, foremost
from courtepointe.core.network.density import density, reciprocity
from courtepointe.core.network.possible import arcs, between
from courtepointe.core.network.reach import ALL, mean_reach, reach
from courtepointe.core.network.sectors import across_by_chance, across_sectors
from courtepointe.core.network.shape import centralisation, in_largest, n_alone, n_pieces
from courtepointe.core.network.values import Bounded, Network, Rule
from courtepointe.core.typing import Ints

MOST_BROKERS = 12
SHARES = (
    "in_largest", "reach_in_two", "reach_in_all", "reciprocity", "across_sectors", "density",
    "centralisation",
)  # fmt: skip
"""Figures from 0 to 1, in the order in which they are told: what holds together first."""
COUNTS = ("n_pieces", "n_alone")


@dataclass(frozen=True, slots=True)
class NetworkStatement:
    """What may be said of a network in one wave.

    Attributes
    ----------
    n_nodes, n_answered : int
    n_named : int
        Organisations that an organisation names, over all: directed ties, each pair counted once.
    n_links : int
        Pairs of partners: one of the two at least names the other.
    n_mutual : int
        Pairs that name each other.
    n_open, n_open_named_by_other : int
        Pairs of whom it is not known whether they are partners, under no rule and under
        `Rule.NAMED_BY_OTHER`.
    in_largest : Bounded
        Part of organisations that hold together in one piece.
    reach_in_two, reach_in_all : Bounded
        Mean part of the others that an organisation reaches in two steps, and in any number.
    reciprocity, across_sectors, density, centralisation : Bounded
    n_pieces, n_alone : Bounded
        Counts.
    across_by_chance : float or None
        What ``across_sectors`` would be for ties drawn blindly.
    brokers : (n_brokers,) int
        Those who stand between the most others, by named ties, in the order of their numbers.
    """

    n_nodes: int
    n_answered: int
    n_named: int
    n_links: int
    n_mutual: int
    n_open: int
    n_open_named_by_other: int
    in_largest: Bounded
    reach_in_two: Bounded
    reach_in_all: Bounded
    reciprocity: Bounded
    across_sectors: Bounded
    density: Bounded
    centralisation: Bounded
    n_pieces: Bounded
    n_alone: Bounded
    across_by_chance: float | None
    brokers: Ints

    @property
    def n_silent(self) -> int:
        """Organisations that did not answer."""
        return self.n_nodes - self.n_answered


def state(network: Network, sectors: Ints, *, most_brokers: int = MOST_BROKERS) -> NetworkStatement:
    """Work out the figures of a wave.

    Parameters
    ----------
    network : Network
    sectors : (n_nodes,) int
        From 1; `UNSAID` where not known.
    most_brokers : int

    Raises
    ------
    BadInput
        ``core_shape``.
    """
    open_, ruled = (between(network, rule=rule) for rule in Rule)
    names, _ = arcs(network)
    reached = reach(network)
    return NetworkStatement(
        n_nodes=network.n_nodes,
        n_answered=network.n_answered,
        n_named=int(names.sum()),
        n_links=int(open_.certain.sum()) // 2,
        n_mutual=int((names & names.T).sum()) // 2,
        n_open=int(open_.open.sum()) // 2,
        n_open_named_by_other=int(ruled.open.sum()) // 2,
        in_largest=in_largest(network),
        reach_in_two=mean_reach(reached, within=2),
        reach_in_all=mean_reach(reached, within=ALL),
        reciprocity=reciprocity(network),
        across_sectors=across_sectors(network, sectors),
        density=density(network),
        centralisation=centralisation(network),
        n_pieces=n_pieces(network),
        n_alone=n_alone(network),
        across_by_chance=across_by_chance(sectors),
        brokers=foremost(betweenness(open_.certain), most=most_brokers),
    )


def most_brokers_of(n_nodes: int) -> int:
    """Say how many brokers are worth naming among so many organisations: one in eight, 3 to 12."""
    return int(np.clip(n_nodes // 8, 3, MOST_BROKERS))
