"""What one organisation may see: its own ties, and what is told of the whole without telling of others.

Who works with whom is personal where a handful of people stand for each organisation. What an
organisation said itself it knows; all else is told as counts that give nobody's answer away to it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from courtepointe.core.disclosure import tellable
from courtepointe.core.errors import BadInput
from courtepointe.core.network.possible import arcs
from courtepointe.core.network.statement import SHARES, state
from courtepointe.core.network.values import Bounded, Network
from courtepointe.core.typing import Bools, Floats, Ints

LEAST = 5
STEP = 0.05
"""Shares of the whole are told to the nearest of these."""


@dataclass(frozen=True, slots=True)
class OwnTie:
    """A tie that an organisation named itself."""

    partner: int
    kind: int
    frequency: int


@dataclass(frozen=True, slots=True)
class ToldCount:
    """A count, or None where it would tell of a few."""

    value: int | None


@dataclass(frozen=True, slots=True)
class EgoView:
    """The network as one of its organisations may see it.

    Attributes
    ----------
    node : int
    answered : bool
    ties : tuple of OwnTie
        In the order of partners, then of kinds.
    n_nodes, n_answered : int
    n_named, n_named_inside, n_named_across : ToldCount
        Whom organisations name, over all; inside a sector, and across two.
    n_naming_it : ToldCount
        Organisations that name it. None also where nearly all do: that tells of those who do not,
        as none tells of all.
    shares : tuple of (str, float)
        Figures of the whole in steps of 5 points; empty where ``n_named`` is not told.
    """

    node: int
    answered: bool
    ties: tuple[OwnTie, ...]
    n_nodes: int
    n_answered: int
    n_named: ToldCount
    n_named_inside: ToldCount
    n_named_across: ToldCount
    n_naming_it: ToldCount
    shares: tuple[tuple[str, float], ...]


def ego_view(network: Network, node: int, *, sectors: Ints, least: int = LEAST) -> EgoView:
    """Give what an organisation may see.

    Parameters
    ----------
    network : Network
    node : int
    sectors : (n_nodes,) int
        Known to all, as the list of organisations is.
    least : int
        The least count that may be told, of ties that are named as of ties that are not.

    Raises
    ------
    BadInput
        ``network_position``, ``core_shape``.

    Notes
    -----
    What is told is chosen by `courtepointe.core.disclosure.tellable`, over what it does not know:
    the answers of the others about it and about each other, inside a sector and across. Both ties
    and gaps are protected, and nothing counts as much as a few. Two organisations that put their
    views together may learn of a third: no view protects against that.
    """
    if not 0 <= node < network.n_nodes:
        raise BadInput("network_position", value=node, expected=network.n_nodes)
    names, possible = arcs(network)
    asked = network.answered[:, None] & ~np.eye(network.n_nodes, dtype=np.bool_)
    groups = _groups(node, sectors)
    yes = _counts(names, groups)
    no = _counts(asked & ~possible, groups)
    told = _told(yes, no, least=least)
    own = _counts(names & _only(node, network.n_nodes), _by_sector(sectors))
    sums = _SUMS @ yes + np.array([own.sum(), own[0], own[1], 0.0])
    shown = [
        ToldCount(int(value) if safe else None) for value, safe in zip(sums, told, strict=True)
    ]
    statement = state(network, sectors)
    shares = [(name, _coarse(getattr(statement, name))) for name in SHARES]
    return EgoView(
        node=node,
        answered=bool(network.answered[node]),
        ties=_own_ties(network, node),
        n_nodes=network.n_nodes,
        n_answered=network.n_answered,
        n_named=shown[0],
        n_named_inside=shown[1],
        n_named_across=shown[2],
        n_naming_it=shown[3],
        shares=tuple((name, part) for name, part in shares if part is not None) if told[0] else (),
    )


_SUMS = np.array([[1, 1, 1, 1], [1, 0, 1, 0], [0, 1, 0, 1], [0, 0, 1, 1]], dtype=np.float64)
"""All, inside a sector, across sectors, naming it: over the four groups of `_groups`."""


def _groups(node: int, sectors: Ints) -> tuple[Bools, ...]:
    """Give what others say of each other inside a sector and across, then of it, inside and across."""
    inside, across = _by_sector(sectors)
    about = _only(node, len(sectors)).T
    others = ~(about | about.T)
    return inside & others, across & others, inside & about, across & about


def _by_sector(sectors: Ints) -> tuple[Bools, Bools]:
    inside = sectors[:, None] == sectors[None, :]
    return inside, ~inside


def _only(node: int, n_nodes: int) -> Bools:
    made = np.zeros((n_nodes, n_nodes), dtype=np.bool_)
    made[node] = True
    return made


def _counts(told: Bools, groups: tuple[Bools, ...]) -> Floats:
    return np.array([float((told & group).sum()) for group in groups])


def _told(yes: Floats, no: Floats, *, least: int) -> Bools:
    """Choose the sums that may be told: neither their ties nor their gaps tell of a few, or of all."""
    safe = np.ones(len(_SUMS), dtype=np.bool_)
    for counts in (yes, no):
        # Nothing tells as much as a few here: it is held as one.
        held = np.maximum(counts, 1.0)
        safe &= tellable(sp.csr_matrix(_SUMS), held, least=float(least))
        safe &= _SUMS @ counts >= least
    return safe


def _own_ties(network: Network, node: int) -> tuple[OwnTie, ...]:
    own = np.flatnonzero((network.from_node == node) & ~network.unsure)
    told = [
        OwnTie(int(network.to_node[k]), int(network.kind[k]), int(network.frequency[k]))
        for k in own
    ]
    return tuple(sorted(told, key=lambda tie: (tie.partner, tie.kind)))


def _coarse(measure: Bounded) -> float | None:
    return None if measure.value is None else round(round(measure.value / STEP) * STEP, 2)
