"""A text in its sentences: what a passage is made of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from courtepointe.portraits.evidence.lists import data

SHORT = frozenset(data("abbreviations")["words"])
"""Words that a point ends without ending a sentence."""
END = re.compile(r"[.!?…]+(?:[ \u00a0\u202f]?[»”\"’)\]])*(?=\s|$)")
OPENING = '«“"‘([–—- \t\u00a0\u202f'
LONGEST_SHORT = 12
"""Letters of the longest abbreviation, and room before it: the whole line need not be read."""
LAST_WORD = re.compile(r"([^\W_]+(?:\.[^\W_]+)*)[.]$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its place in the text, and its paragraph, both counted from 0."""

    number: int
    paragraph: int
    start: int
    end: int


def sentences_of(text: str) -> tuple[Sentence, ...]:
    """Cut a text in sentences: a line is a paragraph, and ends the sentence that it holds.

    Each letter that is no space is in one sentence, in order.
    """
    found: list[Sentence] = []
    place, paragraph = 0, 0
    for line in text.split("\n"):
        spans = list(_in_line(line))
        for start, end in spans:
            found.append(Sentence(len(found), paragraph, place + start, place + end))
        paragraph += bool(spans)
        place += len(line) + 1
    return tuple(found)


def _in_line(line: str) -> Iterator[tuple[int, int]]:
    start = 0
    for mark in END.finditer(line):
        if _goes_on(line, mark):
            continue
        yield from _trimmed(line, start, mark.end())
        start = mark.end()
    yield from _trimmed(line, start, len(line))


def _goes_on(line: str, mark: re.Match[str]) -> bool:
    """Say whether a sentence goes on after a mark: an abbreviation, an initial, a small letter."""
    if line[mark.end() :].lstrip(OPENING)[:1].islower():
        return True
    place = mark.start()
    word = LAST_WORD.search(line, max(place - LONGEST_SHORT, 0), place + 1)
    if mark[0] != "." or word is None:
        return False
    told = word[1]
    return told.casefold() in SHORT or (len(told) == 1 and told.isupper())


def _trimmed(line: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    told = line[start:end]
    left = start + len(told) - len(told.lstrip())
    right = left + len(told.strip())
    if right > left:
        yield left, right


def is_whole(text: str, start: int, end: int) -> bool:
    """Say whether a piece of a text is one sentence or several that follow one another."""
    held = sentences_of(text)
    return start in {one.start for one in held} and end in {one.end for one in held} and start < end


def moved(old: str, new: str, start: int, end: int) -> tuple[int, int] | None:
    """Give where a piece of a text stands once the text was corrected; None where its words changed.

    What stands before the correction stays, what stands after it moves along; a piece that the correction
    touches is looked for by its words, the nearest to where it was.
    """
    before = _alike(old, new)
    after = min(_alike(old[::-1], new[::-1]), min(len(old), len(new)) - before)
    if end <= before:
        return start, end
    shift = len(new) - len(old)
    if start >= len(old) - after:
        return start + shift, end + shift
    piece = old[start:end]
    places = [one.start() for one in re.finditer(re.escape(piece), new)]
    if not places:
        return None
    nearest = min(places, key=lambda place: abs(place - start))
    return nearest, nearest + len(piece)


def _alike(one: str, other: str) -> int:
    """Count the first letters that two texts share."""
    most = min(len(one), len(other))
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if one[:middle] == other[:middle] else (low, middle - 1)
    return low
