"""Clues in a text that may tell who somebody is."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from phonenumbers import PhoneNumberMatcher

from courtepointe.places.collecting.values import Clue

REGION = "CA"


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    told = tomllib.loads(Path(__file__).with_name("clues.toml").read_text("utf-8"))
    return {kind: re.compile(one["pattern"]) for kind, one in told.items()}


def clues_in(question: str, text: str) -> Iterator[Clue]:
    """Give what a reviewer should look at: addresses of mail, telephones, flats, titles with names.

    Parameters
    ----------
    question : str
        Where the text stands.
    text : str

    Notes
    -----
    A name without a title is not seen: this helps a reviewer, and replaces none.
    """
    for kind, pattern in _patterns().items():
        for found in pattern.finditer(text):
            yield Clue(question, kind, found[0])
    for match in PhoneNumberMatcher(text, REGION):
        yield Clue(question, "telephone", match.raw_string)
