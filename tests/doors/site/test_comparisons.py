"""Reading an area against something else, its peers, and areas side by side."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.support.compared_town import compared_town
from tests.support.served_town import town_served

MOULIN = "/fr/territoires/quartier/2014/1-vieux-moulin/"
MILL = "/en/areas/quartier/2014/1-vieux-moulin/"
TWO = "/fr/comparer/?a=quartier:2014:1&a=quartier:2014:3"


@pytest.fixture(autouse=True)
def _compared_town_is_served(
    _town_is_served: None, settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[None]:
    with town_served(settings, monkeypatch, tmp_path, pack=compared_town()):
        yield


def read(visitor: Client, address: str, *, status: int = 200) -> str:
    page = visitor.get(address)
    assert page.status_code == status, address
    return html.unescape(page.content.decode())


def words_of(page: str) -> str:
    """Give what a person reads, spaces made one."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_the_portrait_offers_what_the_recipe_declares_and_keeps_what_is_asked(
    visitor: Client,
) -> None:
    plain = read(visitor, MOULIN)
    for ref in ("peers:semblables", "target", "past"):
        assert f'name="against" value="{ref}"' in plain
    asked = read(visitor, MOULIN + "?against=peers:semblables")
    assert 'value="peers:semblables" checked' in asked
    assert "Les quartiers semblables : 36,8 %" in words_of(asked)
    assert "?against=peers%3Asemblables" in asked


def test_a_chart_stands_beside_what_is_asked_for_whoever_looked_before(visitor: Client) -> None:
    """A chart of the same area drawn for somebody who asked for something else is another chart."""
    shares = MOULIN + "graphique/population/1.svg"
    assert "à l’échelle de la ville" in read(visitor, shares)
    beside = read(visitor, shares + "?against=peers:semblables")
    assert "à l’échelle des quartiers semblables" in beside
    assert "à l’échelle de la ville" not in beside
    assert "à l’échelle de la ville" in read(visitor, shares)


def test_what_stands_out_is_said_beside_what_it_was_tested_against(visitor: Client) -> None:
    """Too few quarters are here to test against: the city is, whatever the reader asks for."""
    plain = read(visitor, MOULIN)
    stands = re.search(r'<section id="standing".*?</section>', plain, re.DOTALL)
    assert stands is not None and 'class="stand"' in stands[0]
    for asked in ("peers:semblables", "quartier:2014:3", "target"):
        page = read(visitor, f"{MOULIN}?against={asked}")
        held = re.search(r'<section id="standing".*?</section>', page, re.DOTALL)
        assert held is not None and words_of(held[0]) == words_of(stands[0])


def test_every_figure_beside_opens_what_stands_behind_it(visitor: Client) -> None:
    page = read(visitor, MOULIN + "?against=peers:semblables&against=target")
    links = set(re.findall(r'href="([^"]*beside=[^"]*)"', page))
    assert any("beside=target" in link for link in links)
    assert any("beside=peers" in link for link in links)
    for link in links:
        told = words_of(read(visitor, link))
        assert "La cible" in told or "Les quartiers semblables" in told
        assert "distingue" not in told


def test_a_target_says_who_decided_it_and_why(visitor: Client) -> None:
    address = MOULIN + "chiffre/low_income_share/?against=target&beside=target"
    told = words_of(read(visitor, address))
    assert "Le conseil" in told and "Un sur dix." in told and "Plan de 2022." in told


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("zork", "« zork » n’est pas un repère"),
        ("past", "Vieux-Moulin"),
        ("quartier:2014:99", "99"),
        ("quartier:2014:1", ""),
        ("peers:zork", "zork"),
        ("<script>alert(1)</script>", "n’est pas un repère"),
    ],
)
def test_what_cannot_be_read_against_is_said_and_the_portrait_stays(
    visitor: Client, asked: str, said: str
) -> None:
    page = visitor.get(MOULIN, {"against": asked})
    assert page.status_code == 200
    text = page.content.decode()
    assert 'role="alert"' in text and "<script>alert" not in text
    assert said in words_of(html.unescape(text))
    assert "3\u202f000" in html.unescape(text)


def test_a_drawn_area_is_named_where_it_has_no_such_comparator(visitor: Client) -> None:
    held = {
        "way": "draw",
        "shape": "POLYGON((-73.56 45.501,-73.54 45.501,-73.54 45.508,-73.56 45.508,-73.56 45.501))",
    }
    form = visitor.post("/fr/tracer/", held)["Location"]
    own = visitor.post(form, {"name": "Cœur d’Îlot", "fit": "best_fit"})["Location"]
    for ref in ("parent", "past"):
        told = words_of(read(visitor, f"{own}?against={ref}"))
        alert = told[told.index("En bref") :]
        assert "()" not in alert and "(Cœur d’Îlot)" in alert


def test_too_many_are_refused(visitor: Client) -> None:
    asked = "&".join(f"against=quartier:2014:{n}" for n in range(9))
    assert "9" in words_of(read(visitor, f"{MOULIN}?{asked}", status=400))


def test_a_figure_beside_something_else_is_not_found(visitor: Client) -> None:
    for end in ("?beside=target", "?beside=zork", "?against=target&beside=peers"):
        read(visitor, MOULIN + "chiffre/low_income_share/" + end, status=404)
    read(visitor, MOULIN + "chiffre/population/?against=target&beside=target", status=404)


def test_what_stands_out_is_told_even_where_nothing_does(visitor: Client) -> None:
    told = words_of(read(visitor, MOULIN))
    assert "Ce qui ressort ici" in told and "Comment cela est décidé" in told
    assert "What stands out here" in words_of(read(visitor, MILL))


def test_similar_areas_are_named_with_what_they_are_alike_by(visitor: Client) -> None:
    page = read(visitor, MOULIN + "semblables/")
    told = words_of(page)
    assert told.index("Le Plateau-des-Érables") < told.index("Pointe-aux-Fées")
    assert "Le cadre de vie." in told and "Saint-Étienne" not in told
    assert "a=quartier%3A2014%3A1&a=quartier%3A2014%3A3&a=quartier%3A2014%3A4" in page
    assert "The setting." in words_of(read(visitor, MILL + "similar/"))


def test_similar_areas_of_a_type_without_a_group_are_refused_kindly(visitor: Client) -> None:
    city = "/fr/territoires/ville/2021/1-trois-courtepointes/"
    assert "semblables/" not in read(visitor, city)
    assert visitor.get(city + "semblables/").status_code in (404, 422)
    assert visitor.get(MOULIN + "semblables/?group=zork").status_code == 404


def test_areas_side_by_side_are_read_against_the_first_and_another_may_be_taken(
    visitor: Client,
) -> None:
    page = read(visitor, TWO)
    told = words_of(page)
    assert "La référence : Vieux-Moulin" in told
    assert "?a=quartier%3A2014%3A3&a=quartier%3A2014%3A1" in page
    row = told[told.index("households_one_person_share") :][:120]
    assert row.count("distingue") == 1
    turned = words_of(read(visitor, "/fr/comparer/?a=quartier:2014:3&a=quartier:2014:1"))
    assert "La référence : Le Plateau-des-Érables" in turned


def test_counts_side_by_side_are_not_said_to_differ(visitor: Client) -> None:
    told = words_of(read(visitor, TWO))
    row = told[told.index(" population_by_age ") : told.index(" households ")]
    assert "distingue" not in row


def test_an_area_and_the_one_that_holds_it_are_compared_alike_both_ways(visitor: Client) -> None:
    one = words_of(read(visitor, "/fr/comparer/?a=quartier:2014:1&a=ville:2021:1"))
    other = words_of(read(visitor, "/fr/comparer/?a=ville:2021:1&a=quartier:2014:1"))
    told = [
        re.findall(r"(?:ne )?se distingue|on ne peut pas dire|aucun écart", text)
        for text in (one, other)
    ]
    assert told[0] == told[1] and told[0]


def test_two_shares_together_are_bounded_and_the_fallacy_is_said(visitor: Client) -> None:
    address = TWO + "&first=low_income_share&second=unemployment_rate"
    told = words_of(read(visitor, address))
    assert "ne disent pas que ce sont les mêmes personnes" in told
    assert told.count("univers :") == 2
    assert "optgroup" in read(visitor, TWO)


@pytest.mark.parametrize(
    ("pair", "said"),
    [
        ("&first=zork&second=degree_share", "zork"),
        ("&first=degree_share&second=zork", "zork"),
        ("&first=degree_share&second=degree_share", "distinctes l’une de l’autre"),
        ("&first=population&second=degree_share", "deux parts en pourcentage"),
        ("&first=degree_share", "Deux parts ensemble"),
        ("&first=&second=", "Deux parts ensemble"),
    ],
)
def test_two_shares_that_cannot_be_read_together_say_why(
    visitor: Client, pair: str, said: str
) -> None:
    assert said in words_of(read(visitor, TWO + pair))
