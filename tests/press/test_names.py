"""Place names with their articles: a table by hand, laws over hundreds of names."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courtepointe.press.names import Place, custom_place, place, unnamed_place
from courtepointe.press.names.places import elides, tidy

BY_HAND = [
    # name, de, à, dans
    ("Le Plateau-Mont-Royal", "du Plateau-Mont-Royal", "au Plateau-Mont-Royal", "dans Le Plateau-Mont-Royal"),
    ("Le Sud-Ouest", "du Sud-Ouest", "au Sud-Ouest", "dans Le Sud-Ouest"),
    ("La Petite-Patrie", "de La Petite-Patrie", "à La Petite-Patrie", "dans La Petite-Patrie"),
    ("Petite-Patrie", "de la Petite-Patrie", "à la Petite-Patrie", "dans la Petite-Patrie"),
    ("L'Île-Bizard–Sainte-Geneviève", "de L’Île-Bizard–Sainte-Geneviève",
     "à L’Île-Bizard–Sainte-Geneviève", "dans L’Île-Bizard–Sainte-Geneviève"),
    ("Les Éboulements", "des Éboulements", "aux Éboulements", "dans Les Éboulements"),
    ("Bois-Francs", "des Bois-Francs", "aux Bois-Francs", "dans les Bois-Francs"),
    ("Hochelaga-Maisonneuve", "d’Hochelaga-Maisonneuve", "à Hochelaga-Maisonneuve", "dans Hochelaga-Maisonneuve"),
    ("Hampstead", "de Hampstead", "à Hampstead", "dans Hampstead"),
    ("Outremont", "d’Outremont", "à Outremont", "dans Outremont"),
    ("Édouard-Montpetit", "d’Édouard-Montpetit", "à Édouard-Montpetit", "dans Édouard-Montpetit"),
    ("Ile-des-Soeurs", "de l’Ile-des-Soeurs", "à l’Ile-des-Soeurs", "dans l’Ile-des-Soeurs"),
    ("Est", "de l’Est", "à l’Est", "dans l’Est"),
    ("Centre-Sud", "du Centre-Sud", "au Centre-Sud", "dans le Centre-Sud"),
    ("Vieux-Montréal", "du Vieux-Montréal", "au Vieux-Montréal", "dans le Vieux-Montréal"),
    ("Mile End", "du Mile End", "au Mile End", "dans le Mile End"),
    ("Ville-Marie", "de Ville-Marie", "à Ville-Marie", "dans Ville-Marie"),
    ("Ville de Montréal", "de la Ville de Montréal", "à la Ville de Montréal", "dans la Ville de Montréal"),
    ("LaSalle", "de LaSalle", "à LaSalle", "dans LaSalle"),
    ("Lachine", "de Lachine", "à Lachine", "dans Lachine"),
    ("Montréal", "de Montréal", "à Montréal", "à Montréal"),
    ("Québec", "du Québec", "au Québec", "au Québec"),
    ("Montérégie", "de la Montérégie", "à la Montérégie", "en Montérégie"),
    ("Œuvres", "d’Œuvres", "à Œuvres", "dans Œuvres"),
    ("Yamaska", "de Yamaska", "à Yamaska", "dans Yamaska"),
    ("Yvelines", "d’Yvelines", "à Yvelines", "dans Yvelines"),
    ("ᐃᓄᒃᔪᐊᒃ", "de ᐃᓄᒃᔪᐊᒃ", "à ᐃᓄᒃᔪᐊᒃ", "dans ᐃᓄᒃᔪᐊᒃ"),
    ("la ville", "de la ville", "à la ville", "dans la ville"),
    ("l’agglomération", "de l’agglomération", "à l’agglomération", "dans l’agglomération"),
    ("le Québec", "du Québec", "au Québec", "dans le Québec"),
]  # fmt: skip

STARTS = ("Saint-", "Sainte-", "Le ", "La ", "Les ", "L’", "Vieux-", "Petite-", "Nord-", "Parc-", "Haut-",
          "Côte-", "Mont-", "Île-", "Œ", "H", "Y", "É", "")  # fmt: skip
STEMS = ("Henri", "Érables", "Œillet", "Anjou", "Moulin", "Hampstead", "Hochelaga", "Umiujaq", "ᐊᐅᐸᓗᒃ",
         "Łódź", "Yamaska", "Îlets", "Onze-Arpents", "Rosemont", "Étoiles-du-Nord", "Ouest", "Lac")  # fmt: skip
names = st.builds(lambda a, b, c: a + b + c, st.sampled_from(STARTS), st.sampled_from(STEMS),
                  st.sampled_from(("", "-Est", " 2", "–Sainte-Anne")))  # fmt: skip


@pytest.mark.parametrize(["name", "de", "a", "dans"], BY_HAND)
def test_french_by_hand(name: str, de: str, a: str, dans: str) -> None:
    told = place(name, lang="fr")
    assert (told.de, told.a, told.dans) == (de, a, dans)


def hold_the_laws(told: Place) -> None:
    for form in (told.de, told.a, told.dans, told.subject):
        low = form.lower()
        assert not re.search(r"\bde l(e|es) |^à l(e|es) ", low), form
        assert "'" not in form and "  " not in form, form
    bare = re.match(r"^(du|des|de la|de l’|de|d’)\s*(.+)$", told.de, re.IGNORECASE)
    assert bare is not None
    if told.de.startswith("d’"):
        assert elides(told.de[2:])
    if told.de.startswith("de ") and not re.match(r"^de (la |l’)", told.de, re.IGNORECASE):
        assert not elides(told.de[3:]), told.de
    assert told.plain.split()[-1].split("’")[-1] in told.de


@given(names)
def test_french_laws_over_made_names(name: str) -> None:
    hold_the_laws(place(name, lang="fr"))


@given(st.text(max_size=60))
def test_any_text_makes_a_name(name: str) -> None:
    for lang in ("fr", "en"):
        for told in (place(name, lang=lang), custom_place(name, lang=lang)):
            assert told.plain and told.subject and told.de and told.a and told.dans


@pytest.mark.shared
def test_french_laws_over_the_names_of_montreal(montreal_files: Path) -> None:
    files = {
        "quartiers_sociologiques_2014.geojson": "Q_sociologique",
        "quartierreferencehabitation.geojson": "nom_qr",
        "limadmin.geojson": "NOM",
    }
    held = []
    for file, column in files.items():
        told = json.loads((montreal_files / "boundaries" / file).read_text(encoding="utf-8"))
        held += [row["properties"][column] for row in told["features"]]
    assert len(held) == 32 + 91 + 34
    for name in held:
        hold_the_laws(place(name, lang="fr"))


def test_english_is_plain() -> None:
    told = place("L'Île-Dorval", lang="en")
    assert (told.subject, told.de, told.dans) == ("L’Île-Dorval", "L’Île-Dorval", "in L’Île-Dorval")


def test_a_city_of_takes_the_in_english() -> None:
    told = place("City of Montréal", lang="en")
    assert (told.plain, told.de, told.dans) == (
        "City of Montréal", "the City of Montréal", "in the City of Montréal",
    )  # fmt: skip
    assert place("Villeray", lang="en").de == "Villeray"


def test_what_a_person_typed_is_quoted_and_no_grammar_is_guessed() -> None:
    assert (
        custom_place("autour de l'école", lang="fr").de
        == "du territoire «\u202fautour de l’école\u202f»"
    )
    assert custom_place("our block", lang="en").dans == "in the area “our block”"


def test_an_empty_name_is_this_area() -> None:
    assert place("   ", lang="fr") == unnamed_place(lang="fr")
    assert unnamed_place(lang="fr").de == "de ce territoire"
    assert custom_place("", lang="en").subject == "this area"


def test_a_name_of_300_letters_stays_whole() -> None:
    name = "Quartier " + "é" * 300
    assert name in place(name, lang="fr").de


def test_an_unknown_form_is_refused() -> None:
    with pytest.raises(KeyError):
        place("Anjou", lang="fr").form("vers")


def test_letters_that_nobody_sees_are_dropped() -> None:
    assert tidy("Le\x00 Cœur\x0b d'Îlot\u202e\u00a0») =HYPERLINK") == "Le Cœur d’Îlot ») =HYPERLINK"
    assert tidy("ن\u200cما") == "ن\u200cما"
