"""Cohen's kappa of two coders, with its interval, and the table of how their codes meet."""

from __future__ import annotations

import numpy as np

from courtepointe.core.agreement.values import MISSING, Agreement, Status, checked
from courtepointe.core.rounding import Z95
from courtepointe.core.typing import Floats, Ints


def confusion(first: Ints, second: Ints, *, n_categories: int) -> Ints:
    """Count how the codes of two coders meet.

    Parameters
    ----------
    first, second : (n_units,) int
        Codes from 0; `MISSING` where a unit was not coded: it is left out.
    n_categories : int

    Returns
    -------
    (n_categories, n_categories) int
        The first coder's code along rows, the second's along columns.

    Raises
    ------
    BadInput
        ``core_shape``, ``agreement_code``.
    """
    held = checked(np.stack([first, second]), n_categories)
    both = (held != MISSING).all(axis=0)
    flat = held[0, both] * n_categories + held[1, both]
    return np.bincount(flat, minlength=n_categories**2).reshape(n_categories, n_categories)


def cohen_kappa(first: Ints, second: Ints, *, n_categories: int) -> Agreement:
    """Give Cohen's kappa of two coders.

    Parameters
    ----------
    first, second : (n_units,) int
        As `confusion`.
    n_categories : int

    Returns
    -------
    Agreement

    Raises
    ------
    BadInput
        ``core_shape``, ``agreement_code``.

    Notes
    -----
    ``(observed - expected) / (1 - expected)``: Cohen, *A coefficient of agreement for nominal scales*, Educational
    and Psychological Measurement 20 (1960). The interval is 1.96 large-sample standard errors, not under a
    hypothesis of chance: Fleiss, Cohen and Everitt, Psychological Bulletin 72 (1969), equation 13; cut at -1 and 1.
    Where both used one and the same code, ``expected`` is 1 and kappa is not defined.
    """
    counts = confusion(first, second, n_categories=n_categories)
    n_units = int(counts.sum())
    if n_units == 0:
        return Agreement(Status.NO_UNIT, None, None, None, None, None, 0)
    shares = counts / n_units
    of_first, of_second = shares.sum(axis=1), shares.sum(axis=0)
    observed, expected = float(np.trace(shares)), float(of_first @ of_second)
    if np.diag(counts).max() == n_units:
        return Agreement(Status.ONE_CODE_ONLY, None, None, None, observed, expected, n_units)
    kappa = (observed - expected) / (1.0 - expected)
    half = Z95 * _standard_error(shares, observed, expected, n_units)
    low, high = max(kappa - half, -1.0), min(kappa + half, 1.0)
    return Agreement(Status.TOLD, kappa, low, high, observed, expected, n_units)


def _standard_error(shares: Floats, observed: float, expected: float, n_units: int) -> float:
    of_first, of_second = shares.sum(axis=1), shares.sum(axis=0)
    same = np.diag(shares)
    on = same * np.square((1.0 - expected) - (of_first + of_second) * (1.0 - observed))
    crossed = shares * np.square(of_second[:, None] + of_first[None, :])
    off = (1.0 - observed) ** 2 * (crossed.sum() - np.trace(crossed))
    less = (observed * expected - 2.0 * expected + observed) ** 2
    variance = (on.sum() + off - less) / (n_units * (1.0 - expected) ** 4)
    return float(np.sqrt(max(variance, 0.0)))
