"""A siting problem that falls apart: the sites are shared out among its pieces, each solved alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from courtepointe.core.siting.levels import decided_bound
from courtepointe.core.siting.piece import EXACT, Piece, enough
from courtepointe.core.siting.rows import Rows
from courtepointe.core.siting.values import Watch
from courtepointe.core.typing import Bools, Floats, Ints

LARGEST = 0.7
"""The largest piece has at most this part of the rows, or the problem is not taken apart."""


def components(rows: Rows) -> tuple[int, Ints, Ints]:
    """Say which rows and sites have to do with each other.

    Returns
    -------
    int, (n_rows,) int, (n_sites,) int
        How many pieces there are, and the piece of each row and of each site.
    """
    table = sparse.csr_matrix(
        (np.ones(len(rows.site)), rows.site, rows.starts), (rows.n_rows, rows.n_sites)
    )
    n, piece = csgraph.connected_components(sparse.bmat([[None, table], [table.T, None]]))
    return n, piece[: rows.n_rows].astype(np.int64), piece[rows.n_rows :].astype(np.int64)


def falls_apart(rows: Rows) -> bool:
    """Say whether no piece has most of the rows."""
    _, of_row, _ = components(rows)
    return bool(len(of_row) and np.bincount(of_row).max() <= LARGEST * rows.n_rows)


@dataclass(slots=True)
class Sharing:
    """``more`` sites shared out among the pieces of a problem.

    Attributes
    ----------
    rows : Rows
    more : int
    whole : bool
        All costs are whole numbers.
    upper : float
        Only what costs less is looked for; then the cost of ``best``.
    best : (rows.n_sites,) bool or None
    bound : float
        No choice costs less than this, or than the least that was to be undercut.
    watch : Watch
    pieces : list of Piece

    Notes
    -----
    With *f_c(k)* the least cost of *k* sites in piece *c*, the least cost is that of ``sum f_c(k_c)`` over
    all ``sum k_c = more``, found exactly by dynamic programming; with bounds in the place of *f* the same
    sum is a bound. Bounds of all *k* at once come from Lagrangian prices, then from each piece solved with
    a fee a site; then those *f_c(k)* are settled of which the least sum is made, until all of it is sure,
    or not less than the best.
    """

    rows: Rows
    more: int
    whole: bool
    upper: float
    best: Bools | None
    bound: float
    watch: Watch
    pieces: list[Piece]
    constant: float = 0.0
    fee: float = 0.0

    @classmethod
    def of(
        cls, rows: Rows, more: int, *, whole: bool, upper: float, price: Floats, best: Bools | None,
        watch: Watch,
    ) -> Sharing:  # fmt: skip
        """Take a problem apart, with the bounds that prices give."""
        none = np.zeros(rows.n_sites, dtype=np.bool_)
        worth = np.empty(rows.n_sites)
        price = np.minimum(price, rows.cap)
        decided_bound(rows.starts, rows.site, rows.cost, price, 0.0, more, none, none, worth)
        told = cls(rows, more, whole, upper, best, -np.inf, watch, [], rows.left)
        order = np.sort(worth)[::-1]
        told.fee = float(order[more - 1 : more + 1].mean())
        for mine, sites in _members(rows):
            told._add(mine, sites, price, worth)
        return told

    def _add(self, mine: Ints, sites: Ints, price: Floats, worth: Floats) -> None:
        if not len(sites):
            self.constant += float(self.rows.cap[mine].sum())
            return
        piece = Piece.of(_only(self.rows, mine, sites), sites, whole=self.whole, fine=self._fine())
        gains = np.concatenate([[0.0], np.cumsum(np.sort(worth[sites])[::-1])])
        piece.raise_least(price[mine].sum() - gains)
        if self.best is not None:
            piece.keep(self.best[sites])
        self.pieces.append(piece)

    @property
    def proven(self) -> bool:
        """Say whether nothing is better than the best."""
        return self.bound >= enough(self.upper, self.whole)

    def run(self) -> None:
        """Raise the bound, and lower the cost, until they meet or the watch says no."""
        self._share()
        for piece in sorted(self.pieces, key=lambda one: one.rows.n_rows):
            if self.proven or not self.watch.go_on():
                return
            if not piece.rows.n_rows:
                continue
            fees = self.fee * np.arange(len(piece.least))
            missing = self.upper - self.bound
            piece.settle_for(
                self.fee,
                ceiling=float((piece.least + fees).min()) + missing,
                go_on=self.watch.go_on,
            )
            self._combine()
            self._share()
        while not self.proven and self.watch.go_on() and self._settle_one():
            pass

    def _settle_one(self) -> bool:
        """Settle the smallest piece of which the least sum is not sure; say whether that told anything."""
        numbers = self._share()
        unsure = [
            (piece.rows.n_rows, at)
            for at, piece in enumerate(self.pieces)
            if not piece.is_sure(int(numbers[at]))
        ]
        if self.proven or not unsure:
            return False
        at = min(unsure)[1]
        piece, n_open = self.pieces[at], int(numbers[at])
        before = piece.least[n_open]
        missing = self.upper - self.bound
        piece.settle(n_open, ceiling=float(before) + missing, go_on=self.watch.go_on)
        self._combine()
        self._share()
        return bool(piece.least[n_open] > before or piece.is_sure(n_open))

    def _share(self) -> Ints:
        """Share the sites out for the least sum of bounds; keep that sum."""
        told, numbers = shared([piece.least for piece in self.pieces], self.more)
        self.bound = max(self.bound, min(self.constant + told, self.upper))
        self.watch.tell(self.upper, self.bound)
        return numbers

    def _combine(self) -> None:
        """Share the sites out for the least sum of known costs; keep that if it is the best so far."""
        told, numbers = shared([piece.cost for piece in self.pieces], self.more)
        if self.constant + told >= enough(self.upper, self.whole):
            # Less by the rounding of a sum is not less.
            return
        best = np.zeros(self.rows.n_sites, dtype=np.bool_)
        for piece, n_open in zip(self.pieces, numbers, strict=True):
            best[piece.free[piece.choice[int(n_open)]]] = True
        self.upper, self.best = self.constant + told, best
        for piece in self.pieces:
            piece.fine = self._fine()

    def _fine(self) -> float:
        """Say what the bound of a piece may lack, for all together to lack less than the whole may."""
        return 0.1 * EXACT * max(abs(self.upper), 1.0) / self.rows.n_rows


def shared(cost: list[Floats], more: int) -> tuple[float, Ints]:
    """Share ``more`` sites out for the least sum.

    Parameters
    ----------
    cost : list of (n_sites_of_piece + 1,) float
        Of each piece, by the number of its sites; inf where that may not be.
    more : int

    Returns
    -------
    float, (n_pieces,) int
        The sum, inf if there is none, and the number of each piece.
    """
    least = np.full(more + 1, np.inf)
    least[0] = 0.0
    number = np.zeros((len(cost), more + 1), dtype=np.int64)
    for at, mine in enumerate(cost):
        before, least = least, np.full(more + 1, np.inf)
        for n_open in np.flatnonzero(np.isfinite(mine[: more + 1])):
            told = before[: more + 1 - n_open] + mine[n_open]
            better = told < least[n_open:]
            least[n_open:][better] = told[better]
            number[at, n_open:][better] = n_open
    numbers, left = np.zeros(len(cost), dtype=np.int64), more
    for at in range(len(cost) - 1, -1, -1):
        numbers[at] = number[at, left]
        left -= int(numbers[at])
    return float(least[more]), numbers


def _members(rows: Rows) -> Iterator[tuple[Ints, Ints]]:
    n, of_row, of_site = components(rows)
    by_row, by_site = np.argsort(of_row, kind="stable"), np.argsort(of_site, kind="stable")
    at_row = np.searchsorted(of_row[by_row], np.arange(n + 1))
    at_site = np.searchsorted(of_site[by_site], np.arange(n + 1))
    for one in range(n):
        yield by_row[at_row[one] : at_row[one + 1]], by_site[at_site[one] : at_site[one + 1]]


def _only(rows: Rows, mine: Ints, sites: Ints) -> Rows:
    """Give some rows, whose sites are all among some."""
    number = np.zeros(rows.n_sites, dtype=np.int32)
    number[sites] = np.arange(len(sites), dtype=np.int32)
    counts = np.diff(rows.starts)[mine]
    starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    held = np.arange(starts[-1]) - np.repeat(starts[:-1] - rows.starts[mine], counts)
    return Rows(starts, number[rows.site[held]], rows.cost[held], rows.cap[mine], len(sites))
