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
from tests.support.evidence_made import brought
from tests.support.served_town import town_served
from tests.support.survey_made import Made, answered, opened
from tests.support.table import NOW, QUICK, Table, table_and_around
from tests.support.visits import signed_in

from courtepointe.portraits.evidence.values import Consent
from courtepointe.portraits.resilience.actions import choose_indicators, close_portrait, observe
from courtepointe.portraits.resilience.framework import groups
from courtepointe.portraits.resilience.models import Indicator, Observation
from courtepointe.portraits.resilience.numbers import NewObservation
from courtepointe.portraits.surveys.actions import close_survey, take_results

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


def at(table: Table, made: Made, name: str, **where: str) -> str:
    kwargs = {"slug": table.slug, "number": made.portrait, **where}
    with translation.override("en"):
        return reverse(f"space_resilience_{name}", kwargs=kwargs)


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
    assert "54.2%" in told
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


def test_a_group_says_who_was_heard_and_what_a_survey_found_before_what_lacks(
    table: Table, made: Made
) -> None:
    take_results(table.slug, made.portrait, by=table.coordinator, now=NOW)
    brought(table, made.portrait, voices={"seniors": 12, "women": 3})
    brought(table, made.portrait, title="Pas encore", consent=Consent(), voices={"newcomers": 30})
    client, page = signed_in(table.member), at(table, made, "groups")

    told = words(client, f"{page}?group=tenants&group=seniors&group=women")
    assert "This group speaks in 1 source of the evidence." in told
    assert "A survey tells what they answer, for 1 indicator." in told
    assert "They: 66.7%; everybody: 54.2%." in told
    assert "Nobody of this group has been heard yet." not in told
    assert "that was not taken yet" not in told

    women = told[told.index('id="women"') :]
    assert women.index("This group speaks in 1 source") < women.index(
        "Nobody counts this group here"
    )


def test_where_nobody_was_heard_it_is_said_in_full(table: Table, made: Made) -> None:
    brought(table, made.portrait, title="Pas encore", consent=Consent(), voices={"newcomers": 30})
    client, page = signed_in(table.member), at(table, made, "groups")
    told = words(client, f"{page}?group=newcomers")
    assert "Nobody of this group has been heard yet." in told
    assert "Nobody counts this group here: how many they are is not known." in told
    every = words(client, page)
    assert "that was not taken yet" in every
    assert every.count("Nobody of this group has been heard yet.") == len(groups())


def test_of_a_group_that_a_survey_hides_only_that_is_said(table: Table, made: Made) -> None:
    take_results(table.slug, made.portrait, by=table.coordinator, now=NOW)
    # Nobody said their age: nothing is told of older people, not even whether one answered.
    told = words(signed_in(table.member), f"{at(table, made, 'groups')}?group=seniors")
    assert "it would speak of a few people, or of nobody" in told
    assert "Observed, and not told: it would tell of a few people." in told
    assert "Nobody of this group has been heard yet." not in told


def test_the_printed_portrait_ends_with_its_groups(table: Table, made: Made) -> None:
    number = Indicator.objects.get().pk
    for group, value in (("", 60.0), ("women", 40.0), ("tenants", 60.5)):
        what = NewObservation("2026", "Sondage d’ici", value, group, low=value - 2, high=value + 2, interval="given")  # fmt: skip
        observe(table.slug, number, what, by=table.coordinator, now=NOW)
    told = words(signed_in(table.member), at(table, made, "file", ending="html"))
    apart = told[told.index("Where a group can be told apart from everybody") :]
    assert "They: 40%; everybody: 60%." in apart
    assert "60.5%" not in apart, "tenants cannot be told apart"
    assert "Nobody of these groups has been heard yet: older people" in apart
