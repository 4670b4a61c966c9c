"""Two people who write over the same text at once: the second is told, and writes again after having read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.db.models import Model
from tests.support.plan_made import ACTION, PLAN, PRIORITY, UNWRITTEN, Made
from tests.support.table import NOW, Table, joined, person

from courtepointe.core.errors import NotFound, Refused
from courtepointe.people.models import HistoryRow
from courtepointe.people.values import Person
from courtepointe.plans.actions import actions, plans, priorities
from courtepointe.plans.marks import WRITTEN, mark_of
from courtepointe.plans.models import Action, PlanText, Priority, ResiliencePlan


@dataclass(frozen=True)
class Case:
    """A text that is written over: by whom, with what words, after which mark."""

    row: type[Model]
    field: str
    words: tuple[str, str]


CASES = (
    Case(Action, "statement", ("Réunir les organismes", "Réunir les voisins")),
    Case(Priority, "statement", ("Que personne ne soit seul", "Que chacun ait un voisin")),
    Case(ResiliencePlan, "title", ("Plan du quartier", "Plan du Moulin")),
    Case(PlanText, "text", ("Un quartier d’entraide.", "Un quartier d’œuvres – ᐃ.")),
)


def write(case: Case, table: Table, made: Made, words: str, *, after: str, by: Person) -> None:
    keys: dict[str, Any] = {"after": after, "by": by, "now": NOW}
    if case.row is Action:
        what = replace(ACTION, statement=words, priority=made.priority)
        actions.change_action(table.slug, made.action, what, **keys)
    elif case.row is Priority:
        priorities.change_priority(table.slug, made.priority, replace(PRIORITY, statement=words), **keys)  # fmt: skip
    elif case.row is ResiliencePlan:
        plans.describe_plan(table.slug, made.plan, replace(PLAN, title=words), **keys)
    else:
        plans.write_section(table.slug, made.plan, "territory", words, **keys)


def mark(case: Case) -> str:
    row = case.row._default_manager.first()
    return UNWRITTEN if row is None else mark_of(row)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.row.__name__)
def test_who_wrote_without_having_read_is_told_and_writes_again(
    table: Table, made: Made, case: Case
) -> None:
    colleague = person("Esther")
    joined(table.slug, table.coordinator, colleague, "coordinator")
    first, second = case.words
    read = mark(case)
    write(case, table, made, first, after=read, by=table.coordinator)
    lines = HistoryRow.objects.count()
    with pytest.raises(Refused, match="plan_moved_on"):
        write(case, table, made, second, after=read, by=colleague)
    with pytest.raises(NotFound):
        write(case, table, made, second, after=mark(case), by=table.stranger)
    assert case.row._default_manager.values_list(case.field, flat=True).get() == first
    write(case, table, made, first, after=read, by=colleague)
    assert HistoryRow.objects.count() == lines, "what stands already is kept once"
    write(case, table, made, second, after=mark(case), by=colleague)
    assert case.row._default_manager.values_list(case.field, flat=True).get() == second


def test_a_section_that_was_emptied_may_be_written_by_whoever_read_it_so(
    table: Table, made: Made
) -> None:
    case = CASES[3]
    write(case, table, made, "Un.", after=UNWRITTEN, by=table.coordinator)
    write(case, table, made, "", after=mark(case), by=table.coordinator)
    write(case, table, made, "Deux.", after=UNWRITTEN, by=table.coordinator)
    assert PlanText.objects.get().text == "Deux."


def test_a_mark_holds_all_that_a_form_writes_over(table: Table, made: Made) -> None:
    row = Action.objects.get()
    told = actions._action(ACTION, table.id, portrait=made.portrait)
    assert {row._meta.get_field(name).attname for name in told} == set(WRITTEN["action"])
    assert set(priorities._priority(PRIORITY, table.id)) == set(WRITTEN["priority"])
    assert set(plans._plan(PLAN)) == set(WRITTEN["resilienceplan"])
    actions.move_action(table.slug, made.action, "paused", by=table.coordinator, now=NOW)
    assert mark_of(Action.objects.get()) == mark_of(row), "a state is no text"
