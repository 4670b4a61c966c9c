"""The document: every part from the same figures, in both languages."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.press.sample import CITY, figures, fit, missing, portrait, recipe, share

from courtepointe.atlas.figures import Figure, Status
from courtepointe.atlas.fits import FitMethod, FitWeight
from courtepointe.atlas.query.values import Portrait
from courtepointe.core.errors import BadInput
from courtepointe.press.document import PlaceGroup, build_document, explain
from courtepointe.press.document.fit_report import fit_sentences
from courtepointe.press.galley import set_galley


def with_fit(**changes: object) -> Portrait:
    return replace(portrait(), fit=fit(**changes))


def test_a_document_has_all_parts_in_both_languages() -> None:
    french = build_document(portrait(), recipe(), "fr")
    english = build_document(portrait(), recipe(), "en")
    assert french.title == "Portrait de la Petite-Patrie"
    assert english.title == "Portrait of Petite-Patrie"
    assert french.notice == "Ville fictive." and english.notice == "A fictional city."
    assert [s.code for s in french.sections] == [s.code for s in english.sections]
    assert [s.code for s in french.sections] == [s.code for s in recipe().sections]
    for one, two in zip(french.sections, english.sections, strict=True):
        assert [r.figure for r in one.rows] == [r.figure for r in two.rows]
        assert [c.code for c in one.charts] == [c.code for c in two.charts]
        assert len(one.sentences) == len(two.sentences)
    assert list(french.words) == list(english.words)
    assert french.pack_hash == portrait().pack_hash
    assert french.pack_hash[:12] in french.citation


def test_the_same_portrait_gives_the_same_document() -> None:
    assert build_document(portrait(), recipe(), "fr") == build_document(portrait(), recipe(), "fr")


def test_every_number_of_the_page_is_an_object_of_the_portrait() -> None:
    told = portrait()
    document = build_document(told, recipe(), "fr")
    held = {id(f) for f in told.figures}
    theirs = {id(f) for compared in told.compared for f in compared.figures}
    for section in document.sections:
        assert all(id(row.figure) in held for row in section.rows)
        assert all(id(r.figure) in held for chart in section.charts for r in chart.rows)
        cited = (f for s in section.sentences for f in s.figures)
        assert all(id(f) in held or id(f) in theirs for f in cited)
    assert all(id(k.figure) in held for k in document.key_figures)


def test_key_figures_are_five_with_a_value_first() -> None:
    document = build_document(portrait(), recipe(), "fr")
    told = [k.figure.indicator for k in document.key_figures]
    assert told == [
        "population", "households", "renter_share", "median_household_income", "immigrants_share",
    ]  # fmt: skip
    renters = document.key_figures[2]
    assert renters.interval == "erreur d’échantillonnage inconnue"
    assert renters.against[0].name == "La ville" and renters.against[0].verdict == "unknown"
    assert document.key_figures[0].against == ()


def test_rows_tell_value_interval_status_and_cautions() -> None:
    section = build_document(portrait(), recipe(), "fr").sections[0]
    row = next(r for r in section.rows if r.figure.indicator == "age_65_plus_share")
    assert row.value == "13,8\u00a0%" and row.interval == "de 13,7\u00a0% à 13,9\u00a0%"
    assert row.status == "aggregated" and row.against[0].verdict == "distinct"
    assert row.cautions == ("couverture partielle\u00a0: des unités sont sans valeur",)


def test_a_caution_without_words_keeps_its_code() -> None:
    held = (share("age_65_plus_share", 10, 1, cautions=("never_heard_of",)),)
    row = build_document(portrait(held=held), recipe(), "fr").sections[0].rows[0]
    assert row.cautions == ("never_heard_of",)


def test_missing_rows_say_why_and_are_never_zero() -> None:
    for section in build_document(portrait(), recipe(), "en").sections:
        for row in section.rows:
            if not row.figure.status.has_value:
                assert row.value and not any(c.isdigit() for c in row.value)
                assert row.interval == ""


def test_everything_suppressed_still_makes_a_document() -> None:
    held = tuple(missing(f.indicator, Status.SUPPRESSED) for f in figures())
    document = build_document(portrait(held=held), recipe(), "fr")
    assert document.standing == ()
    assert all(section.charts == () for section in document.sections)
    assert all(k.value == "confidentiel" for k in document.key_figures)
    assert all(s.kind == "missing" for section in document.sections for s in section.sentences)


def test_an_area_without_units_says_that_there_is_no_figure() -> None:
    told = replace(with_fit(unit_codes=(), unit_shares=(), inside_shares=()), figures=())
    document = build_document(told, recipe(), "fr")
    assert document.fit[0].text.startswith("Aucune unité de l’atlas")
    assert document.key_figures == ()
    assert all(section.map is None for section in document.sections)


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(BadInput, match="unknown_language"):
        build_document(portrait(), recipe(), "es")


def test_the_gap_between_two_ways_is_said() -> None:
    document = build_document(portrait(), recipe(), "fr")
    assert document.gaps[0].sentence.text.endswith(
        "31\u202f240 d’un côté, 31\u202f250 de l’autre, soit un écart de −10 personnes."
    )
    gap = portrait().gaps[0]
    same = replace(portrait(), gaps=(replace(gap, against=gap.figure, gap=0.0),))
    assert (
        "les deux chemins donnent 31\u202f240"
        in build_document(same, recipe(), "fr").gaps[0].sentence.text
    )
    none = replace(gap, against=missing("population", Status.SUPPRESSED), gap=None)
    told = build_document(replace(portrait(), gaps=(none,)), recipe(), "en").gaps[0].sentence.text
    assert "confidential the other; the gap cannot be computed." in told


def test_sources_and_licences_of_what_is_shown() -> None:
    document = build_document(portrait(), recipe(), "fr")
    assert [s.code for s in document.sources] == ["profile", "languages"]
    assert document.sources[0].licence == "Licence ouverte"
    assert document.sources[0].attribution == "Statistique Canada"
    english = build_document(portrait(), recipe(), "en")
    assert english.sources[0].publisher == "Statistics Canada"


def test_method_notes_are_those_that_the_figures_call_for() -> None:
    lone = build_document(portrait(held=figures()[:1]), recipe(), "fr")
    assert lone.method_notes == ()
    assert len(build_document(portrait(), recipe(), "fr").method_notes) == 5


def test_places_stand_in_the_section_of_their_layer() -> None:
    group = PlaceGroup("places", "Parcs", ("Parc Laurier",))
    document = build_document(portrait(), recipe(), "fr", places={"places": (group,)})
    assert document.sections[-1].places == (group,)
    assert document.sections[0].places == ()


def test_a_drawn_area_is_quoted_and_has_no_code() -> None:
    document = build_document(portrait("Autour du parc", kind="drawn"), recipe(), "fr")
    assert document.title == "Portrait du territoire «\u202fAutour du parc\u202f»"
    assert [t.term for t in document.identity] == ["Nature", "Superficie"]


# ---------------------------------------------------------------- the fit


@pytest.mark.parametrize(
    ["changes", "told"],
    [
        ({}, "au moins la moitié de ses personnes à l’intérieur"),
        ({"weight": FitWeight.DWELLINGS}, "au moins la moitié de ses logements"),
        ({"method": FitMethod.EXACT}, "exactement de 11 unités"),
        ({"method": FitMethod.AS_DRAWN}, "Tel que tracé"),
    ],
)
def test_the_fit_says_its_rule(changes: dict[str, object], told: str) -> None:
    said = fit_sentences(set_galley(with_fit(**changes), recipe(), lang="fr"))
    assert told in said[0].text
    assert "secteur de recensement 2021" in said[0].text


def test_the_fit_says_what_lies_outside_and_what_is_assumed() -> None:
    galley = set_galley(
        with_fit(weight=FitWeight.SURFACE, surface_share_covered=0.5), recipe(), lang="en"
    )
    told = [s.text for s in fit_sentences(galley)]
    assert "1 unit counted reaches beyond the limit." in told
    assert "2 units touched stay out." in told
    assert "Of the people counted, 98.4% live inside the limit as drawn." in told
    assert "The atlas covers 50.0% of the surface of this area." in told
    assert told[-1].startswith("Without blocks")
    exact = fit_sentences(set_galley(with_fit(method=FitMethod.EXACT), recipe(), lang="en"))
    assert len(exact) == 1


# ---------------------------------------------------------------- the drawer


def drawer(code: str, lang: str = "fr") -> dict[str, str]:
    galley = set_galley(portrait(), recipe(), lang=lang)
    loaded = {"profile": {"file": "98-401.csv"}}
    return {t.term: t.text for t in explain(galley, galley.figures[code], loaded=loaded)}


def test_the_drawer_tells_all_that_a_figure_knows() -> None:
    told = drawer("age_65_plus_share")
    assert told["Valeur"] == "13,8\u00a0%"
    assert (
        told["Intervalle"]
        == "Intervalle de confiance à 95\u00a0%\u00a0: de 13,7\u00a0% à 13,9\u00a0%"
    )
    assert told["Univers"] == "Population totale"
    assert (told["Numérateur"], told["Dénominateur"]) == ("4\u202f310", "31\u202f235")
    assert told["Unités"] == "10 unités utilisées sur 11"
    assert told["Unités sans valeur"] == "Confidentiel\u00a0: 1"
    assert told["Couverture"].startswith("98,0\u00a0%")
    assert told["Source"] == "Statistique Canada, Profil du recensement de 2021 (98-401.csv)"
    assert told["Calcul"].startswith("Somme des numérateurs")
    assert told["Comparaison"] == "La ville\u00a0: 17,0\u00a0% (se distingue)"


def test_the_drawer_of_a_missing_value_has_a_status_and_no_value() -> None:
    told = drawer("built_1991_to_2000_share")
    assert "Valeur" not in told and "Intervalle" not in told
    assert told["Statut"].startswith("Confidentiel") and told["Signe conventionnel"] == "x"
    not_loaded = drawer("mother_tongue_french_share", "en")
    assert not_loaded["Status"] == "Data not loaded (to be supplied: Census Profile, languages)"
    assert "Table symbol" not in not_loaded


def test_the_drawer_of_a_sampled_value_without_interval_warns() -> None:
    told = drawer("renter_share", "en")
    assert "Interval" not in told
    assert told["What the interval accounts for"].startswith("Sampling error unknown")
    assert told["To know"].startswith("Where the sampling error is unknown")


def test_the_drawer_of_counted_places() -> None:
    told = drawer("parks", "en")
    assert told["Value"] == "12 places"
    assert told["Status"] == "Counted within the limits of the area"


def test_every_kind_of_figure_has_a_drawer_in_both_languages() -> None:
    for lang in ("fr", "en"):
        galley = set_galley(portrait(), recipe(), lang=lang)
        held: list[Figure] = [*figures(), *(f for c in portrait().compared for f in c.figures)]
        for figure in held:
            told = explain(galley, figure)
            assert all(t.term and t.text for t in told)
    assert str(CITY) == "ville:2021:1"
