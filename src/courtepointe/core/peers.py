"""The areas that are most alike by some variables, and by which of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from courtepointe.core.errors import BadInput
from courtepointe.core.typing import Bools, Floats, Ints

ROBUST, PLAIN = "robust", "plain"
NORMAL = 1.4826022185056018
"""A median absolute deviation times this is the standard deviation of a normal law."""
LEAST_KNOWN = 3
DIGITS = 12
"""Distances are told apart to so many digits: the last ones depend on the machine."""


@dataclass(frozen=True, slots=True)
class Scale:
    """What values of each variable are measured from, and by.

    Attributes
    ----------
    centre, spread : (n_variables,) float
    usable : (n_variables,) bool
        Whether enough areas have a value, and these are not all the same.
    """

    centre: Floats
    spread: Floats
    usable: Bools

    def scores(self, values: Floats) -> Floats:
        """Give values in spreads from the centre: same shape; 0 where the variable is not usable."""
        told = np.where(self.usable, values - self.centre, 0.0)
        return told / np.where(self.usable, self.spread, 1.0)


@dataclass(frozen=True, slots=True)
class Nearest:
    """The areas most alike, the most alike first.

    Attributes
    ----------
    positions : (n_peers,) int
    distance : (n_peers,) float
        In spreads, for a variable on average.
    contribution : (n_peers, n_variables) float, 0 to 1
        The part of the squared distance that is of each variable; 0 where there is no distance.
    """

    positions: Ints
    distance: Floats
    contribution: Floats


def scale_of(values: Floats, known: Bools, *, method: str = ROBUST) -> Scale:
    """Measure how areas differ by each variable.

    Parameters
    ----------
    values : (n_areas, n_variables) float
        Only read where ``known``.
    known : (n_areas, n_variables) bool
    method : str
        ``robust``: median and 1.4826 times the median absolute deviation; ``plain``: mean and
        standard deviation (n - 1).

    Returns
    -------
    Scale

    Raises
    ------
    BadInput
        ``core_not_a_number``, ``peers_scale``.

    Notes
    -----
    Source of the robust scale: F. R. Hampel, "The influence curve and its role in robust
    estimation", Journal of the American Statistical Association 69 (1974).
    """
    if method not in (ROBUST, PLAIN):
        raise BadInput("peers_scale", value=method, expected=f"{ROBUST}, {PLAIN}")
    if not np.isfinite(values[known]).all():
        raise BadInput("core_not_a_number", array="values")
    n_variables = values.shape[1]
    centre, spread = np.zeros(n_variables), np.zeros(n_variables)
    for place in range(n_variables):
        held = values[known[:, place], place]
        if held.size >= LEAST_KNOWN:
            centre[place], spread[place] = _measured(held, method)
    return Scale(centre, spread, spread > 1e-12 * np.maximum(np.abs(centre), 1e-300))


def _measured(held: Floats, method: str) -> tuple[float, float]:
    if method == PLAIN:
        return float(held.mean()), float(held.std(ddof=1))
    middle = float(np.median(held))
    return middle, NORMAL * float(np.median(np.abs(held - middle)))


def nearest(
    scores: Floats,
    own: Floats,
    *,
    weights: Floats,
    eligible: Bools,
    codes: Sequence[str],
    n_peers: int,
) -> Nearest:
    """Find the areas nearest to one of them.

    Parameters
    ----------
    scores : (n_areas, n_variables) float
        Only read where ``eligible``.
    own : (n_variables,) float
        The scores of the area that is asked about.
    weights : (n_variables,) float, 0 or more
    eligible : (n_areas,) bool
        Areas that may be peers: all of their scores are known, and they are not the area itself.
    codes : (n_areas,) sequence of str
        Areas at one same distance stand in the order of these.
    n_peers : int, 1 or more

    Returns
    -------
    Nearest
        Fewer than asked where fewer are eligible.

    Raises
    ------
    BadInput
        ``peers_weights`` where none is above zero or one is below, ``peers_number``.

    Notes
    -----
    ``d = sqrt(sum(w * (z - z_own)**2) / sum(w))``: Euclidean distance between standard scores, and
    the same for two variables as for ten.
    """
    if (weights < 0.0).any() or not weights.sum() > 0.0:
        raise BadInput("peers_weights", value=str(weights.tolist()), expected="0 or more")
    if n_peers < 1:
        raise BadInput("peers_number", value=n_peers, expected="1 or more")
    there = np.flatnonzero(eligible)
    parts = np.square(scores[there] - own) * (weights / weights.sum())
    squared = parts.sum(axis=1)
    distance = np.sqrt(squared)
    told = [
        (float(f"{distance[row]:.{DIGITS}g}"), codes[place], row)
        for row, place in enumerate(there.tolist())
    ]
    rows = np.array([row for _, _, row in sorted(told)[:n_peers]], dtype=np.int64)
    whole = squared[rows][:, None]
    contribution = np.divide(
        parts[rows], whole, out=np.zeros((rows.size, own.size)), where=whole > 0.0
    )
    return Nearest(there[rows], distance[rows], contribution)
