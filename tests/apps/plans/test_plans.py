"""A plan is written, adopted by a decision only, and kept as it was adopted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from tests.support.hub_made import form
from tests.support.plan_made import ACTION, DAY, DECISION, PLAN, UNWRITTEN, Made, decided
from tests.support.table import NOW, Table

from courtepointe.core.errors import BadInput, NotFound, Refused
from courtepointe.engagement.actions.decisions import end_decision
from courtepointe.people.access import workspace_to
from courtepointe.people.digests import digest_of
from courtepointe.people.values import WorkspaceSeen
from courtepointe.plans.actions import actions, plans
from courtepointe.plans.contents import frozen, thawed
from courtepointe.plans.marks import mark_of
from courtepointe.plans.models import Action, ResiliencePlan
from courtepointe.plans.queries.plans import PlanSeen
from courtepointe.plans.queries.plans import plan as plan_seen
from courtepointe.portraits.resilience.actions import close_portrait, follow_portrait


def keys(table: Table) -> dict[str, Any]:
    return {"by": table.coordinator, "now": NOW}


def seen(table: Table) -> WorkspaceSeen:
    return workspace_to("read", table.slug, by=table.coordinator, now=NOW)


def of(table: Table, number: int) -> PlanSeen:
    return plan_seen(seen(table), number, now=NOW)


def test_a_draft_says_what_is_held_today_and_what_is_not_settled(table: Table, made: Made) -> None:
    form(table)
    idea = replace(ACTION, statement="Une idée")
    actions.write_action(table.slug, made.portrait, idea, **keys(table))
    plans.write_section(table.slug, made.plan, "territory", "Un quartier d’entraide.", after=UNWRITTEN, **keys(table))  # fmt: skip
    content = of(table, made.plan).content
    assert [one.statement for one in content.actions] == [ACTION.statement]
    assert (content.n_ideas, content.texts) == (1, {"territory": "Un quartier d’entraide."})
    assert [one.name for one in content.hubs] == ["Pôle Saint-Pierre"]
    assert content.names["REL"][0].startswith("Réseaux")
    assert content.gaps == ()
    actions.change_action(
        table.slug,
        made.action,
        replace(ACTION, due=None),
        after=mark_of(Action.objects.get(pk=made.action)),
        **keys(table),
    )
    gaps = of(table, made.plan).content.gaps
    assert [codes for _, codes in gaps] == [("no_action",), ("no_due", "no_ground")]


def test_a_plan_is_not_adopted_without_a_decision_in_force_of_the_workspace(
    table: Table, made: Made
) -> None:
    with pytest.raises(Refused, match="plan_needs_decision"):
        plans.adopt_plan(table.slug, made.plan, None, **keys(table))
    with pytest.raises(NotFound, match="unknown_decision"):
        plans.adopt_plan(table.slug, made.plan, 99, **keys(table))
    ended = decided(table)
    end_decision(table.slug, ended, DAY, why="Retirée.", **keys(table))
    with pytest.raises(Refused, match="decision_ended"):
        plans.adopt_plan(table.slug, made.plan, ended, **keys(table))
    assert of(table, made.plan).line.state == "draft"


def test_an_empty_plan_is_not_adopted(table: Table, made: Made) -> None:
    actions.move_action(table.slug, made.action, "cancelled", **keys(table))
    with pytest.raises(Refused, match="plan_empty"):
        plans.adopt_plan(table.slug, made.plan, decided(table), **keys(table))


def test_an_adopted_plan_stays_as_it_was_adopted(table: Table, made: Made) -> None:
    plans.write_section(
        table.slug, made.plan, "follow", "Chaque automne.", after=UNWRITTEN, **keys(table)
    )
    before = of(table, made.plan).content
    plans.adopt_plan(table.slug, made.plan, decided(table), **keys(table))
    actions.change_action(table.slug, made.action, replace(ACTION, statement="Autre"), after=mark_of(Action.objects.get(pk=made.action)), **keys(table))  # fmt: skip
    held = of(table, made.plan)
    assert held.content == before
    assert (held.line.adopted, held.line.decision) == (DECISION.taken, "2026-1")
    kept = ResiliencePlan.objects.get(pk=made.plan).frozen
    assert held.digest == digest_of(kept or {})
    for write in (
        lambda: plans.write_section(
            table.slug, made.plan, "follow", "Non.", after=UNWRITTEN, **keys(table)
        ),
        lambda: plans.describe_plan(table.slug, made.plan, PLAN, after="", **keys(table)),
        lambda: plans.adopt_plan(table.slug, made.plan, decided(table), **keys(table)),
    ):
        with pytest.raises(Refused, match="plan_not_draft"):
            write()


def test_a_plan_comes_into_force_is_followed_and_closed(table: Table, made: Made) -> None:
    with pytest.raises(Refused, match="plan_not_adopted"):
        plans.put_in_force(table.slug, made.plan, **keys(table))
    with pytest.raises(Refused, match="plan_still_draft"):
        plans.next_plan(table.slug, made.plan, **keys(table))
    plans.write_section(
        table.slug, made.plan, "follow", "Chaque automne.", after=UNWRITTEN, **keys(table)
    )
    plans.adopt_plan(table.slug, made.plan, decided(table), **keys(table))
    with pytest.raises(Refused, match="plan_not_in_force"):
        plans.close_plan(table.slug, made.plan, **keys(table))
    plans.put_in_force(table.slug, made.plan, **keys(table))
    after = plans.next_plan(table.slug, made.plan, **keys(table))
    with pytest.raises(Refused, match="plan_followed"):
        plans.next_plan(table.slug, made.plan, **keys(table))
    second = of(table, after)
    assert (second.line.version, second.comes_from) == (2, made.plan)
    assert second.content.texts == {"follow": "Chaque automne."}
    plans.adopt_plan(table.slug, after, decided(table), **keys(table))
    plans.put_in_force(table.slug, after, **keys(table))
    assert of(table, made.plan).line.state == "closed"
    plans.close_plan(table.slug, after, **keys(table))


def test_the_next_edition_of_a_portrait_takes_the_plan_over(table: Table, made: Made) -> None:
    plans.write_section(
        table.slug, made.plan, "follow", "Chaque automne.", after=UNWRITTEN, **keys(table)
    )
    plans.adopt_plan(table.slug, made.plan, decided(table), **keys(table))
    close_portrait(table.slug, made.portrait, **keys(table))
    edition = follow_portrait(table.slug, made.portrait, **keys(table))
    number = plans.begin_plan(table.slug, edition, PLAN, **keys(table))
    one = of(table, number)
    assert (one.comes_from, one.line.version) == (made.plan, 1)
    assert one.content.texts == {"follow": "Chaque automne."}


def test_actions_are_still_written_once_the_portrait_is_closed(table: Table, made: Made) -> None:
    close_portrait(table.slug, made.portrait, **keys(table))
    number = actions.write_action(table.slug, made.portrait, replace(ACTION, statement="Après"), **keys(table))  # fmt: skip
    assert number > made.action


def test_a_plan_is_begun_once_a_portrait_and_ends_after_it_begins(table: Table, made: Made) -> None:
    with pytest.raises(Refused, match="plan_begun"):
        plans.begin_plan(table.slug, made.portrait, PLAN, **keys(table))
    wrong = replace(PLAN, ends=date(2025, 1, 1))
    with pytest.raises(BadInput, match="ends_before_it_begins"):
        plans.describe_plan(table.slug, made.plan, wrong, after="", **keys(table))
    with pytest.raises(NotFound, match="unknown_plan"):
        plans.describe_plan(table.other, made.plan, PLAN, after="", by=table.stranger, now=NOW)


def test_a_content_comes_back_as_it_was_kept(table: Table, made: Made) -> None:
    form(table)
    content = of(table, made.plan).content
    assert thawed(frozen(content)) == content
    assert digest_of(frozen(content)) != digest_of(frozen(replace(content, n_ideas=9)))
