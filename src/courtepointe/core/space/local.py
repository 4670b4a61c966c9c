"""Where values alike lie together: local Moran's I, with chance dealt unit by unit."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from courtepointe.core.space.checks import check_draws, deviations
from courtepointe.core.space.kernels import count_dealt, dealt
from courtepointe.core.space.neighbours import Neighbours
from courtepointe.core.typing import AnyArray, Bools, Floats, Ints

PARTS_OF_A_THREAD = 8
NEAR = 1e-11
"""Of the largest deviation: lags that differ by less are equal."""
DOUBTED = 0.05
"""A two-sided p above this is not looked at again."""


class Quadrant(IntEnum):
    """A unit's value beside the mean of all, then the mean of its neighbours'."""

    NONE = 0
    """Exactly at the mean, or without neighbours: on no side."""
    HIGH_HIGH = 1
    LOW_HIGH = 2
    LOW_LOW = 3
    HIGH_LOW = 4


@dataclass(frozen=True, slots=True)
class Local:
    """Local Moran's I of each unit.

    Attributes
    ----------
    index : (n_units,) float
        Above 0 where a unit is like its neighbours; the sum over n - 1 is the global I where weights
        add up to 1 for each unit.
    quadrant : (n_units,) int
        Of `Quadrant`.
    at_least, at_most : (n_units,) int
        Deals whose lag was at least, and at most, the unit's own.
    n_draws : (n_units,) int
        Deals of each.
    seed : (n_units,) uint64
        Of the deals, which `dealt_lags` gives again.
    """

    index: Floats
    quadrant: Ints
    at_least: Ints
    at_most: Ints
    n_draws: Ints
    seed: AnyArray

    @property
    def tested(self) -> Bools:
        """Units with a neighbour: (n_units,) bool."""
        return (self.at_least + self.at_most) > 0

    @property
    def p_value(self) -> Floats:
        """Two-sided: (n_units,) float, above 0 to 1; 1 where not tested."""
        return _two_sided(np.column_stack([self.at_least, self.at_most]), self.n_draws)

    @property
    def p_folded(self) -> Floats:
        """One-sided, on the side where the unit lies, as other software gives it: half of what is honest."""
        least = np.minimum(self.at_least, self.at_most)
        told: Floats = np.where(self.tested, (least + 1.0) / (self.n_draws + 1.0), 1.0)
        return told


def local_moran(
    values: Floats,
    neighbours: Neighbours,
    *,
    rng: np.random.Generator,
    n_draws: int = 999,
    n_again: int = 0,
    n_threads: int = 1,
) -> Local:
    """Give local Moran's I, each unit held and all others dealt to its neighbours' places.

    Parameters
    ----------
    values : (n_units,) float
    neighbours : Neighbours
        Without the unit itself; weights that add up to 1 make lags means.
    rng : numpy Generator
        Two numbers are taken from it.
    n_draws : int, above 0
    n_again : int
        Where p is not over `DOUBTED`, so many other deals decide in place of these; 0: nowhere.
    n_threads : int

    Returns
    -------
    Local
        The same to the last bit whatever the threads.

    Raises
    ------
    BadInput
        ``core_shape``, ``core_not_a_number``, ``space_draws``.
    NoAnswer
        ``space_too_few``, ``space_no_pairs``, ``space_all_equal``.

    Notes
    -----
    ``I_i = (n - 1) z_i sum(w_ij z_j) / sum(z**2)``: L. Anselin, *Geographical Analysis* 27 (1995). Holding a
    unit, its I is as extreme as its lag is; so both tails of the lag are counted, and p is twice the
    smaller one: (count + 1) / (draws + 1). Many tests at once ask for smaller p than few deals can give:
    those that may be of use are dealt again, apart from the first deals, which choose them.
    """
    z = deviations(values, n_units=neighbours.n_units, n_pairs=neighbours.unit.size)
    check_draws(n_draws)
    near, lag = NEAR * float(np.abs(z).max()), neighbours.lag(z)
    seeds = (_seed_of(rng), _seed_of(rng))

    def count(units: Ints, seed: np.uint64, number: int) -> Ints:
        parts = np.array_split(units, max(1, min(PARTS_OF_A_THREAD * n_threads, units.size)))
        held = (z, neighbours.first, neighbours.weight, lag)
        with ThreadPoolExecutor(n_threads) as pool:
            told = list(pool.map(lambda part: count_dealt(*held, part, seed, number, near), parts))
        return np.concatenate(told)

    counts = count(np.arange(z.size), seeds[0], n_draws)
    numbers, seed = np.full(z.size, n_draws), np.full(z.size, seeds[0])
    again = np.flatnonzero(_two_sided(counts, numbers) <= DOUBTED)
    if n_again > 0 and again.size:
        counts[again] = count(again, seeds[1], n_again)
        numbers[again], seed[again] = n_again, seeds[1]
    index, sides = (z.size - 1.0) * z * lag / (z @ z), quadrants(z, lag, near=near)
    return Local(index, sides, counts[:, 0], counts[:, 1], numbers, seed)


def _two_sided(counts: Ints, n_draws: Ints) -> Floats:
    """Give twice the smaller tail; 1 where nothing was dealt: a unit without neighbours."""
    least = np.where(counts.sum(axis=1) > 0, counts.min(axis=1), n_draws)
    told: Floats = np.minimum(2.0 * (least + 1.0) / (n_draws + 1.0), 1.0)
    return told


def _seed_of(rng: np.random.Generator) -> np.uint64:
    """Take the seed of all streams from a generator."""
    return np.uint64(rng.integers(0, 2**63))


def quadrants(z: Floats, lag: Floats, *, near: float = 0.0) -> Ints:
    """Say on which side of the mean each unit lies, and its neighbours.

    Parameters
    ----------
    z, lag : same shape, float
    near : float
        What is nearer to the mean than this lies on no side.

    Returns
    -------
    same shape, int
        Of `Quadrant`.
    """
    told = np.where(
        z > 0.0,
        np.where(lag > 0.0, Quadrant.HIGH_HIGH, Quadrant.HIGH_LOW),
        np.where(lag > 0.0, Quadrant.LOW_HIGH, Quadrant.LOW_LOW),
    )
    return np.where((np.abs(z) <= near) | (np.abs(lag) <= near), Quadrant.NONE, told)


def dealt_lags(z: Floats, neighbours: Neighbours, local: Local, unit: int) -> Floats:
    """Give the lags of one unit that `local_moran` counted; z are deviations from the mean: (n_draws,)."""
    its = neighbours.weight[neighbours.first[unit] : neighbours.first[unit + 1]]
    told: Floats = dealt(z, its, unit, local.seed[unit], int(local.n_draws[unit]))
    return told
