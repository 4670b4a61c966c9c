"""What a survey found: frozen values, written as JSON and read again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

METHOD = "2026.2"
"""Version of how answers are counted: kept with each result."""


@dataclass(frozen=True, slots=True)
class Share:
    """A share with its 95 % interval, 0 to 1; ``plain`` is the share without weights."""

    value: float
    low: float
    high: float
    plain: float


@dataclass(frozen=True, slots=True)
class OptionShare:
    """The share of an answer among those who answered."""

    code: str
    share: Share


@dataclass(frozen=True, slots=True)
class Median:
    """The median of a scale and the answers that may be it, by code."""

    code: str
    low: str
    high: str


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of numbers with its interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class GroupShare:
    """The share of a group of the lens, beside the others who said that they are not of it.

    Attributes
    ----------
    tells : str
        Of `courtepointe.core.survey.Tell`.
    share, n, n_effective : of those who are told; else None and 0
    gap : (value, low, high) or None
        In share, -1 to 1.
    chance : float
        Of a gap at least as great where there is none.
    apart : bool
        Whether the gap stands out of chance, all gaps of the survey considered.
    is_weighed : bool
        Whether the survey's weights were used; not where they would tell what a few people answered.
    """

    group: str
    tells: str
    share: Share | None = None
    n: int = 0
    n_effective: float = 0.0
    gap: tuple[float, float, float] | None = None
    chance: float = 1.0
    apart: bool = False
    is_weighed: bool = True


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """What was answered to a question.

    Attributes
    ----------
    tells : str
        ``told`` or ``too_few``.
    n, n_effective : persons
        Who answered; 0 where that is too few to be told.
    n_silent : int
        Who was asked and gave no answer, for whatever reason.
    n_not_known, n_no_answer : int or None
        Of these, who did not know and who would not say; None where that tells of a few.
    yes : Share or None
        Of the answers that count as a yes; None where none does.
    is_weighed : bool
        As of a group.
    """

    code: str
    tells: str
    n: int = 0
    n_effective: float = 0.0
    n_silent: int = 0
    n_not_known: int | None = None
    n_no_answer: int | None = None
    options: tuple[OptionShare, ...] = ()
    yes: Share | None = None
    median: Median | None = None
    mean: Mean | None = None
    groups: tuple[GroupShare, ...] = ()
    is_weighed: bool = True


@dataclass(frozen=True, slots=True)
class Weighing:
    """How answers were weighed.

    Attributes
    ----------
    by : tuple of str
        Questions whose margins were used.
    empty : tuple of (question, answer)
        People live there, and nobody of them answered.
    contradicted : tuple of str
        Questions of which the population counts nobody where somebody answered: not used.
    disagree : tuple of str
        Questions whose population is another than that of the first.
    off : float, 0 to 1
        By how much a margin is missed.
    """

    by: tuple[str, ...] = ()
    empty: tuple[tuple[str, str], ...] = ()
    contradicted: tuple[str, ...] = ()
    disagree: tuple[str, ...] = ()
    n_trimmed: int = 0
    off: float = 0.0
    effect: float = 1.0


@dataclass(frozen=True, slots=True)
class Results:
    """All that a survey found; ``channels`` counts how answers came."""

    n_sheets: int
    channels: Mapping[str, int]
    weighing: Weighing
    questions: tuple[QuestionResult, ...]
    method: str = METHOD


def told(results: Results) -> dict[str, Any]:
    """Write results as JSON can."""
    return asdict(results)


def read(held: Mapping[str, Any]) -> Results:
    """Read results again."""
    weighing = dict(held["weighing"])
    weighing["empty"] = tuple((a, b) for a, b in weighing["empty"])
    for name in ("by", "contradicted", "disagree"):
        weighing[name] = tuple(weighing[name])
    return Results(
        held["n_sheets"],
        dict(held["channels"]),
        Weighing(**weighing),
        tuple(_question(one) for one in held["questions"]),
        held["method"],
    )


def _question(held: Mapping[str, Any]) -> QuestionResult:
    options = tuple(OptionShare(one["code"], Share(**one["share"])) for one in held["options"])
    made = {
        "yes": _made(Share, held["yes"]),
        "median": _made(Median, held["median"]),
        "mean": _made(Mean, held["mean"]),
        "groups": tuple(_group(one) for one in held["groups"]),
    }
    return QuestionResult(**{**held, "options": options, **made})


def _group(held: Mapping[str, Any]) -> GroupShare:
    gap = None if held["gap"] is None else tuple(held["gap"])
    return GroupShare(**{**held, "share": _made(Share, held["share"]), "gap": gap})


def _made(kind: Any, held: Mapping[str, Any] | None) -> Any:
    return None if held is None else kind(**held)
