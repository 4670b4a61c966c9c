"""Minimum regret: sites that are never far from the best, whichever scenario comes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from courtepointe.core.errors import BadInput
from courtepointe.core.siting.alike import merged_alike
from courtepointe.core.siting.checks import check_distances, check_people, check_shape
from courtepointe.core.siting.milp import INF, Programme, Sparse, solve
from courtepointe.core.siting.p_median import p_median
from courtepointe.core.siting.rows import Rows
from courtepointe.core.siting.values import Answer, Goal, Reasons, Terms, Watch
from courtepointe.core.typing import Bools, Floats


@dataclass(frozen=True, slots=True)
class Scenario:
    """What may come: distances, some of them longer or without a way, and people who need a site.

    Attributes
    ----------
    distance : (n_rows, n_sites) float
    people : (n_rows,) float
    """

    distance: Floats
    people: Floats


@dataclass(frozen=True, slots=True)
class Regret:
    """The choice that is regretted the least, and what each scenario alone would have asked.

    Attributes
    ----------
    answer : Answer
        ``objective`` is the greatest regret, in people times distance; ``served_by`` and ``reasons`` are
        those of the scenario that has it.
    best : (n_scenarios,) float
        What the best choice for each scenario alone costs.
    cost : (n_scenarios,) float
        What this choice costs in each.
    """

    answer: Answer
    best: Floats
    cost: Floats

    @property
    def regret(self) -> Floats:
        """Give what is lost in each scenario: (n_scenarios,) float."""
        told: Floats = self.cost - self.best
        return told


def min_regret(
    scenarios: Sequence[Scenario], *, n_open: int, terms: Terms | None = None,
    watch: Watch | None = None,
) -> Regret:  # fmt: skip
    """Choose ``n_open`` sites whose cost is, in the worst scenario, least above the best for it.

    Parameters
    ----------
    scenarios : sequence of Scenario
        Over the same sites; rows may differ.
    n_open : int
    terms : Terms, optional
        The same in all.
    watch : Watch, optional

    Raises
    ------
    BadInput
        ``siting_scenarios`` where there is none, and as `p_median`.
    NoAnswer
        As `p_median`, where a scenario alone has no answer.

    Notes
    -----
    P. Kouvelis and G. Yu, "Robust discrete optimization" (1997): least maximal regret of p-medians.
    """
    if not scenarios:
        raise BadInput("siting_scenarios")
    n_sites = scenarios[0].distance.shape[-1]
    terms, watch = terms or Terms(n_sites), watch or Watch()
    for one in scenarios:
        check_distances(one.distance)
        check_shape(one.distance, "distance", (len(one.distance), n_sites))
        check_people(one.people, len(one.distance))
    alone = [
        p_median(one.distance, one.people, n_open=n_open, terms=terms, watch=watch)
        for one in scenarios
    ]
    best = np.array([one.answer.objective for one in alone])
    rows = [one.question.rows for one in alone]
    alike = [merged_alike(one, terms.opened) for one in rows]
    told = solve(
        _programme(alike, best, terms, terms.n_open(n_open)), go_on=watch.go_on, tell=watch.tell
    )
    opened = alone[0].opened if told.chosen is None else told.chosen[1 : n_sites + 1] > 0.5
    cost = np.array([one.total(opened) for one in rows])
    worst = int(np.argmax(cost - best))
    answer = _answer(
        rows[worst], scenarios[worst], opened, float((cost - best)[worst]), told.bound, terms
    )
    return Regret(answer, best, cost)


def _programme(rows: Sequence[Rows], best: Floats, terms: Terms, opens: int) -> Programme:
    """Write it: the regret, a column a site, then entries and caps of each scenario."""
    m = terms.n_sites
    sizes = [len(one.site) + one.n_rows for one in rows]
    lines, low, high = [], [], []
    for place, one in enumerate(rows):
        before, after = sum(sizes[:place]), sum(sizes[place + 1 :])
        table, least, most = _lines(one, m, float(best[place]), before, after)
        lines.append(table)
        low.append(least)
        high.append(most)
    n = 1 + m + sum(sizes)
    is_site = (np.arange(n) >= 1) & (np.arange(n) <= m)
    fixed = np.concatenate([[0.0], terms.opened, np.zeros(sum(sizes))])
    lines += [sparse.csr_matrix(is_site * 1.0), sparse.csr_matrix(fixed)]
    ends = [opens, float(terms.opened.sum())]
    cost = np.zeros(n)
    cost[0] = 1.0
    may = np.concatenate([[INF], ~terms.closed, np.ones(sum(sizes))])
    return Programme(
        cost, may, is_site, sparse.vstack(lines), np.concatenate([*low, ends]),
        np.concatenate([*high, ends]),
    )  # fmt: skip


def _lines(
    rows: Rows, m: int, best: float, before: int, after: int
) -> tuple[Sparse, Floats, Floats]:
    n, size = rows.n_rows, len(rows.site)
    row = np.repeat(np.arange(n), np.diff(rows.starts))
    ones, every = np.ones(size), np.arange(size)
    served = sparse.hstack([sparse.csr_matrix((ones, (row, every)), (n, size)), sparse.identity(n)])
    only = sparse.hstack([sparse.identity(size), sparse.csr_matrix((size, n))])
    opening = sparse.csr_matrix((-ones, (every, rows.site)), (size, m))
    told = sparse.csr_matrix(np.concatenate([rows.cost, rows.cap]))

    def wide(regret: float, sites: Sparse, mine: Sparse) -> Sparse:
        k = mine.shape[0]
        left = sparse.csr_matrix(np.full((k, 1), regret))
        return sparse.hstack(
            [left, sites, sparse.csr_matrix((k, before)), mine, sparse.csr_matrix((k, after))]
        )

    table = sparse.vstack([
        wide(0.0, sparse.csr_matrix((n, m)), served), wide(0.0, opening, only),
        wide(-1.0, sparse.csr_matrix((1, m)), told),
    ])  # fmt: skip
    low = np.concatenate([np.ones(n), np.full(size + 1, -np.inf)])
    high = np.concatenate([np.ones(n), np.zeros(size), [best - rows.left]])
    return table, low, high


def _answer(
    rows: Rows, scenario: Scenario, opened: Bools, regret: float, bound: float, terms: Terms
) -> Answer:
    first, who, second = rows.served(opened)
    sites, m = np.flatnonzero(opened), terms.n_sites
    people = np.bincount(who[who >= 0], scenario.people[who >= 0], minlength=m).astype(np.float64)
    lost = np.bincount(who[who >= 0], (second - first)[who >= 0], minlength=m).astype(np.float64)
    proven = bound >= regret - 1e-6 * max(abs(regret), 1.0)
    return Answer(
        Goal.MIN_REGRET, regret, regret if proven else bound, proven, sites, who.astype(np.int64),
        Reasons(people[sites], lost[sites]), (), False, terms,
    )  # fmt: skip
