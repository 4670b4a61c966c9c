"""Sentences of a portrait: what they say, what they never say."""

from __future__ import annotations

import re
import string
import tomllib
from dataclasses import replace

import pytest
from tests.press.sample import figures, missing, portrait, recipe, share

from courtepointe.atlas.figures import Figure, Method, Status
from courtepointe.core.errors import BadInput, NotFound
from courtepointe.press.galley import Galley, set_galley
from courtepointe.press.sentences import (
    Side,
    figure_sentence,
    highlights,
    missing_sentences,
    say_section,
    section_sentences,
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
            assert highlights(told) == ()


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


# ---------------------------------------------------------------- highlights


def test_highlights_are_distinguishable_and_few() -> None:
    told = highlights(galley())
    assert 0 < len(told) <= 4
    assert all(h.comparison.verdict.value == "distinct" for h in told)
    assert all(h.side is Side.NEUTRAL for h in told)
    effects = [abs(h.comparison.effect or 0) for h in told]
    assert effects == sorted(effects, reverse=True)


def test_strengths_come_first_where_the_recipe_says_what_a_strength_is() -> None:
    polarity = {"low_income_lim_at_share": "lower_is_better", "immigrants_share": "lower_is_better"}
    declared = tuple(
        replace(i, polarity=polarity.get(i.code, "neutral")) for i in recipe().indicators
    )
    told = highlights(set_galley(portrait(), replace(recipe(), indicators=declared), lang="fr"))
    assert told[0].side is Side.STRENGTH
    assert told[0].comparison.figure.indicator == "immigrants_share"
    sides = [h.side for h in told]
    assert sides.count(Side.STRENGTH) <= 2 and len(sides) - sides.count(Side.STRENGTH) <= 2
    low = [h for h in told if h.comparison.figure.indicator == "low_income_lim_at_share"]
    assert all(h.side is Side.TO_KNOW for h in low)


def test_one_dimension_is_highlighted_once() -> None:
    dimensions = [
        d
        for h in highlights(galley())
        if (
            d := next(
                i.dimension for i in recipe().indicators if i.code == h.comparison.figure.indicator
            )
        )
    ]
    assert len(dimensions) == len(set(dimensions))


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
        said += [h.sentence.text for h in highlights(told)]
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
