"""Where values alike lie together: local Moran's I, with chance dealt unit by unit."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from courtepointe.core.space.checks import deviations
from courtepointe.core.space.kernels import count_dealt, dealt
from courtepointe.core.space.neighbours import Neighbours
from courtepointe.core.space.whole import check_draws
from courtepointe.core.typing import Bools, Floats, Ints

PARTS_OF_A_THREAD = 8
NEAR = 1e-11
"""Of the largest deviation: lags that differ by less are equal."""


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
    n_draws : int
    seed : uint64
        Of the deals, which `dealt_lags` gives again.
    """

    index: Floats
    quadrant: Ints
    at_least: Ints
    at_most: Ints
    n_draws: int
    seed: np.uint64

    @property
    def tested(self) -> Bools:
        """Units with a neighbour: (n_units,) bool."""
        return (self.at_least + self.at_most) > 0

    @property
    def p_value(self) -> Floats:
        """Two-sided: (n_units,) float, above 0 to 1; 1 where not tested."""
        return np.minimum(2.0 * self.p_folded, 1.0)

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
    n_threads: int = 1,
) -> Local:
    """Give local Moran's I, each unit held and all others dealt to its neighbours' places.

    Parameters
    ----------
    values : (n_units,) float
    neighbours : Neighbours
        Without the unit itself; weights that add up to 1 make lags means.
    rng : numpy Generator
        One number is taken from it.
    n_draws : int, above 0
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
    smaller one: (count + 1) / (draws + 1).
    """
    z = deviations(values, n_units=neighbours.n_units, n_pairs=neighbours.unit.size)
    check_draws(n_draws)
    seed, near = seed_of(rng), NEAR * float(np.abs(z).max())
    lag = neighbours.lag(z)
    n_parts = max(1, min(PARTS_OF_A_THREAD * n_threads, z.size))
    ends = np.linspace(0, z.size, n_parts + 1).astype(np.int64)
    first, weight = neighbours.first, neighbours.weight

    def count(part: int) -> Ints:
        begin, end = int(ends[part]), int(ends[part + 1])
        counted: Ints = count_dealt(z, first, weight, lag, begin, end, seed, n_draws, near)
        return counted

    with ThreadPoolExecutor(n_threads) as pool:
        counts = np.concatenate(list(pool.map(count, range(n_parts))))
    index = (z.size - 1.0) * z * lag / (z @ z)
    return Local(index, quadrants(z, lag, near=near), counts[:, 0], counts[:, 1], n_draws, seed)


def seed_of(rng: np.random.Generator) -> np.uint64:
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


def dealt_lags(
    values: Floats, neighbours: Neighbours, unit: int, *, seed: np.uint64, n_draws: int
) -> Floats:
    """Give the lags of one unit that `local_moran` counts, of deviations from the mean: (n_draws,)."""
    z = values - values.mean()
    its = neighbours.weight[neighbours.first[unit] : neighbours.first[unit + 1]]
    told: Floats = dealt(z, its, unit, seed, n_draws)
    return told
