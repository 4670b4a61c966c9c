"""Which doubt matters most: Sobol indices of a model, by the matrices A, B and AB_i."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.stats import qmc

from courtepointe.core.errors import BadInput, NoAnswer
from courtepointe.core.typing import Floats

N_RESAMPLES = 200


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """The part of a result's variance that each input answers for.

    Attributes
    ----------
    first : (n_inputs,) float
        Alone.
    total : (n_inputs,) float
        With all that it shares with others; exactly 0 for an input that is not used.
    first_low, first_high, total_low, total_high : (n_inputs,) float
        5 and 95 % of resampled runs.
    variance : float
    n_runs : int
    """

    first: Floats
    total: Floats
    first_low: Floats
    first_high: Floats
    total_low: Floats
    total_high: Floats
    variance: float
    n_runs: int


def sobol_indices(
    model: Callable[[Floats], Floats], *, n_inputs: int, log2_n: int, seed: int
) -> Sensitivity:
    """Estimate Sobol indices with 2 ** log2_n (n_inputs + 2) runs.

    Parameters
    ----------
    model : (n_runs, n_inputs) in [0, 1) -> (n_runs,) float
    n_inputs : int
    log2_n : int, 4 to 16
    seed : int
        Of the scrambled Sobol points and of resampling.

    Returns
    -------
    Sensitivity

    Raises
    ------
    BadInput
        ``composite_sobol``.
    NoAnswer
        ``composite_nothing_varies``.

    Notes
    -----
    ``S_i = mean(y_B (y_ABi − y_A)) / V`` and ``S_Ti = Σ (y_A − y_ABi)² / 2NV``; y is centred first,
    which changes neither and steadies S_i. Sources: A. Saltelli and others, Computer Physics
    Communications 181 (2010); M. Jansen, Computer Physics Communications 117 (1999).
    """
    if n_inputs < 1 or not 4 <= log2_n <= 16:
        raise BadInput("composite_sobol", value=log2_n, expected="4-16")
    points = qmc.Sobol(2 * n_inputs, scramble=True, rng=np.random.default_rng(seed))
    both = points.random_base2(log2_n)
    a, b = both[:, :n_inputs], both[:, n_inputs:]
    mixed = []
    for column in range(n_inputs):
        swapped = a.copy()
        swapped[:, column] = b[:, column]
        mixed.append(swapped)
    runs = model(np.concatenate([a, b, *mixed])).reshape(n_inputs + 2, -1)
    if np.ptp(runs[:2]) == 0.0:
        raise NoAnswer("composite_nothing_varies")
    first, total, variance = _estimates(runs)
    rng = np.random.default_rng(seed + 1)
    n = runs.shape[1]
    again = [_estimates(runs[:, rng.integers(0, n, n)])[:2] for _ in range(N_RESAMPLES)]
    low, high = np.quantile(np.array(again), (0.05, 0.95), axis=0)
    return Sensitivity(first, total, low[0], high[0], low[1], high[1], variance, runs.size)


def _estimates(runs: Floats) -> tuple[Floats, Floats, float]:
    centre = runs[:2].mean()
    y_a, y_b, y_ab = runs[0] - centre, runs[1] - centre, runs[2:] - centre
    variance = float(runs[:2].var())
    if variance == 0.0:
        # A resampling that caught one value only says nothing of what varies.
        return np.zeros(len(y_ab)), np.zeros(len(y_ab)), 0.0
    first: Floats = (y_b * (y_ab - y_a)).mean(axis=1) / variance
    total: Floats = ((y_a - y_ab) ** 2).mean(axis=1) / (2.0 * variance)
    return first, total, variance
