"""The cards of a workshop: a dimension a page, in both languages, never read as markup, whole however long."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.press.hubs.test_papers import pages, text_of

from courtepointe.core.errors import BadInput
from courtepointe.press.together import ReadingCard, ReadingCards, write_reading_cards

CARD = ReadingCard(
    "Réseaux et relations", "Les liens qui tiennent.", "Entre 52 et 71 sur 100.", "#set text(red) *on s’aide*",
    ("Quelles forces ?", "Qu’est-ce qui manque ?"),
)  # fmt: skip
CARDS = ReadingCards(
    "Portrait du Moulin – ᐃᓄᒃ", "Table de la Lisière", date(2026, 6, 1), ("présent", "fragile", "absent"),
    (CARD,) * 8,
)  # fmt: skip


def test_a_card_says_both_views_and_leaves_room_to_answer(fonts: Path, tmp_path: Path) -> None:
    content = write_reading_cards(CARDS, lang="fr", fonts=fonts)
    text = text_of(content, tmp_path)
    for told in (
        "Les données disent…", "Les gens disent…", "Entre 52 et 71 sur 100.", "#set text(red)", "À se demander",
        "présent", "fragile", "absent", "1er juin 2026",
    ):  # fmt: skip
        assert told in text
    assert pages(content) == 8
    assert content == write_reading_cards(CARDS, lang="fr", fonts=fonts)
    english = text_of(write_reading_cards(CARDS, lang="en", fonts=fonts, paper="a4"), tmp_path)
    assert "The numbers say…" in english
    assert "People say…" in english


def test_a_long_view_is_cut_at_a_word_and_says_so(fonts: Path, tmp_path: Path) -> None:
    for long in ("mot " * 900, "long " * 400 + "x" * 900, "une ligne de voix\n\n" * 90):
        made = replace(CARDS, cards=(replace(CARD, numbers=long, people=long),))
        content = write_reading_cards(made, lang="fr", fonts=fonts)
        assert "[…]" in text_of(content, tmp_path)
        assert pages(content) == 1


def test_nothing_to_print_and_an_unknown_language_are_refused(fonts: Path) -> None:
    for empty in ({"cards": ()}, {"states": ()}):
        with pytest.raises(BadInput, match="reading_cards_empty"):
            replace(CARDS, **empty)
    with pytest.raises(BadInput, match="unknown_language"):
        write_reading_cards(CARDS, lang="de", fonts=fonts)
    with pytest.raises(BadInput, match="unknown_paper"):
        write_reading_cards(CARDS, lang="fr", fonts=fonts, paper="a0")
