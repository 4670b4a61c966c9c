"""Montréal's own streets and air-conditioned places, through the pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import translation
from tests.support.directory import PLACE, entry
from tests.support.hub_made import form
from tests.support.served_town import town_served
from tests.support.table import QUICK, Table, table_and_around
from tests.support.visits import signed_in

from courtepointe.atlas.pack.open import open_pack
from courtepointe.formats.places import read_places
from courtepointe.hubs.models import Study
from courtepointe.places.models import Entry

pytestmark = pytest.mark.shared
COOL = "places/lieux_publics_climatises.json"


@pytest.fixture
def table(
    db: None, settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, montreal_pack: Path,
    montreal_files: Path,
) -> Iterator[Table]:  # fmt: skip
    """Serve Montréal to a table whose directory holds the City's air-conditioned places."""
    settings.PASSWORD_HASHERS = QUICK
    with town_served(settings, monkeypatch, tmp_path, pack=open_pack(montreal_pack)):
        held = table_and_around()
        form(held)
        _take_in(montreal_files / COOL)
        with translation.override("en"):
            yield held


def _take_in(file: Path) -> None:
    first = entry(PLACE)
    cool = read_places(file, longitude=None, latitude=None)
    names = cool.attributes.texts("nom")
    rows = [
        Entry(
            workspace_id=first.workspace_id, table="location", uid=uuid4(), folded=f" {n}",
            values={**first.values, "name": name, "longitude": float(lon), "latitude": float(lat)},
        )
        for n, (name, lon, lat) in enumerate(zip(names, cool.longitude, cool.latitude, strict=True))
    ]  # fmt: skip
    Entry.objects.bulk_create(rows)


def _answered(ana: Client, table: Table, **more: object) -> Study:
    asked = {"walker": "usual", "limit": 15, "among": "", "minutes": 5, **more}
    answer = ana.post(reverse("space_study_siting", kwargs={"slug": table.slug}), asked)
    assert answer.status_code == 302
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)
    row = Study.objects.latest("pk")
    assert row.state == "done", row.fault
    return row


def test_places_are_chosen_for_a_group_and_told_for_all(table: Table) -> None:
    """The best for those of 65 and more is no worse for them than the best for all."""
    ana = signed_in(table.coordinator)
    for_all, for_old = (
        _answered(ana, table, goal="max_cover", n_open=3, who=who) for who in ("", "age_65_plus")
    )
    assert for_all.result is not None and for_old.result is not None
    assert for_old.asked["who_name"] and for_old.result["proven"]
    assert for_old.result["people"] < 0.3 * for_all.result["people"]
    everyone = [one.result["after"][0]["people"][2][0] for one in (for_all, for_old)]
    assert everyone[0] >= everyone[1]
    page = ana.get(reverse("space_study", kwargs={"slug": table.slug, "number": for_old.pk}))
    assert "The places were chosen for one group" in page.content.decode()


def test_how_many_reach_an_air_conditioned_place_and_how_few_places_do_it(table: Table) -> None:
    """All 188 places and the one of the example, of which 17 stand on the streets that the atlas has: ten of them reach as many."""
    ana = signed_in(table.coordinator)
    row = _answered(ana, table, goal="set_cover")
    told = row.result
    assert told is not None
    assert told["proven"] and told["objective"] == 10
    assert round(told["people"]) == 247_626 and round(told["never_reached"]) == 101_924
    # Evenly along the streets of their tracts; if all lived at the farthest; at the nearest.
    assert [round(one) for one in told["after"][0]["people"][2]] == [145_702, 96_313, 177_431]
    page = ana.get(reverse("space_study", kwargs={"slug": table.slug, "number": row.pk}))
    words = " ".join(unescape(re.sub(r"<[^>]+>", " ", page.content.decode())).split())
    assert "145,702 people of 247,626 reach a hub within 15 minutes" in words, words[
        words.index("answered") : words.index("answered") + 900
    ]
    assert "172 places were not counted" in words
    assert "Areas that the streets cover only in part, whose people are in none of the counts: 46200" in words  # fmt: skip
