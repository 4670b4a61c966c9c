"""The chain from what was said to what was seen: a graph that is walked both ways."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """A thing of the chain: its kind, its number."""

    kind: str
    number: int


@dataclass(frozen=True, slots=True)
class Node:
    """A thing of the chain, in words.

    Attributes
    ----------
    title : str
        Empty where its words may not be quoted, or are no longer kept.
    dimension, state : str
        Codes; empty where it has none.
    leads : int or None
        The number that its page asks for.
    """

    key: Key
    title: str = ""
    dimension: str = ""
    state: str = ""
    day: date | None = None
    leads: int | None = None


@dataclass(frozen=True, slots=True)
class Chain:
    """A thing with all that it comes from and all that came of it.

    Attributes
    ----------
    portrait : int
        Number of the portrait that all of it is of; 0 where it is of none.
    edges : frozenset of (Key, Key)
        From what came first to what came of it.
    """

    at: Key
    nodes: Mapping[Key, Node]
    edges: frozenset[tuple[Key, Key]]
    portrait: int = 0


@dataclass(frozen=True, slots=True)
class Branch:
    """A thing and what follows; ``again`` where it was told before: what follows is not repeated."""

    node: Node
    more: tuple[Branch, ...]
    again: bool = False


def chain_of(
    at: Key, nodes: Mapping[Key, Node], edges: Iterable[tuple[Key, Key]], *, portrait: int = 0
) -> Chain:
    """Keep of a graph what a thing comes from, and what came of it."""
    held = frozenset(edge for edge in edges if edge[0] in nodes and edge[1] in nodes)
    kept = {edge for back in (True, False) for edge in _reached(at, held, back=back)}
    keys = {at, *(key for edge in kept for key in edge)}
    return Chain(at, {key: nodes[key] for key in sorted(keys)}, frozenset(kept), portrait)


def _beside(edges: Iterable[tuple[Key, Key]], *, back: bool) -> dict[Key, list[Key]]:
    found: dict[Key, list[Key]] = {}
    for first, then in sorted(edges):
        here, there = (then, first) if back else (first, then)
        found.setdefault(here, []).append(there)
    return found


def _reached(at: Key, edges: Iterable[tuple[Key, Key]], *, back: bool) -> set[tuple[Key, Key]]:
    beside = _beside(edges, back=back)
    kept: set[tuple[Key, Key]] = set()
    seen, waiting = {at}, [at]
    while waiting:
        here = waiting.pop()
        for there in beside.get(here, ()):
            kept.add((there, here) if back else (here, there))
            if there not in seen:
                seen.add(there)
                waiting.append(there)
    return kept


def branches(chain: Chain, *, back: bool) -> tuple[Branch, ...]:
    """Give what a thing comes from (``back``), or what came of it, as a tree.

    A thing that two others lead to stands under both; what follows it is told once, under the first.
    """
    beside = _beside(chain.edges, back=back)
    told = {chain.at}

    def under(key: Key) -> tuple[Branch, ...]:
        found = []
        for there in beside.get(key, ()):
            again = there in told
            told.add(there)
            more = () if again else under(there)
            found.append(Branch(chain.nodes[there], more, again))
        return tuple(found)

    return under(chain.at)
