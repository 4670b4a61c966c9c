"""What people write, fit to be kept: no control character, a bounded length, single spaces in titles."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import datetime

from courtepointe.core.errors import BadInput
from courtepointe.engagement.kinds import words_of

TITLE, NAME, TEXT = 200, 120, 20_000
REFUSED = frozenset({"Cc", "Cs", "Co", "Cn", "Zl", "Zp"})
KEPT = frozenset("\u200c\u200d")
"""Joiners that some scripts need; the other format characters can turn a line around."""


def line(text: str, *, longest: int = TITLE, needed: bool = False) -> str:
    """Give one line of text.

    Raises
    ------
    BadInput
        ``gathering_line_needed``, ``gathering_text_too_long``.
    """
    plain = " ".join(_visible(text.replace("\n", " ").replace("\t", " ")).split())
    if needed and not plain:
        raise BadInput("gathering_line_needed", expected=longest)
    if len(plain) > longest:
        raise BadInput("gathering_text_too_long", value=len(plain), expected=longest)
    return plain


def text(told: str, *, longest: int = TEXT, needed: bool = False) -> str:
    """Give a text of several lines; raise as `line`."""
    lines = (_visible(one).rstrip() for one in told.replace("\r\n", "\n").split("\n"))
    plain = "\n".join(lines).strip()
    if needed and not plain:
        raise BadInput("gathering_line_needed", expected=longest)
    if len(plain) > longest:
        raise BadInput("gathering_text_too_long", value=len(plain), expected=longest)
    return plain


def web_address(told: str, *, longest: int = 400) -> str:
    """Give a web address, or nothing for nothing.

    Raises
    ------
    BadInput
        ``not_a_web_address``: it would not lead to a page, or would run in the page that shows it.
    """
    plain = line(told, longest=longest)
    if plain and not plain.startswith(("https://", "http://")):
        raise BadInput("not_a_web_address", value=plain)
    return plain


def _visible(told: str) -> str:
    if told.isascii() and told.isprintable():
        return told
    plain = unicodedata.normalize("NFC", told)
    return "".join(c for c in plain if c in KEPT or (_kind(c) not in REFUSED and _kind(c) != "Cf"))


def _kind(letter: str) -> str:
    return unicodedata.category(letter)


def hours(starts: datetime, ends: datetime) -> None:
    """Hold that something ends after it starts, within a year; or raise `BadInput` ``gathering_hours``."""
    if starts.tzinfo is None or ends.tzinfo is None or not starts < ends:
        raise BadInput("gathering_hours")
    if (ends - starts).days > 366 or not 2007 <= starts.year <= 2100:
        raise BadInput("gathering_hours")


def at_least(value: int, least: int, *, most: int = 100_000) -> int:
    """Give a whole number within bounds, or raise `BadInput` ``gathering_number``."""
    if not least <= value <= most:
        raise BadInput("gathering_number", value=value, expected=f"{least}–{most}")
    return value


def codes(name: str, given: Iterable[str]) -> tuple[str, ...]:
    """Give codes of a list, each once, in alphabetical order, or raise `BadInput` ``gathering_unknown_kind``."""
    held = tuple(sorted(set(given)))
    for code in held:
        if code not in words_of(name):
            raise BadInput("gathering_unknown_kind", value=code, expected=", ".join(words_of(name)))
    return held
