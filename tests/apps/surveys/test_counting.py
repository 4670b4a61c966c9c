"""Sheets counted by hand: statuses are no answers, a few people are not told of, gaps are read all together."""

from __future__ import annotations

import pytest

from courtepointe.core.small_counts import Told
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
from courtepointe.portraits.surveys.counting import channels_told, counted
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


def test_how_few_sheets_came_on_paper_is_not_what_the_others_leave() -> None:
    assert channels_told({}) == []
    assert channels_told({"paper": 12, "web": 30}) == [("paper", 12, Told.VALUE), ("web", 30, Told.VALUE)]  # fmt: skip
    marks = {code: mark for code, _, mark in channels_told({"paper": 2, "web": 28})}
    assert marks == {"paper": Told.FEW, "web": Told.HIDDEN}, "30 less 28"


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
    assert tells((18, 2), (10, 10)) == "too_few"
    assert tells((12, 6), (4, 8)) == "too_few", "the whole less the tenants would tell of four yes"
    assert tells((12, 6), (9, 3)) == "too_few", "and of three no"
    assert tells((20, 0), (10, 10)) == "too_few", "that all said the same tells of each of them"
    assert tells((10, 10), (0, 20)) == "too_few"
    assert tells((20, 10), (6, 12)) == "told"
    assert tells((10, 10), (0, 0)) == "told", "they are everybody"


def aged(*ages: tuple[str, int, int]) -> dict[str, str]:
    """Count people by age, each with how many have a plan and how many have none; say which groups are told."""
    given = [("web", {"YOU.age": age, "PRE.plan": said}) for age, yes, no in ages for said, n in (("yes", yes), ("no", no)) for _ in range(n)]  # fmt: skip
    return {one.group: one.tells for one in question(counted([PLAN, AGE], given, {})).groups}


def test_a_group_inside_another_is_not_told_where_few_of_the_rest_answer_alike() -> None:
    found = aged(("senior", 2, 2), ("oldest", 10, 10), ("adult", 15, 15))
    assert (found["oldest"], found["seniors"]) in (("told", "too_few"), ("too_few", "told"))
    found = aged(("senior", 3, 17), ("oldest", 10, 10), ("adult", 15, 15))
    assert sorted((found["oldest"], found["seniors"])) == ["told", "too_few"], "three yes of twenty"
    found = aged(("senior", 8, 12), ("oldest", 10, 10), ("adult", 15, 15))
    assert (found["oldest"], found["seniors"]) == ("told", "told")


def test_two_groups_that_leave_few_who_answer_alike_are_not_both_told() -> None:
    found = aged(("young", 10, 10), ("senior", 10, 10), ("adult", 1, 2))
    assert sorted((found["young"], found["seniors"])) == ["told", "too_few"]
    found = aged(("young", 10, 10), ("senior", 10, 10), ("adult", 26, 4))
    assert sorted((found["young"], found["seniors"])) == ["told", "too_few"], "four of thirty"
    found = aged(("young", 10, 10), ("senior", 10, 10), ("adult", 20, 10))
    assert (found["young"], found["seniors"]) == ("told", "told")


def test_a_gap_does_not_tell_of_those_who_did_not_say_whether_they_are_of_the_group() -> None:
    """Beside the owners alone, the tenants would leave the two who did not say."""

    def gap(unsaid: int) -> float:
        given = [("web", {"YOU.tenure": "rent", "PRE.plan": "yes" if n < 20 else "no"}) for n in range(30)]  # fmt: skip
        given += [("web", {"YOU.tenure": "own", "PRE.plan": "yes" if n < 6 else "no"}) for n in range(18)]  # fmt: skip
        given += [("web", {"PRE.plan": "yes" if n % 2 else "no"}) for n in range(unsaid)]
        found = question(counted([PLAN, TENURE], given, {}))
        (tenants,) = (one for one in found.groups if one.group == "tenants")
        return float(tenants.gap[0])

    assert gap(0) == pytest.approx(20 / 30 - 6 / 18)
    assert gap(2) == pytest.approx(20 / 30 - 7 / 20), "beside all others: they can be had anyway"
    assert gap(12) == pytest.approx(20 / 30 - 6 / 18), "twelve did not say, six and six"


def test_a_question_asked_of_some_is_not_told_by_group() -> None:
    """How many tenants were asked is how many of them answered so to the question before."""
    after = Asked("COM.q1", "COM", "", "one", {"fr": "Et ?"}, PLAN.options, when=("PRE.plan", "yes"))  # fmt: skip
    given = [("web", {"YOU.tenure": tenure, "PRE.plan": "yes", "COM.q1": said}) for tenure in ("rent", "own") for said in ("yes", "no") for _ in range(12)]  # fmt: skip
    found = counted([PLAN, after, TENURE], given, {})
    assert (question(found, "COM.q1").n, question(found, "COM.q1").groups) == (48, ())


WEIGHED = {"YOU.tenure": {"rent": 500.0, "own": 500.0}}


def test_weights_are_used_where_they_tell_nothing_of_a_few_and_then_in_whole_percents() -> None:
    def plan(owners: tuple[int, int]):  # type: ignore[no-untyped-def]
        given = [
            ("web", {"YOU.tenure": tenure, "PRE.plan": said})
            for tenure, (yes, no) in (("rent", (20, 10)), ("own", owners))
            for said, n in (("yes", yes), ("no", no))
            for _ in range(n)
        ]
        return question(counted([PLAN, TENURE], given, WEIGHED))

    safe = plan((6, 11))
    assert safe.is_weighed and all(one.is_weighed for one in safe.groups if one.share)
    assert safe.yes.value == round((20 / 30 + 6 / 17) / 2, 2)
    assert safe.yes.low == round(safe.yes.low, 2) and safe.yes.plain == pytest.approx(26 / 47)
    # Both shares with the number of answers would give how many owners have a plan.
    told = plan((4, 14))
    assert not told.is_weighed and told.yes.value == told.yes.plain == pytest.approx(24 / 48)
    assert told.n_effective == pytest.approx(48)


def test_groups_whose_weights_would_tell_are_told_without_them() -> None:
    """Weights are those of the home; of the women few owners have a plan, of all owners enough."""
    gender = about_you()["YOU.gender"]
    parts = {("woman", "rent"): (20, 10), ("woman", "own"): (2, 10), ("man", "rent"): (10, 10), ("man", "own"): (10, 10)}  # fmt: skip
    given = [("web", {"YOU.tenure": tenure, "YOU.gender": who, "PRE.plan": said}) for (who, tenure), (yes, no) in parts.items() for said, n in (("yes", yes), ("no", no)) for _ in range(n)]  # fmt: skip
    found = question(counted([PLAN, TENURE, gender], given, WEIGHED))
    of = {one.group: one for one in found.groups}
    assert found.is_weighed and not of["tenants"].is_weighed and not of["women"].is_weighed
    assert of["women"].share.value == of["women"].share.plain == pytest.approx(22 / 42)
    assert of["women"].gap[0] == pytest.approx(22 / 42 - 20 / 40)


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
    french = [one.fr for one in spoken().values()]
    assert french[french.index("espagnol") + 1] == "éwé", "an accent is no letter after z"
    assert own_name("es", lang="fr") == "Español"
    assert own_name("ary", lang="en") == "Moroccan Arabic"


def test_an_option_counts_where_it_is_said_to() -> None:
    assert Asked("x", "PRE", "", "one", {}, (Option("a", {}, yes=True), Option("b", {}))).yes == {
        "a"
    }
