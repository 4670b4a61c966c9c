"""Put a place's name into a sentence: with its article, its contractions and its elisions."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from courtepointe.press.words import say

JOINERS = frozenset("\u200c\u200d")
VOWELS = frozenset("aeiou")
CONTRACTED = {"le": ("du ", "au "), "les": ("des ", "aux ")}
WITH_THE = re.compile(r"(City|Town|Village|Region|Borough|Municipality|Province) of\b")
WRITTEN_ARTICLE = re.compile(r"^(le|la|les)\s+|^(l)’", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """A name in the forms that a sentence asks for.

    Attributes
    ----------
    plain : str
        As on a map: « Le Plateau-Mont-Royal ».
    subject : str
        In a sentence, as the subject of a sentence: « Le Plateau-Mont-Royal », « la Petite-Patrie ».
    de, a, dans : str
        « du Plateau-Mont-Royal », « au Plateau-Mont-Royal », « dans Le Plateau-Mont-Royal ».
        In English ``de`` and ``a`` are the name alone: the template holds the preposition.
    """

    plain: str
    subject: str
    de: str
    a: str
    dans: str

    def form(self, name: str) -> str:
        """Give a form by its name."""
        forms = {"plain": self.plain, "subject": self.subject}
        return (forms | {"de": self.de, "a": self.a, "dans": self.dans})[name]


@lru_cache(maxsize=2048)
def place(name: str, *, lang: str) -> Place:
    """Give the forms of an official name, by rule and by the exceptions kept as data."""
    name = tidy(name)
    if not name:
        return unnamed_place(lang=lang)
    return _french(name) if lang == "fr" else _english(name)


def custom_place(name: str, *, lang: str) -> Place:
    """Give the forms of a name that a person typed: quoted, so that no grammar is guessed."""
    name = tidy(name)
    if not name:
        return unnamed_place(lang=lang)
    forms = (say(f"place.custom_{f}", lang=lang, name=name) for f in ("subject", "de", "a", "dans"))
    return Place(name, *forms)


def unnamed_place(*, lang: str) -> Place:
    """Give the forms of an area that nobody has named."""
    forms = (say(f"place.unnamed_{f}", lang=lang) for f in ("subject", "de", "a", "dans"))
    return Place(say("identity.unnamed", lang=lang), *forms)


def file_stem(name: str) -> str:
    """Write a name for a file of any system: letters without accents, digits, hyphens, points."""
    plain = _fold(name)
    return re.sub(r"[^a-z0-9.]+", "-", plain).strip("-.")[:80] or "portrait"


def tidy(name: str) -> str:
    """Set a name's apostrophes and spaces, and drop the letters that nobody can see."""
    seen = (" " if c.isspace() else c for c in name if c.isspace() or not is_hidden(c))
    return " ".join(unicodedata.normalize("NFC", "".join(seen)).replace("'", "’").split())


def is_hidden(letter: str) -> bool:
    """Say whether a letter is a control, or turns a line around; joiners of some scripts stay."""
    return unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co", "Cn") and letter not in JOINERS


def elides(name: str) -> bool:
    """Say whether « de » loses its vowel before a name: d’Hochelaga, de Hampstead, d’Yvelines."""
    plain = _fold(name)
    if plain.startswith(_folded("no_elision")):
        return False
    if plain.startswith("h"):
        return plain.startswith(_folded("mute_h"))
    if plain.startswith("y"):
        return len(plain) > 1 and plain[1] not in VOWELS and plain[1].isalpha()
    return plain[:1] in VOWELS


def _english(name: str) -> Place:
    """English names stand alone, but for "the City of Montréal"."""
    said = f"the {name}" if WITH_THE.match(name) else name
    return Place(name, said, said, said, f"in {said}")


def _french(name: str) -> Place:
    fixed = _data()["locative"].get(name.lower())
    if fixed is not None:
        subject = tidy(fixed[0])
        return Place(name, subject, _de(subject), _a(subject), tidy(fixed[1]))
    if WRITTEN_ARTICLE.match(name):
        return Place(name, name, _de(name), _a(name), f"dans {name}")
    article = _article(name)
    if article is None:
        de = f"d’{name}" if elides(name) else f"de {name}"
        return Place(name, name, de, f"à {name}", f"dans {name}")
    subject = _with(article, name)
    return Place(name, subject, _de(subject), _a(subject), f"dans {subject}")


def _with(article: str, name: str) -> str:
    return f"l’{name}" if article in ("le", "la") and elides(name) else f"{article} {name}"


def _de(subject: str) -> str:
    return _contract(subject, place_of=0) or (
        f"d’{subject}"
        if not WRITTEN_ARTICLE.match(subject) and elides(subject)
        else f"de {subject}"
    )


def _a(subject: str) -> str:
    return _contract(subject, place_of=1) or f"à {subject}"


def _contract(subject: str, *, place_of: int) -> str | None:
    found = WRITTEN_ARTICLE.match(subject)
    article = found.group(1).lower() if found and found.group(1) else ""
    if found is None or article not in CONTRACTED:
        return None
    return CONTRACTED[article][place_of] + subject[found.end() :]


def _article(name: str) -> str | None:
    plain = name.lower()
    held = _data()
    if plain in held["bare"]["names"] or plain.startswith(tuple(held["bare"]["starts"])):
        return None
    found = _first_words().match(plain)
    return str(held["article"][found.group(1)]) if found else None


@cache
def _data() -> Mapping[str, Any]:
    text = Path(__file__).with_name("fr.toml").read_text(encoding="utf-8")
    return tomllib.loads(text.replace("'", "’"))


@cache
def _first_words() -> re.Pattern[str]:
    """Match the longest known word that begins a name whole."""
    known = sorted(_data()["article"], key=len, reverse=True)
    return re.compile(rf"({'|'.join(map(re.escape, known))})(?![\w])")


@cache
def _folded(table: str) -> tuple[str, ...]:
    return tuple(_fold(start) for start in _data()[table]["starts"])


def _fold(name: str) -> str:
    """Drop accents and ligatures: œ counts as the vowel it begins with."""
    plain = name.lower().replace("œ", "oe").replace("æ", "ae")
    split = unicodedata.normalize("NFD", plain)
    return "".join(c for c in split if not unicodedata.combining(c))
