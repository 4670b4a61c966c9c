"""Clusters by address: the page, the drawing, the table in the order of names; refusals; both languages."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from tests.support.mosaic import CORNER, mosaic
from tests.support.served_town import town_served


@pytest.fixture(autouse=True)
def _town_is_served(
    settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, db: None
) -> Iterator[None]:
    with town_served(settings, monkeypatch, tmp_path, pack=mosaic()):
        yield


def address(
    indicator: str = "households_one_person_share", ending: str = "", *, lang: str = "fr"
) -> str:
    kwargs = {"area_type": "carreau", "vintage": "2021", "indicator": indicator}
    with translation.override(lang):
        return reverse(f"clusters{ending}", kwargs=kwargs)


def test_a_page_has_the_map_its_words_its_table_and_its_limits(visitor: Client) -> None:
    answer = visitor.get(address())
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Valeurs élevées entourées de valeurs élevées\u00a0:" in page
    assert "jamais les personnes qui y vivent" in page and "ce n’est pas un classement" in page
    assert "L’écart est de" in page and "Indice de Theil" in page
    assert "499 fois dans leurs intervalles" in page and "un autre découpage" in page
    for ending in ("_svg", "_csv"):
        assert f'href="{address(ending=ending)}"' in page
    assert 'href="/fr/cartes/carreau/2021/households_one_person_share/"' in page


def test_the_table_is_in_the_order_of_names_never_of_values(visitor: Client) -> None:
    page = visitor.get(address()).content.decode()
    names = re.findall(r'<tr><th scope="row"><a href="[^"]+">([^<]+)</a>', page)
    assert len(names) == 101 and names == sorted(names, key=lambda name: name.replace("’", ""))
    rows = re.findall(r'<tr><th scope="row">.*?</tr>', page, flags=re.DOTALL)
    missing = next(row for row in rows if "Carreau 99" in row)
    assert "pas de valeur" in missing and missing.count("—") == 3
    island = next(row for row in rows if "L’Île" in row)
    assert "aucun voisin qui a une valeur" in island


def test_both_languages_say_the_same(visitor: Client) -> None:
    page = visitor.get(address(lang="en")).content.decode()
    assert "High values among high values: " in page
    assert "never the people who live there" in page
    assert f'href="{address()}"' in page, "the other language of the same page"


def test_the_drawing_says_itself_and_is_kept_for_a_year(visitor: Client) -> None:
    page = visitor.get(address()).content.decode()
    found = re.search(r'<noscript><picture>.*?<img src="([^"]+)"', page)
    assert found is not None
    drawn = visitor.get(found.group(1).replace("&amp;", "&"))
    told = drawn.content.decode()
    assert told.startswith("<svg") and "immutable" in drawn.headers["Cache-Control"]
    assert "Valeurs élevées entourées" in told and "Source" not in told
    whole = visitor.get(f"{address(ending='_svg')}?w=358&scheme=dark").content.decode()
    assert "Source" in whole and "jamais" in whole
    assert visitor.get(f"{address(ending='_svg')}?w=359").status_code == 400


def test_the_csv_says_what_the_page_says(visitor: Client) -> None:
    answer = visitor.get(address(ending="_csv"))
    assert (
        "households_one_person_share-carreau-2021-clusters.csv"
        in answer.headers["Content-Disposition"]
    )
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    held = {row["code"]: row for row in rows}
    high = {
        code
        for code, row in held.items()
        if row["in_cluster"] == "yes" and row["quadrant"] == "high_high"
    }
    assert "11" in high and high <= CORNER
    assert held["99"]["value"] == held["99"]["p"] == held["99"]["quadrant"] == ""
    assert held["99"]["status"] == "suppressed" and held["99"]["why_not"] == "no_value"


def test_inside_an_area_and_along_another_indicator(visitor: Client) -> None:
    page = visitor.get(
        f"{address()}?within=moitie:2021:A&along=median_household_income"
    ).content.decode()
    assert "Seuls les territoires situés" in page and "Ouest" in page
    assert "indice de concentration −" in page
    assert '<option value="moitie:2021:A" selected>' in page
    assert '<option value="median_household_income" selected>' in page
    assert "within=moitie%3A2021%3AA" in page, "files are of the same question"


def test_a_form_leads_to_its_clusters(visitor: Client) -> None:
    with translation.override("fr"):
        choose = reverse("clusters_choose")
    asked = f"{choose}?type=carreau:2021&indicator=immigrants_share&within=&along="
    assert visitor.get(asked).headers["Location"] == address("immigrants_share")
    more = visitor.get(f"{asked}&along=median_household_income")
    assert more.headers["Location"].endswith("?along=median_household_income")
    assert visitor.get(choose).status_code == 302
    assert visitor.get(f"{choose}?type=cats").status_code == 404
    assert visitor.get(f"{choose}?indicator=cats").status_code == 404


@pytest.mark.parametrize(
    ("indicator", "question", "status", "told"),
    [
        ("households", "", 422, "est un nombre de personnes, de ménages"),
        ("degree_share", "", 422, "ont la même valeur"),
        ("low_income_share", "", 422, "Il en faut au moins 10"),
        ("mean_rent", "", 422, "Loyer moyen"),
        ("households_one_person_share", "within=quartier:2014:4", 422, "Il en faut au moins 10"),
    ],
)
def test_what_has_no_cluster_says_why_and_offers_another(
    visitor: Client, indicator: str, question: str, status: int, told: str
) -> None:
    answer = visitor.get(f"{address(indicator)}?{question}")
    page = answer.content.decode()
    assert answer.status_code == status
    assert 'role="alert"' in page and told in page
    assert 'id="clusters-indicator"' in page and "<svg class=" not in page
    for ending in ("_svg", "_csv"):
        assert visitor.get(f"{address(indicator, ending)}?{question}").status_code == status


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("within=moitie:2021:Z", 404),
        ("within=cats", 400),
        ("along=cats", 404),
        ("within=a:b:c", 404),
    ],
)
def test_what_does_not_exist_is_not_found(visitor: Client, question: str, status: int) -> None:
    for ending in ("", "_svg", "_csv"):
        assert visitor.get(f"{address(ending=ending)}?{question}").status_code == status


def test_an_unknown_address_is_not_found(visitor: Client) -> None:
    assert visitor.get(address("cats")).status_code == 404
    assert visitor.get(address().replace("2021", "1900")).status_code == 404
    assert visitor.get(address().replace("carreau", "cats")).status_code == 404


def test_the_map_of_a_share_leads_to_its_clusters_and_that_of_a_count_or_of_a_few_areas_does_not(
    visitor: Client,
) -> None:
    page = visitor.get("/fr/cartes/carreau/2021/households_one_person_share/").content.decode()
    assert f'href="{address()}"' in page
    page = visitor.get("/fr/cartes/carreau/2021/households/").content.decode()
    assert address("households") not in page
    few = address().replace("carreau/2021", "quartier/2014")
    assert (
        few
        not in visitor.get("/fr/cartes/quartier/2014/households_one_person_share/").content.decode()
    )


def test_errors_that_nobody_published_are_said(visitor: Client) -> None:
    page = visitor.get(address("unemployment_rate")).content.decode()
    assert "n’est pas publiée" in page and "Aucun regroupement ne résiste" in page
    drawn = visitor.get(address("unemployment_rate", "_svg")).content.decode()
    assert "rayures\u00a0: regroupement qui n’est pas sûr" in drawn and "stripes" in drawn


def test_a_page_that_did_not_change_is_not_sent_again(visitor: Client) -> None:
    tag = visitor.get(address()).headers["ETag"]
    assert visitor.get(address(), headers={"If-None-Match": tag}).status_code == 304


def test_nothing_ranks_and_no_place_is_called_bad(visitor: Client) -> None:
    for lang, never in (
        ("fr", ("pire", "mauvais quartier", "faible", "rang ")),
        ("en", ("worst", "bad area", "weak", "hot spot")),
    ):
        page = visitor.get(address(lang=lang)).content.decode().casefold()
        assert not [word for word in never if word in page]
