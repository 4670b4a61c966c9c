"""A part of all choices: some sites decided, a smaller problem left, and how to make it smaller."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from courtepointe.core.siting.ascent import trim
from courtepointe.core.siting.milp import Programme
from courtepointe.core.siting.rows import Rows
from courtepointe.core.typing import Bools, Floats, Ints


@dataclass(frozen=True, slots=True)
class Part:
    """What is left of the problem once some sites are decided.

    Attributes
    ----------
    rows : Rows
        Of the undecided sites only.
    free, kept : (rows.n_sites,), (rows.n_rows,) int
        Their numbers, and the rows', in the whole problem.
    opened : (n_sites,) bool
        Decided open, in the whole problem.
    more : int
        How many sites are still to open.
    """

    rows: Rows
    free: Ints
    kept: Ints
    opened: Bools
    more: int

    @property
    def decided(self) -> bool:
        """Say whether nothing is left to choose."""
        return self.more <= 0 or self.more >= self.rows.n_sites

    @property
    def closed(self) -> Bools:
        """Say which sites are decided closed, in the whole problem."""
        told = ~self.opened
        told[self.free] = False
        return told

    def decide(self, opening: Bools, closing: Bools) -> Part:
        """Decide some of the free sites, by their numbers here."""
        rows, free, kept = self.rows.without(opening, closing)
        opened = self.opened.copy()
        opened[self.free[opening]] = True
        return Part(rows, self.free[free], self.kept[kept], opened, self.more - int(opening.sum()))

    def with_open(self, mine: Bools) -> Bools:
        """Give the whole choice that opens some of the free sites."""
        opened = self.opened.copy()
        opened[self.free[mine]] = True
        return opened

    def fixed(self, worth: Floats, gap: float) -> tuple[Bools, Bools]:
        """Say which free sites are open, and which closed, in all that is better by ``gap``.

        A choice that swaps the site in or out of those that are worth the most costs at least the difference.
        """
        order = np.sort(worth)[::-1]
        least, next_ = order[self.more - 1], order[self.more]
        closing = least - worth >= gap
        opening = (worth - next_ >= gap) & ~closing
        return opening, closing

    def trimmed(self, price: Floats, worth: Floats, gap: float, out: float) -> Part:
        """Leave out entries that nothing better by ``gap`` uses; a row left without costs ``out``."""
        rows = self.rows
        short = np.maximum(np.sort(worth)[::-1][self.more - 1] - worth, 0.0)
        held = trim(rows.starts, rows.site, rows.cost, rows.cap, price, short, gap, out)
        return replace(self, rows=Rows(*held, rows.n_sites, rows.left))

    def programme(self, out: float) -> Programme:
        """Write the part for HiGHS: a column a site, an entry, a row; caps of ``out`` are not had."""
        if not self.rows.cost.any():
            return self._covering(out)
        rows = self.rows
        n, m, size = rows.n_rows, rows.n_sites, len(rows.site)
        row = np.repeat(np.arange(n), np.diff(rows.starts))
        entries, caps = m + np.arange(size), m + size + np.arange(n)
        ones = np.ones
        lines = np.concatenate(
            [row, np.arange(n), n + np.arange(size), n + np.arange(size), np.full(m, n + size)]
        )
        columns = np.concatenate([entries, caps, entries, rows.site, np.arange(m)])
        values = np.concatenate([ones(size), ones(n), ones(size), -ones(size), ones(m)])
        table = sparse.csr_matrix((values, (lines, columns)), shape=(n + size + 1, m + size + n))
        most = np.concatenate([ones(m + size), (rows.cap < out).astype(np.float64)])
        return Programme(
            np.concatenate([np.zeros(m), rows.cost, rows.cap]), most, np.arange(m + size + n) < m,
            table, np.concatenate([ones(n), np.full(size, -np.inf), [self.more]]),
            np.concatenate([ones(n), np.zeros(size), [self.more]]), rows.left,
        )  # fmt: skip

    def _covering(self, out: float) -> Programme:
        """Write a part that costs nothing within reach: a column a site, and a row left out."""
        rows, n, m = self.rows, self.rows.n_rows, self.rows.n_sites
        reach = sparse.csr_matrix((np.ones(len(rows.site)), rows.site, rows.starts), (n, m))
        is_site = np.arange(m + n) < m
        table = sparse.vstack(
            [sparse.hstack([reach, sparse.identity(n)]), sparse.csr_matrix(is_site * 1.0)]
        )
        return Programme(
            np.concatenate([np.zeros(m), rows.cap]),
            np.concatenate([np.ones(m), (rows.cap < out).astype(np.float64)]), is_site, table,
            np.concatenate([np.ones(n), [self.more]]), np.concatenate([np.full(n, np.inf), [self.more]]),
            rows.left,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Node:
    """Sites decided, by their numbers in the whole problem, and where the prices stand."""

    opened: Bools
    closed: Bools
    price: Floats
    bound: float
    step: float
