"""Prove a choice of sites: Lagrangian bound, exchange, reduced-cost fixing, branch and bound."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from courtepointe.core.siting.ascent import ascend
from courtepointe.core.siting.milp import solve
from courtepointe.core.siting.part import Node, Part
from courtepointe.core.siting.piece import WHOLE, enough
from courtepointe.core.siting.pieces import Sharing, falls_apart
from courtepointe.core.siting.rows import Rows
from courtepointe.core.siting.swaps import exchange, open_greedily
from courtepointe.core.siting.values import Watch
from courtepointe.core.typing import Bools, Floats


@dataclass(frozen=True, slots=True)
class Pace:
    """How long to raise a bound before branching.

    Attributes
    ----------
    steps : int
        Of the subgradient between two tries at fixing sites.
    patience : int
        Steps without a notable rise before they are made shorter.
    progress : float
        A bound that rises by less than this part of what is missing, between two tries, is left.
    tries : int
        Parts looked at before HiGHS is asked, if the problem that the root left is light.
    shakes : int
        How often a choice is shaken where the root leaves a wide gap.
    apart : bool
        What the root leaves in pieces is solved piece by piece.
    """

    steps: int
    patience: int
    progress: float
    tries: int = 300
    shakes: int = 300
    apart: bool = True


ROOT = Pace(120, 30, 0.01)
MEDIAN = Pace(80, 20, 0.08)
"""Long lists, and a gap that closes by converging."""
COVER = Pace(20, 8, 0.4, tries=1, shakes=0, apart=False)
"""Short lists: a part more costs little."""
FRESH_STEP = 0.3
LIGHT, SMALL = 10, 40_000
"""Entries a row, and entries, of a light problem."""
UNLIKELY, WIDE = 0.01, 2e-4
"""A choice is shaken by sites taken at least so often, where the gap is so wide."""


@dataclass(slots=True)
class Search:
    """The least cost of opening ``n_open`` sites, and what is known of it so far.

    Attributes
    ----------
    rows : Rows
    n_open : int
    whole : bool
        Every cost is a whole number: a bound may be rounded up.
    watch : Watch
    pace : Pace
    ceiling : float
        Only what costs less is looked for; ``upper`` stays there where there is nothing.
    upper : float
        The cost of ``best``, the best choice so far.
    price : (n_rows,) float
        Prices at the root; given again, they make a search of nearly the same problem short.
    base : Part
        What the root left open.
    """

    rows: Rows
    n_open: int
    whole: bool
    watch: Watch
    pace: Pace = MEDIAN
    ceiling: float = np.inf
    upper: float = np.inf
    bound: float = -np.inf
    price: Floats | None = None
    best: Bools = field(default_factory=lambda: np.zeros(0, dtype=np.bool_))
    base: Part = field(init=False)
    n_parts: int = 0

    @property
    def enough(self) -> float:
        """The bound from which a part of the choices holds nothing better."""
        return enough(self.upper, self.whole)

    @property
    def proven(self) -> bool:
        """Say whether nothing is better than the best."""
        return self.bound >= self.enough

    def run(self, opened: Bools, closed: Bools) -> None:
        """Search among choices that hold ``opened`` and none of ``closed``."""
        n_sites, n_rows = self.rows.n_sites, self.rows.n_rows
        none = np.zeros(n_sites, dtype=np.bool_)
        whole = Part(self.rows, np.arange(n_sites), np.arange(n_rows), none, self.n_open)
        self.base = whole.decide(opened, closed)
        self._start(opened, closed)
        if self.price is None:
            first, _, second = self.rows.served(self.best)
            self.price = (first + second) / 2
        stack = [Node(none, none, self.price, -np.inf, 1.0)]
        while stack and self.watch.go_on():
            node = stack.pop()
            if node.bound < self.enough:
                self.n_parts += 1
                stack += self._look(node)
            self.bound = min([self.upper, *(one.bound for one in stack)])
            self.watch.tell(self.upper, self.bound)
            if self.n_parts == 1 and stack and self.pace.apart and falls_apart(self.base.rows):
                self._share()
                return
            if self.n_parts == self.pace.tries and stack and self._is_light():
                self.bound = max(self.bound, min(self._finish(self.base), self.upper))
                return

    def _share(self) -> None:
        """Solve the pieces that the root left."""
        part, price = self.base, self.price
        assert price is not None
        mine = self.best[part.free]
        sharing = Sharing.of(
            part.rows, part.more, whole=self.whole, upper=self.upper, price=price[part.kept],
            best=mine if int(mine.sum()) == part.more else None, watch=self.watch,
        )  # fmt: skip
        sharing.run()
        if sharing.best is not None:
            self.better(part.with_open(sharing.best))
        self.bound = max(self.bound, min(sharing.bound, self.upper))

    def _is_light(self) -> bool:
        rows = self.base.rows
        most = SMALL if not rows.cost.any() else min(SMALL, LIGHT * rows.n_rows)
        return len(rows.site) <= most

    def _start(self, opened: Bools, closed: Bools) -> None:
        """Open greedily, or take what is given, then exchange."""
        rows, allowed = self.rows, ~(opened | closed)
        best = self.best.copy() if len(self.best) else opened.copy()
        more = self.n_open - int(best.sum())
        open_greedily(rows.starts, rows.site, rows.cost, rows.cap, best, allowed, more)
        total = exchange(
            rows.starts, rows.site, rows.cost, rows.cap, best, allowed, allowed, 10_000
        )
        self.upper, self.best = min(rows.left + total, self.ceiling), best

    def _look(self, node: Node) -> list[Node]:
        """Bound a part; give what is left of it, the one to look at first last."""
        climb = Climb(self, node)
        while climb.open and self.watch.go_on():
            climb.rise()
        if self.n_parts == 1:
            self.base, self.price = climb.part, climb.full(climb.price)
        if climb.open:
            # Stopped on the way up: the part is as it was, with what it reached.
            return [replace(node, bound=max(node.bound, climb.bound))]
        if self.n_parts == 1 and not climb.closed:
            self._shake(climb)
        return [] if climb.closed else climb.split()

    def _shake(self, climb: Climb) -> None:
        """Where the root leaves much open, exchange some sites blindly, then for the better, and again."""
        part, rows = climb.part, climb.part.rows
        likely = np.flatnonzero(climb.mean > UNLIKELY)
        every = np.ones(rows.n_sites, dtype=np.bool_)
        # The same question gives the same answer: the dice have a seed.
        chance = np.random.default_rng(part.more)
        for _ in range(self.pace.shakes):
            wide = self.upper - climb.bound > WIDE * abs(self.upper)
            held = np.flatnonzero(self.best[part.free])
            if not wide or len(held) != part.more or len(likely) < 2 or not self.watch.go_on():
                return
            mine = self.best[part.free].copy()
            n_moved = int(chance.integers(2, max(3, min(12, part.more // 4 + 2))))
            mine[chance.choice(held, min(n_moved, part.more), replace=False)] = False
            new = np.setdiff1d(likely, np.flatnonzero(mine))
            if len(new) < part.more - int(mine.sum()):
                return
            mine[chance.choice(new, part.more - int(mine.sum()), replace=False)] = True
            total = exchange(rows.starts, rows.site, rows.cost, rows.cap, mine, every, every, 200)
            if rows.left + total < self.upper:
                self.better(part.with_open(mine))

    def _finish(self, part: Part) -> float:
        """Have HiGHS find what is better than the best in a part, if anything; give its bound."""
        told = solve(
            part.programme(self.upper), go_on=self.watch.go_on,
            tell=lambda objective, bound: None, gap=WHOLE if self.whole else 0.0, cutoff=self.upper,
        )  # fmt: skip
        if told.chosen is not None:
            self.better(part.with_open(told.chosen[: part.rows.n_sites] > 0.5))
        return told.bound

    def better(self, opened: Bools) -> None:
        """Keep a choice if it is the best so far."""
        total = self.rows.total(opened)
        if int(opened.sum()) == self.n_open and total < self.upper:
            self.upper, self.best = total, opened


class Climb:
    """A part whose bound rises, and which gets smaller as it does."""

    def __init__(self, search: Search, node: Node) -> None:
        base = search.base
        self.search = search
        self.pace = ROOT if search.n_parts == 1 else search.pace
        self.part = base.decide(node.opened[base.free], node.closed[base.free])
        self.price, self.step, self.bound = node.price[self.part.kept], node.step, node.bound
        self.worth = self.mean = np.zeros(self.part.rows.n_sites)
        self.open, self.closed = True, False

    def full(self, price: Floats) -> Floats:
        """Give prices of all rows of the whole problem."""
        told = np.zeros(self.search.rows.n_rows)
        told[self.part.kept] = price
        return told

    def rise(self) -> None:
        """Raise the bound some steps, try what it points at, and decide what it decides."""
        search, part = self.search, self.part
        if part.decided:
            search.better(part.with_open(np.full(part.rows.n_sites, part.more > 0)))
            self._end()
            return
        before = self.bound
        reached = self._ascend()
        self.bound = max(before, reached)
        if self.bound < search.enough:
            self._hope()
        gap = search.enough - reached
        if self.bound >= search.enough:
            self._end()
            return
        opening, closing = part.fixed(self.worth, gap)
        n_fixed = int(opening.sum() + closing.sum())
        least = self.pace.progress * (search.enough - self.bound)
        if (self.bound - before < least and n_fixed < 0.1 * part.rows.n_sites) or self.step < 1e-4:
            self.open = False
        whole = self.full(self.price)
        self.part = part.trimmed(self.price, self.worth, gap, search.upper)
        if self.open and n_fixed:
            self.part = self.part.decide(opening, closing)
            self.price = whole[self.part.kept]

    def _end(self) -> None:
        self.open, self.closed = False, True

    def _ascend(self) -> float:
        search, rows = self.search, self.part.rows
        price = np.minimum(self.price, rows.cap)
        self.price, self.worth = price.copy(), np.zeros(rows.n_sites)
        self.mean = np.full(rows.n_sites, self.part.more / rows.n_sites)
        reached, self.step = ascend(
            rows.starts, rows.site, rows.cost, rows.cap, self.part.more,
            search.upper - rows.left, search.enough - rows.left, price, self.step,
            self.pace.patience, self.pace.steps,
            -np.inf, self.price, self.worth, self.mean, np.zeros(len(price)),
        )  # fmt: skip
        return float(reached + rows.left)

    def _hope(self) -> None:
        """Open the sites that are worth the most, exchange, and keep that if it is the best so far."""
        rows, more = self.part.rows, self.part.more
        mine = np.zeros(rows.n_sites, dtype=np.bool_)
        mine[np.argpartition(-self.worth, more - 1)[:more]] = True
        every = np.ones(rows.n_sites, dtype=np.bool_)
        total = exchange(rows.starts, rows.site, rows.cost, rows.cap, mine, every, every, 100)
        if rows.left + total < self.search.upper:
            self.search.better(self.part.with_open(mine))

    def split(self) -> list[Node]:
        """Split at the site of which the prices are the least sure: without it, and with it first."""
        part, price = self.part, self.full(self.price)
        here = int(part.free[np.argmin(np.abs(self.mean - 0.5))])
        with_it, without = part.opened.copy(), part.closed
        closed = without.copy()
        with_it[here], without[here] = True, True
        return [
            Node(part.opened, without, price, self.bound, FRESH_STEP),
            Node(with_it, closed, price, self.bound, FRESH_STEP),
        ]
