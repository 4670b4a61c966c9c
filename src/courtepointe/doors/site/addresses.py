"""Addresses of areas: the code decides, the name is there for people."""

from __future__ import annotations

from django.urls import reverse
from django.utils.text import slugify

from courtepointe.atlas.query.values import AreaKey
from courtepointe.atlas.recipe.values import Words

SPELT = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "’": "-", "'": "-", "–": "-"})


def slug(name: str) -> str:
    """Write a name for an address: cœur-de-l-ile; empty where no Latin letter is left."""
    return slugify(name.translate(SPELT))


def place_word(code: str, name: str) -> str:
    """Write the last part of an area's address: its code, then its name where it has one."""
    told = slug(name)
    return code if not told or told == slug(code) else f"{code}-{told}"


def area_address(key: AreaKey, name: Words, *, lang: str) -> str:
    """Give the address of an official area in a language's current addresses."""
    return reverse(
        "area",
        kwargs={
            "area_type": key.area_type,
            "vintage": key.vintage,
            "place": place_word(key.code, name.in_(lang)),
        },
    )


def code_in(place: str, codes: tuple[str, ...]) -> str:
    """Find which code an address begins with: the longest that stands before a hyphen or the end."""
    if place in codes:
        return place
    known = set(codes)
    for end in range(len(place) - 1, 0, -1):
        if place[end] == "-" and place[:end] in known:
            return place[:end]
    return place.partition("-")[0]
