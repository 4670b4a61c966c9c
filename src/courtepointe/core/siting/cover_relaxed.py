"""The linear relaxation of a maximal covering, by an interior point: the rows fold into a table of sites."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numba
import numpy as np
from scipy import sparse

from courtepointe.core.siting.milp import Sparse
from courtepointe.core.typing import AnyArray, Floats, Ints

compiled = numba.njit(cache=True, nogil=True, error_model="numpy")
INSIDE = 0.995
"""The part of the way to the nearest wall that a step goes."""
AWAY = 0.1
"""How far from its walls the start is."""
BLOCK = 32
"""So many lines of a table are worked off together: they stay near the processor."""
TINY, ROUNDS = 1e-40, 80
"""What is less is at its wall; how many steps at most, of which some twenty are made."""
NEAR, LEAST = 0.01, 1e-10
"""How near the optimum is near: a part of what is missing to the best choice, of which, as a part, no less."""


@dataclass(frozen=True, slots=True)
class Relaxed:
    """A point near the optimum of the relaxation.

    Attributes
    ----------
    bound : float
        Counted from the prices: it holds wherever they are.
    price : (n_rows,) float
        Between 0 and the caps.
    worth : (n_sites,) float
        The prices of the rows that each site reaches.
    share : (n_sites,) float
        How much of each site opens.
    """

    bound: float
    price: Floats
    worth: Floats
    share: Floats


def relax(
    starts: Ints, site: AnyArray, cap: Floats, *, n_sites: int, more: int, upper: float, slack: float,
    go_on: Callable[[], bool],
) -> Relaxed:  # fmt: skip
    """Solve the relaxation nearly; stop early where no choice is better than the best, or when told so.

    Parameters
    ----------
    starts : (n_rows + 1,) int
        Where each row's sites begin in ``site``.
    site : (n_entries,) int32
        Rising within a row.
    cap : (n_rows,) float
        What leaving a row costs, over 0.
    n_sites, more : int
        How many of how many open: neither none nor all.
    upper, slack : float
        What the best choice leaves out, and by how much better is better.
    go_on : function
        Asked before each step.

    Notes
    -----
    Least Σ cap z with R x + z ≥ 1, Σ x = more, 0 ≤ x ≤ 1, 0 ≤ z; dual prices u lie between 0 and the caps.
    S. Mehrotra, "On the implementation of a primal-dual interior point method" (1992). Each row has a z of its
    own, so that a step needs no more than a table of sites by sites: 8 ``n_sites``² bytes.
    """
    point = Interior(starts, site, cap, n_sites, more)
    best = point.reached()
    for _ in range(ROUNDS):
        now = point.reached()
        best = now if now.bound > best.bound else best
        near = max(NEAR * (upper - best.bound), LEAST * abs(upper))
        if best.bound >= upper - slack or point.left() - best.bound <= near:
            break
        if not go_on() or not point.step():
            break
    return best


class Interior:
    """Pairs of which one ends at 0, as two vectors over 0; both hold sites, sites again, rows, rows again.

    ``held`` is how much of each site opens, and how much does not; how much of each row is left, and by how much
    it is reached beyond once. ``paid`` is what more of these would cost; of the rows what their prices leave of
    their caps, and the prices.
    """

    def __init__(self, starts: Ints, site: AnyArray, cap: Floats, n_sites: int, more: int) -> None:
        n, m = len(cap), n_sites
        self.starts, self.site, self.cap, self.more = starts, site, cap, more
        self.rows: Sparse = sparse.csr_matrix((np.ones(len(site)), site, starts), (n, m))
        self.columns: Sparse = self.rows.T.tocsr()
        self.cuts = np.array([m, 2 * m, 2 * m + n])
        over = self.rows @ np.full(m, more / m) - 1.0
        worth = self.columns @ (cap / 2)
        self.fee = float(np.partition(worth, m - more)[m - more])
        far = AWAY * max(float(worth.mean()), LEAST)
        self.held = np.concatenate([
            np.full(m, more / m), np.full(m, 1.0 - more / m),
            np.maximum(-over, 0.0) + AWAY, np.maximum(over, AWAY),
        ])  # fmt: skip
        self.paid = np.concatenate([
            np.maximum(self.fee - worth, 0.0) + far, np.maximum(worth - self.fee, 0.0) + far,
            cap / 2, cap / 2,
        ])  # fmt: skip

    def _parts(self, told: Floats) -> list[Floats]:
        return np.split(told, self.cuts)

    def reached(self) -> Relaxed:
        """Count the bound from the prices."""
        price = np.clip(self.paid[self.cuts[2] :], 0.0, self.cap)
        worth = self.columns @ price
        dearest = np.partition(worth, len(worth) - self.more)[len(worth) - self.more :]
        return Relaxed(float(price.sum() - dearest.sum()), price, worth, self.held[: self.cuts[0]].copy())  # fmt: skip

    def left(self) -> float:
        """Give what the shares leave out: no relaxation leaves less."""
        over = self.rows @ self.held[: self.cuts[0]]
        return float((self.cap * np.maximum(1.0 - over, 0.0)).sum())

    def step(self) -> bool:
        """Aim at the walls, then beside them by what that would reach; say whether there was a way."""
        if min(self.held.min(), self.paid.min()) < TINY:
            return False
        slope, room = self._parts(self.paid / self.held), self._parts(self.held / self.paid)
        row_slope = room[2] + room[3]
        table = folded(self.starts, self.site, 1.0 / row_slope, slope[0] + slope[1])
        if not factored(table):
            return False
        product = self.held * self.paid
        held, paid, _ = self._direction(table, row_slope, -product)
        ahead = (self.held + _way(self.held, held) * held) * (
            self.paid + _way(self.paid, paid) * paid
        )
        aim = (ahead.sum() / product.sum()) ** 3 * product.mean()
        held, paid, fee = self._direction(table, row_slope, aim - product - held * paid)
        if not np.isfinite(held.sum() + paid.sum()):
            return False
        way = INSIDE * _way(self.paid, paid)
        self.held += INSIDE * _way(self.held, held) * held
        self.paid += way * paid
        self.fee += way * fee
        return True

    def _direction(
        self, table: Floats, row_slope: Floats, aim: Floats
    ) -> tuple[Floats, Floats, float]:
        """Solve for the moves that make the equations hold, and change the products of pairs by ``aim``."""
        (share, shut, left, beyond), (gain, loss, spare, price) = (
            self._parts(self.held), self._parts(self.paid),
        )  # fmt: skip
        aims = self._parts(aim)
        short = 1.0 - self.rows @ share - left + beyond - aims[2] / spare + aims[3] / price
        over = self.columns @ price - self.fee + gain - loss + aims[0] / share - aims[1] / shut
        over += self.columns @ (short / row_slope)
        moved, even = solved(table, over), solved(table, np.ones(len(over)))
        fee = float((moved.sum() - self.more + share.sum()) / even.sum())
        moved = moved - fee * even
        dearer = (short - self.rows @ moved) / row_slope
        held = np.concatenate([
            moved, -moved, (aims[2] + left * dearer) / spare, (aims[3] - beyond * dearer) / price,
        ])  # fmt: skip
        paid = np.concatenate([
            (aims[0] - gain * moved) / share, (aims[1] + loss * moved) / shut, -dearer, dearer,
        ])  # fmt: skip
        return held, paid, fee


@compiled
def _way(place: Floats, move: Floats) -> float:
    """Say how far a move may go before a wall, 1 at most."""
    told = 1.0
    for at in range(len(place)):
        if move[at] * told < -place[at]:
            told = -place[at] / move[at]
    return told


@compiled
def folded(starts: Ints, site: AnyArray, weight: Floats, diagonal: Floats) -> Floats:
    """Add up the weights of the rows that two sites reach, for each two, and a diagonal; the lower half is 0."""
    table = np.diag(diagonal)
    for row in range(len(weight)):
        for at in range(starts[row], starts[row + 1]):
            for other in range(at, starts[row + 1]):
                table[site[at], site[other]] += weight[row]
    return table


@compiled
def factored(table: Floats) -> bool:
    """Make U of U'U, in the upper half; say whether there is one.

    LAPACK's would spread over threads, which wait for each other where others use the machine.
    """
    n = len(table)
    for first in range(0, n, BLOCK):
        last = min(first + BLOCK, n)
        for one in range(first, last):
            if not table[one, one] > 0.0:
                return False
            table[one, one:] *= 1.0 / np.sqrt(table[one, one])
            for row in range(one + 1, last):
                table[row, row:] -= table[one, row] * table[one, row:]
        for row in range(last, n):
            for one in range(first, last, 8):
                _less_eight(table[row, row:], table[one : one + 8, row:])
    return True


@compiled
def _less_eight(row: Floats, told: Floats) -> None:
    """Take eight rows, by what they begin with, from a row: by one at a time it would wait for memory."""
    a, b, c, d, e, f, g, h = (
        told[0], told[1], told[2], told[3], told[4], told[5], told[6], told[7],
    )  # fmt: skip
    a0, b0, c0, d0, e0, f0, g0, h0 = a[0], b[0], c[0], d[0], e[0], f[0], g[0], h[0]
    for at in range(len(row)):
        row[at] -= (a0 * a[at] + b0 * b[at] + c0 * c[at] + d0 * d[at]) + (
            e0 * e[at] + f0 * f[at] + g0 * g[at] + h0 * h[at]
        )


@compiled
def solved(factor: Floats, right: Floats) -> Floats:
    """Solve U'U x = right."""
    told, n = right.copy(), len(right)
    for one in range(n):
        told[one] /= factor[one, one]
        for after in range(one + 1, n):
            told[after] -= factor[one, after] * told[one]
    for one in range(n - 1, -1, -1):
        left = told[one]
        for after in range(one + 1, n):
            left -= factor[one, after] * told[after]
        told[one] = left / factor[one, one]
    return told
