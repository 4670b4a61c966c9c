"""Siting: published optima, proven; what is asked in vain is refused by name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from courtepointe.core.errors import BadInput, CourtepointeError, NoAnswer
from courtepointe.core.siting import (
    Goal,
    Terms,
    Watch,
    all_pairs,
    p_median,
    p_median_on_plane,
)
from courtepointe.formats.siting import read_orlib, read_tsplib

X = np.nan


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
    told = p_median_on_plane(points, points, np.ones(len(points)), n_open=n_open, floored=True)
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
