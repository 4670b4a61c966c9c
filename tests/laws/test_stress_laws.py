"""Laws of stress: closing more never serves more, the order of scenarios does not matter, undone is as before."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from tests.support.towns_of_streets import Town, town

from courtepointe.core.streets import WALKERS, Starts, Streets, Walk, nearest, starts_at, walk
from courtepointe.core.stress import Base, base_of, closures_of, kernels, nearest_under, serve_under
from courtepointe.core.typing import Ints

SEEDS = st.integers(0, 10_000)
TOWNS = st.builds(town, st.integers(3, 12), seed=SEEDS, kept=st.sampled_from([0.5, 0.8, 1.0]))
NONE = np.zeros(0, dtype=np.int64)


def closed(made: Town, n_hubs: int, chance: np.random.Generator, part: float) -> tuple[Ints, Ints]:
    n_edges = made.streets().n_edges
    return (
        np.flatnonzero(chance.random(n_edges) < part),
        np.flatnonzero(chance.random(n_hubs) < part),
    )


def base(made: Town, n_hubs: int, seed: int) -> tuple[Streets, Walk, Starts, Base]:
    streets = made.streets()
    chance = np.random.default_rng(seed)
    starts = starts_at(streets, chance.integers(0, streets.n_nodes, n_hubs))
    people = chance.uniform(0.0, 5.0, (streets.n_nodes, 1))
    pace = walk(streets, WALKERS[0])
    return streets, pace, starts, base_of(streets, pace, starts, people=people, limit_min=6.0)


@given(TOWNS, SEEDS)
def test_closing_more_never_serves_more(made: Town, seed: int) -> None:
    _, _, _, ground = base(made, 5, seed)
    chance = np.random.default_rng(seed)
    steps = [(NONE, NONE)]
    for _ in range(4):
        more = closed(made, 5, chance, 0.15)
        steps.append((np.union1d(steps[-1][0], more[0]), np.union1d(steps[-1][1], more[1])))
    told = serve_under(ground, closures_of(steps))
    assert (np.diff(told.served[:, 0]) <= 1e-9).all()
    minutes = np.array([one.minutes for one in nearest_under(ground, closures_of(steps))])
    assert (minutes[1:] >= minutes[:-1]).all()


@given(TOWNS, SEEDS, st.integers(1, 4))
def test_neither_the_order_of_scenarios_nor_the_threads_change_a_bit(
    made: Town, seed: int, n_threads: int
) -> None:
    _, _, _, ground = base(made, 4, seed)
    chance = np.random.default_rng(seed)
    held = [closed(made, 4, chance, part) for part in (0.0, 0.05, 0.3, 0.9, 0.1, 0.5)]
    order = chance.permutation(len(held))
    one = serve_under(ground, closures_of(held), n_threads=1)
    other = serve_under(ground, closures_of([held[k] for k in order]), n_threads=n_threads)
    for name in ("served", "unserved", "minutes", "touched"):
        assert np.array_equal(getattr(one, name)[order], getattr(other, name))


@given(TOWNS, SEEDS)
def test_a_scenario_that_is_undone_leaves_all_as_it_was(made: Town, seed: int) -> None:
    streets, pace, starts, ground = base(made, 4, seed)
    chance = np.random.default_rng(seed)
    bench, shut = kernels.bench_of(ground.town), np.zeros(4, dtype=np.bool_)
    far, who = np.empty_like(ground.town.far), np.empty_like(ground.town.who)
    before = [held.copy() for held in ground.town]
    for part in (0.05, 0.4, 1.0):
        edges, hubs = (one.astype(np.int32) for one in closed(made, 4, chance, part))
        kernels.labels_under(ground.town, edges, hubs, shut, 6.0, ground.band, 0.7, bench, far, who)
        assert np.array_equal(bench.minutes, ground.town.minutes)
        assert np.array_equal(bench.far, ground.town.far)
        assert np.array_equal(bench.who, ground.town.who)
        assert (bench.state == kernels.WHOLE).all() and not shut.any()
    assert all(map(np.array_equal, before, ground.town))
    # And nothing closed is the town as it is.
    found = next(nearest_under(ground, closures_of([(NONE, NONE)])))
    plain = nearest(streets, pace, starts, limit_min=6.0)
    assert np.array_equal(found.minutes, plain.minutes)
    assert np.array_equal(found.site, plain.site)
