"""Priorities and actions: written, followed, corrected without anything being lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.support.hub_made import form
from tests.support.plan_made import ACTION, DAY, EFFECT, PRIORITY, RESULT, Made
from tests.support.table import NOW, Table

from courtepointe.core.errors import BadInput, NotAllowed, NotFound, Refused
from courtepointe.hubs.actions import hubs, run
from courtepointe.hubs.values import NewHub
from courtepointe.people.access import workspace_to
from courtepointe.people.actions import answer_agreement, offer_agreement, revoke_agreement
from courtepointe.people.values import WorkspaceSeen
from courtepointe.plans.actions import actions, followed, priorities
from courtepointe.plans.kinds import suggested
from courtepointe.plans.models import Action, ActionLink
from courtepointe.plans.queries import actions as actions_read
from courtepointe.plans.queries.actions import action as action_seen
from courtepointe.plans.queries.actions import actions as listed
from courtepointe.plans.queries.actions import priorities as priorities_seen
from courtepointe.plans.queries.others import others_actions
from courtepointe.plans.values import ActionSeen, NewPartner


def keys(table: Table) -> dict[str, Any]:
    return {"by": table.coordinator, "now": NOW}


def seen(table: Table) -> WorkspaceSeen:
    return workspace_to("read", table.slug, by=table.coordinator, now=NOW)


def of(table: Table, number: int) -> ActionSeen:
    return action_seen(seen(table), number, now=NOW)


def test_a_priority_is_written_once_said_otherwise_and_set_aside(table: Table, made: Made) -> None:
    with pytest.raises(Refused, match="priority_twice"):
        priorities.set_priority(table.slug, made.portrait, PRIORITY, **keys(table))
    with pytest.raises(BadInput, match="resilience_unknown_kind"):
        priorities.set_priority(table.slug, made.portrait, replace(PRIORITY, part="COM.risk"), **keys(table))  # fmt: skip
    other = replace(PRIORITY, statement="Autrement dite")
    (read,) = priorities_seen(seen(table), portrait=made.portrait)
    priorities.change_priority(table.slug, made.priority, other, after=read.mark, **keys(table))
    (one,) = priorities_seen(seen(table), portrait=made.portrait)
    assert (one.statement, one.n_actions) == ("Autrement dite", 1)
    priorities.end_priority(table.slug, made.priority, **keys(table))
    assert priorities_seen(seen(table), portrait=made.portrait) == ()
    assert of(table, made.action).priority == "Autrement dite"


def test_who_contributes_writes_nothing_and_a_stranger_finds_nothing(
    table: Table, made: Made
) -> None:
    with pytest.raises(NotAllowed):
        actions.write_action(table.slug, made.portrait, ACTION, by=table.member, now=NOW)
    with pytest.raises(NotFound, match="unknown_workspace"):
        actions.change_action(table.slug, made.action, ACTION, after="", by=table.stranger, now=NOW)
    with pytest.raises(NotFound, match="unknown_action"):
        actions.move_action(table.other, made.action, "paused", by=table.stranger, now=NOW)
    with pytest.raises(NotFound, match="unknown_resilience_portrait"):
        actions.write_action(table.other, made.portrait, ACTION, by=table.stranger, now=NOW)


def test_an_action_says_what_who_and_when_and_what_it_lacks(table: Table, made: Made) -> None:
    line = of(table, made.action).line
    assert (line.lead, line.beside_by, line.gaps) == (
        "Coordination du réseau",
        "Arrondissement",
        (),
    )
    bare = actions.write_action(
        table.slug, made.portrait, replace(ACTION, statement="Nue", role="", beside="", due=None), **keys(table)
    )  # fmt: skip
    assert of(table, bare).line.gaps == ("no_lead", "no_due", "no_beside", "no_effect", "no_ground")
    late = replace(ACTION, statement="En retard", due=DAY - timedelta(days=1), bearer="institution", beside="", priority=made.priority)  # fmt: skip
    number = actions.write_action(table.slug, made.portrait, late, **keys(table))
    assert of(table, number).line.gaps == ("overdue", "no_effect")
    actions.move_action(table.slug, number, "cancelled", **keys(table))
    assert of(table, number).line.gaps == ()


def test_an_action_sent_twice_is_written_once(table: Table, made: Made) -> None:
    with pytest.raises(Refused, match="action_twice"):
        actions.write_action(table.slug, made.portrait, ACTION, **keys(table))
    assert Action.objects.count() == 1


def test_the_priority_of_another_portrait_or_workspace_is_not_found(
    table: Table, made: Made
) -> None:
    wrong = replace(ACTION, statement="Autre", priority=made.priority + 1)
    with pytest.raises(NotFound, match="unknown_priority"):
        actions.write_action(table.slug, made.portrait, wrong, **keys(table))
    with pytest.raises(NotFound, match="unknown_record"):
        actions.change_action(
            table.slug, made.action, replace(ACTION, lead=999), after="", **keys(table)
        )


def test_an_action_moves_from_state_to_state_and_a_completed_one_has_its_day(
    table: Table, made: Made
) -> None:
    with pytest.raises(Refused, match="action_state"):
        actions.move_action(table.slug, made.action, "idea", **keys(table))
    with pytest.raises(BadInput, match="plan_future_day"):
        actions.move_action(table.slug, made.action, "completed", on=DAY + timedelta(days=1), **keys(table))  # fmt: skip
    actions.move_action(table.slug, made.action, "completed", on=DAY - timedelta(days=3), **keys(table))  # fmt: skip
    assert of(table, made.action).line.done == DAY - timedelta(days=3)
    actions.move_action(table.slug, made.action, "completed", **keys(table))
    actions.move_action(table.slug, made.action, "active", **keys(table))
    assert of(table, made.action).line.done is None
    actions.move_action(table.slug, made.action, "completed", **keys(table))
    assert of(table, made.action).line.done == DAY


def test_an_effect_is_revised_and_a_result_corrected_without_losing_the_first(
    table: Table, made: Made
) -> None:
    later = replace(EFFECT, by_day=DAY + timedelta(days=400))
    with pytest.raises(BadInput, match="revision_needs_why"):
        followed.revise_effect(table.slug, made.action, made.effect, later, **keys(table))
    told = replace(later, why="La salle n’ouvre qu’en mai.")
    followed.revise_effect(table.slug, made.action, made.effect, told, **keys(table))
    with pytest.raises(Refused, match="action_line_replaced"):
        followed.revise_effect(table.slug, made.action, made.effect, told, **keys(table))
    assert [(one.by_day, one.replaced) for one in of(table, made.action).effects] == [
        (EFFECT.by_day, True), (later.by_day, False),
    ]  # fmt: skip
    again = replace(RESULT, text="Huit membres sur douze.")
    with pytest.raises(BadInput, match="revision_needs_why"):
        followed.correct_result(table.slug, made.action, made.result, again, why=" ", **keys(table))
    followed.correct_result(table.slug, made.action, made.result, again, why="Un doublon.", **keys(table))  # fmt: skip
    assert [(one.text, one.replaced, one.why) for one in of(table, made.action).results] == [
        (RESULT.text, True, ""), ("Huit membres sur douze.", False, "Un doublon."),
    ]  # fmt: skip


def test_a_result_is_not_of_tomorrow_nor_of_another_action(table: Table, made: Made) -> None:
    other = actions.write_action(table.slug, made.portrait, replace(ACTION, statement="Autre"), **keys(table))  # fmt: skip
    with pytest.raises(BadInput, match="plan_future_day"):
        followed.note_result(table.slug, made.action, replace(RESULT, seen_on=DAY + timedelta(days=1)), **keys(table))  # fmt: skip
    with pytest.raises(NotFound, match="unknown_action_line"):
        followed.note_result(table.slug, other, replace(RESULT, effect=made.effect), **keys(table))
    with pytest.raises(BadInput, match="not_a_web_address"):
        followed.note_result(table.slug, other, replace(RESULT, link="javascript:alert(1)"), **keys(table))  # fmt: skip
    with pytest.raises(Refused, match="action_line_twice"):
        followed.note_result(table.slug, made.action, RESULT, **keys(table))
    with pytest.raises(BadInput, match="effect_needs_words"):
        followed.expect(table.slug, other, replace(EFFECT, words=" "), **keys(table))


def test_links_follow_a_hub_that_ends_and_an_exercise_that_is_struck(
    table: Table, made: Made
) -> None:
    hub = form(table)
    followed.link_action(table.slug, made.action, "hub", hub.hub, **keys(table))
    followed.link_action(table.slug, made.action, "exercise", hub.exercise, **keys(table))
    with pytest.raises(Refused, match="action_line_twice"):
        followed.link_action(table.slug, made.action, "hub", hub.hub, **keys(table))
    with pytest.raises(NotFound, match="unknown_link"):
        followed.link_action(table.slug, made.action, "session", 1, **keys(table))
    assert of(table, made.action).line.gaps == ()
    run.strike_exercise(table.slug, hub.hub, hub.exercise, **keys(table))
    lost = of(table, made.action).links[1]
    assert (lost.leads, "Panne d’hiver" in lost.name) == (None, True)
    hubs.change_hub(table.slug, hub.hub, NewHub("place", "Pôle Saint-Pierre", "base", "ended"), **keys(table))  # fmt: skip
    assert of(table, made.action).line.gaps == ("hub_ended", "link_lost")
    followed.unlink_action(table.slug, made.action, lost.number, **keys(table))
    assert ActionLink.objects.count() == 1


def test_links_of_an_action_are_given_once(
    table: Table, made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    followed.link_action(table.slug, made.action, "hub", form(table).hub, **keys(table))
    given, link_seen = [], actions_read.link_seen

    def spied(row: ActionLink) -> Any:
        given.append(row.pk)
        return link_seen(row)

    monkeypatch.setattr(actions_read, "link_seen", spied)
    assert len(of(table, made.action).links) == len(given) == 1


def test_partners_are_of_the_directory_or_named_and_taken_off(table: Table, made: Made) -> None:
    hub = form(table)
    first = followed.add_partner(table.slug, made.action, NewPartner(hub.host, "", "Prête la salle"), **keys(table))  # fmt: skip
    followed.add_partner(table.slug, made.action, NewPartner(None, "Les voisines du quai"), **keys(table))  # fmt: skip
    for twice in (NewPartner(hub.host), NewPartner(None, "Les voisines du quai")):
        with pytest.raises(Refused, match="action_line_twice"):
            followed.add_partner(table.slug, made.action, twice, **keys(table))
    names = [one.name for one in of(table, made.action).partners]
    assert names[1] == "Les voisines du quai" and names[0]
    followed.drop_partner(table.slug, made.action, first, **keys(table))
    assert len(of(table, made.action).partners) == 1


def test_a_suggestion_is_taken_up_as_an_idea_with_its_effect_and_the_institution(
    table: Table, made: Made
) -> None:
    number = actions.take_suggestion(
        table.slug, made.portrait, "PRE_exercise", lang="fr", read="absent", **keys(table)
    )
    one = of(table, number)
    assert (one.line.state, one.line.read, one.suggested) == ("idea", "absent", "PRE_exercise")
    assert one.line.beside == suggested()["PRE_exercise"].beside.fr
    assert [(e.words, e.indicator, e.direction) for e in one.effects] == [
        ("Minutes entre l’alerte et la porte ouverte", "", "down"), ("", "PRE.exercises", "up"),
    ]  # fmt: skip
    with pytest.raises(Refused, match="action_twice"):
        actions.take_suggestion(table.slug, made.portrait, "PRE_exercise", lang="fr", **keys(table))
    with pytest.raises(NotFound, match="unknown_suggestion"):
        actions.take_suggestion(table.slug, made.portrait, "X", lang="fr", **keys(table))


def test_what_others_did_crosses_under_an_agreement_only_and_without_who(
    table: Table, made: Made
) -> None:
    receiver = workspace_to("read", table.other, by=table.stranger, now=NOW).id
    assert others_actions(receiver, now=NOW) == ()
    offered = {"what": "resilience_actions", "purpose": "apprendre", "since": DAY, "until": DAY + timedelta(days=30)}  # fmt: skip
    agreed = offer_agreement(table.slug, receiver=table.other, **offered, **keys(table))  # type: ignore[arg-type]
    assert others_actions(receiver, now=NOW) == ()
    answer_agreement(table.other, agreed, accepted=True, by=table.stranger, now=NOW)
    actions.write_action(table.slug, made.portrait, replace(ACTION, statement="Une idée"), **keys(table))  # fmt: skip
    (one,) = others_actions(receiver, now=NOW, dimension="REL", part="REL.between", read="fragile")
    assert (one.statement, one.results[0].text) == (ACTION.statement, RESULT.text)
    assert "Coordination" not in str(one)
    assert others_actions(receiver, now=NOW, read="absent") == ()
    revoke_agreement(table.slug, agreed, side="owner", why="", **keys(table))
    assert others_actions(receiver, now=NOW) == ()


def test_actions_are_listed_by_what_is_due_first(table: Table, made: Made) -> None:
    soon = replace(ACTION, statement="Bientôt", due=DAY + timedelta(days=3))
    never = replace(ACTION, statement="Sans échéance", due=None)
    for what in (never, soon):
        actions.write_action(table.slug, made.portrait, what, **keys(table))
    names = [one.statement for one in listed(seen(table), now=NOW, portrait=made.portrait)]
    assert names == ["Bientôt", ACTION.statement, "Sans échéance"]
    assert [one.number for one in listed(seen(table), now=NOW, states=("active",))] == [made.action]


def test_a_list_of_actions_asks_no_more_of_the_base_for_more_actions(
    table: Table, made: Made, django_assert_max_num_queries: Any
) -> None:
    with CaptureQueriesContext(connection) as one:
        listed(seen(table), now=NOW)
    for number in range(5):
        what = replace(ACTION, statement=f"Action {number}")
        actions.write_action(table.slug, made.portrait, what, **keys(table))
    with django_assert_max_num_queries(len(one)):
        assert len(listed(seen(table), now=NOW)) == 6
