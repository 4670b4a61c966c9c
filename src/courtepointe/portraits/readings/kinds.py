"""The words of shared readings: how the two views stand to each other, the states, in which order."""

from __future__ import annotations

from pathlib import Path

from courtepointe.people.lists import Lists

FOLDER = Path(__file__).with_name("data")

_lists = Lists(FOLDER, "reading_unknown_kind")
data, words_of, known = _lists.data, _lists.words_of, _lists.known

UNKNOWN = "unknown"
VOTED = ("present", "fragile", "absent")
"""What a vote chooses from, in order: an order alone."""
ABOUT = ("numbers", "reading")
"""What a reply answers."""
