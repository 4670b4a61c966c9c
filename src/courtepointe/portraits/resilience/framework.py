"""The framework as data: eight dimensions, their parts, what is asked of each; what a neighbourhood adds stands beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from courtepointe.atlas.recipe.values import Words
from courtepointe.people.lists import Lists, in_both

FOLDER = Path(__file__).with_name("data")
VERSION = "2026.1"
"""Version of the framework: kept with each portrait, so that editions know what they were read by."""

_lists = Lists(FOLDER, "resilience_unknown_kind")
data, words_of, known = _lists.data, _lists.words_of, _lists.known


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a dimension (a sub-dimension)."""

    code: str
    name: Words


@dataclass(frozen=True, slots=True)
class Dimension:
    """A dimension of community resilience.

    Attributes
    ----------
    patel : tuple of str
        Core elements of Patel et al. (2017) that it stands for; empty for one that a neighbourhood added.
    own : bool
        Whether a neighbourhood added it: comparison with others leaves it out.
    """

    code: str
    name: Words
    about: Words
    patel: tuple[str, ...]
    parts: tuple[Part, ...]
    own: bool = False


@cache
def dimensions() -> Mapping[str, Dimension]:
    """Give the eight dimensions by code, in the order in which they are read."""
    return {
        code: Dimension(
            code=code,
            name=in_both(entry),
            about=in_both(entry, "about"),
            patel=tuple(entry["patel"]),
            parts=tuple(Part(one["code"], in_both(one)) for one in entry["part"]),
        )
        for code, entry in data("dimensions").items()
    }


@cache
def part_names() -> Mapping[str, Words]:
    """Give the names of all parts of the framework, by code."""
    return {part.code: part.name for one in dimensions().values() for part in one.parts}


@dataclass(frozen=True, slots=True)
class Group:
    """A group of the ADS+ lens.

    Attributes
    ----------
    axis : str
        Two groups of one axis are not crossed.
    atlas : str
        Code of the indicator of the atlas that counts it; empty where nobody counts it.
    least : int
        Smallest count of persons that is told.
    within : str
        Code of the group that holds it whole; empty where none does.
    """

    code: str
    name: Words
    about: Words
    axis: str
    atlas: str
    least: int
    within: str


@cache
def groups() -> Mapping[str, Group]:
    """Give the groups of the lens by code, in the order in which they are offered."""
    return {
        code: Group(
            code=code,
            name=in_both(entry),
            about=in_both(entry, "about"),
            axis=entry["axis"],
            atlas=entry["atlas"],
            least=int(entry["least"]),
            within=entry.get("within", ""),
        )
        for code, entry in data("groups").items()
    }
