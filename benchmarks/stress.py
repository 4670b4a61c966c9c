"""How soon is it known whom hubs serve in a thousand scenarios, beside scipy's search repeated?

The made-up cities of `access.py`, double precision, two threads. A *flood* closes every street that one of 5 discs of 400 m touches, and one hub in
twenty; a *hard* scenario closes one street in a hundred and one hub in ten, anywhere. Ours is all that comes after the graph: the town
solved once, and people and minutes of each scenario; *with discs*, also the index of streets and the streets that each disc touches.
scipy repeats its fastest search, `dijkstra(min_only=True)` from the hubs that are open, over a matrix whose closed streets are infinite; a sample of the
scenarios, scaled. Answers are nodes reached and minutes of each scenario of the sample, and the minutes of nodes of the first few.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import scipy
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

import measure
from access import PER_MINUTE, SEED, Raw, city, graph_of, read
from courtepointe.core.stress import (
    Closures,
    Ground,
    base_of,
    closures_of,
    nearest_under,
    serve_under,
)

RADIUS_M = 400.0
DISCS = 5
LOOKED_AT = 3
THREADS = 2
FLOODS, HARD = 1_000, 200


def discs_of(raw: Raw, n: int) -> np.ndarray:
    """Draw the middles of the discs of each scenario, at crossings."""
    chance = np.random.default_rng(SEED + 1)
    told: np.ndarray = raw["points"][chance.integers(0, len(raw["points"]), (n, DISCS))]
    return told


def hubs_gone(raw: Raw, n: int, part: float) -> list[np.ndarray]:
    """Draw the hubs that each scenario closes."""
    chance, n_hubs = np.random.default_rng(SEED + 2), len(raw["hubs"])
    return [chance.choice(n_hubs, int(part * n_hubs), replace=False) for _ in range(n)]


def floods(ground: Ground, raw: Raw, n: int) -> Closures:
    """Find the streets that the discs of each scenario touch."""
    middles = discs_of(raw, n).reshape(-1, 2)
    disc, edge = ground.edges_of_discs(middles, np.full(len(middles), RADIUS_M))
    order = np.argsort(disc, kind="stable")
    scenario, edge = disc[order] // DISCS, edge[order]
    ends = np.searchsorted(scenario, np.arange(n + 1))
    gone = hubs_gone(raw, n, 0.05)
    return closures_of((edge[ends[k] : ends[k + 1]], gone[k]) for k in range(n))


def hard(raw: Raw, n: int) -> Closures:
    """Close one street in a hundred and one hub in ten."""
    chance, n_edges = np.random.default_rng(SEED + 3), len(raw["length_m"])
    gone = hubs_gone(raw, n, 0.1)
    return closures_of((np.flatnonzero(chance.random(n_edges) < 0.01), one) for one in gone)


def closures_in(argument: Mapping[str, Any]) -> Closures:
    """Read what is closed, which was written once."""
    folder = Path(argument["folder"]) / argument["kind"]
    names = ("edges_first", "edges", "hubs_first", "hubs")
    return Closures(*(np.load(folder / f"{name}.npy") for name in names))


def looked_at(raw: Raw) -> np.ndarray:
    """Choose nodes whose minutes are compared one by one, as they were given."""
    return np.random.default_rng(SEED + 4).integers(0, len(raw["points"]), 2_000)


def seen(minutes: np.ndarray) -> list[float]:
    """Write minutes for comparison: -1 where none is reached."""
    told: list[float] = np.where(np.isfinite(minutes), minutes, -1.0).tolist()
    return told


def warm() -> None:
    """Load what is compiled."""
    raw = city(12, 3, shuffled=False)
    streets, pace, starts = graph_of(raw)
    base = base_of(streets, pace, starts)
    closures = hard(raw, 2)
    serve_under(base, closures)
    list(nearest_under(base, closures))


def ours(argument: Mapping[str, Any]) -> measure.Timed:
    """Whom hubs serve in all scenarios, ours."""
    warm()
    raw = read(argument)
    streets, pace, starts = graph_of(raw)
    closures = closures_in(argument)
    start = time.perf_counter()
    if argument["discs"]:
        closures = floods(Ground(streets), raw, len(closures))
    base = base_of(streets, pace, starts)
    told = serve_under(base, closures, n_threads=THREADS)
    seconds = time.perf_counter() - start
    sample, nodes = argument["sample"], streets.place()[looked_at(raw)]
    few = closures_of(closures.of(k) for k in range(LOOKED_AT))
    answer = [
        [[float(told.served[k, 0]), float(told.minutes[k, 0])] for k in range(sample)],
        [seen(one.minutes[nodes]) for one in nearest_under(base, few)],
    ]
    return measure.Timed(seconds, answer)


def cut(raw: Raw, closures: Closures) -> Callable[[int], np.ndarray]:
    """Prepare scipy's matrix; give the search of a scenario."""
    n, minutes = len(raw["points"]), raw["length_m"] / PER_MINUTE
    one, other = raw["from_node"], raw["to_node"]
    ends = np.concatenate([one, other]), np.concatenate([other, one])
    numbers = np.tile(np.arange(1.0, len(minutes) + 1.0), 2)
    graph = csr_matrix((numbers, ends), shape=(n, n))
    edge = graph.data.astype(np.int64) - 1
    arcs = np.argsort(edge, kind="stable").reshape(-1, 2)
    whole, open_ = minutes[edge], np.ones(len(raw["hubs"]), dtype=bool)

    def search(scenario: int) -> np.ndarray:
        edges, hubs = closures.of(scenario)
        data, left = whole.copy(), open_.copy()
        data[arcs[edges].ravel()] = np.inf
        left[hubs] = False
        held = csr_matrix((data, graph.indices, graph.indptr), shape=(n, n))
        told: np.ndarray = dijkstra(held, indices=raw["hubs"][left], min_only=True)
        return told

    return search


def by_scipy(argument: Mapping[str, Any]) -> measure.Timed:
    """Search the cut streets again and again with scipy, for a sample of the scenarios."""
    raw, closures = read(argument), closures_in(argument)
    search, nodes = cut(raw, closures), looked_at(raw)
    sums, few, seconds = [], [], 0.0
    for scenario in range(argument["sample"]):
        start = time.perf_counter()
        minutes = search(scenario)
        seconds += time.perf_counter() - start
        held = minutes[np.isfinite(minutes)]
        sums.append([float(len(held)), float(held.sum())])
        if scenario < LOOKED_AT:
            few.append(seen(minutes[nodes]))
    return measure.Timed(seconds * len(closures) / argument["sample"], [sums, few])


def draw(argument: Mapping[str, Any]) -> int:
    """Draw a city and what its scenarios close, in a process of its own: its memory is nobody else's."""
    raw, place = city(argument["side"], argument["hubs"], shuffled=False), Path(argument["folder"])
    write(place, raw)
    ground = Ground(graph_of(raw)[0])
    for kind, told in (("flood", floods(ground, raw, FLOODS)), ("hard", hard(raw, HARD))):
        names = ("edges_first", "edges", "hubs_first", "hubs")
        write(place / kind, {name: getattr(told, name) for name in names})
    return len(raw["points"])


def questions(folder: Path) -> Iterator[measure.Question]:
    """Ask about Montréal and about a million crossings."""
    for side, n_hubs, sample in ((387, 150, 100), (1_000, 2_000, 20)):
        told = {"folder": str(folder / str(side)), "sample": sample, "side": side, "hubs": n_hubs}
        command = [sys.executable, sys.argv[0], "--side", "draw", "--argument", json.dumps(told)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        size = f"{side * side:,} nodes, {n_hubs:,} hubs"
        peers = ((f"scipy {scipy.__version__}, {sample} scenarios scaled", "by_scipy"),)
        for name, kind, discs in (
            (f"{FLOODS:,} floods", "flood", False),
            (f"{FLOODS:,} floods, with discs", "flood", True),
            (f"{HARD} hard scenarios", "hard", False),
        ):
            yield measure.Question(name, size, {**told, "kind": kind, "discs": discs}, peers)


def write(folder: Path, arrays: Mapping[str, np.ndarray]) -> None:
    """Write arrays for the sides to read."""
    folder.mkdir()
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", array)


if __name__ == "__main__":
    measure.answer({"ours": ours, "by_scipy": by_scipy, "draw": draw}, questions)
