"""Where a workspace's own words hold somebody: every text of every room, read for a name, a code, a number.

What people write in minutes, notes and cards names others, and no account or fingerprint leads there. Each text is
read as it stands: accents, letters' case and the signs between the digits of a telephone make no difference.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from django.apps import apps
from django.db import models

from courtepointe.atlas.query.spelling import all_tokens, plain
from courtepointe.atlas.recipe.values import Words
from courtepointe.core.errors import BadInput
from courtepointe.people.fields import code_words
from courtepointe.people.personal import Held, declared
from courtepointe.people.queries.whom import rows_in
from courtepointe.people.sealed import unseal

HISTORY, SEARCHES, REQUESTS = "people.historyrow", "people.requestsearch", "people.subjectrequest"
FEWEST_LETTERS, FEWEST_DIGITS = 3, 4
"""With fewer, anybody would be found."""
MOST_LINES = 500
AROUND = 70
NEXT_TO = 3
"""Signs between two words that follow one another: a comma, a space."""
OF_THE_MACHINE = re.compile(r"(^|_)(hash|print|fingerprint|key|keys|ids|token|secret|version|batch|lang|folded|code|slug|name_print)$")  # fmt: skip
BETWEEN_DIGITS = r"[\s().+\-\u2010-\u2013/]{0,3}"
NUMBER = re.compile(r"[\d\s().+\-\u2010-\u2013/]+")
WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Needle:
    """What is looked for: words that must all be there, each by its beginning; or digits of a number.

    Attributes
    ----------
    words : tuple of str
        Folded; empty for a number, or for a script without our letters.
    digits : re.Pattern or None
    plain : str
        Of a script without our letters: looked for as it stands.
    """

    words: tuple[str, ...] = ()
    digits: re.Pattern[str] | None = None
    plain: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A row whose words hold what was looked for.

    Attributes
    ----------
    leads : str
        The value of the field that leads to its page; empty where it has none.
    fields : tuple of str
        Those that hold it, the first of which is shown.
    before, said, after : str
        What was found, and what stands around it.
    """

    key: str
    leads: str
    fields: tuple[str, ...]
    before: str
    said: str
    after: str


@dataclass(frozen=True, slots=True)
class FoundIn:
    """Rows of a kind."""

    model: str
    name: Words
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Search:
    """What was found, and whether there was more than is told."""

    found: tuple[FoundIn, ...]
    is_cut: bool

    @property
    def counts(self) -> dict[str, int]:
        """Count the rows by kind."""
        return {one.model: len(one.lines) for one in self.found}


@dataclass(slots=True)
class _Hits:
    """The lines met so far, and the things of which a line was met."""

    needles: Sequence[Needle]
    things: set[tuple[str, str]] = field(default_factory=set)
    count: int = 0


def needles(words: str) -> tuple[Needle, ...]:
    """Read what to look for: a name, a code, an address or part of a number a line.

    Raises
    ------
    BadInput
        ``search_too_short``; ``search_without_words`` where there is none.
    """
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    if not lines:
        raise BadInput("search_without_words")
    return tuple(map(_needle, dict.fromkeys(lines)))


def _needle(line: str) -> Needle:
    digits = [one for one in line if one.isdecimal()]
    if NUMBER.fullmatch(line):
        if len(digits) < FEWEST_DIGITS:
            raise BadInput("search_too_short", value=line, letters=FEWEST_LETTERS, digits=FEWEST_DIGITS)  # fmt: skip
        return Needle(digits=re.compile(BETWEEN_DIGITS.join(digits)))
    tokens = all_tokens(line)
    if sum(map(len, tokens)) >= FEWEST_LETTERS:
        return Needle(words=tokens)
    other = _other_script(line)
    if tokens or len(other) < FEWEST_LETTERS - 1:
        raise BadInput("search_too_short", value=line, letters=FEWEST_LETTERS, digits=FEWEST_DIGITS)
    return Needle(plain=other)


def _other_script(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def free_texts(workspace_id: int, words: str, *, leads: Mapping[str, str], but: str = "") -> Search:
    """Look for somebody in all that people wrote in a workspace, room by room.

    The history is read too, for what is there no more: a line that tells of a row found by itself is left out.

    Parameters
    ----------
    words : str
        As `needles` reads them.
    leads : mapping of kind of row -> field
        Whose value leads to the row's page.
    but : str
        The key of the request for which it is done: what it says itself is left out.
    """
    hits = _Hits(needles(words))
    hits.things.add((REQUESTS, but))
    kinds = [held for held in declared().models.values() if held.workspace and held.model != SEARCHES]  # fmt: skip
    kinds.sort(key=lambda held: held.model == HISTORY)
    found = []
    for held in kinds:
        lines = tuple(_lines(held, workspace_id, hits, leads.get(held.model, "pk")))
        if lines:
            found.append(FoundIn(held.model, held.name, lines))
    return Search(tuple(found), hits.count >= MOST_LINES)


def searched_fields(held: Held) -> tuple[str, ...]:
    """Name the fields of a kind of rows in which people write: neither codes of ours, nor secrets, nor prints."""
    secret = {name for name, datum in held.personal.items() if datum.sensitivity == "secret"}
    signed = {f"{path}_name" for path in held.acts}
    apart = secret | signed | {*held.prints}
    return tuple(
        one.name
        for one in apps.get_model(held.model)._meta.concrete_fields
        if isinstance(one, models.CharField | models.TextField | models.JSONField)
        and not one.choices
        and one.name not in apart
        and not code_words(held.model, one.name)
        and (one.name in held.codes or not OF_THE_MACHINE.search(one.name))
    )


def _lines(held: Held, workspace_id: int, hits: _Hits, leads: str) -> Iterator[Line]:
    fields = searched_fields(held)
    of_history = ("what", "key") if held.model == HISTORY else ()
    if not fields:
        return
    rows = rows_in(held, workspace_id).order_by("pk")
    for pk, led, *values in rows.values_list("pk", leads, *of_history, *fields).iterator():
        thing = tuple(map(str, values[: len(of_history)])) or (held.model, str(pk))
        if hits.count >= MOST_LINES:
            return
        if thing in hits.things or thing[0] == SEARCHES:
            continue
        line = _line(dict(zip(fields, values[len(of_history) :], strict=True)), hits.needles)
        if line is not None:
            hits.count += 1
            hits.things.add(thing)  # type: ignore[arg-type]
            yield Line(str(pk), "" if led is None else str(led), *line)


def _line(
    values: Mapping[str, Any], wanted: Sequence[Needle]
) -> tuple[tuple[str, ...], str, str, str] | None:
    """Give the fields that hold what is looked for, and where the first holds it; None where none does."""
    held: list[str] = []
    shown = ("", "", "")
    for name, value in values.items():
        for text in texts_in(value):
            place = next((at for one in wanted if (at := place_of(text, one))), None)
            if place is not None:
                shown = shown if held else _around(text, *place)
                held.append(name)
                break
    return (tuple(held), *shown) if held else None


def texts_in(value: Any) -> Iterator[str]:
    """Give the texts that a field's value holds, however deep; those that are sealed, open."""
    if isinstance(value, str):
        if value[:1] in "{[" and (told := _told(value)) is not None:
            yield from texts_in(told)
        elif value:
            yield value
    elif isinstance(value, Mapping):
        sealed = value.get("sealed")
        for one in (unseal(str(sealed)),) if sealed else value.values():
            yield from texts_in(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from texts_in(one)


def _told(text: str) -> Any:
    try:
        told = json.loads(text)
    except ValueError:
        return None
    return told if isinstance(told, dict | list) else None


def place_of(text: str, needle: Needle) -> tuple[int, int] | None:
    """Say where a text holds what is looked for: its first letter and the one after its last."""
    if needle.digits is not None:
        found = needle.digits.search(text)
        return found.span() if found else None
    if needle.plain:
        at = text.casefold().find(needle.plain)
        return (max(at, 0), max(at, 0) + len(needle.plain)) if needle.plain in _other_script(text) else None  # fmt: skip
    folded = plain(text)
    if not all(word in folded for word in needle.words):
        return None
    tokens = all_tokens(text)
    if not all(any(one.startswith(word) for one in tokens) for word in needle.words):
        return None
    return _first(text, needle.words)


def _first(text: str, words: Sequence[str]) -> tuple[int, int]:
    """Find where a text holds the first of some words: where several follow one another, there."""
    places = [
        (one.start(), one.end())
        for one in WORD.finditer(text)
        if any(part.startswith(word) for part in all_tokens(one[0]) for word in words)
    ]
    for one, other in pairwise(places if len(words) > 1 else ()):
        if other[0] - one[1] <= NEXT_TO:
            return one[0], other[1]
    return places[0] if places else (0, 0)


def _around(text: str, start: int, end: int) -> tuple[str, str, str]:
    """Cut a text around a place, at spaces where there are."""
    before, after = text[max(start - AROUND, 0) : start], text[end : end + AROUND]
    if start > AROUND:
        before = f"…{before.partition(' ')[2] or before}"
    if end + AROUND < len(text):
        after = f"{after.rpartition(' ')[0] or after}…"
    return before, text[start:end], after


def kinds_searched() -> AbstractSet[str]:
    """Name the kinds of rows in which people write."""
    return {
        held.model
        for held in declared().models.values()
        if held.workspace and held.model != SEARCHES and searched_fields(held)
    }
