"""The words of shared readings: how the two views stand to each other, the states, in which order."""

from __future__ import annotations

from pathlib import Path

from courtepointe.atlas.recipe.values import Words
from courtepointe.people.lists import Lists, each_in_both

FOLDER = Path(__file__).with_name("data")

_lists = Lists(FOLDER, "reading_unknown_kind")
data, words_of, known = _lists.data, _lists.words_of, _lists.known

UNKNOWN = "unknown"
VOTED = ("present", "fragile", "absent")
"""What a vote chooses from, in order: an order alone."""
ABOUT = ("numbers", "reading")
"""What a reply answers."""


def questions(dimension: str) -> tuple[Words, ...]:
    """Give what a room talks about before it votes on a dimension."""
    held = data("questions")
    return each_in_both(held.get(dimension, held["any"]))
