"""People placed along the streets of their area: a street of 400 m through two areas, and one beyond."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from courtepointe.core.access import Placed, along_streets, covered_along
from courtepointe.core.errors import BadInput
from courtepointe.core.streets import Streets, streets_of

# A street along y = 0 from 0 to 400, and one up from its end that nobody lives on.
POINTS = np.array([[0.0, 0.0], [400.0, 0.0], [400.0, 300.0]])
AREAS = np.array(
    [
        shapely.box(0, -150, 100, 150),
        shapely.box(100, -150, 390, 150),
        shapely.box(-4_000, -150, 0, 150),  # the streets cover its edge only
        shapely.box(9_000, 0, 9_100, 100),
    ],
    dtype=object,
)


def streets() -> Streets:
    return streets_of(POINTS, np.array([0, 1]), np.array([1, 2]), np.array([400.0, 300.0]))


def placed(step_m: float = 100.0) -> Placed:
    return along_streets(streets(), AREAS, step_m=step_m)


def test_stretches_lie_in_the_area_of_their_middle() -> None:
    told = placed()
    assert told.area.tolist() == [0, 1, 1, 1]
    assert told.spots.edge.tolist() == [0, 0, 0, 0]
    assert told.spots.along.tolist() == [0.125, 0.375, 0.625, 0.875]
    assert told.metres.tolist() == [100.0] * 4
    assert told.ground.tolist()[:2] == [1.0, 1.0]
    assert 0.0 < told.ground[2] < 0.1 and told.ground[3] == 0.0
    assert told.whole.tolist() == [True, True, False, False]
    # Nobody lives along a street that is closed.
    shut = along_streets(streets(), AREAS, passable=np.array([False, True]))
    assert shut.area.tolist() == []
    assert not shut.whole.any()


def test_people_are_spread_evenly_and_the_ends_tell_the_range() -> None:
    told = placed()
    minutes = np.array([1.0, 4.0, 6.0, np.inf])
    people = np.array([[10.0], [30.0], [99.0], [7.0]])
    spread = covered_along(told, minutes, people, limits_min=(5.0, 10.0))
    assert spread.even.people.tolist() == [[40.0]]
    assert spread.even.covered[0, 0].tolist() == pytest.approx([20.0, 30.0])
    assert spread.nearest.covered[0, 0].tolist() == [40.0, 40.0]
    assert spread.farthest.covered[0, 0].tolist() == [10.0, 10.0]
    assert spread.counted.tolist() == [True, True, False, False]


def test_shorter_stretches_say_the_same_metres() -> None:
    fine, coarse = placed(7.0), placed()
    for one in (fine, coarse):
        metres = np.bincount(one.area, weights=one.metres)
        assert metres.tolist() == pytest.approx([100.0, 290.0], abs=11.0)
    assert fine.metres.max() <= 7.0


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(BadInput, match="access_step"):
        placed(0.0)
    told = placed()
    for code, minutes, people in (
        ("access_count", np.zeros(4), -np.ones((4, 1))),
        ("access_minutes", np.full(4, np.nan), np.ones((4, 1))),
        ("core_shape", np.zeros(3), np.ones((4, 1))),
        ("core_shape", np.zeros(4), np.ones((3, 1))),
    ):
        with pytest.raises(BadInput, match=code):
            covered_along(told, minutes, people, limits_min=(5.0,))
