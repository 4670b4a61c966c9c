"""Siting: published optima, proven; what is asked in vain is refused by name."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from courtepointe.core.errors import BadInput, CourtepointeError, NoAnswer
from courtepointe.core.siting import (
    Answer,
    Goal,
    Rounding,
    Scenario,
    Terms,
    Watch,
    all_pairs,
    backup_cover,
    capacitated_cover,
    equivalent,
    kappa_of,
    kolm_pollak_median,
    max_cover,
    max_cover_of_pairs,
    max_cover_on_budget,
    max_cover_on_plane,
    min_regret,
    p_center,
    p_median,
    p_median_on_plane,
    set_cover,
    set_cover_on_plane,
)
from courtepointe.formats.siting import read_orlib, read_tsplib

X = np.nan
STORES = (*range(1, 8), *range(11, 20))
"""Numbers of the stores of San Francisco that are candidates."""


@pytest.fixture(scope="module")
def reference(request: pytest.FixtureRequest) -> Path:
    folder: Path = request.getfixturevalue("shared") / "reference" / "pmed"
    if not folder.is_dir():
        pytest.skip(f"no reference data in {folder}")
    return folder


def places(*told: int) -> np.ndarray:
    return np.array(told, dtype=np.int64)


def optima(folder: Path, goal: str) -> dict[str, float]:
    """Read the optima of p-medians, or of p-centers, which stand after them."""
    medians, centers = (folder / "optima.txt").read_text("utf-8").split("p-center")
    lines = (medians if goal == "median" else centers).splitlines()
    return {line.split()[0]: float(line.split()[1]) for line in lines if line.startswith("pmed")}


@pytest.mark.shared
def test_the_medians_of_or_library_are_proven(reference: Path) -> None:
    for name, optimum in optima(reference, "median").items():
        read = read_orlib(reference / f"{name}.txt")
        distance = all_pairs(read.n_vertices, read.ends, read.cost)
        told = p_median(distance, np.ones(read.n_vertices), n_open=read.n_open).answer
        assert (told.objective, told.bound, told.proven) == (optimum, optimum, True), name
        assert len(told.sites) == read.n_open
        away = distance[np.arange(read.n_vertices), told.served_by]
        assert away.sum() == optimum
        assert (away == distance[:, told.sites].min(axis=1)).all()
        for other in told.alternatives:
            assert distance[:, other].min(axis=1).sum() == optimum


@pytest.mark.shared
@pytest.mark.parametrize(("n_open", "optimum"), [(5, 3_099_073), (50, 795_012), (300, 177_326), (500, 97_024)])  # fmt: skip
def test_the_medians_of_1304_points_are_proven_from_the_nearest_few(
    reference: Path, n_open: int, optimum: int
) -> None:
    points = read_tsplib(reference / "rl1304.tsp")
    told = p_median_on_plane(
        points, points, np.ones(len(points)), n_open=n_open, rounding=Rounding.FLOOR
    )
    assert told.answer.proven
    assert told.answer.objective == optimum
    assert len(told.question.rows.site) < len(points) ** 2 or n_open < 50


def line(*people: float) -> tuple[np.ndarray, np.ndarray]:
    """Give a street of five sites, 1 apart, and people at each."""
    at = np.arange(5.0)
    return np.abs(at[:, None] - at[None, :]), np.array(people, dtype=np.float64)


def test_why_each_site_was_chosen_is_told_in_people() -> None:
    distance, people = line(10, 0, 1, 0, 20)
    told = p_median(distance, people, n_open=2).answer
    assert told.goal is Goal.P_MEDIAN
    assert told.sites.tolist() == [0, 4] and told.objective == 2.0
    assert told.served_by.tolist() == [0, 0, 0, 4, 4]
    assert told.reasons.people.tolist() == [11.0, 20.0]
    # Without site 0 its ten people go four, and the one in the middle goes two as before.
    assert told.reasons.lost.tolist() == [40.0, 80.0]


def test_existing_sites_serve_and_are_not_counted() -> None:
    distance, people = line(10, 0, 1, 0, 20)
    terms = Terms(5, existing=places(4))
    told = p_median(distance, people, n_open=1, terms=terms).answer
    assert told.sites.tolist() == [0, 4]
    none_more = p_median(distance, people, n_open=0, terms=terms).answer
    assert none_more.sites.tolist() == [4] and none_more.objective == 42.0


def test_a_search_that_is_stopped_says_how_far_it_may_be() -> None:
    chance = np.random.default_rng(3)
    points = chance.random((60, 2))
    distance = np.hypot(*(points[:, None, axis] - points[None, :, axis] for axis in (0, 1)))
    stopped = p_median(distance, np.ones(60), n_open=6, watch=Watch(go_on=lambda: False)).answer
    whole = p_median(distance, np.ones(60), n_open=6).answer
    assert not stopped.proven and whole.proven
    assert stopped.bound < whole.objective <= stopped.objective
    assert whole.gap == 0.0 < stopped.gap


def test_a_search_tells_what_it_has() -> None:
    chance = np.random.default_rng(3)
    points = chance.random((60, 2))
    distance = np.hypot(*(points[:, None, axis] - points[None, :, axis] for axis in (0, 1)))
    heard: list[tuple[float, float]] = []
    told = p_median(
        distance, np.ones(60), n_open=6, watch=Watch(tell=lambda *both: heard.append(both))
    ).answer
    assert heard[-1] == (pytest.approx(told.objective), pytest.approx(told.bound))
    assert all(bound <= objective for objective, bound in heard)


def test_a_site_that_was_not_chosen_is_refused_without_a_search() -> None:
    distance, people = line(10, 0, 1, 0, 20)
    solved = p_median(distance, people, n_open=2)
    assert solved.refused(1).answer.sites.tolist() == [0, 4]
    assert solved.refused(0).answer.sites.tolist() == [1, 4]
    assert solved.refused(0).refused(1).answer.sites.tolist() == [2, 4]


def asked(**changed: Any) -> Callable[[], object]:
    distance, people = line(10, 0, 1, 0, 20)
    given: dict[str, Any] = {"distance": distance, "people": people, "n_open": 2} | changed
    return lambda: p_median(given.pop("distance"), given.pop("people"), **given)


REFUSED: list[tuple[Callable[[], object], str, dict[str, object]]] = [
    (asked(people=np.array([1.0, -2.0, 1, 1, 1])), "siting_negative_demand", {"position": 1, "value": -2.0}),
    (asked(people=np.array([1.0, X, 1, 1, 1])), "siting_not_a_number", {"array": "people", "position": 1}),
    (asked(people=np.ones(4)), "core_shape", {"array": "people"}),
    (asked(distance=np.full((5, 5), X)), "siting_not_a_number", {"array": "distance"}),
    (asked(distance=-np.ones((5, 5))), "siting_negative_distance", {"position": 0, "value": -1.0, "site": 0}),
    (asked(distance=np.ones((5, 0))), "core_shape", {"array": "distance"}),
    (asked(n_open=6), "siting_too_many", {"value": 6, "expected": 5}),
    (asked(n_open=0), "siting_too_few", {"value": 0, "expected": 1}),
    (asked(n_open=1, terms=Terms(5, forced=places(0, 1))), "siting_too_few", {"value": 1, "expected": 2}),
    (asked(n_open=4, terms=Terms(5, forbidden=places(0, 1))), "siting_too_many", {"value": 4, "expected": 3}),
    (lambda: Terms(5, forced=places(2), forbidden=places(2)), "siting_forced_and_forbidden", {"value": 2}),
    (lambda: Terms(5, existing=places(2), forbidden=places(2)), "siting_forced_and_forbidden", {"value": 2}),
    (lambda: Terms(5, forced=places(2), existing=places(2)), "siting_site_twice", {"value": 2}),
    (lambda: Terms(5, forced=places(5)), "siting_position", {"value": 5, "expected": 5}),
    (lambda: p_median_on_plane(np.array([[0.0, X]]), np.zeros((1, 2)), np.ones(1), n_open=1), "siting_not_a_number", {"array": "points", "position": 0}),
    (lambda: asked()().refused(5), "siting_position", {"value": 5}),  # type: ignore[attr-defined]
]  # fmt: skip


@pytest.mark.parametrize(("ask", "code", "facts"), REFUSED)
def test_what_cannot_be_computed_is_refused_by_name(
    ask: Callable[[], object], code: str, facts: dict[str, object]
) -> None:
    with pytest.raises(BadInput) as told:
        ask()
    assert told.value.code == code
    assert facts.items() <= told.value.facts.items()


def test_people_whom_no_way_leads_to_are_counted() -> None:
    distance, people = line(10, 0, 1, 0, 20)
    distance[4] = np.inf
    with pytest.raises(NoAnswer) as told:
        p_median(distance, people, n_open=2)
    assert told.value.code == "siting_unreachable"
    assert told.value.facts == {"position": 4, "value": 20.0}
    # Where nobody lives nobody has to be reached.
    people[4] = 0
    assert p_median(distance, people, n_open=2).answer.objective == 0.0


def test_two_islands_need_a_site_each() -> None:
    distance, people = line(10, 5, 1, 7, 20)
    distance[:2, 2:] = distance[2:, :2] = np.inf
    assert p_median(distance, people, n_open=2).answer.sites.tolist() == [0, 4]
    with pytest.raises(CourtepointeError) as told:
        p_median(distance, people, n_open=1)
    assert told.value.code == "siting_unserved"
    assert told.value.facts == {"value": 15.0, "expected": 1}


def test_who_would_reach_nothing_without_a_site_is_told() -> None:
    distance, people = line(10, 0, 1, 0, 20)
    assert p_median(distance, people, n_open=1).answer.reasons.lost.tolist() == [np.inf]


@pytest.mark.parametrize(("n_points", "optimum"), [(10_000, 454_886.0), (100_000, 4_549_450.0)])
def test_the_covers_of_made_up_points_are_proven(n_points: int, optimum: float) -> None:
    # The generator of Cordeau, Furini and Ljubić (2019): sites, customers, demand, in this order.
    chance = np.random.default_rng(1)
    sites, points = chance.uniform(0, 30, (100, 2)), chance.uniform(0, 30, (n_points, 2))
    people = chance.integers(1, 101, n_points).astype(np.float64)
    told = max_cover_on_plane(points, sites, people, radius=5.5, n_open=10).answer
    assert (told.objective, told.bound, told.proven) == (optimum, optimum, True)
    far = np.hypot(*(points[:, None, axis] - sites[None, told.sites, axis] for axis in (0, 1)))
    within = (far <= 5.5).any(axis=1)
    assert people[within].sum() == optimum
    assert (told.served_by >= 0).tolist() == within.tolist()


def test_who_no_site_reaches_is_counted_and_served_by_none() -> None:
    distance, people = line(10, 3, 1, 0, 20)
    distance[0] = np.inf
    told = max_cover(distance, people, limit=1.0, n_open=2).answer
    assert told.sites.tolist() == [0, 3] and told.objective == 24.0
    assert told.served_by.tolist() == [-1, 0, 3, 3, 3]
    assert told.reasons.people.tolist() == [3.0, 21.0] == told.reasons.lost.tolist()
    assert [one.tolist() for one in told.alternatives] == [[1, 3], [1, 4], [2, 3], [2, 4]]
    assert told.every_alternative


def test_a_budget_buys_what_it_can() -> None:
    distance, people = line(10, 3, 1, 0, 20)
    price = np.array([5.0, 9.0, 4.0, 4.0, 6.0])
    told = max_cover_on_budget(distance, people, limit=0.5, price=price, budget=11.0)
    assert told.sites.tolist() == [0, 4] and told.objective == 30.0 and told.proven
    kept = Terms(5, forced=places(2))
    told = max_cover_on_budget(distance, people, limit=0.5, price=price, budget=10.0, terms=kept)
    assert told.sites.tolist() == [2, 4] and told.objective == 21.0
    there = Terms(5, existing=places(4), forbidden=places(0))
    told = max_cover_on_budget(distance, people, limit=0.5, price=price, budget=9.0, terms=there)
    assert told.sites.tolist() == [1, 4]


def test_backup_counts_who_has_two() -> None:
    distance, people = line(10, 3, 1, 0, 20)
    told = backup_cover(distance, people, limit=1.0, n_open=2)
    assert told.sites.tolist() == [3, 4] and told.objective == 20.0
    assert told.goal is Goal.BACKUP_COVER and told.served_by.tolist() == [-1, -1, -1, 3, 3]


def test_room_is_shared_out() -> None:
    distance, people = line(10, 3, 1, 0, 20)
    capacity = np.array([6.0, 5.0, 9.0, 30.0, 5.0])
    told = capacitated_cover(distance, people, limit=1.0, capacity=capacity, n_open=2)
    assert told.sites.tolist() == [0, 3] and told.objective == 27.0 and told.proven
    assert told.reasons.people.tolist() == [6.0, 21.0] == told.reasons.lost.tolist()


def test_room_that_lacks_says_how_much_and_what_would_do() -> None:
    distance, people = line(10, 3, 1, 0, 20)
    capacity = np.array([6.0, 6.0, 9.0, 30.0, 5.0])
    ask = {"limit": 1.0, "capacity": capacity, "everyone": True}
    with pytest.raises(NoAnswer) as told:
        capacitated_cover(distance, people, n_open=2, **ask)  # type: ignore[arg-type]
    assert told.value.code == "siting_capacity"
    assert told.value.facts == {"value": 7.0, "sites": 2, "expected": 4}
    assert capacitated_cover(distance, people, n_open=4, **ask).objective == 34.0  # type: ignore[arg-type]
    with pytest.raises(NoAnswer) as told:
        capacitated_cover(distance, people * 2, n_open=2, **ask)  # type: ignore[arg-type]
    assert told.value.code == "siting_capacity_never"


PRICE = np.array([5.0, 9.0, 4.0, 4.0, 6.0])
COVERS: list[tuple[Callable[..., object], dict[str, Any], str, dict[str, object]]] = [
    (max_cover, {"n_open": 9}, "siting_too_many", {"expected": 5}),
    (max_cover, {"n_open": 2, "limit": -1.0}, "siting_limit", {"value": -1.0}),
    (max_cover, {"n_open": 2, "limit": X}, "siting_limit", {}),
    (max_cover, {"n_open": 2, "terms": Terms(6)}, "core_shape", {"array": "terms"}),
    (max_cover_on_budget, {"price": PRICE, "budget": 3.0}, "siting_budget_buys_nothing", {"value": 3.0, "expected": 4.0}),
    (max_cover_on_budget, {"price": PRICE, "budget": 8.0, "terms": Terms(5, forced=places(1))}, "siting_budget_forced", {"value": 8.0, "expected": 9.0}),
    (max_cover_on_budget, {"price": -PRICE, "budget": 8.0}, "siting_negative_amount", {"array": "price", "position": 0, "value": -5.0}),
    (max_cover_on_budget, {"price": PRICE[:4], "budget": 8.0}, "core_shape", {"array": "price"}),
    (backup_cover, {"n_open": 2, "times": 3}, "siting_times", {"value": 3, "expected": 2}),
    (capacitated_cover, {"n_open": 2, "capacity": PRICE * X}, "siting_not_a_number", {"array": "capacity"}),
]  # fmt: skip


@pytest.mark.parametrize(("cover", "changed", "code", "facts"), COVERS)
def test_what_no_cover_can_be_made_of_is_refused_by_name(
    cover: Callable[..., object], changed: dict[str, Any], code: str, facts: dict[str, object]
) -> None:
    distance, people = line(10, 3, 1, 0, 20)
    with pytest.raises(BadInput) as told:
        cover(distance, people, **{"limit": 1.0, **changed})
    assert told.value.code == code
    assert facts.items() <= told.value.facts.items()


def test_pairs_name_sites_that_are_there() -> None:
    starts, site = np.array([0, 1, 2]), np.array([0, 1])
    assert (
        max_cover_of_pairs(starts, site, np.array([2.0, 3.0]), n_sites=2, n_open=1).answer.objective
        == 3.0
    )
    with pytest.raises(BadInput) as told:
        max_cover_of_pairs(starts, site + 1, np.array([2.0, 3.0]), n_sites=2, n_open=1)
    assert told.value.code == "siting_position" and told.value.facts["value"] == 2
    with pytest.raises(BadInput) as told:
        max_cover_on_plane(np.zeros((1, 2)), np.zeros((1, 2)), np.ones(1), radius=0.0, n_open=1)
    assert told.value.code == "siting_limit"


@pytest.mark.shared
def test_the_centers_of_or_library_are_proven(reference: Path) -> None:
    for name, optimum in optima(reference, "center").items():
        read = read_orlib(reference / f"{name}.txt")
        distance = all_pairs(read.n_vertices, read.ends, read.cost)
        told = p_center(distance, np.ones(read.n_vertices), n_open=read.n_open)
        assert (told.objective, told.bound, told.proven) == (optimum, optimum, True), name
        assert distance[:, told.sites].min(axis=1).max() == optimum
        assert len(told.sites) == read.n_open


def test_the_center_says_how_much_farther_it_is_without_each() -> None:
    distance, people = line(10, 3, 1, 0, 20)
    told = p_center(distance, people, n_open=2)
    assert told.objective == 1.0 and told.goal is Goal.P_CENTER
    # Without its own site, whoever lives at one end goes to the other site.
    assert told.reasons.people.sum() == people.sum()
    without = [
        distance[people > 0][:, [one for one in told.sites if one != site]].min(axis=1).max() - 1.0
        for site in told.sites
    ]
    assert told.reasons.lost.tolist() == without


def test_the_fewest_sites_and_what_limit_would_do() -> None:
    distance, people = line(10, 3, 1, 0, 20)
    told = set_cover(distance, people, limit=1.0)
    assert told.objective == 2.0 and told.proven and told.every_alternative
    kept = Terms(5, forbidden=places(0, 1))
    with pytest.raises(NoAnswer) as refused:
        set_cover(distance, people, limit=1.0, terms=kept)
    assert refused.value.code == "siting_out_of_limit"
    assert refused.value.facts == {"value": 10.0, "expected": 2.0, "limit": 1.0}
    assert set_cover(distance, people, limit=2.0, terms=kept).proven
    there = Terms(5, existing=places(4))
    assert set_cover(distance, people, limit=1.0, terms=there).objective == 1.0
    dear = np.array([9.0, 9.0, 1.0, 1.0, 1.0])
    told = set_cover(distance, people, limit=2.0, price=dear)
    assert (told.objective, told.sites.tolist()) == (1.0, [2])


def test_long_ways_weigh_more_by_kolm_and_pollak() -> None:
    # Checked against inequalipy 1.0.5: a, w, and what they are worth at epsilon -1 and -0.5.
    away, people = np.array([100.0, 400, 800, 1600]), np.array([50.0, 30, 15, 5])
    for epsilon, kappa, worth in (
        (-1.0, -0.001335740072202166, 497.5837027372338),
        (-0.5, -0.000667870036101083, 424.6371523256582),
    ):
        assert kappa_of(away, people, epsilon=epsilon) == pytest.approx(kappa, rel=1e-12)
        assert equivalent(away, people, kappa) == pytest.approx(worth, rel=1e-12)
    with pytest.raises(BadInput) as told:
        kappa_of(away, people, epsilon=0.5)
    assert told.value.code == "siting_epsilon"
    with pytest.raises(BadInput) as told:
        kappa_of(away * 0, people, epsilon=-1.0)
    assert told.value.code == "siting_epsilon"
    with pytest.raises(NoAnswer) as nobody:
        kolm_pollak_median(*line(0, 0, 0, 0, 0), n_open=2, kappa=-0.1)
    assert nobody.value.code == "siting_nobody"


def test_the_least_regret_is_told_beside_what_each_scenario_asks() -> None:
    distance, people = line(10, 0, 0, 0, 10)
    flood = distance + np.array([0.0, 0, 0, 0, 9.0])
    told = min_regret([Scenario(distance, people), Scenario(flood, people)], n_open=1)
    assert told.best.tolist() == [40.0, 40.0]
    assert told.answer.proven and told.regret.max() == told.answer.objective == 0.0
    with pytest.raises(BadInput) as refused:
        min_regret([], n_open=1)
    assert refused.value.code == "siting_scenarios"


@pytest.fixture(scope="module")
def francisco(request: pytest.FixtureRequest) -> tuple[np.ndarray, np.ndarray]:
    """Give the distances of 205 tracts to 16 stores, and people (test data of spopt)."""
    folder: Path = request.getfixturevalue("shared") / "reference" / "spopt_sf"
    if not folder.is_dir():
        pytest.skip(f"no reference data in {folder}")
    file = folder / "SF_network_distance_candidateStore_16_censusTract_205_new.csv"
    with file.open(encoding="utf-8") as opened:
        rows = list(csv.DictReader(opened))
    tracts = {name: at for at, name in enumerate(sorted({row["DestinationName"] for row in rows}))}
    distance, people = np.full((len(tracts), 16), np.inf), np.zeros(len(tracts))
    for row in rows:
        tract = tracts[row["DestinationName"]]
        distance[tract, STORES.index(int(row["name"].removeprefix("Store_")))] = float(
            row["distance"]
        )
        people[tract] = float(row["demand"])
    assert distance.shape == (205, 16) and people.sum() == 955_113
    return distance, people


def stores(answer: Answer) -> list[int]:
    return [STORES[site] for site in answer.sites]


@pytest.mark.shared
def test_san_francisco_is_reproduced(francisco: tuple[np.ndarray, np.ndarray]) -> None:
    distance, people = francisco
    cover = max_cover(distance, people, limit=5_000.0, n_open=4).answer
    assert (stores(cover), cover.objective, cover.proven) == ([2, 11, 12, 15], 875_247.0, True)
    # Percent of people, not of points.
    assert cover.objective / people.sum() == pytest.approx(0.9163805748639167)
    assert int((cover.served_by >= 0).sum()) == 184
    median = p_median(distance, people, n_open=4).answer
    assert (stores(median), median.proven) == ([2, 11, 12, 15], True)
    assert median.objective == pytest.approx(2848268129.714512, rel=1e-12)
    assert median.objective / people.sum() == pytest.approx(2982.126857989067, rel=1e-12)
    center = p_center(distance, people, n_open=4)
    assert (stores(center), center.proven) == ([7, 11, 13, 15], True)
    assert center.objective == pytest.approx(7403.063810849859, rel=1e-12)
    fewest = set_cover(distance, people, limit=5_000.0)
    assert (fewest.objective, fewest.proven, fewest.every_alternative) == (8.0, True, True)
    ties = [stores(fewest), *([STORES[site] for site in one] for one in fewest.alternatives)]
    assert len(ties) == 8 and [2, 3, 6, 7, 11, 12, 14, 15] in ties
    for answer in (cover, median, center):
        assert answer.every_alternative and not answer.alternatives


@pytest.mark.shared
def test_san_francisco_by_kolm_and_pollak(francisco: tuple[np.ndarray, np.ndarray]) -> None:
    distance, people = francisco
    kappa = kappa_of(distance.min(axis=1), people, epsilon=-1.0)
    assert kappa == pytest.approx(-0.0004365864027083898, rel=1e-12)
    told = kolm_pollak_median(distance, people, n_open=4, kappa=kappa)
    assert (stores(told), told.proven, told.goal) == ([2, 11, 12, 15], True, Goal.KOLM_POLLAK)
    assert told.objective == pytest.approx(3450.868700362965, rel=1e-12)


@pytest.mark.parametrize("rounding", list(Rounding))
def test_fewest_sites_on_the_plane_are_those_of_the_table(rounding: Rounding) -> None:
    chance = np.random.default_rng(5)
    points, sites = chance.random((90, 2)) * 20, chance.random((25, 2)) * 20
    far = rounding.of(np.hypot(*(points[:, None, axis] - sites[None, :, axis] for axis in (0, 1))))
    table = set_cover(far, np.ones(90), limit=6.0)
    plane = set_cover_on_plane(points, sites, np.ones(90), radius=rounding.reach(6.0))
    assert (table.objective, table.proven) == (plane.objective, plane.proven)
    assert far[:, plane.sites].min(axis=1).max() <= 6.0
    with pytest.raises(NoAnswer) as told:
        set_cover_on_plane(points, sites, np.ones(90), radius=1.0)
    least = float(told.value.facts["expected"])  # type: ignore[arg-type]
    assert set_cover_on_plane(points, sites, np.ones(90), radius=least * (1 + 1e-12)).proven


def test_a_search_that_is_stopped_on_its_way_keeps_the_bound_it_reached() -> None:
    chance = np.random.default_rng(4)
    points = chance.random((120, 2))
    distance = np.hypot(*(points[:, None, axis] - points[None, :, axis] for axis in (0, 1)))
    whole = p_median(distance, np.ones(120), n_open=5).answer
    bounds = []
    for patience in range(2, 12):
        asked = iter(range(patience))
        watch = Watch(go_on=lambda asked=asked: next(asked, None) is not None)  # type: ignore[misc]
        told = p_median(distance, np.ones(120), n_open=5, watch=watch).answer
        assert told.bound <= whole.objective + 1e-9 and told.objective >= whole.objective - 1e-9
        bounds.append(told.bound)
    assert bounds == sorted(bounds) and np.isfinite(bounds[-1])


def _drawn_scenarios(seed: int) -> tuple[list[Scenario], Terms, int]:
    """Draw a few scenarios over the same sites; rows differ, some ways are cut."""
    chance = np.random.default_rng(seed)
    n_sites = int(chance.integers(3, 8))
    scenarios = []
    for _ in range(int(chance.integers(1, 4))):
        n = int(chance.integers(2, 12))
        far = chance.integers(0, 20, (n, n_sites)).astype(np.float64)
        far[:, 1:][chance.random((n, n_sites - 1)) < 0.1] = np.inf
        scenarios.append(Scenario(far, chance.integers(0, 9, n).astype(np.float64)))
    existing = np.array([0]) if seed % 2 else np.zeros(0, dtype=np.int64)
    terms = Terms(n_sites, existing=existing)
    return scenarios, terms, int(chance.integers(1, 3))


@pytest.mark.parametrize("seed", range(40))
def test_no_choice_is_regretted_less(seed: int) -> None:
    """Beside every choice there is; a choice by which somebody reaches none is no choice."""
    scenarios, terms, n_open = _drawn_scenarios(seed)
    free = [one for one in range(terms.n_sites) if one not in terms.existing]
    costs = []
    for chosen in itertools.combinations(free, n_open):
        held = [*terms.existing.tolist(), *chosen]
        costs.append([
            float(np.dot(one.people[one.people > 0], one.distance[one.people > 0][:, held].min(axis=1)))
            for one in scenarios
        ])  # fmt: skip
    table = np.array(costs)
    if not np.isfinite(table).any(axis=0).all():
        with pytest.raises(NoAnswer):
            min_regret(scenarios, n_open=n_open, terms=terms)
        return
    regrets = (table - np.where(np.isfinite(table), table, np.inf).min(axis=0)).max(axis=1)
    if not np.isfinite(regrets.min()):
        with pytest.raises(NoAnswer) as refused:
            min_regret(scenarios, n_open=n_open, terms=terms)
        assert refused.value.code == "siting_unserved"
        return
    told = min_regret(scenarios, n_open=n_open, terms=terms)
    assert told.answer.proven
    assert told.answer.objective == pytest.approx(float(regrets.min()), abs=1e-6)


def test_nobody_is_left_without_a_site_for_a_smaller_regret() -> None:
    """In the flood few people reach the first site alone: to leave them would look cheap beside the usual day."""
    usual = Scenario(np.array([[100.0, 0.0, 900.0]]), np.array([1.0]))
    flood = Scenario(np.array([[0.0, np.inf, 0.0], [0.0, np.inf, np.inf]]), np.array([0.0, 0.1]))
    told = min_regret([usual, flood], n_open=1)
    assert told.answer.sites.tolist() == [0] and told.answer.proven
    assert told.regret == pytest.approx([100.0, 0.0])
    cut = Scenario(np.array([[np.inf, 1.0, np.inf]]), np.array([7.0]))
    with pytest.raises(NoAnswer) as refused:
        min_regret([usual, flood, cut], n_open=1)
    assert refused.value.code == "siting_unserved" and refused.value.facts["expected"] == 1


def test_a_regret_against_what_was_not_proven_is_not_proven() -> None:
    """Where the clock ended the search for one scenario alone, the choice cannot be known to lose nothing."""
    chance = np.random.default_rng(2)
    one = Scenario(chance.random((120, 30)), chance.random(120))
    told = min_regret([one, one], n_open=6, watch=Watch(go_on=lambda: False))
    whole = min_regret([one], n_open=6)
    assert whole.answer.proven and whole.answer.objective == 0.0
    assert not told.answer.proven and told.answer.gap > 0.0
    # What it truly loses is between what is told at least and at most.
    lost = float(told.cost[0] - whole.best[0])
    assert told.answer.bound <= lost + 1e-9 and lost <= told.answer.objective + 1e-9


@pytest.mark.parametrize("choose", [p_center, p_median])
def test_somebody_whom_no_site_may_reach_is_told(choose: Callable[..., Any]) -> None:
    """Also where the only site that could is forbidden: the page asks so of each site that says no."""
    distance = np.array([[1.0, np.inf, np.inf], [5.0, 2.0, 3.0]])
    terms = Terms(3, forbidden=np.array([0]))
    with pytest.raises(NoAnswer) as refused:
        choose(distance, np.array([4.0, 1.0]), n_open=1, terms=terms)
    assert refused.value.code == "siting_unreachable" and refused.value.facts["value"] == 4
    # Without people there, nobody is waited for.
    assert choose(distance, np.array([0.0, 1.0]), n_open=1, terms=terms) is not None


@pytest.mark.parametrize("seed", range(12))
def test_the_fairest_walk_is_found_where_some_ways_are_very_long(seed: int) -> None:
    """People walk minutes, and ways across the city take hours: beside every choice there is."""
    chance = np.random.default_rng(seed)
    far = chance.uniform(60.0, 900.0, (9, 6))
    far[np.arange(9), chance.integers(0, 6, 9)] = chance.uniform(0.5, 9.0, 9)
    if seed % 3:
        far[:, 0] = chance.uniform(1.0, 30.0, 9)
    people = chance.integers(1, 40, 9).astype(np.float64)
    kappa = kappa_of(far.min(axis=1), people, epsilon=-1.0)
    told = kolm_pollak_median(far, people, n_open=2, kappa=kappa)
    worths = [
        equivalent(far[:, list(one)].min(axis=1), people, kappa)
        for one in itertools.combinations(range(6), 2)
    ]
    assert told.proven and told.objective == pytest.approx(min(worths), rel=1e-9)
