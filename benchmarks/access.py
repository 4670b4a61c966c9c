"""How soon is it known who reaches a hub on foot, beside scipy and pandana?

Made-up planar cities: a jittered grid of some 100 m with a third of its streets taken out, 2.7 arcs a node, walked at 1.3 m/s. *Nearest
hub* is the minutes (and, for ours, the hub) of every node, the graph being there already: scipy's `dijkstra(min_only=True)` over a
symmetric matrix, its fastest way. *From raw edges* is that and all that comes before it: checks, order along the curve, graph, minutes;
scipy's is its matrix. *Nodes in no order* is the nearest hub where nodes were numbered at random. *Pairs* are all nodes within 15
minutes of each hub, on two threads; scipy searches from each with the limit (from 100 of them at 5M, scaled). pandana 0.8, where the environment's
COURTEPOINTE_PANDANA names a Python that has it, prepares its hierarchy and asks within 1.2 km. Ours is in double precision, which
gives the same numbers; *single* is the mode of less precision. Compiled code is loaded before the clock starts.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import scipy
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

import measure
from courtepointe.core.streets import (
    WALKERS,
    Nearest,
    Starts,
    Streets,
    Walk,
    nearest,
    nearest_several,
    pairs_within,
    starts_at,
    streets_of,
    walk,
)

SEED = 20260301
KEPT = 0.68
USUAL = WALKERS[0]
PER_MINUTE = 60.0 * USUAL.metres_per_second
LIMIT_MIN = 15.0
NAMES = ("points", "from_node", "to_node", "length_m", "hubs")
PANDANA = os.environ.get("COURTEPOINTE_PANDANA", "")
Raw = dict[str, np.ndarray]


def city(side: int, n_hubs: int, *, shuffled: bool) -> Raw:
    """Draw a city of ``side`` by ``side`` crossings and its hubs."""
    chance = np.random.default_rng(SEED)
    n = side * side
    number = np.arange(n, dtype=np.int32).reshape(side, side)
    points = np.stack(np.meshgrid(np.arange(side), np.arange(side)), -1).reshape(-1, 2) * 100.0
    points += chance.uniform(-30.0, 30.0, (n, 2))
    right = np.stack([number[:, :-1].ravel(), number[:, 1:].ravel()])
    up = np.stack([number[:-1].ravel(), number[1:].ravel()])
    ends = np.concatenate([right, up], axis=1)
    ends = ends[:, chance.random(ends.shape[1]) < KEPT]
    ends = ends[:, np.argsort(ends[0], kind="stable")]
    length = np.hypot(*(points[ends[0]] - points[ends[1]]).T)
    hubs = chance.choice(n, n_hubs, replace=False).astype(np.int32)
    if shuffled:
        order = chance.permutation(n).astype(np.int32)
        again = np.empty_like(points)
        again[order] = points
        points, ends, hubs = again, order[ends], order[hubs]
        rows = chance.permutation(len(length))
        ends, length = ends[:, rows], length[rows]
    return {
        "points": points, "from_node": np.ascontiguousarray(ends[0]),
        "to_node": np.ascontiguousarray(ends[1]), "length_m": length, "hubs": hubs,
    }  # fmt: skip


def read(argument: Mapping[str, Any]) -> Raw:
    """Read a city that was written once."""
    folder = Path(argument["folder"])
    return {name: np.load(folder / f"{name}.npy") for name in NAMES}


def graph_of(raw: Raw, *, single: bool = False) -> tuple[Streets, Walk, Starts]:
    """Make our graph from raw arrays."""
    streets = streets_of(raw["points"], raw["from_node"], raw["to_node"], raw["length_m"])
    pace = walk(streets, USUAL, single=single)
    return streets, pace, starts_at(streets, streets.place()[raw["hubs"]])


def matrix_of(raw: Raw) -> csr_matrix:
    """Make scipy's symmetric matrix from raw arrays."""
    n, minutes = len(raw["points"]), raw["length_m"] / PER_MINUTE
    one, other = raw["from_node"], raw["to_node"]
    ends = np.concatenate([one, other]), np.concatenate([other, one])
    return csr_matrix((np.concatenate([minutes, minutes]), ends), shape=(n, n))


def told(minutes: np.ndarray) -> list[float]:
    """Sum minutes up, so that sides can be compared: how many are reached, in all, the farthest."""
    held = minutes[np.isfinite(minutes)].astype(np.float64)
    return [len(held), float(held.sum()), float(held.max())]


def timed(ask: Callable[[], Any], answer: Callable[[Any], Any]) -> measure.Timed:
    """Time a question, and not what is made of its answer to compare it."""
    start = time.perf_counter()
    given = ask()
    return measure.Timed(time.perf_counter() - start, answer(given))


def warm(*, single: bool = False) -> None:
    """Load what is compiled."""
    streets, pace, starts = graph_of(city(12, 3, shuffled=False), single=single)
    nearest(streets, pace, starts)
    nearest_several(streets, pace, starts, 2)
    pairs_within(streets, pace, starts, LIMIT_MIN)


def ours(argument: Mapping[str, Any]) -> measure.Timed:
    """Nearest hub of every node, ours."""
    single = bool(argument.get("single"))
    warm(single=single)
    streets, pace, starts = graph_of(read(argument), single=single)
    return timed(lambda: nearest(streets, pace, starts), lambda found: told(found.minutes))


def by_scipy(argument: Mapping[str, Any]) -> measure.Timed:
    """Nearest hub of every node, scipy."""
    raw = read(argument)
    graph = matrix_of(raw)
    return timed(lambda: dijkstra(graph, indices=raw["hubs"], min_only=True), told)


def ours_raw(argument: Mapping[str, Any]) -> measure.Timed:
    """Nearest hub of every node from raw edges, ours."""
    warm()
    raw = read(argument)

    def ask() -> Nearest:
        return nearest(*graph_of(raw))

    return timed(ask, lambda found: told(found.minutes))


def scipy_raw(argument: Mapping[str, Any]) -> measure.Timed:
    """Nearest hub of every node from raw edges, scipy."""
    raw = read(argument)
    return timed(lambda: dijkstra(matrix_of(raw), indices=raw["hubs"], min_only=True), told)


def ours_pairs(argument: Mapping[str, Any]) -> measure.Timed:
    """Pairs within the limit, ours; compared on the sample that the peer searched."""
    warm()
    raw = read(argument)
    streets, pace, starts = graph_of(raw)
    sample = argument["sample"] or len(raw["hubs"])

    def answer(pairs: Any) -> list[float]:
        return told(pairs.minutes[: pairs.first[sample]])

    return timed(lambda: pairs_within(streets, pace, starts, LIMIT_MIN), answer)


def scipy_pairs(argument: Mapping[str, Any]) -> measure.Timed:
    """Pairs within the limit, scipy: from each hub, or from a sample, scaled."""
    raw = read(argument)
    graph, hubs = matrix_of(raw), raw["hubs"]
    sample = argument["sample"] or len(hubs)

    def ask() -> np.ndarray:
        found = []
        for hub in hubs[:sample]:
            minutes = dijkstra(graph, indices=hub, limit=LIMIT_MIN)
            found.append(minutes[np.isfinite(minutes)])
        return np.concatenate(found)

    done = timed(ask, told)
    return measure.Timed(done.seconds * len(hubs) / sample, done.answer)


def ours_five(argument: Mapping[str, Any]) -> measure.Timed:
    """Five nearest hubs of every node, from raw edges, ours; the answer is within pandana's distance."""
    warm()
    raw = read(argument)
    limit = argument["metres"] / PER_MINUTE

    def ask() -> np.ndarray:
        if argument["k"] == 1:
            return nearest(*graph_of(raw), limit_min=limit).minutes
        return nearest_several(*graph_of(raw), argument["k"], limit_min=limit).minutes[:, 0]

    return timed(ask, lambda minutes: int(np.isfinite(minutes).sum()))


def by_pandana(argument: Mapping[str, Any]) -> measure.Timed:
    """Hand the process over to the Python that has pandana."""
    script = str(Path(__file__).with_name("pandana_side.py"))
    os.execv(PANDANA, [PANDANA, script, json.dumps(dict(argument))])


def questions(folder: Path) -> Iterator[measure.Question]:
    """Ask about Montréal, a million crossings and a country."""
    scipy_name = f"scipy {scipy.__version__}"
    for side, n_hubs, n_pairs, sample in (
        (387, 150, 7_729, 500), (1_000, 2_000, 2_000, 0), (2_237, 20_000, 70_000, 100)
    ):  # fmt: skip
        size = f"{side * side:,} nodes"
        drawn = _written(folder / f"{side}", side, n_hubs)
        hubs = f"{size}, {n_hubs:,} hubs"
        peers = ((scipy_name, "by_scipy"),)
        yield measure.Question("nearest hub", hubs, drawn, peers)
        yield measure.Question(
            "nearest hub, single", hubs, {**drawn, "single": True}, peers, tolerance=1e-4
        )
        raw = ((scipy_name, "scipy_raw"),)
        yield measure.Question("from raw edges", hubs, drawn, raw, ours="ours_raw")
        pairs = {**_written(folder / f"{side}p", side, n_pairs), "sample": sample}
        asked = f"{size}, {n_pairs:,} hubs"
        peers = ((scipy_name + (f", {sample} hubs scaled" if sample else ""), "scipy_pairs"),)
        yield measure.Question("pairs within 15 minutes", asked, pairs, peers, ours="ours_pairs")
        if side == 1_000:
            mixed = _written(folder / f"{side}s", side, n_hubs, shuffled=True)
            yield measure.Question("nodes in no order", hubs, mixed, ((scipy_name, "by_scipy"),))
        if side == 387 and PANDANA:
            for k in (1, 5):
                argument = {**drawn, "k": k, "metres": 1_200.0}
                name = f"{k} nearest within 1.2 km, from raw edges"
                peers = (("pandana 0.8", "by_pandana"),)
                yield measure.Question(name, hubs, argument, peers, ours="ours_five")


def _written(folder: Path, side: int, n_hubs: int, *, shuffled: bool = False) -> dict[str, Any]:
    folder.mkdir()
    for name, values in city(side, n_hubs, shuffled=shuffled).items():
        np.save(folder / f"{name}.npy", values)
    return {"folder": str(folder)}


if __name__ == "__main__":
    measure.answer(
        {
            "ours": ours,
            "by_scipy": by_scipy,
            "ours_raw": ours_raw,
            "scipy_raw": scipy_raw,
            "ours_pairs": ours_pairs,
            "scipy_pairs": scipy_pairs,
            "ours_five": ours_five,
            "by_pandana": by_pandana,
        },
        questions,
    )
