"""What may be told of a few people's answers, also to whoever adds and subtracts all that is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy.linalg import qr, solve_triangular

from courtepointe.core.errors import BadInput
from courtepointe.core.survey.design import effective_n
from courtepointe.core.survey.estimates import wilson
from courtepointe.core.typing import Bools, Floats, Ints

FEW = 5
"""Fewer people than this who answer alike are a few."""
NEAR = 1e-9
PERCENT = 0.01
HALVINGS = 30
ALIKE = 6
"""Decimals to which weights are the same."""
LOOKED = 32
MOST_WEIGHTS, MOST_KINDS = 8, 300


class Tell(StrEnum):
    """Whether a share is told. Why it is not is not said: the reason would tell."""

    TOLD = "told"
    TOO_FEW = "too_few"
    """Too few answered, or too few of them answered one way, in the group or among the others."""


def telling(n: int, n_yes: int, n_others: int, n_others_yes: int, *, least: int) -> Tell:
    """Say whether a group's share may be told beside that of everybody.

    Parameters
    ----------
    n, n_yes : int, persons
        Of the group: who answered, and who of them said yes.
    n_others, n_others_yes : int, persons
        Of all who answered and are not known to be of the group: everybody's counts less the group's.
    least : int
        The least number of persons of whom something is told.

    Returns
    -------
    Tell
        ``told`` where the group and the others are each ``least`` or more (or there are no others), and
        in each `FEW` or more say yes and `FEW` or more do not.

    Raises
    ------
    BadInput
        ``protection_least``, ``core_negative_count``.
    """
    if least < 1:
        raise BadInput("protection_least", value=least)
    parts = (n, n_yes, n - n_yes, n_others, n_others_yes, n_others - n_others_yes)
    if min(parts) < 0:
        raise BadInput("core_negative_count", value=float(min(parts)))
    if n < least or _of_few(n, n_yes):
        return Tell.TOO_FEW
    is_told = n_others == 0 or (n_others >= least and not _of_few(n_others, n_others_yes))
    return Tell.TOLD if is_told else Tell.TOO_FEW


def _of_few(n: int, n_yes: int) -> bool:
    return min(n_yes, n - n_yes) < FEW


def gives_away(told: Sequence[Bools], yes: Bools) -> bool:
    """Say whether adding and subtracting counts gives what a few people answered.

    Parameters
    ----------
    told : sequence of (n_people,) bool
        Sets of people of whom it is told how many they are and how many of them said yes. Everybody's counts are told too.
    yes : (n_people,) bool

    Returns
    -------
    bool
        Whether fewer than `FEW` yes, or fewer than `FEW` others, come out of a part of all people.

    Notes
    -----
    Whoever reads is held to know who is of each set, the worst case. Seen are all sets whose count is a sum of told
    counts, each taken any number of times, added or subtracted; and pairs of sets whose counts leave one number
    possible in all that they share (3 yes more in one of two sets, of which 3 people are in that one alone).
    What three sets or more leave possible without any sum saying it is not looked for.
    """
    sets = np.vstack([np.ones(yes.size, dtype=np.bool_), *told])
    marks = (1 << np.arange(sets.shape[0])) @ sets.astype(np.int64)
    _, first, of = np.unique(marks, return_index=True, return_inverse=True)
    kinds = sets[:, first]
    n = np.bincount(of, minlength=first.size)
    n_yes = np.bincount(of, weights=yes, minlength=first.size).astype(np.int64)
    reached = _reached(kinds)
    reached = reached[reached.any(axis=1) & ~reached.all(axis=1)]
    few = np.minimum(reached @ n_yes, reached @ (n - n_yes)) < FEW
    return bool(few.any()) or _pinned(kinds[1:], n, n_yes)


def _reached(kinds: Bools) -> Bools:
    """List the sets of kinds whose sum follows from those of the rows: (n_reached, n_kinds) bool.

    A sum that follows is known by its part of as many kinds as there are rows that say something of their own.
    """
    _, triangle, order = qr(kinds.astype(np.float64), mode="economic", pivoting=True)
    rank = int((np.abs(np.diag(triangle)) > NEAR).sum())
    basis = np.empty((rank, order.size))
    basis[:, order] = solve_triangular(triangle[:rank, :rank], triangle[:rank])
    parts = ((np.arange(2**rank)[:, None] >> np.arange(rank)) & 1).astype(np.float64)
    for kind in order[rank : rank + LOOKED]:  # most fall out here, before all kinds are looked at
        parts = parts[_whole(parts @ basis[:, kind])]
    held = parts @ basis
    found: Bools = held[_whole(held).all(axis=1)] > 0.5
    return found


def _whole(held: Floats) -> Bools:
    near: Bools = np.minimum(np.abs(held), np.abs(held - 1.0)) < NEAR
    return near


def _pinned(kinds: Bools, n: np.ndarray, n_yes: np.ndarray) -> bool:
    """Say whether two sets' counts leave one number of yes possible in what both hold, and so tell of a few."""
    rows = kinds.astype(np.int64)
    both, yes = (rows * n) @ rows.T, (rows * n_yes) @ rows.T
    size, said = both.diagonal(), yes.diagonal()
    sizes = (both, size[:, None] - both, size[None, :] - both, n.sum() - size[:, None] - size[None, :] + both)  # fmt: skip
    one, two = np.broadcast_arrays(said[:, None], said[None, :])
    over = one + two - n_yes.sum()
    low = np.maximum.reduce([np.zeros_like(both), one - sizes[1], two - sizes[2], over])
    high = np.minimum.reduce([both, one, two, sizes[3] + over])
    held = (yes, one - yes, two - yes, yes - over)
    few = [(of > 0) & (np.minimum(part, of - part) < FEW) for of, part in zip(sizes, held, strict=True)]  # fmt: skip
    return bool(((low == high) & np.logical_or.reduce(few)).any())


def in_percents(made: tuple[float, float, float]) -> tuple[float, float, float]:
    """Round a share and the ends of its interval to whole percents."""
    value, low, high = (round(one, 2) for one in made)
    return value, low, high


def few_of_a_weight(weights: Floats) -> bool:
    """Say whether a weighted mean beside the plain one gives the sum of fewer people than two times a few."""
    _, n = np.unique(weights.round(ALIKE), return_counts=True)
    return n.size > 1 and int(n.min()) < 2 * FEW


def weights_tell(
    weights: Floats, cells: Sequence[Bools], sets: Sequence[Bools] = (), *, weighed: Sequence[Bools] = ()
) -> bool:  # fmt: skip
    """Say whether weighted shares beside plain ones give what a few people of one weight answered.

    Parameters
    ----------
    weights : (n_people,) float
    cells : sequence of (n_people,) bool
        Who gave each answer whose share of everybody is told, plain, and weighted in whole percents.
    sets : sequence of (n_people,) bool
        Of whom the count of the first cell is told.
    weighed : sequence of (n_people,) bool
        Those of the sets of whom its weighted share is told too.

    Notes
    -----
    A plain share with its number is a count, and the weighted share beside it is a second sum of the same answers: two
    weights and two sums give both counts. People whose weights move a share by less than half a percent are a crowd; each that is not
    everybody must hold `FEW` who gave an answer and `FEW` who did not. With few weights and few kinds of people this is not enough: where
    fewer than `FEW` of one weight gave an answer, or did not, two people of other weights and of the same sets are looked for
    who could have answered each other's answers with all that is told the same, intervals too. Where there are none,
    what those few answered is held to be told. With more weights there are too many unknowns for a few sums.
    """
    everybody = np.ones(weights.size, dtype=np.bool_)
    told = [(everybody, one) for one in cells] + [(of, cells[0]) for of in weighed]
    told = [(of, cell) for of, cell in told if 0 < int(cell[of].sum()) < int(of.sum())]
    if any(_few_in_a_crowd(weights[of], cell[of]) for of, cell in told):
        return True
    _, of_weight = np.unique(weights.round(ALIKE), return_inverse=True)
    swaps = _swaps(weights, of_weight, told, cells, sets)
    return swaps is not None and any(_few_alone(part, of_weight, swaps) for part in told)


def _few_in_a_crowd(weights: Floats, cell: Bools) -> bool:
    near = PERCENT / 2 * float(weights.sum()) + NEAR
    for weight in np.unique(weights.round(ALIKE)):
        crowd = np.abs(weights - weight) <= near
        if not crowd.all() and _of_few(int(crowd.sum()), int(cell[crowd].sum())):
            return True
    return False


def _few_alone(told: tuple[Bools, Bools], of_weight: Ints, swaps: _Swaps) -> bool:
    of, cell = told
    for one in np.unique(of_weight[of]):
        part = of & (of_weight == one)
        if _of_few(int(part.sum()), int(cell[part].sum())) and not swaps.changes(part, cell):
            return True
    return False


@dataclass(frozen=True, slots=True)
class _Swaps:
    """Kinds of people (by weight, sets and answers), somebody of each, and which two may have each other's answers."""

    first: Ints
    may: Bools

    def changes(self, part: Bools, cell: Bools) -> bool:
        """Say whether how many of a part, all of one weight, are in a cell may be otherwise."""
        inside, said = part[self.first], cell[self.first]
        differ = inside[:, None] & (said[:, None] != said[None, :])
        return bool((self.may & differ).any())


def _swaps(
    weights: Floats, of_weight: Ints, told: Sequence[tuple[Bools, Bools]], cells: Sequence[Bools],
    sets: Sequence[Bools],
) -> _Swaps | None:  # fmt: skip
    """Give who may have each other's answers; None where all weigh the same, or there are too many weights or kinds to look."""
    rows = np.vstack([of_weight, *sets, *cells]).astype(np.int64)
    kinds, first = np.unique(rows, axis=1, return_index=True)
    if not 1 < np.unique(of_weight).size <= MOST_WEIGHTS or first.size > MOST_KINDS:
        return None
    alike = np.ones((first.size, first.size), dtype=np.bool_)
    for row in kinds[1 : 1 + len(sets)]:
        alike &= row[:, None] == row[None, :]
    may = alike & (kinds[0][:, None] != kinds[0][None, :])
    heavier = weights[first][None, :] - weights[first][:, None]
    for of, cell in told:
        low, high = _moves(weights[of], cell[of])
        said = (cell & of)[first].astype(np.float64)
        move = (said[:, None] - said[None, :]) * heavier / weights[of].sum()
        may &= (low <= move) & (move <= high)
    return _Swaps(first, may)


def _moves(weights: Floats, cell: Bools) -> tuple[float, float]:
    """Give by how much a weighted share may be less, and more, and be told alike."""
    n = effective_n(weights)
    value = float(weights[cell].sum() / weights.sum())

    def told(share: float) -> tuple[float, float, float]:
        return in_percents((share, *wilson(share, n)))

    ends = []
    for sign in (-1.0, 1.0):
        near, far = 0.0, 2 * PERCENT
        for _ in range(HALVINGS):
            middle = (near + far) / 2
            share = value + sign * middle
            same = 0.0 <= share <= 1.0 and told(share) == told(value)
            near, far = (middle, far) if same else (near, middle)
        ends.append(sign * near)
    return ends[0], ends[1]
