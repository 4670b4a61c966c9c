"""Choices, languages, yes and no: what people write for each, and the nearest where it is none."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from rapidfuzz import fuzz, process

from courtepointe.formats.workbooks import Value, text_of
from courtepointe.people.bringing.folding import key_of
from courtepointe.people.bringing.outcome import Good, Outcome, Reader, Setting, Wrong
from courtepointe.people.bringing.reading.lists import languages, words
from courtepointe.people.bringing.reading.texts import clean, mended
from courtepointe.people.bringing.shape import Choice, Field

NEAR = 78.0
"""From this ratio of rapidfuzz on (100 is the same), a choice is suggested; never taken."""
_BREAKS = re.compile(r"\s*[;|\n•]\s*|\s*,\s+|\s+/\s+")
_FINEST = re.compile(r"[\s,/+&\-–]+(?:(?:et|and|y)\s+)?", re.IGNORECASE)
_FINER = re.compile(r"\s*[,/+&]\s*|\s+-\s+|\s+(?:et|and|y)\s+", re.IGNORECASE)


def choice_reader(field: Field, setting: Setting) -> Reader:
    """Read one choice, or several where the field holds many."""
    return _reader(field, field.choices, "unknown_choice")


def language_reader(field: Field, setting: Setting) -> Reader:
    """Read one language, or several."""
    return _reader(field, languages(), "unknown_language")


def yes_no_reader(field: Field, setting: Setting) -> Reader:
    """Read yes or no, in words, as a tick, or as a cell that holds one."""
    told = words()["yes_no"]
    means = dict.fromkeys(told["no"], False) | dict.fromkeys(told["yes"], True)
    marks = dict.fromkeys(told["no_marks"], False) | dict.fromkeys(told["yes_marks"], True)

    def read(value: Value) -> Outcome:
        if isinstance(value, bool):
            return Good(value)
        text = text_of(value).strip()
        found = marks.get(text, means.get(key_of(text)))
        return Wrong("not_yes_no") if found is None else Good(found)

    return read


def _reader(field: Field, choices: Sequence[Choice], code: str) -> Reader:
    spelt = spellings(choices)
    labels = {one.code: {key_of(one.fr), key_of(one.en), key_of(one.code)} for one in choices}
    names = _names(choices)

    def one(text: str) -> Outcome:
        key = key_of(text)
        found = spelt.get(key)
        if found is not None:
            return Good(found, "" if key in labels[found] else "synonym")
        if field.open:
            return Good(text, "kept_as_written")
        return Wrong(code, nearest(text, names))

    def read(value: Value) -> Outcome:
        text = clean(mended(text_of(value))[0], lines=field.many)
        whole = one(" ".join(text.split()))
        if not field.many:
            return whole
        if key_of(text) in spelt:
            return _as_many(whole)
        return _several(text, one, spelt, open_list=field.open)

    return read


def _as_many(outcome: Outcome) -> Outcome:
    return Good((outcome.value,), outcome.why) if isinstance(outcome, Good) else outcome


def _several(
    text: str, one: Callable[[str], Outcome], spelt: Mapping[str, str], *, open_list: bool
) -> Outcome:
    """Read a list: cut at semicolons, lines and commas; finer where all that is cut is known."""
    pieces: list[str] = []
    for piece in filter(None, map(str.strip, _BREAKS.split(text))):
        pieces += _cut(piece, spelt, open_list=open_list)
    found = [one(piece) for piece in pieces]
    wrong = next((outcome for outcome in found if isinstance(outcome, Wrong)), None)
    if wrong is not None:
        return _whole_suggestion(pieces, found, wrong)
    values = tuple(dict.fromkeys(str(o.value) for o in found if isinstance(o, Good)))
    reasons = [o.why for o in found if isinstance(o, Good) and o.why]
    why = "kept_as_written" if "kept_as_written" in reasons else "".join(reasons[:1])
    return Good(values, why) if values else Wrong("unknown_choice")


def _cut(piece: str, spelt: Mapping[str, str], *, open_list: bool) -> list[str]:
    """Cut a piece where that gives known choices; a choice that is known whole stays whole."""
    if key_of(piece) in spelt:
        return [piece]
    finer = [part for part in map(str.strip, _FINER.split(piece)) if part]
    known = sum(key_of(part) in spelt for part in finer)
    if known == len(finer) or (known and not open_list):
        return finer
    finest = [part for part in _FINEST.split(piece) if part]
    return finest if all(key_of(part) in spelt for part in finest) else [piece]


def _whole_suggestion(pieces: Sequence[str], found: Sequence[Outcome], wrong: Wrong) -> Wrong:
    """Suggest the whole cell, the unknown pieces put right; nothing where one has no near choice."""
    told = [o.suggestion if isinstance(o, Wrong) else piece for piece, o in zip(pieces, found, strict=True)]  # fmt: skip
    return Wrong(wrong.code, "; ".join(told) if all(told) else "")


def spellings(choices: Sequence[Choice]) -> dict[str, str]:
    """Give the code of each choice by all that it is called, folded; the first choice keeps a name."""
    found: dict[str, str] = {}
    for one in choices:
        for text in (one.fr, one.en, one.code, *one.synonyms):
            found.setdefault(key_of(text), one.code)
    return found


def _names(choices: Sequence[Choice]) -> dict[str, str]:
    """Give what to suggest by each folded name: the words of its choice in the name's language."""
    told: dict[str, str] = {}
    for one in choices:
        told.setdefault(key_of(one.fr), one.fr)
        told.setdefault(key_of(one.en), one.en)
        for text in one.synonyms:
            if len(text) > 3:
                told.setdefault(key_of(text), text)
    return told


def nearest(text: str, names: Mapping[str, str]) -> str:
    """Give the nearest of names, or nothing where none is near enough."""
    found = process.extractOne(key_of(text), names.keys(), scorer=fuzz.ratio, score_cutoff=NEAR)
    return names[found[0]] if found else ""
