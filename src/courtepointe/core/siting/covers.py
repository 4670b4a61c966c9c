"""Covering under a budget, and several times over: programmes for HiGHS."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from courtepointe.core.errors import BadInput
from courtepointe.core.siting.checks import check_amounts, check_people, is_whole
from courtepointe.core.siting.max_cover import pairs_within
from courtepointe.core.siting.merge import Merged, merge
from courtepointe.core.siting.milp import Programme, Solved, Sparse, solve
from courtepointe.core.siting.values import Answer, Goal, Reasons, Terms, Watch
from courtepointe.core.typing import Bools, Floats, Ints


@dataclass(frozen=True, slots=True)
class Reach:
    """Rows of people, and the sites within reach of each, as a table of ones.

    Attributes
    ----------
    merged : Merged
    table : sparse (n_rows, n_sites)
    terms : Terms
    watch : Watch
    """

    merged: Merged
    table: Sparse
    terms: Terms
    watch: Watch

    @classmethod
    def within(
        cls,
        distance: Floats,
        people: Floats,
        limit: float,
        terms: Terms | None,
        watch: Watch | None,
    ) -> Reach:
        """Merge people whom the same sites reach."""
        starts, site = pairs_within(distance, limit)
        check_people(people, len(distance))
        n_sites = distance.shape[1]
        terms = terms or Terms(n_sites)
        if terms.n_sites != n_sites:
            raise BadInput("core_shape", array="terms", shape=terms.n_sites, expected=n_sites)
        merged = merge(starts, site, people, n_sites)
        rows = merged.rows
        table = sparse.csr_matrix(
            (np.ones(len(rows.site)), rows.site, rows.starts), shape=(rows.n_rows, n_sites)
        )
        return cls(merged, table, terms, watch or Watch())

    @property
    def n_rows(self) -> int:
        """Say how many rows there are."""
        return self.merged.rows.n_rows

    def choose(
        self, *, price: Floats, most: float, least: float = -np.inf, times: int = 1
    ) -> tuple[Solved, Bools]:
        """Reach the most people ``times`` over with open sites of which ``price`` sums between two."""
        n, m = self.n_rows, self.terms.n_sites
        table = sparse.vstack([
            sparse.hstack([self.table, -times * sparse.identity(n)]),
            sparse.hstack([sparse.csr_matrix(price), sparse.csr_matrix((1, n))]),
            *self.settled(n),
        ])  # fmt: skip
        people = self.merged.people
        told = self.solve(Programme(
            np.concatenate([np.zeros(m), -people]), np.concatenate([self._may, np.ones(n)]),
            (np.arange(m + n) < m) | (times > 1), table,
            np.concatenate([np.zeros(n), [least], np.ones(len(self.must))]),
            np.concatenate([np.full(n, np.inf), [most], np.ones(len(self.must))]),
            float(people.sum()),
        ), whole=is_whole(people))  # fmt: skip
        opened = self.terms.opened if told.chosen is None else told.chosen[:m] > 0.5
        return told, opened

    @property
    def _may(self) -> Floats:
        return (~self.terms.closed).astype(np.float64)

    @property
    def must(self) -> Ints:
        """Say which sites are open whatever is chosen."""
        return np.flatnonzero(self.terms.opened)

    def settled(self, n_others: int) -> list[Sparse]:
        """Give a line for each site that is open whatever is chosen, over sites and other columns."""
        must, m = self.must, self.terms.n_sites
        shape = (len(must), m + n_others)
        ones = sparse.csr_matrix((np.ones(len(must)), (np.arange(len(must)), must)), shape)
        return [ones] if len(must) else []

    def solve(self, programme: Programme, *, whole: bool) -> Solved:
        """Solve a programme; where it is whole its values are."""
        gap = 1.0 - 1e-6 if whole else 0.0
        return solve(programme, go_on=self.watch.go_on, tell=self.watch.tell, gap=gap)

    def answer(
        self, goal: Goal, opened: Bools, *, total: float, bound: float, by: Ints, reasons: Reasons,
        whole: bool,
    ) -> Answer:  # fmt: skip
        """Write an answer; ``by`` is the site that serves each row, or -1."""
        proven = bound < total + (1.0 - 1e-6 if whole else 1e-9 * max(total, 1.0))
        group = np.append(by, -1)[self.merged.group]
        return Answer(
            goal, total, total if proven else bound, proven, np.flatnonzero(opened),
            group.astype(np.int64), reasons, (), False, self.terms,
        )  # fmt: skip

    def cover(self, goal: Goal, told: Solved, opened: Bools, times: int) -> Answer:
        """Say who has ``times`` open sites within reach, and who would not without each."""
        reached = self.table @ opened.astype(np.float64)
        people, sites = self.merged.people, np.flatnonzero(opened)
        alone = people * (reached == times)
        reasons = Reasons((self.table.T @ people)[sites], (self.table.T @ alone)[sites])
        served = reached >= times
        _, who, _ = self.merged.rows.served(opened)
        return self.answer(
            goal, opened, total=float(people[served].sum()), bound=float(people.sum()) - told.bound,
            by=np.where(served, who, -1), reasons=reasons, whole=is_whole(people),
        )  # fmt: skip


def max_cover_on_budget(
    distance: Floats, people: Floats, *, limit: float, price: Floats, budget: float,
    terms: Terms | None = None, watch: Watch | None = None,
) -> Answer:  # fmt: skip
    """Choose the sites that a budget buys and that have the most people within ``limit``.

    Parameters
    ----------
    distance : (n_rows, n_sites) float
    people : (n_rows,) float
    limit : float
        In the unit of distance.
    price : (n_sites,) float
        Of opening each; existing sites cost nothing more.
    budget : float
        In the unit of prices.

    Raises
    ------
    BadInput
        As `max_cover`, and ``siting_budget_buys_nothing``, ``siting_budget_forced``.
    """
    reach = Reach.within(distance, people, limit, terms, watch)
    terms = reach.terms
    check_amounts(price, "price", terms.n_sites)
    paid = price.copy()
    paid[terms.existing] = 0.0
    forced = float(paid[terms.forced].sum())
    if forced > budget:
        raise BadInput("siting_budget_forced", value=budget, expected=forced)
    free = ~(terms.opened | terms.closed)
    if not len(terms.forced) and (not free.any() or not paid[free].min() <= budget):
        least = float(paid[free].min()) if free.any() else 0.0
        raise BadInput("siting_budget_buys_nothing", value=budget, expected=least)
    told, opened = reach.choose(price=paid, most=budget)
    return reach.cover(Goal.MAX_COVER, told, opened, 1)


def backup_cover(
    distance: Floats, people: Floats, *, limit: float, n_open: int, times: int = 2,
    terms: Terms | None = None, watch: Watch | None = None,
) -> Answer:  # fmt: skip
    """Choose ``n_open`` sites so that the most people have ``times`` of them within ``limit``.

    Parameters
    ----------
    distance : (n_rows, n_sites) float
    people : (n_rows,) float
    limit : float
    n_open : int
        Beside the existing ones.
    times : int
        Over 0.

    Raises
    ------
    BadInput
        As `max_cover`, and ``siting_times`` where fewer sites open than everyone is to have.

    Notes
    -----
    K. Hogan and C. ReVelle, "Concepts and applications of backup coverage" (1986).
    """
    reach = Reach.within(distance, people, limit, terms, watch)
    opens = reach.terms.n_open(n_open)
    if not 1 <= times <= opens:
        raise BadInput("siting_times", value=times, expected=opens)
    ones = np.ones(reach.terms.n_sites)
    told, opened = reach.choose(price=ones, most=opens, least=opens, times=times)
    return reach.cover(Goal.BACKUP_COVER, told, opened, times)
