"""The comparison page: consent, its end in the middle, no order, no total, strengths and replies beside."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from tests.support.readings_made import consents, neighbour, portrait_of, scored, validated, written
from tests.support.table import NOW, QUICK, Table, table_and_around
from tests.support.visits import signed_in

from courtepointe.people.actions import revoke_agreement
from courtepointe.portraits.readings.actions import write_reading
from courtepointe.portraits.readings.models import KeptScore
from courtepointe.portraits.resilience.actions import observe
from courtepointe.portraits.resilience.models import Indicator
from courtepointe.portraits.resilience.numbers import NewObservation
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
    assert "No score and no reading to show yet: Local knowledge, " in told


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


def received_page(table: Table, agreement: int) -> str:
    with translation.override("en"):
        return reverse("space_received", kwargs={"slug": table.slug, "number": agreement})


def moved(slug: str, portrait: int, value: float, **keys: Any) -> None:
    one = Indicator.objects.get(portrait_id=portrait, code="SBE.health")
    what = NewObservation(
        "2026-06", "Table", value, low=value - 2, high=value + 2, interval="given"
    )
    observe(slug, one.pk, what, **keys)


def test_a_neighbour_is_read_as_it_was_validated_on_its_day(
    table: Table, portrait: PortraitSeen
) -> None:
    theirs = neighbour(table, 80.0, 3.0)
    agreement, client = consents(table), signed_in(table.member)
    received = received_page(table, agreement)
    moved(table.other, theirs, 20.0, by=table.stranger, now=NOW)
    for address, asked in ((page(table, portrait), {"peer": agreement}), (received, {})):
        told = words(client, address, **asked)
        assert "The numbers, as they stood on 1\u00a0June\u00a02026: between 75 and 85." in told
        assert "validated on 1\u00a0June\u00a02026" in told
        assert "between 15 and 25" not in told
    drawn = client.get(page(table, portrait, name="chart"), {"peer": agreement})
    assert "between 15 and 25" not in unescape(drawn.content.decode())


def test_what_its_people_did_not_validate_is_said_and_no_figure_is_invented(
    table: Table, portrait: PortraitSeen
) -> None:
    theirs = neighbour(table, 80.0, 3.0)
    reading = write_reading(table.slug, portrait.number, "REL", written(), by=table.coordinator, now=NOW)  # fmt: skip
    validated(table, reading)
    agreement, client = consents(table), signed_in(table.member)
    assert "Not validated yet." in words(client, page(table, portrait), peer=agreement)
    french = words(client, page(table, portrait, "fr"), peer=agreement)
    assert "Les gens de l’Île prennent soin." in french
    assert "entre 75 et 85" in french
    received = received_page(table, agreement)
    assert "Not validated yet: Local knowledge, " in words(client, received)
    KeptScore.objects.filter(reading__portrait=theirs).delete()
    for address, asked in ((page(table, portrait), {"peer": agreement}), (received, {})):
        told = words(client, address, **asked)
        assert "those of that day were not kept, and none are shown" in told
        assert "between 75 and 85" not in told


def test_ones_own_page_tells_what_others_are_shown_where_it_moved(
    table: Table, portrait: PortraitSeen
) -> None:
    keys = {"by": table.coordinator, "now": NOW}
    reading = write_reading(table.slug, portrait.number, "SBE", written(), **keys)
    client = signed_in(table.member)
    assert "not validated yet" in words(client, page(table, portrait))
    validated(table, reading)
    told = words(client, page(table, portrait))
    assert "validated on 1\u00a0June\u00a02026" in told
    assert "not validated yet" not in told
    assert "Shown to others" not in words(client, page(table, portrait))
    moved(table.slug, portrait.number, 90.0, **keys)
    told = words(client, page(table, portrait))
    assert "Shown to others, as it stood on 1\u00a0June\u00a02026 when it was validated: between 44 and 56." in told  # fmt: skip
    assert "between 85 and 95" in told
