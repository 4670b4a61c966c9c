"""Pitfalls seen in systems like ours, those of pages: numbers are rows, see `tests/oracle/test_pitfalls.py`."""

from __future__ import annotations

import csv
import io
import json
import re
from html import unescape

import pytest
from django.test import Client
from tests.doors.site.test_draw import draft
from tests.support.served_town import town_served
from tests.support.town import town

from courtepointe.atlas.query.atlas import Atlas
from courtepointe.atlas.query.values import AreaKey

PAIR = ("low_income_share", "unemployment_rate")
MOULIN = "/fr/territoires/quartier/2014/1-vieux-moulin/"
STRANGE = "Cœur-de-l’Île – Łódź ᐃᓄᒃ"


def told(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", html))


def test_2_a_true_zero_is_shown_as_zero(
    settings: object, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    pack = town()
    table = pack.release_tables["profil", "secteur:2021"]
    table.values[table.variables.index("households"), 0] = 0.0
    with town_served(settings, monkeypatch, tmp_path, pack=pack):  # type: ignore[arg-type]
        visitor = Client(HTTP_HOST="localhost")
        page = visitor.get("/fr/territoires/secteur/2021/001/chiffre/households/", follow=True)
    text = " ".join(told(page.content.decode()).split())
    assert re.search(r"Valeur 0\b", text)
    assert "non disponible" not in text.partition("Statut")[0]


def test_16_state_with_any_letter_comes_back_from_its_address(visitor: Client) -> None:
    answer = visitor.post(draft(visitor), {"name": STRANGE, "fit": "best_fit"})
    address = answer.headers["Location"]
    assert address.isascii()
    again = Client(HTTP_HOST="localhost").get(address)
    assert STRANGE in unescape(again.content.decode())


def test_20_page_and_downloads_are_of_one_edition_and_say_which(visitor: Client) -> None:
    page = told(visitor.get(MOULIN + "chiffre/population/").content.decode())
    rows = csv.DictReader(
        io.StringIO(visitor.get(MOULIN + "donnees.csv").content.decode("utf-8-sig"))
    )
    row = next(row for row in rows if row["indicator"] == "population")
    answer = visitor.get("/api/v1/areas/quartier:2014:1/figures?lang=fr")
    figures = {one["indicator"]: one for one in json.loads(answer.content)["figures"]}
    assert float(row["value"]) == figures["population"]["value"]
    assert row["release"] and row["release"] in page
    assert figures["population"]["release"] == "comptage"


def test_26_the_language_is_that_of_the_address_everywhere(visitor: Client) -> None:
    for lang, csv_name, mine, other in (
        ("fr/territoires", "donnees.csv", "Revenu médian", "Median income"),
        ("en/areas", "data.csv", "Median income", "Revenu médian"),
    ):
        answer = visitor.get(f"/{lang}/quartier/2014/1-vieux-moulin/{csv_name}")
        text = answer.content.decode("utf-8-sig")
        assert mine in text and other not in text


def test_24_two_marginals_side_by_side_are_not_read_as_one(client: Client) -> None:
    """High shares of two things in one place are no joint share: the page says so and gives bounds."""
    asked = "first=low_income_share&second=unemployment_rate"
    page = told(client.get(f"/fr/comparer/?a=quartier:2014:1&{asked}").content.decode())
    assert "ne disent pas que ce sont les mêmes personnes" in page
    joint = Atlas(town()).both(Atlas(town()).portrait(AreaKey.parse("quartier:2014:1")), *PAIR)
    assert joint.low is not None and joint.high is not None and joint.low < joint.high
