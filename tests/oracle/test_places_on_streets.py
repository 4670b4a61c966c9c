"""Places on streets: the nearest street by trying them all, minutes and parts reached by cutting streets there."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.towns_of_streets import Town, slow_minutes, town

from courtepointe.core.streets import (
    WALKERS,
    Snapped,
    Streets,
    Walk,
    nearest,
    nearest_of_places,
    reached,
    snap,
    starts_from,
    walk,
)

USUAL = WALKERS[0]
TOWNS = st.builds(
    town, st.integers(2, 6), seed=st.integers(0, 10_000), kept=st.sampled_from([0.5, 0.8, 1.0])
)
SEEDS = st.integers(0, 10_000)


def drawn(made: Town, seed: int, n: int) -> np.ndarray:
    return np.random.default_rng(seed).uniform(-50, made.points.max() + 50, (n, 2))


def straight(made: Town) -> Streets:
    """Give a town whose streets are as long as they are drawn, closed up to some metres."""
    return replace(
        made, length_m=np.hypot(*(made.points[made.from_node] - made.points[made.to_node]).T)
    ).streets()


@given(TOWNS, SEEDS)
def test_the_nearest_street_is_found_by_trying_them_all(made: Town, seed: int) -> None:
    streets = made.streets()
    spots = drawn(made, seed, 4)
    told = snap(streets, spots, limit_m=80.0)
    points = streets.points
    for place, (x, y) in enumerate(spots.tolist()):
        best = math.inf
        for edge in range(streets.n_edges):
            if streets.length_m[edge] == 0.0:
                continue
            (ax, ay), (bx, by) = points[[streets.from_node[edge], streets.to_node[edge]]].tolist()
            square = (bx - ax) ** 2 + (by - ay) ** 2
            along = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / square if square else 0.0
            along = min(max(along, 0.0), 1.0)
            away = math.hypot(x - ax - along * (bx - ax), y - ay - along * (by - ay))
            best = min(best, away)
            if told.edge[place] == edge:
                assert told.along[place] == pytest.approx(along, abs=1e-6)
                assert told.away_m[place] == pytest.approx(away, abs=1e-6)
        if math.isfinite(best):
            assert told.away_m[place] == pytest.approx(best, abs=1e-6)
        assert told.too_far[place] == (not best <= 80.0)


def cut_graph(
    streets: Streets, pace: Walk, spots: Snapped
) -> tuple[int, list[tuple[int, int, float]], list[int]]:
    """Cut streets at places: give the nodes, the parts, and the node of each place."""
    n_nodes, parts, node_of = streets.n_nodes, [], [-1] * len(spots.edge)
    for edge in range(streets.n_edges):
        on = sorted(
            (float(spots.along[place]), place) for place in np.flatnonzero(spots.edge == edge)
        )
        here, at = int(streets.from_node[edge]), 0.0
        for along, place in on:
            parts.append((here, n_nodes, float(pace.edge_min[edge]) * (along - at)))
            node_of[place], here, at = n_nodes, n_nodes, along
            n_nodes += 1
        parts.append((here, int(streets.to_node[edge]), float(pace.edge_min[edge]) * (1.0 - at)))
    return n_nodes, parts, node_of


def together(one: Snapped, other: Snapped) -> Snapped:
    return Snapped(
        np.concatenate([one.edge, other.edge]), np.concatenate([one.along, other.along]),
        np.concatenate([one.away_m, other.away_m]), one.limit_m,
    )  # fmt: skip


@given(TOWNS, SEEDS)
def test_minutes_of_places_are_those_of_streets_cut_there(made: Town, seed: int) -> None:
    streets = straight(made)
    pace = walk(streets, USUAL)
    sites = snap(streets, drawn(made, seed, 3), limit_m=1e6)
    places = snap(streets, drawn(made, seed + 1, 6), limit_m=1e6)
    found = nearest(streets, pace, starts_from(streets, pace, sites))
    told = nearest_of_places(streets, pace, found, places, sites)
    n_nodes, parts, node_of = cut_graph(streets, pace, together(sites, places))
    off = (together(sites, places).away_m / pace.metres_per_minute).tolist()
    for place in range(6):
        from_here = slow_minutes(n_nodes, parts, [(node_of[3 + place], off[3 + place])])
        slow = [from_here[node_of[site]] + off[site] for site in range(3)]
        assert told.minutes[place] == pytest.approx(min(slow), rel=1e-9)
        if math.isfinite(min(slow)):
            assert slow[told.site[place]] == pytest.approx(min(slow), rel=1e-9)


@given(TOWNS, SEEDS, st.sampled_from([0.4, 1.5, 4.0]))
def test_what_is_reached_is_what_points_along_streets_say(
    made: Town, seed: int, limit: float
) -> None:
    streets = straight(made)
    pace = walk(streets, USUAL)
    # On the street itself: the way from the door is tested above.
    near = snap(streets, drawn(made, seed, 2), limit_m=1e6)
    sites = replace(near, away_m=np.zeros(2))
    found = nearest(streets, pace, starts_from(streets, pace, sites))
    parts = reached(streets, pace, found.minutes, limit, sites=sites)
    edges = np.flatnonzero(streets.length_m > 0.0)
    step = np.linspace(0.0, 1.0, 23)
    spots = Snapped(
        np.repeat(edges, 23), np.tile(step, len(edges)), np.zeros(23 * len(edges)), np.inf
    )
    minutes = nearest_of_places(streets, pace, found, spots, sites).minutes
    for edge, along, told in zip(spots.edge, spots.along, minutes, strict=True):
        if abs(told - limit) < 1e-9:
            continue  # on the edge of what is reached
        held = parts.edge == edge
        inside = (held & (parts.begin - 1e-12 <= along) & (along <= parts.end + 1e-12)).any()
        assert inside == (told < limit)
