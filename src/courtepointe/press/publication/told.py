"""What every form says in the same words: who the area is, pairs, comparisons, lists of places."""

from __future__ import annotations

from datetime import UTC, date, datetime

from courtepointe.press.document.values import AgainstText, PlaceGroup
from courtepointe.press.numbers import date_text, plural
from courtepointe.press.publication.values import Publication
from courtepointe.press.words import say

NO_CLOCK = datetime(2000, 1, 1, tzinfo=UTC)
"""Written as the day of creation where the publication has none: the same bytes each time."""


def pair(name: str, value: str, *, lang: str) -> str:
    """Say a name and what it is: « Type : Quartier », "Type: Quarter"."""
    return say("compare.plain", lang=lang, name=name, value=value)


def identity(made: Publication) -> list[str]:
    """Say what the area is, and the day of the edition where there is one."""
    told = [pair(term.term, term.text, lang=made.lang) for term in made.identity]
    if made.dated:
        told.append(say("print.dated", lang=made.lang, date=date_text(made.dated, lang=made.lang)))
    return told


def beside(one: AgainstText, *, lang: str) -> str:
    """Say a comparator's value, and whether the two can be told apart."""
    return pair(one.name, value_beside(one), lang=lang)


def value_beside(one: AgainstText) -> str:
    """Say a comparator's value without its name."""
    return f"{one.value} ({one.verdict_text})" if one.verdict_text else one.value


def places_of(group: PlaceGroup, *, most: int, lang: str) -> tuple[str, tuple[str, ...]]:
    """Say a category with how many places it has, and name them: at most some, then how many more."""
    names, left = group.told(most=most)
    if left:
        names = (*names, plural("print.places_more", left, lang=lang))
    return pair(f"{group.heading} ({len(group.names)})", "", lang=lang), names


def stamp(made: Publication) -> datetime:
    """Give what a file says of when it was made: the day of the edition, or no clock."""
    if not made.dated:
        return NO_CLOCK
    day = date.fromisoformat(made.dated)
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
