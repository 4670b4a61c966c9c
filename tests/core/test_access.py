"""Access: coverage by hand, floating catchments and indices against numbers worked elsewhere."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from courtepointe.core.access import (
    Reach,
    balanced,
    concentration,
    coverage,
    gap,
    gaussian,
    gini,
    in_reach,
    in_steps,
    kolm_pollak,
    median_minutes,
    power,
    rational,
    theil,
    three_step,
    two_step,
    within,
)
from courtepointe.core.errors import BadInput, NoAnswer

# The small worked cases, quoted: a checkout without the publishers' files tests them too.
MINUTES = np.array([2.0, 5.0, 5.1, 12.0, np.inf, 30.0])
PEOPLE = np.array([[10, 1], [20, 2], [30, 3], [40, 4], [50, 0], [0, 6]], dtype=float)
PLACE = np.array([0, 0, 0, 1, 1, 1])


# -- coverage


def test_people_within_limits_by_group_and_place() -> None:
    told = coverage(MINUTES, PEOPLE, place=PLACE, n_places=3)
    assert told.people.tolist() == [[60, 6], [90, 10], [0, 0]]
    # Who is at five minutes is within five minutes.
    assert told.covered[0].tolist() == [[30, 60, 60], [3, 6, 6]]
    assert told.covered[1].tolist() == [[0, 0, 40], [0, 0, 4]]
    assert told.left_out[1].tolist() == [[90, 90, 50], [10, 10, 6]]
    assert told.share[0, 0].tolist() == [0.5, 1.0, 1.0]
    assert np.isnan(told.share[2]).all()
    assert told.together().covered.tolist() == [[[30, 60, 100], [3, 6, 10]]]
    assert coverage(MINUTES, PEOPLE).covered.tolist() == told.together().covered.tolist()


def test_the_gap_is_in_people_and_minutes() -> None:
    told = gap(MINUTES, PEOPLE[:, 1], PEOPLE[:, 0], limit_min=5.0)
    assert (told.share, told.other_share) == (3 / 16, 30 / 150)
    assert told.people == pytest.approx((30 / 150 - 3 / 16) * 16)
    assert (told.minutes, told.other_minutes) == (12.0, 12.0)
    # Half of them reach nobody: the median says so.
    assert median_minutes(np.array([1.0, np.inf]), np.array([1.0, 1.1])) == np.inf
    assert np.isnan(median_minutes(MINUTES, np.zeros(6)))


# -- floating catchments


def toy() -> Reach:
    return Reach(
        np.array([0, 1, 1]), np.array([0, 0, 1]), np.ones(3), np.array([100.0, 50.0]),
        np.array([40.0, 20.0]),
    )  # fmt: skip


def test_two_sites_and_two_places_by_hand() -> None:
    told = two_step(toy())
    assert told.rate.tolist() == pytest.approx([40 / 150, 20 / 50])
    assert told.access.tolist() == pytest.approx([40 / 150, 40 / 150 + 20 / 50])
    three = three_step(toy())
    # The second place divides itself between two sites: weights 1, 1/2, 1/2.
    assert three.rate.tolist() == pytest.approx([40 / 125, 20 / 25])
    assert three.access.tolist() == pytest.approx([40 / 125, 20 / 125 + 10 / 25])
    even = balanced(toy())
    # w^i: 1, 1/2, 1/2; w^j: 1/2, 1/2, 1.
    assert even.rate.tolist() == pytest.approx([40 / 125, 20 / 25])
    assert even.access.tolist() == pytest.approx([20 / 125, 20 / 125 + 20 / 25])
    assert in_reach(toy()).tolist() == [40.0, 60.0]


def test_a_site_that_nobody_reaches_has_no_rate() -> None:
    lonely = Reach(
        np.array([0]), np.array([0]), np.ones(1), np.array([5.0, 7.0]), np.array([10.0, 3.0])
    )
    for told in (two_step(lonely), three_step(lonely), balanced(lonely)):
        assert told.reached.tolist() == [True, False]
        assert told.access.tolist() == [2.0, 0.0]
        assert np.isnan(told.rate[1])


def test_people_who_mind_the_crowd_by_hand() -> None:
    one = Reach(
        np.zeros(4, dtype=int), np.arange(4), np.array([1.0, 0.5, 1.0, 0.0]), np.array([100.0]),
        np.array([40.0, 20.0, 0.0, 40.0]),
    )  # fmt: skip
    told = rational(one, np.array([0.0, 30.0, 0.0, 0.0]))
    # A mean crowd is one person a seat: 40 and 20 people. D / 40 = 1/2 + E / 20 and D + E = 100. Neither the
    # site without a seat nor the pair without a weight counts.
    assert told.load.tolist() == pytest.approx([220 / 3, 80 / 3, 0.0, 0.0], abs=1e-5)
    assert told.people.tolist() == told.load.tolist()
    assert told.cost.tolist() == pytest.approx([11 / 6], abs=1e-7)
    far = rational(one, np.array([0.0, 300.0, 0.0, 0.0]))
    assert far.load.tolist() == [100.0, 0.0, 0.0, 0.0]
    assert (far.cost.tolist(), far.gap) == ([2.5], 0.0)


def test_who_reaches_no_seat_and_where_nobody_lives() -> None:
    reach = Reach(
        np.array([0, 1, 2]), np.array([0, 0, 1]), np.ones(3), np.array([50.0, 0.0, 9.0, 1.0]),
        np.array([60.0, 0.0]),
    )  # fmt: skip
    told = rational(reach, np.array([6.0, 12.0, 1.0]))
    assert told.cost.tolist() == pytest.approx([0.1 + 50 / 60, 0.2 + 50 / 60, np.inf, np.inf])
    assert told.load.tolist() == [50.0, 0.0]
    empty = Reach(reach.demand, reach.supply, reach.weight, np.zeros(4), reach.capacity)
    assert rational(empty, np.array([6.0, np.inf, 1.0])).cost.tolist() == [0.1] + [np.inf] * 3
    with pytest.raises(BadInput, match="access_tau"):
        rational(reach, np.zeros(3), tau_min=0.0)
    with pytest.raises(BadInput, match="access_minutes"):
        rational(reach, np.array([1.0, -1.0, 1.0]))
    with pytest.raises(BadInput, match="core_shape"):
        rational(reach, np.zeros(2))


def test_what_is_not_settled_is_not_given(monkeypatch: pytest.MonkeyPatch) -> None:
    held = toy(), np.array([0.0, 0.0, 30.0])
    assert rational(*held).gap < 1e-6
    # The package has a function of this module's name.
    monkeypatch.setattr(sys.modules[rational.__module__], "MOST_STEPS", 0)
    with pytest.raises(NoAnswer, match="access_not_settled") as refused:
        rational(*held)
    # Unasked, all stay at the first site: 150 for 100 seats, beside half an hour to none for 50.
    assert refused.value.facts["value"] == pytest.approx(1.0)


def test_weights_by_minutes() -> None:
    minutes = np.array([0.0, 5.0, 10.0, 10.1, np.inf])
    assert within(minutes, 10.0).tolist() == [1, 1, 1, 0, 0]
    assert in_steps(minutes, (5.0, 10.0), (1.0, 0.5)).tolist() == [1.0, 1.0, 0.5, 0.0, 0.0]
    bell = gaussian(minutes, 10.0)
    assert (bell[0], bell[2], bell[4]) == (1.0, 0.0, 0.0)
    assert bell[1] == pytest.approx((np.exp(-0.125) - np.exp(-0.5)) / (1 - np.exp(-0.5)))
    assert power(minutes[1:], 10.0).tolist() == [0.2, 0.1, 0.0, 0.0]


@pytest.fixture(scope="session")
def reference(shared: Path) -> Path:
    return shared / "reference"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.shared
@pytest.mark.parametrize("scenario", ["0", "1", "2", "3"])
def test_three_tracts_of_pysal(reference: Path, scenario: str) -> None:
    folder = reference / "access"
    tracts = rows(folder / "access_three_tract_locations.csv")
    people, doctors = (np.array([float(row[name]) for row in tracts]) for name in ("pop", "doc"))
    costs = [r for r in rows(folder / "access_three_tract_costs.csv") if r["scenario"] == scenario]
    expected = {
        name: np.array(
            [
                float(row[name])
                for row in rows(folder / "access_three_tract_expected.csv")
                if row["scenario"] == scenario
            ]
        )
        for name in ("s2_doc", "s3_doc", "plain_doc", "e2_doc", "wc_doc", "raam_doc")
    }
    demand, supply = (np.array([int(r[end]) - 1 for r in costs]) for end in ("origin", "dest"))
    minutes = np.array([float(r["cost"]) for r in costs])

    def reach(weight: np.ndarray) -> Reach:
        return Reach(demand, supply, weight, people, doctors)

    gravity = reach(power(minutes, 61.0))
    told = {
        "s2_doc": two_step(gravity),
        # Its people choose among all sites, also those too far to go to.
        "s3_doc": three_step(gravity, choice=power(minutes, np.inf)),
        "plain_doc": two_step(reach(within(minutes, 60.0))),
        "e2_doc": two_step(reach(in_steps(minutes, (10.0, 30.0, 60.0), (1.0, 0.68, 0.22)))),
    }
    for name, answer in told.items():
        assert answer.access == pytest.approx(expected[name], rel=1e-12), name
        assert people @ answer.access == pytest.approx(135.0, rel=1e-12)
    assert in_reach(gravity) == pytest.approx(expected["wc_doc"], rel=1e-12)
    # PySAL moves whole people and stops: its tracts 1 and 2, alike but for their neighbour, cost differently.
    # A person more costs 1 / 17.8 at the smallest site.
    settled = rational(reach(np.ones(len(minutes))), minutes)
    assert settled.cost == pytest.approx(expected["raam_doc"], abs=0.007)
    assert settled.load.sum() == pytest.approx(160.0, rel=1e-12)
    if scenario == "0":
        # c = 1/60 + D1/room1 = 1/60 + D2/room2 = 2/3 + D3/room3; rooms are 160/9, 640/27 and 3200/27.
        third = (160.0 - 0.65 * 1120.0 / 27.0) / 160.0
        assert settled.cost == pytest.approx(1 / 60 + np.array([0.65, 0.65, 0.0]) + third, abs=1e-7)


# -- equity


@pytest.mark.shared
def test_indices_worked_by_hand_in_the_reference(reference: Path) -> None:
    held: dict[str, Any] = json.loads((reference / "small_exact.json").read_text(encoding="utf-8"))
    four = np.array([1.0, 2.0, 3.0, 4.0])
    assert gini(four) == pytest.approx(held["gini_1234"], rel=1e-12)
    pair = np.array([1.0, 5.0])
    weighted = gini(pair, np.array([3.0, 1.0]))
    assert weighted == pytest.approx(held["gini_weighted_x=1,5_w=3,1"], rel=1e-12)
    assert gini(np.array([1.0, 1.0, 1.0, 5.0])) == pytest.approx(held["gini_expanded_1,1,1,5"])
    assert theil(four).t == pytest.approx(held["theilT_1234"], rel=1e-12)
    assert theil(four).log_deviation == pytest.approx(held["theilL_1234"], rel=1e-12)
    lean = concentration(np.array([0.8, 0.7, 0.6, 0.5, 0.4]), np.arange(5.0))
    name = "concentration_index_cov_.8,.7,.6,.5,.4_by_income_quintile_poorest_first"
    assert lean.index == pytest.approx(held[name], rel=1e-12)
    assert lean.erreygers == pytest.approx(held["erreygers_E=4*mu*CI_bounds01"], rel=1e-12)
    assert lean.wagstaff == pytest.approx(held["wagstaff_norm=CI/(1-mu)"], rel=1e-12)
    binary = concentration(
        np.array([1.0, 1.0, 0.0, 0.0]), np.arange(4.0), np.array([10.0, 20.0, 30.0, 40.0])
    )
    assert binary.index == pytest.approx(held["CI_binary_cov_1,1,0,0_w10,20,30,40"], rel=1e-12)
    for name, aversion in (("kolmpollak_eps-1", -1.0), ("kolmpollak_eps-0.5", -0.5)):
        case = held[name]
        told = kolm_pollak(np.array(case["a"]), np.array(case["w"]), aversion=aversion)
        assert told.equivalent == pytest.approx(case["ede"], rel=1e-12)
        assert told.index == pytest.approx(case["index"], rel=1e-11)
        assert told.kappa == pytest.approx(case["kappa"], rel=1e-12)
    toy_case = held["2sfca_toy"]
    assert two_step(toy()).access.tolist() == pytest.approx(toy_case["A"], rel=1e-12)
    assert two_step(toy()).rate.tolist() == pytest.approx(toy_case["R"], rel=1e-12)


def test_indices_quoted() -> None:
    four = np.array([1.0, 2.0, 3.0, 4.0])
    assert gini(four) == pytest.approx(0.25)
    assert gini(np.array([1.0, 5.0]), np.array([3.0, 1.0])) == pytest.approx(0.375)
    told = theil(four, group=np.array([0, 0, 1, 1]))
    assert (told.t, told.log_deviation) == pytest.approx((0.106440, 0.121777), abs=1e-6)
    between = theil(np.array([1.5, 3.5]), np.array([2.0, 2.0]))
    assert told.t_between == pytest.approx(between.t)
    assert told.log_deviation_between == pytest.approx(between.log_deviation)
    assert theil(np.array([0.0, 1.0])).log_deviation == np.inf
    walk = kolm_pollak(np.array([100.0, 400, 800, 1600]), np.array([50.0, 30, 15, 5]))
    assert (walk.equivalent, walk.index) == pytest.approx((497.5837, 127.5837), abs=1e-4)
    # Nobody's value counts for nothing.
    assert gini(np.array([1.0, 5.0, 99.0]), np.array([3.0, 1.0, 0.0])) == pytest.approx(0.375)


def test_what_cannot_be_counted_is_refused_by_name() -> None:
    one, none = np.ones(1), np.zeros(1)
    pair = np.array([0]), np.array([0])
    asked = {
        "access_count": (
            lambda: coverage(MINUTES, -PEOPLE),
            lambda: coverage(MINUTES, PEOPLE * np.nan),
            lambda: Reach(*pair, -one, one, one),
            lambda: three_step(toy(), choice=-np.ones(3)),
            lambda: gini(-one),
        ),
        "access_minutes": (
            lambda: coverage(-MINUTES, PEOPLE),
            lambda: coverage(MINUTES * np.nan, PEOPLE),
            lambda: within(-one, 5.0),
            lambda: power(none, 5.0),
        ),
        "access_position": (
            lambda: coverage(MINUTES, PEOPLE, place=PLACE),
            lambda: Reach(np.array([1]), np.array([0]), one, one, one),
        ),
        "access_limits": (
            lambda: coverage(MINUTES, PEOPLE, limits_min=()),
            lambda: coverage(MINUTES, PEOPLE, limits_min=(10.0, 5.0)),
            lambda: coverage(MINUTES, PEOPLE, limits_min=(0.0,)),
            lambda: in_steps(one, (5.0, 10.0), (1.0,)),
        ),
        "access_nobody": (
            lambda: gap(MINUTES, np.zeros(6), PEOPLE[:, 0], limit_min=5.0),
            lambda: gini(one, none),
        ),
        "core_shape": (
            lambda: coverage(MINUTES, PEOPLE[:, 0]),
            lambda: coverage(MINUTES, PEOPLE[:3]),
            lambda: theil(one, group=np.array([0, 0])),
            lambda: Reach(np.array([0]), np.array([0, 0]), one, one, one),
        ),
        "equity_nothing": (lambda: gini(none), lambda: kolm_pollak(none)),
        "equity_rank": (lambda: concentration(one, one * np.nan),),
        "equity_aversion": (lambda: kolm_pollak(one, aversion=0.5),),
    }
    for code, questions in asked.items():
        for ask in questions:
            with pytest.raises(BadInput, match=code):
                ask()
