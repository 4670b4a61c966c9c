"""How many of the ties that could be are there, and how many are named from both sides."""

from __future__ import annotations

import numpy as np

from courtepointe.core.network.possible import arcs, between
from courtepointe.core.network.values import Between, Bounded, Bounds, Network, Reading, Rule
from courtepointe.core.typing import Bools


def density(network: Network, *, reading: Reading = Reading.EITHER) -> Bounded:
    """Give the part of all pairs of organisations that are tied.

    Returns
    -------
    Bounded
        The value is that of the pairs of which something is known: those that are open count
        neither as tied nor as apart. Under `Reading.BOTH` it is what is certain, at least: what is
        known of the other pairs is mostly that they are not. Exact bounds. None for a single
        organisation.
    """
    spans = [between(network, reading=reading, rule=rule) for rule in Rule]
    bounds = [_density_bounds(span) for span in spans]
    if reading is Reading.BOTH:
        return Bounded(bounds[0].low, True, bounds[0], bounds[1])
    # Of two partners, who is silent is spoken for by the other: only two silent ones are open.
    span = spans[1] if reading is Reading.EITHER else spans[0]
    known = _pairs(span) - _count(span.open, span)
    value = None if known <= 0 else _count(span.certain, span) / known
    return Bounded(value, False, bounds[0], bounds[1])


def _density_bounds(span: Between) -> Bounds:
    pairs = _pairs(span)
    if pairs == 0:
        return Bounds(None, None)
    return Bounds(_count(span.certain, span) / pairs, _count(span.possible, span) / pairs)


def _pairs(span: Between) -> int:
    ordered = span.n_nodes * (span.n_nodes - 1)
    return ordered if span.directed else ordered // 2


def _count(ties: Bools, span: Between) -> int:
    total = int(ties.sum())
    return total if span.directed else total // 2


def reciprocity(network: Network) -> Bounded:
    """Give the part of tied pairs that name each other.

    Returns
    -------
    Bounded
        The value is that of the pairs of which both sides are known. Exact bounds over the answers
        that leave at least one tie. The rule `Rule.NAMED_BY_OTHER` supposes that the silent name
        those who name them, and would answer the question by itself: no bounds under it.

    Notes
    -----
    Mutual pairs over mutual and one-sided ones, the *ratio* mode of igraph; S. Wasserman and K.
    Faust, Social Network Analysis (1994), section 13.3. A pair of which neither side is known
    may be mutual, one-sided or apart; of which one is known, two of these. Mutual pairs raise the share
    and one-sided ones lower it, so both ends choose pair by pair.
    """
    certain, possible = arcs(network)
    upper = np.triu(np.ones_like(certain), 1)
    yes, maybe = certain & upper, possible & upper
    yes_back, maybe_back = certain.T & upper, possible.T & upper
    tied, mutual = yes | yes_back, yes & yes_back
    can_mutual = maybe & maybe_back
    can_one = (maybe | maybe_back) & ~mutual
    low = _part(int(mutual.sum()), int(can_one.sum()))
    must_one = tied & ~can_mutual
    high = _part(int(can_mutual.sum()), int(must_one.sum()))
    if not can_mutual.any() and can_one.any():
        high = 0.0
    known = (yes == maybe) & (yes_back == maybe_back)
    value = _part(int((mutual & known).sum()), int((tied & ~mutual & known).sum()))
    return Bounded(value, False, Bounds(low, high), None)


def _part(mutual: int, one_sided: int) -> float | None:
    return mutual / (mutual + one_sided) if mutual + one_sided else None
