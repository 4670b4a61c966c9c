"""Signs in a text that it may tell who somebody is."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from phonenumbers import PhoneNumberMatcher

from courtepointe.places.collecting.values import Caution

REGION = "CA"


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    told = tomllib.loads(Path(__file__).with_name("cautions.toml").read_text("utf-8"))
    return {sign: re.compile(one["pattern"]) for sign, one in told.items()}


def cautions_in(question: str, text: str) -> Iterator[Caution]:
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
    for sign, pattern in _patterns().items():
        for found in pattern.finditer(text):
            yield Caution(question, sign, found[0])
    for match in PhoneNumberMatcher(text, REGION):
        yield Caution(question, "telephone", match.raw_string)
