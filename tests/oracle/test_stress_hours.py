"""Hours of a scenario equal the same people seated one by one, over minutes that scipy found."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra
from tests.support.towns_of_streets import Town as Raw
from tests.support.towns_of_streets import town

from courtepointe.core.streets import WALKERS, Starts, Streets, snap, starts_from, walk
from courtepointe.core.stress import (
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
    draw,
    simulate,
)
from courtepointe.core.typing import Floats, Ints

SEEDS = st.integers(0, 10_000)
TOWNS = st.builds(town, st.integers(3, 8), seed=SEEDS, kept=st.sampled_from([0.7, 1.0]))
N_HOURS = 3


def asked(made: Raw, n_hubs: int, seed: int) -> tuple[Streets, Town, Scenario]:
    """Draw a town in trouble: floods, no power, staff that does not come, two kinds of walkers."""
    streets, chance = made.streets(), np.random.default_rng(seed)
    spots = chance.uniform(0, made.points.max(), (n_hubs, 2))
    hubs = Hubs(
        snap(streets, spots, limit_m=1e6), spots, chance.uniform(0.0, 9.0, n_hubs),
        chance.choice([0.0, 1.0, np.inf], n_hubs), chance.integers(0, 4, n_hubs),
        (frozenset(),) * n_hubs, chance.random(n_hubs) < 0.3,
    )  # fmt: skip
    seeking = tuple(
        Seeking(code, chance.random(N_HOURS), Range(0.1, 0.4, 0.9), walker)
        for code, walker in (("aged", WALKERS[2]), ("others", WALKERS[0]))
    )
    effects = (
        Effect("flooded", (0, 2), discs=Discs(1, Range(60.0, 90.0, 150.0))),
        Effect("no_power", (0, 3), share=Range(0.2, 0.5, 0.9)),
        Effect("staff", (1, 3), share=Range(0.1, 0.3, 0.5)),
        Effect("street_closed", (2, 3), share=Range(0.05, 0.1, 0.2)),
    )
    told = Scenario("s", "flood", N_HOURS, effects, seeking, Rules(1), limit_min=7.0)
    people = chance.uniform(0.0, 3.0, (streets.n_nodes, 2)) * (
        chance.random((streets.n_nodes, 2)) < 0.6
    )
    return streets, Town(streets, hubs, Demand(people, seeking)), told


def minutes_to(streets: Streets, hubs: Hubs, closed: Ints, walker: int, hub: int) -> Floats:
    """Search from one hub with scipy."""
    shut = np.zeros(streets.n_edges, dtype=bool)
    shut[closed] = True
    pace = walk(streets, WALKERS[walker], closed=shut)
    every: Starts = starts_from(streets, pace, hubs.sites)
    its = (every.site == hub) & np.isfinite(every.minutes)
    n = streets.n_nodes
    one = np.concatenate([streets.from_node[~shut], np.full(int(its.sum()), n)])
    other = np.concatenate([streets.to_node[~shut], every.node[its]])
    takes = np.concatenate([pace.edge_min[~shut], every.minutes[its]])
    low, high = np.minimum(one, other), np.maximum(one, other)
    order = np.lexsort((takes, high, low))
    low, high, takes = low[order], high[order], takes[order]
    kept = np.r_[True, (np.diff(low) != 0) | (np.diff(high) != 0)] if len(low) else order > 0
    graph = csr_matrix(
        (np.where(takes == 0.0, 1e-300, takes)[kept], (low[kept], high[kept])), shape=(n + 1, n + 1)
    )
    told: Floats = dijkstra(graph, directed=False, indices=n)[:n]
    return told


def seated_one_by_one(
    minutes: Floats, seekers: Floats, capacity: Floats, n_tried: int
) -> tuple[Floats, float, float]:
    """Seat (node, group) rows at hubs: served by group, their minutes, people without a hub in reach."""
    rows = [tuple(row) for row in np.argwhere(seekers > 0.0)]
    pairs = []
    for node, group in rows:
        near = sorted(
            (minutes[group, hub, node], hub)
            for hub in range(len(capacity))
            if np.isfinite(minutes[group, hub, node])
        )
        pairs += [(far, node, group, hub) for far, hub in near[:n_tried]]
    left, room = seekers.copy(), capacity.copy()
    served, spent = np.zeros(seekers.shape[1]), 0.0
    for far, node, group, hub in sorted(pairs):
        taken = min(left[node, group], room[hub])
        left[node, group] -= taken
        room[hub] -= taken
        served[group] += taken
        spent += taken * far
    reach = {(node, group) for _, node, group, _ in pairs}
    astray = sum(seekers[row] for row in rows if row not in reach)
    return served, spent, float(astray)


@given(TOWNS, st.integers(1, 5), SEEDS, st.sampled_from([1, 3, 5]))
def test_hours_are_those_of_people_seated_one_by_one(
    made: Raw, n_hubs: int, seed: int, n_tried: int
) -> None:
    streets, ours, told = asked(made, n_hubs, seed)
    trials = simulate(ours, told, np.random.default_rng(seed), n_draws=2, n_tried=n_tried)
    for k, stream in enumerate(np.random.default_rng(seed).spawn(2)):
        drawn = draw(told, Ground(streets), ours.hubs, stream)
        for hour in range(N_HOURS):
            minutes = np.array(
                [
                    [
                        minutes_to(streets, ours.hubs, drawn.closed[hour], walker, hub)
                        for hub in range(n_hubs)
                    ]
                    for walker in (2, 0)
                ]
            )
            minutes[minutes > told.limit_min] = np.inf
            minutes[:, ~drawn.open[hour]] = np.inf
            seekers = ours.demand.at(hour, drawn.take_up)
            served, spent, astray = seated_one_by_one(minutes, seekers, ours.hubs.capacity, n_tried)
            assert trials.seekers[k, hour] == pytest.approx(seekers.sum(axis=0))
            # Where rounding orders equal minutes otherwise, a seat goes to the other group.
            assert trials.served[k, hour].sum() == pytest.approx(served.sum(), abs=1e-9)
            assert trials.minutes[k, hour].sum() == pytest.approx(spent, abs=1e-7)
            assert trials.too_far[k, hour].sum() == pytest.approx(astray, abs=1e-9)
            assert trials.n_open[k, hour] == drawn.open[hour].sum()


@given(TOWNS, st.integers(1, 5), SEEDS)
def test_laws_of_hours(made: Raw, n_hubs: int, seed: int) -> None:
    """Everybody is counted once; the same seed gives the same bits; more seats never seat fewer."""
    streets, ours, told = asked(made, n_hubs, seed)
    one = simulate(ours, told, np.random.default_rng(seed), n_draws=2, n_tried=n_hubs)
    again = simulate(ours, told, np.random.default_rng(seed), n_draws=2, n_tried=n_hubs)
    for name in type(one).__slots__:
        assert np.array_equal(getattr(one, name), getattr(again, name))
    assert one.served + one.unserved == pytest.approx(one.seekers)
    assert (one.spilled <= one.served + 1e-9).all()
    assert (one.served.sum(axis=2) <= ours.hubs.capacity.sum() + 1e-9).all()
    assert (one.minutes <= told.limit_min * one.served + 1e-9).all()
    wider = ours.hubs.equipped(0, capacity=float(ours.hubs.capacity[0]) + 5.0, autonomy_h=np.inf)
    more = simulate(
        Town(streets, wider, ours.demand), told, np.random.default_rng(seed), n_draws=2,
        n_tried=n_hubs,
    )  # fmt: skip
    assert (more.served.sum(axis=2) >= one.served.sum(axis=2) - 1e-9).all()
    # The others meet the same fate, whatever is added at the end.
    spot = Hubs(
        snap(streets, streets.points[:1], limit_m=1e6), streets.points[:1], np.array([4.0]),
        np.array([np.inf]), np.array([3]), (frozenset(),), np.array([True]),
    )  # fmt: skip
    longer = ours.hubs.and_also(spot)
    for stream, twin in zip(
        np.random.default_rng(seed).spawn(2), np.random.default_rng(seed).spawn(2), strict=True
    ):
        fate = draw(told, ours.ground, ours.hubs, stream)
        other = draw(told, ours.ground, longer, twin)
        assert np.array_equal(fate.open, other.open[:, :-1])
        assert all(map(np.array_equal, fate.closed, other.closed))
