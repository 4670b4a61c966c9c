"""A network of organisations in one wave, and figures that know what missing answers may hide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from courtepointe.core.errors import BadInput
from courtepointe.core.typing import Bools, Ints

UNSAID = 0
"""The frequency, the trust or the sector that nobody said; said ones count from 1."""
MOST_NODES = 5_000
"""Who may be tied to whom is held as a table of n by n."""


class Reading(StrEnum):
    """How what organisations say of each other is read as a network."""

    DIRECTED = "directed"
    """Who names whom."""
    EITHER = "either"
    """Two are partners where one of them names the other."""
    BOTH = "both"
    """Two are partners where each names the other."""


class Rule(StrEnum):
    """What is supposed of organisations that did not answer."""

    ANY_ANSWERS = "any_answers"
    """Nothing: they might have named anybody."""
    NAMED_BY_OTHER = "named_by_other"
    """They would have named those who name them, and nobody else among those who answered. What
    lies between two that did not answer stays unknown."""


@dataclass(frozen=True, slots=True)
class Network:
    """Who names whom in one wave of a survey.

    Attributes
    ----------
    n_nodes : int
        Organisations, numbered from 0.
    from_node, to_node : (n_ties,) int
        Who names, who is named.
    kind : (n_ties,) int
        Of the tie; two organisations may have one tie of each kind each way.
    frequency : (n_ties,) int
        1 for the least often, then rising; `UNSAID` where it was not said.
    answered : (n_nodes,) bool
        What an organisation that did not answer would have said is unknown, never absent; ties
        that are known of it all the same (from minutes, from half an answer) are held as any other.
    unsure : (n_ties,) bool
        Ties of which it is not known whether they are there.

    Raises
    ------
    BadInput
        ``core_shape``, ``network_too_large``, ``network_position``, ``network_self_tie``,
        ``network_tie_twice``, ``network_below_zero``.
    """

    n_nodes: int
    from_node: Ints
    to_node: Ints
    kind: Ints
    frequency: Ints
    answered: Bools
    unsure: Bools

    def __post_init__(self) -> None:
        self._check_shapes()
        ends = np.concatenate([self.from_node, self.to_node])
        outside = ends[(ends < 0) | (ends >= self.n_nodes)]
        if outside.size:
            raise BadInput("network_position", value=int(outside[0]), expected=self.n_nodes)
        if (self.from_node == self.to_node).any():
            place = int(np.flatnonzero(self.from_node == self.to_node)[0])
            raise BadInput("network_self_tie", value=int(self.from_node[place]), position=place)
        if (self.kind < 0).any() or (self.frequency < 0).any():
            raise BadInput("network_below_zero")
        self._check_twice()

    def _check_shapes(self) -> None:
        if not 1 <= self.n_nodes <= MOST_NODES:
            raise BadInput("network_too_large", value=self.n_nodes, expected=MOST_NODES)
        n_ties = self.from_node.shape
        held = {
            "to_node": (self.to_node, n_ties), "kind": (self.kind, n_ties),
            "frequency": (self.frequency, n_ties), "unsure": (self.unsure, n_ties),
            "answered": (self.answered, (self.n_nodes,)),
        }  # fmt: skip
        for name, (array, expected) in held.items():
            if array.shape != expected:
                raise BadInput("core_shape", array=name, shape=array.shape, expected=expected)

    def _check_twice(self) -> None:
        told = np.stack([self.from_node, self.to_node, self.kind], axis=1)
        _, first = np.unique(told, axis=0, return_index=True)
        if len(first) < len(told):
            place = int(np.setdiff1d(np.arange(len(told)), first)[0])
            raise BadInput("network_tie_twice", position=place)

    @property
    def n_ties(self) -> int:
        """Number of ties of all kinds."""
        return len(self.from_node)

    @property
    def n_answered(self) -> int:
        """Organisations that answered."""
        return int(self.answered.sum())


def network_of(
    ties: Sequence[tuple[int, int]], *, n_nodes: int, silent: Sequence[int] = ()
) -> Network:
    """Make a network of ties of one kind; all but the silent answered."""
    pairs = np.array(ties, dtype=np.int64).reshape(-1, 2)
    none = np.zeros(len(pairs), dtype=np.int64)
    answered = np.ones(n_nodes, dtype=np.bool_)
    answered[list(silent)] = False
    return Network(n_nodes, pairs[:, 0], pairs[:, 1], none, none, answered, none.astype(np.bool_))


def check_sectors(sectors: Ints, n_nodes: int) -> None:
    """Hold that each organisation has a sector, from 1, or `UNSAID` where it is not known.

    Raises
    ------
    BadInput
        ``core_shape``, ``network_below_zero``.
    """
    if sectors.shape != (n_nodes,):
        raise BadInput("core_shape", array="sectors", shape=sectors.shape, expected=(n_nodes,))
    if (sectors < 0).any():
        raise BadInput("network_below_zero")


def taken(network: Network, ties: Bools) -> Network:
    """Keep the ties where the mask holds."""
    return replace(
        network,
        from_node=network.from_node[ties],
        to_node=network.to_node[ties],
        kind=network.kind[ties],
        frequency=network.frequency[ties],
        unsure=network.unsure[ties],
    )


def of_kinds(network: Network, kinds: Sequence[int]) -> Network:
    """Keep the ties of some kinds."""
    return taken(network, np.isin(network.kind, np.array(kinds, dtype=np.int64)))


def as_often_as(network: Network, least: int) -> Network:
    """Keep the ties that are at least as frequent; those whose frequency was not said are unsure."""
    unsaid = network.frequency == UNSAID
    kept = taken(network, unsaid | (network.frequency >= least))
    return replace(kept, unsure=kept.unsure | (kept.frequency == UNSAID))


def among(network: Network, nodes: Ints) -> Network:
    """Keep some organisations and the ties among them, numbered anew in the order given."""
    place = np.full(network.n_nodes, -1, dtype=np.int64)
    place[nodes] = np.arange(len(nodes))
    inside = (place[network.from_node] >= 0) & (place[network.to_node] >= 0)
    kept = taken(network, inside)
    return replace(
        kept,
        n_nodes=len(nodes),
        from_node=place[kept.from_node],
        to_node=place[kept.to_node],
        answered=network.answered[nodes],
    )


@dataclass(frozen=True, slots=True)
class Between:
    """All networks that the answers leave open: those between two.

    Attributes
    ----------
    certain : (n_nodes, n_nodes) bool
        From, to: the ties that are there in all of them.
    possible : (n_nodes, n_nodes) bool
        Those that are there in at least one; each of the others may be there or not,
        independently of the rest.
    directed : bool
    """

    certain: Bools
    possible: Bools
    directed: bool

    @property
    def n_nodes(self) -> int:
        """Organisations."""
        return len(self.certain)

    @property
    def open(self) -> Bools:
        """The ties of which it is not known whether they are there."""
        told: Bools = self.possible & ~self.certain
        return told


@dataclass(frozen=True, slots=True)
class Bounds:
    """The lowest and the highest that any answers could give.

    Attributes
    ----------
    low, high : float or None
        None where no answers at all would give the figure a value.
    exact : bool
        Both ends are reached by some answers; else they are a bound only: no answers give more,
        and it is not said that some give as much.
    """

    low: float | None
    high: float | None
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Bounded:
    """A figure of a network, with what missing answers may do to it.

    Attributes
    ----------
    value : float or None
        From what is known; None where that gives none (no tie: no share of ties).
    at_least : bool
        The value counts only what was named, and missing answers can only raise it.
    any_answers : Bounds
        Whatever those who did not answer would have said.
    named_by_other : Bounds or None
        Under the rule `Rule.NAMED_BY_OTHER`; None where that rule would settle the question by
        itself.
    """

    value: float | None
    at_least: bool
    any_answers: Bounds
    named_by_other: Bounds | None

    @property
    def settled(self) -> bool:
        """Whether no answers could change it."""
        return self.any_answers.low == self.any_answers.high
