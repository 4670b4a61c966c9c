"""Scenarios of real events beside what was published: what is reproduced, what is only set, what is not told.

Shelters of April 2023 and cool places of July 2018 stood where no file of ours says; so these are tests of
orders of magnitude, in a made-up town or on the real streets of three boroughs.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.support.towns_of_streets import town

from courtepointe.core.streets import WALKERS, Streets, snap
from courtepointe.core.stress import (
    Demand,
    Hubs,
    Town,
    Trials,
    estimate,
    gaps,
    people_along,
    simulate,
)
from courtepointe.core.stress.values import ALL
from courtepointe.core.typing import Floats
from courtepointe.formats.boundaries.crs import DEGREES, move_points
from courtepointe.formats.places import read_places
from courtepointe.formats.scenarios import SHIPPED, ScenarioFile, shipped_scenario
from courtepointe.formats.streets import read_streets

METRES = "EPSG:32188"
HOME = 2.0
"""People of a home: an assumption, as the file says."""
NIGHTS = 5.0


def hubs(streets: Streets, spots: Floats, file: ScenarioFile) -> Hubs:
    n, its = len(spots), file.hubs
    return Hubs(
        snap(streets, spots, limit_m=1e6), spots, np.full(n, its.capacity),
        np.full(n, its.autonomy_h), np.full(n, its.staff), (its.traits,) * n,
        np.full(n, its.dry),
    )  # fmt: skip


def ice(homes: float, *, everybody_comes: bool = False) -> tuple[ScenarioFile, Trials]:
    """Try the ice storm in a town of that many dark homes and eight shelters."""
    file = shipped_scenario("ice-2023", to_crs=METRES)
    streets = town(40, seed=4, kept=0.8).streets()
    spots = streets.points[np.random.default_rng(2).choice(streets.n_nodes, 8, replace=False)]
    scenario = file.scenario
    if everybody_comes:
        seeking = tuple(replace(one, take_up=ALL) for one in scenario.seeking)
        scenario = replace(scenario, seeking=seeking)
    living = people_along(streets, homes * HOME)
    shares = np.array([file.shares[one.code] for one in scenario.seeking])
    asked = Town(
        streets, hubs(streets, spots, file), Demand(living[:, None] * shares, scenario.seeking)
    )
    return file, simulate(asked, scenario, np.random.default_rng(7), n_draws=60)


def test_if_all_in_the_dark_came_to_the_shelters_none_would_be_large_enough() -> None:
    """Access is not use: reach alone foretells a crush a hundred times what was seen."""
    file, trials = ice(20_000.0, everybody_comes=True)
    assert file.figure("homes_dark_at_least") == 20_000.0
    at_once = trials.seekers.sum(axis=2).max(axis=1).mean()
    assert at_once > 100 * file.figure("served")
    seats = file.figure("shelters") * file.hubs.capacity
    assert trials.served.sum(axis=2).max() <= seats + 1e-6
    assert trials.overload.sum() > 0.0


def test_the_take_up_is_set_by_the_figure_and_so_gives_it_back() -> None:
    """No success of the model: the range was chosen so. It says how far off another choice would be."""
    few, some = ice(20_000.0)
    _, many = ice(99_000.0)
    taken_in = few.figure("served")
    implied = (taken_in / NIGHTS / (99_000 * HOME), taken_in / (20_000 * HOME))
    for one in few.scenario.seeking:
        assert one.take_up.low <= implied[0] * 1.2 and implied[1] * 0.8 <= one.take_up.high
    low = estimate(some.served.sum(axis=2).max(axis=1)).low
    high = estimate(many.served.sum(axis=2).max(axis=1)).high
    assert low <= taken_in / NIGHTS
    assert taken_in <= high
    # And what was seen fits in the eight shelters, as it did.
    assert taken_in < few.figure("shelters") * few.hubs.capacity


def test_shelters_that_open_late_serve_nobody_for_one_to_three_nights() -> None:
    _, trials = ice(20_000.0)
    first = (trials.n_open > 0.0).argmax(axis=1)
    assert first.min() >= 18
    # From noon of the first day, the third night is hours 54 to 66.
    assert (first >= 54).any()
    served = trials.served.sum(axis=2)
    assert all(one[:hour].sum() == 0.0 for one, hour in zip(served, first, strict=True))


@pytest.mark.shared
def test_who_reaches_a_cool_place_on_the_streets_of_three_boroughs(montreal_files: Path) -> None:
    """The study's 62 % is of the whole city in another year: within ten points, not more."""
    file = shipped_scenario("heat-2018", to_crs=METRES)
    streets = read_streets(montreal_files / "network" / "DonneesMTL.gpkg", to_crs=METRES).streets
    places = read_places(montreal_files / "places" / "lieux_publics_climatises.json")
    degrees = np.stack([places.longitude, places.latitude], axis=1)
    spots = move_points(degrees, source=DEGREES, target=METRES)
    spots = spots[~snap(streets, spots).too_far]
    # Nothing fails, all come, there is room for all: access alone, for the usual walker and the slow.
    seeking = tuple(replace(one, take_up=ALL, by_hour=np.ones(1)) for one in file.scenario.seeking)
    calm = replace(file.scenario, n_hours=1, effects=(), seeking=seeking)
    every = replace(hubs(streets, spots, file), capacity=np.full(len(spots), 1e9))
    people = people_along(streets, 1_000.0)[:, None] * np.array(
        [file.shares[one.code] for one in seeking]
    )
    trials = simulate(
        Town(streets, every, Demand(people, seeking)), calm, np.random.default_rng(0), n_draws=1
    )
    aged, others = (trials.served[0, 0] / trials.seekers[0, 0]).tolist()
    assert [one.walker for one in seeking] == [WALKERS[1], WALKERS[0]]
    assert others == pytest.approx(file.figure("within_15_min"), abs=0.1)
    assert others == pytest.approx(0.555, abs=0.02)
    assert aged < others - 0.1
    assert gaps(trials)[0].people_hours.mean == pytest.approx((others - aged) * 170.0, rel=1e-6)


def test_every_published_figure_has_a_verdict_in_the_method(root: Path) -> None:
    page = (root / "docs" / "methods" / "stress.md").read_text(encoding="utf-8")
    for code in SHIPPED:
        for one in shipped_scenario(code, to_crs=METRES).published:
            assert f"| `{code}` | `{one.key}` |" in page, (code, one.key)
