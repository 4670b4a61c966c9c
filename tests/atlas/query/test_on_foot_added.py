"""One place more, counted from what was known: the same as all places counted anew."""

from __future__ import annotations

import numpy as np
import pytest
from tests.support.comb import at, box, comb
from tests.support.town import town

from courtepointe.atlas.query.atlas import Atlas
from courtepointe.atlas.query.on_foot import Afoot, afoot, inside_of, on_streets, reach, told_inside
from courtepointe.atlas.query.on_foot_added import told_more, with_site
from courtepointe.core.access import Placed, covered_along
from courtepointe.core.errors import BadInput
from courtepointe.core.streets import WALKERS, Snapped

TRACT = box(0, 0, 1000, 1000)
SPOTS = [(50, 200), (900, 800), (400, 400), (50, 500), (899, 210), (60, 201), (700, 600)]


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Afoot:
    return afoot(Atlas(town()), comb(tmp_path_factory.mktemp("comb")), WALKERS[0])


@pytest.mark.parametrize("shape", [TRACT, box(-10, 0, 500, 1000), box(0, 0, 2000, 1000)])
@pytest.mark.parametrize("n_before", [0, 1, 3])
@pytest.mark.parametrize("more", [1, 3, 5, 6])
def test_it_is_what_all_sites_together_give(
    held: Afoot, shape: object, n_before: int, more: int
) -> None:
    stand = [SPOTS[k] for k in range(len(SPOTS)) if k != more][:n_before]
    ground = inside_of(held, shape)
    before = reach(held, on_streets(held, at(*stand)))
    told = with_site(before, on_streets(held, at(SPOTS[more])))
    whole = reach(held, on_streets(held, at(*stand, SPOTS[more])))
    assert np.array_equal(told.nodes_min, whole.nodes_min)
    assert np.array_equal(told.spots_min, whole.spots_min)
    one, two = told_more(told_inside(before, ground), told, ground), told_inside(whole, ground)
    assert one.reached_km == pytest.approx(two.reached_km, abs=1e-9)
    assert one.spread is not None and two.spread is not None
    for way in ("even", "nearest", "farthest"):
        assert np.array_equal(getattr(one.spread, way).covered, getattr(two.spread, way).covered)


def test_area_by_area_is_what_stretch_by_stretch_gives(held: Afoot) -> None:
    """The quick count beside the plain one, over a territory that cuts the tract."""
    assert held.placed is not None and held.ground is not None
    found = reach(held, on_streets(held, at((50, 200), (700, 600))))
    told = told_inside(found, inside_of(held, box(-10, 0, 500, 1000)))
    in_it = held.middles[:, 0] <= at((500, 0))[0, 0]
    spots = held.placed.spots
    some = Placed(
        Snapped(spots.edge[in_it], spots.along[in_it], spots.away_m[in_it], spots.limit_m),
        held.placed.metres[in_it], held.placed.area[in_it], held.placed.ground,
    )  # fmt: skip
    part = some.metres.sum() / held.placed.metres.sum()
    people = (held.ground.counts * part)[:, None]
    plain = covered_along(some, found.spots_min[in_it], people, limits_min=found.limits_min)
    assert told.spread is not None
    for way in ("even", "nearest", "farthest"):
        covered = getattr(told.spread, way).covered
        assert covered == pytest.approx(getattr(plain, way).covered, abs=1e-9)


def test_only_what_comes_nearer_is_drawn_again(held: Afoot) -> None:
    before = reach(held, on_streets(held, at((50, 200))))
    told = with_site(before, on_streets(held, at((900, 800))))
    drawn = {int(edge) for one in told.new for edge in one.edge}
    assert 0 < len(drawn) < held.streets.n_edges
    again = with_site(before, on_streets(held, at((50, 200))))
    assert again.areas.tolist() == []
    assert np.array_equal(again.nodes_min, before.nodes_min)


def test_a_place_in_the_river_and_two_at_once_are_refused(held: Afoot) -> None:
    before = reach(held, on_streets(held, at((50, 200))))
    with pytest.raises(BadInput, match="streets_too_far"):
        with_site(before, on_streets(held, at((-250, 200))))
    with pytest.raises(BadInput, match="core_shape"):
        with_site(before, on_streets(held, at((50, 200), (900, 800))))
