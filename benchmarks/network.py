"""How long do the figures of a network of partners take, with and without what missing answers leave open, beside networkx?

Made-up networks of 200 and 2,000 organisations with some eight partners each, one in ten of whom did not
answer. *Figures* are density, reciprocity, reach in one and two steps and in all, pieces, effective size, constraint
and betweenness, on the ties that are named; networkx answers the same questions with its own functions. *With bounds* is
all of these, and the lowest and highest that any answers could give, under both rules, of all that has bounds; the peer
still gives the figures alone: it has no bounds. *Places* is a drawing's layout until no disc touches another; networkx's
Kamada-Kawai layout minimises the same stress, without keeping discs apart or sectors together (there is no same answer to hold).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np

import measure
from courtepointe.core.network import (
    ALL,
    Network,
    Rule,
    across_sectors,
    between,
    betweenness_bounds,
    brokers,
    centralisation,
    density,
    effective_size_bounds,
    in_largest,
    mean_reach,
    n_pieces,
    named,
    network_of,
    pieces,
    reach,
    reach_of,
    reciprocity,
    roles,
)
from courtepointe.core.network.layout import joined, lay_out
from courtepointe.core.network.spread import closest

SEED = 20260301
N_SECTORS = 7
MEAN = 5.0
SILENT = 0.1
ROOM = 22.0
Answer = dict[str, Any]


def made(n: int, *, silent: float = SILENT) -> tuple[Network, np.ndarray]:
    """Draw who names whom, more inside a sector, and who did not answer."""
    chance = np.random.default_rng(SEED)
    sectors = chance.integers(1, N_SECTORS + 1, n)
    pull = chance.pareto(2.2, n) + 0.35
    liking = pull[None, :] * np.where(sectors[:, None] == sectors[None, :], 8.0, 1.0)
    np.fill_diagonal(liking, 0.0)
    held = chance.random((n, n)) < np.minimum(MEAN * n * liking / liking.sum(), 0.9)
    held |= held.T & (chance.random((n, n)) < 0.4)
    quiet = np.flatnonzero(chance.random(n) < silent)
    held[quiet] = False
    pairs = [(int(a), int(b)) for a, b in np.argwhere(held)]
    return network_of(pairs, n_nodes=n, silent=quiet.tolist()), sectors


def figures(network: Network) -> Answer:
    """Give our figures of the ties that are named."""
    tied = between(network).certain
    told, reached, between_ = brokers(tied), reach_of(tied), named(network)
    n = network.n_nodes
    mutual = int((between_ & between_.T).sum())
    return {
        "density": int(tied.sum()) / (n * (n - 1)),
        "reciprocity": mutual / int(between_.sum()),
        "reach": [float(one.mean()) for one in (reached.in_one, reached.in_two, reached.in_all)],
        "pieces": sorted(pieces(tied).sizes.tolist()),
        "effective_size": told.effective_size.tolist(),
        "constraint": told.constraint.tolist(),
        "betweenness": np.round(told.betweenness, 8).tolist(),
    }


def bounds(network: Network, sectors: np.ndarray) -> list[object]:
    """Give the bounds of all that has them."""
    told: list[object] = [
        density(network), reciprocity(network), in_largest(network), n_pieces(network),
        centralisation(network), across_sectors(network, sectors), roles(network, sectors),
    ]  # fmt: skip
    reached = reach(network)
    told += [mean_reach(reached, within=steps) for steps in (1, 2, ALL)]
    for rule in Rule:
        span = between(network, rule=rule)
        told += [betweenness_bounds(span), effective_size_bounds(span.certain, span.possible)]
    return told


def ours(argument: Mapping[str, Any]) -> measure.Timed:
    """Time the figures, with their bounds where they are asked for."""
    network, sectors = made(argument["n"])

    def ask() -> Answer:
        if argument["bounds"]:
            bounds(network, sectors)
        return figures(network)

    return timed(ask)


def by_networkx(argument: Mapping[str, Any]) -> measure.Timed:
    """Time networkx on the same questions."""
    network, _ = made(argument["n"])
    ends = list(zip(network.from_node.tolist(), network.to_node.tolist(), strict=True))
    directed = nx.DiGraph()
    directed.add_nodes_from(range(network.n_nodes))
    directed.add_edges_from(ends)
    graph = directed.to_undirected()
    return timed(lambda: of_networkx(graph, directed), warm=False)


def of_networkx(graph: nx.Graph, directed: nx.DiGraph) -> Answer:
    """Give the same figures from networkx."""
    n = graph.number_of_nodes()
    within = np.zeros(3)
    for _, far in nx.all_pairs_shortest_path_length(graph):
        steps = np.fromiter(far.values(), dtype=np.int64)
        within += [int((steps <= most).sum()) - 1 for most in (1, 2, n)]
    constraint, size = nx.constraint(graph), nx.effective_size(graph)
    through = nx.betweenness_centrality(graph)
    return {
        "density": nx.density(graph),
        "reciprocity": nx.overall_reciprocity(directed),
        "reach": (within / (n * (n - 1))).tolist(),
        "pieces": sorted(map(len, nx.connected_components(graph))),
        # Of an organisation without a partner networkx says NaN.
        "effective_size": np.nan_to_num([size[v] for v in graph]).tolist(),
        "constraint": np.nan_to_num([constraint[v] for v in graph]).tolist(),
        "betweenness": np.round([through[v] for v in graph], 8).tolist(),
    }


def places(argument: Mapping[str, Any]) -> measure.Timed:
    """Time our layout, and see that no disc touches another."""
    network, sectors = made(argument["n"])
    tied = between(network).certain
    every = np.arange(network.n_nodes)
    ties = joined([(tied, every)], n_nodes=network.n_nodes)
    side = 60.0 * float(np.sqrt(network.n_nodes))

    def ask() -> bool:
        told = lay_out(ties, sectors=sectors, width=side, height=side, room=ROOM)
        return closest(told.positions) >= ROOM - 0.1

    return timed(ask)


def places_of_networkx(argument: Mapping[str, Any]) -> measure.Timed:
    """Time networkx's layout by stress, of the largest piece."""
    network, _ = made(argument["n"])
    graph = nx.from_numpy_array(between(network).certain.astype(int))
    largest = graph.subgraph(max(nx.connected_components(graph), key=len))

    def ask() -> bool:
        nx.kamada_kawai_layout(largest)
        return True

    return timed(ask, warm=False)


def timed(ask: Callable[[], Any], *, warm: bool = True) -> measure.Timed:
    """Ask once to load what is compiled, then once for the clock."""
    if warm:
        ask()
    start = time.perf_counter()
    told = ask()
    return measure.Timed(time.perf_counter() - start, told)


def questions(folder: Path) -> Iterator[measure.Question]:
    """Ask about a large round-table and about a large city."""
    peers = ((f"networkx {nx.__version__}", "by_networkx"),)
    for n in (200, 2_000):
        network, _ = made(n)
        size = f"{n:,} organisations, {network.n_ties:,} ties, {n - network.n_answered} silent"
        for name, with_bounds in (("figures", False), ("figures, ours with bounds", True)):
            argument = {"n": n, "bounds": with_bounds}
            yield measure.Question(name, size, argument, peers, tolerance=1e-7)
    layouts = ((f"networkx {nx.__version__}, Kamada-Kawai", "places_of_networkx"),)
    size = f"{200:,} organisations"
    yield measure.Question("places of a drawing", size, {"n": 200}, layouts, ours="places")


if __name__ == "__main__":
    measure.answer(
        {
            "ours": ours,
            "by_networkx": by_networkx,
            "places": places,
            "places_of_networkx": places_of_networkx,
        },
        questions,
    )
