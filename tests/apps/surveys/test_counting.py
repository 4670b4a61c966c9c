"""Sheets counted by hand: statuses are no answers, a few people are not told of, gaps are read all together."""

from __future__ import annotations

import pytest

from courtepointe.portraits.resilience.framework import dimensions, groups
from courtepointe.portraits.surveys.asked import Asked, Option, checked
from courtepointe.portraits.surveys.bank import (
    about_you,
    bank,
    ours,
    own_name,
    says,
    spoken,
    words_of,
)
from courtepointe.portraits.surveys.counting import counted
from courtepointe.portraits.surveys.results import Results, read, told

PLAN, LEAN = bank()["PRE.plan"], bank()["REL.neighbours"]
TENURE, AGE = about_you()["YOU.tenure"], about_you()["YOU.age"]
NUMBER = Asked("PRE.n", "PRE", "", "number", {"fr": "Combien ?"})


def sheets(*given: dict[str, object], times: int = 1) -> list[tuple[str, dict[str, object]]]:
    return [("web", dict(one)) for one in given for _ in range(times)]


def question(found: Results, code: str = "PRE.plan"):  # type: ignore[no-untyped-def]
    return next(one for one in found.questions if one.code == code)


def test_what_is_no_answer_is_counted_apart() -> None:
    given = sheets({"PRE.plan": "yes"}, {"PRE.plan": "no"}, {"PRE.plan": "not_known"}, {"PRE.plan": "no_answer"}, {}, times=6)  # fmt: skip
    found = question(counted([PLAN], given, {}))
    assert (found.n, found.n_silent, found.n_not_known, found.n_no_answer) == (12, 18, 6, 6)
    assert found.yes.value == 0.5


def test_a_few_who_did_not_say_are_told_of_together_only() -> None:
    given = sheets({"PRE.plan": "yes"}, times=12) + sheets({"PRE.plan": "no_answer"}, {"PRE.plan": "not_known"})  # fmt: skip
    found = question(counted([PLAN], given, {}))
    assert (found.n, found.n_silent, found.n_not_known, found.n_no_answer) == (12, 2, None, None)


@pytest.mark.parametrize(("times", "tells"), [(1, "too_few"), (9, "too_few"), (10, "told")])
def test_under_ten_answers_there_is_no_result(times: int, tells: str) -> None:
    found = question(counted([PLAN], sheets({"PRE.plan": "yes"}, times=times), {}))
    assert (found.tells, found.n) == (tells, 10 if tells == "told" else 0)


def test_nobody_answered_at_all() -> None:
    found = counted([PLAN, NUMBER, TENURE], [], {"YOU.tenure": {"rent": 5.0}})
    assert (found.n_sheets, question(found).tells, found.weighing.by) == (0, "too_few", ())


def test_a_scale_has_a_median_and_a_number_a_mean() -> None:
    given = sheets({"REL.neighbours": "one_two", "PRE.n": 2.0}, {"REL.neighbours": "three_five", "PRE.n": 4.0}, times=10)  # fmt: skip
    found = counted([LEAN, NUMBER], given, {})
    median = question(found, "REL.neighbours").median
    assert (median.code, median.low, median.high) == ("one_two", "one_two", "three_five")
    assert question(found, "PRE.n").mean.value == 3.0
    assert [one.share.value for one in question(found, "REL.neighbours").options] == [0.0, 0.5, 0.5, 0.0]  # fmt: skip


def test_a_group_is_told_only_where_nothing_of_a_few_comes_out() -> None:
    def tells(tenants: tuple[int, int], owners: tuple[int, int]) -> str:
        given = [
            ("web", {"YOU.tenure": tenure, "PRE.plan": said})
            for tenure, (yes, no) in (("rent", tenants), ("own", owners))
            for said, n in (("yes", yes), ("no", no))
            for _ in range(n)
        ]
        found = question(counted([PLAN, TENURE], given, {}))
        return next(one.tells for one in found.groups if one.group == "tenants")

    assert tells((10, 10), (10, 10)) == "told"
    assert tells((5, 4), (10, 10)) == "too_few"
    assert tells((10, 10), (2, 1)) == "too_few", "the whole less the tenants would tell of three"
    assert tells((18, 2), (10, 10)) == "few_differ"
    assert tells((20, 0), (10, 10)) == "told"


def test_a_group_inside_another_is_not_told_where_the_rest_is_a_few() -> None:
    given = [("web", {"YOU.age": age, "PRE.plan": "yes" if n % 2 else "no"}) for age, times in (("senior", 4), ("oldest", 20), ("adult", 30)) for n in range(times)]  # fmt: skip
    found = {one.group: one.tells for one in question(counted([PLAN, AGE], given, {})).groups}
    assert (found["oldest"], found["seniors"]) != ("told", "told")
    assert "told" in found.values()


def test_two_groups_that_leave_a_few_of_everybody_are_not_both_told() -> None:
    given = [("web", {"YOU.age": age, "PRE.plan": "yes" if n % 2 else "no"}) for age, times in (("young", 20), ("senior", 20), ("adult", 3)) for n in range(times)]  # fmt: skip
    found = {one.group: one.tells for one in question(counted([PLAN, AGE], given, {})).groups}
    assert sorted((found["young"], found["seniors"])) == ["told", "too_few"]


def test_a_gap_stands_apart_and_another_does_not() -> None:
    def apart(yes_tenants: int, yes_owners: int) -> bool:
        given = [("web", {"YOU.tenure": "rent", "PRE.plan": "yes" if n < yes_tenants else "no"}) for n in range(40)]  # fmt: skip
        given += [("web", {"YOU.tenure": "own", "PRE.plan": "yes" if n < yes_owners else "no"}) for n in range(40)]  # fmt: skip
        found = question(counted([PLAN, TENURE], given, {}))
        (tenants,) = (one for one in found.groups if one.group == "tenants")
        assert tenants.gap[0] == pytest.approx((yes_tenants - yes_owners) / 40)
        return bool(tenants.apart)

    assert apart(32, 12)
    assert not apart(20, 18)


def test_results_are_the_same_once_written_and_read() -> None:
    given = sheets({"PRE.plan": "yes", "YOU.tenure": "rent"}, {"PRE.plan": "no", "YOU.tenure": "own"}, times=12)  # fmt: skip
    found = counted([PLAN, LEAN, TENURE], given, {"YOU.tenure": {"rent": 1.0, "own": 3.0, "coop": 1.0}})  # fmt: skip
    assert read(told(found)) == found


def test_somebody_who_ticks_an_answer_and_i_dont_know_said_the_answer() -> None:
    strengths = bank()["CON.strengths"]
    assert checked([strengths], {"CON.strengths": ["not_known", "nature"]}) == {"CON.strengths": ["nature"]}  # fmt: skip
    assert checked([strengths], {"CON.strengths": ["not_known"]}) == {"CON.strengths": "not_known"}


def test_the_bank_is_whole() -> None:
    """Four questions a dimension at least, each of a part of it, each in both languages, no answer twice."""
    for code, dimension in dimensions().items():
        own = [one for one in bank().values() if one.dimension == code]
        assert len(own) >= 4
        assert {one.part for one in own} <= {part.code for part in dimension.parts}
    for one in (*bank().values(), *about_you().values()):
        assert one.kind in words_of("kinds")
        assert set(one.texts) == {"fr", "en"} and all(one.texts.values())
        assert len(one.options) >= 2 and len({each.code for each in one.options}) == len(
            one.options
        )
        assert {group for each in one.options for group in each.groups} <= set(groups())
    assert set(says()) == set(words_of("found"))
    assert ours("fr")["consent"] and ours("en")["not_known"] == "I don’t know"
    assert ours("es") == {}


def test_languages_call_themselves() -> None:
    assert list(spoken())[:2] == ["fr", "en"]
    assert own_name("es", lang="fr") == "Español"
    assert own_name("ary", lang="en") == "Moroccan Arabic"


def test_an_option_counts_where_it_is_said_to() -> None:
    assert Asked("x", "PRE", "", "one", {}, (Option("a", {}, yes=True), Option("b", {}))).yes == {
        "a"
    }
