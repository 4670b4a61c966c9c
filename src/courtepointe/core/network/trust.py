"""Trust between organisations: for the evaluator only, and apart from all that is drawn."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from courtepointe.core.errors import BadInput
from courtepointe.core.network.possible import arcs, named
from courtepointe.core.network.values import UNSAID, Bounded, Bounds, Network, Rule
from courtepointe.core.typing import Ints


@dataclass(frozen=True, slots=True)
class Trusted:
    """A network with what organisations say of their trust.

    Attributes
    ----------
    network : Network
        Drawings and statements take this, and never see the trust.
    trust : (n_ties,) int
        1 for the least, then rising; `UNSAID` where it was not said.

    Raises
    ------
    BadInput
        ``core_shape``, ``network_below_zero``.
    """

    network: Network
    trust: Ints

    def __post_init__(self) -> None:
        expected = self.network.from_node.shape
        if self.trust.shape != expected:
            shape = self.trust.shape
            raise BadInput("core_shape", array="trust", shape=shape, expected=expected)
        if (self.trust < 0).any():
            raise BadInput("network_below_zero")


def trust_counts(trusted: Trusted, *, n_levels: int) -> Ints:
    """Count the named ties by trust: (n_levels + 1,) int, those of unsaid trust first."""
    told = _levels(trusted)[named(trusted.network)]
    return np.bincount(told, minlength=n_levels + 1).astype(np.int64)


def trusting(trusted: Trusted, *, least: int) -> Bounded:
    """Give the part of ties whose trust is at least so high, each way for itself.

    Returns
    -------
    Bounded
        The value is that of the ties whose trust was said. Exact bounds: an open tie may be there with any
        trust or not at all; a tie whose trust was not said may have any.
    """
    level = _levels(trusted)
    names = named(trusted.network)
    high = int(((level >= least) & names).sum())
    said = int(((level != UNSAID) & names).sum())
    value = high / said if said else None
    bounds = []
    for rule in Rule:
        _, possible = arcs(trusted.network, rule=rule)
        n_most = int(possible.sum())
        ends = (high / n_most, (n_most - (said - high)) / n_most) if n_most else (None, None)
        bounds.append(Bounds(*ends))
    return Bounded(value, False, bounds[0], bounds[1])


def trusting_both_ways(trusted: Trusted, *, least: int) -> Bounded:
    """Give the part of pairs that name each other in which both trust at least so much.

    Returns
    -------
    Bounded
        The value is that of the pairs in which both said. Exact bounds over the answers that leave
        such a pair. No bounds under `Rule.NAMED_BY_OTHER`, which says nothing of trust.
    """
    level = _levels(trusted)
    certain, possible = arcs(trusted.network)
    upper = np.triu(np.ones_like(certain), 1)
    mutual = certain & certain.T & upper
    may = possible & possible.T & upper
    low_side = (level != UNSAID) & (level < least) & certain
    spoilt = low_side | low_side.T
    high_side = (level >= least) & certain
    both = mutual & high_side & high_side.T
    said = mutual & (level != UNSAID) & (level.T != UNSAID)
    most = mutual | (may & ~spoilt)
    high = _part(int((may & ~spoilt).sum()), int(most.sum()))
    low = _part(int(both.sum()), int(may.sum()))
    if high is None and may.any():
        high = 0.0
    return Bounded(_part(int(both.sum()), int(said.sum())), False, Bounds(low, high), None)


def _part(some: int, all_: int) -> float | None:
    return some / all_ if all_ else None


def _levels(trusted: Trusted) -> Ints:
    """Give the greatest trust said of each pair over its kinds: (n_nodes, n_nodes) int."""
    network = trusted.network
    level = np.zeros((network.n_nodes, network.n_nodes), dtype=np.int64)
    np.maximum.at(level, (network.from_node, network.to_node), trusted.trust)
    return level
