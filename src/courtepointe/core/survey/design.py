"""What unequal weights cost: the effective number of answers, the design effect."""

from __future__ import annotations

import numpy as np

from courtepointe.core.errors import BadInput
from courtepointe.core.typing import Floats


def checked(weights: Floats) -> Floats:
    """Give weights back, or raise `BadInput` ``survey_weights`` where one is not above 0."""
    held = np.asarray(weights, dtype=np.float64)
    if held.ndim != 1 or not np.isfinite(held).all() or (held <= 0.0).any():
        raise BadInput("survey_weights")
    return held


def effective_n(weights: Floats) -> float:
    """Say how many answers of equal weight would be as sure as these.

    Parameters
    ----------
    weights : (n_people,) float, above 0

    Returns
    -------
    float, persons
        ``(sum w)**2 / sum w**2``, from 1 to ``n_people``; 0 of nobody.

    Raises
    ------
    BadInput
        ``survey_weights``.

    Notes
    -----
    Source: L. Kish, *Survey Sampling* (1965), section 11.7. It counts what weighting costs, and not that
    neighbours who answer together are alike: true intervals of a clustered sample are wider.
    """
    held = checked(weights)
    if held.size == 0:
        return 0.0
    # Scaled first, so that no square runs over.
    scaled = held / held.max()
    return float(scaled.sum() ** 2 / np.square(scaled).sum())


def design_effect(weights: Floats) -> float:
    """Say by how much unequal weights widen a variance: 1 where they are equal.

    Parameters
    ----------
    weights : (n_people,) float, above 0; somebody

    Returns
    -------
    float
        ``n / effective_n``; 1 of nobody.
    """
    n = effective_n(weights)
    return float(weights.size / n) if n else 1.0
