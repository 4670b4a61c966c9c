"""How soon is it known who gains by a hub that is put on the map, beside searching from all hubs again?

The server's own work for one click of the page *Who reaches a hub on foot*: the place is put on the nearest street, what it reaches
first is searched, the people of those areas are counted again (evenly along their streets, at the least, at the most), and the streets
that changed are cut to be drawn. The hubs of today were searched before. scipy searches from all hubs and the new one, and all people are
counted again the plain way; nothing is cut or drawn. Twenty places, one after the other; people are made up, 185 in each square of 400 m. *Montréal* is
the city's open file of streets, where `COURTEPOINTE_SHARED` names the folder that holds it: so few streets that what is
around the search costs more than the search. Seconds are of one place, in processor time.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import scipy
import shapely
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

import measure
from access import PER_MINUTE, USUAL, city
from courtepointe.atlas.query.dot_ground import DotGround
from courtepointe.atlas.query.on_foot import (
    Afoot,
    afoot_on,
    inside_of,
    on_streets,
    reach,
    told_inside,
)
from courtepointe.atlas.query.on_foot_added import told_more, with_site
from courtepointe.core.access import LIMITS_MIN, Spread, covered_along
from courtepointe.core.streets import Streets, pieces_of_streets, streets_of
from courtepointe.formats.streets import read_streets

SEED = 20261129
PLACES, HUBS = 20, 150
SQUARE_M, PEOPLE = 400.0, 185.0
LIMIT = 1
"""Ten minutes, among the limits."""
MONTREAL = Path("data/montreal/network/DonneesMTL.gpkg")


def streets_asked(argument: Mapping[str, Any]) -> Streets:
    """Draw the made-up city, or read Montréal's streets."""
    if "file" in argument:
        return read_streets(Path(argument["file"]), to_crs="EPSG:32188").streets
    raw = city(argument["side"], HUBS, shuffled=False)
    return streets_of(raw["points"], raw["from_node"], raw["to_node"], raw["length_m"])


def ground_under(streets: Streets) -> DotGround:
    """Lay squares with as many people each under all streets."""
    west, south, east, north = shapely.total_bounds(streets.lines()).tolist()
    x, y = (
        one.ravel()
        for one in np.meshgrid(np.arange(west, east, SQUARE_M), np.arange(south, north, SQUARE_M))
    )
    shapes = shapely.box(x, y, x + SQUARE_M, y + SQUARE_M)
    n = len(shapes)
    none = np.zeros(n, dtype=np.bool_)
    return DotGround(
        "square:2026", tuple(map(str, range(n))), shapes, np.full(n, PEOPLE), none, none, False, shapes,
        np.ones(n), np.arange(n), (), None,
    )  # fmt: skip


def made(argument: Mapping[str, Any]) -> tuple[Afoot, np.ndarray, np.ndarray]:
    """Give the streets with their people, the hubs and the places to try, as nodes that streets meet in."""
    streets = streets_asked(argument)
    held = afoot_on(ground_under(streets), streets, USUAL)
    met = np.unique(streets.from_node[streets.length_m > 0.0])
    chosen = np.random.default_rng(SEED).choice(met, HUBS + PLACES, replace=False)
    return held, chosen[:HUBS], chosen[HUBS:]


def each(ask: Callable[[int], list[float]], places: np.ndarray) -> measure.Timed:
    """Ask about each place; give the seconds of one, and what all were answered."""
    ask(int(places[0]))
    begun = time.process_time()
    told = [ask(one) for one in places.tolist()]
    return measure.Timed((time.process_time() - begun) / len(places), told)


def ours(argument: Mapping[str, Any]) -> measure.Timed:
    """People within ten minutes with each place more, ours."""
    held, hubs, places = made(argument)
    points = held.streets.points
    before = reach(held, on_streets(held, points[hubs]))
    ground = inside_of(held, shapely.box(*shapely.total_bounds(held.streets.lines())))
    today = told_inside(before, ground)

    def ask(node: int) -> list[float]:
        more = with_site(before, on_streets(held, points[[node]]))
        for one in more.new:
            pieces_of_streets(held.streets, one)
        people = told_more(today, more, ground).spread
        assert people is not None
        return told(people)

    return each(ask, places)


def by_scipy(argument: Mapping[str, Any]) -> measure.Timed:
    """The same by a search from all hubs and the place, scipy."""
    held, hubs, places = made(argument)
    streets, placed, ground = held.streets, held.placed, held.ground
    assert placed is not None and ground is not None
    graph = matrix_of(streets)
    edge, along = placed.spots.edge, placed.spots.along
    length = streets.length_m[edge] / PER_MINUTE
    ends = streets.from_node[edge], streets.to_node[edge]
    people = ground.counts[:, None]

    def ask(node: int) -> list[float]:
        minutes = dijkstra(graph, indices=np.append(hubs, node), min_only=True)
        spots = np.minimum(
            minutes[ends[0]] + along * length, minutes[ends[1]] + (1.0 - along) * length
        )
        return told(covered_along(placed, spots, people, limits_min=LIMITS_MIN))

    return each(ask, places)


def told(found: Spread) -> list[float]:
    """Give people within ten minutes: evenly along streets, all at the nearest street, all at the farthest."""
    ways = (found.even, found.nearest, found.farthest)
    return [float(one.covered[0, 0, LIMIT]) for one in ways]


def matrix_of(streets: Streets) -> csr_matrix:
    """Make scipy's symmetric matrix; of streets between the same two crossings, the shorter."""
    one, other = streets.from_node.astype(np.int64), streets.to_node.astype(np.int64)
    low, high, minutes = np.minimum(one, other), np.maximum(one, other), streets.length_m / PER_MINUTE  # fmt: skip
    order = np.lexsort((minutes, high, low))
    low, high, minutes = low[order], high[order], minutes[order]
    first = np.r_[True, (low[1:] != low[:-1]) | (high[1:] != high[:-1])] & (low != high)
    low, high, minutes = low[first], high[first], minutes[first]
    ends = np.concatenate([low, high]), np.concatenate([high, low])
    n = streets.n_nodes
    return csr_matrix((np.concatenate([minutes, minutes]), ends), shape=(n, n))


def questions(folder: Path) -> Iterator[measure.Question]:
    """Ask about Montréal's streets, where they are, and about a city of its size, made up."""
    peers = ((f"scipy {scipy.__version__}, all hubs again", "by_scipy"),)
    file = Path(os.environ.get("COURTEPOINTE_SHARED", "../shared")).resolve() / MONTREAL
    if file.is_file():
        size = f"Montréal, 3,399 streets, {HUBS} hubs"
        yield measure.Question("one place more", size, {"file": str(file)}, peers)
    for side in (387,):
        size = f"{side * side:,} nodes, {HUBS} hubs"
        yield measure.Question("one place more", size, {"side": side}, peers)


if __name__ == "__main__":
    measure.answer({"ours": ours, "by_scipy": by_scipy}, questions)
