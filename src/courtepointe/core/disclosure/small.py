"""The threshold: a count of a few is close to a name."""

from __future__ import annotations

import numpy as np

from courtepointe.core.errors import BadInput
from courtepointe.core.typing import Bools, Floats

EXACT = 1e-9
"""Totals closer to 0 than this are 0: shares are multiplied in floating point."""


def is_small(totals: Floats, *, least: float) -> Bools:
    """Tell which totals may not be told by themselves.

    Parameters
    ----------
    totals : any shape, float, persons (or whatever is counted)
        Not negative.
    least : float
        The least total that may be told; at least 1.

    Returns
    -------
    same shape, bool
        Over 0 and under ``least``. A true zero tells of nobody.

    Raises
    ------
    BadInput
        ``protection_least``, ``core_negative_count`` or ``core_not_a_number``.
    """
    if least < 1.0:
        raise BadInput("protection_least", value=least)
    if not np.isfinite(totals).all():
        raise BadInput("core_not_a_number", array="totals")
    if (totals < -EXACT).any():
        raise BadInput("core_negative_count", value=float(totals.min()))
    small: Bools = (totals > EXACT) & (totals < least - EXACT)
    return small
