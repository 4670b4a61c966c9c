"""Prove a maximal covering: Lagrangian bound, fixing, rows merged again, branches on the relaxation."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from courtepointe.core.siting.cover_part import CoverPart, Reached
from courtepointe.core.siting.rows import Rows
from courtepointe.core.siting.swaps import exchange, open_greedily
from courtepointe.core.siting.values import Watch
from courtepointe.core.typing import AnyArray, Bools, Floats

WHOLE, EXACT = 1.0 - 1e-6, 1e-9
SHORTEST = 1e-4
"""A step so short moves nothing."""
FRESH = 0.3
"""The first step below a branch."""
MANY = 0.1
"""Where so large a part of the sites is decided at once, more may follow."""
DENSE = 3_000
"""Of so few free sites the relaxation is solved, in tables of 72 MB; of more, prices climb."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How long to raise a bound: steps between two tries at fixing, and when to leave it.

    Attributes
    ----------
    steps, patience : int
        Of the subgradient; how many without a rise before they are made shorter.
    progress : float
        A bound that rises by less than this part of what is missing is left.
    """

    steps: int
    patience: int
    progress: float


ROOT, BELOW = Pace(60, 25, 0.01), Pace(30, 10, 0.3)


@dataclass(frozen=True, slots=True)
class Branch:
    """A part of the choices that waits, as what is decided in it: its rows are made when its turn comes.

    Attributes
    ----------
    opened, closed : (n_sites,) bool
    bound : float
    """

    opened: Bools
    closed: Bools
    bound: float

    def of(self, root: CoverPart, out: float) -> CoverPart:
        """Decide what is decided."""
        return root.decide(self.opened[root.free], self.closed[root.free], out)[0]


@dataclass(slots=True)
class CoverSearch:
    """The least people left out by ``n_open`` sites, and what is known of it so far.

    Attributes
    ----------
    rows : Rows
        Costs are 0; no two rows are equal.
    n_open : int
    whole : bool
        Every cap is a whole number: a bound may be rounded up.
    watch : Watch
    upper : float
        What ``best``, the best choice so far, leaves out.
    bound : float
        No choice leaves out less.
    price : (n_rows,) float or None
        Prices at the root; given again, they make a search of nearly the same problem short.
    """

    rows: Rows
    n_open: int
    whole: bool
    watch: Watch
    upper: float = np.inf
    bound: float = -np.inf
    price: Floats | None = None
    best: Bools = field(default_factory=lambda: np.zeros(0, dtype=np.bool_))
    n_parts: int = 0

    @property
    def slack(self) -> float:
        """What is better is better by more than this."""
        return WHOLE if self.whole else EXACT * max(abs(self.upper), 1.0)

    @property
    def proven(self) -> bool:
        """Say whether nothing is better than the best."""
        return self.bound >= self.upper - self.slack

    def run(self, opened: Bools, closed: Bools) -> None:
        """Search among choices that hold ``opened`` and none of ``closed``."""
        self._start(opened, closed)
        price = self.rows.cap / 2 if self.price is None else self.price
        part, group = CoverPart.whole(self.rows, price, self.n_open).decide(opened, closed, np.inf)
        root = Climb(self, part, ROOT, 1.0, -np.inf, group)
        waiting = root.below()
        self.price = root.full_price()
        if waiting and self.watch.go_on():
            # The relaxation's bound, that all branches begin with, is worth its time once.
            root = Climb(self, root.part, BELOW, FRESH, root.bound)
            waiting = root.below()
        self._tell(waiting)
        deeper = False
        while waiting and self.watch.go_on():
            at = -1 if deeper else min(range(len(waiting)), key=lambda one: waiting[one].bound)
            branch = waiting.pop(at)
            deeper = branch.bound < self.upper - self.slack
            if deeper:
                part = branch.of(root.part, self.upper)
                more = Climb(self, part, BELOW, FRESH, branch.bound).below()
                waiting, deeper = waiting + more, bool(more)
            self._tell(waiting)

    def _start(self, opened: Bools, closed: Bools) -> None:
        """Open greedily, or take what is given, then exchange."""
        rows, allowed = self.rows, ~(opened | closed)
        best = self.best.copy() if len(self.best) else opened.copy()
        more = self.n_open - int(best.sum())
        open_greedily(rows.starts, rows.site, rows.cost, rows.cap, best, allowed, more)
        exchange(rows.starts, rows.site, rows.cost, rows.cap, best, allowed, allowed, 10_000)
        self.upper, self.best = rows.total(best), best

    def _tell(self, waiting: list[Branch]) -> None:
        self.bound = min([self.upper, *(one.bound for one in waiting)])
        self.watch.tell(self.upper, self.bound)

    def better(self, opened: Bools) -> None:
        """Keep a choice if it is the best so far."""
        total = self.rows.total(opened)
        if int(opened.sum()) == self.n_open and total < self.upper:
            self.upper, self.best = total, opened


class Climb:
    """A part whose bound rises, and which gets smaller as it does."""

    def __init__(
        self, search: CoverSearch, part: CoverPart, pace: Pace, step: float, bound: float,
        group: AnyArray | None = None,
    ) -> None:  # fmt: skip
        search.n_parts += 1
        self.search, self.part, self.pace = search, part, pace
        self.step, self.bound, self.group = step, bound, group
        self.mean = np.zeros(len(part.free))

    def below(self) -> list[Branch]:
        """Raise the bound as long as it pays; give what is left, the branch to look at first last."""
        search = self.search
        while self._rises():
            if not search.watch.go_on():
                break
        if self.part.decided:
            search.better(self.part.completed())
        if self.part.decided or self.bound >= search.upper - search.slack:
            return []
        # The site that the prices are the least sure of: without it, and with it first.
        return [self._branch(opens) for opens in (np.False_, np.True_)]

    def _branch(self, opens: np.bool_) -> Branch:
        opened = self.part.opened.copy()
        closed = ~opened
        closed[self.part.free] = False
        site = self.part.free[np.argmin(np.abs(self.mean - 0.5))]
        opened[site], closed[site] = opens, ~opens
        return Branch(opened, closed, self.bound)

    def _rises(self) -> bool:
        """Make some steps, try what they point at, decide what they decide; say whether to go on."""
        search, part, before = self.search, self.part, self.bound
        if part.decided:
            return False
        exact = self.group is None and len(part.free) <= DENSE
        told = self._relaxed() if exact else self._ascended()
        self.step, self.bound, self.mean = told.step, max(before, told.bound), told.mean
        # Of equal worth, the relaxation opens some more than others.
        self._try(told, told.mean if exact else told.worth)
        gap = search.upper - search.slack - told.bound
        if gap <= 0:
            return False
        n_fixed = self._decide(told, gap)
        many, rise = n_fixed >= MANY * len(part.free), self.bound - before
        if exact:
            return many
        return self.step >= SHORTEST and (rise >= self.pace.progress * gap or many)

    def _relaxed(self) -> Reached:
        search = self.search
        return self.part.relaxed(search.upper, search.slack, search.watch.go_on)

    def _ascended(self) -> Reached:
        search, pace = self.search, self.pace
        return self.part.ascend(search.upper, search.slack, self.step, pace.patience, pace.steps)

    def _try(self, told: Reached, likely: Floats) -> None:
        """Try what was taken, and what exchanges make of the likeliest."""
        search = self.search
        if told.chosen.any():
            search.better(self.part.with_open(told.chosen))
        if told.bound < search.upper - search.slack:
            search.better(self.part.exchanged(likely))

    def _decide(self, told: Reached, gap: float) -> int:
        """Decide sites; give how many."""
        out = self.search.upper
        opening, closing = self.part.fixed(told.worth, gap)
        self.part, settled = self.part.priced(told.price, gap, out), opening | closing
        if settled.any():
            self.part, group = self.part.decide(opening, closing, out)
            self.mean = told.mean[~settled]
            if self.group is not None:
                self.group = np.where(self.group < 0, -1, group[self.group])
        return int(settled.sum())

    def full_price(self) -> Floats:
        """Give prices of all rows of the whole problem: a row has its part of what its row has here."""
        cap, group = self.search.rows.cap, self.group
        assert group is not None
        held = np.bincount(group[group >= 0], cap[group >= 0], minlength=len(self.part.cap))
        share = self.part.price / np.maximum(held, EXACT)
        return np.where(group < 0, 0.0, cap * np.append(share, 0.0)[group])
