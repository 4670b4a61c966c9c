"""Laws of streets: numbers of nodes do not matter, a site more never takes longer, near is within far."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st
from tests.support.towns_of_streets import Town, town

from courtepointe.core.streets import (
    NOBODY,
    WALKERS,
    catchments,
    nearer,
    nearest,
    nearest_of_places,
    nearest_several,
    pairs_within,
    reached,
    snap,
    starts_at,
    starts_from,
    streets_of,
    walk,
)

SEEDS = st.integers(0, 10_000)
TOWNS = st.builds(town, st.integers(3, 10), seed=SEEDS, kept=st.sampled_from([0.5, 0.8, 1.0]))
USUAL, SLOW = WALKERS[0], WALKERS[2]


def sites_of(made: Town, n: int, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).choice(len(made.points), n, replace=False)


@given(TOWNS, SEEDS)
def test_the_numbers_of_nodes_and_the_order_of_streets_do_not_matter(made: Town, seed: int) -> None:
    chance = np.random.default_rng(seed)
    order, rows = chance.permutation(len(made.points)), chance.permutation(len(made.length_m))
    rank = np.argsort(order)
    again = Town(
        made.points[order],
        rank[made.to_node[rows]],
        rank[made.from_node[rows]],
        made.length_m[rows],
    )
    sites = sites_of(made, 3, seed)
    told = []
    for one, its in ((made, sites), (again, rank[sites])):
        streets = one.streets()
        found = nearest(streets, walk(streets, USUAL), starts_at(streets, streets.place()[its]))
        told.append(found.minutes[streets.place()])
    assert np.array_equal(told[0][order], told[1])


@given(TOWNS, SEEDS)
def test_a_site_more_a_street_less_and_a_slower_walker(made: Town, seed: int) -> None:
    streets = made.streets()
    pace = walk(streets, USUAL)
    sites = streets.place()[sites_of(made, 4, seed)]
    all_of_them = nearest(streets, pace, starts_at(streets, sites)).minutes
    fewer = nearest(streets, pace, starts_at(streets, sites[:-1])).minutes
    assert (all_of_them <= fewer).all()
    closed = np.random.default_rng(seed).random(streets.n_edges) < 0.2
    shut = nearest(streets, walk(streets, USUAL, closed=closed), starts_at(streets, sites)).minutes
    assert (all_of_them <= shut).all()
    slow = nearest(streets, walk(streets, SLOW), starts_at(streets, sites)).minutes
    assert np.allclose(slow, all_of_them * 1.3 / 0.7, rtol=1e-12)


@given(TOWNS, SEEDS)
def test_minutes_to_a_site_are_those_from_it(made: Town, seed: int) -> None:
    streets = made.streets()
    pace = walk(streets, USUAL)
    one, other = streets.place()[sites_of(made, 2, seed)]
    there = nearest(streets, pace, starts_at(streets, np.array([one]))).minutes
    back = nearest(streets, pace, starts_at(streets, np.array([other]))).minutes
    assert (
        np.isclose(there[other], back[one], rtol=1e-12) or np.isinf([there[other], back[one]]).all()
    )
    # No detour is shorter.
    assert (there <= (there[other] + back) * (1 + 1e-12)).all()


@given(TOWNS, SEEDS, st.integers(1, 5))
def test_the_three_questions_agree(made: Town, seed: int, n_wanted: int) -> None:
    streets = made.streets()
    pace = walk(streets, USUAL)
    sites = starts_at(streets, streets.place()[sites_of(made, 5, seed)])
    one = nearest(streets, pace, sites, limit_min=6.0)
    several = nearest_several(streets, pace, sites, n_wanted, limit_min=6.0)
    assert np.array_equal(one.minutes, several.minutes[:, 0])
    pairs = pairs_within(streets, pace, sites, 6.0)
    n_near = np.bincount(pairs.node, minlength=streets.n_nodes)
    assert np.array_equal((several.site != NOBODY).sum(axis=1), np.minimum(n_near, n_wanted))
    least = np.full(streets.n_nodes, np.inf)
    np.minimum.at(least, pairs.node, pairs.minutes)
    assert np.array_equal(least, one.minutes)


@given(TOWNS, SEEDS)
def test_a_street_cut_in_two_changes_nothing(made: Town, seed: int) -> None:
    streets = made.streets()
    place = int(np.random.default_rng(seed).integers(len(made.length_m)))
    middle = (made.points[made.from_node[place]] + made.points[made.to_node[place]]) / 2.0
    half, new = made.length_m[place] / 2.0, len(made.points)
    length = made.length_m.copy()
    length[place] = half
    to_node = made.to_node.copy()
    to_node[place] = new
    cut = streets_of(
        np.vstack([made.points, middle]),
        np.r_[made.from_node, new],
        np.r_[to_node, made.to_node[place]],
        np.r_[length, half],
    )
    sites = sites_of(made, 2, seed)
    told = [
        nearest(one, walk(one, USUAL), starts_at(one, one.place()[sites])).minutes[one.place()]
        for one in (streets, cut)
    ]
    assert np.allclose(told[0], told[1][:-1], rtol=1e-12)


@given(TOWNS, SEEDS)
def test_places_at_nodes_have_the_minutes_of_nodes(made: Town, seed: int) -> None:
    straight = np.hypot(*(made.points[made.from_node] - made.points[made.to_node]).T)
    streets = replace(made, length_m=straight).streets()
    pace = walk(streets, USUAL)
    spots = np.random.default_rng(seed).uniform(0, made.points.max(), (3, 2))
    sites = snap(streets, spots, limit_m=1e6)
    found = nearest(streets, pace, starts_from(streets, pace, sites))
    used = np.unique(np.r_[streets.from_node, streets.to_node])
    told = nearest_of_places(
        streets, pace, found, snap(streets, streets.points[used], limit_m=1.0), sites
    )
    assert np.allclose(told.minutes, found.minutes[used], rtol=1e-9, atol=1e-9)
    # And a site is at its own door: nothing but the way to the street and back.
    own = nearest_of_places(streets, pace, found, sites, sites)
    assert (own.minutes <= 2.0 * sites.away_m / pace.metres_per_minute + 1e-12).all()


@given(TOWNS, SEEDS)
def test_what_is_reached_grows_with_the_limit_to_the_whole_piece(made: Town, seed: int) -> None:
    streets = made.streets()
    pace = walk(streets, USUAL)
    sites = starts_at(streets, streets.place()[sites_of(made, 1, seed)])
    minutes = nearest(streets, pace, sites).minutes
    lengths = [
        reached(streets, pace, minutes, limit).length_m(streets) for limit in (1.0, 3.0, 9.0, 1e6)
    ]
    assert lengths == sorted(lengths)
    inside = np.isfinite(minutes[streets.from_node])
    assert np.isclose(lengths[-1], streets.length_m[inside].sum())
    shapes = catchments(streets, pace, minutes, (1.0, 3.0, 9.0))
    for small, large in pairwise(shapes):
        assert small.is_empty or large.buffer(1e-6).covers(small)
    assert {shape.geom_type for shape in shapes} <= {"Polygon", "MultiPolygon"}
    # Every node within the limit stands inside, with its ground.
    for limit, shape in zip((1.0, 3.0, 9.0), shapes, strict=True):
        held = streets.points[(minutes <= limit) & (np.diff(streets.first.astype(np.int64)) > 0)]
        assert all(shape.distance(shapely.Point(point)) < 1e-6 for point in held)


@given(TOWNS, SEEDS, st.integers(0, 3))
def test_one_site_more_searched_alone_is_all_sites_searched_at_once(
    made: Town, seed: int, n_before: int
) -> None:
    streets = made.streets()
    pace = walk(streets, USUAL)
    *before, more = streets.place()[sites_of(made, n_before + 1, seed)].tolist()
    known = np.full(streets.n_nodes, np.inf)
    if before:
        known = nearest(streets, pace, starts_at(streets, np.array(before))).minutes
    came = nearer(streets, pace, known, starts_at(streets, np.array([more])))
    both = nearest(streets, pace, starts_at(streets, np.array([*before, more]))).minutes
    assert np.array_equal(came.over(known), both)
    # Only those who gain are met, each once, the nearest first.
    assert sorted(came.node.tolist()) == np.flatnonzero(both < known).tolist()
    assert (np.diff(came.minutes) >= 0.0).all()
