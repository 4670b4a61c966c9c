"""Values on a map: what holds for every quilt."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from courtepointe.core.multiplicity import adjusted
from courtepointe.core.space import (
    Neighbours,
    from_pairs,
    gathered,
    geary,
    local_moran,
    moran,
    smoothed,
    standardised,
    surviving,
)
from courtepointe.core.typing import Floats

seeds = st.integers(0, 10_000)
# Powers of two move and stretch floats without a rounding.
scales = st.sampled_from([-8.0, -1.0, 0.25, 4.0])


def quilt(seed: int, *, n: int = 14) -> tuple[Floats, Neighbours]:
    """Draw whole values, and neighbours both ways; some units may be alone."""
    rng = np.random.default_rng(seed)
    upper = np.triu(rng.random((n, n)) < 0.25, 1)
    row, unit = np.nonzero(upper | upper.T)
    assume(row.size > 0)
    values = rng.integers(0, 40, n).astype(float)
    assume(np.unique(values).size > 1)
    return values, from_pairs(row, unit, n_units=n).standardised()


def dealt(values: Floats, near: Neighbours, seed: int = 1) -> Floats:
    return local_moran(values, near, rng=np.random.default_rng(seed), n_draws=199).p_value


@given(seeds, scales, st.integers(-5, 5))
def test_another_unit_of_measure_changes_nothing(seed: int, scale: float, moved: int) -> None:
    values, near = quilt(seed)
    other = values * scale + 8.0 * moved
    assert moran(other, near).value == pytest.approx(moran(values, near).value)
    assert geary(other, near).value == pytest.approx(geary(values, near).value)
    assert (dealt(other, near) == dealt(values, near)).all()
    sign = np.sign(scale)
    assert gathered(other, near) == pytest.approx(sign * gathered(values, near), abs=1e-9)


@given(seeds)
def test_the_order_of_units_changes_nothing_but_chance(seed: int) -> None:
    values, near = quilt(seed)
    order = np.random.default_rng(seed + 1).permutation(values.size)
    place = np.argsort(order)
    moved = from_pairs(place[near.row], place[near.unit], near.weight, n_units=values.size)
    one, other = moran(values, near), moran(values[order], moved)
    assert other.value == pytest.approx(one.value)
    assert other.variance_random == pytest.approx(one.variance_random)
    rng = np.random.default_rng(1)
    local = local_moran(values, near, rng=rng, n_draws=9)
    again = local_moran(values[order], moved, rng=rng, n_draws=9)
    assert again.index == pytest.approx(local.index[order])
    assert (again.quadrant == local.quadrant[order]).all()
    assert gathered(values[order], moved) == pytest.approx(gathered(values, near)[order], abs=1e-9)


@given(seeds)
def test_local_indices_add_up_to_the_whole(seed: int) -> None:
    values, near = quilt(seed)
    local = local_moran(values, near, rng=np.random.default_rng(1), n_draws=9)
    s0 = near.sums().s0
    whole = local.index.sum() / (values.size - 1.0) * values.size / s0
    assert whole == pytest.approx(moran(values, near).value)


@given(seeds, st.integers(1, 4))
def test_every_p_is_one_that_draws_can_give(seed: int, n_threads: int) -> None:
    values, near = quilt(seed)
    told = local_moran(values, near, rng=np.random.default_rng(2), n_draws=99, n_threads=n_threads)
    assert ((told.p_value >= 0.02) & (told.p_value <= 1.0)).all()
    assert (told.at_least + told.at_most >= 99 * told.tested).all()
    assert (told.tested == (near.counts > 0)).all()


@given(seeds)
def test_adjusting_never_makes_surer_and_dependence_less_so(seed: int) -> None:
    values, near = quilt(seed)
    p = dealt(values, near)
    q, however = adjusted(p), adjusted(p, however=True)
    assert (q >= p - 1e-12).all() and (however >= q - 1e-12).all()


@given(seeds)
def test_exact_values_stay_where_they_are(seed: int) -> None:
    values, near = quilt(seed)
    local = local_moran(values, near, rng=np.random.default_rng(1), n_draws=199)
    at = np.flatnonzero(local.tested & (local.p_value <= 0.5) & (local.quadrant > 0))
    told = surviving(
        values, np.zeros(values.size), near, local,
        at=at, cut=0.5, rng=np.random.default_rng(3), n_draws=5,
    )  # fmt: skip
    assert (told == 1.0).all()


@given(seeds)
def test_smoothing_draws_inwards_and_many_people_hold_their_rate(seed: int) -> None:
    rng = np.random.default_rng(seed)
    people = rng.integers(0, 400, 12).astype(float)
    assume(people.sum() > 0)
    events = np.floor(people * rng.random(12))
    told = smoothed(events, people)
    raw = np.where(people > 0, events / np.maximum(people, 1.0), told.mean)
    assert (np.abs(told.rate - told.mean) <= np.abs(raw - told.mean) + 1e-12).all()
    order = np.argsort(people)
    assert (np.diff(told.weight[order]) >= -1e-12).all()


@given(seeds, st.sampled_from([2.0, 8.0]))
def test_rates_on_one_scale_lie_on_their_own_side_of_all(seed: int, times: float) -> None:
    rng = np.random.default_rng(seed)
    people = rng.integers(1, 400, 12).astype(float)
    events = np.floor(people * rng.random(12))
    told = standardised(events, people, subset=True)
    side = np.sign(np.round(events / people - told.rate, 12))
    assert (np.sign(np.round(told.value, 12)) == side).all()
    # As many times more of both: rates are the same, and chance counts for less.
    more = standardised(events * times, people * times, subset=True)
    assert more.rate == pytest.approx(told.rate)


SIDE, MAPS, ALLOWED = 10, 120, 0.10
"""Of 120 maps 5 % are 6; 12 are more than two standard errors of that."""


def eight_neighbours() -> Neighbours:
    row, column = np.divmod(np.arange(SIDE * SIDE), SIDE)
    away = np.maximum(
        np.abs(row[:, None] - row[None, :]), np.abs(column[:, None] - column[None, :])
    )
    return from_pairs(*np.nonzero(away == 1), n_units=SIDE * SIDE).standardised()


def kept(values: Floats, near: Neighbours, rng: np.random.Generator) -> np.ndarray:
    p = local_moran(values, near, rng=rng, n_draws=1_999).p_value
    return np.asarray(adjusted(p) <= 0.05)


@pytest.mark.parametrize("law", ["normal", "skewed"])
def test_where_values_lie_anywhere_hardly_a_map_has_a_cluster(law: str) -> None:
    rng, near = np.random.default_rng(5), eight_neighbours()

    def drawn() -> Floats:
        n = SIDE * SIDE
        return rng.normal(size=n) if law == "normal" else rng.lognormal(sigma=0.8, size=n)

    assert np.mean([kept(drawn(), near, rng).any() for _ in range(MAPS)]) <= ALLOWED


def test_few_people_make_no_cluster_of_a_rate_that_is_the_same_everywhere() -> None:
    """In the west few live: raw rates spread there, and lie together."""
    rng, near = np.random.default_rng(6), eight_neighbours()
    west = np.arange(SIDE * SIDE) % SIDE < SIDE // 2
    people = np.where(west, 25.0, 2_000.0)
    found = 0
    for _ in range(MAPS):
        events = rng.binomial(people.astype(int), 0.1).astype(float)
        found += bool(kept(standardised(events, people, subset=True).value, near, rng).any())
    assert found / MAPS <= ALLOWED


def test_a_planted_corner_is_found() -> None:
    rng, near = np.random.default_rng(7), eight_neighbours()
    place = np.arange(SIDE * SIDE)
    corner = (place % SIDE < 4) & (place // SIDE < 4)
    told = np.array(
        [kept(rng.normal(size=place.size) + 3.0 * corner, near, rng) for _ in range(30)]
    )
    assert told[:, corner].mean() > 0.5
    assert told[:, ~corner].mean() < 0.05
