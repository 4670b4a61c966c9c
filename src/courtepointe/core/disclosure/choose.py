"""The choice of the sums that may be told: one rule for tables and for drawn areas.

Sums are taken in order; each is told when it is not small and when, with all that is told
already, it gives no small count away. With the coarse areas first and the great before the
small, the sums left out of a table are the least that hide the small ones: the complementary
suppression of official statistics. With those told to others first, it is the refusal of
differencing.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
import scipy.sparse as sp

from courtepointe.core.disclosure.audit import Group, Sums, gives_away, revealed
from courtepointe.core.disclosure.small import is_small
from courtepointe.core.typing import Bools, Floats, Ints


def tellable(
    asked: sp.csr_matrix, counts: Floats, *, least: float, told: sp.csr_matrix | None = None
) -> Bools:
    """Choose the sums that may be told.

    Parameters
    ----------
    asked : (n_asked, n_units) sparse float
        Shares of units, in the order in which they are to be considered.
    counts : (n_units,) float, persons (or whatever is counted)
    least : float
        The least total that may be told.
    told : (n_told, n_units) sparse float or None
        Sums that were told before.

    Returns
    -------
    (n_asked,) bool

    Raises
    ------
    BadInput
        ``core_shape``, ``protection_least``, ``core_negative_count``.

    Notes
    -----
    What was told before is held against nobody: only what a sum gives away anew keeps it back.
    Greedy: no smaller set of sums left out is looked for. See Hundepool and others, *Statistical
    Disclosure Control* (2012), chapters 4 (tables) and 6 (queries).
    """
    matrix = sp.csr_matrix(asked, dtype=np.float64)
    before = sp.csr_matrix((0, counts.size)) if told is None else sp.csr_matrix(told)
    choice = _Choice(before, counts, least)
    large = ~is_small(np.asarray(matrix @ counts, dtype=np.float64), least=least)
    choice.take(matrix, np.flatnonzero(large))
    chosen = np.zeros(matrix.shape[0], dtype=np.bool_)
    chosen[choice.taken] = True
    return chosen


class _Choice:
    """The sums told so far, and the places of those among the asked that were taken."""

    def __init__(self, before: sp.csr_matrix, counts: Floats, least: float) -> None:
        self._before, self._told = before, before
        self._counts, self._least = counts, least
        self.taken: list[int] = []

    @cached_property
    def _given_away(self) -> frozenset[Group]:
        """What was given away before is held against nobody."""
        sums = Sums.over(self._before, self._counts)
        return frozenset(revealed(sums, self._counts, least=self._least))

    def _is_safe(self, told: sp.csr_matrix) -> bool:
        sums = Sums.over(told, self._counts)
        return not gives_away(
            sums, self._counts, least=self._least, besides=lambda: self._given_away
        )

    def take(self, asked: sp.csr_matrix, places: Ints) -> None:
        """Take all that may be taken, in order.

        More sums never give less away: where many together are safe, each was safe in its turn,
        and one audit does for all. Else the first half is settled, then the second.
        """
        if places.size == 0:
            return
        with_them = sp.csr_matrix(sp.vstack([self._told, asked[places]]))
        if self._is_safe(with_them):
            self._told = with_them
            self.taken.extend(places.tolist())
        elif places.size > 1:
            half = (places.size + 1) // 2
            self.take(asked, places[:half])
            self.take(asked, places[half:])
