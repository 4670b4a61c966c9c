"""The page of a reading tells the figure that was validated, beside the one of today; an agreement is taken back there."""

from __future__ import annotations

from typing import Any

import pytest
from tests.doors.site.test_readings import at, words
from tests.support.readings_made import GROUP, portrait_of, scored, written
from tests.support.table import NOW, QUICK, Table, table_and_around
from tests.support.visits import signed_in

from courtepointe.portraits.readings import actions
from courtepointe.portraits.readings.models import KeptScore
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
    assert client.post(page, {"do": "take_back", "why": ""}).status_code == 400
    back = client.post(page, {"do": "take_back", "why": "Pas le bon groupe"})
    assert back.headers["Location"] == f"{page}#versions"
    told = words(client, page)
    assert "No group of people validated it yet." in told
    assert "Take back the agreement" not in told
