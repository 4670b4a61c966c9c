"""How a name is folded so that two ways of writing it meet: accents, abbreviations, sounds."""

from __future__ import annotations

import re
import unicodedata

SMALL_WORDS = frozenset(
    [
        "a",
        "au",
        "aux",
        "d",
        "de",
        "des",
        "du",
        "et",
        "l",
        "la",
        "le",
        "les",
        "of",
        "the",
        "arrondissement",
        "borough",
        "quartier",
        "secteur",
    ]
)
"""Words that people leave out, or add."""

WRITTEN_FOR: dict[str, tuple[str, ...]] = {
    "st": ("saint",),
    "ste": ("sainte",),
    "sts": ("saints",),
    "pte": ("pointe", "petite"),
    "ptes": ("pointes",),
    "pt": ("petit", "pointe"),
    "pk": ("parc",),
    "park": ("parc",),
    "mtl": ("montreal",),
    "mt": ("mont",),
    "mount": ("mont",),
    "nd": ("notre",),
    "cte": ("cote",),
    "riv": ("riviere",),
    "vx": ("vieux",),
    "old": ("vieux", "vieille"),
    "east": ("est",),
    "west": ("ouest",),
    "north": ("nord",),
    "south": ("sud",),
    "island": ("ile",),
    "isle": ("ile",),
}
"""Abbreviations and English words, and what they may stand for in a name."""

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "Œ": "oe", "Æ": "ae", "ß": "ss"})
_INITIALS = re.compile(r"\b(?:[a-z]\.\s?){2,}[a-z]?\b\.?")
_BETWEEN = re.compile(r"[^a-z0-9]+")
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"e?au", "o"),
        (r"ph", "f"),
        (r"[cs]h", "x"),
        (r"qu|ck", "k"),
        (r"c(?=[eiy])", "s"),
        (r"c", "k"),
        (r"gu(?=[ei])", "g"),
        (r"[yj](?=$|[^aeiou])", "i"),
        (r"ll", "l"),
        (r"[ae]i", "e"),
        (r"h", ""),
        (r"z", "s"),
        (r"(.)\1+", r"\1"),
    )
)


def plain(text: str) -> str:
    """Fold case, accents, ligatures and dotted initials: ``"N.D.G."`` becomes ``"ndg"``."""
    apart = unicodedata.normalize("NFKD", text.translate(_LIGATURES).casefold())
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return _INITIALS.sub(lambda found: re.sub(r"[.\s]", "", found.group()) + " ", bare)


def all_tokens(text: str) -> tuple[str, ...]:
    """Cut a text into folded words: ``"Cœur-de-l’Île"`` becomes ``coeur de l ile``."""
    return tuple(token for token in _BETWEEN.split(plain(text)) if token)


def tokens(text: str) -> tuple[str, ...]:
    """Cut a text into folded words without the small ones, unless it has no other."""
    every = all_tokens(text)
    return tuple(token for token in every if token not in SMALL_WORDS) or every


def readings(token: str) -> tuple[str, ...]:
    """Give what a typed word may stand for, itself first: ``"pte"``: pointe, petite."""
    return (token, *WRITTEN_FOR.get(token, ()))


def sound(token: str) -> str:
    """Fold a word to how it is said, roughly and in French: ``"hochelaga"``: ``oxelaga``."""
    for pattern, heard in _SOUNDS:
        token = pattern.sub(heard, token)
    return token


def initials_pattern(name_tokens: tuple[str, ...]) -> re.Pattern[str]:
    """Make the pattern of a name's initials, small words optional: ``ndg`` and ``nddg``."""
    letters = (t[0] + ("?" if t in SMALL_WORDS else "") for t in name_tokens)
    return re.compile("".join(letters))


def first_pairs(name_tokens: tuple[str, ...]) -> str:
    """Give the first two letters of each long word: ``homa`` for Hochelaga-Maisonneuve."""
    return "".join(token[:2] for token in name_tokens if token not in SMALL_WORDS)
