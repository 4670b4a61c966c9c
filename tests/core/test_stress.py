"""Scenarios, demands and hubs are valid once made; what is not is refused by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import shapely

from courtepointe.core.errors import BadInput
from courtepointe.core.streets import WALKERS, Streets, snap, starts_at, streets_of, walk
from courtepointe.core.stress import (
    Demand,
    Disc,
    Discs,
    Effect,
    Ground,
    Hubs,
    Range,
    Rules,
    Scenario,
    Seeking,
    base_of,
    closures_of,
    nearest_under,
    points_in,
    serve_under,
)

USUAL = WALKERS[0]
HALF = Range(0.2, 0.5, 0.6)


def row(n: int) -> Streets:
    """Give a street of ``n`` crossings, 78 m apart: a minute at the usual pace."""
    points = np.stack([78.0 * np.arange(n), np.zeros(n)], axis=1)
    return streets_of(points, np.arange(n - 1), np.arange(1, n), np.full(n - 1, 78.0))


def seeking(code: str = "all", **more: Any) -> Seeking:
    return Seeking(code, np.ones(3), **more)


def scenario(**more: Any) -> Scenario:
    held: dict[str, Any] = {
        "code": "s", "hazard": "flood", "n_hours": 3,
        "effects": (Effect("flooded", (0, 2)),), "seeking": (seeking(),),
    }  # fmt: skip
    return Scenario(**{**held, **more})


def hubs(**more: Any) -> Hubs:
    streets = row(5)
    nodes = streets.place()[np.array([0, 4])]
    held = {
        "sites": snap(streets, streets.points[nodes]), "points": streets.points[nodes],
        "capacity": np.array([10.0, 5.0]),
        "autonomy_h": np.array([np.inf, 4.0]), "staff": np.array([3, 1]),
        "traits": (frozenset({"cooling"}), frozenset()), "dry": np.array([False, True]),
    }  # fmt: skip
    return Hubs(**{**held, **more})


def test_what_is_well_made_is_taken() -> None:
    made = scenario(effects=(Effect("flooded", (0, 2), discs=Discs(5, Range(100, 200, 300))),))
    assert made.effects[0].hours == (0, 2)
    assert len(hubs()) == 2
    demand = Demand(np.array([[10.0], [4.0]]), (Seeking("all", np.array([0.5, 1.0])),))
    assert demand.at(0, np.array([0.1])).tolist() == [[0.5], [0.2]]
    assert demand.at(1, np.array([1.0])).tolist() == [[10.0], [4.0]]
    chance = np.random.default_rng(1)
    drawn = np.array([HALF.draw(chance) for _ in range(200)])
    assert 0.2 <= drawn.min() < drawn.max() <= 0.6
    assert Range(2.0, 2.0, 2.0).draw(chance) == 2.0


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: Range(2.0, 1.0, 3.0), "stress_range"),
        (lambda: Range(0.0, 1.0, np.inf), "stress_range"),
        (lambda: Disc(0.0, np.nan, 5.0), "stress_disc"),
        (lambda: Disc(0.0, 0.0, 0.0), "stress_disc"),
        (lambda: Discs(0, HALF), "stress_disc"),
        (lambda: Discs(2, Range(0.0, 1.0, 2.0)), "stress_disc"),
        (lambda: Effect("wind", (0, 1)), "stress_kind"),
        (lambda: Effect("flooded", (2, 2)), "stress_hours"),
        (lambda: Effect("flooded", (-1, 2)), "stress_hours"),
        (lambda: Effect("staff", (0, 1), share=Range(0.5, 1.0, 1.5)), "stress_part"),
        (lambda: Effect("needs", (0, 1)), "stress_trait"),
        (lambda: Effect("flooded", (0, 1), trait="cooling"), "stress_trait"),
        (
            lambda: Effect("flooded", (0, 1), (shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)]),)),
            "stress_area",
        ),
        (lambda: Effect("flooded", (0, 1), (shapely.Polygon(),)), "stress_area"),
        (lambda: Rules(staff_at_least=-1), "stress_rules"),
        (lambda: Rules(opening_lag_h=Range(-1.0, 0.0, 0.0)), "stress_rules"),
        (lambda: Seeking("all", np.array([0.2, 1.2])), "stress_part"),
        (lambda: Seeking("all", np.array([np.nan])), "stress_part"),
        (lambda: seeking(take_up=Range(0.0, 0.0, 2.0)), "stress_part"),
        (lambda: scenario(hazard="dragon"), "stress_hazard"),
        (lambda: scenario(n_hours=0), "stress_hours"),
        (lambda: scenario(n_hours=1, seeking=(Seeking("a", np.ones(1)),)), "stress_hours"),
        (lambda: scenario(limit_min=0.0), "streets_limit"),
        (lambda: scenario(seeking=()), "stress_groups"),
        (lambda: scenario(seeking=(seeking(), seeking())), "stress_groups"),
        (lambda: scenario(seeking=(Seeking("a", np.ones(2)),)), "core_shape"),
        (lambda: Demand(np.array([[-1.0]]), (seeking(),)), "access_count"),
        (lambda: Demand(np.ones((2, 2)), (seeking(),)), "core_shape"),
        (lambda: hubs(capacity=np.array([10.0, -5.0])), "access_count"),
        (lambda: hubs(autonomy_h=np.array([1.0, np.nan])), "access_count"),
        (lambda: hubs(sites=snap(row(5), np.array([[0.0, 0.0], [0.0, 900.0]]))), "streets_too_far"),
        (lambda: hubs(staff=np.array([1])), "core_shape"),
        (lambda: hubs(traits=(frozenset(),)), "core_shape"),
    ],
)
def test_what_is_not_is_refused_by_name(make: Callable[[], object], code: str) -> None:
    with pytest.raises(BadInput) as refused:
        make()
    assert refused.value.code == code


def test_who_is_served_when_a_street_and_a_hub_fail() -> None:
    """Six crossings in a row, a minute apart, hubs at both ends."""
    streets = row(6)
    place = streets.place()
    street = {int(row_): edge for edge, row_ in enumerate(streets.row)}
    people = np.zeros((6, 1))
    people[place, 0] = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]
    base = base_of(
        streets, walk(streets, USUAL), starts_at(streets, place[[0, 5]]), people=people,
        limit_min=3.5,
    )  # fmt: skip
    none, gone = np.zeros(0, dtype=int), np.array([1])
    cut = np.array([street[1], street[3]])  # between 1 and 2, 3 and 4
    told = serve_under(base, closures_of([(none, none), (none, gone), (cut, none), (cut, gone)]))
    assert told.served[:, 0].tolist() == [21.0, 10.0, 14.0, 3.0]
    assert told.unserved[:, 0].tolist() == [0.0, 11.0, 7.0, 18.0]
    # 0 1 2 | 2 1 0 minutes; 0 1 2 3; 0 1 - - 1 0; 0 1.
    assert told.minutes[:, 0] == pytest.approx([2 + 6 + 8 + 5, 2 + 6 + 12, 2 + 5, 2])
    assert told.mean_minutes[3, 0] == pytest.approx(2 / 3)
    minutes = [one.minutes[place] for one in nearest_under(base, closures_of([(cut, gone)]))]
    assert minutes[0] == pytest.approx([0.0, 1.0] + [np.inf] * 4)
    all_gone = serve_under(base, closures_of([(none, np.array([0, 1]))]))
    assert all_gone.served[0, 0] == 0.0
    assert np.isnan(all_gone.mean_minutes[0, 0])


def test_closures_that_are_none_are_refused() -> None:
    streets = row(4)
    base = base_of(streets, walk(streets, USUAL), starts_at(streets, np.array([0])))
    none = np.zeros(0, dtype=int)
    for closed in ((np.array([3]), none), (none, np.array([1])), (np.array([-1]), none)):
        with pytest.raises(BadInput) as refused:
            serve_under(base, closures_of([closed]))
        assert refused.value.code == "access_position"
    twice = replace(closures_of([(np.array([0, 1]), none)]), edges=np.array([1, 1], dtype=np.int32))
    with pytest.raises(BadInput) as refused:
        serve_under(base, twice)
    assert refused.value.code == "stress_twice"
    with pytest.raises(BadInput) as refused:
        base_of(streets, walk(streets, USUAL, single=True), starts_at(streets, np.array([0])))
    assert refused.value.code == "stress_single"
    with pytest.raises(BadInput) as refused:
        base_of(
            streets, walk(streets, USUAL), starts_at(streets, np.array([0])),
            people=np.full((4, 1), -1.0),
        )  # fmt: skip
    assert refused.value.code == "access_count"


def test_what_areas_touch() -> None:
    streets = row(6)
    ground = Ground(streets)
    at = streets.points[streets.place()[2]]
    told = ground.edges_in([Disc(float(at[0]), 10.0, 12.0)])
    assert sorted(streets.row[told].tolist()) == [1, 2]
    assert len(ground.edges_in([Disc(0.0, 500.0, 12.0)])) == 0
    box = shapely.box(-1.0, -1.0, 100.0, 1.0)
    assert sorted(streets.row[ground.edges_in([box])].tolist()) == [0, 1]
    disc, edge = ground.edges_of_discs(np.array([at, [0.0, 500.0]]), np.array([12.0, 12.0]))
    assert (disc.tolist(), sorted(streets.row[edge].tolist())) == ([0, 0], [1, 2])
    points = np.array([[0.0, 0.0], [50.0, 0.5], [50.0, 9.0]])
    assert points_in(points, [box]).tolist() == [0, 1]
    assert points_in(points, [Disc(50.0, 9.0, 1.0), box]).tolist() == [0, 1, 2]
    assert points_in(points, []).tolist() == []


def test_who_lost_nothing_keeps_its_hub_where_rounding_makes_a_tie() -> None:
    """Two hubs stand a hair's breadth apart, and the minute to the next crossing eats it."""
    points = np.array([[0.0, 0.0], [0.1, 0.0], [78.0, 0.0], [156.0, 0.0]])
    length = np.array([78.0 * 1e-20, 78.0, 78.0])
    streets = streets_of(points, np.arange(3), np.arange(1, 4), length)
    first, second, middle, last = streets.place()
    # The crossing in the middle is a minute from the last hub of its end and from the second hub at the other.
    starts = starts_at(streets, np.array([first, last, second]))
    base = base_of(streets, walk(streets, USUAL), starts)
    nothing: list[int] = []
    hubs_closed = (nothing, [2], nothing, [0], [2], [0, 2])
    told = list(
        nearest_under(
            base,
            closures_of((np.array([], dtype=int), np.array(one, dtype=int)) for one in hubs_closed),
        )
    )
    assert told[0].site[[first, second, middle, last]].tolist() == [0, 2, 1, 1]
    # With the second hub closed its crossing is 1e-20 minutes from the first, and one and 1e-20 are one.
    assert told[1].minutes[[second, middle]].tolist() == [1e-20, 1.0]
    assert told[1].site[[second, middle]].tolist() == [0, 1]
    assert told[2].site.tolist() == told[0].site.tolist()
    assert told[3].site[[first, second, middle]].tolist() == [2, 2, 1]
    assert told[4].site.tolist() == told[1].site.tolist()
    assert told[5].site.tolist() == [1] * 4
