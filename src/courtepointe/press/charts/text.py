"""Measure and wrap text without a font: by the widest face that a reader may fall back to."""

from __future__ import annotations

import unicodedata

NARROW_LETTERS = frozenset("iljtfrI.,;:’'|()[]!/ \u00a0")
WIDE_LETTERS = frozenset("mwMWŒœ%@&—")
HAIR = frozenset("\u202f\u2009\u200a")


def width(text: str, size: float) -> float:
    """Estimate the width of a text in pixels; a little too wide rather than too narrow."""
    return size * sum(_em(letter) for letter in text)


def wrap(text: str, size: float, room: float) -> tuple[str, ...]:
    """Break a text into lines no wider than the room, at ordinary spaces; a long word is cut."""
    lines: list[str] = []
    line = ""
    for word in _fitting_words(text, size, room):
        longer = f"{line} {word}" if line else word
        if line and width(longer, size) > room:
            lines.append(line)
            line = word
        else:
            line = longer
    return (*lines, line) if line or not lines else tuple(lines)


def wrap_at_most(text: str, size: float, room: float, *, lines: int) -> tuple[str, ...]:
    """Break a text into a few lines; what does not fit is dropped behind an ellipsis."""
    whole = wrap(text, size, room)
    if len(whole) <= lines:
        return whole
    last = whole[lines - 1]
    while last and width(f"{last}…", size) > room:
        last = last[:-1]
    return (*whole[: lines - 1], f"{last.rstrip()}…")


def _fitting_words(text: str, size: float, room: float) -> list[str]:
    words: list[str] = []
    for word in text.split(" "):
        while width(word, size) > room and len(word) > 1:
            kept = _longest(word, size, room)
            words.append(word[:kept])
            word = word[kept:]
        words.append(word)
    return words


def _longest(word: str, size: float, room: float) -> int:
    """Count how many letters fit, breaking after a hyphen where one does."""
    kept = max(1, sum(1 for n in range(1, len(word)) if width(word[:n], size) <= room))
    hyphen = max(word.rfind(mark, 0, kept) for mark in "-–/")
    return hyphen + 1 if hyphen > 0 else kept


def _em(letter: str) -> float:
    if letter in HAIR:
        return 0.22
    if letter in NARROW_LETTERS:
        return 0.36
    if letter in WIDE_LETTERS:
        return 0.94
    if unicodedata.combining(letter):
        return 0.0
    if letter.isupper() or unicodedata.east_asian_width(letter) == "W" or letter > "\u1400":
        return 0.72
    return 0.62
