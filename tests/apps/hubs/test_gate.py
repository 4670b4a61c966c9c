"""Who may write hubs: the coordinator; a member, a former member and a stranger may not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import transaction
from tests.support.hub_made import (
    AGREEMENT,
    ANSWERS,
    CAPACITY,
    DAY,
    EXERCISE,
    FACT,
    HUB,
    MODE,
    POWER,
    Made,
)
from tests.support.table import NOW, Table

from courtepointe.core.errors import NotAllowed, NotFound
from courtepointe.hubs.actions import adopted, held, hubs, run, shown
from courtepointe.hubs.models import HubPage
from courtepointe.hubs.shown import NewPage
from courtepointe.hubs.values import (
    KitCheck,
    NewCommitment,
    NewKeys,
    NewKitItem,
    NewMember,
    NewPost,
)
from courtepointe.people.models import HistoryRow
from courtepointe.people.values import Person

Act = Callable[[str, Made, dict[str, Any]], Any]
CHECK = KitCheck(6, DAY, "agent")
WRITES: dict[str, Act] = {
    "form_hub": lambda s, m, k: hubs.form_hub(s, HUB, **k),
    "change_hub": lambda s, m, k: hubs.change_hub(s, m.hub, replace(HUB, name="Autre"), **k),
    "add_member": lambda s, m, k: hubs.add_member(s, m.hub, NewMember("vehicle", None, "Camion"), **k),
    "drop_member": lambda s, m, k: hubs.drop_member(s, m.hub, m.member, **k),
    "commit": lambda s, m, k: hubs.commit(s, m.hub, m.member, NewCommitment("recovery", "Écoute"), **k),
    "uncommit": lambda s, m, k: hubs.uncommit(s, m.hub, m.commitment, **k),
    "agree": lambda s, m, k: hubs.agree(s, m.hub, AGREEMENT, **k),
    "end_agreement": lambda s, m, k: hubs.end_agreement(s, m.hub, m.agreement, DAY, **k),
    "count_capacity": lambda s, m, k: held.count_capacity(s, m.hub, replace(CAPACITY, maximum=50), **k),
    "take_counts": lambda s, m, k: held.take_counts(s, m.hub, [replace(CAPACITY, maximum=51)], batch="b", **k),
    "drop_capacity": lambda s, m, k: held.drop_capacity(s, m.hub, m.capacity, **k),
    "note_fact": lambda s, m, k: held.note_fact(s, m.hub, replace(FACT, has=False), **k),
    "forget_fact": lambda s, m, k: held.forget_fact(s, m.hub, m.fact, **k),
    "note_power": lambda s, m, k: held.note_power(s, m.hub, replace(POWER, load_kw=1.0), **k),
    "begin_kit": lambda s, m, k: (held.drop_kit_item(s, m.hub, m.kit_item, **k), held.begin_kit(s, m.hub, **k)),
    "put_kit_item": lambda s, m, k: held.put_kit_item(s, m.hub, NewKitItem("lamps", "", 8, 90), **k),
    "check_kit": lambda s, m, k: held.check_kit(s, m.hub, m.kit_item, replace(CHECK, held=2), **k),
    "check_all_kit": lambda s, m, k: held.check_all_kit(s, m.hub, CHECK, **k),
    "drop_kit_item": lambda s, m, k: held.drop_kit_item(s, m.hub, m.kit_item, **k),
    "count_keys": lambda s, m, k: run.count_keys(s, m.hub, NewKeys("upkeep", 1, DAY), **k),
    "fill_post": lambda s, m, k: run.fill_post(s, m.hub, NewPost("space", 1, 1, DAY), **k),
    "write_mode": lambda s, m, k: run.write_mode(s, m.hub, replace(MODE, criteria="Chaleur"), **k),
    "note_exercise": lambda s, m, k: run.note_exercise(s, m.hub, EXERCISE, **k),
    "strike_exercise": lambda s, m, k: run.strike_exercise(s, m.hub, m.exercise, **k),
    "adopt": lambda s, m, k: adopted.adopt(s, m.hub, "paris", **k),
    "adapt_item": lambda s, m, k: adopted.adapt_item(s, m.item, "À notre façon", **k),
    "drop_item": lambda s, m, k: adopted.drop_item(s, m.item, "Déjà fait ailleurs", **k),
    "tick_item": lambda s, m, k: adopted.tick_item(s, m.item, **k),
    "add_item": lambda s, m, k: adopted.add_item(s, m.adoption, "Une ligne à nous", **k),
    "open_assessment": lambda s, m, k: adopted.open_assessment(s, "Automne", **k),
    "close_assessment": lambda s, m, k: adopted.close_assessment(s, m.assessment, **k),
    "show_hub": lambda s, m, k: shown.show_hub(s, m.hub, NewPage("Le jour"), **k),
    "hide_hub": lambda s, m, k: (HubPage.objects.filter(hub_id=m.hub).update(shown_since=NOW), shown.hide_hub(s, m.hub, **k)),
    "key_in_sheet": lambda s, m, k: adopted.key_in_sheet(s, m.assessment, ANSWERS, **k),
}  # fmt: skip
MAKES = {"form_hub", "open_assessment"}
"""Writes that name no row of the table: whoever has a workspace may do them in their own."""


def tried(act: Act, slug: str, made: Made, by: Person) -> Any:
    with transaction.atomic():
        return act(slug, made, {"by": by, "now": NOW})


def test_no_write_is_forgotten_here() -> None:
    verbs = {
        name
        for module in (adopted, held, hubs, run, shown)
        for name, thing in vars(module).items()
        if callable(thing) and getattr(thing, "__module__", "") == module.__name__
        and not name.startswith("_") and not isinstance(thing, type)
    }  # fmt: skip
    assert verbs - {"answer_assessment"} == set(WRITES), "answering has tests of its own"


def test_the_coordinator_may_and_the_history_tells(table: Table, made: Made) -> None:
    before = HistoryRow.objects.count()
    for name, act in WRITES.items():
        with transaction.atomic():
            act(table.slug, made, {"by": table.coordinator, "now": NOW})
            lines = list(HistoryRow.objects.order_by("pk")[before:])
            transaction.set_rollback(True)
        assert lines, f"{name}: every write leaves a line"
        assert {line.by_name for line in lines} <= ({""} if name == "key_in_sheet" else {"Ana"}), name  # fmt: skip
        assert {line.workspace_id for line in lines} == {table.id}, name
    assert HistoryRow.objects.count() == before


def test_a_member_a_former_member_and_a_stranger_may_not(table: Table, made: Made) -> None:
    before = HistoryRow.objects.count()
    for name, act in WRITES.items():
        with pytest.raises(NotAllowed, match="role_needed"):
            tried(act, table.slug, made, table.member)
        for who in (table.former, table.stranger):
            with pytest.raises(NotFound, match="unknown_workspace"):
                tried(act, table.slug, made, who)
        if name not in MAKES:
            with pytest.raises(NotFound, match="unknown_"):
                tried(act, table.other, made, table.stranger)
    assert HistoryRow.objects.count() == before


def test_a_line_of_another_hub_is_not_found(table: Table, made: Made) -> None:
    k: dict[str, Any] = {"by": table.coordinator, "now": NOW}
    other = hubs.form_hub(table.slug, replace(HUB, name="Pôle du Parc"), **k)
    elsewhere = replace(made, hub=other)
    for name in ("drop_member", "commit", "uncommit", "end_agreement", "drop_capacity", "forget_fact", "check_kit", "drop_kit_item", "strike_exercise"):  # fmt: skip
        with pytest.raises(NotFound, match="unknown_hub"):
            tried(WRITES[name], table.slug, elsewhere, table.coordinator)


def test_an_ended_hub_is_read_and_no_longer_written(table: Table, made: Made) -> None:
    k: dict[str, Any] = {"by": table.coordinator, "now": NOW}
    hubs.change_hub(table.slug, made.hub, replace(HUB, status="ended"), **k)
    free = {
        "form_hub",
        "change_hub",
        "hide_hub",
        "open_assessment",
        "close_assessment",
        "key_in_sheet",
    }
    for name, act in WRITES.items():
        if name not in free:
            with pytest.raises(Exception, match="hub_ended"):
                tried(act, table.slug, made, table.coordinator)
    hubs.change_hub(table.slug, made.hub, HUB, **k)
    held.note_power(table.slug, made.hub, POWER, **k)


def test_a_member_answers_once_and_a_reader_or_a_stranger_does_not(
    table: Table, made: Made
) -> None:
    adopted.answer_assessment(table.slug, made.assessment, ANSWERS, by=table.member, now=NOW)
    with pytest.raises(Exception, match="assessment_answered"):
        adopted.answer_assessment(table.slug, made.assessment, ANSWERS, by=table.member, now=NOW)
    for who in (table.former, table.stranger):
        with pytest.raises(NotFound, match="unknown_workspace"):
            adopted.answer_assessment(table.slug, made.assessment, ANSWERS, by=who, now=NOW)
    with pytest.raises(NotFound, match="unknown_assessment"):
        adopted.answer_assessment(table.other, made.assessment, ANSWERS, by=table.stranger, now=NOW)
