"""Pages answer in both languages, under addresses that last."""

from __future__ import annotations

import html
import io
import re
import tarfile
from dataclasses import replace

import pytest
from django.test import Client
from tests.support.town import town

from courtepointe.atlas.recipe.values import Words
from courtepointe.press.galley import publisher_of

MOULIN = "/fr/territoires/quartier/2014/1-vieux-moulin/"
PAGES = [
    ["/fr/", "/en/"],
    [MOULIN, "/en/areas/quartier/2014/1-vieux-moulin/"],
    ["/fr/territoires/quartier/", "/en/areas/quartier/"],
    [MOULIN + "chiffre/population/", "/en/areas/quartier/2014/1-vieux-moulin/figure/population/"],
    [MOULIN + "carte/population/", "/en/areas/quartier/2014/1-vieux-moulin/map/population/"],
    ["/fr/tracer/", "/en/draw/"],
    ["/fr/comparer/?a=quartier:2014:1&a=quartier:2014:3", "/en/compare/?a=quartier:2014:1&a=quartier:2014:3"],
    ["/fr/chercher/?q=moulin", "/en/search/?q=moulin"],
    ["/fr/methodes/", "/en/methods/"],
    ["/fr/sources/", "/en/sources/"],
    ["/fr/donnees/", "/en/data/"],
]  # fmt: skip


@pytest.mark.parametrize(["french", "english"], PAGES)
def test_a_page_answers_in_both_languages_and_leads_to_the_other(
    visitor: Client, french: str, english: str
) -> None:
    for lang, here, there in (("fr", french, english), ("en", english, french)):
        page = visitor.get(here)
        text = page.content.decode()
        assert page.status_code == 200
        assert f'<html lang="{lang}">' in text
        assert f'href="{there.replace("&", "&amp;")}"' in text
        assert text.count("<h1>") == 1
        assert "fictive" in text if lang == "fr" else "fictional" in text


def test_the_page_of_methods_tells_how_scores_of_a_portrait_are_had(visitor: Client) -> None:
    text = visitor.get("/en/methods/").content.decode()
    for said in ("between two goalposts", "2,000 draws", "No score adds dimensions up"):  # fmt: skip
        assert said in text


def test_the_root_leads_to_the_visitors_language(visitor: Client) -> None:
    assert visitor.get("/", HTTP_ACCEPT_LANGUAGE="en-CA").headers["Location"] == "/en/"
    answer = visitor.get("/", HTTP_ACCEPT_LANGUAGE="es")
    assert answer.headers["Location"] == "/fr/"
    assert "Accept-Language" in answer.headers["Vary"]


@pytest.mark.parametrize(
    "address",
    [
        "/fr/territoires/quartier/1/",
        "/fr/territoires/quartier/1-nom-ancien/",
        "/fr/territoires/quartier/2014/1/",
        "/fr/territoires/quartier/2014/1-nom-ancien/",
    ],
)
def test_a_short_or_former_address_leads_to_the_present_one(visitor: Client, address: str) -> None:
    answer = visitor.get(address)
    assert answer.status_code == 302
    assert answer.headers["Location"] == MOULIN


def test_a_former_vintage_keeps_its_own_page_and_list(visitor: Client) -> None:
    assert "Moulin" in visitor.get("/fr/territoires/quartier/2001/1-moulin/").content.decode()
    listed = visitor.get("/fr/territoires/quartier/2001/").content.decode()
    assert "/fr/territoires/quartier/2001/1-moulin/" in listed
    assert "vieux-moulin" not in listed


@pytest.mark.parametrize(
    ["address", "told"],
    [
        ["/fr/nulle-part/", "Aucune page ne porte l’adresse"],
        ["/fr/territoires/quartier/2014/99/", "99"],
        ["/fr/territoires/inconnu/", "inconnu"],
        ["/fr/territoires/quartier/1890/1/", "1890"],
        ["/fr/sur-mesure/nulle-part/", "Aucun territoire sur mesure"],
        [MOULIN + "chiffre/inconnu/", "inconnu"],
        [MOULIN + "graphique/population/9.svg", "population-9"],
    ],
)
@pytest.mark.django_db
def test_what_does_not_exist_is_said_in_words(visitor: Client, address: str, told: str) -> None:
    answer = visitor.get(address)
    assert answer.status_code == 404
    assert told in answer.content.decode()


def test_a_fault_is_said_as_json_where_json_is_asked(visitor: Client) -> None:
    answer = visitor.get(MOULIN + "chiffre/inconnu/", HTTP_ACCEPT="application/json")
    assert answer.status_code == 404
    assert answer.json()["code"] == "unknown_indicator"


def test_a_wrong_fit_is_refused_and_the_two_fits_differ(visitor: Client) -> None:
    assert visitor.get(MOULIN + "?fit=any").status_code == 400
    best, drawn = (visitor.get(f"{MOULIN}?fit={fit}").content for fit in ("best_fit", "as_drawn"))
    assert best != drawn


def test_the_fit_is_said_before_any_number(visitor: Client) -> None:
    page = visitor.get(MOULIN).content.decode()
    assert 0 < page.index('class="fit"') < page.index('class="number')


def test_every_number_opens_a_drawer_that_answers(visitor: Client) -> None:
    page = visitor.get(MOULIN).content.decode()
    numbers = set(re.findall(r'<a class="number[^"]*" href="([^"]+)" data-drawer>', page))
    assert len(numbers) > 10
    for address in numbers:
        asked = html.unescape(address)
        drawer = visitor.get(asked + ("&" if "?" in asked else "?") + "fragment=1")
        assert drawer.status_code == 200
        assert "<html" not in drawer.content.decode()
        assert "Statut" in drawer.content.decode()


def test_a_page_is_sent_once_for_an_edition(visitor: Client) -> None:
    first = visitor.get(MOULIN)
    again = visitor.get(MOULIN, HTTP_IF_NONE_MATCH=first.headers["ETag"])
    assert again.status_code == 304
    other = visitor.get(MOULIN + "?fit=as_drawn", HTTP_IF_NONE_MATCH=first.headers["ETag"])
    assert other.status_code == 200


def test_the_search_forgives_and_says_when_nothing_resembles(visitor: Client) -> None:
    assert MOULIN in visitor.get("/fr/chercher/?q=vieu+moulain").content.decode()
    assert "ne ressemble" in visitor.get("/fr/chercher/?q=zzzzqqqq").content.decode()
    assert 'value="&lt;b&gt;"' in visitor.get("/fr/chercher/?q=<b>").content.decode()
    options = visitor.get("/fr/chercher/suggestions/?q=moulin&list=home-list").content.decode()
    assert 'id="home-list-1"' in options and MOULIN in options


def test_areas_are_compared_and_a_wrong_one_is_said(visitor: Client) -> None:
    page = visitor.get("/fr/comparer/?a=quartier:2014:1&a=quartier:2014:99&a=ville:2021:1")
    text = page.content.decode()
    assert page.status_code == 200
    assert 'role="alert"' in text and "99" in text
    assert "Vieux-Moulin" in text and "Trois-Courtepointes" in text
    seven = "&".join(f"a=secteur:2021:00{n}" for n in range(1, 8))
    assert visitor.get(f"/fr/comparer/?{seven}").status_code == 400


def test_an_unknown_kind_or_code_is_told_by_the_names_of_kinds(visitor: Client) -> None:
    told = visitor.get("/fr/territoires/zzz/").content.decode()
    assert "Types connus" in told and "quartier_" not in told
    one = visitor.get("/fr/territoires/quartier/2014/zz/")
    assert one.status_code == 404
    assert "du type «\u202fQuartier" in one.content.decode()
    assert "quartier:2014" not in one.content.decode()
    past = visitor.get("/fr/territoires/quartier/1900/1/").content.decode()
    assert "Quartier" in past.partition("Le millésime demandé")[2] and "quartier:" not in past


def test_the_publisher_is_named_in_the_language_of_the_page() -> None:
    recipe = town().recipe
    steward = replace(recipe.stewards[0], name=Words("Ville", "City"))
    source = replace(recipe.sources[0], publisher="Ville")
    changed = replace(recipe, stewards=(steward,))
    assert publisher_of(changed, source, lang="en") == "City"
    assert publisher_of(changed, source, lang="fr") == "Ville"
    assert publisher_of(changed, replace(source, publisher="Autre"), lang="en") == "Autre"


def test_the_source_of_the_program_is_offered_whole_and_alone(visitor: Client) -> None:
    page = visitor.get("/fr/code-source/").content.decode()
    assert "/fr/code-source/archive.tar.gz" in page
    answer = visitor.get("/fr/code-source/archive.tar.gz")
    with tarfile.open(fileobj=io.BytesIO(answer.content)) as tar:
        names, owners = tar.getnames(), {entry.uname for entry in tar}
    assert any(name.endswith("courtepointe/doors/site/source_code.py") for name in names)
    kept_apart = ("sqlite", "secret_key", "contact_keys", ".git/")
    assert not any(word in name for name in names for word in kept_apart)
    assert not any(name.startswith("courtepointe/data/") for name in names)
    assert owners == {""}


def test_dates_are_written_in_the_language_of_the_page(visitor: Client) -> None:
    for address in ("/fr/sources/", MOULIN):
        assert not re.search(r">[^<]*\b20\d\d-\d\d-\d\d\b", visitor.get(address).content.decode())
