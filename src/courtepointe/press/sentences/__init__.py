"""Sentences of a portrait, written in each language from templates with typed slots."""

from courtepointe.press.sentences.joint import joint_sentence
from courtepointe.press.sentences.section import (
    figure_sentence,
    missing_sentences,
    say_section,
    section_sentences,
)
from courtepointe.press.sentences.standing import Highlight, Side, StandingPart, standing_parts
from courtepointe.press.sentences.values import Piece, Sentence, plain_sentence, sentence

__all__ = [
    "Highlight",
    "Piece",
    "Sentence",
    "Side",
    "StandingPart",
    "figure_sentence",
    "joint_sentence",
    "missing_sentences",
    "plain_sentence",
    "say_section",
    "section_sentences",
    "sentence",
    "standing_parts",
]
