"""Maps by address: page, drawing, points, table; what cannot be drawn says why and offers others."""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.test import Client

MAP = "/fr/cartes/quartier/2014/immigrants_share"
ENGLISH = "/en/maps/quartier/2014/immigrants_share"


def test_a_map_has_its_words_its_table_and_its_files(visitor: Client) -> None:
    answer = visitor.get(f"{MAP}/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "La carte en mots" in page
    assert "20,0\u00a0% dans 1 territoire, au nord-ouest\u00a0: Le Plateau-des-Érables." in page
    for ending in ("svg", "png", "csv"):
        assert f'href="{MAP}.{ending}"' in page
    rows = re.findall(r'<tr><th scope="row">.*?</tr>', page, flags=re.DOTALL)
    assert len(rows) == 4
    assert "trop peu fiable" in "".join(rows) and "pas sûre" in "".join(rows)
    assert "data-drawer" in page and 'href="/fr/territoires/quartier/2014/1-vieux-moulin/"' in page
    assert "Citer cette page" in page


def test_the_drawing_needs_no_script(visitor: Client) -> None:
    page = visitor.get(f"{MAP}/").content.decode()
    found = re.search(r'<noscript><picture>.*?<img src="([^"]+)"', page)
    assert found is not None
    drawn = visitor.get(found.group(1).replace("&amp;", "&"))
    assert drawn.status_code == 200 and drawn.content.startswith(b"<svg")
    assert "immutable" in drawn.headers["Cache-Control"]
    assert "default-src 'none'" in drawn.headers["Content-Security-Policy"]


def test_a_file_carries_title_sources_and_hash_and_the_page_writes_them_itself(
    visitor: Client,
) -> None:
    whole = visitor.get(f"{MAP}.svg").content.decode()
    bare = visitor.get(f"{MAP}.svg?bare=1").content.decode()
    assert "Source" in whole and "Source" not in bare
    assert "Rayures" in bare
    assert visitor.get(f"{MAP}.svg?w=358&scheme=dark").status_code == 200
    assert visitor.get(f"{MAP}.svg?w=359").status_code == 400
    assert visitor.get(f"{MAP}.png?scheme=pink").status_code == 400


def test_a_map_is_had_as_points(visitor: Client) -> None:
    answer = visitor.get(f"{MAP}.png?w=358")
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.content.startswith(b"\x89PNG")


def test_the_csv_says_what_the_page_says(visitor: Client) -> None:
    answer = visitor.get(f"{MAP}.csv")
    assert "immigrants_share-quartier-2014-shades.csv" in answer.headers["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["code"] for row in rows] == ["1", "2", "3", "4"]
    assert [row["may_be_another_class"] for row in rows] == ["yes", "no", "yes", ""]


def test_the_english_page_is_the_other_language_of_the_same_map(visitor: Client) -> None:
    page = visitor.get(f"{MAP}/?method=ckmeans").content.decode()
    assert f'href="{ENGLISH}/?method=ckmeans"' in page
    english = visitor.get(f"{ENGLISH}/").content.decode()
    assert "The map in words" in english
    assert "20.0% in 1 area, in the north-west: Le Plateau-des-Érables." in english


def test_a_form_leads_to_the_address_of_its_map(visitor: Client) -> None:
    asked = "/fr/cartes/?indicator=low_income_share&type=quartier:2014&kind=shades&method=&number="
    assert visitor.get(asked).headers["Location"] == "/fr/cartes/quartier/2014/low_income_share/"
    more = visitor.get(asked.replace("number=", "number=3") + "&beside=")
    assert more.headers["Location"] == "/fr/cartes/quartier/2014/low_income_share/?number=3"
    first = visitor.get("/en/maps/").headers["Location"]
    assert first == "/en/maps/quartier/2014/population/"
    assert visitor.get("/fr/cartes/?type=cats").status_code == 404
    assert visitor.get("/fr/cartes/?indicator=cats").status_code == 404
    assert visitor.get("/fr/cartes/?kind=globe").status_code == 400


@pytest.mark.parametrize(
    ("question", "status", "told"),
    [
        ("kind=dots", 422, "une part ou une moyenne ne se met pas en points"),
        ("kind=change", 422, "n’est connu que pour une période"),
        ("kind=globe", 400, "Aucune carte ne se dessine ainsi"),
        ("number=9", 400, "Une carte se lit avec"),
        ("number=deux", 400, "Une carte se lit avec"),
        ("number=²", 400, "Une carte se lit avec"),
        ("number=0", 400, "Une carte se lit avec"),
        ("method=jenks", 400, "pas une façon de faire des classes"),
        ("period=1999", 404, "1999"),
        ("here=nulle-part", 404, "nulle-part"),
        ("kind=pair&beside=immigrants_share", 400, "demandé deux fois"),
        ("kind=pair&beside=chats", 404, "chats"),
        ("kind=multiples&beside=population", 422, "n’ont pas la même unité"),
    ],
)
def test_what_cannot_be_drawn_says_why_and_offers_another(
    visitor: Client, question: str, status: int, told: str
) -> None:
    answer = visitor.get(f"{MAP}/?{question}")
    page = answer.content.decode()
    assert answer.status_code == status
    assert 'role="alert"' in page and told in page
    assert "Dessiner la carte" in page and "La carte en mots" not in page
    for ending in ("svg", "png", "csv"):
        assert visitor.get(f"{MAP}.{ending}?{question}").status_code == status


def test_a_fault_names_the_indicator_as_people_do(visitor: Client) -> None:
    page = visitor.get("/fr/cartes/quartier/2014/parks/?kind=dots").content.decode()
    fault = page[page.index('role="alert"') : page.index("</p>", page.index('role="alert"'))]
    assert "parks" not in fault or "Parcs" in fault


def test_an_unknown_map_is_not_found(visitor: Client) -> None:
    for address in ("quartier/2014/cats/", "ward/2014/population/", "quartier/1900/population/"):
        assert visitor.get(f"/fr/cartes/{address}").status_code == 404


def test_a_map_that_did_not_change_is_not_sent_again(visitor: Client) -> None:
    tag = visitor.get(f"{MAP}/").headers["ETag"]
    assert visitor.get(f"{MAP}/", headers={"If-None-Match": tag}).status_code == 304
    assert visitor.get(f"{MAP}/?number=2", headers={"If-None-Match": tag}).status_code == 200


def test_maps_are_reached_from_the_home_page_and_from_portraits(visitor: Client) -> None:
    assert 'href="/fr/cartes/"' in visitor.get("/fr/").content.decode()
    portrait = visitor.get("/fr/territoires/quartier/2014/1-vieux-moulin/").content.decode()
    assert 'href="/fr/cartes/quartier/2014/population/?here=1"' in portrait
    city = visitor.get("/fr/territoires/ville/2021/V-la-ville/", follow=True).content.decode()
    assert "/fr/cartes/ville/" not in city, "a map of one area says nothing"


def test_the_area_of_the_portrait_is_named_first(visitor: Client) -> None:
    page = visitor.get(f"{MAP}/?here=1").content.decode()
    assert "<p>Le Vieux-Moulin\u00a0: 23,3\u00a0%.</p>" in page


def test_side_by_side_offers_the_other_indicator_and_keeps_it(visitor: Client) -> None:
    page = visitor.get(f"{MAP}/?kind=pair&beside=low_income_share").content.decode()
    assert '<option value="low_income_share" selected>' in page
    assert "erreur écologique" in page
    assert page.count("La même en tableau") == 2
