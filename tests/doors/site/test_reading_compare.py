"""The comparison page: consent, its end in the middle, no order, no total, strengths and replies beside."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from tests.support.readings_made import consents, neighbour, portrait_of, scored
from tests.support.table import NOW, QUICK, Table, table_and_around
from tests.support.visits import signed_in

from courtepointe.people.actions import revoke_agreement
from courtepointe.portraits.resilience.values import PortraitSeen


@pytest.fixture
def table(db: None, settings: Any) -> Table:
    settings.PASSWORD_HASHERS = QUICK
    return table_and_around()


@pytest.fixture
def portrait(table: Table) -> PortraitSeen:
    made = portrait_of(table)
    scored(table.slug, made.number, 50.0, 4.0, by=table.coordinator)
    return made


def page(table: Table, portrait: PortraitSeen, lang: str = "en", name: str = "compare") -> str:
    with translation.override(lang):
        where = {"slug": table.slug, "number": portrait.number}
        return reverse(f"space_readings_{name}", kwargs=where)


def words(client: Client, address: str, **asked: Any) -> str:
    answer = client.get(address, asked)
    assert answer.status_code == 200, answer.status_code
    return unescape(answer.content.decode())


def test_ones_own_profile_stands_alone_until_a_neighbourhood_agrees(
    table: Table, portrait: PortraitSeen
) -> None:
    told = words(signed_in(table.member), page(table, portrait))
    assert "your own profile stands alone" in told
    assert "No neighbourhood shows you its profile yet." in told
    assert "goalposts say what 0 and 100 mean" in told
    assert "The whole interval is in “fragile”." in told
    assert "No score and no reading yet: Local knowledge, " in told


def test_a_neighbourhood_that_agreed_is_read_beside_and_told_apart(
    table: Table, portrait: PortraitSeen
) -> None:
    neighbour(table, 80.0, 3.0)
    agreement, client = consents(table), signed_in(table.member)
    assert "Les gens de l’Île" not in words(client, page(table, portrait))
    told = words(client, page(table, portrait), peer=agreement)
    assert "can be told apart" in told
    assert "Les gens de l’Île prennent soin." in told
    assert "Portrait de l’Île" not in told
    drawn = client.get(page(table, portrait, name="chart"), {"peer": agreement})
    assert drawn.headers["Content-Type"].startswith("image/svg")
    assert "Fondation de l’Île" in unescape(drawn.content.decode())


def test_consent_that_ends_in_the_middle_shows_nothing_more(
    table: Table, portrait: PortraitSeen
) -> None:
    neighbour(table, 80.0, 3.0)
    agreement, client = consents(table), signed_in(table.coordinator)
    assert "Les gens de l’Île" in words(client, page(table, portrait), peer=agreement)
    revoke_agreement(table.other, agreement, side="owner", why="", by=table.stranger, now=NOW)
    told = words(client, page(table, portrait), peer=agreement)
    assert "Les gens de l’Île" not in told
    assert "1 neighbourhood that you chose shows nothing here" in told
    drawn = client.get(page(table, portrait, name="chart"), {"peer": agreement})
    assert "Fondation" not in drawn.content.decode()


@pytest.mark.parametrize("peer", ["", "x", "-1", "9" * 30, "٣", "1'--"])
def test_what_is_no_agreement_is_passed_over(
    table: Table, portrait: PortraitSeen, peer: str
) -> None:
    assert "your own profile stands alone" in words(signed_in(table.member), page(table, portrait), peer=peer)  # fmt: skip


def test_what_a_neighbourhood_shows_has_a_page_of_its_own(
    table: Table, portrait: PortraitSeen
) -> None:
    neighbour(table, 80.0, 3.0)
    agreement = consents(table)
    address = reverse("space_received", kwargs={"slug": table.slug, "number": agreement})
    told = words(signed_in(table.member), address)
    assert "Les gens de l’Île prennent soin." in told
    assert signed_in(table.stranger).get(address).status_code == 404


def test_another_workspace_compares_nothing(table: Table, portrait: PortraitSeen) -> None:
    for name in ("compare", "chart"):
        where = {"slug": table.other, "number": portrait.number}
        address = reverse(f"space_readings_{name}", kwargs=where)
        assert signed_in(table.stranger).get(address).status_code == 404
        assert signed_in(table.stranger).get(page(table, portrait, name=name)).status_code == 404
