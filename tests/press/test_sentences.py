"""Sentences of a portrait: what they say, what they never say."""

from __future__ import annotations

import re
import string
import tomllib
from dataclasses import replace

import pytest
from tests.press.sample import figures, missing, portrait, recipe, share

from courtepointe.atlas.figures import Figure, Method, Status
from courtepointe.atlas.query.peer_values import Among, Reading, Standing, StandsOut
from courtepointe.atlas.query.stand_out import city_reading
from courtepointe.atlas.recipe.values import Polarity, Words
from courtepointe.core.errors import BadInput, NotFound
from courtepointe.press.galley import Galley, set_galley
from courtepointe.press.sentences import (
    Side,
    StandingPart,
    figure_sentence,
    missing_sentences,
    say_section,
    section_sentences,
    standing_parts,
)
from courtepointe.press.sentences.templates import FOLDER, read_templates, templates
from courtepointe.press.sentences.values import in_sentence

UNKIND = re.compile(
    r"\b(faibles?|pauvres?|défavorisée?s?|pires?|mauvaise?s?|meilleure?s?|rangs?|classements?|médiocres?|"
    r"weak\w*|poor\w*|worst?|worse|bad|best|deprived|rank\w*|league)\b",
    re.IGNORECASE,
)
OFFICIAL = re.compile(r"(à |un |de )?faible revenu|worded low income", re.IGNORECASE)


def galley(
    lang: str = "fr", *, name: str = "Petite-Patrie", held: tuple[Figure, ...] | None = None
) -> Galley:
    return set_galley(portrait(name, held=held), recipe(), lang=lang)


def texts(told: Galley, section: str) -> list[str]:
    return [sentence.text for sentence in say_section(told, section)]


def test_a_section_says_its_findings_in_french() -> None:
    assert texts(galley(), "population")[0] == (
        "On compte 31\u202f240 personnes dans la Petite-Patrie\u202f; 13,8\u00a0% ont 65 ans ou plus, "
        "contre 17,0\u00a0% à l’échelle de la ville\u00a0: l’écart se distingue."
    )


def test_a_section_says_its_findings_in_english() -> None:
    assert texts(galley("en"), "population")[0] == (
        "Petite-Patrie has 31,240 people; 13.8% are aged 65 or over, against 17.0% for the city: "
        "the two are distinguishable."
    )


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_section_names_the_area_of_comparison_once(lang: str) -> None:
    told = galley(lang)
    compared = told.comparator()
    assert compared is not None
    texts = [line.text for line in say_section(told, "population")]
    named = told.against(compared).de
    assert sum(text.count(named) for text in texts) == 1
    assert sum(("contre" if lang == "fr" else "against") in text for text in texts) > 1


def test_the_same_sentences_by_the_short_road() -> None:
    assert section_sentences(portrait(), recipe(), "housing", "fr") == say_section(
        galley(), "housing"
    )


def test_an_equal_value_a_close_one_and_an_unknown_one_are_said_so() -> None:
    told = galley()
    assert "il n’y a pas d’écart" in texts(told, "population")[1]
    housing = texts(told, "housing")
    assert (
        "on ne peut pas dire si l’écart se distingue (erreur d’échantillonnage inconnue)"
        in housing[0]
    )
    assert housing[1].endswith("l’écart ne se distingue pas.")


def test_a_difference_under_the_rounding_shown_is_not_said_as_a_contradiction() -> None:
    held = share("age_65_plus_share", 17.04, 0.001)
    told = figure_sentence(galley(held=(held,)), held).text
    assert "17,0\u00a0%" in told and told.count("17,0\u00a0%") == 2
    assert told.endswith("l’écart se distingue, tout en étant plus petit que l’arrondi affiché.")


def test_a_plural_name_is_never_the_subject_of_a_verb() -> None:
    for template in (t for listed in templates("fr").sections.values() for t in listed):
        assert "subject" not in {s.of for s in template.slots if s.kind == "place"}


def test_a_range_of_medians_is_said_as_a_range() -> None:
    told = [t for t in texts(galley(), "housing") if "médiane va" in t]
    assert told == [
        "Frais de logement mensuels médians des locataires\u00a0: selon les unités, la médiane va "
        "de 780\u00a0$ à 1\u202f050\u00a0$."
    ]


def test_one_median_is_not_said_as_a_range() -> None:
    held = Figure(
        "rent_median", None, "cad", Status.AGGREGATED, Method.RANGE_OF_MEDIANS, low=890, high=890
    )
    told = texts(galley("en", held=(held,)), "housing")
    assert told[0].endswith(": $890, the median of the units that have one.")


def test_what_is_missing_is_said_with_its_reason_once_a_reason() -> None:
    told = galley()
    housing = [s for s in say_section(told, "housing") if s.kind == "missing"]
    assert [s.figures[0].status for s in housing] == [
        Status.SUPPRESSED, Status.NOT_AVAILABLE, Status.UNRELIABLE,
    ]  # fmt: skip
    languages = texts(told, "language_immigration")[-1]
    assert languages.startswith(
        "Données non chargées (à fournir\u00a0: Profil du recensement, langues)"
    )
    assert "langue maternelle française et part" in languages


def test_a_long_list_of_missing_figures_is_counted() -> None:
    codes = [i.code for i in recipe().indicators if i.section == "housing"][:9]
    held = tuple(missing(code, Status.SUPPRESSED) for code in codes)
    told = missing_sentences(galley(held=held), codes)
    assert len(told) == 1
    assert told[0].text.endswith(" et 5 autres.")
    assert len(told[0].figures) == 4


def test_nothing_missing_is_ever_said_as_a_number() -> None:
    codes = [i.code for i in recipe().indicators]
    for status in (s for s in Status if not s.has_value):
        held = tuple(missing(code, status) for code in codes)
        for lang in ("fr", "en"):
            told = galley(lang, held=held)
            for section in recipe().sections:
                for sentence in say_section(told, section.code):
                    assert sentence.kind == "missing"
                    assert not re.search(r"nan|none|\b0\s?%", sentence.text, re.IGNORECASE)
            assert standing_parts(told) == ((), ())


def test_a_true_zero_is_said() -> None:
    told = galley(held=(share("low_income_lim_at_share", 0.0, 0.0),))
    assert texts(told, "income")[0].startswith("0,0\u00a0% des personnes vivent")


def test_one_person_agrees() -> None:
    lone = replace(figures()[0], value=1.0)
    assert texts(galley(held=(lone,)), "population") == [
        "On compte 1 personne dans la Petite-Patrie."
    ]
    assert texts(galley("en", held=(lone,)), "population") == ["Petite-Patrie has 1 person."]


def test_an_indicator_without_a_template_is_said_by_its_label() -> None:
    assert texts(galley(), "places") == ["Parcs\u00a0: 12 lieux."]
    assert texts(galley("en"), "places") == ["Parks: 12 places."]


def test_every_indicator_of_the_census_can_be_said_in_both_languages() -> None:
    for lang in ("fr", "en"):
        for indicator in recipe().indicators:
            for value in (0.0, 1.0, 12.5):
                held = (share(indicator.code, value, 1.0, unit=indicator.unit),)
                told = figure_sentence(galley(lang, held=held), held[0])
                assert told.text.endswith(".") and told.text[0] == told.text[0].upper()
                assert told.figures[:1] == held
                assert "{" not in told.text and "\0" not in told.text and "\1" not in told.text


def test_each_number_of_a_sentence_is_its_figure() -> None:
    told = galley()
    for section in recipe().sections:
        for sentence in say_section(told, section.code):
            for piece in sentence.pieces:
                if piece.figure is not None and piece.figure.value is not None:
                    assert piece.text.startswith(
                        told.value(piece.figure).split("\u00a0")[0].split(" ")[0]
                    )
            assert "".join(p.text for p in sentence.pieces) == sentence.text


def test_a_section_that_the_recipe_lacks_is_refused() -> None:
    with pytest.raises(NotFound, match="unknown_section"):
        say_section(galley(), "weather")


@pytest.mark.parametrize("name", ["Le Plateau-Mont-Royal", "Hochelaga", "Est", "x" * 300])
def test_names_stand_in_sentences(name: str) -> None:
    first = texts(galley(name=name), "population")[0]
    assert "  " not in first and " de le " not in first
    assert first[0] == first[0].upper()


# ---------------------------------------------------------------- what stands out


def beside_the_city(told: Galley) -> StandingPart:
    (part,), how = standing_parts(told)
    assert how[0].text.startswith(("Tous les chiffres", "All figures"))
    return part


def test_what_stands_out_is_sure_few_and_counted() -> None:
    part = beside_the_city(galley())
    assert 0 < len(part.highlights) <= 4
    assert all(one.standing.stands_out for one in part.highlights)
    assert all(one.side is Side.NEUTRAL for one in part.highlights)
    assert part.lead.text.startswith("En comparaison avec la ville, ")
    order = list(galley().indicators)
    places = [order.index(one.standing.figure.indicator) for one in part.highlights]
    assert places == sorted(places)


def test_nothing_that_stands_out_is_said_too() -> None:
    wide = tuple(replace(f, low=0.0, high=100.0) for f in figures() if f.unit == "percent")
    part = beside_the_city(galley(held=wide))
    assert part.highlights == ()
    assert part.lead.text.startswith("En comparaison avec la ville, sur ")
    assert part.lead.text.endswith(" chiffres éprouvés, aucun ne ressort.")


def test_strengths_come_first_where_the_recipe_says_what_a_strength_is() -> None:
    who, why = Words("l’assemblée", "the assembly"), Words("un but", "an aim")
    lower = "lower_is_better"
    declared = (
        Polarity("low_income_lim_at_share", lower, who, why),
        Polarity("immigrants_share", lower, who, why),
    )
    told = set_galley(portrait(), replace(recipe(), polarities=declared), lang="fr")
    part = beside_the_city(told)
    assert part.highlights[0].side is Side.STRENGTH
    assert part.highlights[0].standing.figure.indicator == "immigrants_share"
    sides = [one.side for one in part.highlights]
    assert sides.count(Side.STRENGTH) <= 2 and len(sides) - sides.count(Side.STRENGTH) <= 2
    code = "low_income_lim_at_share"
    low = [one.side for one in part.highlights if one.standing.figure.indicator == code]
    assert all(side is Side.TO_KNOW for side in low)
    _, how = standing_parts(told)
    assert any("décidé d’avance par l’assemblée" in one.text for one in how)


def test_one_dimension_stands_out_once() -> None:
    dimensions = {one.code: one.dimension for one in recipe().indicators}
    found = [
        dimension
        for one in beside_the_city(galley()).highlights
        if (dimension := dimensions[one.standing.figure.indicator])
    ]
    assert len(found) == len(set(found))


def test_among_areas_alike_their_range_is_told() -> None:
    alike = Words("les quartiers semblables", "similar neighbourhoods")
    ours = next(f for f in figures() if f.indicator == "age_65_plus_share")
    one = Standing(ours, -5.0, 17.25, 21.5, 8, 0.0001, 0.001, True)
    kept_out = {"chose_peers": ("renter_share",), "no_value": ("a", "b")}
    reading = Reading(Among.PEERS, alike, "quartier:2014", 8, (one,), kept_out, 0.1)
    (part,), how = standing_parts(galley(), StandsOut((reading,)))
    assert part.lead.text == (
        "En comparaison avec les quartiers semblables (8 territoires), sur un chiffre éprouvé, un "
        "seul ressort."
    )
    assert part.highlights[0].sentence.text == (
        "Part des personnes de 65 ans et plus\u00a0: 13,8\u00a0%, et de 17,3\u00a0% à 21,5\u00a0% dans les "
        "quartiers semblables."
    )
    assert [told.text for told in part.untested] == [
        "Un chiffre a servi à choisir les territoires semblables\u00a0: il n’est pas éprouvé contre eux.",
        "2 chiffres sans valeur n’ont pas été éprouvés.",
    ]
    assert "10\u00a0% au plus" in how[0].text


def test_why_an_area_is_read_beside_the_whole_alone_is_said() -> None:
    (_,), how = standing_parts(galley("en"))
    assert any(one.text.startswith("Only sampling and rounding errors") for one in how)
    held = city_reading(figures(), galley().comparators, galley().indicators, rate=0.1)
    for why in ("no_group", "few", "size"):
        _, how = standing_parts(galley("en"), StandsOut(held, why))
        assert len(how) == 2


# ---------------------------------------------------------------- words about places


def test_no_word_ranks_or_belittles_a_place() -> None:
    for lang in ("fr", "en"):
        raw = (FOLDER / f"{lang}.toml").read_text(encoding="utf-8")
        told = "\n".join(line for line in raw.splitlines() if line.startswith("text"))
        assert not UNKIND.search(OFFICIAL.sub("", told))


def test_no_sentence_of_a_portrait_belittles_the_place() -> None:
    for lang in ("fr", "en"):
        told = galley(lang)
        said = [s.text for section in recipe().sections for s in say_section(told, section.code)]
        said += [one.sentence.text for one in beside_the_city(told).highlights]
        for text in said:
            assert not UNKIND.search(OFFICIAL.sub("", text)), text


# ---------------------------------------------------------------- templates


def raw_templates(lang: str) -> dict[str, dict[str, list[dict[str, object]]]]:
    told: dict[str, dict[str, list[dict[str, object]]]] = tomllib.loads(
        (FOLDER / f"{lang}.toml").read_text(encoding="utf-8")
    )
    return told


def test_every_template_is_in_both_languages_with_the_same_needs() -> None:
    french, english = templates("fr"), templates("en")
    assert list(french.sections) == list(english.sections)
    assert list(french.indicators) == list(english.indicators)
    for code, held in french.sections.items():
        assert [t.needs for t in held] == [t.needs for t in english.sections[code]]


def test_templates_state_every_figure_they_need() -> None:
    for lang in ("fr", "en"):
        held = templates(lang)
        every = [t for listed in held.sections.values() for t in listed] + list(
            held.indicators.values()
        )
        for template in every:
            stated = {s.of for s in template.slots if s.kind in ("number", "counted", "range")}
            assert stated == set(template.needs)


def test_templates_speak_only_of_indicators_and_sections_that_exist() -> None:
    known = {i.code for i in recipe().indicators}
    sections = {s.code for s in recipe().sections}
    for lang in ("fr", "en"):
        held = templates(lang)
        assert set(held.sections) <= sections
        needed = {c for listed in held.sections.values() for t in listed for c in t.needs}
        assert needed | set(held.indicators) <= known


def test_a_comparison_ends_its_sentence() -> None:
    for lang in ("fr", "en"):
        for table in raw_templates(lang)["section"].values():
            for entry in table:
                text = str(entry["text"])
                last = [f"{n}:{o}" for _, n, o, _ in string.Formatter().parse(text) if n]
                assert "{compare" not in text or last[-1].startswith("compare:"), text


@pytest.mark.parametrize(
    "text",
    ["{number:population} {weather:population}", "{number:households}", "{place:vers}",
     "{agree:population|une}", "{number}"],
)  # fmt: skip
def test_a_template_with_an_unknown_slot_is_refused_by_name(text: str) -> None:
    told = f'[[section.population]]\nneeds = ["population"]\ntext = "{text}"\n'
    with pytest.raises(BadInput, match="template_slot") as refused:
        read_templates(told, lang="fr", file="essai.toml")
    assert refused.value.facts["file"] == "essai.toml"
    assert refused.value.facts["table"] == "section.population"


def test_a_template_waits_for_its_comparison() -> None:
    told = '[[section.population]]\nneeds = ["population"]\ncompared = ["population"]\ntext = "{number:population}"\n'
    held = read_templates(told, lang="en", file="essai.toml")
    assert held.sections["population"][0].compared == ("population",)


@pytest.mark.parametrize(
    ["label", "told"],
    [("Part des locataires", "part des locataires"), ("MFR-ApI", "MFR-ApI"), ("Âge médian", "âge médian"),
     ("", ""), ("A", "A")],
)  # fmt: skip
def test_labels_inside_a_sentence(label: str, told: str) -> None:
    assert in_sentence(label) == told


def test_a_figure_of_a_range_has_no_comparison() -> None:
    held = Figure(
        "rent_median", None, "cad", Status.AGGREGATED, Method.RANGE_OF_MEDIANS, low=1, high=2
    )
    assert galley(held=(held,)).comparison("rent_median") is None
