"""Sentences as people read them, in French and English."""

from __future__ import annotations

import pytest

from courtepointe.portraits.evidence.sentences import is_whole, moved, sentences_of


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Une. Deux ! Trois ?", ["Une.", "Deux !", "Trois ?"]),
        (
            "Elle dit : « Oui\u202f! » Puis elle part.",
            ["Elle dit : « Oui\u202f! »", "Puis elle part."],
        ),
        ("M. Roy et Mme Tran sont là. Ils aident.", ["M. Roy et Mme Tran sont là.", "Ils aident."]),
        (
            "Voir p. ex. la rue. 12 personnes y vivent.",
            ["Voir p. ex. la rue.", "12 personnes y vivent."],
        ),
        ("J. Tremblay parle… été comme hiver. Fin", ["J. Tremblay parle… été comme hiver.", "Fin"]),
        (
            "Q: Why?\nA: Because it’s 3.5 km.\n\nEnd.",
            ["Q: Why?", "A: Because it’s 3.5 km.", "End."],
        ),
        ("« On a froid. » « Moi aussi. »", ["« On a froid. »", "« Moi aussi. »"]),
        ("  \n ", []),
    ],
)
def test_a_text_is_cut_where_a_reader_stops(text: str, told: list[str]) -> None:
    assert [text[one.start : one.end] for one in sentences_of(text)] == told


def test_a_line_is_a_paragraph() -> None:
    assert [one.paragraph for one in sentences_of("Une. Deux.\n\nTrois.")] == [0, 0, 1]


def test_a_passage_begins_and_ends_with_sentences() -> None:
    text = "Une. Deux. Trois."
    assert is_whole(text, 0, 10)
    assert not is_whole(text, 0, 9)
    assert not is_whole(text, 5, 4)


def test_words_that_were_changed_are_not_found_again() -> None:
    assert moved("Une. Deux. Trois.", "Une. Deux bis. Trois.", 11, 17) == (15, 21)
    assert moved("Une. Deux. Trois.", "Une. Bis. Trois.", 5, 10) is None
    assert moved("Une. Deux. Trois.", "Zéro. Une. Deux. Trois !", 5, 10) == (11, 16)
