"""What the answers leave open: the ties that are certain, and those that are possible."""

from __future__ import annotations

import numpy as np

from courtepointe.core.network.values import Between, Network, Reading, Rule
from courtepointe.core.typing import Bools


def between(
    network: Network, *, reading: Reading = Reading.EITHER, rule: Rule = Rule.ANY_ANSWERS
) -> Between:
    """Give the certain and the possible ties of a network under a reading and a rule.

    Parameters
    ----------
    network : Network
        Ties of several kinds between two organisations count once.
    reading : Reading
    rule : Rule

    Returns
    -------
    Between
        Symmetric under `Reading.EITHER` and `Reading.BOTH`.

    Notes
    -----
    The rule `Rule.NAMED_BY_OTHER` is the reconstruction of D. Stork and W. D. Richards,
    "Nonrespondents in communication network studies", Group and Organization Management 17
    (1992); M. Huisman, "Imputation of missing network data", Journal of Social Structure 10
    (2009), measures how well it does. What two silent organisations would say of each other is
    not made up.
    """
    certain, possible = arcs(network, rule=rule)
    if reading is Reading.DIRECTED:
        return Between(certain, possible, directed=True)
    if reading is Reading.BOTH:
        return Between(certain & certain.T, possible & possible.T, directed=False)
    return Between(certain | certain.T, possible | possible.T, directed=False)


def arcs(network: Network, *, rule: Rule = Rule.ANY_ANSWERS) -> tuple[Bools, Bools]:
    """Give who certainly names whom, and who possibly does: two (n_nodes, n_nodes) bool."""
    certain, noted = _told(network)
    silent = ~network.answered
    possible = noted | silent[:, None]
    np.fill_diagonal(possible, False)
    if rule is Rule.ANY_ANSWERS:
        return certain, possible
    spoken_for = silent[:, None] & network.answered[None, :]
    return (
        np.where(spoken_for, certain | certain.T, certain),
        np.where(spoken_for, noted | noted.T, possible),
    )


def named(network: Network) -> Bools:
    """Give who names whom for certain, (n_nodes, n_nodes) bool."""
    return _told(network)[0]


def _told(network: Network) -> tuple[Bools, Bools]:
    """Give the ties that were told as certain, and with them those told as unsure."""
    certain = np.zeros((network.n_nodes, network.n_nodes), dtype=np.bool_)
    sure = ~network.unsure
    certain[network.from_node[sure], network.to_node[sure]] = True
    noted = certain.copy()
    noted[network.from_node, network.to_node] = True
    return certain, noted
