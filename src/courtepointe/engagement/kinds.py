"""Kinds, roles, skills, levels, trainings and texts of consent, as data: one file each in ``data``."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path

from courtepointe.atlas.recipe.values import Words
from courtepointe.people.bringing.reading.lists import languages
from courtepointe.people.lists import Lists, held, in_both

FOLDER = Path(__file__).with_name("data")
LISTS = (
    "activities", "attendance", "committees", "costs", "levels", "meetings", "needs",
    "pivot_roles", "recognitions", "seat_roles", "skills", "slots",
)  # fmt: skip
_lists = Lists(FOLDER, "gathering_unknown_kind")
_data = _lists.data


@dataclass(frozen=True, slots=True)
class Need:
    """What people need in order to take part, and what of it is counted."""

    code: str
    name: Words
    counts: str
    per_language: bool


@dataclass(frozen=True, slots=True)
class CatalogueCourse:
    """A training of the catalogue; ``months`` is 0 where its attestation does not expire."""

    code: str
    title: Words
    level: str
    hours: Decimal
    months: int
    skills: tuple[str, ...]
    learnt_fr: tuple[str, ...]
    learnt_en: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Consent:
    """A text of consent: what was shown under its version never changes."""

    version: str
    purpose: str
    since: date
    months: int
    text: Words


@cache
def words_of(name: str) -> Mapping[str, Words]:
    """Give a list's codes with their words, in the order in which they are offered.

    Languages are those that a brought table is read with, by their name in French.
    """
    if name == "languages":
        return spoken()
    return _lists.words_of(name)


@cache
def spoken() -> Mapping[str, Words]:
    """Give the languages in words, by their name in French."""
    told = sorted(languages(), key=lambda one: folded(one.fr))
    return {one.code: Words(one.fr, one.en) for one in told}


@cache
def quorum_of_kind() -> Mapping[str, int]:
    """Give the custom of quorum of kinds of committees, in percent of the voting seats."""
    return {
        code: int(entry["quorum_percent"])
        for code, entry in _data("committees").items()
        if "quorum_percent" in entry
    }


@cache
def about_committees() -> Mapping[str, Words]:
    """Say what each kind of committee does."""
    return {c: in_both(e, "about") for c, e in _data("committees").items()}


@cache
def needs() -> Mapping[str, Need]:
    """Give the needs, in the order in which they are asked."""
    return {
        code: Need(code, in_both(e), e["counts"], bool(e.get("per_language", False)))
        for code, e in _data("needs").items()
    }


@cache
def catalogue() -> Mapping[str, CatalogueCourse]:
    """Give the catalogue of trainings, by code."""
    return {
        code: CatalogueCourse(
            code=code,
            title=in_both(e),
            level=e["level"],
            hours=Decimal(str(e["hours"])),
            months=int(e["months"]),
            skills=tuple(e["skills"]),
            learnt_fr=tuple(e["learnt_fr"]),
            learnt_en=tuple(e["learnt_en"]),
        )
        for code, e in _data("courses").items()
    }


@cache
def consents() -> Mapping[str, Consent]:
    """Give every text of consent that was ever shown, by version."""
    return {
        version: Consent(
            version=version,
            purpose=e["for"],
            since=e["since"],
            months=int(e["months"]),
            text=Words(e["fr"].format(months=e["months"]), e["en"].format(months=e["months"])),
        )
        for version, e in _data("consents").items()
    }


def consent_in_force(purpose: str) -> Consent:
    """Give the text that is shown today: the last of its purpose."""
    return [one for one in consents().values() if one.purpose == purpose][-1]


def known(name: str, code: str) -> str:
    """Give a code that its list has, or raise `BadInput` ``gathering_unknown_kind``."""
    return held(code, words_of(name), unknown=_lists.unknown)


@lru_cache(maxsize=4_096)
def folded(text: str) -> str:
    """Give a text as it is compared: without case, accents, outer spaces."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("’", "'"))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


@cache
def _codes(name: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for code, words in words_of(name).items():
        for text in (code, code.replace("_", " "), words.fr, words.en):
            found[folded(text)] = code
    return found


@lru_cache(maxsize=4_096)
def code_named(name: str, text: str) -> str | None:
    """Find a code by itself or by its words in either language; None where there is none."""
    return _codes(name).get(folded(text))


@cache
def sheet_slots() -> Mapping[str, tuple[str, ...]]:
    """Say what the availability of a brought sheet means in our slots."""
    return {code: tuple(slots) for code, slots in _data("sheet_slots").items()}
