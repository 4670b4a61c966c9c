"""Older units divided by the limits of newer ones: the part that counts, and the error that it adds."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from courtepointe.atlas.figures import Figure, Uncertainty
from courtepointe.atlas.pack.values import CorrespondenceTable
from courtepointe.atlas.query.fit import Members
from courtepointe.atlas.query.kept import Kept
from courtepointe.atlas.recipe.values import Indicator
from courtepointe.core.rounding import Z95
from courtepointe.core.typing import Floats, Ints

WHOLE = 1e-9
"""A share this near to 1 is 1."""


def older_shares(
    table: CorrespondenceTable, units: Ints, shares: Floats, *, n_newer: int
) -> Floats:
    """Give the part of each older unit that lies in an area made of newer ones.

    Parameters
    ----------
    table : CorrespondenceTable
    units : (n_in,) int
        Positions of newer units.
    shares : (n_in,) float, 0 to 1
        The part of each that counts.
    n_newer : int

    Returns
    -------
    (n_older,) float, 0 to 1
        As many as the greatest position that the table names.
    """
    counted = np.zeros(n_newer)
    counted[units] = shares
    parts = np.bincount(table.from_position, table.share * counted[table.to_position])
    parts[parts > 1.0 - WHOLE] = 1.0
    parts[parts < WHOLE] = 0.0
    return np.asarray(parts, dtype=np.float64)


def division_spread(
    table: CorrespondenceTable, units: Ints, shares: Floats, *, n_newer: int
) -> Floats:
    """Give the variance of each older unit's part, in squares of the unit's own count.

    Returns
    -------
    (n_older,) float
        0 for units that are in or out whole.

    Notes
    -----
    A unit's count is spread over its blocks by their people, while the truth of each block may lie
    as far from that as the count itself (a coefficient of variation of 1 from block to block, on
    the careful side). With ``p`` the blocks' parts and ``w`` the part that counts, the variance is
    ``(1 - w)**2 * sum(p**2 inside) + w**2 * sum(p**2 outside)``.
    """
    counted = np.zeros(n_newer)
    counted[units] = shares
    inside = counted[table.to_position]
    parts = np.bincount(table.from_position, table.share * inside)
    of = parts[table.from_position]
    spread = table.squares * np.square(inside - of)
    return np.asarray(np.bincount(table.from_position, spread), dtype=np.float64)


def widened(
    kept: Kept, indicator: Indicator, figure: Figure, members: Members, spread: Floats | None
) -> Figure:
    """Add the error of division to a figure's interval; unknown for means and medians."""
    if spread is None or not members.split or figure.value is None:
        return figure
    variance = _variance(kept, indicator, figure, members, spread)
    if variance is None or figure.uncertainty is Uncertainty.UNKNOWN:
        return replace(figure, low=None, high=None, uncertainty=Uncertainty.UNKNOWN)
    half = Z95 * float(np.sqrt(variance))
    below = 0.0 if figure.low is None else figure.value - figure.low
    above = 0.0 if figure.high is None else figure.high - figure.value
    low = figure.value - float(np.hypot(below, half))
    high = figure.value + float(np.hypot(above, half))
    least, most = min(0.0, figure.value), figure.value if figure.unit == "percent" else np.inf
    most = max(100.0, most) if figure.unit == "percent" else np.inf
    return replace(figure, low=max(low, least), high=min(high, float(most)))


def _variance(
    kept: Kept, indicator: Indicator, figure: Figure, members: Members, spread: Floats
) -> float | None:
    """Give the variance that division adds to a sum or a ratio of sums."""
    if indicator.aggregation not in ("sum", "ratio_of_sums") or figure.release is None:
        return None
    above = _sums(kept, figure.release, indicator.numerator, members)
    if indicator.aggregation == "sum":
        return float((spread * np.square(above)).sum()) * indicator.scale**2
    below = _sums(kept, figure.release, indicator.denominator, members)
    whole = float((members.shares * below).sum())
    if whole <= 0.0:
        return None
    ratio = float((members.shares * above).sum()) / whole
    within = np.square(above)
    if figure.unit == "percent":
        within = np.minimum(within, np.maximum(above * (below - above), 0.0))
    told = within + np.square(above - ratio * below)
    return float((spread * told).sum()) * (indicator.scale / whole) ** 2


def _sums(kept: Kept, release: str, variables: tuple[str, ...], members: Members) -> Floats:
    """Add variables up in each unit; what is not known counts for nothing, as in the figure."""
    data = kept.data(release, members.fit.unit_type)
    total = np.zeros(members.units.size)
    for variable in variables:
        row = data.rows[variable]
        known = data.block.known[row, members.units]
        total += np.where(known, data.block.values[row, members.units], 0.0)
    return total
