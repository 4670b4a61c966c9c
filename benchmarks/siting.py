"""How long does it take to choose sites and prove it, beside spopt with HiGHS, pbp-pmedian, and HiGHS alone?

p-medians are instances of OR-Library (`COURTEPOINTE_SHARED`/reference/pmed; `COURTEPOINTE_BENCH_PMED`
names others). Coverings are made up as by Cordeau, Furini and Ljubić (2019): 100 sites, ten of which
open, radius 5.5; *HiGHS on merged rows* is given our rows of people whom the same sites reach. On streets (the city of `access.py`, as many nodes as Montréal has),
ours counts the search of who is within 15 minutes of which candidate, and the rows; HiGHS gets both. A set covering leaves
out the nodes that no candidate reaches. Every side
names others), and of TSPLIB with all points as sites and distances rounded down, as they are published
(`COURTEPOINTE_BENCH_TSPLIB` names others, as `fl1400:300`): their peer is the limit we set ourselves, the
published optimum proven within half an hour. Coverings are made up as by Cordeau, Furini and Ljubić (2019): 100 sites, ten of which
open, radius 5.5; *HiGHS on merged rows* is given our rows of people whom the same sites reach. Every side
loads what it needs first, and solves a small problem, before the clock starts; ours counts everything
from the table of distances, or from the points, to the proven answer. spopt and pbp-pmedian live in an environment
of their own, for they bring other versions of what we use; `siting_peers.py` says how to make it, and
`COURTEPOINTE_SITING_PEERS` where it is. A peer that is absent is named on standard error, and left out.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse

import access
import measure
from courtepointe.core.siting import (
    Rounding,
    Terms,
    Watch,
    all_pairs,
    max_cover_of_pairs,
    max_cover_on_plane,
    p_center,
    p_median,
    p_median_on_plane,
)
from courtepointe.core.siting.covers import Reach
from courtepointe.core.siting.max_cover import pairs_within
from courtepointe.core.siting.merge import Merged, merge, merge_on_plane
from courtepointe.core.siting.milp import Programme, solve
from courtepointe.core.siting.set_cover import set_cover_of_rows, table_of
from courtepointe.core.streets import pairs_within as walks_within
from courtepointe.formats.siting import read_orlib, read_tsplib

HERE = Path(__file__).resolve().parent
SHARED = Path(os.environ.get("COURTEPOINTE_SHARED", HERE.parents[1] / "shared"))
INSTANCES = os.environ.get("COURTEPOINTE_BENCH_PMED", "1 5 6 10 11 15 16 20").split()
ON_PLANE = os.environ.get("COURTEPOINTE_BENCH_TSPLIB", "rl1304:100 fl1400:100 fl1400:400").split()
N_OPENS = (5, 10, 20, 50, 100, 200, 300, 400, 500)
PUBLISHED = {
    "rl1304": (3099073, 2134295, 1412108, 795012, 491639, 268573, 177326, 128332, 97024),
    "fl1400": (174877, 100601, 57191, 28486, 15962, 8806, 6109, 4648, 3764),
}
"""The least sums of distances known, by number of sites; all are proven here."""
HALF_AN_HOUR = 1800.0
N_SITES, N_OPEN, RADIUS = 100, 10, 5.5
SPOPT_POINTS = 10_000
"""Beyond so many points spopt does not end in ten minutes."""


def network(argument: Mapping[str, Any]) -> tuple[np.ndarray, int]:
    """Give the distances of an instance, and how many sites open."""
    read = read_orlib(Path(argument["file"]))
    return all_pairs(read.n_vertices, read.ends, read.cost), read.n_open


def points(n: int, *, n_sites: int = N_SITES) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Draw sites, points and people, in the published order."""
    chance = np.random.default_rng(1)
    sites, told = chance.uniform(0, 30, (n_sites, 2)), chance.uniform(0, 30, (n, 2))
    return sites, told, chance.integers(1, 101, n).astype(np.float64)


def timed(ask: Callable[[Any], float], small: Any, given: Any) -> measure.Timed:
    """Ask a small question to load what is compiled, then the one for the clock."""
    ask(small)
    start = time.perf_counter()
    told = ask(given)
    return measure.Timed(time.perf_counter() - start, told)


def proven(answer: Any) -> float:
    """Give the objective of an answer that is proven, and of no other."""
    assert answer.proven
    return float(answer.objective)


def median(argument: Mapping[str, Any]) -> measure.Timed:
    """Time our p-median."""
    small = (np.abs(np.subtract.outer(np.arange(60.0), np.arange(60.0))) ** 1.5, 4)
    return timed(
        lambda one: proven(p_median(one[0], np.ones(len(one[0])), n_open=one[1]).answer),
        small, network(argument),
    )  # fmt: skip


def medians(argument: Mapping[str, Any]) -> measure.Timed:
    """Time our p-medians of all twenty instances, reading of files left out."""
    small = [(np.abs(np.subtract.outer(np.arange(60.0), np.arange(60.0))) ** 1.5, 4)]
    return timed(
        lambda all_: sum(proven(p_median(d, np.ones(len(d)), n_open=p).answer) for d, p in all_),
        small, [network({"file": file}) for file in argument["files"]],
    )  # fmt: skip


def median_on_plane(argument: Mapping[str, Any]) -> measure.Timed:
    """Time our p-median of points, reading of the file left out."""
    few = np.random.default_rng(1).integers(0, 99, (60, 2)).astype(np.float64)
    told = read_tsplib(SHARED / "reference" / "pmed" / f"{argument['name']}.tsp")
    return timed(
        lambda one: proven(
            p_median_on_plane(
                one[0], one[0], np.ones(len(one[0])), n_open=one[1], rounding=Rounding.FLOOR
            ).answer
        ),
        (few, 4), (told, argument["n_open"]),
    )  # fmt: skip


def published(argument: Mapping[str, Any]) -> measure.Timed:
    """Give the published optimum, and the time we allow ourselves."""
    optimum = PUBLISHED[argument["name"]][N_OPENS.index(argument["n_open"])]
    return measure.Timed(HALF_AN_HOUR, float(optimum))


def centers(argument: Mapping[str, Any]) -> measure.Timed:
    """Time our p-centers of all twenty instances."""
    small = [(np.abs(np.subtract.outer(np.arange(60.0), np.arange(60.0))), 4)]
    return timed(
        lambda all_: sum(proven(p_center(d, np.ones(len(d)), n_open=p)) for d, p in all_),
        small, [network({"file": file}) for file in argument["files"]],
    )  # fmt: skip


def centers_of_highs(argument: Mapping[str, Any]) -> measure.Timed:
    """Time HiGHS on the same halving: at each radius, the fewest sites that have all within it."""

    def ask(all_: Any) -> float:
        return sum(radius_of_highs(distance, n_open) for distance, n_open in all_)

    small = [(np.abs(np.subtract.outer(np.arange(20.0), np.arange(20.0))), 4)]
    return timed(ask, small, [network({"file": file}) for file in argument["files"]])


def radius_of_highs(distance: np.ndarray, n_open: int) -> float:
    """Halve among the distances."""
    radii = np.unique(distance)
    low, high = -1, len(radii) - 1
    while high - low > 1:
        middle = (low + high) // 2
        merged = merge(
            *pairs_within(distance, radii[middle]), np.ones(len(distance)), len(distance)
        )
        table = table_of(merged)
        n_rows, n_sites = table.shape
        ones = np.ones(n_sites)
        found = solve(
            Programme(ones, ones, ones > 0, table, np.ones(n_rows), np.full(n_rows, np.inf)),
            go_on=lambda: True, tell=lambda *both: None, gap=0.999,
        )  # fmt: skip
        low, high = (low, middle) if found.objective < n_open + 0.5 else (middle, high)
    return float(radii[high])


def cover(argument: Mapping[str, Any]) -> measure.Timed:
    """Time our maximal covering, from the points."""

    def ask(given: Any) -> float:
        sites, told, people = given
        return proven(max_cover_on_plane(told, sites, people, radius=RADIUS, n_open=N_OPEN).answer)

    return timed(ask, points(500), points(argument["n"]))


def cover_of_highs(argument: Mapping[str, Any]) -> measure.Timed:
    """Time HiGHS on the rows that we merge."""

    def ask(given: Any) -> float:
        sites, told, people = given
        merged = merge_on_plane(told, sites, people, RADIUS)
        reach = Reach(merged, table_of(merged), Terms(N_SITES), Watch())
        _, opened = reach.choose(price=np.ones(N_SITES), most=N_OPEN)
        return float(people.sum()) - merged.rows.total(opened)

    return timed(ask, points(500), points(argument["n"]))


def cover_of_many(argument: Mapping[str, Any]) -> measure.Timed:
    """Time our maximal covering by many sites until the gap is 0.001 %, or ``gap``, for 120 processor seconds at most.

    No peer does it, so that it is no question; it is asked for by hand:
    ``python benchmarks/siting.py --side cover_of_many --argument '{"n": 1000000, "sites": 1000, "open": 50, "radius": 1.7}'``.
    """
    sites, told, people = points(argument["n"], n_sites=argument["sites"])
    n_open, radius, least = argument["open"], argument["radius"], argument.get("gap", 1e-5)

    def ask(many: int) -> Any:
        start, near = time.process_time(), [np.inf]

        def tell(left: float, bound: float) -> None:
            near[0] = (left - bound) / (float(people[:many].sum()) - left)

        watch = Watch(lambda: near[0] > least and time.process_time() - start < 120.0, tell)
        return max_cover_on_plane(
            told[:many], sites, people[:many], radius=radius, n_open=n_open, watch=watch
        ).answer

    ask(5_000)
    start = time.perf_counter()
    answer = ask(len(told))
    return measure.Timed(time.perf_counter() - start, [answer.objective, answer.gap <= least])


def streets(argument: Mapping[str, Any]) -> tuple[Any, np.ndarray]:
    """Draw a city with its candidates, and the people of each of its nodes, by a million addresses."""
    chance = np.random.default_rng(2)
    graph = access.graph_of(access.city(argument["side"], argument["sites"], shuffled=False))
    n_nodes = graph[0].n_nodes
    home = chance.integers(0, n_nodes, argument["addresses"])
    people = np.bincount(home, chance.integers(1, 101, len(home)), minlength=n_nodes)
    return graph, people.astype(np.float64)


def reach_of(graph: Any) -> Any:
    """Search who is within 15 minutes of which candidate: a table of ones, nodes by candidates."""
    pairs = walks_within(*graph, access.LIMIT_MIN)
    shape = (graph[0].n_nodes, len(pairs.first) - 1)
    return sparse.csc_matrix((np.ones(len(pairs)), pairs.node, pairs.first), shape).tocsr()


def cover_on_streets(argument: Mapping[str, Any]) -> measure.Timed:
    """Time our maximal covering on streets, from the graph."""

    def ask(given: Any) -> float:
        graph, people = given
        reach = reach_of(graph)
        starts = reach.indptr.astype(np.int64)
        return proven(max_cover_of_pairs(
            starts, reach.indices, people, n_sites=reach.shape[1], n_open=argument["open"]
        ).answer)  # fmt: skip

    small = {"side": 30, "sites": argument["open"] + 1, "addresses": 500}
    return timed(ask, streets(small), streets(argument))


def cover_on_streets_of_highs(argument: Mapping[str, Any]) -> measure.Timed:
    """Time HiGHS on the rows that we merge."""

    def ask(merged: Merged) -> float:
        n_sites, n_open = merged.rows.n_sites, argument["open"]
        reach = Reach(merged, table_of(merged), Terms(n_sites), Watch())
        _, opened = reach.choose(price=np.ones(n_sites), most=n_open)
        return float(merged.people.sum()) + merged.rows.left - merged.rows.total(opened)

    return timed(ask, merged_of(argument, small=True), merged_of(argument))


def merged_of(argument: Mapping[str, Any], *, small: bool = False) -> Merged:
    """Merge nodes that the same candidates reach; without addresses, each that one reaches counts for one."""
    given = {**argument, "side": 30, "sites": argument.get("open", 9) + 1} if small else argument
    graph, people = streets({"addresses": 0, **given})
    reach = reach_of(graph)
    people = people if people.any() else np.ones(len(people))
    return merge(reach.indptr.astype(np.int64), reach.indices, people, reach.shape[1])


def fewest_on_streets(argument: Mapping[str, Any]) -> measure.Timed:
    """Time our set covering of all nodes that a candidate reaches, from the rows."""

    def ask(merged: Merged) -> float:
        terms = Terms(merged.rows.n_sites)
        return proven(set_cover_of_rows(merged, price=None, terms=terms, watch=Watch()))

    return timed(ask, merged_of(argument, small=True), merged_of(argument))


def fewest_of_highs(argument: Mapping[str, Any]) -> measure.Timed:
    """Time HiGHS on the same rows."""

    def ask(merged: Merged) -> float:
        table = table_of(merged)
        n_rows, n_sites = table.shape
        ones = np.ones(n_sites)
        return round(solve(
            Programme(ones, ones, ones > 0, table, np.ones(n_rows), np.full(n_rows, np.inf)),
            go_on=lambda: True, tell=lambda *both: None, gap=0.999,
        ).objective)  # fmt: skip

    return timed(ask, merged_of(argument, small=True), merged_of(argument))


def apart(peer: str, arrays: Mapping[str, Any]) -> measure.Timed:
    """Run a peer in its own environment."""
    file = Path(os.environ["COURTEPOINTE_SITING_FILE"])
    np.savez(file, **arrays)
    command = [
        os.environ["COURTEPOINTE_SITING_PEERS"],
        str(HERE / "siting_peers.py"),
        peer,
        str(file),
    ]
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    told = subprocess.run(command, capture_output=True, text=True, check=True, env=kept)
    read = json.loads(told.stdout.splitlines()[-1])
    return measure.Timed(read["seconds"], read["answer"])


def median_of_pbp(argument: Mapping[str, Any]) -> measure.Timed:
    """Time pbp-pmedian."""
    distance, n_open = network(argument)
    return apart("pbp", {"distance": distance, "n_open": n_open})


def medians_of_pbp(argument: Mapping[str, Any]) -> measure.Timed:
    """Time pbp-pmedian on all twenty instances."""
    all_ = [median_of_pbp({"file": file}) for file in argument["files"]]
    return measure.Timed(sum(one.seconds for one in all_), sum(one.answer for one in all_))


def median_of_spopt(argument: Mapping[str, Any]) -> measure.Timed:
    """Time spopt."""
    distance, n_open = network(argument)
    return apart("spopt_median", {"distance": distance, "n_open": n_open})


def cover_of_spopt(argument: Mapping[str, Any]) -> measure.Timed:
    """Time spopt."""
    sites, told, people = points(argument["n"])
    far = np.hypot(*(told[:, None, axis] - sites[None, :, axis] for axis in (0, 1)))
    return apart(
        "spopt_cover", {"distance": far, "people": people, "limit": RADIUS, "n_open": N_OPEN}
    )


def peers_there() -> bool:
    """Say whether the peers' environment is given; name them if not."""
    if os.environ.get("COURTEPOINTE_SITING_PEERS"):
        return True
    print(
        "spopt and pbp-pmedian are left out: COURTEPOINTE_SITING_PEERS names no Python; "
        "see siting_peers.py",
        file=sys.stderr,
    )
    return False


def questions(folder: Path) -> Iterator[measure.Question]:
    """Ask about published instances, and about made-up coverings of rising size."""
    os.environ["COURTEPOINTE_SITING_FILE"] = str(folder / "given.npz")
    there = peers_there()
    both = (("pbp-pmedian", "median_of_pbp"), ("spopt, HiGHS", "median_of_spopt")) if there else ()
    files = [str(SHARED / "reference" / "pmed" / f"pmed{one}.txt") for one in range(1, 21)]
    for one in INSTANCES:
        file = str(SHARED / "reference" / "pmed" / f"pmed{one}.txt")
        read = read_orlib(Path(file))
        size = f"{read.n_vertices} vertices, {read.n_open} open"
        yield measure.Question(f"p-median, pmed{one}", size, {"file": file}, both, ours="median")
    for one in ON_PLANE:
        name, n_open = one.split(":")
        yield measure.Question(
            f"p-median, {name}", f"{name[2:]} points, {n_open} open",
            {"name": name, "n_open": int(n_open)}, (("our limit", "published"),), ours="median_on_plane",
        )  # fmt: skip
    for name, ours, peers in (
        ("p-medians", "medians", (("pbp-pmedian", "medians_of_pbp"),) if there else ()),
        ("p-centers", "centers", (("HiGHS at each radius", "centers_of_highs"),)),
    ):
        yield measure.Question(
            f"{name} of pmed1-20", "100 to 400 vertices", {"files": files}, peers, ours=ours
        )
    for n in (10_000, 100_000, 1_000_000):
        peers = [("HiGHS on merged rows", "cover_of_highs")]
        if there and n <= SPOPT_POINTS:
            peers.append(("spopt, HiGHS", "cover_of_spopt"))
        size = f"{n:,} points, {N_SITES} sites, {N_OPEN} open"
        yield measure.Question("maximal covering", size, {"n": n}, tuple(peers), ours="cover")
    yield from on_streets()


def on_streets() -> Iterator[measure.Question]:
    """Ask about a city of 149,769 nodes."""
    highs = "HiGHS on merged rows"
    size = "1,000,000 addresses, 1,000 candidates, 15 minutes, 50 open"
    asked = {"side": 387, "sites": 1_000, "addresses": 1_000_000, "open": 50}
    peers = ((highs, "cover_on_streets_of_highs"),)
    yield measure.Question("maximal covering on streets", size, asked, peers, ours="cover_on_streets")  # fmt: skip
    for n_sites in (1_000, 3_000, 6_000):
        size = f"149,769 nodes, {n_sites:,} candidates, 15 minutes"
        asked = {"side": 387, "sites": n_sites}
        peers = ((highs, "fewest_of_highs"),)
        yield measure.Question("set covering", size, asked, peers, ours="fewest_on_streets")


if __name__ == "__main__":
    measure.answer(
        {
            "median": median,
            "medians": medians,
            "median_on_plane": median_on_plane,
            "published": published,
            "centers": centers,
            "centers_of_highs": centers_of_highs,
            "median_of_pbp": median_of_pbp,
            "medians_of_pbp": medians_of_pbp,
            "median_of_spopt": median_of_spopt,
            "cover": cover,
            "cover_of_highs": cover_of_highs,
            "cover_of_spopt": cover_of_spopt,
            "cover_of_many": cover_of_many,
            "cover_on_streets": cover_on_streets,
            "cover_on_streets_of_highs": cover_on_streets_of_highs,
            "fewest_on_streets": fewest_on_streets,
            "fewest_of_highs": fewest_of_highs,
        },
        questions,
    )
