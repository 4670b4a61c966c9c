"""A hub's load by hour: typed, refused by its line, told as a sentence and a table."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from tests.support.hub_made import POWER, Made, form
from tests.support.table import NOW, QUICK, Table, table_and_around
from tests.support.visits import signed_in

from courtepointe.core.errors import BadInput
from courtepointe.hubs.actions.held import note_power
from courtepointe.hubs.models import Hub, Power
from courtepointe.hubs.queries.ready import held_of
from courtepointe.hubs.values import NewPower, NewUse
from courtepointe.people.models import HistoryRow

USES = "0-24 0.1 frigo\n8-20 0,3 recharge\n18-23 0.2 kW lampes"
KEPT = [
    {"name": "frigo", "from_h": 0, "to_h": 24, "load_kw": 0.1},
    {"name": "recharge", "from_h": 8, "to_h": 20, "load_kw": 0.3},
    {"name": "lampes", "from_h": 18, "to_h": 23, "load_kw": 0.2},
]
TYPED = {
    "do": "power", "load_kw": "", "uses": USES, "battery_kwh": "2", "depth_percent": "75", "efficiency_percent": "80",
    "sun_kwp": "0", "generator_kw": "0", "fuel_h": "0", "tested_on": "", "tested_h": "", "verifier": "",
}  # fmt: skip


@pytest.fixture
def table(db: None, settings: Any) -> Table:
    settings.PASSWORD_HASHERS = QUICK
    return table_and_around()


@pytest.fixture
def made(table: Table) -> Made:
    return form(table)


def page(table: Table, made: Made, lang: str = "en") -> str:
    with translation.override(lang):
        return reverse("space_hub_equipment", kwargs={"slug": table.slug, "number": made.hub})


def words(client: Client, address: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", client.get(address).content.decode())).split())


def test_uses_are_typed_kept_and_told(table: Table, made: Made) -> None:
    ana, address = signed_in(table.coordinator), page(table, made)
    assert "The network fails at dusk" in words(ana, address)
    assert ana.post(address, TYPED).status_code == 302
    row = Power.objects.get(hub_id=made.hub)
    assert row.uses == KEPT and row.load_kw is None
    told = words(ana, address)
    # As worked by hand in tests/core/test_power_by_hour.py; without sun, all seasons are alike.
    sentence = (
        r"Winter: it lasts least if the network fails at 18:00 \(2.h\), longest at 22:00 \(10.h\)\."
    )
    assert re.search(sentence, told)
    table_told = told.partition("The network fails at Winter Spring Summer Autumn")[2]
    assert re.search(r"18:00 2.h 2.h 2.h 2.h 21:00", table_told)
    assert "8–20 h: 0.3 kW · recharge" in told and "at dusk" not in told
    assert "18-23 0.2 lampes" in ana.get(address).content.decode(), (
        "the form begins with what is kept"
    )
    french = words(ana, page(table, made, "fr"))
    assert re.search(r"tient le moins longtemps si la panne commence à 18.h \(2.h\)", french)


def test_the_same_uses_again_change_nothing(table: Table, made: Made) -> None:
    ana, address = signed_in(table.coordinator), page(table, made)
    ana.post(address, TYPED)
    before = HistoryRow.objects.count()
    assert ana.post(address, TYPED).status_code == 302
    assert HistoryRow.objects.count() == before


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("lampes le soir", "“lampes le soir” was not understood"),
        ("18-18 0.2 lampes", "two different hours, from 0 to 24"),
        ("18-25 0.2 lampes", "two different hours, from 0 to 24"),
        ("18-23 0 lampes", "more than 0 kW"),
    ],
)
def test_a_line_that_is_not_understood_is_refused_by_itself(
    table: Table, made: Made, line: str, why: str
) -> None:
    ana, address = signed_in(table.coordinator), page(table, made)
    refused = ana.post(address, {**TYPED, "uses": f"{USES}\n{line}"})
    assert refused.status_code == 400 and why in unescape(refused.content.decode())
    both = ana.post(address, {**TYPED, "load_kw": "2"})
    assert both.status_code == 400 and "One or the other" in both.content.decode()
    assert Power.objects.get(hub_id=made.hub).load_kw == POWER.load_kw, "nothing was written"


def test_readiness_counts_the_hour_at_which_it_lasts_least(table: Table, made: Made) -> None:
    k: dict[str, Any] = {"by": table.coordinator, "now": NOW}
    uses = tuple(NewUse(**one) for one in KEPT)  # type: ignore[arg-type]
    power = NewPower(None, 2.0, 75, 80, 0.0, 0.0, 0.0, uses=uses)
    note_power(table.slug, made.hub, power, **k)
    held = held_of(Hub.objects.get(pk=made.hub), today=NOW.date())
    assert held.autonomy_h == pytest.approx(2.0) and not held.autonomy_may_be_more
    with pytest.raises(BadInput, match="power_two_loads"):
        note_power(table.slug, made.hub, NewPower(1.0, uses=uses), **k)
    with pytest.raises(BadInput, match="power_uses"):
        note_power(table.slug, made.hub, NewPower(None, uses=uses * 9), **k)
    with pytest.raises(BadInput, match="power_use"):
        note_power(table.slug, made.hub, NewPower(None, uses=(NewUse("", 3, 3, 1.0),)), **k)
