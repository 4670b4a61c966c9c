"""What the pages of surveys share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.timezone import localdate

from courtepointe.doors.site.resilience.frame import HERE
from courtepointe.doors.site.space.frame import Space, keys
from courtepointe.portraits.resilience.queries import dimension_names, portrait
from courtepointe.portraits.resilience.values import PortraitSeen
from courtepointe.portraits.surveys.asked import CLOSED, Asked, lacking
from courtepointe.portraits.surveys.bank import ABOUT, offered, own_name, words_of
from courtepointe.portraits.surveys.queries import survey
from courtepointe.portraits.surveys.values import (
    HEAD,
    MOST_QUESTIONS,
    OPTIONAL_HEAD,
    State,
    SurveySeen,
)

PAGES = "../surveys/"
__all__ = [
    "HERE", "PAGES", "Line", "head_of", "in_language", "keys", "lines_of", "opened", "values_of", "when_choices",
    "when_text",
]  # fmt: skip


def opened(space: Space, number: int) -> tuple[SurveySeen, PortraitSeen]:
    """Give a survey of the workspace and its portrait, or raise `NotFound`."""
    seen = survey(space.seen, number)
    return seen, portrait(space.seen, seen.portrait)


def in_language(texts: Any, lang: str) -> str:
    """Give a text in a language, else in any that it has."""
    return str(texts.get(lang) or next((one for one in texts.values() if one), ""))


def head_of(seen: SurveySeen, lang: str) -> dict[str, str]:
    """Give the texts around the questions in a language; while it is a draft, another's where one is missing."""
    held = {
        name: {code: seen.heads[code].get(name, "") for code in (lang, *seen.languages)}
        for name in HEAD
    }
    told = {
        name: in_language(texts, lang) for name, texts in held.items() if name not in OPTIONAL_HEAD
    }
    title = {"title": told["title"] or seen.name}
    return {**told, **title, **{name: held[name][lang] for name in OPTIONAL_HEAD}}


@dataclass(frozen=True, slots=True)
class Line:
    """A question as the designer shows it."""

    number: int
    text: str
    dimension: str
    kind: str
    options: tuple[str, ...]
    when: str
    is_own: bool
    lacks: int


def lines_of(space: Space, seen: SurveySeen) -> list[Line]:
    """Tell the questions of a survey in the page's language."""
    names = {code: words.in_(space.lang) for code, words in dimension_names(space.seen.id).items()}
    kinds = {code: words.in_(space.lang) for code, words in words_of("kinds").items()}
    return [
        Line(
            one.number,
            in_language(one.texts, space.lang),
            "" if one.dimension == ABOUT else names.get(one.dimension, one.dimension),
            kinds[one.kind],
            tuple(in_language(each.texts, space.lang) for each in one.options),
            when_text(seen, one, space.lang),
            one.code not in offered(),
            sum(lacking(one, lang) for lang in seen.languages),
        )
        for one in seen.questions
    ]


def when_text(seen: SurveySeen, asked: Asked, lang: str) -> str:
    """Say of whom a question is asked: ``3 → Yes``; nothing where of everybody."""
    if asked.when is None:
        return ""
    for n, one in enumerate(seen.questions, 1):
        if one.code == asked.when[0]:
            texts = next(each.texts for each in one.options if each.code == asked.when[1])
            return f"{n} → {in_language(texts, lang)}"
    return ""


def when_choices(seen: SurveySeen, lang: str, *, before: int = 0) -> list[tuple[str, str]]:
    """Offer the answers on which a question may depend: of those that stand before it."""
    made = []
    for n, one in enumerate(seen.questions, 1):
        if one.number == before:
            break
        if one.kind in CLOSED and not one.about:
            made += [
                (f"{one.code}={each.code}", f"{n} → {in_language(each.texts, lang)}")
                for each in one.options
            ]
    return made


def values_of(space: Space, seen: SurveySeen, held: PortraitSeen) -> dict[str, Any]:
    """Give what every page of a survey is drawn with."""
    return {
        "survey": seen,
        "portrait": held,
        "state": str(seen.state),
        "is_draft": seen.state is State.DRAFT,
        "found": words_of("found")[seen.found].in_(space.lang),
        "languages": [(code, own_name(code, lang=space.lang), seen.lacking[code]) for code in seen.languages],
        "most": MOST_QUESTIONS,
        "today": localdate(space.now),
    }  # fmt: skip
