"""What is taken away says what the screen says."""

from __future__ import annotations

import csv
import io
import json
import zipfile

from django.test import Client

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
