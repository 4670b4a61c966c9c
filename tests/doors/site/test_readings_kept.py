"""The page of a reading tells the figure that was validated, beside the one of today; an agreement is taken back there."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from tests.doors.site.test_readings import at, words
from tests.support.readings_made import GROUP, portrait_of, scored, written
from tests.support.table import NOW, QUICK, Table, table_and_around
from tests.support.visits import signed_in

from courtepointe.portraits.readings import actions
from courtepointe.portraits.readings.models import KeptScore, Reading
from courtepointe.portraits.readings.values import Validation
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
    return portrait_of(table)


def agreed_to(table: Table, portrait: PortraitSeen) -> int:
    """Have the assembly agree to what was read of health."""
    keys = {"by": table.coordinator, "now": NOW}
    number = actions.write_reading(table.slug, portrait.number, "SBE", written(number_view=""), **keys)  # fmt: skip
    actions.validate_reading(table.slug, number, Validation(GROUP, NOW.date()), **keys)
    return number


def shown(client: Client, page: str, do: str) -> dict[str, str]:
    """Give what a form of the page sends of itself."""
    given = client.get(page).context["deeds"][do].form
    return {"do": do} | {one.name: str(one.value()) for one in given.hidden_fields()}


def test_the_figure_that_was_validated_stands_beside_the_one_of_today(
    table: Table, portrait: PortraitSeen
) -> None:
    scored(table.slug, portrait.number, 75.0, 5.0, by=table.coordinator)
    agreed_to(table, portrait)
    client = signed_in(table.member)
    pages = [
        at(table, "space_reading", number=portrait.number, code="SBE"),
        at(table, "space_readings", number=portrait.number),
    ]
    stood = (
        "As it stood on 1\u00a0June\u00a02026, when the reading was validated: Between 69 and 82"
    )
    assert not any(stood in words(client, one) for one in pages)
    what = NewObservation("2026-06", "Table", 20.0, low=18.0, high=22.0, interval="given")
    observe(table.slug, Indicator.objects.get().pk, what, by=table.coordinator, now=NOW)
    for one in pages:
        told = words(client, one)
        assert stood in told
        assert "Between 15 and 25 out of 100" in told
    assert "The numbers, as they stood on 1\u00a0June\u00a02026: Between 69 and 82" in words(client, pages[0])  # fmt: skip
    printed = at(table, "space_resilience_file", number=portrait.number, ending="html")
    told = words(client, printed).replace("\u00a0", " ")
    assert "What the numbers said on 1 June 2026, when this was agreed to: Between 69 and 82" in told  # fmt: skip
    assert "What the numbers say: Between 15 and 25" not in told


def test_a_figure_that_was_not_kept_is_not_made_up(table: Table, portrait: PortraitSeen) -> None:
    scored(table.slug, portrait.number, 75.0, 5.0, by=table.coordinator)
    agreed_to(table, portrait)
    page = at(table, "space_reading", number=portrait.number, code="SBE")
    client = signed_in(table.member)
    assert "was not kept" not in words(client, page)
    KeptScore.objects.all().delete()
    assert "What the numbers said when the reading was validated was not kept" in words(client, page)  # fmt: skip


def test_an_agreement_is_taken_back_on_the_page_with_its_reason(
    table: Table, portrait: PortraitSeen
) -> None:
    agreed_to(table, portrait)
    page = at(table, "space_reading", number=portrait.number, code="SBE")
    assert "Take back the agreement" not in words(signed_in(table.member), page)
    client = signed_in(table.coordinator)
    assert "Take back the agreement to version 1" in words(client, page)
    sent = shown(client, page, "take_back")
    assert client.post(page, {**sent, "why": ""}).status_code == 400
    back = client.post(page, {**sent, "why": "Pas le bon groupe"})
    assert back.headers["Location"] == f"{page}#versions"
    told = words(client, page)
    assert "No group of people validated it yet." in told
    assert "Take back the agreement" not in told


def test_what_is_taken_back_is_the_agreement_that_the_page_named_and_once(
    table: Table, portrait: PortraitSeen
) -> None:
    """Sent twice, the second would take the agreement to the version before, which stands as it should."""
    keys = {"by": table.coordinator, "now": NOW}
    first = agreed_to(table, portrait)
    second = actions.write_reading(table.slug, portrait.number, "SBE", written(1), **keys)
    actions.validate_reading(table.slug, second, Validation(GROUP, NOW.date()), **keys)
    client = signed_in(table.coordinator)
    page = at(table, "space_reading", number=portrait.number, code="SBE")
    sent = shown(client, page, "take_back") | {"why": "Pas le bon groupe"}
    assert client.post(page, sent).status_code == 302
    assert client.post(page, sent).status_code == 400
    assert [*Reading.objects.filter(validated__isnull=False)] == [Reading.objects.get(pk=first)]


def test_a_group_agrees_to_the_version_that_it_read_and_to_no_later_one(
    table: Table, portrait: PortraitSeen
) -> None:
    keys = {"by": table.coordinator, "now": NOW}
    actions.write_reading(table.slug, portrait.number, "SBE", written(), **keys)
    client = signed_in(table.coordinator)
    page = at(table, "space_reading", number=portrait.number, code="SBE")
    sent = shown(client, page, "validate") | {"by_whom": GROUP, "on": NOW.date().isoformat()}
    later = actions.write_reading(table.slug, portrait.number, "SBE", written(1), **keys)
    answer = client.post(page, sent)
    assert answer.status_code == 400
    assert "Version 1 was superseded" in answer.content.decode()
    assert not Reading.objects.filter(validated__isnull=False).exists()
    again = answer.context["deeds"]["validate"].form
    assert (again["number"].value(), again["by_whom"].value()) == (str(later), GROUP)
    assert client.post(page, {**sent, "number": str(later)}).status_code == 302
    assert Reading.objects.get(validated__isnull=False).pk == later
