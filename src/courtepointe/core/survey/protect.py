"""What may be told of a few people's answers, also to whoever adds and subtracts all that is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum

import numpy as np
from scipy.linalg import qr

from courtepointe.core.errors import BadInput
from courtepointe.core.typing import Bools, Floats

FEW = 5
"""Fewer people than this who answer alike are a few."""
NEAR = 1e-9
STEP = 0.005
"""Half of a percent: a share in whole percents does not tell apart what moves it by less."""


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
    kinds, of = np.unique(sets, axis=1, return_inverse=True)
    n = np.bincount(of.ravel(), minlength=kinds.shape[1])
    n_yes = np.bincount(of.ravel(), weights=yes, minlength=kinds.shape[1]).astype(np.int64)
    reached = _reached(kinds)
    reached = reached[reached.any(axis=1) & ~reached.all(axis=1)]
    few = np.minimum(reached @ n_yes, reached @ (n - n_yes)) < FEW
    return bool(few.any()) or _pinned(kinds[1:], n, n_yes)


def _reached(kinds: Bools) -> Bools:
    """List the sets of kinds whose sum follows from those of the rows: (n_reached, n_kinds) bool.

    A sum that follows is known by its part of as many kinds as there are rows that say something of their own.
    """
    rows = kinds.astype(np.float64)
    _, triangle, order = qr(rows, mode="economic", pivoting=True)
    rank = int((np.abs(np.diag(triangle)) > NEAR).sum())
    basis = np.linalg.lstsq(rows[:, order[:rank]], rows, rcond=None)[0]
    parts = ((np.arange(2**rank)[:, None] >> np.arange(rank)) & 1).astype(np.float64)
    for kind in order[rank:]:
        held = parts @ basis[:, kind]
        parts = parts[(np.abs(held) < NEAR) | (np.abs(held - 1.0) < NEAR)]
    found: Bools = parts @ basis > 0.5
    return found


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


def weights_tell(weights: Floats, cells: Sequence[Bools]) -> bool:
    """Say whether weighted shares beside plain ones give what a few people of one weight answered.

    Parameters
    ----------
    weights : (n_people,) float
    cells : sequence of (n_people,) bool
        Who gave each answer whose share is told in whole percents; none: a mean of numbers is told.

    Notes
    -----
    A plain share with its number is a count. The weighted share beside it is a second sum of the same answers:
    two weights and two sums give both counts. People whose weights move a share by less than half a percent are
    not told apart; each such crowd that is not everybody must hold `FEW` who gave the answer and `FEW` who did not.
    """
    told = [cell for cell in cells if cell.any() and not cell.all()]
    for crowd in _crowds(weights):
        n = int(crowd.sum())
        if any(_of_few(n, int(cell[crowd].sum())) for cell in told) or (not cells and n < 2 * FEW):
            return True
    return False


def _crowds(weights: Floats) -> Iterator[Bools]:
    near = STEP * float(weights.sum()) + NEAR
    for weight in np.unique(weights.round(6)):
        crowd = np.abs(weights - weight) <= near
        if not crowd.all():
            yield crowd
