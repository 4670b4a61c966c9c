"""A piece of a siting problem that has nothing to do with the rest: its least cost by number of sites."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from courtepointe.core.siting.levels import FREE, Levels, Priced
from courtepointe.core.siting.rows import Rows
from courtepointe.core.siting.swaps import exchange
from courtepointe.core.typing import Bools, Floats, Ints

WHOLE, EXACT = 1.0 - 1e-6, 1e-9
"""What a bound may lack: of a whole number, and of any other as a part of it."""
TRIED = 6
"""Sites that are tried both ways before one of them splits a part."""
UNSURE = 1e-6


def enough(upper: float, whole: bool) -> float:
    """Give the bound from which nothing costs less than ``upper``: rounded up where costs are whole."""
    return upper - (WHOLE if whole else EXACT * max(abs(upper), 1.0))


@dataclass(slots=True)
class Piece:
    """Rows and sites that have nothing to do with any others.

    Attributes
    ----------
    rows : Rows
    free : (rows.n_sites,) int
        The numbers of the sites in the part that the piece is of.
    whole : bool
        All costs are whole numbers.
    fine : float
        What a bound may lack where they are not.
    least : (rows.n_sites + 1,) float
        No choice of so many sites costs less.
    cost : (rows.n_sites + 1,) float
        What the best known choice of so many sites costs, inf where none is known.
    choice : dict of int to (rows.n_sites,) bool
        And which it is.
    """

    rows: Rows
    free: Ints
    whole: bool
    fine: float
    least: Floats
    cost: Floats
    choice: dict[int, Bools]

    @classmethod
    def of(cls, rows: Rows, free: Ints, *, whole: bool, fine: float) -> Piece:
        """Know nothing of a piece, but that a site which serves nobody costs nothing."""
        size = rows.n_sites + 1
        piece = cls(rows, free, whole, fine, np.full(size, -np.inf), np.full(size, np.inf), {})
        if not rows.n_rows:
            piece.least, piece.cost = np.zeros(size), np.zeros(size)
            piece.choice = {n: np.arange(rows.n_sites) < n for n in range(size)}
        return piece

    def raise_least(self, told: Floats) -> None:
        """Take better bounds, of each number of sites; up to the next whole number if costs are whole."""
        better: Floats = np.ceil(told - 1e-6) if self.whole else told
        self.least = np.minimum(np.maximum(self.least, better), self.cost)
        for n_open in self.choice:
            if self.is_sure(n_open):
                self.least[n_open] = self.cost[n_open]

    def keep(self, opened: Bools) -> float:
        """Keep a choice if it is the best of its number; give what it costs."""
        total, n_open = self.rows.total(opened), int(opened.sum())
        if total < self.cost[n_open]:
            self.cost[n_open], self.choice[n_open] = total, opened
            self.least[n_open] = min(self.least[n_open], total)
        return total

    def is_sure(self, n_open: int) -> bool:
        """Say whether the best known choice of so many sites is the best there is."""
        lack = WHOLE if self.whole else self.fine
        return bool(self.least[n_open] >= self.cost[n_open] - lack)

    def settle(self, n_open: int, *, ceiling: float, go_on: Callable[[], bool]) -> None:
        """Find the least cost of so many sites, or that it is not under ``ceiling``."""
        if self.whole:
            # What is under a whole number is at least one under it; of another that would not hold.
            ceiling = float(np.ceil(ceiling - 1e-6))
        told = PieceSearch(self, n_open, 0.0, min(ceiling, float(self.cost[n_open])), go_on).run()
        bounds = np.full(len(self.least), -np.inf)
        bounds[n_open] = told
        self.raise_least(bounds)

    def settle_for(self, fee: float, *, ceiling: float, go_on: Callable[[], bool]) -> None:
        """Find the least cost with a fee a site: for every number of sites, that less its fees is a bound."""
        fees = fee * np.arange(len(self.least))
        ceiling = min(ceiling, float((self.cost + fees).min()))
        told = PieceSearch(self, FREE, fee, ceiling, go_on).run()
        self.raise_least((told - fees).astype(np.float64))


@dataclass(frozen=True, slots=True)
class Leaf:
    """Sites of a piece decided, and the prices of what is left."""

    opened: Bools
    closed: Bools
    priced: Priced


class PieceSearch:
    """Branch and bound on one piece by prices of its linear relaxation.

    Notes
    -----
    A part goes where its bound is enough; sites go in or out where the other way costs the gap. Of the
    sites that the relaxation opens the least clearly some are tried both ways, and the one that raises both
    bounds the most splits the part. What the solver leaves undone counts with the bound of the part.
    """

    def __init__(
        self, piece: Piece, more: int, fee: float, ceiling: float, go_on: Callable[[], bool]
    ) -> None:
        self.piece, self.more, self.fee, self.go_on = piece, more, fee, go_on
        self.upper = ceiling
        self.lack = WHOLE if piece.whole and more != FREE else piece.fine
        self.levels = Levels(piece.rows, more=more, fee=fee, go_on=go_on)

    def run(self) -> float:
        """Give a bound: up to a rounding the least cost, fees included, or the ceiling if that is less."""
        none = np.zeros(self.piece.rows.n_sites, dtype=np.bool_)
        root = self.levels.priced(none, none)
        if root is None:
            return -np.inf
        stack, undone = [Leaf(none, none, root)], np.inf
        while stack:
            part = stack.pop()
            if part.priced.bound >= self.upper - self.lack:
                continue
            self._hope(part)
            parts = self._split(part) if self.go_on() else None
            if parts is None:
                undone = min(undone, part.priced.bound)
            else:
                stack += parts
        return min(self.upper if self.lack == WHOLE else self.upper - self.lack, undone)

    def _hope(self, part: Leaf) -> None:
        """Open the sites that have the largest shares, exchange for the better, and keep that."""
        rows, share = self.piece.rows, part.priced.share
        n_open = self.more if self.more != FREE else round(float(share.sum()))
        mine = np.zeros(rows.n_sites, dtype=np.bool_)
        mine[np.argsort(-share, kind="stable")[:n_open]] = True
        every = np.ones(rows.n_sites, dtype=np.bool_)
        exchange(rows.starts, rows.site, rows.cost, rows.cap, mine, every, every, 100)
        self.upper = min(self.upper, self.piece.keep(mine) + self.fee * n_open)

    def _split(self, part: Leaf) -> list[Leaf] | None:
        """Give what is left of a part, the one to look at first last; None if it cannot be split."""
        limit = self.upper - self.lack
        if part.priced.bound >= limit:
            return []
        opened, closed = self._decided(part, limit - part.priced.bound)
        share = np.where(opened | closed, 0.0, part.priced.share)
        doubt = np.minimum(share, 1.0 - share)
        best, most = None, -1.0
        for one in np.argsort(-doubt, kind="stable")[:TRIED]:
            if doubt[one] < UNSURE:
                break
            both = self._tried(opened, closed, int(one))
            if both is None:
                return None
            rise = [min(way.priced.bound, limit) - part.priced.bound for way in both]
            if (rise[0] + UNSURE) * (rise[1] + UNSURE) > most:
                best, most = both, (rise[0] + UNSURE) * (rise[1] + UNSURE)
            if min(way.priced.bound for way in both) >= limit:
                break
        if best is None:
            return self._again(part, opened, closed)
        left = [way for way in best if way.priced.bound < limit]
        return sorted(left, key=lambda way: -way.priced.bound)

    def _again(self, part: Leaf, opened: Bools, closed: Bools) -> list[Leaf] | None:
        """Price a part anew once all sites in doubt are decided; None where nothing was."""
        if (opened == part.opened).all() and (closed == part.closed).all():
            return None
        told = self._priced(opened, closed)
        return None if told is None else [Leaf(opened, closed, told)]

    def _decided(self, part: Leaf, gap: float) -> tuple[Bools, Bools]:
        """Decide the free sites of which the other way costs the gap."""
        told, free = part.priced, ~(part.opened | part.closed)
        closing = free & (told.in_from - told.worth >= gap)
        opening = free & (told.worth - told.out_from >= gap) & ~closing
        return part.opened | opening, part.closed | closing

    def _tried(self, opened: Bools, closed: Bools, one: int) -> tuple[Leaf, Leaf] | None:
        with_it, without = opened.copy(), closed.copy()
        with_it[one] = without[one] = True
        ways = []
        for mine, others in ((with_it, closed), (opened, without)):
            told = self._priced(mine, others)
            if told is None:
                return None
            ways.append(Leaf(mine, others, told))
        return ways[0], ways[1]

    def _priced(self, opened: Bools, closed: Bools) -> Priced | None:
        """Price a part; one that holds too many or too few sites has nothing in it."""
        least, most = int(opened.sum()), int((~closed).sum())
        if self.more != FREE and not least <= self.more <= most:
            none = np.zeros(len(opened))
            return Priced(np.inf, none, none, 0.0, 0.0)
        return self.levels.priced(opened, closed)
