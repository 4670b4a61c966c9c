"""A goal that a person chose, handed to the search that proves it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from courtepointe.core.errors import BadInput, NoAnswer
from courtepointe.core.siting import (
    Answer,
    Goal,
    Scenario,
    Solved,
    Terms,
    Watch,
    backup_cover,
    capacitated_cover,
    kappa_of,
    kolm_pollak_median,
    max_cover,
    max_cover_on_budget,
    min_regret,
    p_center,
    p_median,
    set_cover,
)
from courtepointe.core.typing import Floats, Ints
from courtepointe.hubs.studies.values import BUDGET, WITHIN

AVERSION = -1.0
"""Of Kolm and Pollak, as resilience.md 5.6 and the literature have it."""
TIMES = 2
"""Sites within reach that make a backup."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A question in numbers.

    Attributes
    ----------
    goal : str
    minutes : (n_rows, n_sites) float
        Infinite where no way leads; for goals of coverage also beyond the limit.
    people : (n_rows,) float
    limit_min : float, minutes
    n_open : int
    terms : Terms
    price, seats : (n_sites,) float
        NaN where they are not known.
    budget : float
    by_walker : tuple of (n_rows, n_sites) float
        For minimum regret: minutes of each kind of walker.
    """

    goal: str
    minutes: Floats
    people: Floats
    limit_min: float
    n_open: int
    terms: Terms
    price: Floats
    seats: Floats
    budget: float
    by_walker: tuple[Floats, ...] = ()

    def reached(self) -> tuple[Choice, float]:
        """Leave aside people whom no site could ever reach; say how many they are.

        Raises
        ------
        NoAnswer
            ``study_nobody_reached``: these are all.
        """
        tables = self.by_walker or (self.minutes,)
        may = ~self.terms.closed
        held = np.all([np.isfinite(one[:, may]).any(axis=1) for one in tables], axis=0)
        if not held.any():
            raise NoAnswer("study_nobody_reached", value=round(float(self.people.sum())))
        some = replace(
            self, minutes=self.minutes[held], people=self.people[held],
            by_walker=tuple(one[held] for one in self.by_walker),
        )  # fmt: skip
        return some, float(self.people[~held].sum())


@dataclass(frozen=True, slots=True)
class Chosen:
    """An answer, and how to ask again without a site.

    Attributes
    ----------
    answer : Answer
    refused : function
        The answer as it would be without the site at a position.
    regret : (n_walkers,) float or None
        For minimum regret: what is lost for each kind of walker.
    """

    answer: Answer
    refused: Callable[[int], Answer]
    regret: Floats | None = None


def choose(asked: Choice, watch: Watch) -> Chosen:
    """Choose sites as the goal asks, and prove it or say how far it may be from the best."""
    if asked.goal in (Goal.MAX_COVER, Goal.P_MEDIAN):
        solved = _solved(asked, watch)
        return Chosen(solved.answer, lambda site: solved.refused(site, watch=watch).answer)

    def without(site: int) -> Answer:
        forbidden: Ints = np.union1d(asked.terms.forbidden, [site]).astype(np.int64)
        return _answer(
            replace(asked, terms=replace(asked.terms, forbidden=forbidden)), watch
        ).answer

    return replace(_answer(asked, watch), refused=without)


def _solved(asked: Choice, watch: Watch) -> Solved:
    with_ = {"n_open": asked.n_open, "terms": asked.terms, "watch": watch}
    if asked.goal == Goal.MAX_COVER:
        return max_cover(asked.minutes, asked.people, limit=asked.limit_min, **with_)  # type: ignore[arg-type]
    return p_median(asked.minutes, asked.people, **with_)  # type: ignore[arg-type]


def _answer(asked: Choice, watch: Watch) -> Chosen:
    """Answer for a goal whose search is made anew for each question."""
    if asked.goal == Goal.MIN_REGRET:
        scenarios = [Scenario(one, asked.people) for one in asked.by_walker]
        found = min_regret(scenarios, n_open=asked.n_open, terms=asked.terms, watch=watch)
        return Chosen(found.answer, _never, found.regret)
    made = _within if asked.goal in WITHIN else _walked
    return Chosen(made(asked, watch), _never)


def _never(site: int) -> Answer:
    raise BadInput("siting_position", value=site, expected=0)


def _within(asked: Choice, watch: Watch) -> Answer:
    minutes, people, limit, terms = asked.minutes, asked.people, asked.limit_min, asked.terms
    if asked.goal == Goal.SET_COVER:
        return set_cover(minutes, people, limit=limit, terms=terms, watch=watch)
    if asked.goal == BUDGET:
        return max_cover_on_budget(
            minutes, people, limit=limit, price=asked.price, budget=asked.budget, terms=terms,
            watch=watch,
        )  # fmt: skip
    if asked.goal == Goal.BACKUP_COVER:
        return backup_cover(
            minutes, people, limit=limit, n_open=asked.n_open, times=TIMES, terms=terms, watch=watch
        )
    return capacitated_cover(
        minutes, people, limit=limit, capacity=asked.seats, n_open=asked.n_open, terms=terms,
        watch=watch,
    )  # fmt: skip


def _walked(asked: Choice, watch: Watch) -> Answer:
    minutes, people, terms = asked.minutes, asked.people, asked.terms
    if asked.goal == Goal.P_CENTER:
        return p_center(minutes, people, n_open=asked.n_open, terms=terms, watch=watch)
    nearest = minutes[:, ~terms.closed].min(axis=1)
    kappa = kappa_of(nearest, people, epsilon=AVERSION)
    return kolm_pollak_median(
        minutes, people, n_open=asked.n_open, kappa=kappa, terms=terms, watch=watch
    )
