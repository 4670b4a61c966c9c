"""A part of all choices of a maximal covering: what is decided, and the smaller covering that is left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from courtepointe.core.siting.cover_prices import ascend_cover, columns_of, settle
from courtepointe.core.siting.cover_relaxed import relax
from courtepointe.core.siting.rows import Rows
from courtepointe.core.siting.swaps import exchange
from courtepointe.core.typing import AnyArray, Bools, Floats, Ints


@dataclass(frozen=True, slots=True)
class Reached:
    """What prices tell of a part.

    Attributes
    ----------
    bound : float
        No choice of the part costs less.
    price : (n_rows,) float
    worth : (n_free,) float
        The prices of the rows that each site reaches.
    mean : (n_free,) float
        How often each site was taken lately.
    chosen : (n_free,) bool
        What is taken at the cheapest step.
    step : float
    """

    bound: float
    price: Floats
    worth: Floats
    mean: Floats
    chosen: Bools
    step: float


@dataclass(frozen=True, slots=True)
class CoverPart:
    """The rows that no open site reaches, over the sites that are undecided; no two rows are equal.

    Attributes
    ----------
    starts : (n_rows + 1,) int
    site : (n_entries,) int32
        Rising within a row.
    cap : (n_rows,) float
        What leaving a row costs; as much as the best choice where nothing better leaves it.
    price : (n_rows,) float
    left : float
        What is lost already.
    free : (n_free,) int
        The undecided sites' numbers in the whole problem.
    opened : (n_sites,) bool
        Decided open, in the whole problem.
    more : int
        How many sites are still to open.
    begins, reached : (n_free + 1,) int, (n_entries,) int32
        The same as columns: the rows of each site.
    """

    starts: Ints
    site: AnyArray
    cap: Floats
    price: Floats
    left: float
    free: Ints
    opened: Bools
    more: int
    begins: Ints
    reached: AnyArray

    @classmethod
    def whole(cls, rows: Rows, price: Floats, n_open: int) -> CoverPart:
        """Take the whole problem, with nothing decided."""
        return cls(
            rows.starts, rows.site, rows.cap, price, rows.left, np.arange(rows.n_sites),
            np.zeros(rows.n_sites, dtype=np.bool_), n_open,
            *columns_of(rows.starts, rows.site, rows.n_sites),
        )  # fmt: skip

    @property
    def decided(self) -> bool:
        """Say whether nothing is left to choose."""
        return self.more <= 0 or self.more >= len(self.free) or not len(self.cap)

    def decide(self, opening: Bools, closing: Bools, out: float) -> tuple[CoverPart, AnyArray]:
        """Decide some of the free sites; give what is left, and each row's number there or -1."""
        stay = ~(opening | closing)
        number = np.where(stay, np.cumsum(stay) - 1, -1).astype(np.int32)
        starts, site, cap, price, group, lost = settle(
            self.starts, self.site, self.cap, self.price, number, opening, out
        )
        opened, free = self.opened.copy(), self.free[stay]
        opened[self.free[opening]] = True
        part = CoverPart(
            starts, site, cap, price, self.left + lost, free, opened, self.more - int(opening.sum()),
            *columns_of(starts, site, len(free)),
        )  # fmt: skip
        return part, group

    def ascend(
        self, upper: float, slack: float, step: float, patience: int, rounds: int
    ) -> Reached:
        """Raise the bound some steps from the prices that there are."""
        n = len(self.free)
        price, best_price, worth = np.minimum(self.price, self.cap), self.price.copy(), np.zeros(n)
        mean, chosen = np.full(n, self.more / n), np.zeros(n, dtype=np.bool_)
        bound, step, _ = ascend_cover(
            self.begins, self.reached, self.cap, self.more, upper - self.left, slack, price, step,
            patience, rounds, best_price, worth, mean, chosen,
        )  # fmt: skip
        return Reached(bound + self.left, best_price, worth, mean, chosen, step)

    def relaxed(self, upper: float, slack: float, go_on: Callable[[], bool]) -> Reached:
        """Raise the bound to the relaxation's, or as far as it takes."""
        told = relax(
            self.starts, self.site, self.cap, n_sites=len(self.free), more=self.more,
            upper=upper - self.left, slack=slack, go_on=go_on,
        )  # fmt: skip
        return Reached(
            told.bound + self.left, told.price, told.worth, told.share, self.most(told.share), 1.0
        )

    def fixed(self, worth: Floats, gap: float) -> tuple[Bools, Bools]:
        """Say which free sites are open, and which closed, in all that is better by ``gap``.

        A choice that swaps a site in or out of those that are worth the most costs at least the difference.
        """
        order = np.sort(worth)[::-1]
        closing = order[self.more - 1] - worth >= gap
        opening = (worth - order[self.more] >= gap) & ~closing
        return opening, closing

    def priced(self, price: Floats, gap: float, out: float) -> CoverPart:
        """Keep prices; a row that nothing better by ``gap`` leaves costs ``out`` to leave.

        A choice that leaves a row costs at least what its cap lies over its price beyond the bound.
        """
        cap = np.where(self.cap - price >= gap, out, self.cap)
        return replace(self, cap=cap, price=price)

    def most(self, told: Floats) -> Bools:
        """Say which free sites have the most, as many as are to open."""
        mine = np.zeros(len(told), dtype=np.bool_)
        mine[np.argpartition(-told, self.more - 1)[: self.more]] = True
        return mine

    def exchanged(self, likely: Floats) -> Bools:
        """Open the likeliest free sites, and exchange; by numbers in the whole problem."""
        mine, every = self.most(likely), np.ones(len(likely), dtype=np.bool_)
        cost = np.zeros(len(self.site))
        exchange(self.starts, self.site, cost, self.cap, mine, every, every, 100)
        return self.with_open(mine)

    def with_open(self, mine: Bools) -> Bools:
        """Give the whole choice that opens some of the free sites."""
        opened = self.opened.copy()
        opened[self.free[mine]] = True
        return opened

    def completed(self) -> Bools:
        """Give the only choice that matters where nothing is left to choose."""
        return self.with_open(np.arange(len(self.free)) < self.more)
