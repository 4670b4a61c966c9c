"""Values on a map: the fast way says what plain loops say."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from tests.oracle.slow_space import (
    Pairs,
    slow_contiguity,
    slow_deals,
    slow_geary,
    slow_getis,
    slow_local,
    slow_moran,
    slow_smoothed,
    slow_standardised,
    slow_tails,
)

from courtepointe.core.space import (
    Neighbours,
    contiguity,
    from_pairs,
    gathered,
    geary,
    local_moran,
    moran,
    smoothed,
)
from courtepointe.core.space.kernels import dealt
from courtepointe.core.typing import Shapes

SEEDS = range(8)


def quilt(seed: int) -> Shapes:
    """Cut a square into cells around random points; a few are taken away."""
    rng = np.random.default_rng(seed)
    points = shapely.MultiPoint(rng.uniform(0, 10, (18, 2)))
    cells = shapely.voronoi_polygons(points, extend_to=shapely.box(0, 0, 10, 10))
    kept = shapely.intersection(shapely.get_parts(cells), shapely.box(0, 0, 10, 10))
    return np.asarray(kept[rng.random(kept.size) > 0.15], dtype=object)


def pairs_of(told: Neighbours) -> Pairs:
    return dict(
        zip(zip(told.row.tolist(), told.unit.tolist(), strict=True), told.weight, strict=True)
    )


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("rook", [True, False])
def test_who_touches(seed: int, rook: bool) -> None:
    shapes = quilt(seed)
    assert pairs_of(contiguity(shapes, rook=rook)) == slow_contiguity(shapes.tolist(), rook=rook)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("means", [True, False])
def test_statistics_of_the_whole_and_of_units(seed: int, means: bool) -> None:
    near = contiguity(quilt(seed))
    pairs = pairs_of(near)
    if means:
        near, pairs = near.standardised(), slow_standardised(pairs, near.n_units)
    x = np.random.default_rng(seed).gamma(2.0, 3.0, near.n_units)
    told = moran(x, near)
    fast = (told.value, told.variance_normal, told.variance_random)
    assert fast == pytest.approx(slow_moran(x.tolist(), pairs))
    assert geary(x, near).value == pytest.approx(slow_geary(x.tolist(), pairs))
    for star in (True, False):
        slow = slow_getis(x.tolist(), pairs, star=star)
        assert gathered(x, near, star=star) == pytest.approx(slow)
    local = local_moran(x, near, rng=np.random.default_rng(1), n_draws=9)
    assert local.index == pytest.approx(slow_local(x.tolist(), pairs))


@pytest.mark.parametrize("seed", SEEDS)
def test_one_way_neighbours_have_the_same_variances(seed: int) -> None:
    rng = np.random.default_rng(seed)
    row, unit = np.nonzero((rng.random((9, 9)) < 0.3) & ~np.eye(9, dtype=bool))
    near = from_pairs(row, unit, rng.uniform(0.5, 2.0, row.size), n_units=9)
    x = rng.normal(size=9)
    told = moran(x, near)
    fast = (told.value, told.variance_normal, told.variance_random)
    assert fast == pytest.approx(slow_moran(x.tolist(), pairs_of(near)))


@pytest.mark.parametrize("seed", SEEDS)
def test_deals_at_random_come_near_all_deals(seed: int) -> None:
    """Of nine units all deals can be counted; values repeat, so that ties are met."""
    shapes = np.array([shapely.box(k % 3, k // 3, k % 3 + 1, k // 3 + 1) for k in range(9)])
    near = contiguity(shapes, rook=True).standardised()
    x = np.random.default_rng(seed).integers(0, 5, 9).astype(float)
    if np.unique(x).size == 1:
        pytest.skip("all equal")
    n = 20_000
    told = local_moran(x, near, rng=np.random.default_rng(seed), n_draws=n)
    for unit in range(9):
        at_least, at_most = slow_tails(x.tolist(), pairs_of(near), unit)
        # Five standard errors of a count of 20,000.
        assert told.at_least[unit] / n == pytest.approx(at_least, abs=0.0178)
        assert told.at_most[unit] / n == pytest.approx(at_most, abs=0.0178)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("near_ones", [True, False])
def test_smoothed_rates(seed: int, near_ones: bool) -> None:
    near = contiguity(quilt(seed))
    rng = np.random.default_rng(seed)
    people = rng.integers(0, 300, near.n_units).astype(float)
    events = np.floor(people * rng.beta(1.0, 4.0, near.n_units))
    told = smoothed(events, people, near if near_ones else None)
    pairs = pairs_of(near) if near_ones else None
    assert told.rate == pytest.approx(slow_smoothed(events.tolist(), people.tolist(), pairs))


@pytest.mark.parametrize(
    ("n_units", "n_neighbours", "n_draws"),
    [
        (9, 2, 700),
        (40, 6, 999),
        (40, 9, 300),
        (5_000, 8, 1_000),
        (300, 48, 400),
        (50, 1, 255),
        (50, 3, 1),
    ],
)
def test_deals_drawn_ahead_are_those_of_one_stream(
    n_units: int, n_neighbours: int, n_draws: int
) -> None:
    """To the last bit, and where many are drawn twice."""
    rng = np.random.default_rng(n_units)
    z, weight = rng.normal(size=n_units), rng.uniform(0.1, 1.0, n_neighbours)
    for own in (0, n_units // 2, n_units - 1):
        fast = dealt(z, weight, own, np.uint64(2**63 - 5), n_draws)
        slow = slow_deals(z.tolist(), weight.tolist(), own, 2**63 - 5, n_draws)
        assert fast.tolist() == slow
