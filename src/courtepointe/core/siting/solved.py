"""A search made into an answer, and asked again when a site is refused."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from courtepointe.core.errors import BadInput, NoAnswer
from courtepointe.core.siting.branch import Search
from courtepointe.core.siting.checks import counted
from courtepointe.core.siting.cover_search import CoverSearch
from courtepointe.core.siting.rows import Rows
from courtepointe.core.siting.ties import alternatives
from courtepointe.core.siting.values import Answer, Goal, Reasons, Terms, Watch
from courtepointe.core.typing import AnyArray, Bools, Floats, Ints


@dataclass(frozen=True, slots=True)
class Question:
    """A choice of so many sites over rows of people.

    Attributes
    ----------
    goal : Goal
    rows : Rows
    people : (n_rows,) float
        Of each row.
    group : (n_demand,) int
        The row of each demand point, -1 where no site reaches it.
    terms : Terms
    more : int
        How many open beside the existing ones.
    whole : bool
        All costs are whole numbers.
    must_serve : bool
        A row that nothing serves makes a choice worthless.
    """

    goal: Goal
    rows: Rows
    people: Floats
    group: Ints
    terms: Terms
    more: int
    whole: bool
    must_serve: bool

    def ask(self, watch: Watch, *, like: Solved | None = None) -> Solved:
        """Search, from the answer of a question that is nearly the same if there is one.

        Raises
        ------
        BadInput
            ``siting_too_few``, ``siting_too_many``.
        NoAnswer
            ``siting_unserved``.
        """
        n_open = self.terms.n_open(self.more)
        search: Search | CoverSearch = Search(self.rows, n_open, self.whole, watch)
        if self.goal is Goal.MAX_COVER:
            search = CoverSearch(self.rows, n_open, self.whole, watch)
        if like is not None:
            search.best = (like.opened | self.terms.opened) & ~self.terms.closed
            search.price = like.price
        search.run(self.terms.opened, self.terms.closed)
        _, who, _ = self.rows.served(search.best)
        if self.must_serve and self.people[who < 0].any():
            lost = counted(self.people[who < 0].sum())
            raise NoAnswer("siting_unserved", value=lost, expected=n_open)
        price = np.zeros(self.rows.n_rows) if search.price is None else search.price
        return Solved(self, search.best, self._answer(search), price)

    def _answer(self, search: Search | CoverSearch) -> Answer:
        opened, terms = search.best, self.terms
        first, who, second = self.rows.served(opened)
        sites = np.flatnonzero(opened)
        others: tuple[Ints, ...] = ()
        every = False
        if search.proven:
            others, every = alternatives(self.rows, opened, terms.opened, terms.closed)
        total, bound = search.upper, search.upper if search.proven else search.bound
        if self.goal is Goal.MAX_COVER:
            people = float(self.people.sum()) + self.rows.left
            total, bound = people - total, people - bound
        return Answer(
            self.goal, float(total), float(bound), search.proven, sites,
            np.append(who, -1)[self.group].astype(np.int64), self._reasons(sites, first, who, second), others, every,
            terms,
        )  # fmt: skip

    def _reasons(self, sites: Ints, first: Floats, who: AnyArray, second: Floats) -> Reasons:
        served = (who >= 0) & (self.people > 0)
        people = self._by_site(who[served], self.people[served])
        if self.goal is Goal.MAX_COVER:
            row = np.repeat(np.arange(self.rows.n_rows), np.diff(self.rows.starts))
            people = self._by_site(self.rows.site, self.people[row])
        more = second - first
        if self.must_serve and not self.rows.cut:
            more[self._reached(sites) == 1] = np.inf
        lost = self._by_site(who[served], more[served])
        return Reasons(people[sites], lost[sites])

    def _by_site(self, site: AnyArray, told: Floats) -> Floats:
        """Add up what belongs to each site."""
        return np.bincount(site, told, minlength=self.rows.n_sites).astype(np.float64)

    def _reached(self, sites: Ints) -> Ints:
        """Count the open sites of each row."""
        rows, opened = self.rows, np.zeros(self.rows.n_sites)
        opened[sites] = 1.0
        row = np.repeat(np.arange(rows.n_rows), np.diff(rows.starts))
        told = np.bincount(row, opened[rows.site], minlength=rows.n_rows)
        return told.astype(np.int64)


@dataclass(frozen=True, slots=True)
class Solved:
    """A question, its answer, and what makes the next answer quick.

    Attributes
    ----------
    question : Question
    opened : (n_sites,) bool
    answer : Answer
    price : (n_rows,) float
    """

    question: Question
    opened: Bools
    answer: Answer
    price: Floats

    def refused(self, site: int, *, watch: Watch | None = None) -> Solved:
        """Answer again as if a site could not be had: what would be chosen then?

        Parameters
        ----------
        site : int
            Position.
        watch : Watch, optional

        Raises
        ------
        BadInput
            ``siting_position``, ``siting_forced_and_forbidden``, ``siting_too_many``.
        """
        terms = self.question.terms
        forbidden = np.union1d(terms.forbidden, [site]).astype(np.int64)
        asked = replace(self.question, terms=replace(terms, forbidden=forbidden))
        if site not in self.answer.sites:
            if not 0 <= site < terms.n_sites:
                raise BadInput("siting_position", value=site, expected=terms.n_sites)
            return replace(self, question=asked, answer=self._as_before(asked.terms, site))
        return asked.ask(watch or Watch(), like=self)

    def _as_before(self, terms: Terms, site: int) -> Answer:
        """Keep the answer: what is refused was not chosen."""
        kept = tuple(one for one in self.answer.alternatives if site not in one)
        return replace(self.answer, terms=terms, alternatives=kept)
