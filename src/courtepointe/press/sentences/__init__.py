"""Sentences of a portrait, written in each language from templates with typed slots."""

from courtepointe.press.sentences.highlights import Highlight, Side, highlights
from courtepointe.press.sentences.section import (
    figure_sentence,
    missing_sentences,
    say_section,
    section_sentences,
)
from courtepointe.press.sentences.values import Piece, Sentence, plain_sentence, sentence

__all__ = [
    "Highlight",
    "Piece",
    "Sentence",
    "Side",
    "figure_sentence",
    "highlights",
    "missing_sentences",
    "plain_sentence",
    "say_section",
    "section_sentences",
    "sentence",
]
