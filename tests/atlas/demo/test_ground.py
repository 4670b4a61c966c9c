"""Blocks tile the land, divisions nest, quarters follow nothing."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from courtepointe.atlas.demo.divisions import cut
from courtepointe.atlas.demo.lattice import corners
from courtepointe.atlas.demo.pieces import Land
from courtepointe.atlas.demo.plan import COUNTRY, plan_of
from courtepointe.atlas.demo.quarters import spiked
from courtepointe.atlas.demo.region import Made, make, merged
from courtepointe.atlas.demo.streets import streets_of
from courtepointe.core.errors import BadInput


def test_blocks_are_valid_and_neither_overlap_nor_leave_gaps(city: Made) -> None:
    shapes = city.blocks.shapes
    assert shapely.is_valid(shapes).all()
    assert set(shapely.get_type_id(shapes)) == {3}
    whole = shapely.union_all(shapes)
    assert whole.area == pytest.approx(shapely.area(shapes).sum(), rel=1e-9)
    assert len(whole.geoms) == 3, "two banks and an island"


def test_a_city_has_what_was_asked(city: Made) -> None:
    assert 60_000 <= city.tally.population.sum() <= 90_000
    assert 900 <= len(city.blocks) <= 1500
    assert city.divisions.n_das == 144
    assert len(city.limits) == 9
    assert city.divisions.n_boroughs == 4
    people = np.bincount(city.divisions.da, city.tally.population, 144)
    usual = people[people >= 250]
    assert 380 <= np.median(usual) <= 700
    assert (people < 40).sum() >= 2, "the mountain and half of the works are hidden"
    assert ((people >= 40) & (people < 250)).any(), "somewhere only incomes are hidden"


def test_nobody_lives_on_the_mountain_or_in_parks(city: Made) -> None:
    green = np.isin(city.blocks.land, [Land.MOUNTAIN, Land.PARK])
    assert green.sum() > 20
    assert city.tally.population[green].sum() == 0
    assert city.tally.population[city.blocks.land == Land.ISLAND].sum() > 0


def test_dissemination_areas_nest_and_hold_together(city: Made) -> None:
    d = city.divisions
    assert set(d.da.tolist()) == set(range(d.n_das))
    areas = merged(city.blocks.shapes, d.da, d.n_das)
    assert {shape.geom_type for shape in areas} == {"Polygon"}
    for coarse in (d.tract, d.borough):
        pairs = np.unique(np.column_stack([d.da, coarse]), axis=0)
        assert len(pairs) == d.n_das


def test_some_limits_changed_between_the_two_censuses_and_most_did_not(city: Made) -> None:
    d = city.divisions
    now = {frozenset(np.flatnonzero(d.da == k).tolist()) for k in range(d.n_das)}
    then = {
        frozenset(np.flatnonzero(d.da_2016 == k).tolist()) for k in np.unique(d.da_2016).tolist()
    }
    assert 0.55 < len(now & then) / len(now) < 0.9
    kept = [k for k in range(d.n_das) if (d.da_2016 == k).any()]
    assert len(kept) < d.n_das, "areas that were split or merged bear another code"


def test_quarters_are_valid_smooth_and_cut_blocks(city: Made) -> None:
    assert shapely.is_valid(city.limits).all()
    shared = shapely.area(
        shapely.intersection(city.limits[:, None], city.blocks.shapes[None, :])
    ) / shapely.area(city.blocks.shapes)
    partly = ((shared > 0.05) & (shared < 0.95)).any(axis=0)
    assert partly.sum() > 60
    assert (shared.sum(axis=0) > 1.001).any(), "two quarters overlap a little"
    works = city.blocks.land == Land.INDUSTRY
    assert shared[:, works].sum(axis=0).min() < 0.05, "the works are in no quarter"


def test_a_spike_makes_a_shape_invalid_and_changes_its_surface_by_little(city: Made) -> None:
    before = city.limits[1]
    after = spiked(before)
    assert shapely.is_valid(before)
    assert not shapely.is_valid(after)
    assert shapely.make_valid(after).area == pytest.approx(before.area, rel=1e-4)


def test_names_are_hard_on_purpose(city: Made) -> None:
    names = " ".join(city.quarters.names)
    for sign in "œŒ’–éᐃ":
        assert sign in names
    assert any(len(name) > 60 for name in city.quarters.names)
    assert any(name.startswith("Ste-") for name in city.quarters.names)
    assert city.codes.name.encode("cp1252")


def test_neighbouring_regions_share_their_street_corners() -> None:
    plan = plan_of("400", seed=3, lang="en")
    west, east = plan.regions[0], plan.regions[1]
    assert west.i0 + west.nx == east.i0
    j = np.arange(west.ny + 1)
    seen = [corners(np.full(len(j), r.i0 + r.nx * k), j, seed=3) for r, k in ((west, 1), (east, 0))]
    assert np.array_equal(*seen)
    made = [make(region, seed=3) for region in plan.regions[:2]]
    lands = [shapely.union_all(one.blocks.shapes) for one in made]
    assert lands[0].intersection(lands[1]).area == pytest.approx(0.0, abs=1.0)
    assert lands[0].touches(lands[1]) or lands[0].distance(lands[1]) == 0.0
    assert made[0].codes.name != made[1].codes.name
    assert not set(made[0].codes.da) & set(made[1].codes.da)


def test_cut_gives_parts_of_like_weight_and_never_an_empty_one() -> None:
    rng = np.random.default_rng(1)
    at, weight = rng.random((300, 2)), rng.random(300) + 0.1
    part = cut(at, weight, 17, rng=rng)
    sums = np.bincount(part, weight, 17)
    assert sums.min() > 0.4 * sums.mean()
    assert sums.max() < 2.0 * sums.mean()
    assert len(np.unique(cut(at[:5], weight[:5] * [1, 1, 1, 1, 900], 5, rng=rng))) == 5


def test_streets_join_all_land_and_cross_the_water(town: Made) -> None:
    rng = np.random.default_rng(1)
    streets = streets_of(town, rng=rng)
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    n = len(town.ground.points)
    ones = np.ones(len(streets.lines))
    links = coo_matrix((ones, (streets.start, streets.end)), shape=(n, n))
    _, part = connected_components(links, directed=False)
    used = np.unique(np.r_[streets.start, streets.end])
    assert len(np.unique(part[used])) == 1
    assert (streets.kind == 4).sum() >= 2, "a bridge over the river and one to the island"
    assert {-1, 0, 1} >= set(streets.way.tolist())
    assert (streets.way != 0).any()


@pytest.mark.parametrize("size", ["0", "11", str(COUNTRY + 1), "big", "-5", "12.5", ""])
def test_a_size_that_is_none_is_refused(size: str) -> None:
    with pytest.raises(BadInput) as caught:
        plan_of(size, seed=1, lang="en")
    assert caught.value.code == "demo_size"


@pytest.mark.parametrize(("size", "n_das"), [("town", 12), ("city", 144), ("161", 161)])
def test_a_plan_shares_its_areas_between_regions(size: str, n_das: int) -> None:
    plan = plan_of(size, seed=1, lang="fr")
    assert sum(region.n_das for region in plan.regions) == n_das
    assert all(region.n_das <= 160 for region in plan.regions)


def test_a_country_has_codes_of_its_own_everywhere() -> None:
    plan = plan_of(str(COUNTRY), seed=1, lang="en")
    assert sum(region.n_das for region in plan.regions) == COUNTRY
    assert len({region.cduid for region in plan.regions}) == len(plan.regions)
    assert len({region.cma for region in plan.regions}) == len(plan.regions)
    assert all(region.cduid[:2] in ("98", "97", "96", "95") for region in plan.regions)


def test_an_unknown_language_or_seed_is_refused() -> None:
    with pytest.raises(BadInput) as caught:
        plan_of("town", seed=1, lang="de")
    assert caught.value.code == "demo_lang"
    with pytest.raises(BadInput) as caught:
        plan_of("town", seed=-1, lang="fr")
    assert caught.value.code == "demo_seed"
