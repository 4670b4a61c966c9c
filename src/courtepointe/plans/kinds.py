"""Lists of plans as data: bands, horizons, states, sections, gaps; the actions that are suggested."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from courtepointe.atlas.recipe.values import Words
from courtepointe.people.lists import Lists, each_in_both, held, in_both
from courtepointe.portraits.readings.kinds import VOTED
from courtepointe.portraits.readings.kinds import words_of as words_of_readings

FOLDER = Path(__file__).with_name("data")
_lists = Lists(FOLDER, "plan_unknown_kind")
data, words_of, known = _lists.data, _lists.words_of, _lists.known
SETTLED = ("completed", "cancelled")
"""States in which nothing more is awaited of an action."""


def known_or_none(name: str, code: str) -> str:
    """Give a code that its list has, or nothing for nothing; raise as `known`."""
    return known(name, code) if code else ""


@cache
def read_words() -> Mapping[str, Words]:
    """Give what may have been read before an action: the states of readings that people vote on."""
    return {code: words_of_readings("states")[code] for code in VOTED}


def read_or_none(code: str) -> str:
    """Give a state of a reading, or nothing for nothing; raise as `known`."""
    return held(code, read_words(), unknown="plan_unknown_kind") if code else ""


@cache
def next_states() -> Mapping[str, tuple[str, ...]]:
    """Say what an action in a state may become."""
    return {code: tuple(entry["next"]) for code, entry in data("states").items()}


@cache
def asks_beside(bearer: str) -> bool:
    """Say whether who carries an action calls for the institution's own part beside it."""
    return bool(data("bearers")[bearer]["asks_beside"]) if bearer in data("bearers") else True


@cache
def section_hints() -> Mapping[str, Words]:
    """Say what a neighbourhood may write in each section of its plan."""
    return {code: in_both(entry, "about") for code, entry in data("sections").items()}


@dataclass(frozen=True, slots=True)
class Suggested:
    """An action that a neighbourhood may take up.

    Attributes
    ----------
    read : tuple of str
        What was read where it fits: ``present``, ``fragile``, ``absent``.
    beside : Words
        What the institution does on its side.
    model : str
        Code of the one of the ten models that it is drawn from; empty: common practice.
    indicator : Words
        How one would see its effect.
    counts : str
        Code of the framework's indicator that counts it; empty where none does.
    """

    code: str
    dimension: str
    part: str
    read: tuple[str, ...]
    statement: Words
    beside: Words
    bearer: str
    horizon: str
    cost: str
    model: str
    indicator: Words
    counts: str
    direction: str
    roles: tuple[Words, ...]


@cache
def suggested() -> Mapping[str, Suggested]:
    """Give the suggested actions by code, in the order of dimensions."""
    return {
        code: Suggested(
            code=code,
            dimension=e["dimension"],
            part=e["part"],
            read=tuple(e["read"]),
            statement=in_both(e),
            beside=in_both(e, "beside"),
            bearer=e["bearer"],
            horizon=e["horizon"],
            cost=e["cost"],
            model=e["model"],
            indicator=in_both(e, "indicator"),
            counts=e.get("counts", ""),
            direction=e["direction"],
            roles=each_in_both(e, "roles"),
        )
        for code, e in data("suggested").items()
    }


def suggested_for(*, dimension: str = "", part: str = "", read: str = "") -> tuple[Suggested, ...]:
    """List the suggested actions of a dimension, a part, what was read; each empty for any."""
    return tuple(
        one
        for one in suggested().values()
        if (not dimension or one.dimension == dimension)
        and (not part or one.part == part)
        and (not read or read in one.read)
    )
