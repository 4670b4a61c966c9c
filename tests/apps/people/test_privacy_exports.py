"""No list of contacts leaves without a second person: never the asker, never who left, once, soon."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from tests.apps.people import exported
from tests.apps.people.declared_for_tests import declared_too
from tests.support.table import NOW, Table, joined, person

from courtepointe.core.errors import BadInput, NotAllowed, NotFound, Refused
from courtepointe.people.actions import end_seat
from courtepointe.people.actions.privacy.exports import (
    approve_export,
    ask_export,
    refuse_export,
    take_export,
)
from courtepointe.people.models import ExportRequest, HistoryRow
from courtepointe.people.queries import members_of
from courtepointe.people.queries.exports import exports_of
from courtepointe.people.values import Person

SOON = NOW + timedelta(hours=1)
LATE = NOW + timedelta(hours=48)


@pytest.fixture(autouse=True)
def _friends(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    held = [{"name": "Fatou", "phone": "514 555-0101"}, {"name": "=Gil", "phone": "514 555-0102"}]
    monkeypatch.setattr(exported, "HELD", held)
    with pytest.MonkeyPatch.context() as patch, declared_too(patch, tmp_path, more=exported.DECLARED):  # fmt: skip
        yield


@pytest.fixture
def agent(table: Table) -> Person:
    eli = person("Eli")
    joined(table.slug, table.coordinator, eli, "agent")
    return eli


def asked(table: Table, by: Person) -> int:
    return ask_export(table.slug, "friends", why="appel pour la corvée", by=by, now=NOW)


def test_one_asks_another_agrees_the_first_takes_once(table: Table, agent: Person) -> None:
    number = asked(table, agent)
    with pytest.raises(Refused, match="export_not_approved"):
        take_export(table.slug, number, by=agent, now=SOON)
    approve_export(table.slug, number, by=table.coordinator, now=SOON)
    taken = take_export(table.slug, number, by=agent, now=SOON)
    assert taken.columns == ("name", "phone")
    assert [row[0] for row in taken.rows] == ["Fatou", "=Gil"]
    with pytest.raises(Refused, match="export_is_over"):
        take_export(table.slug, number, by=agent, now=SOON)
    (seen,) = exports_of(table.id, now=SOON)
    assert (seen.state, seen.asked_by, seen.approved_by, seen.count) == ("taken", "Eli", "Ana", 2)
    told = HistoryRow.objects.filter(what="people.exportrequest", key=str(number))
    assert [line.by_name for line in told.order_by("pk")] == ["Eli", "Ana", "Eli"]
    assert not any("514" in str(line.after) for line in told)


def test_nobody_agrees_to_their_own_request(table: Table) -> None:
    number = asked(table, table.coordinator)
    with pytest.raises(NotAllowed, match="own_export"):
        approve_export(table.slug, number, by=table.coordinator, now=SOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        ExportRequest.objects.filter(pk=number).update(
            approved_by_id=table.coordinator.id, approved=SOON
        )


def test_three_people_and_one_who_left(table: Table, agent: Person) -> None:
    number = asked(table, agent)
    with pytest.raises(NotAllowed, match="role_needed"):
        ask_export(table.slug, "friends", why="x", by=table.member, now=NOW)
    for act in (approve_export, refuse_export):
        with pytest.raises(NotAllowed, match="role_needed"):
            act(table.slug, number, by=table.member, now=SOON)
        for who in (table.stranger, table.former):
            with pytest.raises(NotFound, match="unknown_workspace"):
                act(table.slug, number, by=who, now=SOON)
        with pytest.raises(NotFound, match="unknown_export_request"):
            act(table.other, number, by=table.stranger, now=SOON)
    approve_export(table.slug, number, by=table.coordinator, now=SOON)
    with pytest.raises(NotAllowed, match="export_of_another"):
        take_export(table.slug, number, by=table.coordinator, now=SOON)


def test_who_left_neither_agrees_nor_takes(table: Table, agent: Person) -> None:
    joined(table.slug, table.coordinator, table.member, "administrator")
    number = asked(table, agent)
    approve_export(table.slug, number, by=table.member, now=SOON)
    seat = next(one.number for one in members_of(table.id) if one.person == agent)
    end_seat(table.slug, seat, by=table.coordinator, now=SOON)
    with pytest.raises(NotFound, match="unknown_workspace"):
        take_export(table.slug, number, by=agent, now=SOON)
    own = asked(table, table.coordinator)
    seat = next(one.number for one in members_of(table.id) if one.person == table.member)
    end_seat(table.slug, seat, by=table.coordinator, now=SOON)
    with pytest.raises(NotFound, match="unknown_workspace"):
        approve_export(table.slug, own, by=table.member, now=SOON)


def test_an_officer_without_contacts_may_agree_but_not_ask(table: Table, agent: Person) -> None:
    fay = person("Fay")
    joined(table.slug, table.coordinator, fay, "administrator")
    with pytest.raises(NotAllowed, match="role_needed"):
        asked(table, fay)
    number = asked(table, agent)
    approve_export(table.slug, number, by=fay, now=SOON)
    assert take_export(table.slug, number, by=agent, now=SOON).rows
    with pytest.raises(Refused, match="export_is_over"):
        approve_export(table.slug, number, by=fay, now=SOON)


def test_a_request_holds_for_48_hours(table: Table, agent: Person) -> None:
    number = asked(table, agent)
    with pytest.raises(Refused, match="export_is_over"):
        approve_export(table.slug, number, by=table.coordinator, now=LATE)
    approve_export(table.slug, number, by=table.coordinator, now=LATE - timedelta(seconds=1))
    with pytest.raises(Refused, match="export_already_approved"):
        approve_export(table.slug, number, by=table.coordinator, now=LATE - timedelta(seconds=1))
    with pytest.raises(Refused, match="export_is_over"):
        take_export(table.slug, number, by=agent, now=LATE)
    assert exports_of(table.id, now=LATE)[0].state == "over"


def test_a_refused_request_is_over(table: Table, agent: Person) -> None:
    number = asked(table, agent)
    refuse_export(table.slug, number, by=table.coordinator, now=SOON, why="trop large")
    with pytest.raises(Refused, match="export_is_over"):
        approve_export(table.slug, number, by=table.coordinator, now=SOON)
    assert exports_of(table.id, now=SOON)[0].state == "refused"


def test_a_list_that_grew_is_not_what_was_agreed_to(table: Table, agent: Person) -> None:
    number = asked(table, agent)
    approve_export(table.slug, number, by=table.coordinator, now=SOON)
    exported.HELD.append({"name": "Hal", "phone": "514 555-0103"})
    with pytest.raises(Refused, match="export_has_grown"):
        take_export(table.slug, number, by=agent, now=SOON)
    del exported.HELD[1:]
    assert len(take_export(table.slug, number, by=agent, now=SOON).rows) == 1


def test_what_cannot_be_asked(table: Table, agent: Person) -> None:
    with pytest.raises(BadInput, match="unknown_export"):
        ask_export(table.slug, "ennemis", why="x", by=agent, now=NOW)
    with pytest.raises(BadInput, match="export_needs_a_reason"):
        ask_export(table.slug, "friends", why=" ", by=agent, now=NOW)
    exported.HELD.clear()
    with pytest.raises(Refused, match="nothing_to_export"):
        asked(table, agent)
