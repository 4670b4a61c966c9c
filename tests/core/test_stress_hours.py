"""Hour by hour on a street worked by hand: power runs down, seats fill, people go on or go without."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from courtepointe.core.errors import BadInput
from courtepointe.core.streets import WALKERS, Streets, snap, streets_of
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
    Town,
    Trials,
    draw,
    estimate,
    gaps,
    regrets,
    simulate,
    value_of,
)
from courtepointe.core.typing import Bools

USUAL, SLOW = WALKERS[0], WALKERS[2]


def street() -> Streets:
    """Give seven crossings in a row, a minute apart."""
    points = np.stack([78.0 * np.arange(7), np.zeros(7)], axis=1)
    return streets_of(points, np.arange(6), np.arange(1, 7), np.full(6, 78.0))


def hubs(streets: Streets, *at: float, **more: Any) -> Hubs:
    """Put hubs along the street, by crossing; ten seats each, and what is said."""
    n = len(at)
    points = np.array([[78.0 * x, 0.0] for x in at])
    held: dict[str, Any] = {
        "capacity": np.full(n, 10.0), "autonomy_h": np.full(n, np.inf), "staff": np.full(n, 2),
        "traits": (frozenset(),) * n, "dry": np.zeros(n, dtype=bool),
    }  # fmt: skip
    return Hubs(snap(streets, points), points, **{**held, **more})


def scenario(*effects: Effect, n_hours: int = 4, **more: Any) -> Scenario:
    return Scenario("s", "blackout", n_hours, effects, (Seeking("all", np.ones(n_hours)),), **more)


def open_hours(told: Scenario, its: Hubs, streets: Streets, seed: int = 1) -> Bools:
    return draw(told, Ground(streets), its, np.random.default_rng(seed)).open.T


def town_of(streets: Streets, its: Hubs, told: Scenario, *people: tuple[int, float]) -> Town:
    held = np.zeros((7, len(told.seeking)))
    place = streets.place()
    for group in range(held.shape[1]):
        for node, n in people:
            held[place[node], group] = n
    return Town(streets, its, Demand(held, told.seeking))


def test_hubs_close_by_power_water_staff_needs_streets_and_lag() -> None:
    streets = street()
    three = hubs(streets, 0.5, 3.5, 5.5, autonomy_h=np.array([0.0, 2.0, np.inf]))
    dark = scenario(Effect("no_power", (1, 4)))
    assert open_hours(dark, three, streets).tolist() == [
        [True, False, False, False],
        [True, True, True, False],
        [True] * 4,
    ]
    # Power that comes back fills the battery again.
    twice = scenario(Effect("no_power", (0, 3)), Effect("no_power", (4, 6)), n_hours=6)
    assert open_hours(twice, three, streets)[1].tolist() == [True, True, False, True, True, True]
    spot = (Disc(78.0 * 3.5, 0.0, 20.0),)
    assert open_hours(scenario(Effect("flooded", (0, 2), spot)), three, streets)[1].tolist() == [
        False, False, True, True
    ]  # fmt: skip
    # A hub on dry ground that stands on a street under water is closed all the same.
    dry = replace(three, dry=np.ones(3, dtype=bool))
    assert not open_hours(scenario(Effect("flooded", (0, 4), spot)), dry, streets)[1].any()
    assert not open_hours(scenario(Effect("street_closed", (0, 4), spot)), three, streets)[1].any()
    rules = Rules(staff_at_least=2)
    absent = scenario(Effect("staff", (0, 1), share=Range(1.0, 1.0, 1.0)), rules=rules)
    assert open_hours(absent, three, streets).tolist() == [[False, True, True, True]] * 3
    assert open_hours(scenario(rules=Rules(staff_at_least=3)), three, streets).sum() == 0
    cool = replace(three, traits=(frozenset({"cooling"}), frozenset(), frozenset()))
    heat = scenario(Effect("needs", (0, 4), trait="cooling"))
    assert open_hours(heat, cool, streets).all(axis=1).tolist() == [True, False, False]
    late = scenario(rules=Rules(opening_lag_h=Range(2.5, 2.5, 2.5)))
    assert open_hours(late, three, streets)[0].tolist() == [False, False, False, True]


def test_a_share_hits_that_part_by_chance() -> None:
    streets = street()
    many = hubs(streets, *np.linspace(0.1, 5.9, 400))
    half = scenario(Effect("no_power", (0, 4), share=Range(0.5, 0.5, 0.5)))
    many = replace(many, autonomy_h=np.zeros(400))
    told = open_hours(half, many, streets)
    assert 160 < told.all(axis=1).sum() < 240
    assert (told.all(axis=1) | ~told.any(axis=1)).all()
    floods = scenario(Effect("flooded", (0, 4), discs=Discs(1, Range(50.0, 60.0, 70.0))))
    hit = [(~open_hours(floods, many, streets, seed)[:, 0]).sum() for seed in range(20)]
    assert len(set(hit)) > 1  # the streets under water are whole streets


def test_who_finds_a_hub_full_goes_on_or_goes_without() -> None:
    streets = street()
    told = scenario(n_hours=1, limit_min=4.25)
    # Hubs at 1 and 4 of 10 seats; 8 at 1, 8 at 2, 8 at 4, 3 at 6 and, with a limit of 4.25 minutes, all reach.
    town = town_of(streets, hubs(streets, 1, 4), told, (1, 8.0), (2, 8.0), (4, 8.0), (6, 3.0))
    trials = simulate(town, told, np.random.default_rng(0), n_draws=1)
    one = {name: np.asarray(getattr(trials, name)).ravel().tolist() for name in Trials.__slots__}
    # At 1: 8, then 2 of those at 2; their other 6 find 4 with 2 seats, two minutes away as for 6: 8 + 2.
    assert one["seekers"] == [27.0]
    assert one["served"] == [pytest.approx(20.0)]
    assert one["no_room"] == [pytest.approx(7.0)]
    assert one["too_far"] == [0.0]
    assert sum(one["spilled"]) in (pytest.approx(0.0), pytest.approx(2.0))
    assert one["overload"][0] == pytest.approx(6.0)
    assert one["minutes"] == [pytest.approx(2 * 1.0 + 2 * 2.0)]
    assert one["n_open"] == [2.0]
    near = scenario(n_hours=1, limit_min=0.5)
    told_near = simulate(town, near, np.random.default_rng(0), n_draws=1)
    assert told_near.too_far.sum() == pytest.approx(11.0)
    once = simulate(town, told, np.random.default_rng(0), n_draws=1, n_tried=1)
    assert once.spilled.sum() == 0.0


def test_take_up_and_hours_say_who_comes_and_no_hub_serves_nobody() -> None:
    streets = street()
    seeking = (
        Seeking("aged", np.array([0.5, 1.0]), Range(0.1, 0.1, 0.1), SLOW),
        Seeking("others", np.array([0.0, 1.0]), Range(0.2, 0.2, 0.2), USUAL),
    )
    told = Scenario("s", "heat", 2, (), seeking, limit_min=3.0)
    town = town_of(streets, hubs(streets, 0), told, (0, 10.0), (2, 10.0))
    trials = simulate(town, told, np.random.default_rng(0), n_draws=2)
    assert trials.seekers[0].tolist() == [[1.0, 0.0], [2.0, 4.0]]
    # The slow take 1.3 / 0.7 times as long: two crossings are 3.7 minutes.
    assert trials.served[1] == pytest.approx(np.array([[0.5, 0.0], [1.0, 4.0]]))
    # One of two of the aged is served, all the others are: an hour and a half of seats.
    aged, others = gaps(trials)
    assert aged.people_hours.mean == pytest.approx(1.5)
    assert others.people_hours.mean == pytest.approx(0.5 * 4.0 - 4.0)
    assert aged.minutes.mean == pytest.approx(0.0 - 1.0)
    dark = replace(told, rules=Rules(staff_at_least=9))
    none = simulate(town, dark, np.random.default_rng(0), n_draws=1)
    assert none.served.sum() == 0.0
    assert none.too_far.sum() == none.seekers.sum() == pytest.approx(7.0)


def test_the_value_of_a_hub_more_and_of_one_better_equipped() -> None:
    streets = street()
    told = scenario(Effect("no_power", (0, 4)), limit_min=2.0)
    one = hubs(streets, 1, autonomy_h=np.array([2.0]))
    people = ((0, 4.0), (6, 6.0))
    before, generator, second, both = (
        simulate(town_of(streets, its, told, *people), told, np.random.default_rng(3), n_draws=3)
        for its in (
            one,
            one.equipped(0, autonomy_h=48.0),
            one.and_also(hubs(streets, 5)),
            one.equipped(0, autonomy_h=48.0).and_also(hubs(streets, 5)),
        )
    )
    assert value_of(before, generator).people_hours.mean == pytest.approx(2 * 4.0)
    assert value_of(before, second).people_hours.mean == pytest.approx(4 * 6.0)
    assert value_of(before, second).people_hours.error == 0.0
    assert value_of(before, before).minutes.mean == 0.0
    calm = scenario(limit_min=2.0)
    calm_too = [
        simulate(town_of(streets, its, calm, *people), calm, np.random.default_rng(3), n_draws=3)
        for its in (one.equipped(0, autonomy_h=48.0), one.and_also(hubs(streets, 5)))
    ]
    table = regrets(
        {"generator": [generator, calm_too[0]], "second": [second, calm_too[1]]}, ["dark", "calm"]
    )
    assert table.unserved == pytest.approx(np.array([[24.0, 24.0], [8.0, 0.0]]))
    assert table.regret == pytest.approx(np.array([[16.0, 24.0], [0.0, 0.0]]))
    assert table.worst.tolist() == pytest.approx([24.0, 0.0])
    assert table.options[table.least] == "second"
    assert both.served.sum() == pytest.approx(3 * 40.0)
    wider = one.equipped(0, capacity=3.0, traits=frozenset({"cooling"}), dry=True)
    assert (wider.capacity.tolist(), wider.dry.tolist()) == ([3.0], [True])
    assert wider.traits == (frozenset({"cooling"}),)


def test_intervals_are_those_of_the_drawings() -> None:
    told = estimate(np.array([1.0, 2.0, 3.0, 4.0]))
    assert (told.mean, told.middle, told.n_draws) == (2.5, 2.5, 4)
    assert told.error == pytest.approx(np.sqrt(5.0 / 3.0) / 2.0)
    assert [told.low, told.high] == pytest.approx([1.15, 3.85])
    assert estimate(np.array([np.nan, 2.0])).n_draws == 1
    assert np.isnan(estimate(np.array([np.nan])).mean)
    assert np.isnan(estimate(np.array([2.0])).error)


def test_what_cannot_be_tried_is_refused() -> None:
    streets = street()
    told = scenario()
    town = town_of(streets, hubs(streets, 1), told, (0, 1.0))
    other = replace(told, seeking=(Seeking("others", np.ones(4)),))
    rng = np.random.default_rng(0)
    one = simulate(town, told, rng, n_draws=1)
    two = simulate(town, told, rng, n_draws=2)
    for make, code in (
        (lambda: simulate(town, told, rng, n_draws=0), "stress_draws"),
        (lambda: simulate(town, told, rng, n_draws=1, n_tried=0), "streets_wanted"),
        (lambda: simulate(town, other, rng, n_draws=1), "stress_groups"),
        (lambda: value_of(one, two), "core_shape"),
        (lambda: regrets({}, ["s"]), "stress_options"),
        (lambda: regrets({"a": [one]}, ["s", "t"]), "stress_options"),
        (lambda: Town(streets, town.hubs, Demand(np.ones((2, 1)), told.seeking)), "core_shape"),
    ):
        with pytest.raises(BadInput) as refused:
            make()
        assert refused.value.code == code
