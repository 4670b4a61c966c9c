"""Surveys are drafted, translated, opened, answered, closed; what they found is kept and their sheets are not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from tests.support.resilience_made import begin
from tests.support.survey_made import NAME, PICKED, Made, answer, answered, drafted, opened
from tests.support.table import NOW, Table

from courtepointe.core.errors import BadInput, CourtepointeError, NotAllowed, NotFound, Refused
from courtepointe.people.access import workspace_to
from courtepointe.people.actions import destroy_all_due
from courtepointe.people.models import HistoryRow, Workspace
from courtepointe.people.values import WorkspaceSeen
from courtepointe.portraits.resilience.actions import close_portrait
from courtepointe.portraits.surveys import actions
from courtepointe.portraits.surveys.bank import bank
from courtepointe.portraits.surveys.models import Sheet, Survey, SurveyQuestion, SurveyResult
from courtepointe.portraits.surveys.queries import (
    public_survey,
    results,
    survey,
    survey_observations,
    surveys,
    written,
)
from courtepointe.portraits.surveys.values import NewOption, NewQuestion, NewSurvey, State

DAY = timedelta(days=1)
OWN = NewQuestion(
    "COM", "one", "Avez-vous une radio ?", "Do you have a radio?",
    (NewOption("Oui", "Yes", yes=True), NewOption("Non", "No")),
)  # fmt: skip


def refused(code: str, act: Callable[[], Any], kind: type[CourtepointeError] = Refused) -> None:
    with pytest.raises(kind) as told:
        act()
    assert told.value.code == code


def seen_by(table: Table) -> WorkspaceSeen:
    return workspace_to("read", table.slug, by=table.member, now=NOW)


def by(table: Table) -> dict[str, Any]:
    return {"by": table.coordinator, "now": NOW}


def codes(table: Table, made: Made) -> list[str]:
    return [one.code for one in survey(seen_by(table), made.number).questions]


def test_a_survey_is_drafted_from_the_bank_in_two_languages(table: Table) -> None:
    made = drafted(table)
    seen = survey(seen_by(table), made.number)
    assert (seen.state, seen.languages, seen.name, seen.n_asked) == (State.DRAFT, ("fr", "en"), NAME, 3)  # fmt: skip
    assert tuple(one.code for one in seen.questions) == PICKED
    assert seen.lacking == {"fr": 0, "en": 0}
    assert not seen.is_long
    assert [one.number for one in surveys(seen_by(table), made.portrait)] == [made.number]
    actions.pick(table.slug, made.number, ["PRE.plan"], **by(table))
    assert len(codes(table, made)) == 5, "picked twice is asked once"


def test_a_new_question_stands_before_those_about_who_answers(table: Table) -> None:
    made = drafted(table, picked=("PRE.plan", "YOU.age", "YOU.tenure"))
    number = SurveyQuestion.objects.get(survey=made.number, code="YOU.age").pk
    actions.pick(table.slug, made.number, ["COM.trusted", "YOU.gender"], **by(table))
    actions.remove_question(table.slug, made.number, number, **by(table))
    actions.add_question(table.slug, made.number, OWN, **by(table))
    found = codes(table, made)
    assert found[:2] + found[3:] == ["PRE.plan", "COM.trusted", "YOU.tenure", "YOU.gender"]
    assert found[2].startswith("COM.q")


def test_what_is_picked_moves_only_what_stands_in_its_way(table: Table) -> None:
    made = drafted(table)
    actions.remove_question(table.slug, made.number, row_of(made, "REL.neighbours").pk, **by(table))
    before = HistoryRow.objects.count()
    actions.pick(table.slug, made.number, ["COM.trusted", "YOU.gender", "COM.informed"], **by(table))  # fmt: skip
    # Three are new; those about age and home make room once, for both.
    lines = list(HistoryRow.objects.order_by("pk")[before:].values_list("verb", "after__place"))
    assert sorted(lines) == [("changed", 6), ("changed", 7), ("created", 4), ("created", 5), ("created", 8)]  # fmt: skip
    assert codes(table, made) == ["PRE.plan", "CON.strengths", "COM.trusted", "COM.informed", "YOU.tenure", "YOU.age", "YOU.gender"]  # fmt: skip
    refused("unknown_bank_question", lambda: actions.pick(table.slug, made.number, ["COM.channels", "COM.x"], **by(table)), NotFound)  # fmt: skip
    before = HistoryRow.objects.count()
    actions.move_question(table.slug, made.number, row_of(made, "YOU.age").pk, up=True, **by(table))
    assert codes(table, made)[-3:] == ["YOU.age", "YOU.tenure", "YOU.gender"]
    assert HistoryRow.objects.count() == before + 2
    assert len(codes(table, made)) == 7


def row_of(made: Made, code: str) -> SurveyQuestion:
    return SurveyQuestion.objects.get(survey=made.number, code=code)


def test_only_those_who_write_design_it_and_strangers_find_nothing(table: Table) -> None:
    made = drafted(table)
    refused("role_needed", lambda: actions.pick(table.slug, made.number, [], by=table.member, now=NOW), NotAllowed)  # fmt: skip
    refused("unknown_workspace", lambda: actions.pick(table.slug, made.number, [], by=table.stranger, now=NOW), NotFound)  # fmt: skip
    refused("unknown_survey", lambda: actions.open_survey(table.other, made.number, by=table.stranger, now=NOW), NotFound)  # fmt: skip
    other = workspace_to("read", table.other, by=table.stranger, now=NOW)
    refused("unknown_survey", lambda: survey(other, made.number), NotFound)


def test_a_question_of_another_survey_is_not_found(table: Table) -> None:
    begun = begin(table)
    one, two = drafted(table, begun=begun), drafted(table, begun=begun)
    number = SurveyQuestion.objects.filter(survey=two.number).first().pk  # type: ignore[union-attr]
    refused("unknown_survey_question", lambda: actions.remove_question(table.slug, one.number, number, **by(table)), NotFound)  # fmt: skip


def test_questions_are_moved_and_taken_out(table: Table) -> None:
    made = drafted(table)
    number = SurveyQuestion.objects.get(survey=made.number, code="PRE.plan").pk
    actions.move_question(table.slug, made.number, number, up=True, **by(table))
    assert codes(table, made)[:2] == ["PRE.plan", "REL.neighbours"]
    actions.move_question(table.slug, made.number, number, up=True, **by(table))
    assert codes(table, made)[0] == "PRE.plan", "the first stays first"
    actions.move_question(table.slug, made.number, number, up=False, **by(table))
    assert codes(table, made)[1] == "PRE.plan"
    actions.remove_question(table.slug, made.number, number, **by(table))
    assert "PRE.plan" not in codes(table, made)


def test_an_own_question_is_written_and_depends_on_one_before_it(table: Table) -> None:
    made = drafted(table, picked=("PRE.plan", "YOU.tenure"))
    tenure = SurveyQuestion.objects.get(survey=made.number, code="YOU.tenure").pk
    actions.move_question(table.slug, made.number, tenure, up=True, **by(table))
    what = NewQuestion(OWN.dimension, OWN.kind, OWN.fr, OWN.en, OWN.options, when="PRE.plan=yes")
    number = actions.add_question(table.slug, made.number, what, **by(table))
    asked = next(
        one
        for one in survey(seen_by(table), made.number).questions
        if one.dimension == OWN.dimension
    )
    assert (asked.when, asked.codes, asked.yes) == (("PRE.plan", "yes"), ("a1", "a2"), frozenset({"a1"}))  # fmt: skip
    actions.change_question(table.slug, made.number, number, NewQuestion("COM", "number", "Combien de radios ?"), **by(table))  # fmt: skip
    asked = next(
        one
        for one in survey(seen_by(table), made.number).questions
        if one.dimension == OWN.dimension
    )
    assert (asked.kind, asked.options, asked.texts["en"]) == ("number", (), "Do you have a radio?")
    for when in ("PRE.plan=perhaps", "YOU.tenure=rent"):
        wrong = NewQuestion("COM", "text", "Quoi d’autre ?", when=when)
        refused("survey_when", lambda wrong=wrong: actions.add_question(table.slug, made.number, wrong, **by(table)), BadInput)  # type: ignore[misc]  # fmt: skip


def test_answers_keep_their_code_their_translations_and_what_depends_on_them(table: Table) -> None:
    made = drafted(table, picked=("PRE.plan",))
    actions.add_language(table.slug, made.number, "es", **by(table))
    three = (NewOption("Oui", "Yes"), NewOption("Non", "No"), NewOption("Parfois", "At times"))
    number = actions.add_question(table.slug, made.number, NewQuestion("COM", "one", "Une radio ?", options=three), **by(table))  # fmt: skip
    code = SurveyQuestion.objects.get(pk=number).code
    told = {f"{code}=a1": "Sí", f"{code}=a2": "No", f"{code}=a3": "A veces"}
    actions.translate(table.slug, made.number, "es", {}, told, **by(table))
    for said in ("a1", "a3"):
        what = NewQuestion("COM", "text", "Laquelle ?", when=f"{code}={said}")
        actions.add_question(table.slug, made.number, what, **by(table))
    # The first is taken out, the others are turned around, one is new.
    after = (NewOption("De temps en temps", "At times", code="a3"), NewOption("Non", "No", code="a2"), NewOption("Jamais", code="a9"))  # fmt: skip
    actions.change_question(table.slug, made.number, number, NewQuestion("COM", "one", "Une radio ?", options=after), **by(table))  # fmt: skip
    asked = survey(seen_by(table), made.number).questions
    assert [(one.code, one.texts.get("es")) for one in asked[1].options] == [("a3", "A veces"), ("a2", "No"), ("a4", None)]  # fmt: skip
    assert [one.when for one in asked[2:]] == [None, (code, "a3")], "nobody can answer a1 any more"
    actions.change_question(table.slug, made.number, number, NewQuestion("COM", "text", "Une radio ?"), **by(table))  # fmt: skip
    assert [one.when for one in survey(seen_by(table), made.number).questions[2:]] == [None, None]


@pytest.mark.parametrize(
    ("what", "code"),
    [
        (NewQuestion("COM", "one", "Une ?", options=(NewOption("Oui"),)), "survey_answers_needed"),
        (NewQuestion("COM", "text", " ", " "), "survey_words_needed"),
        (NewQuestion("XXX", "text", "Quoi ?"), "resilience_unknown_kind"),
        (NewQuestion("COM", "riddle", "Quoi ?"), "survey_unknown_kind"),
        (NewQuestion("COM", "text", "x" * 10_000), "gathering_text_too_long"),
    ],
)
def test_an_own_question_that_cannot_be_asked_is_refused(
    table: Table, what: NewQuestion, code: str
) -> None:
    made = drafted(table)
    refused(code, lambda: actions.add_question(table.slug, made.number, what, **by(table)), BadInput)  # fmt: skip
    assert len(codes(table, made)) == 5


def test_a_question_of_the_bank_keeps_its_words(table: Table) -> None:
    made = drafted(table)
    number = SurveyQuestion.objects.get(survey=made.number, code="PRE.plan").pk
    refused("survey_bank_question", lambda: actions.change_question(table.slug, made.number, number, OWN, **by(table)))  # fmt: skip
    actions.translate(table.slug, made.number, "fr", {"title": "Ici"}, {"PRE.plan": "Autre chose"}, **by(table))  # fmt: skip
    assert "Autre chose" not in str(SurveyQuestion.objects.get(pk=number).texts)


def test_a_third_language_is_translated_and_what_lacks_is_told(table: Table) -> None:
    made = drafted(table, picked=("PRE.plan",))
    actions.add_language(table.slug, made.number, "es", **by(table))
    # Title, consent, its yes, two statuses, three words around; the question; two answers.
    assert survey(seen_by(table), made.number).lacking["es"] == 11
    refused("survey_not_translated", lambda: actions.open_survey(table.slug, made.number, **by(table)))  # fmt: skip
    head = {
        "title": "Una tarde", "consent": "Responder es libre.", "agree": "Quiero responder.", "send": "Enviar",
        "not_known": "No sé", "no_answer": "Prefiero no decirlo", "about": "Sobre usted", "thanks": "Gracias",
    }  # fmt: skip
    told = {"PRE.plan": "¿Habló de un plan?", "PRE.plan=yes": "Sí", "PRE.plan=no": "No"}
    actions.translate(table.slug, made.number, "es", head, told, **by(table))
    assert survey(seen_by(table), made.number).lacking["es"] == 0
    actions.open_survey(table.slug, made.number, **by(table))
    assert survey(seen_by(table), made.number).state is State.OPEN


def test_languages_that_cannot_be_are_refused(table: Table) -> None:
    made = drafted(table)
    refused("survey_unknown_kind", lambda: actions.add_language(table.slug, made.number, "xx", **by(table)), BadInput)  # fmt: skip
    refused("survey_unknown_kind", lambda: actions.translate(table.slug, made.number, "es", {}, {}, **by(table)), BadInput)  # fmt: skip
    actions.drop_language(table.slug, made.number, "en", **by(table))
    refused("survey_one_language", lambda: actions.drop_language(table.slug, made.number, "fr", **by(table)))  # fmt: skip


def test_a_survey_without_questions_does_not_open(table: Table) -> None:
    made = drafted(table, picked=("YOU.age",))
    refused("survey_without_questions", lambda: actions.open_survey(table.slug, made.number, **by(table)))  # fmt: skip


def test_no_more_than_twenty_five_questions(table: Table) -> None:
    made = drafted(table, picked=list(bank())[:25])
    assert survey(seen_by(table), made.number).is_long
    refused("survey_many_questions", lambda: actions.pick(table.slug, made.number, ["COM.trusted"], **by(table)))  # fmt: skip
    refused("survey_many_questions", lambda: actions.add_question(table.slug, made.number, OWN, **by(table)))  # fmt: skip


def test_once_open_its_words_are_fixed_and_a_change_is_a_new_version(table: Table) -> None:
    made = opened(table)
    refused("survey_frozen", lambda: actions.pick(table.slug, made.number, ["COM.trusted"], **by(table)))  # fmt: skip
    refused("survey_frozen", lambda: actions.open_survey(table.slug, made.number, **by(table)))
    refused("survey_frozen", lambda: actions.drop_survey(table.slug, made.number, **by(table)))
    after = actions.follow_survey(table.slug, made.number, **by(table))
    seen = survey(seen_by(table), after)
    assert (seen.version, seen.state, seen.follows) == (2, State.DRAFT, made.number)
    assert tuple(one.code for one in seen.questions) == PICKED
    refused("survey_followed", lambda: actions.follow_survey(table.slug, made.number, **by(table)))
    refused("survey_still_draft", lambda: actions.follow_survey(table.slug, after, **by(table)))


def test_a_draft_is_thrown_away(table: Table) -> None:
    made = drafted(table)
    assert actions.drop_survey(table.slug, made.number, **by(table)) == made.portrait
    assert not Survey.objects.exists()


def test_a_closed_portrait_takes_no_survey(table: Table) -> None:
    begun = begin(table)
    draft = drafted(table, begun=begun)
    close_portrait(table.slug, begun.portrait, **by(table))
    refused("portrait_closed", lambda: actions.open_survey(table.slug, draft.number, **by(table)))
    what = NewSurvey(NAME, "came")
    refused("portrait_closed", lambda: actions.begin_survey(table.slug, begun.portrait, what, **by(table)))  # fmt: skip


@pytest.mark.parametrize(
    ("what", "code"),
    [
        (NewSurvey("", "came"), "gathering_line_needed"),
        (NewSurvey("x", "magic"), "survey_unknown_kind"),
        (NewSurvey("x", "came", date(2020, 1, 1)), "survey_closes_before"),
    ],
)
def test_a_survey_that_makes_no_sense_is_refused(table: Table, what: NewSurvey, code: str) -> None:
    begun = begin(table)
    refused(code, lambda: actions.begin_survey(table.slug, begun.portrait, what, **by(table)), BadInput)  # fmt: skip


def test_an_answer_by_the_link_is_kept_once_without_anybody(table: Table) -> None:
    made = opened(table)
    assert answer(made, {"PRE.plan": "yes"}, "a")
    assert not answer(made, {"PRE.plan": "yes"}, "a"), "the same page twice"
    refused("survey_sent_already", lambda: answer(made, {"PRE.plan": "no"}, "a"))
    row = Sheet.objects.get()
    assert (row.answers, row.channel, row.language) == ({"PRE.plan": "yes"}, "web", "fr")
    assert row.day == date(2026, 6, 1)
    line = HistoryRow.objects.get(what="surveys.sheet")
    assert (line.by_id, line.by_name) == (None, "")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"PRE.plan": "perhaps"}, "survey_answer_unknown"),
        ({"PRE.secret": "yes"}, "survey_answer_unknown"),
        ({"CON.strengths": ["neighbours", "x"]}, "survey_answer_unknown"),
        ({}, "survey_nothing_said"),
        ({"PRE.plan": ""}, "survey_nothing_said"),
    ],
)
def test_answers_that_were_not_offered_are_refused(
    table: Table, given: dict[str, Any], code: str
) -> None:
    made = opened(table)
    refused(code, lambda: answer(made, given, "a"), BadInput)
    assert not Sheet.objects.exists()


def test_numbers_and_texts_are_held_to_bounds(table: Table) -> None:
    made = drafted(table, picked=("PRE.plan",))
    actions.add_question(table.slug, made.number, NewQuestion("PRE", "number", "Combien ?", "How many?"), **by(table))  # fmt: skip
    actions.add_question(table.slug, made.number, NewQuestion("PRE", "text", "Quoi d’autre ?", "What else?"), **by(table))  # fmt: skip
    actions.open_survey(table.slug, made.number, **by(table))
    made = Made(made.number, made.portrait, Survey.objects.get().token)
    number, text = (one.code for one in survey(seen_by(table), made.number).questions[1:])
    for wrong in (
        "many",
        "-1",
        "nan",
        "1e9",
        "1000001",
        "1,200",
        "1.200",
        "1,2,3",
        "12 h",
        "1_0",
        ",",
    ):
        refused("survey_answer_number", lambda wrong=wrong: answer(made, {number: wrong}, "a"), BadInput)  # type: ignore[misc]  # fmt: skip
    refused("gathering_text_too_long", lambda: answer(made, {text: "x" * 10_000}, "a"), BadInput)
    assert answer(made, {number: "2,5", text: "Le café du coin"}, "a")
    assert Sheet.objects.get().answers == {number: 2.5, text: "Le café du coin"}
    for n, (told, held) in enumerate((("1 200", 1200), ("1\u202f200,5", 1200.5), ("0.125", 0.125), (" 7 ", 7), ("1200", 1200))):  # fmt: skip
        answer(made, {number: told}, f"n{n}")
        assert Sheet.objects.latest("pk").answers == {number: held}
    assert written(seen_by(table), made.number, text) == ["Le café du coin"]


def test_what_was_not_asked_is_not_kept(table: Table) -> None:
    made = drafted(table, picked=("PRE.plan",))
    what = NewQuestion(OWN.dimension, OWN.kind, OWN.fr, OWN.en, OWN.options, when="PRE.plan=yes")
    actions.add_question(table.slug, made.number, what, **by(table))
    actions.open_survey(table.slug, made.number, **by(table))
    made = Made(made.number, made.portrait, Survey.objects.get().token)
    own = survey(seen_by(table), made.number).questions[1].code
    answer(made, {"PRE.plan": "no", own: "a1"}, "a")
    answer(made, {"PRE.plan": "yes", own: "a1"}, "b")
    assert [one.answers.get(own) for one in Sheet.objects.order_by("pk")] == [None, "a1"]


def test_a_survey_that_is_over_takes_nothing_and_an_ended_link_leads_nowhere(table: Table) -> None:
    made = opened(table)
    actions.describe_survey(table.slug, made.number, NewSurvey(NAME, "came", date(2026, 6, 3)), **by(table))  # fmt: skip
    assert answer(made, {"PRE.plan": "yes"}, "a", now=NOW + 2 * DAY)
    refused("survey_over", lambda: answer(made, {"PRE.plan": "yes"}, "b", now=NOW + 3 * DAY))
    actions.renew_link(table.slug, made.number, **by(table))
    refused("unknown_survey_link", lambda: answer(made, {"PRE.plan": "yes"}, "c"), NotFound)
    refused("unknown_survey_link", lambda: public_survey(""), NotFound)
    fresh = Made(made.number, made.portrait, Survey.objects.get().token)
    actions.close_survey(table.slug, made.number, **by(table))
    refused("survey_over", lambda: answer(fresh, {"PRE.plan": "yes"}, "d"))
    refused("survey_over", lambda: actions.close_survey(table.slug, made.number, **by(table)))


def test_paper_is_keyed_by_a_member_and_twice_is_once(table: Table) -> None:
    made = opened(table)
    how = {"key": "k1", "channel": "paper", "day": date(2026, 5, 30), "language": "fr"}
    who = {"by": table.member, "now": NOW}
    assert actions.key_sheet(table.slug, made.number, {"PRE.plan": "no_answer"}, **how, **who)
    assert not actions.key_sheet(table.slug, made.number, {"PRE.plan": "no_answer"}, **how, **who)
    assert Sheet.objects.get().channel == "paper"
    refused("survey_sent_already", lambda: actions.key_sheet(table.slug, made.number, {"PRE.plan": "no"}, **how, **who))  # fmt: skip
    late = {**how, "key": "k2", "day": date(2030, 1, 1)}
    refused("survey_day", lambda: actions.key_sheet(table.slug, made.number, {"PRE.plan": "no"}, **late, **who), BadInput)  # fmt: skip
    odd = {**how, "key": "k3", "channel": "web"}
    refused("survey_unknown_kind", lambda: actions.key_sheet(table.slug, made.number, {"PRE.plan": "no"}, **odd, **who), BadInput)  # fmt: skip


def test_a_file_is_taken_in_whole_or_not_at_all_and_once(table: Table) -> None:
    made = opened(table)
    brought = [("uuid:1", None, {"PRE.plan": "yes"}), ("uuid:2", date(2026, 5, 1), {"PRE.plan": "no"})]  # fmt: skip
    assert actions.take_sheets(table.slug, made.number, brought, **by(table)) == (2, 0, 0)
    assert actions.take_sheets(table.slug, made.number, brought, **by(table)) == (0, 2, 0)
    wrong = [("uuid:3", None, {"PRE.plan": "yes"}), ("uuid:4", None, {"PRE.plan": "x"})]
    refused("survey_answer_unknown", lambda: actions.take_sheets(table.slug, made.number, wrong, **by(table)), BadInput)  # fmt: skip
    assert Sheet.objects.count() == 2
    silent = [("uuid:5", None, {}), ("uuid:6", None, {"PRE.plan": ""}), ("uuid:7", None, {"PRE.plan": "not_known"})]  # fmt: skip
    assert actions.take_sheets(table.slug, made.number, silent, **by(table)) == (1, 0, 2), "who answers nothing holds up nobody"  # fmt: skip


def test_results_come_when_it_is_closed_and_feed_indicators(table: Table) -> None:
    made = opened(table)
    answered(made)
    seen = seen_by(table)
    assert results(seen, made.number) is None
    assert survey_observations(seen, made.portrait) == ()
    actions.close_survey(table.slug, made.number, **by(table))
    found = {(one.question, one.group): one for one in survey_observations(seen, made.portrait)}
    plan = found["PRE.plan", ""]
    assert (plan.share, plan.n, plan.n_effective) == (pytest.approx(26 / 48), 48, pytest.approx(48))
    assert plan.low < plan.share < plan.high
    assert found["PRE.plan", "tenants"].share == pytest.approx(20 / 30)
    assert ("CON.strengths", "") not in found, "no answer of it counts as a yes"
    other = workspace_to("read", table.other, by=table.stranger, now=NOW)
    assert survey_observations(other, made.portrait) == ()


def test_what_several_surveys_found_is_read_at_once(
    table: Table, django_assert_num_queries: Any
) -> None:
    begun = begin(table)
    made = [opened(table, begun=begun) for _ in range(3)]
    for one in made[:2]:
        answered(one)
        actions.close_survey(table.slug, one.number, **by(table))
    later = {"by": table.coordinator, "now": NOW + DAY}
    actions.count_again(table.slug, made[0].number, **later)
    seen = seen_by(table)
    # The surveys, what follows and their questions, and the results of all.
    with django_assert_num_queries(3):
        found = survey_observations(seen, begun.portrait)
    whole = [(one.survey, one.counted) for one in found if (one.question, one.group) == ("PRE.plan", "")]  # fmt: skip
    assert whole == [(made[1].number, NOW), (made[0].number, NOW + DAY)], "the last count of each"


def test_population_numbers_weigh_answers_and_an_empty_cell_is_told(table: Table) -> None:
    made = opened(table)
    answered(made)
    people = {"YOU.tenure": {"rent": 500.0, "own": 500.0, "coop": 100.0, "no_home": 0.0}}
    actions.set_margins(table.slug, made.number, people, "Recensement 2021", **by(table))
    actions.close_survey(table.slug, made.number, **by(table))
    held = results(seen_by(table), made.number)
    assert held is not None
    weighing = held[0].weighing
    assert weighing.by == ("YOU.tenure",)
    assert weighing.empty == (("YOU.tenure", "coop"),)
    plan = next(one for one in held[0].questions if one.code == "PRE.plan")
    assert plan.yes is not None
    # Half tenants with 2/3, half owners with 1/3.
    assert (plan.yes.value, plan.yes.plain) == (pytest.approx(0.5), pytest.approx(26 / 48))
    assert plan.n_effective < 48


def test_numbers_of_people_that_contradict_answers_are_not_used(table: Table) -> None:
    made = opened(table)
    answered(made)
    actions.set_margins(table.slug, made.number, {"YOU.tenure": {"rent": 10.0, "own": 0.0}}, "", **by(table))  # fmt: skip
    actions.close_survey(table.slug, made.number, **by(table))
    held = results(seen_by(table), made.number)
    assert held is not None
    assert (held[0].weighing.by, held[0].weighing.contradicted) == ((), ("YOU.tenure",))
    actions.set_margins(table.slug, made.number, {"YOU.tenure": {"rent": 10.0, "own": 10.0}}, "", **by(table))  # fmt: skip
    actions.count_again(table.slug, made.number, **by(table))
    again = results(seen_by(table), made.number)
    assert again is not None and again[0].weighing.by == ("YOU.tenure",)
    assert SurveyResult.objects.count() == 2, "what was found before stays"


@pytest.mark.parametrize(
    ("people", "code"),
    [
        ({"YOU.tenure": {"rent": -1.0}}, "survey_people"),
        ({"YOU.tenure": {"rent": float("nan")}}, "survey_people"),
        ({"YOU.tenure": {"castle": 1.0}}, "survey_unknown_kind"),
        ({"PRE.plan": {"yes": 1.0}}, "survey_unknown_kind"),
    ],
)
def test_numbers_of_people_that_are_none_are_refused(
    table: Table, people: dict[str, dict[str, float]], code: str
) -> None:
    made = opened(table)
    refused(code, lambda: actions.set_margins(table.slug, made.number, people, "", **by(table)), BadInput)  # fmt: skip


def test_sheets_are_destroyed_and_totals_stay(table: Table) -> None:
    made = opened(table)
    answered(made)
    refused("survey_still_open", lambda: actions.count_again(table.slug, made.number, **by(table)))
    actions.close_survey(table.slug, made.number, **by(table))
    destroy_all_due(now=NOW + 179 * DAY)
    assert Sheet.objects.count() == 48
    destroy_all_due(now=NOW + 181 * DAY)
    assert not Sheet.objects.exists()
    assert not HistoryRow.objects.filter(what="surveys.sheet").exclude(after={}).exists()
    assert len(survey_observations(seen_by(table), made.portrait)) > 0
    refused("survey_sheets_gone", lambda: actions.count_again(table.slug, made.number, **by(table)))


def test_sheets_of_a_survey_that_nobody_closed_do_not_stay(table: Table) -> None:
    answered(opened(table))
    destroy_all_due(now=NOW + 700 * DAY)
    assert Sheet.objects.count() == 48
    destroy_all_due(now=NOW + 732 * DAY)
    assert not Sheet.objects.exists()


def test_a_workspace_that_closed_takes_no_answer(table: Table) -> None:
    made = opened(table)
    Workspace.objects.filter(pk=table.id).update(closed=NOW)
    refused("unknown_survey_link", lambda: answer(made, {"PRE.plan": "yes"}, "a"), NotFound)
