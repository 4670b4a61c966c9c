"""The search forgives: a table of misspellings on made-up names, another on Montréal's own."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.town import town

from courtepointe.atlas.pack.values import AreaTable, Pack
from courtepointe.atlas.query.search import SearchIndex, build_search_index, search_areas
from courtepointe.atlas.query.spelling import all_tokens, plain, sound, tokens
from courtepointe.atlas.recipe.values import AreaType, Words

MADE_UP = (
    "Côte-aux-Fées",
    "Saint-Élzéar-du-Coteau",
    "Sainte-Brigitte",
    "Notre-Dame-du-Fil",
    "Pointe-aux-Aiguilles",
    "Petite-Navette",
    "Le Plateau-des-Érables",
    "Vieux-Moulin",
    "Cœur-de-l’Île",
    "Rouet-Est",
    "Rouet-Ouest",
    "Parc-Ciseaux",
    "Mont-Ourlet",
    "LaChaîne",
    "Grand-Métier–Canevas",
    "Île-des-Sœurs-Grises",
)

FORGIVEN = [
    ("cote aux fees", "Côte-aux-Fées"),
    ("COTE AUX FEE", "Côte-aux-Fées"),
    ("caf", "Côte-aux-Fées"),
    ("c.a.f.", "Côte-aux-Fées"),
    ("st elzear", "Saint-Élzéar-du-Coteau"),
    ("St-Elsear", "Saint-Élzéar-du-Coteau"),
    ("saint elzéar coteau", "Saint-Élzéar-du-Coteau"),
    ("ste brigitte", "Sainte-Brigitte"),
    ("ste-brigite", "Sainte-Brigitte"),
    ("brigitte", "Sainte-Brigitte"),
    ("ndf", "Notre-Dame-du-Fil"),
    ("nddf", "Notre-Dame-du-Fil"),
    ("n d du fil", "Notre-Dame-du-Fil"),
    ("notre dam du fil", "Notre-Dame-du-Fil"),
    ("pte aux aiguille", "Pointe-aux-Aiguilles"),
    ("pointe aiguilles", "Pointe-aux-Aiguilles"),
    ("pte navette", "Petite-Navette"),
    ("petit navet", "Petite-Navette"),
    ("plateau", "Le Plateau-des-Érables"),
    ("plato des erables", "Le Plateau-des-Érables"),
    ("vieu moulin", "Vieux-Moulin"),
    ("old moulin", "Vieux-Moulin"),
    ("vx moulin", "Vieux-Moulin"),
    ("coeur de l'ile", "Cœur-de-l’Île"),
    ("cœur de l île", "Cœur-de-l’Île"),
    ("keur de lile", "Cœur-de-l’Île"),
    ("rouet est", "Rouet-Est"),
    ("rouet east", "Rouet-Est"),
    ("rouet o", "Rouet-Ouest"),
    ("rouet west", "Rouet-Ouest"),
    ("parc siseau", "Parc-Ciseaux"),
    ("ciseaux park", "Parc-Ciseaux"),
    ("parcciseaux", "Parc-Ciseaux"),
    ("mount ourlet", "Mont-Ourlet"),
    ("mt ourlé", "Mont-Ourlet"),
    ("la chaine", "LaChaîne"),
    ("lachene", "LaChaîne"),
    ("canvas", "Grand-Métier–Canevas"),
    ("gmc", "Grand-Métier–Canevas"),
    ("ile des soeur grise", "Île-des-Sœurs-Grises"),
]

NOISE = ["xyzzy", "qwerty", "asdfgh", "zzzzzz", "123456", "%%%", "", "   ", "pizza", "lorem ipsum"]


def pack_of(*named: tuple[str, list[tuple[str, str]]], home: str) -> Pack:
    """Make a pack of names only: types with codes and names."""
    tables = {}
    kinds = []
    for order, (area_type, rows) in enumerate(named):
        rows = sorted(rows)
        names = tuple(name for _, name in rows)
        shapes = town().area_tables["ville:2021"].shapes[[0] * len(rows)]
        blank = ("",) * len(rows)
        codes = tuple(code for code, _ in rows)
        tables[area_type] = AreaTable(
            area_type, codes, names, names, blank, blank, shapes, shapes.astype(bool) * 1.0
        )
        code = area_type.partition(":")[0]
        kinds.append(AreaType(code, Words(code, code), Words(code, code), "ville", 10 + order))
    pack = replace(town(), area_tables=tables)
    return replace(pack, recipe=replace(pack.recipe, home=home, area_types=tuple(kinds)))


@pytest.fixture(scope="module")
def made_up() -> SearchIndex:
    rows = [(f"{place:02d}", name) for place, name in enumerate(MADE_UP)]
    return build_search_index(pack_of(("quartier:2014", rows), home="quartier:2014"))


def first(index: SearchIndex, text: str) -> str | None:
    hits = search_areas(index, text, limit=1)
    return hits[0].name.fr if hits else None


@pytest.mark.parametrize(("typed", "meant"), FORGIVEN)
def test_made_up_names_are_found_however_they_are_spelt(
    made_up: SearchIndex, typed: str, meant: str
) -> None:
    assert first(made_up, typed) == meant


@pytest.mark.parametrize("typed", NOISE)
def test_noise_finds_nothing(made_up: SearchIndex, typed: str) -> None:
    assert search_areas(made_up, typed) == ()


@pytest.mark.parametrize("name", MADE_UP)
def test_every_name_finds_itself_first(made_up: SearchIndex, name: str) -> None:
    (hit, *_) = search_areas(made_up, name)
    assert (hit.name.fr, hit.score) == (name, 100.0)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_taken(typed: str) -> None:
    index = build_search_index(town())
    for hit in search_areas(index, typed):
        assert 0 < hit.score <= 100


def test_exact_beats_beginning_beats_likeness(made_up: SearchIndex) -> None:
    scores = [
        search_areas(made_up, typed)[0].score for typed in ("vieux moulin", "vieux", "vieu moulen")
    ]
    assert scores[0] == 100.0
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == 3


def test_the_home_type_comes_first_on_ties_then_the_coarser() -> None:
    rows = [("1", "Vieux-Moulin")]
    named = (("ville:2021", rows), ("arrondissement:2021", rows), ("quartier:2014", rows))
    index = build_search_index(pack_of(*named, home="quartier:2014"))
    found = [hit.key.area_type for hit in search_areas(index, "vieux moulin")]
    assert found == ["quartier", "ville", "arrondissement"]


def test_the_current_vintage_answers() -> None:
    index = build_search_index(town())
    assert [str(hit.key) for hit in search_areas(index, "moulin")] == ["quartier:2014:1"]


def test_aliases_are_names_too() -> None:
    index = build_search_index(town())
    assert search_areas(index, "old mill")[0].score == 100.0
    assert str(search_areas(index, "pde")[0].key) == "quartier:2014:3"


def test_unlisted_types_answer_to_their_exact_code_only() -> None:
    index = build_search_index(town())
    assert [str(hit.key) for hit in search_areas(index, " 003 ")] == ["secteur:2021:003"]
    assert search_areas(index, "00") == ()
    assert search_areas(index, "Secteur 003") == ()


def test_codes_of_listed_types_are_found_whatever_their_case() -> None:
    index = build_search_index(town())
    assert str(search_areas(index, "oue")[0].key) == "arrondissement:2021:OUE"


def test_ligatures_initials_and_apostrophes_are_folded() -> None:
    assert plain("Œuvre N.D.G.").split() == ["oeuvre", "ndg"]
    assert all_tokens("Cœur-de-l’Île") == ("coeur", "de", "l", "ile")
    assert tokens("Cœur-de-l’Île") == ("coeur", "ile")
    assert tokens("Le") == ("le",)
    assert sound("hochelaga") == sound("oshelaga")


MONTREAL = [
    ("cote des neige", "Côte-des-Neiges"),
    ("cote-des-neiges", "Côte-des-Neiges"),
    ("côte des nège", "Côte-des-Neiges"),
    ("cdn", "Côte-des-Neiges"),
    ("c.d.n.", "Côte-des-Neiges"),
    ("parc ex", "Parc-Extension"),
    ("park ex", "Parc-Extension"),
    ("parcex", "Parc-Extension"),
    ("park extention", "Parc-Extension"),
    ("hochlaga", "Hochelaga-Maisonneuve"),
    ("hochelaga maisoneuve", "Hochelaga-Maisonneuve"),
    ("homa", "Hochelaga-Maisonneuve"),
    ("oshlaga", "Hochelaga-Maisonneuve"),
    ("ndg", "Notre-Dame-de-Grâce"),
    ("n.d.g.", "Notre-Dame-de-Grâce"),
    ("N. D. G.", "Notre-Dame-de-Grâce"),
    ("notre dame de grace", "Notre-Dame-de-Grâce"),
    ("notredame de grasse", "Notre-Dame-de-Grâce"),
    ("st henri", "Saint-Henri"),
    ("st-henry", "Saint-Henri"),
    ("sainthenri", "Saint-Henri"),
    ("st-michel", "Saint-Michel"),
    ("saint michelle", "Saint-Michel"),
    ("villray", "Villeray"),
    ("villerai", "Villeray"),
    ("rosmont", "Rosemont"),
    ("pte st charles", "Pointe Saint-Charles"),
    ("pointe st-charle", "Pointe Saint-Charles"),
    ("plateau", "Le Plateau-Mont-Royal"),
    ("plateau mt royal", "Le Plateau-Mont-Royal"),
    ("le plato", "Le Plateau-Mont-Royal"),
    ("mercier est", "Mercier-Est"),
    ("mercier east", "Mercier-Est"),
    ("mersier ouest", "Mercier-Ouest"),
    ("peter magill", "Peter McGill"),
    ("peter mc gill", "Peter McGill"),
    ("vieux mtl", "Vieux-Montréal"),
    ("old montreal", "Vieux-Montréal"),
    ("montreal nord", "Montréal-Nord"),
    ("mtl nord", "Montréal-Nord"),
    ("montreal north", "Montréal-Nord"),
    ("ahunsic", "Ahuntsic"),
    ("ahuntsick", "Ahuntsic"),
    ("bordo cartierville", "Bordeaux-Cartierville"),
    ("bordeau-cartierville", "Bordeaux-Cartierville"),
    ("anjoux", "Anjou"),
    ("lachinne", "Lachine"),
    ("la salle", "LaSalle"),
    ("lassale", "LaSalle"),
    ("outrmont", "Outremont"),
    ("pat", "Pointe-aux-Trembles"),
    ("pte aux tremble", "Pointe-aux-Trembles"),
    ("rdp", "Rivière-des-Prairies"),
    ("riv des prairie", "Rivière-des-Prairies"),
    ("petit patrie", "Petite-Patrie"),
    ("pte patrie", "Petite-Patrie"),
    ("st laurent", "Saint-Laurent"),
    ("st leonar", "Saint-Léonard"),
    ("petite bourgone", "Petite-Bourgogne"),
    ("ville emar", "Ville-Émard/Côte Saint-Paul"),
    ("verdin", "Verdun"),
    ("centre sud", "Centre-Sud"),
    ("faubourg st laurant", "Faubourg Saint-Laurent"),
    ("nord ouest de l'ile", "Nord-Ouest de l’Ile de Montréal"),
    ("cdn-ndg", "Côte-des-Neiges-Notre-Dame-de-Grâce"),
    ("mhm", "Mercier-Hochelaga-Maisonneuve"),
    ("rpp", "Rosemont-La Petite-Patrie"),
    ("vilmarie", "Ville-Marie"),
    ("ville mari", "Ville-Marie"),
    ("sud ouest", "Le Sud-Ouest"),
    ("westmont", "Westmount"),
    ("beaconfield", "Beaconsfield"),
    ("dollar des ormeaux", "Dollard-des-Ormeaux"),
    ("ile bizard", "L'Île-Bizard-Sainte-Geneviève"),
    ("pierfond", "Pierrefonds-Roxboro"),
    ("point claire", "Pointe-Claire"),
    ("cote st luc", "Côte-Saint-Luc"),
    ("hamstead", "Hampstead"),
    ("mount royal", "Mont-Royal"),
    ("ste anne de belvue", "Sainte-Anne-de-Bellevue"),
    ("snodon", "Snowdon"),
    ("mile-end", "Mile End"),
    ("milton park", "Milton-Parc"),
    ("ile des sœurs", "Ile-des-Soeurs"),
    ("tetraultville", "Tétreaultville"),
    ("saut au recollet", "Sault-au-Récollet"),
    ("cecil newman", "Cecil-P.-Newman"),
]
"""What people type, and the area that must come first."""

FILES = (
    ("quartier:2014", "quartiers_sociologiques_2014.geojson", "id", "Q_sociologique"),
    ("arrondissement:2018", "limadmin.geojson", "CODEMAMROT", "NOM"),
    ("reference:2020", "quartierreferencehabitation.geojson", "no_qr", "nom_qr"),
)


@pytest.fixture(scope="session")
def montreal_names(montreal_files: Path) -> SearchIndex:
    named = []
    for area_type, file, code, name in FILES:
        text = (montreal_files / "boundaries" / file).read_text(encoding="utf-8")
        rows = [feature["properties"] for feature in json.loads(text)["features"]]
        named.append((area_type, [(str(row[code]), row[name]) for row in rows]))
    return build_search_index(pack_of(*named, home="quartier:2014"))


def test_the_table_of_misspellings_is_long_enough() -> None:
    assert len(MONTREAL) >= 50
    assert len(FORGIVEN) >= 40


@pytest.mark.shared
def test_all_the_names_of_montreal_are_there(montreal_names: SearchIndex) -> None:
    assert len(montreal_names.hits) == 32 + 91 + 34


@pytest.mark.shared
@pytest.mark.parametrize(("typed", "meant"), MONTREAL)
def test_montreal_is_found_however_it_is_spelt(
    montreal_names: SearchIndex, typed: str, meant: str
) -> None:
    assert first(montreal_names, typed) == meant


@pytest.mark.shared
@pytest.mark.parametrize("typed", NOISE)
def test_noise_finds_nothing_in_montreal(montreal_names: SearchIndex, typed: str) -> None:
    assert search_areas(montreal_names, typed) == ()
