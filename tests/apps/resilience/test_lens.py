"""The ADS+ lens: groups and intersections, nothing told of a few, gaps in people, and what nobody knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from tests.support.table import NOW

from courtepointe.atlas.figures import Figure, Method, Status
from courtepointe.atlas.query.joint import Together
from courtepointe.atlas.recipe.values import Words
from courtepointe.core.errors import BadInput
from courtepointe.portraits.resilience import lens
from courtepointe.portraits.resilience.framework import groups
from courtepointe.portraits.resilience.lens import GroupSeen
from courtepointe.portraits.resilience.numbers import GoalpostsSeen, IndicatorSeen, ObservationSeen


def count(code: str, value: float | None, unit: str = "persons") -> Figure:
    status = Status.PUBLISHED if value is not None else Status.SUPPRESSED
    return Figure(code, value, unit, status, Method.SUM)


COUNTS = {
    "population": count("population", 1000.0),
    "households": count("households", 500.0, "households"),
    "age_65_plus": count("age_65_plus", 200.0),
    "persons_living_alone": count("persons_living_alone", 300.0),
    "low_income_lim_at": count("low_income_lim_at", 4.0),
    "visible_minority": count("visible_minority", 995.0),
    "immigrants_recent": count("immigrants_recent", None),
    "households_renter": count("households_renter", 300.0, "households"),
}


def seen(code: str) -> GroupSeen:
    return lens.counted(groups()[code], COUNTS.get)


def test_up_to_three_groups_that_are_no_two_answers_to_one_question() -> None:
    assert [one.code for one in lens.chosen(["low_income", "seniors"])] == ["seniors", "low_income"]
    assert lens.chosen([]) == ()
    with pytest.raises(BadInput, match="resilience_groups_too_many"):
        lens.chosen(["seniors", "low_income", "women", "tenants"])
    with pytest.raises(BadInput, match="resilience_groups_one_axis"):
        lens.chosen(["seniors", "children"])
    with pytest.raises(BadInput, match="resilience_unknown_kind"):
        lens.chosen(["martians"])


@pytest.mark.parametrize(
    ("code", "known"),
    [
        ("seniors", "counted"),
        ("low_income", "few"),
        ("racialised", "few"),
        ("newcomers", "no_value"),
        ("women", "nobody"),
        ("allophones", "nobody"),
    ],
)
def test_a_group_is_counted_or_it_is_said_why_not(code: str, known: str) -> None:
    """Four people are a few; so are the five whom 995 of 1,000 leave."""
    assert seen(code).known == known


def bounded(low: float, high: float) -> lens.Bound:
    def bound(codes: Sequence[str], base: str) -> Together:
        assert base == "population"
        return Together((), "", low, high, 1000.0, 4, 0)

    return bound


def crossed(bound: lens.Bound, *codes: str) -> dict[tuple[str, ...], lens.Crossing]:
    found = lens.crossings([seen(code) for code in codes], bound)
    return {tuple(group.code for group in one.groups): one for one in found}


def test_pairs_and_the_three_together_are_bounded() -> None:
    found = crossed(bounded(40.0, 180.0), "seniors", "alone", "women")
    assert len(found) == 4
    pair = found["seniors", "alone"]
    assert (pair.reason, pair.low, pair.high, pair.few) == ("", 40.0, 180.0, False)
    assert found["seniors", "alone", "women"].reason == "nobody"


def test_nothing_is_told_of_a_few_who_are_of_both_nor_of_a_few_who_are_not() -> None:
    few = crossed(bounded(1.0, 7.0), "seniors", "alone")["seniors", "alone"]
    assert (few.few, few.low) == (True, 0.0)
    for low in (3.0, 195.0):
        assert crossed(bounded(low, 200.0), "seniors", "alone")["seniors", "alone"].low == 0.0
    assert crossed(bounded(40.0, 60.0), "seniors", "low_income")["seniors", "low_income"].reason == "few"  # fmt: skip


def test_people_and_households_are_not_crossed() -> None:
    assert crossed(bounded(0.0, 1.0), "seniors", "tenants")["seniors", "tenants"].reason == "unit"


def observed(value: float, part: float | None = None, whole: float | None = None, half: float = 2.0) -> ObservationSeen:  # fmt: skip
    return ObservationSeen(1, "", "2026", value, part, whole, value - half, value + half,
                           "given", "counted", None, "Ici", "", "", NOW)  # fmt: skip


def indicator(every: ObservationSeen | None, own: ObservationSeen | None) -> IndicatorSeen:
    posts = GoalpostsSeen(0, 100, 1, Words("x", "x"), date(2026, 1, 1))
    by = {"seniors": own} if own is not None else {}
    return IndicatorSeen(
        1, "own.a", "SBE", "", "survey", "typed", Words("x", "x"), Words("", ""), "percent", "none",
        True, "edition", "own", 1.0, None, "", posts, (), every, by, flipped=False, own=True,
    )  # fmt: skip


def gap(every: ObservationSeen | None, own: ObservationSeen | None) -> lens.GroupGap:
    return lens.gaps([indicator(every, own)], seen("seniors"), {})[0]


def test_a_gap_is_said_in_people_where_it_can_be_told_apart() -> None:
    """50 % of 200 seniors, 60 % of everybody: 20 more of them would be, were they like everybody."""
    found = gap(observed(60.0), observed(50.0))
    assert (found.points, found.distinguishable) == (-10.0, True)
    assert found.people == pytest.approx(20.0)
    near = gap(observed(51.0), observed(50.0))
    assert (near.distinguishable, near.people) == (False, None)
    assert gap(observed(60.0), None).known == "nobody"


def test_a_share_without_its_counts_is_not_told_of_a_group_of_a_few() -> None:
    """75 % of four people with a low income are three of them."""
    own = observed(75.0)
    one = replace(indicator(observed(60.0), None), by_group={"low_income": own})
    (found,) = lens.gaps([one], seen("low_income"), {})
    assert (found.known, found.own) == ("few", None)


@pytest.mark.parametrize(
    ("own", "every", "told"),
    [
        ((50.0, 100.0), (300.0, 600.0), True),
        ((3.0, 100.0), (300.0, 600.0), False),
        ((97.0, 100.0), (300.0, 600.0), False),
        ((3.0, 6.0), (300.0, 600.0), False),
        ((50.0, 100.0), (54.0, 600.0), False),
        ((50.0, 100.0), (104.0, 158.0), False),
        ((0.0, 100.0), (300.0, 600.0), True),
        ((50.0, 100.0), None, True),
        ((3.0, 100.0), None, False),
    ],
)
def test_a_group_is_not_told_by_subtraction_from_everybody(
    own: tuple[float, float], every: tuple[float, float] | None, told: bool
) -> None:
    """54 of everybody less 50 of the group are 4 of the others: none of these may be worked out."""
    whole = None if every is None else observed(100 * every[0] / every[1], *every)
    assert lens.may_be_told(observed(100 * own[0] / own[1], *own), whole, least=10) == told
    found = gap(observed(50.0) if whole is None else whole, observed(100 * own[0] / own[1], *own))
    assert found.known == ("told" if told else "few")


def test_a_group_is_not_told_by_subtraction_from_the_group_that_holds_it() -> None:
    """24 of 60 older people, of whom 22 of 48 are 85 or over: two of twelve of the others."""
    seniors = replace(observed(40.0, 24.0, 60.0), group="seniors")
    for part, whole, period, known in ((22.0, 48.0, "2026", "few"), (14.0, 40.0, "2026", "told"), (22.0, 48.0, "2025", "told")):  # fmt: skip
        oldest = replace(observed(100 * part / whole, part, whole), group="oldest", period=period)
        one = replace(indicator(observed(50.0, 300.0, 600.0), None), by_group={"seniors": seniors, "oldest": oldest})  # fmt: skip
        of = {one.number: [seniors, oldest]}
        assert lens.gaps([one], seen("oldest"), of)[0].known == known
        assert lens.gaps([one], seen("seniors"), of)[0].known == "told"


@pytest.mark.parametrize(
    ("every", "seniors", "young", "period", "known"),
    [
        ((100.0, 200.0), (60.0, 100.0), (37.0, 85.0), "2026", "few"),
        ((100.0, 200.0), (60.0, 100.0), (37.0, 85.0), "2025", "told"),
        ((100.0, 200.0), (60.0, 100.0), (27.0, 70.0), "2026", "told"),
        ((200.0, 400.0), (5.0, 100.0), (188.0, 238.0), "2026", "told"),
    ],
)
def test_groups_of_one_axis_are_not_told_where_everybody_less_all_of_them_are_a_few(
    every: tuple[float, float], seniors: tuple[float, float], young: tuple[float, float], period: str, known: str
) -> None:  # fmt: skip
    """100 of 200, less 60 of 100 older people and 37 of 85 young people: three of fifteen. What is not told is not taken off."""

    def of(part: float, whole: float) -> ObservationSeen:
        return observed(100 * part / whole, part, whole)

    old = replace(of(*seniors), group="seniors", period=period)
    new = replace(of(*young), group="young")
    one = replace(indicator(of(*every), None), by_group={"seniors": old, "young": new})
    held = {one.number: [of(*every), old, new]}
    assert lens.gaps([one], seen("young"), held)[0].known == known
    assert lens.gaps([one], seen("seniors"), held)[0].known == (
        "few" if seniors[0] < 10 else "told"
    )


def test_a_group_is_held_against_what_everybody_s_number_was_before_it_was_followed() -> None:
    """63 of 103, followed by 300 of 600: less the group's 60 of 100 it leaves three people."""
    own, newest, before = observed(60.0, 60.0, 100.0), observed(50.0, 300.0, 600.0), observed(61.2, 63.0, 103.0)  # fmt: skip
    one = indicator(newest, own)
    for of, known in (([own, newest, before], "few"), ([own, newest], "told"), ([own, replace(before, period="2024")], "told")):  # fmt: skip
        assert lens.gaps([one], seen("seniors"), {one.number: of})[0].known == known
