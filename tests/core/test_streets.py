"""Streets worked by hand: a square of 100 m with a tail, stairs, a crescent and an island."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import shapely

from courtepointe.core.errors import BadInput
from courtepointe.core.streets import (
    NOBODY,
    WALKERS,
    Streets,
    Walker,
    catchments,
    nearest,
    nearest_of_places,
    nearest_several,
    pairs_within,
    pieces,
    pieces_of_streets,
    reached,
    slope_factor,
    snap,
    starts_at,
    starts_from,
    streets_of,
    walk,
)
from courtepointe.doors.words import sentence

MINUTE = Walker("a hundred metres a minute", 100.0 / 60.0)
# 3 - 2       5 - 6
# |   |
# 0 - 1 - 4
POINTS = np.array(
    [[0.0, 0.0], [100.0, 0.0], [100.0, 100.0], [0.0, 100.0], [300.0, 0.0], [500.0, 500.0],
     [600.0, 500.0]]
)  # fmt: skip
FROM, TO = np.array([0, 2, 2, 3, 1, 5]), np.array([1, 1, 3, 0, 4, 6])
LENGTH = np.array([100.0, 100.0, 100.0, 100.0, 200.0, 100.0])


def seven(**changed: Any) -> Streets:
    given = {"points": POINTS, "from_node": FROM, "to_node": TO, "length_m": LENGTH} | changed
    return streets_of(**given)


def at(streets: Streets, values: np.ndarray) -> list[float]:
    """Give values of nodes by the numbers that the nodes had."""
    return values[streets.place()].tolist()


def test_minutes_from_two_sites() -> None:
    streets = seven()
    sites = starts_at(streets, streets.place()[[3, 4]])
    found = nearest(streets, walk(streets, MINUTE), sites)
    assert at(streets, found.minutes) == [1.0, 2.0, 1.0, 0.0, 0.0, np.inf, np.inf]
    # Node 1 is two minutes from both: the site of lower number is told.
    assert at(streets, found.site) == [0, 0, 0, 0, 1, NOBODY, NOBODY]
    within = nearest(streets, walk(streets, MINUTE), sites, limit_min=1.0)
    assert at(streets, within.site) == [0, NOBODY, 0, 0, 1, NOBODY, NOBODY]


def test_the_two_nearest_and_all_within_a_limit() -> None:
    streets = seven()
    sites = starts_at(streets, streets.place()[[4, 3, 3]])
    two = nearest_several(streets, walk(streets, MINUTE), sites, 2)
    assert at(streets, two.minutes)[1] == [2.0, 2.0]
    assert at(streets, two.site)[:2] == [[1, 2], [0, 1]]
    assert at(streets, two.site)[5] == [NOBODY, NOBODY]
    more = nearest_several(streets, walk(streets, MINUTE), sites, 5)
    assert at(streets, more.site)[0] == [1, 2, 0, NOBODY, NOBODY]
    pairs = pairs_within(streets, walk(streets, MINUTE), sites, 2.0)
    reached_by = [
        sorted(streets.given[pairs.node[low:high]].tolist())
        for low, high in zip(pairs.first[:-1], pairs.first[1:], strict=True)
    ]
    assert reached_by == [[1, 4], [0, 1, 2, 3], [0, 1, 2, 3]]
    assert pairs.site.tolist() == [0, 0, 1, 1, 1, 1, 2, 2, 2, 2]


def test_pieces_and_odd_edges_are_told() -> None:
    held = pieces(seven())
    assert held.n_nodes.tolist() == [5, 2]
    assert held.length_m.tolist() == [600.0, 100.0]
    assert (seven().tidied.n_repeated, seven().tidied.n_loops) == (0, 0)
    odd = seven(
        from_node=np.r_[FROM, [1, 0, 6, 4, 5]],
        to_node=np.r_[TO, [0, 1, 6, 4, 3]],
        # Said twice; a second street between the same two; a crescent; a point; two at one place.
        length_m=np.r_[LENGTH, [100.0, 150.0, 80.0, 0.0, 0.0]],
    )
    told = odd.tidied
    assert (told.n_repeated, told.n_loops, told.n_points, told.n_without_length) == (1, 1, 1, 1)
    assert odd.row.tolist() == [0, 1, 2, 3, 4, 5, 7, 8, 10]
    assert len(pieces(odd)) == 1
    found = nearest(odd, walk(odd, MINUTE), starts_at(odd, odd.place()[[3]]))
    assert at(odd, found.minutes) == [1.0, 2.0, 1.0, 0.0, 4.0, 0.0, 1.0]


def test_stairs_slopes_and_closed_streets_by_kind_of_walker() -> None:
    streets = seven(
        stairs=np.array([True, False, False, False, False, False]),
        slope_percent=np.array([0.0, 10.0, -10.0, np.nan, 0.0, 0.0]),
    )
    usual, no_stairs = (walk(streets, one) for one in (WALKERS[0], WALKERS[3]))
    assert usual.n_slope_unknown == 1
    assert usual.edge_min[0] == pytest.approx(100.0 / 78.0)
    factor = (np.exp(0.35) + np.exp(3.5 * (0.05 - 0.05))) / 2.0
    assert usual.edge_min[[1, 2]] == pytest.approx(np.full(2, 100.0 / 78.0 * factor))
    # Neither the stairs nor one in ten, which is steeper than one in twelve.
    assert no_stairs.passable.tolist() == [False, False, False, True, True, True]
    assert pieces(streets, passable=no_stairs.passable).n_nodes.tolist() == [2, 2, 2, 1]
    shut = walk(streets, MINUTE, closed=np.array([False, False, False, True, False, False]))
    found = nearest(streets, shut, starts_at(streets, streets.place()[[0]]))
    assert at(streets, found.minutes)[3] == pytest.approx(1.0 + 2.0 * factor)


def test_a_slope_costs_both_ways_and_level_ground_nothing() -> None:
    told = slope_factor(np.array([0.0, np.nan, 5.0, -5.0, 12.0]))
    assert told[:2].tolist() == [1.0, 1.0]
    assert told[2] == told[3] == pytest.approx(np.cosh(3.5 * 0.05))
    assert told[4] == pytest.approx((np.exp(0.42) + np.exp(3.5 * 0.02)) / 2.0)


def test_places_are_put_on_streets_and_a_hub_in_the_river_is_refused() -> None:
    streets = seven()
    spots = np.array([[25.0, 10.0], [200.0, -30.0], [300.0, 300.0]])
    told = snap(streets, spots)
    assert told.edge.tolist() == [0, 4, -1]
    assert told.along.tolist() == [0.25, 0.5, 0.0]
    assert told.away_m[:2].tolist() == [10.0, 30.0]
    with pytest.raises(BadInput, match="streets_too_far") as refused:
        starts_from(streets, walk(streets, MINUTE), told)
    assert refused.value.facts["position"] == 2
    assert "in the river" in sentence(refused.value, lang="en")
    only = snap(streets, spots, limit_m=1_000.0, among=np.arange(6) == 5)
    assert only.edge.tolist() == [5, 5, 5]


def test_minutes_of_addresses_count_the_way_to_the_street_and_along_it() -> None:
    streets = seven()
    at_pace = walk(streets, MINUTE)
    sites = snap(streets, np.array([[250.0, 20.0]]))  # 50 m before the end of the tail, 20 m away
    found = nearest(streets, at_pace, starts_from(streets, at_pace, sites))
    assert at(streets, found.minutes)[:5] == pytest.approx([2.7, 1.7, 2.7, 3.7, 0.7])
    homes = snap(streets, np.array([[280.0, 0.0], [50.0, -10.0], [300.0, 300.0]]))
    told = nearest_of_places(streets, at_pace, found, homes, sites)
    # Along the same street; by node 1; nowhere.
    assert told.minutes.tolist() == pytest.approx([0.5, 2.3, np.inf])
    assert told.site.tolist() == [0, 0, NOBODY]


def test_parts_of_streets_within_a_limit() -> None:
    streets = seven()
    at_pace = walk(streets, MINUTE)
    sites = snap(streets, np.array([[200.0, 0.0]]))
    found = nearest(streets, at_pace, starts_from(streets, at_pace, sites))
    near = reached(streets, at_pace, found.minutes, 0.5, sites=sites)
    # No end of a street is reached yet, and half a minute of the site's own street is.
    assert (near.edge.tolist(), near.begin.tolist(), near.end.tolist()) == ([4], [0.25], [0.75])
    assert reached(streets, at_pace, found.minutes, 0.5).length_m(streets) == 0.0
    far = reached(streets, at_pace, found.minutes, 1.5, sites=sites)
    assert far.edge.tolist() == [0, 1, 4]
    assert far.length_m(streets) == pytest.approx(50.0 + 50.0 + 200.0)
    drawn = pieces_of_streets(streets, far)
    assert shapely.length(drawn).tolist() == pytest.approx([50.0, 50.0, 200.0])
    # Edge 1 goes from node 2 down to node 1: its last half is reached.
    assert shapely.get_coordinates(drawn[1]).tolist() == [[100.0, 50.0], [100.0, 0.0]]


def test_catchments_lie_in_one_another() -> None:
    streets = seven()
    at_pace = walk(streets, MINUTE)
    found = nearest(streets, at_pace, starts_at(streets, streets.place()[[0]]))
    small, large = catchments(streets, at_pace, found.minutes, (1.0, 4.0), width_m=10.0)
    assert large.covers(small)
    # The yard of the square is filled, and the island is not reached.
    assert large.covers(shapely.Point(50, 50))
    assert not large.intersects(shapely.Point(550, 500))
    # Two arms that share a square of 10 m, two round ends and a round corner.
    assert small.area == pytest.approx(2 * 2_000.0 - 100.0 + 1.25 * np.pi * 100.0, rel=0.01)
    none = catchments(streets, at_pace, np.full(7, np.inf), (5.0,))
    assert none[0].is_empty


def test_bends_are_drawn_as_they_are() -> None:
    bent = shapely.LineString([[0, 0], [0, -50], [100, -50], [100, 0]])
    shapes = np.array([bent], dtype=object)
    streets = streets_of(POINTS[:2], FROM[:1], TO[:1], np.array([200.0]), shapes=shapes)
    told = snap(streets, np.array([[50.0, -60.0]]))
    assert (told.along.tolist(), told.away_m.tolist()) == ([0.5], [10.0])
    minutes = np.where(streets.given == 0, 0.0, np.inf)
    half = pieces_of_streets(streets, reached(streets, walk(streets, MINUTE), minutes, 1.0))
    assert half[0].equals(shapely.LineString([[0, 0], [0, -50], [50, -50]]))


@pytest.mark.parametrize(
    ("code", "changed"),
    [
        ("streets_none", {"from_node": FROM[:0], "to_node": TO[:0], "length_m": LENGTH[:0]}),
        ("streets_none", {"points": POINTS[:0]}),
        ("streets_point", {"points": np.where(POINTS == 300.0, np.nan, POINTS)}),
        ("streets_node", {"to_node": np.where(TO == 6, 7, TO)}),
        ("streets_node", {"from_node": np.where(FROM == 5, -1, FROM)}),
        ("streets_length", {"length_m": np.where(LENGTH == 200.0, -1.0, LENGTH)}),
        ("streets_length", {"length_m": np.where(LENGTH == 200.0, np.nan, LENGTH)}),
        ("streets_length", {"length_m": np.where(LENGTH == 200.0, np.inf, LENGTH)}),
        ("streets_slope", {"slope_percent": np.where(LENGTH == 200.0, np.inf, 0.0)}),
        ("core_shape", {"stairs": np.array([True])}),
        ("core_shape", {"points": POINTS[:, :1]}),
        ("streets_shape", {"shapes": np.array([shapely.LineString([[0, 0], [9, 9]])] * 6)}),
        ("streets_shape", {"shapes": np.array([shapely.Point(0, 0)] * 6)}),
        ("streets_shape", {"shapes": np.array([None] * 6)}),
    ],
)  # fmt: skip
def test_what_is_no_street_is_refused_by_name(code: str, changed: dict[str, Any]) -> None:
    with pytest.raises(BadInput, match=code):
        seven(**changed)


def test_questions_that_cannot_be_are_refused() -> None:
    streets = seven()
    pace = walk(streets, MINUTE)
    sites = starts_at(streets, np.array([0]))
    none = np.zeros(0, dtype=np.int64)
    asked = {
        "streets_no_site": lambda: starts_at(streets, none),
        "streets_site_node": lambda: starts_at(streets, np.array([7])),
        "streets_limit": lambda: nearest(streets, pace, sites, limit_min=0.0),
        "streets_wanted": lambda: nearest_several(streets, pace, sites, 0),
        "streets_place": lambda: snap(streets, np.array([[np.nan, 0.0]])),
        "streets_width": lambda: catchments(streets, pace, np.zeros(7), (5.0,), width_m=0.0),
        "walker_speed": lambda: Walker("nobody", 0.0),
        "core_shape": lambda: pieces(streets, passable=np.array([True])),
    }
    for code, ask in asked.items():
        with pytest.raises(BadInput, match=code):
            ask()
    for wrong in (
        lambda: pairs_within(streets, pace, sites, float("nan")),
        lambda: catchments(streets, pace, np.zeros(7), (5.0, 5.0)),
        lambda: snap(streets, POINTS, limit_m=-1.0),
    ):
        with pytest.raises(BadInput, match="streets_limit"):
            wrong()
    empty = replace(snap(streets, POINTS[:1]), edge=none, along=np.zeros(0), away_m=np.zeros(0))
    with pytest.raises(BadInput, match="streets_no_site"):
        starts_from(streets, pace, empty)
