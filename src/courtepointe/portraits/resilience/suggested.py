"""What the framework suggests to ask and to count, dimension by dimension, as data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from courtepointe.atlas.recipe.values import Words
from courtepointe.people.lists import in_both
from courtepointe.portraits.resilience.framework import data, words_of

ATLAS, SURVEY, KNOWN, TYPED = "atlas", "survey", "known", "typed"
SOURCES = (ATLAS, SURVEY, KNOWN, TYPED)
"""The atlas, the surveys, what this installation counts itself, what people bring or type."""


@dataclass(frozen=True, slots=True)
class Guiding:
    """A question that opens a dimension; ``part`` is empty for all of it."""

    part: str
    strength: bool
    text: Words


@dataclass(frozen=True, slots=True)
class Suggested:
    """An indicator that the framework suggests.

    Attributes
    ----------
    source : str
        ``atlas:<indicator>``, ``survey:<question>``, ``known:<count>`` or ``typed``.
    base : str
        Of whom or of what it is a part: a code of ``bases``.
    polarity : int
        1 where more is better, -1 where less is.
    asset : bool
        Whether it tells of what is there.
    low, high : float
        Goalposts in its unit, before polarity.
    """

    code: str
    dimension: str
    part: str
    kind: str
    source: str
    name: Words
    question: Words
    unit: str
    base: str
    polarity: int
    asset: bool
    low: float
    high: float
    reason: Words
    refreshed: str

    @property
    def licence(self) -> str:
        """Say under what terms its figures go round."""
        return ATLAS if self.source.startswith(f"{ATLAS}:") else "own"


@cache
def guiding() -> Mapping[str, Sequence[Guiding]]:
    """Give the questions that open each dimension, strengths first as they are written."""
    return {
        code: tuple(Guiding(one["part"], one["strength"], in_both(one)) for one in some)
        for code, some in data("guiding").items()
    }


@cache
def suggested() -> Mapping[str, Suggested]:
    """Give the suggested indicators by code, in the order in which they are offered."""
    return {
        one.code: one
        for dimension, some in data("suggested").items()
        for one in (_suggested(dimension, word, entry) for word, entry in some.items())
    }


def _suggested(dimension: str, word: str, entry: Mapping[str, object]) -> Suggested:
    plain = {name: entry[name] for name in (
        "part", "kind", "source", "unit", "polarity", "asset", "low", "high", "refreshed"
    )}  # fmt: skip
    return Suggested(
        code=f"{dimension}.{word}",
        dimension=dimension,
        name=in_both(entry),
        question=in_both(entry, "question"),
        base=str(entry["of"]),
        reason=words_of("reasons")[str(entry["reason"])],
        **plain,  # type: ignore[arg-type]
    )
