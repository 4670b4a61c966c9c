"""The page of who reaches a hub on foot: its numbers, its refusals, who may read it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import numpy as np
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from tests.support.comb import comb_served, degrees, with_comb
from tests.support.directory import PLACE, entry
from tests.support.hub_made import Made, form
from tests.support.served_town import town_served
from tests.support.table import NOW, QUICK, Table, table_and_around
from tests.support.town import town
from tests.support.visits import signed_in

from courtepointe.doors.served import served
from courtepointe.doors.streets import streets_of
from courtepointe.hubs.actions.hubs import form_hub
from courtepointe.hubs.models import Hub, Member
from courtepointe.hubs.values import NewHub
from courtepointe.people.actions.workspaces import stand_on
from courtepointe.people.models import WorkspaceTerritory

TRACT = "secteur:2021:001"


@pytest.fixture
def table(db: None, settings: Any, tmp_path: Path) -> Table:
    settings.PASSWORD_HASHERS = QUICK
    comb_served(tmp_path)
    held = table_and_around()
    stand_on(
        held.slug, atlas_code="town", area_key=TRACT, name="Le Moulin", since=date(2020, 1, 1),
        by=held.coordinator, now=NOW,
    )  # fmt: skip
    return held


@pytest.fixture
def made(table: Table) -> Made:
    held = form(table)
    put_at(50, 200)
    return held


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


def put_at(x: float, y: float) -> None:
    """Put the hub's place somewhere in the town."""
    row = entry(PLACE)
    longitude, latitude = degrees(x, y)
    row.values = {**row.values, "longitude": longitude, "latitude": latitude}
    row.save()


PAGE, FILE = "space_hub_reach", "space_hub_reach_csv"


def address(table: Table, asked: dict[str, object] | None = None, *, name: str = PAGE) -> str:
    query = urlencode(asked or {}, doseq=True)
    return reverse(name, kwargs={"slug": table.slug}) + (f"?{query}" if query else "")


def asking(made: Made, **more: object) -> dict[str, object]:
    return {"asked": "1", "walker": "usual", "limit": 5, "hubs": [made.hub], **more}


def words(client: Client, page: str, *, status: int = 200) -> str:
    told = client.get(page)
    assert told.status_code == status, page
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", told.content.decode())).split())


def test_the_page_says_who_is_left_out_in_people(table: Table, made: Made) -> None:
    told = words(signed_in(table.member), address(table, asking(made)))
    assert "Still left out, more than 5 minutes on foot away (at a usual pace, 1.3 m/s): 750 people of 1,000 (0 to 1,000)." in told  # fmt: skip
    assert "Le Moulin 5 minutes 250 0 to 1,000 750 1.0 km of 4.0" in told
    assert "Counted from: Pôle Saint-Pierre." in told
    assert "All areas of the territory count." in told
    assert "does not tell where stairs are" in told


def test_the_map_the_table_and_the_file_are_one_answer(table: Table, made: Made) -> None:
    ana = signed_in(table.coordinator)
    page = ana.get(address(table)).content.decode()
    for kind in ("walk-1", "walk-2", "walk-3", "beyond"):
        assert f'class="walk {kind}"' in page
    assert "Pôle Saint-Pierre</title></circle>" in page
    file = ana.get(address(table, name=FILE, asked=asking(made)))
    assert file.headers["Content-Type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert [row["minutes"] for row in rows] == ["5", "10", "15"]
    first = rows[0]
    assert (first["people reached"], first["people reached, least"], first["people reached, most"]) == ("250", "0", "1000")  # fmt: skip
    assert (first["people left out"], first["people counted"], first["km of streets reached"]) == ("750", "1000", "1.0")  # fmt: skip
    assert first["people who gain"] == ""


def test_an_added_place_is_told_beside_today(table: Table, made: Made) -> None:
    longitude, latitude = degrees(900, 800)
    asked = asking(made, point=f"{latitude}, {longitude}")
    ana = signed_in(table.coordinator)
    told = words(ana, address(table, asked))
    assert "With the added point, within 5 minutes: +100 people (0 to 100); still left out: 650 people." in told  # fmt: skip
    assert "Le Moulin 250 350 +100 people 0 to 100" in told
    file = ana.get(address(table, name=FILE, asked=asked)).content.decode("utf-8-sig")
    first = next(csv.DictReader(io.StringIO(file)))
    assert (first["people who gain"], first["people reached with the added place"]) == (
        "100",
        "350",
    )


def test_a_place_of_the_directory_is_added_by_its_name(table: Table, made: Made) -> None:
    told = words(signed_in(table.member), address(table, asking(made, hubs=[], place=made.place)))
    assert "No hub counts here" in told
    assert "With Centre Saint-Pierre, within 5 minutes: +250 people (0 to 1,000); still left out: 750 people." in told  # fmt: skip
    again = words(signed_in(table.member), address(table, asking(made, place=made.place)))
    assert "With Centre Saint-Pierre, nobody of the territory gains within 5 minutes" in again


def test_a_candidate_leads_to_who_would_gain_by_it(table: Table, made: Made) -> None:
    bao = signed_in(table.member)
    listed = reverse("space_hub_candidates", kwargs={"slug": table.slug})
    page = bao.get(listed).content.decode()
    link = re.search(r'href="([^"]+\?place=(\d+))"[^>]*>Who would reach a hub at Centre', page)
    assert link is not None
    assert link.group(2) == str(made.place)
    assert "With Centre Saint-Pierre, nobody of the territory gains" in words(bao, link.group(1))
    assert "With " not in words(bao, address(table, {"place": 999_999}))
    row = entry(PLACE)
    row.values = {k: v for k, v in row.values.items() if k != "latitude"}
    row.save()
    assert "?place=" not in bao.get(listed).content.decode()


def test_a_hub_in_the_river_is_named_and_not_counted(table: Table, made: Made) -> None:
    put_at(-250, 200)
    told = words(signed_in(table.member), address(table, asking(made)))
    assert "Not counted: no street is within 100 m." in told
    assert "Pôle Saint-Pierre · 300 m from any street" in told
    assert "1,000 people of 1,000" in told


def test_a_point_out_of_the_city_is_not_added(table: Table, made: Made) -> None:
    ana = signed_in(table.coordinator)
    far = words(ana, address(table, asking(made, point="-73.9, 45.5")))
    assert "Not added: the added point lies outside of the city." in far
    longitude, latitude = degrees(500, -100)
    near = words(ana, address(table, asking(made, point=f"{latitude} {longitude}")))
    assert (
        "Not added: the added point is 300 m from any street, 100 m at most are expected." in near
    )
    assert "250 0 to 1,000 750" in near


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"point": "north of here"}, "Two numbers: latitude, then longitude."),
        ({"walker": "flying"}, "Select a valid choice"),
        ({"limit": 7}, "Select a valid choice"),
        ({"hubs": [999_999]}, "Select a valid choice"),
        ({"place": 999_999}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_asked_is_said_beside_its_field(
    table: Table, made: Made, wrong: dict[str, object], said: str
) -> None:
    ana = signed_in(table.coordinator)
    told = words(ana, address(table, asking(made, **wrong)), status=400)
    assert said in told
    assert "Still left out" not in told
    assert ana.get(address(table, name=FILE, asked=asking(made, **wrong))).status_code == 400


def test_a_place_and_a_point_at_once_are_refused(table: Table, made: Made) -> None:
    asked = asking(made, place=made.place, point="45.5, -73.6")
    told = words(signed_in(table.coordinator), address(table, asked), status=400)
    assert "One or the other" in told


def test_without_streets_the_page_says_that_we_do_not_know(
    table: Table, made: Made, settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    ana = signed_in(table.coordinator)
    with town_served(settings, monkeypatch, tmp_path):
        for name in (PAGE, FILE):
            told = words(ana, address(table, name=name))
            assert "We do not know. The atlas holds no streets" in told
            assert "under [streets] in its recipe" in told
    broken = with_comb(town(), tmp_path)
    (tmp_path / "streets" / "nodes.parquet").write_bytes(b"PAR1")
    with town_served(settings, monkeypatch, tmp_path, pack=broken):
        told = words(ana, address(table))
    assert "We do not know." in told
    assert "nodes.parquet" in told


def test_the_streets_are_credited_as_their_source(table: Table, made: Made) -> None:
    told = words(signed_in(table.member), address(table, asking(made)))
    # By its publisher and its title, beside the source of the people, with the words of its licence.
    assert "Source: The City, comptage; The City, Street base. Free (La Ville)." in told
    assert "rues.geojson" not in told
    listed = words(signed_in(table.member), reverse("sources"))
    assert "Street base" in listed


def test_without_hubs_nobody_reaches_one(table: Table) -> None:
    told = words(signed_in(table.member), address(table))
    assert "No hub counts here, so nobody reaches one" in told
    assert "1,000 people of 1,000." in told


def test_a_hub_whose_place_has_no_point_is_named(table: Table, made: Made) -> None:
    Member.objects.filter(hub_id=made.hub, kind="location").delete()
    told = words(signed_in(table.member), address(table, asking(made)))
    assert "Not counted, because their place has no known point: Pôle Saint-Pierre" in told


def test_hubs_in_service_count_first_and_ended_ones_never(table: Table, made: Made) -> None:
    ready = form_hub(table.slug, NewHub("place", "Pôle prêt", "base", "ready"), by=table.coordinator, now=NOW)  # fmt: skip
    form_hub(table.slug, NewHub("place", "Pôle d’hier", "base", "ended"), by=table.coordinator, now=NOW)  # fmt: skip
    page = signed_in(table.member).get(address(table)).content.decode()
    checked = re.findall(r'name="hubs" value="(\d+)"[^>]*checked', page)
    assert checked == [str(ready)]
    assert "Pôle d’hier" not in page
    Hub.objects.filter(pk=ready).update(status="paused")
    page = signed_in(table.member).get(address(table)).content.decode()
    assert len(re.findall(r'name="hubs" value="\d+"[^>]*checked', page)) == 2


def test_an_atlas_without_people_measures_streets_only(
    table: Table, made: Made, settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pack = with_comb(town(), tmp_path)
    fit = replace(pack.recipe.fit, people=None)
    bare = replace(pack, recipe=replace(pack.recipe, fit=fit), content_hash="bare")
    with town_served(settings, monkeypatch, tmp_path, pack=bare):
        told = words(signed_in(table.member), address(table, asking(made)))
    assert "The atlas counts no people on areas" in told
    assert "We do not know how many people are left out" in told
    assert "5 minutes not known not known 1.0 km of 4.0" in told


def test_several_territories_are_told_together_then_apart(table: Table, made: Made) -> None:
    for key, name in (("secteur:2021:002", "Le Plateau"), ("secteur:2021:999", "Nulle part")):
        stand_on(
            table.slug, atlas_code="town", area_key=key, name=name, since=date(2020, 1, 1),
            by=table.coordinator, now=NOW,
        )  # fmt: skip
    told = words(signed_in(table.member), address(table, asking(made)))
    assert "Together 5 minutes 250 0 to 1,000 750 1.0 km of 4.0" in told
    assert "Le Moulin 5 minutes 250 0 to 1,000 750 1.0 km of 4.0" in told
    # No area of the second counts: what is not known is not nobody.
    assert "Le Plateau 5 minutes not known not known 0.0 km of 0.0" in told
    assert "1 area of the territory is left out, its people in none of the counts: 002." in told
    assert "The atlas that is served does not show: Nulle part." in told


def test_without_a_territory_all_streets_are_told(table: Table, made: Made) -> None:
    WorkspaceTerritory.objects.all().delete()
    told = words(signed_in(table.member), address(table, asking(made)))
    assert "All the streets 5 minutes 250" in told


def test_streets_are_read_once_and_again_when_the_atlas_is_another(
    table: Table, settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    first = streets_of(served())
    assert first is not None
    assert streets_of(served()) is first
    assert first.walked("usual") is first.walked("usual")
    with town_served(settings, monkeypatch, tmp_path, pack=with_comb(town(), tmp_path)):
        again = streets_of(served())
        assert again is not None
        assert again is not first
        assert np.array_equal(again.file.streets.length_m, first.file.streets.length_m)
    with town_served(settings, monkeypatch, tmp_path):
        assert streets_of(served()) is None


def test_members_read_it_and_nobody_else(table: Table, made: Made) -> None:
    pages = [address(table, name=name, asked=asking(made)) for name in (PAGE, FILE)]
    for page in pages:
        for who in (table.coordinator, table.member):
            assert signed_in(who).get(page).status_code == 200
        for who in (table.former, table.stranger):
            told = signed_in(who).get(page)
            assert told.status_code == 404
            assert "Saint-Pierre" not in told.content.decode()
        assert Client(HTTP_HOST="localhost").get(page).status_code == 302


def test_another_workspaces_hubs_are_not_there_to_choose(table: Table, made: Made) -> None:
    own = reverse("space_hub_reach", kwargs={"slug": table.other})
    dov = signed_in(table.stranger)
    page = dov.get(own).content.decode()
    assert "Saint-Pierre" not in page
    told = dov.get(f"{own}?{urlencode(asking(made), doseq=True)}")
    assert told.status_code == 400
    assert "Saint-Pierre" not in told.content.decode()
