"""A siting problem as rows: for each group of people, the sites within reach, cheapest first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from courtepointe.core.siting.ascent import thin
from courtepointe.core.siting.swaps import serve
from courtepointe.core.typing import AnyArray, Bools, Floats, Ints


@dataclass(frozen=True, slots=True)
class Rows:
    """What each row costs by each site, cheapest first, and what it costs without any.

    Choosing sites for the least sum over rows of the cheapest open one, or of the cap, is the p-median
    where costs are people times distance, and maximal covering where they are 0 and caps are people.

    Attributes
    ----------
    starts : (n_rows + 1,) int
        Where each row's entries begin.
    site : (n_entries,) int32
    cost : (n_entries,) float
        Rising within a row, under the row's cap.
    cap : (n_rows,) float
        The cost of a row that no open site serves.
    n_sites : int
    left : float
        A constant beside the rows.
    cut : bool
        Rows hold their nearest sites only, and the cap is less than what others cost.
    """

    starts: Ints
    site: AnyArray
    cost: Floats
    cap: Floats
    n_sites: int
    left: float = 0.0
    cut: bool = False

    @property
    def n_rows(self) -> int:
        """Say how many rows there are."""
        return len(self.cap)

    def total(self, opened: Bools) -> float:
        """Give what a choice of sites costs."""
        first, second = np.empty(self.n_rows), np.empty(self.n_rows)
        who = np.empty(self.n_rows, dtype=np.int32)
        return self.left + float(
            serve(self.starts, self.site, self.cost, self.cap, opened, first, who, second)
        )

    def served(self, opened: Bools) -> tuple[Floats, AnyArray, Floats]:
        """Give each row's cost, the site that serves it (-1 for none), and its second cost."""
        first, second = np.empty(self.n_rows), np.empty(self.n_rows)
        who = np.empty(self.n_rows, dtype=np.int32)
        serve(self.starts, self.site, self.cost, self.cap, opened, first, who, second)
        return first, who, second

    def without(self, opened: Bools, closed: Bools) -> tuple[Rows, Ints, Ints]:
        """Decide some sites; give the smaller problem, its sites' numbers here and its rows' here."""
        free = np.flatnonzero(~(opened | closed))
        number = np.full(self.n_sites, -1, dtype=np.int32)
        number[free] = np.arange(len(free), dtype=np.int32)
        starts, site, cost, cap, kept, left = thin(
            self.starts, self.site, self.cost, self.cap, number, opened
        )
        return Rows(starts, site, cost, cap, len(free), self.left + left), free, kept


def rows_of_matrix(cost: Floats) -> Rows:
    """Sort a full table of costs.

    Parameters
    ----------
    cost : (n_rows, n_sites) float
        Finite, or inf where a site cannot serve a row.
    """
    n, n_sites = cost.shape
    order = np.argsort(cost, axis=1, kind="stable").astype(np.int32)
    held = np.take_along_axis(cost, order, axis=1)
    finite = np.isfinite(held)
    counts = finite.sum(axis=1)
    cap = held[np.arange(n), np.maximum(counts - 1, 0)]
    starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    return Rows(starts, order[finite], held[finite], cap, n_sites)
