"""Studies of hubs: asked on a page, answered by the process beside, read, printed, asked again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import translation
from tests.support.comb import degrees, write_comb
from tests.support.directory import PLACE, entry
from tests.support.hub_made import Made, form
from tests.support.table import NOW, QUICK, Table, table_and_around
from tests.support.visits import signed_in

from courtepointe.hubs.models import Study
from courtepointe.people.actions.workspaces import stand_on
from courtepointe.places.models import Entry

TRACT = "secteur:2021:001"
ASKED: dict[str, object] = {
    "goal": "max_cover", "n_open": 1, "walker": "usual", "limit": 5, "among": "", "minutes": 1,
}  # fmt: skip


@pytest.fixture
def table(db: None, settings: Any, tmp_path: Path) -> Table:
    settings.PASSWORD_HASHERS = QUICK
    settings.STREETS = write_comb(tmp_path)
    held = table_and_around()
    stand_on(
        held.slug, atlas_code="town", area_key=TRACT, name="Le Moulin", since=date(2020, 1, 1),
        by=held.coordinator, now=NOW,
    )  # fmt: skip
    return held


@pytest.fixture
def made(table: Table) -> Made:
    """Form a hub in the south-west, and know three more places, one of them in the river."""
    held = form(table)
    first = entry(PLACE)
    for name, spot in {"Bibliothèque": (900, 800), "Église": (500, 400), "Radeau": (9_000, 9_000)}.items():  # fmt: skip
        values = {**first.values, "name": name}
        values["longitude"], values["latitude"] = degrees(*spot)
        another = entry(PLACE)
        another.pk, another.uid, another.values, another.folded = (
            None,
            uuid4(),
            values,
            f" {name.lower()}",
        )
        another.save(force_insert=True)
    values = dict(first.values)
    values["longitude"], values["latitude"] = degrees(50, 200)
    Entry.objects.filter(pk=first.pk).update(values=values)
    return held


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


def page(table: Table, name: str, **where: object) -> str:
    return reverse(name, kwargs={"slug": table.slug, **where})


def words(client: Client, address: str, *, status: int = 200) -> str:
    told = client.get(address)
    assert told.status_code == status, address
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", told.content.decode())).split())


def ask(table: Table, client: Client, **more: object) -> Study:
    answer = client.post(page(table, "space_study_siting"), {**ASKED, **more})
    assert answer.status_code == 302, answer.content.decode()
    return Study.objects.latest("pk")


def answered(row: Study) -> Study:
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)
    row.refresh_from_db()
    return row


def test_a_study_is_asked_waits_and_is_answered_in_people(table: Table, made: Made) -> None:
    ana = signed_in(table.coordinator)
    row = ask(table, ana, hubs=[made.hub])
    waiting = words(ana, page(table, "space_study", number=row.pk))
    assert "It waits for its turn" in waiting and "Stop this study" in waiting
    row = answered(row)
    assert row.state == "done", row.fault
    told = words(ana, page(table, "space_study", number=row.pk))
    assert "With one more hub," in told
    print(told)
