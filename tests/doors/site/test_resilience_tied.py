"""The rooms of a portrait tied: survey results taken as observations, groups heard in evidence and in surveys."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from tests.support.served_town import town_served
from tests.support.survey_made import Made, answered, opened
from tests.support.table import NOW, QUICK, Table, table_and_around
from tests.support.visits import signed_in

from courtepointe.portraits.resilience.actions import choose_indicators, close_portrait
from courtepointe.portraits.resilience.models import Observation
from courtepointe.portraits.surveys.actions import close_survey

TAKE = "Take the results of closed surveys"


@pytest.fixture(autouse=True)
def site(settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    with town_served(settings, monkeypatch, tmp_path):
        yield


@pytest.fixture
def table(db: None, settings: Any) -> Table:
    settings.PASSWORD_HASHERS = QUICK
    return table_and_around()


@pytest.fixture
def made(table: Table) -> Made:
    """Close a survey of which the portrait chose one indicator."""
    made = opened(table)
    answered(made)
    close_survey(table.slug, made.number, by=table.coordinator, now=NOW)
    choose_indicators(table.slug, made.portrait, ["PRE.plan"], by=table.coordinator, now=NOW)
    return made


def at(table: Table, made: Made, name: str) -> str:
    with translation.override("en"):
        return reverse(f"space_resilience_{name}", kwargs={"slug": table.slug, "number": made.portrait})  # fmt: skip


def words(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return unescape(answer.content.decode())


def test_results_are_taken_once_by_a_button_that_then_goes(table: Table, made: Made) -> None:
    client, page = signed_in(table.coordinator), at(table, made, "indicators")
    assert TAKE in words(client, page)
    assert TAKE not in words(signed_in(table.member), page)
    assert client.post(page, {"do": "surveys"}).headers["Location"] == f"{page}#surveys"
    told = words(client, page)
    assert "53.3%" in told
    assert TAKE not in told
    kept = Observation.objects.count()
    assert client.post(page, {"do": "surveys"}).status_code == 302, "sent twice"
    assert Observation.objects.count() == kept


def test_who_may_not_write_a_stranger_and_a_closed_portrait_take_nothing(
    table: Table, made: Made
) -> None:
    page, sent = at(table, made, "indicators"), {"do": "surveys"}
    assert signed_in(table.member).post(page, sent).status_code == 403
    assert signed_in(table.stranger).post(page, sent).status_code == 404
    close_portrait(table.slug, made.portrait, by=table.coordinator, now=NOW)
    client = signed_in(table.coordinator)
    assert TAKE not in words(client, page)
    client.post(page, sent)
    assert not Observation.objects.exists()
