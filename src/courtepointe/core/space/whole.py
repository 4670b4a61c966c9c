"""Whether values alike lie together, over a whole map: Moran's I, Geary's C, Getis and Ord's G."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from courtepointe.core.errors import NoAnswer
from courtepointe.core.space.checks import check_draws, check_not_negative, deviations
from courtepointe.core.space.neighbours import Neighbours, Sums
from courtepointe.core.typing import Floats

BLOCK = 16
"""Deals weighed in one go: as many as stay near the processor."""


@dataclass(frozen=True, slots=True)
class Spread:
    """A statistic of a whole map, beside what it would be if values lay anywhere.

    Attributes
    ----------
    value, expected : float
    variance_normal : float
        If each value were drawn from one normal population.
    variance_random : float
        If the values at hand were dealt to units at random.
    """

    value: float
    expected: float
    variance_normal: float
    variance_random: float

    @property
    def z_normal(self) -> float:
        """How many standard deviations from the expected."""
        return _z(self.value - self.expected, self.variance_normal)

    @property
    def z_random(self) -> float:
        """How many standard deviations from the expected."""
        return _z(self.value - self.expected, self.variance_random)

    @property
    def p_normal(self) -> float:
        """Two-sided."""
        return _two_sided(self.z_normal)

    @property
    def p_random(self) -> float:
        """Two-sided."""
        return _two_sided(self.z_random)


def _z(apart: float, variance: float) -> float:
    return apart / variance**0.5 if variance > 0.0 else 0.0


def _two_sided(z: float) -> float:
    return float(2.0 * ndtr(-abs(z)))


def moran(values: Floats, neighbours: Neighbours) -> Spread:
    """Give Moran's I: above its expected value where values alike lie together.

    Parameters
    ----------
    values : (n_units,) float
    neighbours : Neighbours

    Returns
    -------
    Spread

    Raises
    ------
    BadInput
        ``core_shape``, ``core_not_a_number``.
    NoAnswer
        ``space_too_few``, ``space_no_pairs``, ``space_all_equal``.

    Notes
    -----
    ``I = n / S0 * z'Wz / z'z``; both variances: A. D. Cliff and J. K. Ord, *Spatial Processes* (1981), ch. 2.
    Units without neighbours count in n.
    """
    z = _deviations(values, neighbours)
    n, sums = float(z.size), neighbours.sums()
    s0, s1, s2 = sums.s0, sums.s1, sums.s2
    expected = -1.0 / (n - 1.0)
    normal = (n * n * s1 - n * s2 + 3.0 * s0 * s0) / ((n * n - 1.0) * s0 * s0) - expected**2
    k = _kurtosis(z)
    above = n * ((n * n - 3.0 * n + 3.0) * s1 - n * s2 + 3.0 * s0 * s0)
    above -= k * ((n * n - n) * s1 - 2.0 * n * s2 + 6.0 * s0 * s0)
    random = above / ((n - 1.0) * (n - 2.0) * (n - 3.0) * s0 * s0) - expected**2
    return Spread(_moran(z, neighbours), expected, normal, random)


def _deviations(values: Floats, neighbours: Neighbours) -> Floats:
    return deviations(values, n_units=neighbours.n_units, n_pairs=neighbours.unit.size)


def _kurtosis(z: Floats) -> float:
    return float(z.size * (z**4).sum() / np.square(z).sum() ** 2)


def _moran(z: Floats, neighbours: Neighbours) -> float:
    return float(z.size / neighbours.weight.sum() * (z @ neighbours.lag(z)) / (z @ z))


def moran_dealt(
    values: Floats, neighbours: Neighbours, *, rng: np.random.Generator, n_draws: int
) -> float:
    """Give the part of random deals, the true one among them, whose I is as far from their mean.

    Parameters
    ----------
    values : (n_units,) float
    neighbours : Neighbours
    rng : numpy Generator
    n_draws : int, above 0

    Returns
    -------
    float, above 0 to 1
        Two-sided.

    Raises
    ------
    BadInput
        As `moran`; ``space_draws``.
    NoAnswer
        As `moran`.
    """
    z = _deviations(values, neighbours)
    check_draws(n_draws)
    weights = neighbours.matrix()
    dealt = np.empty(n_draws)
    for begin in range(0, n_draws, BLOCK):
        n = min(BLOCK, n_draws - begin)
        some = np.stack([rng.permutation(z) for _ in range(n)], axis=1)
        dealt[begin : begin + BLOCK] = (some * (weights @ some)).sum(axis=0)
    dealt *= z.size / neighbours.weight.sum() / (z @ z)
    mean = -1.0 / (z.size - 1.0)
    far = abs(_moran(z, neighbours) - mean)
    return float((1 + (np.abs(dealt - mean) >= far * (1.0 - 1e-12)).sum()) / (n_draws + 1))


def geary(values: Floats, neighbours: Neighbours) -> Spread:
    """Give Geary's C: under 1 where values alike lie together.

    Parameters
    ----------
    values : (n_units,) float
    neighbours : Neighbours

    Returns
    -------
    Spread

    Raises
    ------
    BadInput, NoAnswer
        As `moran`.

    Notes
    -----
    ``C = (n - 1) / (2 S0) * sum(w_ij (x_i - x_j)**2) / z'z``: Cliff and Ord, as in `moran`.
    """
    z = _deviations(values, neighbours)
    n, sums = float(z.size), neighbours.sums()
    s0, s1, s2 = sums.s0, sums.s1, sums.s2
    apart = (neighbours.weight * np.square(z[neighbours.row] - z[neighbours.unit])).sum()
    value = float((n - 1.0) / (2.0 * s0) * apart / (z @ z))
    normal = ((2.0 * s1 + s2) * (n - 1.0) - 4.0 * s0 * s0) / (2.0 * (n + 1.0) * s0 * s0)
    k = _kurtosis(z)
    above = (n - 1.0) * s1 * (n * n - 3.0 * n + 3.0 - (n - 1.0) * k)
    above -= (n - 1.0) * s2 * (n * n + 3.0 * n - 6.0 - (n * n - n + 2.0) * k) / 4.0
    above += s0 * s0 * (n * n - 3.0 - (n - 1.0) ** 2 * k)
    random = above / (n * (n - 2.0) * (n - 3.0) * s0 * s0)
    return Spread(value, 1.0, normal, random)


def getis_ord(values: Floats, neighbours: Neighbours) -> Spread:
    """Give Getis and Ord's G: above its expected value where large values lie together.

    Parameters
    ----------
    values : (n_units,) float, not negative
    neighbours : Neighbours
        Binary, by the authors' custom.

    Returns
    -------
    Spread
        One variance only, that of values dealt at random: it stands in both places.

    Raises
    ------
    BadInput
        As `moran`; ``space_negative``.
    NoAnswer
        As `moran`.

    Notes
    -----
    A. Getis and J. K. Ord, *Geographical Analysis* 24 (1992).
    """
    _deviations(values, neighbours)
    check_not_negative(values)
    n, sums = float(values.size), neighbours.sums()
    m1, m2, m3, m4 = (float((values**power).sum()) for power in (1, 2, 3, 4))
    whole = m1 * m1 - m2
    if whole <= 0.0:
        raise NoAnswer("space_one_value", value=float(values.max()))
    value = float(values @ neighbours.lag(values)) / whole
    expected = sums.s0 / (n * (n - 1.0))
    square = _getis_square(n, sums, (m1, m2, m3, m4))
    square /= whole**2 * n * (n - 1.0) * (n - 2.0) * (n - 3.0)
    variance = square - expected**2
    return Spread(value, expected, variance, variance)


def _getis_square(n: float, sums: Sums, moments: tuple[float, float, float, float]) -> float:
    """Give the authors' B0 to B4, each with its moments."""
    s0, s1, s2 = sums.s0, sums.s1, sums.s2
    m1, m2, m3, m4 = moments
    return (
        ((n * n - 3.0 * n + 3.0) * s1 - n * s2 + 3.0 * s0 * s0) * m2 * m2
        - ((n * n - n) * s1 - 2.0 * n * s2 + 6.0 * s0 * s0) * m4
        - (2.0 * n * s1 - (n + 3.0) * s2 + 6.0 * s0 * s0) * m1 * m1 * m2
        + (4.0 * (n - 1.0) * s1 - 2.0 * (n + 1.0) * s2 + 8.0 * s0 * s0) * m1 * m3
        + (s1 - s2 + s0 * s0) * m1**4
    )
