"""Who reaches a site on foot, on a comb of streets worked by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import shapely
from tests.support.comb import at, box, comb
from tests.support.town import town

from courtepointe.atlas.pack.open import open_pack
from courtepointe.atlas.query.atlas import Atlas
from courtepointe.atlas.query.on_foot import Afoot, Reach, afoot, on_streets, reach, told_within
from courtepointe.core.streets import WALKERS

USUAL = WALKERS[0]
TRACT = box(0, 0, 1000, 1000)


@pytest.fixture
def held(tmp_path: Path) -> Afoot:
    return afoot(Atlas(town()), comb(tmp_path), USUAL)


def reached_from(held: Afoot, *points: tuple[float, float]) -> Reach:
    return reach(held, on_streets(held, at(*points)))


def test_people_and_streets_are_those_that_a_hand_counts(held: Afoot) -> None:
    told = told_within(reached_from(held, (50, 200)), TRACT)
    assert told.street_km == pytest.approx(4.0, abs=1e-6)
    # 780 m: 780 + 600 of the back + 580 + 380 + 180; 1,170 m: 850 + 600 + 850 + 770 + 570.
    assert told.reached_km == pytest.approx((0.97, 2.52, 3.64), abs=1e-6)
    assert told.spread is not None
    assert told.spread.even.covered[0, 0, 0] == pytest.approx(250.0)
    assert told.spread.even.people[0, 0] == pytest.approx(1000.0)
    assert told.spread.nearest.covered[0, 0].tolist() == pytest.approx([1000.0] * 3)
    assert told.spread.farthest.covered[0, 0].tolist() == [0.0] * 3
    assert (told.in_part, told.without_value) == ((), ())


def test_a_territory_that_cuts_an_area_has_its_part_of_the_people(held: Afoot) -> None:
    told = told_within(reached_from(held, (50, 200)), box(-10, 0, 500, 1000))
    # 2,400 m of 4,000 lie inside.
    assert told.street_km == pytest.approx(2.4, abs=1e-6)
    assert told.spread is not None
    assert told.spread.even.people[0, 0] == pytest.approx(600.0)
    assert told.spread.even.covered[0, 0, 0] == pytest.approx(250.0)


def test_areas_that_the_streets_cover_in_part_are_named_and_counted_nowhere(held: Afoot) -> None:
    told = told_within(reached_from(held, (50, 200)), box(0, 0, 2000, 1000))
    assert told.in_part == ("002",)
    assert told.spread is not None
    assert told.spread.even.people[0, 0] == pytest.approx(1000.0)


def test_one_place_more_never_takes_anybody_away(held: Afoot) -> None:
    today = told_within(reached_from(held, (50, 200)), TRACT).spread
    more = told_within(reached_from(held, (50, 200), (900, 800)), TRACT).spread
    assert today is not None and more is not None
    # The far end of the last tooth: 400 m of stretches more.
    gain = more.even.covered[0, 0, 0] - today.even.covered[0, 0, 0]
    assert gain == pytest.approx(100.0)
    assert (more.even.covered >= today.even.covered).all()


def test_a_site_in_the_river_or_on_another_continent_is_told_and_counts_for_nothing(
    held: Afoot,
) -> None:
    points = np.concatenate([at((50, 200), (-250, 200)), [[np.inf, np.inf]]])
    put = on_streets(held, points)
    assert put.too_far.tolist() == [False, True, True]
    assert put.away_m[:2] == pytest.approx([0.0, 300.0], abs=1e-3)
    one, alone = (
        told_within(reach(held, on_streets(held, some)), TRACT) for some in (points, points[:1])
    )
    assert one.reached_km == alone.reached_km


def test_without_sites_nobody_reaches_one(held: Afoot) -> None:
    told = told_within(reached_from(held), TRACT)
    assert told.reached_km == (0.0, 0.0, 0.0)
    assert told.spread is not None
    assert told.spread.even.covered[0, 0].tolist() == [0.0] * 3
    assert told.spread.even.people[0, 0] == pytest.approx(1000.0)


def test_an_atlas_without_people_tells_kilometres_only(tmp_path: Path) -> None:
    pack = town()
    fit = replace(pack.recipe.fit, people=None)
    bare = Atlas(replace(pack, recipe=replace(pack.recipe, fit=fit)))
    told = told_within(reached_from(afoot(bare, comb(tmp_path), USUAL), (50, 200)), TRACT)
    assert told.spread is None
    assert told.reached_km[0] == pytest.approx(0.97, abs=1e-6)


def test_the_stairs_of_the_demo_city_stop_who_takes_none(demo_pack: Path) -> None:
    pack = open_pack(demo_pack)
    assert pack.streets is not None
    streets = pack.streets.streets
    assert streets.stairs is not None and streets.stairs.any()
    foot = streets.points[streets.from_node[streets.stairs][:1]]
    # Both walk at 0.7 m/s: only stairs are between them.
    with_stairs, without = (
        reach(held, on_streets(held, foot))
        for held in (afoot(Atlas(pack), streets, one) for one in WALKERS[2:])
    )
    assert WALKERS[2].metres_per_second == WALKERS[3].metres_per_second
    assert (without.nodes_min >= with_stairs.nodes_min - 1e-9).all()
    assert (without.nodes_min > with_stairs.nodes_min + 0.1).any()
    kilometres = [shapely.length(one.parts[-1]).sum() / 1e3 for one in (with_stairs, without)]
    assert kilometres[1] < kilometres[0]
