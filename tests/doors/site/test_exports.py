"""What is taken away says what the screen says."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from dataclasses import replace

import pytest
from django.test import Client
from tests.support.town import town, with_recipe

from courtepointe.atlas.query.atlas import Atlas
from courtepointe.atlas.recipe.values import ChartPlan, Words
from courtepointe.doors import served
from courtepointe.press.palette import DARK

MOULIN = "/fr/territoires/quartier/2014/1-vieux-moulin/"


def test_the_csv_has_the_figures_of_the_page_under_a_name_of_its_own(visitor: Client) -> None:
    answer = visitor.get(MOULIN + "donnees.csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    people = next(row for row in rows if row["indicator"] == "population")
    assert people["value"] == "3002"
    named = answer.headers["Content-Disposition"]
    assert 'filename="vieux-moulin-1-2014.csv"' in named
    assert named.isascii()


def test_the_archive_holds_the_csv_and_its_metadata(visitor: Client) -> None:
    answer = visitor.get("/fr/territoires/arrondissement/2021/OUE-coeur-de-l-ouest/donnees.zip")
    held = zipfile.ZipFile(io.BytesIO(answer.content))
    assert len(held.namelist()) == 2
    assert "Cœur-de-l’Ouest" in held.read(held.namelist()[1]).decode()
    assert "filename*=UTF-8''C%C5%93ur-de-l%E2%80%99Ouest" in answer.headers["Content-Disposition"]


def test_limits_and_maps_are_geojson_in_degrees(visitor: Client) -> None:
    limits = json.loads(visitor.get(MOULIN + "limites.geojson").content)
    longitude, latitude = limits["features"][0]["geometry"]["coordinates"][0][0]
    assert -76 < longitude < -73 and 45 < latitude < 46
    shapes = json.loads(visitor.get("/fr/cartes/quartier/2014.geojson").content)
    assert shapes["features"][0]["properties"]["address"] == MOULIN


def test_a_map_is_drawn_at_known_widths_only_and_kept_a_year_under_its_edition(
    visitor: Client,
) -> None:
    page = visitor.get(MOULIN).content.decode()
    start = page.index(MOULIN + "carte/population.svg")
    address = page[start : page.index('"', start)]
    drawn = visitor.get(address + "&w=358&scheme=dark")
    assert drawn.content.startswith(b"<svg") and b"<script" not in drawn.content
    assert "immutable" in drawn.headers["Cache-Control"]
    assert visitor.get(address.partition("?")[0]).headers["Cache-Control"] == "no-cache"
    assert visitor.get(address + "&w=359").status_code == 400
    assert visitor.get(address + "&scheme=pink").status_code == 400
    assert visitor.get(MOULIN + "carte/inconnue.svg").status_code == 404


def test_places_are_drawn_as_dots(visitor: Client) -> None:
    drawn = visitor.get(MOULIN + "lieux/places.svg").content.decode()
    assert drawn.count('class="dot"') == 3


@pytest.fixture
def charted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Serve the town with one chart planned for its people."""
    pack = town()
    people, *others = pack.recipe.sections
    plan = ChartPlan("bars", people.indicators[:2], Words("Essai", "Trial"))
    charted = with_recipe(pack, sections=(replace(people, charts=(plan,)), *others))
    door = served._Door()
    door.now = served.Served(charted, Atlas(charted), (0, 0), served.Shelf())
    monkeypatch.setattr(served, "_door", door)


def specification_address(visitor: Client) -> str:
    """Find where the page's first chart says its specification is."""
    page = visitor.get(MOULIN).content.decode()
    found = re.search(rf'data-chart="({MOULIN}graphique/population/\d+\.json\?e=\w+)"', page)
    assert found is not None
    return found.group(1)


@pytest.mark.usefixtures("charted")
def test_a_chart_gives_what_it_is_drawn_from_and_nothing_to_fetch(visitor: Client) -> None:
    answer = visitor.get(specification_address(visitor) + "&w=358&scheme=dark")
    spec = json.loads(answer.content)
    assert answer.headers["Content-Type"] == "application/json"
    assert spec["width"] == 358 and spec["background"] == DARK.paper
    assert all(set(layer["data"]) == {"values"} for layer in spec["layer"])
    told = answer.content.decode().replace(spec["$schema"], "")
    assert '"url"' not in told and "://" not in told
    rows = next(layer for layer in spec["layer"] if layer.get("name") == "rows")
    assert rows["encoding"]["tooltip"]["field"] == "told"
    assert "3\u202f002" in rows["data"]["values"][0]["told"]


@pytest.mark.usefixtures("charted")
def test_a_specification_is_kept_a_year_under_its_edition(visitor: Client) -> None:
    address = specification_address(visitor)
    answer = visitor.get(address)
    assert "immutable" in answer.headers["Cache-Control"]
    assert visitor.get(address, headers={"if-none-match": answer["ETag"]}).status_code == 304
    assert visitor.get(address.partition("?")[0]).headers["Cache-Control"] == "no-cache"
    assert visitor.get(address + "&w=359").status_code == 400
    assert visitor.get(MOULIN + "graphique/population/9.json").status_code == 404
    english = address.replace("/fr/territoires", "/en/areas").replace("graphique", "chart")
    assert json.loads(visitor.get(english).content)["description"].startswith("Bar")
