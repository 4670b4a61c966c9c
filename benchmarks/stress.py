"""How soon is it known whom hubs serve in a thousand scenarios, beside scipy's search repeated?

The made-up cities of `access.py`, double precision, two threads. A *flood* closes every street that one of 5 discs of 400 m touches, and one hub in
twenty; a *hard* scenario closes one street in a hundred and one hub in ten, anywhere. Ours is all that comes after the graph: the town
solved once, and people and minutes of each scenario; *with discs*, also the index of streets and the streets that each disc touches.
scipy repeats its fastest search, `dijkstra(min_only=True)` from the hubs that are open, over a matrix whose closed streets are infinite; a sample of the
scenarios, scaled. Answers are nodes reached and minutes of each scenario of the sample, and the minutes of nodes of the first few.

*Days* are drawings of a day of a flood, hour by hour: streets and hubs that close, power and staff that fail, two groups of people at two paces
who come, their nearest three open hubs within 15 minutes, and seats to the nearest first. scipy searches from each open hub with the limit whenever what is
open changes, and people are seated in a loop of Python; one drawing, scaled. Answers are people and minutes of each hour of that drawing.
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
from courtepointe.core.streets import WALKERS, snap
from courtepointe.core.stress import (
    Closures,
    Demand,
    Discs,
    Effect,
    Ground,
    Hubs,
    Range,
    Rules,
    Scenario,
    Seeking,
    Town,
    base_of,
    closures_of,
    nearest_under,
    serve_under,
    simulate,
)
from courtepointe.core.stress import draw as draw_day
from courtepointe.core.stress.hours import N_TRIED

RADIUS_M = 400.0
DISCS = 5
LOOKED_AT = 3
THREADS = 2
FLOODS, HARD = 1_000, 200
MONTREAL = 387
"""Crossings along each side of a city as large."""
DAYS, HOURS = 50, 24
SLOW = WALKERS[2]


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


def cut_graph(raw: Raw, metres_per_minute: float) -> Callable[[np.ndarray], csr_matrix]:
    """Prepare scipy's matrix; give it with streets closed."""
    n, minutes = len(raw["points"]), raw["length_m"] / metres_per_minute
    one, other = raw["from_node"], raw["to_node"]
    ends = np.concatenate([one, other]), np.concatenate([other, one])
    numbers = np.tile(np.arange(1.0, len(minutes) + 1.0), 2)
    graph = csr_matrix((numbers, ends), shape=(n, n))
    edge = graph.data.astype(np.int64) - 1
    arcs = np.argsort(edge, kind="stable").reshape(-1, 2)
    whole = minutes[edge]

    def without(edges: np.ndarray) -> csr_matrix:
        data = whole.copy()
        data[arcs[edges].ravel()] = np.inf
        return csr_matrix((data, graph.indices, graph.indptr), shape=(n, n))

    return without


def cut(raw: Raw, closures: Closures) -> Callable[[int], np.ndarray]:
    """Prepare scipy's matrix; give the search of a scenario."""
    graph, open_ = cut_graph(raw, PER_MINUTE), np.ones(len(raw["hubs"]), dtype=bool)

    def search(scenario: int) -> np.ndarray:
        edges, hubs = closures.of(scenario)
        left = open_.copy()
        left[hubs] = False
        told: np.ndarray = dijkstra(graph(edges), indices=raw["hubs"][left], min_only=True)
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


def on_streets(raw: Raw) -> np.ndarray:
    """Give the hubs that stand at a crossing of some street: ours would walk the others to one."""
    told: np.ndarray = raw["hubs"][np.isin(raw["hubs"], [raw["from_node"], raw["to_node"]])]
    return told


def day_of(raw: Raw) -> tuple[Town, Scenario]:
    """Draw people, hubs and the day of a flood."""
    chance, nodes = np.random.default_rng(SEED + 5), on_streets(raw)
    streets, spots, n_hubs = graph_of(raw)[0], raw["points"][nodes], len(nodes)
    hubs = Hubs(
        snap(streets, spots), spots, chance.integers(20, 300, n_hubs).astype(float),
        chance.choice([0.0, 4.0, 24.0, np.inf], n_hubs), chance.integers(1, 6, n_hubs),
        (frozenset(),) * n_hubs, chance.random(n_hubs) < 0.8,
    )  # fmt: skip
    seeking = (
        Seeking("others", np.full(HOURS, 0.02)),
        Seeking("aged", np.linspace(0.0, 0.1, HOURS), walker=SLOW),
    )
    effects = (
        Effect("flooded", (0, 12), discs=Discs(DISCS, Range(300.0, RADIUS_M, 500.0))),
        Effect("no_power", (2, 20), share=Range(0.2, 0.3, 0.5)),
        Effect("staff", (0, HOURS), share=Range(0.1, 0.2, 0.3)),
    )
    n = streets.n_nodes
    people = np.stack([chance.integers(0, 25, n), chance.integers(0, 6, n)], axis=1).astype(float)
    town = Town(streets, hubs, Demand(people[streets.given], seeking))
    return town, Scenario("day", "flood", HOURS, effects, seeking, Rules(1))


def our_days(argument: Mapping[str, Any]) -> measure.Timed:
    """Draw days of a flood, ours."""
    small, its = day_of(city(12, 3, shuffled=False))
    simulate(small, its, np.random.default_rng(SEED), n_draws=1)
    town, told = day_of(read(argument))
    start = time.perf_counter()
    found = simulate(town, told, np.random.default_rng(SEED), n_draws=argument["days"])
    seconds = time.perf_counter() - start
    hours = [
        one[0].sum(axis=1) for one in (found.seekers, found.served, found.too_far, found.minutes)
    ]
    return measure.Timed(seconds, np.stack(hours, axis=1).tolist())


def scipy_days(argument: Mapping[str, Any]) -> measure.Timed:
    """Draw one day of a flood, its minutes by scipy and its seats in a loop, for as many days."""
    raw = read(argument)
    town, told = day_of(raw)
    place = town.streets.place()
    people = town.demand.people[place]
    start = time.perf_counter()
    graphs = [cut_graph(raw, 60.0 * one.walker.metres_per_second) for one in told.seeking]
    drawn = draw_day(told, town.ground, town.hubs, np.random.default_rng(SEED).spawn(1)[0])
    pairs: Ways = []
    hours, before, reach = [], b"", np.zeros(people.shape, dtype=bool)
    for hour in range(HOURS):
        state = drawn.open[hour].tobytes() + drawn.closed[hour].tobytes()
        if state != before:
            before, held = state, [graph(drawn.closed[hour]) for graph in graphs]
            pairs, reach = ways_by_scipy(held, raw, people, drawn.open[hour], told.limit_min)
        part = np.array([one.by_hour[hour] for one in told.seeking]) * drawn.take_up
        hours.append(seated(pairs, reach, people * part, town.hubs.capacity))
    seconds = time.perf_counter() - start
    return measure.Timed(seconds * argument["days"], hours)


Ways = list[tuple[float, int, int, int]]


def ways_by_scipy(
    graphs: list[csr_matrix], raw: Raw, people: np.ndarray, open_: np.ndarray, limit: float
) -> tuple[Ways, np.ndarray]:
    """Find the three nearest open hubs of who lives somewhere, nearest pairs first; and who has one."""
    pairs: Ways = []
    reach, which = np.zeros(people.shape, dtype=bool), np.flatnonzero(open_)
    for group, graph in enumerate(graphs):
        minutes = dijkstra(graph, indices=on_streets(raw)[which], limit=limit)
        near = np.argpartition(minutes, N_TRIED, axis=0)[:N_TRIED]
        far = np.take_along_axis(minutes, near, axis=0)
        rank, node = np.nonzero(np.isfinite(far) & (people[:, group] > 0.0))
        reach[node, group] = True
        row = zip(
            far[rank, node].tolist(), node.tolist(), which[near[rank, node]].tolist(), strict=True
        )
        pairs += [(told, at, group, hub) for told, at, hub in row]
    return sorted(pairs), reach


def seated(
    pairs: Ways, reach: np.ndarray, seekers: np.ndarray, capacity: np.ndarray
) -> list[float]:
    """Seat people in turn: those who come, are served, have no hub in reach; the minutes."""
    left, room, served, spent = seekers.tolist(), capacity.tolist(), 0.0, 0.0
    for minutes, node, group, hub in pairs:
        taken = min(left[node][group], room[hub])
        if taken > 0.0:
            left[node][group] -= taken
            room[hub] -= taken
            served, spent = served + taken, spent + taken * minutes
    return [float(seekers.sum()), served, float(seekers[~reach].sum()), spent]


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
    for side, n_hubs, sample in ((MONTREAL, 150, 100), (1_000, 2_000, 20)):
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
        if side == MONTREAL:
            peers = ((f"scipy {scipy.__version__} and a loop, one day scaled", "scipy_days"),)
            yield measure.Question(
                f"{DAYS} days hour by hour", size, {**told, "days": DAYS}, peers, ours="our_days"
            )


def write(folder: Path, arrays: Mapping[str, np.ndarray]) -> None:
    """Write arrays for the sides to read."""
    folder.mkdir()
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", array)


if __name__ == "__main__":
    measure.answer(
        {
            "ours": ours,
            "by_scipy": by_scipy,
            "our_days": our_days,
            "scipy_days": scipy_days,
            "draw": draw,
        },
        questions,
    )
