"""Two people write the same text of a plan at once: the second keeps what was typed, and reads what is kept."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from tests.support.plan_made import ACTION, PLAN, PRIORITY, Made, make
from tests.support.table import QUICK, Table, joined, person, table_and_around
from tests.support.visits import signed_in

from courtepointe.plans.models import Action, PlanText, Priority, ResiliencePlan

MOVED = "This has changed since you opened the page"
Sent = dict[str, Any]


@pytest.fixture
def table(db: None, settings: Any) -> Table:
    settings.PASSWORD_HASHERS = QUICK
    return table_and_around()


@pytest.fixture
def made(table: Table) -> Made:
    return make(table)


def pages(table: Table, made: Made) -> dict[str, tuple[str, str, str]]:
    """Give of each text its page, its form, the field that is written."""

    def at(name: str, number: int) -> str:
        with translation.override("en"):
            return reverse(name, kwargs={"slug": table.slug, "number": number})

    plan = at("space_resilience_plan", made.plan)
    return {
        "section": (plan, "write-territory", "told"),
        "plan": (plan, "describe", "title"),
        "priority": (at("space_priority", made.priority), "change", "statement"),
        "action": (at("space_action", made.action), "change", "statement"),
    }


def typed(client: Client, page: str, do: str) -> Sent:
    """Read what a form of a page begins with, as a browser sends it back."""
    form = client.get(page).context["deeds"][do].form
    told = {one.html_name: one.value() for one in form}
    return {"do": do, **{name: value for name, value in told.items() if value is not None}}


def kept(of: str) -> str:
    row: Any = {"section": PlanText, "plan": ResiliencePlan, "priority": Priority, "action": Action}[of].objects.get()  # type: ignore[attr-defined]  # fmt: skip
    return str(row.text if of == "section" else row.title if of == "plan" else row.statement)


@pytest.mark.parametrize("of", ["section", "plan", "priority", "action"])
def test_the_second_keeps_what_was_typed_reads_what_is_kept_and_writes_again(
    table: Table, made: Made, of: str
) -> None:
    esther = person("Esther")
    joined(table.slug, table.coordinator, esther, "coordinator")
    page, do, field = pages(table, made)[of]
    ana, other = signed_in(table.coordinator), signed_in(esther)
    first, second = typed(ana, page, do), typed(other, page, do)
    assert ana.post(page, {**first, field: "Ce qu’Ana a écrit – ᐃ"}).status_code == 302
    answer = other.post(page, {**second, field: "Ce qu’Esther a écrit"})
    told = unescape(answer.content.decode())
    assert answer.status_code == 400 and MOVED in told
    assert "What is kept now, where it is not what you wrote:" in told
    form = answer.context["deeds"][do]
    assert form.form[field].value() == "Ce qu’Esther a écrit"
    assert [words for _, words in form.stands] == ["Ce qu’Ana a écrit – ᐃ"]
    assert kept(of) == "Ce qu’Ana a écrit – ᐃ"
    again = {one.html_name: one.value() for one in form.form if one.value() is not None}
    assert other.post(page, {"do": do, **again}).status_code == 302
    assert kept(of) == "Ce qu’Esther a écrit"
    assert other.post(page, {"do": do, **again}).status_code == 302, "sent twice, kept once"


@pytest.mark.parametrize("of", ["section", "plan", "priority", "action"])
def test_who_may_not_write_is_told_nothing_of_it(table: Table, made: Made, of: str) -> None:
    page, do, field = pages(table, made)[of]
    sent = {"do": do, field: "Autre", "after": ""}
    assert signed_in(table.member).post(page, sent).status_code == 403
    assert signed_in(table.stranger).post(page, sent).status_code == 404
    assert "Autre" not in {PLAN.title, PRIORITY.statement, ACTION.statement} and PlanText.objects.count() == 0  # fmt: skip


def test_what_is_kept_is_told_in_words_not_in_codes(table: Table, made: Made) -> None:
    page, do, _field = pages(table, made)["action"]
    ana = signed_in(table.coordinator)
    sent = typed(ana, page, do)
    moved = {
        "cost": "",
        "horizon": "season",
        "priority": "",
        "due": "2027-03-01",
        "about": "Deux\r\nlignes",
    }
    assert ana.post(page, {**sent, **moved}).status_code == 302
    deed = ana.post(page, {**sent, "about": "Une ligne"}).context["deeds"][do]
    assert dict(deed.stands) == {
        "Priority that it answers": "—", "Cost": "—", "Horizon": "Within three months", "Due": "1\xa0March\xa02027",
        "In a few words": "Deux\nlignes",
    }  # fmt: skip
