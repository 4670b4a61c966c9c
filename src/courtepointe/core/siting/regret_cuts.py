"""Least regret by cuts: a small programme over sites, told more and more of what each scenario costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from courtepointe.core.siting.milp import INF, Programme, Solved, Sparse, solve
from courtepointe.core.siting.rows import Rows
from courtepointe.core.siting.values import Terms, Watch
from courtepointe.core.typing import Bools, Floats, Ints

WHOLE = 1.0 - 1e-9
NEAR = 1e-7
"""Part of a cost under which a cut tells nothing new."""


@dataclass(frozen=True, slots=True)
class Cuts:
    """What one scenario costs at least, group by group of rows: ``theta >= constant - slope @ y``.

    Attributes
    ----------
    constant : (n_groups,) float
    slope : (n_groups, n_sites) sparse
    """

    constant: Floats
    slope: Sparse

    def at(self, y: Floats) -> Floats:
        """Give what the cuts say of a choice: (n_groups,) float."""
        told: Floats = self.constant - self.slope @ y
        return told


class Scene:
    """A scenario's rows, in groups of those that like the same site best."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        sizes = np.diff(rows.starts)
        self.row = np.repeat(np.arange(rows.n_rows), sizes)
        first = np.zeros(rows.n_rows, dtype=np.int64)
        first[sizes > 0] = rows.site[rows.starts[:-1][sizes > 0]]
        held, self.group = np.unique(first, return_inverse=True)
        self.n_groups = len(held)

    def cuts(self, y: Floats) -> Cuts:
        """Cut at a choice, whole or in parts.

        Notes
        -----
        A row whose sites, cheapest first, are open in parts that add up to 1 at the k-th costs at least
        ``c_k - sum over r before k of (c_k - c_r) y_r`` whatever is chosen: C. Duran-Mateluna, Z. Ales and
        S. Elloumi, "An efficient Benders decomposition for the p-median problem", European Journal of
        Operational Research 308 (2023). At a whole choice it is the cost itself.
        """
        rows = self.rows
        part = y[rows.site]
        total = np.cumsum(part)
        begins = np.concatenate([[0.0], total])[rows.starts[:-1]][self.row]
        is_before = total - begins < WHOLE
        n_before = np.bincount(self.row, is_before, minlength=rows.n_rows).astype(np.int64)
        at = rows.starts[:-1] + n_before
        inside = n_before < np.diff(rows.starts)
        most = rows.cap.copy()
        most[inside] = rows.cost[at[inside]]
        slope = most[self.row[is_before]] - rows.cost[is_before]
        shape = (self.n_groups, rows.n_sites)
        where = (self.group[self.row[is_before]], rows.site[is_before])
        table = sparse.csr_matrix((slope, where), shape=shape)
        constant = np.bincount(self.group, most, minlength=self.n_groups).astype(np.float64)
        return Cuts(constant, table)


class Master:
    """The small programme: regret, sites, and what each group of each scenario costs."""

    def __init__(
        self, scenes: Sequence[Scene], best: Floats, terms: Terms, opens: int, needed: Sparse
    ) -> None:
        self.scenes, self.best, self.terms, self.opens = scenes, best, terms, opens
        self.needed = needed
        self.sizes = np.array([one.n_groups for one in scenes])
        self.begins = np.concatenate([[0], np.cumsum(self.sizes)]) + 1 + terms.n_sites
        self.lines: list[Sparse] = []
        self.least: list[Floats] = []

    @property
    def n_columns(self) -> int:
        """Say how many columns there are: the regret, sites, groups."""
        return int(self.begins[-1])

    def add(self, place: int, cuts: Cuts, which: Ints) -> None:
        """Add cuts of a scenario."""
        n, m = len(which), self.terms.n_sites
        shape = (n, self.n_columns)
        theta = sparse.csr_matrix((np.ones(n), (np.arange(n), self.begins[place] + which)), shape)
        slope = sparse.hstack([
            sparse.csr_matrix((n, 1)), cuts.slope[which],
            sparse.csr_matrix((n, self.n_columns - 1 - m)),
        ])  # fmt: skip
        self.lines.append(theta + slope)
        self.least.append(cuts.constant[which])

    def solve(self, watch: Watch, *, whole: bool) -> Solved:
        """Choose with what is known so far."""
        m, n = self.terms.n_sites, self.n_columns
        is_site = (np.arange(n) >= 1) & (np.arange(n) <= m)
        regret = np.zeros((len(self.scenes), n))
        regret[:, 0] = 1.0
        for place, one in enumerate(self.begins[:-1]):
            regret[place, one : one + self.sizes[place]] = -1.0
        fixed = np.zeros(n)
        fixed[1 : m + 1] = self.terms.opened
        left = np.array([one.rows.left for one in self.scenes])
        ends = np.array([self.opens, fixed.sum()])
        n_needed = self.needed.shape[0]
        serves = sparse.hstack([
            sparse.csr_matrix((n_needed, 1)), self.needed, sparse.csr_matrix((n_needed, n - 1 - m)),
        ])  # fmt: skip
        low = [left - self.best, ends, np.ones(n_needed), *self.least]
        high = [np.full(len(one), INF) for one in low]
        high[1] = ends
        cost = np.zeros(n)
        cost[0] = 1.0
        most = np.full(n, INF)
        most[1 : m + 1] = ~self.terms.closed
        table = sparse.vstack([sparse.csr_matrix(regret), sparse.csr_matrix(is_site * 1.0), sparse.csr_matrix(fixed), serves, *self.lines])  # fmt: skip
        programme = Programme(cost, most, is_site & whole, table, np.concatenate(low), np.concatenate(high))  # fmt: skip
        return solve(programme, go_on=watch.go_on, tell=_hush)


def _hush(objective: float, bound: float) -> None:
    return None


def least_regret(
    rows: Sequence[Rows], best: Floats, terms: Terms, *, n_open: int, begun: Sequence[Bools], watch: Watch
) -> tuple[Bools | None, float]:  # fmt: skip
    """Choose sites of least greatest regret.

    Parameters
    ----------
    rows : sequence of Rows
        Of each scenario, over the same sites.
    best : (n_scenarios,) float
        What each scenario costs at best.
    terms : Terms
    n_open : int
        Open sites, existing ones among them.
    begun : sequence of (n_sites,) bool
        Choices to begin with, such as the best of each scenario.
    watch : Watch

    Returns
    -------
    (n_sites,) bool or None, float
        The choice, and the regret that no choice is under; None where none was found by which somebody
        is served in each scenario.
    """
    needed = needed_of(rows, terms)
    rows = [_with_plain_caps(one, terms) for one in rows]
    scenes = [Scene(one) for one in rows]
    master = Master(scenes, best, terms, n_open, needed)

    def regret_of(one: Bools) -> float:
        serves = bool((needed @ one.astype(np.float64) > 0.5).all())
        return _regret(rows, best, one) if serves else np.inf

    regrets = [regret_of(one) for one in begun]
    opened, upper = begun[int(np.argmin(regrets))], min(regrets)
    for one in begun:
        _learn(master, one.astype(np.float64), None)
    bound = 0.0
    for whole in (False, True):
        while watch.go_on():
            found = master.solve(watch, whole=whole)
            if found.chosen is None or not watch.go_on():
                break
            bound = max(bound, found.bound if whole else found.objective)
            y = found.chosen[1 : terms.n_sites + 1]
            if whole:
                held = y > 0.5
                y = held.astype(np.float64)
                mine = regret_of(held)
                if mine < upper:
                    opened, upper = held, mine
            watch.tell(upper, bound)
            near = 1e-9 * max(1.0, abs(upper)) if np.isfinite(upper) else 0.0
            if not _learn(master, y, found.chosen) or bound >= upper - near:
                break
    return (opened if np.isfinite(upper) else None), min(bound, upper)


def needed_of(rows: Sequence[Rows], terms: Terms) -> Sparse:
    """List the sets of sites of which one at least must open, for people whom no other reaches.

    Parameters
    ----------
    rows : sequence of Rows
        A row without people costs nothing without a site.
    terms : Terms

    Returns
    -------
    (n_sets, n_sites) sparse, 0 or 1
        Each set once; none that is open whatever is chosen.
    """
    opened, found = terms.opened, dict[bytes, Ints]()
    for one in rows:
        sizes = np.diff(one.starts)
        is_open = np.concatenate([[0], np.cumsum(opened[one.site])])[one.starts]
        some = (sizes < one.n_sites) & (one.cap > 0.0) & (np.diff(is_open) == 0)
        for low, high in zip(one.starts[:-1][some], one.starts[1:][some], strict=True):
            sites = np.sort(one.site[low:high]).astype(np.int64)
            found.setdefault(sites.tobytes(), sites)
    held = list(found.values())
    starts = np.cumsum([0, *(len(one) for one in held)])
    sites = np.concatenate([np.zeros(0, dtype=np.int64), *held])
    return sparse.csr_matrix((np.ones(len(sites)), sites, starts), (len(held), terms.n_sites))


def _with_plain_caps(rows: Rows, terms: Terms) -> Rows:
    """Have a row cost no more without a site than with its farthest: that it is served is asked apart.

    Numbers so dear that no choice would pay them swallow the last digits of those that one does.
    """
    sizes = np.diff(rows.starts)
    cap = rows.cap.copy()
    some = (sizes > 0) & (sizes < terms.n_sites)
    cap[some] = rows.cost[rows.starts[1:][some] - 1]
    return replace(rows, cap=cap)


def _regret(rows: Sequence[Rows], best: Floats, opened: Bools) -> float:
    return max(one.total(opened) - float(least) for one, least in zip(rows, best, strict=True))


def _learn(master: Master, y: Floats, known: Floats | None) -> bool:
    """Add the cuts at a choice that say more than is known; say whether there was any."""
    has_new = False
    for place, scene in enumerate(master.scenes):
        cuts = scene.cuts(y)
        told = cuts.at(y)
        theta = np.full(scene.n_groups, -np.inf)
        if known is not None:
            begin = master.begins[place]
            theta = known[begin : begin + scene.n_groups]
        which = np.flatnonzero(told > theta + NEAR * np.maximum(1.0, np.abs(told)))
        if len(which):
            master.add(place, cuts, which)
            has_new = True
    return has_new
