"""What the pages of evidence share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import ngettext

from courtepointe.doors.site.hubs.telling import capital
from courtepointe.doors.site.resilience.frame import HERE as HERE
from courtepointe.doors.site.space.frame import Space
from courtepointe.portraits.evidence.lists import data, words_of
from courtepointe.portraits.evidence.queries import codebook
from courtepointe.portraits.evidence.values import SourceSeen
from courtepointe.portraits.resilience.framework import groups
from courtepointe.press.numbers import number

PAGES = "../evidence/"
LETTERS = "abdehilmopqrtvwyz"
"""Keys of a neighbourhood's own codes: none moves, undoes or tells a direction in either language."""
FEWEST_FOR_LETTERS = 9


@dataclass(frozen=True, slots=True)
class Key:
    """Something that one key says.

    Attributes
    ----------
    what : str
        A code of the codebook, or of a list.
    key : str
        Empty where there are more codes than keys: the button stays.
    sign : str
        Another key that says the same, in both languages.
    """

    what: str
    key: str
    name: str
    about: str = ""
    sign: str = ""


def offered(name: str, *, lang: str) -> list[tuple[str, str]]:
    """Give a list's codes and words as choices, each with a capital."""
    return [(code, capital(words.in_(lang))) for code, words in words_of(name).items()]


def named(name: str, *, lang: str) -> Mapping[str, str]:
    """Give the words of a list by code."""
    return {code: words.in_(lang) for code, words in words_of(name).items()}


def code_keys(space: Space) -> list[Key]:
    """Give each code its key: digits for the shared dimensions, letters for what the neighbourhood added."""
    letters = iter(LETTERS)
    found = []
    for place, one in enumerate(codebook(space.seen), start=1):
        shared = place < FEWEST_FOR_LETTERS
        key = str(place) if shared else next(letters, "")
        name, about = one.name.in_(space.lang), one.definition.in_(space.lang)
        found.append(Key(one.key, key, name, about))
    return found


def direction_keys(lang: str) -> list[Key]:
    """Give each direction its key in a language, and the sign that says it in both."""
    return [
        Key(code, one[f"key_{lang}"], one[lang], one[f"about_{lang}"], one["sign"])
        for code, one in data("directions").items()
    ]


def strength_keys(lang: str) -> list[Key]:
    """Give each strength its key."""
    return [Key(code, code, words.in_(lang)) for code, words in words_of("strengths").items()]


def groups_heard(heard: Mapping[str, int], *, lang: str) -> list[tuple[str, str]]:
    """Name the groups that were heard, each with in how many sources."""
    return [
        (groups()[code].name.in_(lang), sources_text(n, lang=lang)) for code, n in heard.items()
    ]


def sources_text(n: int, *, lang: str) -> str:
    """Say in how many sources somebody speaks."""
    return ngettext("in %(n)s source", "in %(n)s sources", n) % {"n": number(float(n), lang=lang)}


def groups_in(source: SourceSeen, *, space: Space) -> list[tuple[str, str]]:
    """Name the groups that speak in a source; how many people, to who may write: they counted them."""
    whole = space.may("write")
    return [
        (
            groups()[code].name.in_(space.lang),
            number(float(count), lang=space.lang) if whole else "",
        )
        for code, count in source.voices.items()
    ]
