"""The bank of questions, the answers they share, the ways people are found: data, each in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from courtepointe.atlas.recipe.values import Words
from courtepointe.formats.letters import folded
from courtepointe.people.bringing.reading.lists import languages
from courtepointe.people.lists import Lists, in_both
from courtepointe.portraits.surveys.asked import Asked, Option, Texts

FOLDER = Path(__file__).with_name("data")
OWN_LANGUAGES = ("fr", "en")
"""Those in which the bank is written, and the pages."""
FROM_RIGHT = frozenset({"ar", "fa", "ur", "he", "ps", "yi", "ckb", "dv"})
ABOUT = "YOU"
_lists = Lists(FOLDER, "survey_unknown_kind")
data, words_of, known = _lists.data, _lists.words_of, _lists.known


def texts_of(words: Words) -> Texts:
    """Give words as texts by language."""
    return {"fr": words.fr, "en": words.en}


def options_of(
    name: str, *, yes: Iterable[str] = (), groups: Mapping[str, Iterable[str]] | None = None
) -> tuple[Option, ...]:
    """Give a list of answers."""
    held, counted = groups or {}, frozenset(yes)
    return tuple(
        Option(code, texts_of(in_both(entry)), code in counted, tuple(held.get(code, ())))
        for code, entry in data("answers")[name].items()
    )


@cache
def bank() -> Mapping[str, Asked]:
    """Give the questions of the bank by code, in the order in which they are offered."""
    return {
        code: Asked(
            code=code,
            dimension=code.partition(".")[0],
            part=entry["part"],
            kind=entry["kind"],
            texts=texts_of(in_both(entry)),
            options=options_of(entry["list"], yes=entry["yes"]),
        )
        for code, entry in data("questions").items()
    }


@cache
def about_you() -> Mapping[str, Asked]:
    """Give the questions about who answers, by code."""
    return {
        code: Asked(
            code=code,
            dimension=ABOUT,
            part="",
            kind="one",
            texts=texts_of(in_both(entry)),
            options=options_of(entry["list"], groups=entry["groups"]),
            about=True,
        )
        for code, entry in data("about").items()
    }


@cache
def lacks() -> frozenset[str]:
    """Give the codes of the questions whose share tells of what lacks: they are read after what is there."""
    return frozenset(code for code, entry in data("questions").items() if entry.get("lack"))


def offered() -> Mapping[str, Asked]:
    """Give all that may be picked, by code."""
    return {**bank(), **about_you()}


@cache
def says() -> Mapping[str, Words]:
    """Say what answers can tell, by how people were found."""
    return {code: in_both(entry, "says") for code, entry in data("found").items()}


def consent_version() -> str:
    """Give the version of the consent with which a survey opens today: the last one."""
    return list(data("consent"))[-1]


@cache
def ours(lang: str, version: str = "") -> Mapping[str, str]:
    """Give what the form says around its questions in French or English: consent, buttons, statuses.

    Parameters
    ----------
    lang : str
        Another language than these two gives nothing: a survey has its own texts of it.
    version : str
        Of the consent; empty: that of today.
    """
    if lang not in OWN_LANGUAGES:
        return {}
    consent = data("consent")[version or consent_version()]
    around = {**words_of("form_words"), **words_of("statuses")}
    return {
        "consent": in_both(consent).in_(lang),
        "agree": in_both(consent, "agree").in_(lang),
        **{name: words.in_(lang) for name, words in around.items()},
    }


@cache
def spoken() -> Mapping[str, Words]:
    """Give the languages in which a survey may be asked: the pages' two first, then by their name in French."""
    found = {one.code: Words(one.fr, one.en) for one in languages()}
    order = sorted(
        found, key=lambda code: (code not in OWN_LANGUAGES, code == "en", folded(found[code].fr))
    )
    return {code: found[code] for code in order}


def own_name(code: str, *, lang: str) -> str:
    """Give a language's name in itself; where that is not known, in the page's language."""
    named = data("languages").get(code)
    return str(named) if named else spoken()[code].in_(lang)
