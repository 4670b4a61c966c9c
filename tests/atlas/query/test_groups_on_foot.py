"""Groups along streets: counts with their intervals, what is kept back in no sum, who is half-way."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.support.town import TRACTS, town, words

from courtepointe.atlas.query.atlas import Atlas
from courtepointe.atlas.query.dot_ground import DotGround
from courtepointe.atlas.query.groups_on_foot import Group, group_told, groups_on, median_within
from courtepointe.atlas.query.inside import Living, Shares
from courtepointe.atlas.recipe.values import Protection

CODES = ("immigrants", "households", "low_income_share", "english_speakers", "no_such", "population_by_age")  # fmt: skip


def ground(atlas: Atlas) -> DotGround:
    return atlas.dot_ground("population")


def test_only_counts_of_persons_that_are_published_are_groups() -> None:
    atlas = Atlas(town())
    told = {one.code: one for one in groups_on(atlas, ground(atlas), CODES)}
    assert list(told) == ["immigrants", "population_by_age"]
    immigrants = told["immigrants"]
    # 005 is too unreliable and 006 suppressed: neither is 0 nor anything else.
    assert immigrants.known.tolist() == [True] * 4 + [False] * 2
    assert immigrants.count.tolist() == [200.0, 500.0, 50.0, 300.0, 0.0, 0.0]
    assert immigrants.half[:4] == pytest.approx([40.0, 70.0, 30.0, 60.0], abs=4.0)
    assert immigrants.half[4:].tolist() == [0.0, 0.0]
    assert ground(atlas).codes == TRACTS


def test_counts_that_an_organisation_protects_are_no_groups() -> None:
    pack = town()
    releases = tuple(
        replace(one, protection=Protection(least=5, shown_on=("ville:2021",)))
        if any(variable.code == "immigrants" for variable in one.variables)
        else one
        for one in pack.recipe.releases
    )
    free = Atlas(pack)
    kept = Atlas(replace(pack, recipe=replace(pack.recipe, releases=releases)))
    land = ground(free)
    assert [one.code for one in groups_on(free, land, ("immigrants",))] == ["immigrants"]
    assert groups_on(kept, land, ("immigrants",)) == ()


def living(*people: float, share: tuple[float, ...]) -> Living:
    n = len(people)
    whole = np.ones(n, dtype=np.bool_)
    return Living(
        np.arange(n + 1), np.arange(n), np.ones(n), np.array(share), np.array(people) * np.array(share),
        whole, (), (),
    )  # fmt: skip


def test_both_ways_of_not_knowing_go_to_their_ends() -> None:
    group = Group(
        "g", words("g"), np.array([100.0, 40.0, 0.0]), np.array([30.0, 40.0, 0.0]),
        np.array([True, True, False]), True, (), "2021",
    )  # fmt: skip
    found = Shares(
        even=np.array([[0.25, 1.0], [0.5, 1.0], [1.0, 1.0]]),
        nearest=np.array([[1.0, 1.0], [1.0, 1.0], [1.0, 1.0]]),
        farthest=np.array([[0.0, 1.0], [0.0, 1.0], [1.0, 1.0]]),
    )
    told = group_told(group, living(10, 10, 10, share=(1.0, 0.5, 1.0)), found)
    assert told.everyone == 120.0
    assert told.even.tolist() == [100 * 0.25 + 20 * 0.5, 120.0]
    # Half widths 30 and 20, in squares.
    joined = np.hypot(30.0, 20.0)
    assert told.high == pytest.approx([120.0 + joined] * 2)
    assert told.low == pytest.approx([0.0, 120.0 - joined])
    assert told.n_unknown == 1


def test_half_of_the_people_are_within_the_minutes_of_the_middle_one() -> None:
    some = living(30, 10, 10, share=(1.0, 1.0, 1.0))
    assert median_within(some, np.array([8.0, 3.0, np.inf])) == 8.0
    assert median_within(some, np.array([np.inf, 3.0, 4.0])) == np.inf
    assert np.isnan(median_within(living(0, share=(1.0,)), np.array([1.0])))
