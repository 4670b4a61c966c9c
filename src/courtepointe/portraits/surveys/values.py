"""What is typed and read of surveys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from courtepointe.portraits.surveys.asked import Asked, Texts

MOST_QUESTIONS = 25
MANY_QUESTIONS = 10
"""Above it a survey asks much of an evening: a caution, no refusal."""
HEAD = ("title", "intro", "consent", "agree", "not_known", "no_answer", "about", "send", "thanks")
"""The texts of a survey around its questions, in each of its languages."""
OWN_HEAD = ("title", "intro")
"""Those that are written in French and English too: the others have our words there."""
OPTIONAL_HEAD = frozenset({"intro"})


class State(StrEnum):
    """Where a survey stands."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class NewSurvey:
    """A survey as it is begun or described.

    Attributes
    ----------
    found : str
        How people are found, of ``found.toml``.
    closes_on : date or None
        The last day on which the link takes answers.
    """

    name: str
    found: str
    closes_on: date | None = None


@dataclass(frozen=True, slots=True)
class NewOption:
    """An answer of an own question, in French and in English.

    Attributes
    ----------
    code : str
        Of the answer that it was before; empty: it is a new one.
    """

    fr: str
    en: str = ""
    yes: bool = False
    code: str = ""


@dataclass(frozen=True, slots=True)
class NewQuestion:
    """A question of one's own.

    Attributes
    ----------
    when : str
        ``question=answer``: it is asked only of those who answered so; empty: of everybody.
    """

    dimension: str
    kind: str
    fr: str
    en: str = ""
    options: tuple[NewOption, ...] = ()
    when: str = ""


@dataclass(frozen=True, slots=True)
class SurveySeen:
    """A survey, as pages read it.

    Attributes
    ----------
    heads : mapping of language -> mapping of str -> str
        Of each language, the texts named in `HEAD`, with ours where they stand; what is missing is not there.
    n_sheets : int
        Answers that came.
    lacking : mapping of language -> int
        How many texts are missing.
    """

    number: int
    workspace: int
    portrait: int
    uid: str
    name: str
    languages: tuple[str, ...]
    heads: Mapping[str, Texts]
    found: str
    version: int
    opened: datetime | None
    closes_on: date | None
    closed: datetime | None
    token: str
    margins: Mapping[str, Mapping[str, float]]
    margins_source: str
    follows: int | None
    followed_by: int | None
    questions: tuple[Asked, ...]
    n_sheets: int
    lacking: Mapping[str, int] = field(default_factory=dict)

    @property
    def state(self) -> State:
        """Where it stands."""
        if self.closed is not None:
            return State.CLOSED
        return State.DRAFT if self.opened is None else State.OPEN

    @property
    def n_asked(self) -> int:
        """How many questions it asks, without those about who answers."""
        return sum(not one.about for one in self.questions)

    @property
    def is_long(self) -> bool:
        """Whether it asks much of an evening."""
        return self.n_asked > MANY_QUESTIONS

    def takes_web(self, on: date) -> bool:
        """Say whether its link takes answers on a day."""
        return self.state is State.OPEN and (self.closes_on is None or on <= self.closes_on)


@dataclass(frozen=True, slots=True)
class Observation:
    """A share that a survey found, for who reads indicators.

    Attributes
    ----------
    question : str
        Code of the question, and of the indicator that it answers.
    share, low, high : float, 0 to 1, or None
        Of those who answered: who gave an answer that counts as a yes; its 95 % interval. None of a
        group of which the survey does not tell it.
    n : int, persons
        Who answered; 0 where that is not told.
    group : str
        Of the lens; empty: everybody.
    found : str
        How people were found, of ``found.toml``.
    survey, name : int, str
        Its number and how it is called inside.
    day : date
        On which the survey was closed.
    counted : datetime
        When these results were counted: a survey may be counted again.
    """

    question: str
    share: float | None
    low: float | None
    high: float | None
    n: int
    n_effective: float
    group: str
    found: str
    survey: int
    name: str
    day: date
    counted: datetime

    @property
    def mark(self) -> str:
        """The mark of the results that it comes from."""
        return f"survey:{self.survey}:{self.counted.isoformat()}"
