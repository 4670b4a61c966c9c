"""Drawings and sentences of networks: legible at 12, 60 and 200, in two languages, without trust or rank."""

from __future__ import annotations

import re
import string
import tomllib
from itertools import pairwise
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from tests.support import networks as made_up

from courtepointe.core.errors import BadInput
from courtepointe.core.network import (
    Bounded,
    Network,
    change_between,
    most_brokers_of,
    network_of,
    state,
)
from courtepointe.core.network.values import Bounds
from courtepointe.press.network import (
    DrawnNetwork,
    Partners,
    Places,
    change_words,
    draw_change,
    draw_figures,
    draw_network,
    figures_chart,
    place_partners,
    tell_wave,
)
from courtepointe.press.network.figures import (
    bounds_words,
    difference_words,
    measured,
    range_words,
    value_words,
)
from courtepointe.press.network.sentences import effect_words
from courtepointe.press.network.words import FOLDER, phrases
from courtepointe.press.words import typeset

LANGUAGES = ("fr", "en")


def fr(text: str) -> str:
    """Set the spaces of French."""
    return typeset(text, lang="fr")


def partners(n: int) -> Partners:
    return Partners(tuple(made_up.names(n)), made_up.sectors(n), made_up.SECTORS)


def waves(n: int) -> tuple[Network, Network]:
    first = made_up.network(n)
    return first, made_up.later(first)


def placed(n: int, width: float = 720.0) -> Places:
    every = np.arange(n)
    return place_partners([(one, every) for one in waves(n)], partners(n), width=width)


def drawn(n: int, **asked: object) -> DrawnNetwork:
    return draw_network(waves(n)[0], partners(n), placed(n), lang="fr", **asked)  # type: ignore[arg-type]


@pytest.mark.parametrize("n", [12, 60, 200])
def test_a_drawing_is_legible(n: int) -> None:
    told = drawn(n).legible
    assert told.closest >= 1.1, "no disc touches another"
    assert told.n_named == told.n_wanted, "everybody who bridges others has its name beside it"
    assert told.n_sectors_named == len(set(made_up.sectors(n).tolist()))


def test_a_telephone_shows_them_too() -> None:
    told = draw_network(waves(200)[0], partners(200), placed(200, 358.0), lang="fr")
    assert told.width == 358.0 and told.legible.closest >= 1.1
    assert told.legible.n_named >= 0.75 * told.legible.n_wanted


def test_everybody_is_listed_once_by_number_sector_by_sector() -> None:
    told = drawn(60)
    assert [one.number for one in told.listed] == list(range(1, 61))
    sectors = [one.sector for one in told.listed]
    assert len([1 for a, b in pairwise(sectors) if a != b]) == len(set(sectors)) - 1
    assert {one.name for one in told.listed} == set(made_up.names(60))


def test_a_small_network_needs_no_numbers() -> None:
    told = drawn(12, with_list=True)
    assert not told.numbered and told.legible.n_named == 12
    assert "numéro" not in told.svg


def test_a_drawing_speaks_and_is_plain() -> None:
    told = drawn(60, with_list=True, period="2024")
    root = ET.fromstring(told.svg)
    assert root.get("role") == "img"
    assert root.find("{*}title").text == told.title == fr("2024 : 223 liens entre 60 organisations")
    assert "n’ont pas répondu" in told.desc and "Habitation (" in told.desc
    assert told.desc.count("ordre alphabétique") == 1
    assert "style=" not in told.svg and "<script" not in told.svg and "http" not in told.svg.replace(
        "http://www.w3.org/2000/svg", "")  # fmt: skip
    titles = [one.text for one in root.iter("{http://www.w3.org/2000/svg}title")]
    assert len(titles) == 61 and all(titles)


def test_the_same_wave_gives_the_same_drawing_in_both_schemes() -> None:
    assert drawn(60).svg == drawn(60).svg
    light, dark = drawn(60).svg, drawn(60, scheme="dark").svg
    shapes = [re.sub(r"#[0-9a-f]{6}", "", one) for one in (light, dark)]
    assert light != dark and shapes[0] == shapes[1]


def test_everybody_stays_where_it_was_in_the_next_wave() -> None:
    first, second = (draw_network(wave, partners(60), placed(60), lang="fr") for wave in waves(60))
    middles = [
        re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)"', one.svg) for one in (first, second)
    ]
    assert set(middles[0]) - set(middles[1]) == set()


def test_later_drawings_keep_who_was_on_earlier_ones() -> None:
    first = placed(60)
    joined = Partners(
        (*partners(60).names, "Nouvelle venue"), np.append(made_up.sectors(60), 1), made_up.SECTORS
    )
    ties = [
        *zip(waves(60)[1].from_node.tolist(), waves(60)[1].to_node.tolist(), strict=True),
        (60, 3),
    ]
    wave = network_of(ties, n_nodes=61)
    kept = Places(
        type(first.layout)(
            np.vstack([first.layout.positions, [[0.0, 0.0]]]), np.append(first.layout.alone, False)
        ),
        first.width, first.height, first.radius,
    )  # fmt: skip
    is_kept = np.append(~first.layout.alone, False)
    told = place_partners([(wave, np.arange(61))], joined, kept=kept, is_kept=is_kept)
    both = is_kept & ~told.layout.alone
    moved = np.abs(told.layout.positions[both] - kept.layout.positions[both]).max(axis=1)
    assert np.median(moved) < 6.0


def test_a_name_of_a_stranger_cannot_break_the_drawing() -> None:
    names = ('<script>alert("1")</script>', "A & B", "C" * 300)
    told = draw_network(
        network_of([(0, 1), (1, 2)], n_nodes=3),
        Partners(names, np.array([1, 0, 1]), ("<b>",)),
        place_partners([(network_of([(0, 1)], n_nodes=3), np.arange(3))],
                       Partners(names, np.array([1, 0, 1]), ("<b>",))),
        lang="en", with_list=True, code='"><x',
    )  # fmt: skip
    ET.fromstring(told.svg)
    assert "<script>" not in told.svg and "<b>" not in told.svg


def test_a_network_without_a_tie_is_drawn_too() -> None:
    empty = network_of([], n_nodes=3, silent=[0, 1, 2])
    who = Partners(("A", "B", "C"), np.array([1, 0, 1]), ("Santé",))
    places = place_partners([(empty, np.arange(3))], who)
    told = draw_network(empty, who, places, lang="fr")
    assert told.title == "0 lien entre 3 organisations"
    assert "3 organisations n’ont encore aucun lien nommé" in told.desc
    said = tell_wave(state(empty, who.sectors), who.names, lang="fr")
    assert said.ties == ("Aucun lien n’est encore nommé.",) and said.figures == ()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_change_is_drawn_in_four_places(lang: str) -> None:
    before, after = waves(60)
    every = np.arange(60)
    change = change_between(before, after, places=(every, every), sectors=made_up.sectors(60))
    told = draw_change(change, partners(60), placed(60), before="2022", after="2024", lang=lang)
    ET.fromstring(told.svg)
    assert [one.what for one in told.panels] == ["kept", "new", "ended", "unknown"]
    assert [len(one.ends) for one in told.panels] == [
        int(ties.sum()) // 2 for ties in (change.pairs.kept, change.pairs.new, change.pairs.ended,
                                          change.pairs.unknown)]  # fmt: skip
    assert all(one.heading in told.desc for one in told.panels)
    narrow = draw_change(change, partners(60), placed(60, 358.0), before="a", after="b", lang=lang)
    assert narrow.height > 3 * narrow.width


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", [358.0, 720.0])
def test_figures_are_charted_with_their_bounds(lang: str, width: float) -> None:
    told = [(str(2022 + 2 * k), state(one, made_up.sectors(60))) for k, one in enumerate(waves(60))]
    spec = figures_chart(told, lang=lang, width=width)
    svg = draw_figures(told, lang=lang, width=width)
    ET.fromstring(svg)
    assert "2022" in svg and "2024" in svg
    for _, one in told:
        assert measured("density", one.density, lang=lang) in spec["description"]
        assert bounds_words("density", one.density.any_answers, lang=lang) in spec["description"]
    whole = [("2024", state(made_up.network(20, silent=0.0), made_up.sectors(20)))]
    assert "selon les réponses" not in figures_chart(whole, lang="fr")["description"]


def test_both_languages_say_the_same_things() -> None:
    held = [{key: set(_slots(text)) for key, text in phrases(lang).items()} for lang in LANGUAGES]
    assert held[0] == held[1]
    for lang in LANGUAGES:
        text = (FOLDER / f"{lang}.toml").read_text(encoding="utf-8")
        assert tomllib.loads(text)
        assert not re.search(
            r"faible|mauvais|meilleur|weak|worst|best\b|rank(?!\.)", _phrases_only(text)
        )


def _slots(text: str) -> list[str]:
    return [name for _, name, _, _ in string.Formatter().parse(text) if name]


def _phrases_only(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if not line.startswith("#"))


def test_a_wave_is_told() -> None:
    network = network_of([(0, 1), (1, 0), (1, 2), (1, 3), (4, 3)], n_nodes=6, silent=[3])
    told = tell_wave(
        state(network, np.array([1, 1, 2, 2, 3, 0])), ("A", "B", "C", "D", "E", "F"), lang="fr"
    )
    assert told.ties == (
        "4 liens sont nommés.",
        "Dans 1 lien, chacune des deux organisations nomme l’autre.",
        "Le réseau compte 2 morceaux sans lien nommé entre eux.",
        "Parmi eux, 1 organisation n’a pas encore de partenaire nommé.",
    )
    assert told.brokers == (fr("Font le pont entre d’autres, dans l’ordre alphabétique : B et D."),)
    assert told.answers == fr(
        "5 organisations sur 6 ont répondu. Ce que l’autre aurait dit est inconnu ; ce n’est pas une "
        "absence de lien."
    )
    assert told.open == fr(
        "Pour 3 paires d’organisations, on ne peut pas dire s’il y a un lien ; si les organisations "
        "qui n’ont pas répondu nommaient celles qui les nomment, il en resterait 0."
    )
    by_figure = {one.figure: one for one in told.figures}
    assert by_figure["density"].text.startswith(
        fr("Sur toutes les paires d’organisations, 27 % sont liées")
    )
    assert by_figure["density"].effect == fr(
        "Selon les réponses manquantes, ce chiffre peut aller de 26 % à 47 %. Si les organisations qui "
        "n’ont pas répondu nommaient exactement celles qui les nomment, il serait de 27 %."
    )
    assert fr("au moins 83 %") in by_figure["in_largest"].text.lower()
    assert "si les organisations" not in by_figure["reciprocity"].effect.lower()
    assert told.sentences[0] == told.ties[0] and told.sentences[-1] == told.open


@pytest.mark.parametrize("lang", LANGUAGES)
def test_where_all_answered_nothing_is_said_to_be_missing(lang: str) -> None:
    told = tell_wave(
        state(made_up.network(20, silent=0.0), made_up.sectors(20)), made_up.names(20), lang=lang
    )
    assert told.open == "" and all(one.effect == "" for one in told.figures)
    assert not any("au moins" in one or "at least" in one for one in told.sentences)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("n", [2, 3, 12, 60])
def test_every_sentence_is_whole_in_both_languages(lang: str, n: int) -> None:
    first, second = made_up.network(n, mean=1.5), made_up.later(made_up.network(n, mean=1.5))
    every, sectors = np.arange(n), made_up.sectors(n)
    told = tell_wave(
        state(first, sectors, most_brokers=most_brokers_of(n)), made_up.names(n), lang=lang
    )
    change = change_between(first, second, places=(every, every), sectors=sectors)
    said = [
        *told.sentences,
        *(one.effect for one in told.figures if one.effect),
        *change_words(change, before="2022", after="2024", lang=lang),
    ]
    for one in said:
        assert one.endswith(".") and "{" not in one and "None" not in one and "  " not in one
        assert one[0].isupper() or one[0].isdigit()
        if lang == "fr":
            assert not re.search(r" [;:?!%]", one), one


def test_a_change_says_only_what_holds_whatever_the_answers() -> None:
    before = network_of([(0, 1)], n_nodes=4)
    after = network_of([(0, 1), (1, 2), (2, 3)], n_nodes=4)
    every = np.arange(4)
    told = change_words(
        change_between(before, after, places=(every, every), sectors=np.ones(4, dtype=np.int64)),
        before="2022", after="2024", lang="fr",
    )  # fmt: skip
    assert told[1] == fr("1 lien est resté, 2 se sont noués ; aucun n’a cessé d’être nommé.")
    assert fr("Densité : +33 points.") in told
    silent = network_of([(0, 1), (1, 2), (2, 3)], n_nodes=4, silent=[0])
    told = change_words(
        change_between(before, silent, places=(every, every), sectors=np.ones(4, dtype=np.int64)),
        before="2022", after="2024", lang="en",
    )  # fmt: skip
    assert any(
        one.startswith("Density: +") and "whatever the missing answers" in one for one in told
    )


def test_numbers_never_say_more_than_is_known() -> None:
    assert value_words("in_largest", 0.995, lang="fr", at_least=True) == "99\u00a0%"
    assert bounds_words("density", Bounds(0.041, 0.2331), lang="fr") == "de 4\u00a0% à 24\u00a0%"
    assert bounds_words("density", Bounds(0.041, 0.0485), lang="en") == "4.1% to 4.9%"
    assert bounds_words("density", Bounds(0.07, 0.28), lang="en") == "7% to 28%"
    assert bounds_words("density", Bounds(None, None), lang="fr") == ""
    near = Bounded(0.995, True, Bounds(0.995, 1.0), None)
    assert measured("in_largest", near, lang="fr") == "99,5\u00a0%"
    assert difference_words("density", 0.0004, lang="fr") == "+0,04 point"
    assert difference_words("n_alone", -2.0, lang="en") == "\u22122"
    assert range_words("density", Bounds(0.002, 0.031), lang="en") == "+0.2 to +3.1 points"
    assert range_words("density", Bounds(-0.031, 0.0), lang="fr") == "de \u22124 à 0 point"
    outer = Bounded(0.5, False, Bounds(0.2, 0.9, exact=False), Bounds(0.4, 0.6, exact=False))
    assert "reste entre 20" in effect_words("centralisation", outer, lang="fr")


def test_sectors_that_do_not_fit_are_refused() -> None:
    with pytest.raises(BadInput, match="network_position"):
        Partners(("A",), np.array([2]), ("Santé",))
    with pytest.raises(BadInput, match="core_shape"):
        Partners(("A", "B"), np.array([1]), ("Santé",))
    with pytest.raises(BadInput, match="unknown_language"):
        phrases("de")
