"""What random rounding takes from a count, and how wide that makes a sum.

Statistics Canada rounds every cell at random to a neighbouring multiple of the base (5): up
with a chance that grows with the remainder, so that the error is zero on average. Over remainders
that are equally frequent, the error of one cell is triangular:
``P(e) = (base - |e|) / base**2`` for ``-(base - 1) <= e <= base - 1``; its variance is
``(base**2 - 1) / 6``, that is 4 for base 5. See ``docs/methods/uncertainty.md``.
"""

from __future__ import annotations

import math
from functools import cache

import numpy as np

from courtepointe.core.errors import BadInput
from courtepointe.core.typing import Floats

Z95 = 1.959963984540054
"""Half of a normal's 95 % interval, in standard deviations."""
CONFIDENCE = 0.95
FEW_CELLS = 10
"""Below this number of cells the error of a sum is convolved exactly; from it on it is normal."""


def check_base(base: int) -> int:
    """Give the base back, or refuse a negative one.

    Parameters
    ----------
    base : int
        0 or 1 where counts are not rounded.

    Raises
    ------
    BadInput
        ``core_rounding_base``.
    """
    if base < 0:
        raise BadInput("core_rounding_base", value=base)
    return base


def rounding_variance(base: int) -> float:
    """Give the variance of one cell's rounding error.

    Parameters
    ----------
    base : int
        5 for the census; 0 or 1 where counts are not rounded.

    Returns
    -------
    float
        ``(base**2 - 1) / 6``, in squared units of the count; 4 for base 5.
    """
    return 0.0 if check_base(base) <= 1 else (base * base - 1) / 6.0


@cache
def few_cells_half_widths(base: int) -> tuple[float, ...]:
    """Give the exact half widths for 0 to 9 whole cells.

    Parameters
    ----------
    base : int

    Returns
    -------
    tuple of FEW_CELLS float
        At place k the smallest whole m with ``P(|error of k cells| <= m) >= 0.95``.

    Notes
    -----
    By convolution of the cell's distribution with itself. For base 5:
    0, 4, 5, 7, 8, 9, 10, 10, 11, 12. They never decrease: the sum of symmetric unimodal
    variables spreads with each one added (Birnbaum 1948).
    """
    if check_base(base) <= 1:
        return (0.0,) * FEW_CELLS
    errors = np.arange(1 - base, base)
    cell = (base - np.abs(errors)) / base**2
    widths, law = [0.0], np.ones(1)
    for _ in range(1, FEW_CELLS):
        law = np.convolve(law, cell)
        centre = law.size // 2
        inside = law[centre] + 2 * np.concatenate([[0.0], np.cumsum(law[centre + 1 :])])
        widths.append(float(np.argmax(inside >= CONFIDENCE - 1e-12)))
    return tuple(widths)


def rounding_half_width(n_cells: int, *, base: int = 5) -> float:
    """Give the 95 % half width of the rounding error of a sum of whole cells.

    Parameters
    ----------
    n_cells : int
    base : int

    Returns
    -------
    float
        In units of the count.

    Notes
    -----
    Exact below ten cells, ``Z95 * sqrt(n_cells * variance)`` from ten on (base 5:
    ``1.96 * 2 * sqrt(n_cells)``). Never decreases with ``n_cells``.
    """
    few = few_cells_half_widths(base)
    if n_cells < FEW_CELLS:
        return few[n_cells]
    return max(float(Z95 * np.sqrt(n_cells * rounding_variance(base))), few[-1])


def whole_half_widths(n_cells: Floats, *, base: int) -> Floats:
    """Give `rounding_half_width` for many sums of whole cells at once.

    Parameters
    ----------
    n_cells : any shape, float holding whole numbers
    base : int

    Returns
    -------
    same shape, float
    """
    few = np.asarray(few_cells_half_widths(base))
    exact = few[np.minimum(n_cells, FEW_CELLS - 1).astype(np.int64)]
    normal = Z95 * np.sqrt(n_cells * rounding_variance(base))
    return np.where(n_cells < FEW_CELLS, exact, np.maximum(normal, few[-1]))


def split_half_widths(weights: Floats, *, cells: int, base: int) -> Floats:
    """Give the 95 % half width of the rounding error of sums in which cells count in part.

    Parameters
    ----------
    weights : (n_sums, n_units) float, 0 to 1
        The part of each unit that counts; 0 where it does not.
    cells : int
        Rounded cells that each unit brings to the sum.
    base : int

    Returns
    -------
    (n_sums,) float

    Notes
    -----
    With equal weights w: w times the half width of that many whole cells. Otherwise the larger of
    the normal ``Z95 * sqrt(variance * sum(w**2))`` and, for j = 1 to 9, the exact half width of
    j whole cells times the j-th largest weight (those j cells alone err at least so much).
    Each term grows with every cell added: so does the whole.
    """
    if rounding_variance(base) == 0.0 or cells == 0 or weights.shape[1] == 0:
        return np.zeros(weights.shape[0])
    ordered = -np.sort(-weights, axis=1)
    count = cells * np.count_nonzero(ordered, axis=1)
    normal = Z95 * np.sqrt(rounding_variance(base) * cells * np.square(ordered).sum(axis=1))
    few = np.asarray(few_cells_half_widths(base))
    top = ordered[:, np.minimum(np.arange(FEW_CELLS - 1) // cells, ordered.shape[1] - 1)]
    reachable = np.arange(FEW_CELLS - 1) < count[:, None]
    least = np.max(np.where(reachable, top, 0.0) * few[1:], axis=1)
    last = ordered[np.arange(len(ordered)), np.maximum(count // cells - 1, 0)]
    equal = ordered[:, 0] == last
    whole = ordered[:, 0] * whole_half_widths(count.astype(np.float64), base=base)
    return np.where(equal, whole, np.maximum(normal, least))


@cache
def few_cells_factor(base: int) -> float:
    """Give how many standard deviations hold 95 % of the error of any fewer than ten cells.

    Parameters
    ----------
    base : int

    Returns
    -------
    float
        The largest, over 1 to 9 cells, of exact half width over standard deviation; at least
        ``Z95``. For base 5: 2.04.

    Notes
    -----
    Serves weighted means, where no two cells weigh alike.
    """
    variance = rounding_variance(base)
    if variance == 0.0:
        return Z95
    few = few_cells_half_widths(base)
    factors = [few[k] / math.sqrt(k * variance) for k in range(1, FEW_CELLS)]
    return max(Z95, *factors)
