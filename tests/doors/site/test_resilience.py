"""The pages of resilience portraits: begun, read by dimension, closed, followed; the framework."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from tests.support.resilience_made import NAME, Begun, begin
from tests.support.table import QUICK, Table, table_and_around
from tests.support.visits import signed_in

from courtepointe.portraits.resilience.models import OwnPart, ResiliencePortrait


@pytest.fixture
def table(db: None, settings: Any) -> Table:
    settings.PASSWORD_HASHERS = QUICK
    return table_and_around()


@pytest.fixture
def begun(table: Table) -> Begun:
    return begin(table)


def at(table: Table, name: str, lang: str = "en", **where: object) -> str:
    with translation.override(lang):
        return reverse(f"space_resilience{name}", kwargs={"slug": table.slug, **where})


def words(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return unescape(answer.content.decode())


def test_a_workspace_without_a_territory_is_told_what_to_do_first(table: Table) -> None:
    told = words(signed_in(table.coordinator), at(table, ""))
    assert "name one in the settings" in told
    assert "Begin a portrait" not in told


def test_a_portrait_is_begun_closed_and_followed_on_its_pages(table: Table, begun: Begun) -> None:
    client = signed_in(table.coordinator)
    sent = {"do": "begin", "name": "Bords du canal", "territory": begun.territory, "about": "Œuvre d’ici"}  # fmt: skip
    answer = client.post(at(table, ""), sent)
    made = ResiliencePortrait.objects.get(name="Bords du canal")
    assert answer.headers["Location"] == at(table, "_portrait", number=made.pk)
    page = at(table, "_portrait", number=made.pk)
    assert "Œuvre d’ici" in words(client, page)
    assert "Local knowledge" in words(client, page)
    client.post(page, {"do": "close"})
    assert "Begin the next edition" in words(client, page)
    answer = client.post(page, {"do": "describe", "name": "X", "territory": begun.territory})
    assert (answer.status_code, ResiliencePortrait.objects.get(pk=made.pk).name) == (302, "Bords du canal")  # fmt: skip
    client.post(page, {"do": "follow"})
    assert ResiliencePortrait.objects.get(follows=made).name == "Bords du canal"


def test_an_empty_name_is_told_and_what_was_typed_stays(table: Table, begun: Begun) -> None:
    sent = {"do": "begin", "name": "", "territory": begun.territory, "about": "à garder"}
    answer = signed_in(table.coordinator).post(at(table, ""), sent)
    assert answer.status_code == 400
    assert "à garder" in answer.content.decode()


def test_a_dimension_is_read_in_both_languages(table: Table, begun: Begun) -> None:
    client = signed_in(table.member)
    where = {"number": begun.portrait, "code": "COM"}
    told = words(client, at(table, "_dimension", "fr", **where))
    assert "par quels canaux" in told
    assert NAME in told
    assert "by which channels" in words(client, at(table, "_dimension", **where))
    assert client.get(at(table, "_dimension", number=begun.portrait, code="XXX")).status_code == 404


def test_what_is_added_to_the_framework_is_read_and_withdrawn(table: Table) -> None:
    client = signed_in(table.coordinator)
    page = at(table, "_framework")
    client.post(page, {"do": "add", "dimension": "", "name_fr": "Le canal", "name_en": "The canal"})
    assert "it is not read beside others" in words(client, page)
    client.post(page, {"do": "end", "number": OwnPart.objects.get().pk})
    assert "The canal" not in words(client, page)


def test_another_workspace_leads_to_no_portrait(table: Table, begun: Begun) -> None:
    client = signed_in(table.stranger)
    assert client.get(at(table, "_portrait", number=begun.portrait)).status_code == 404
    with translation.override("en"):
        other = reverse("space_resilience_portrait", kwargs={"slug": table.other, "number": begun.portrait})  # fmt: skip
    assert client.get(other).status_code == 404
